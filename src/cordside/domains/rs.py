"""Severity classes and clinical scales."""

from dataclasses import replace

from cordside.domains import sharedrules
from cordside.domains.classes import Finding


class RS(Finding, code="RS", key=("USUBJID", "CAT", "TESTCD", "VISIT", "DTC", "TPT", "EVAL", "SPID")):
    """Disease Response and Clin Classification: one row per score of a scale, whose name and version stand in RSCAT."""

    CAT = replace(Finding.CAT, label="Scale, Name and Version", codelist="RSCAT")

    scale_is_named = sharedrules.scale_is_named
