"""Functional tests. Saturation and oxygen support before and after a walk stand in VS."""

from dataclasses import replace

from cordside.domains import sharedrules
from cordside.domains.classes import Finding


class FT(Finding, code="FT", key=("USUBJID", "CAT", "TESTCD", "VISIT", "DTC", "TPT", "SPID")):
    """Functional Tests: one row per measure of a test, whose name stands in FTCAT."""

    CAT = replace(Finding.CAT, label="Functional Test, Name and Version", codelist="FTCAT")

    scale_is_named = sharedrules.scale_is_named
