"""Questionnaires. Their texts belong to their owners and are never shown: names, versions and scores only."""

from dataclasses import replace

from cordside.domains import sharedrules
from cordside.domains.classes import Finding


class QS(Finding, code="QS", key=("USUBJID", "CAT", "TESTCD", "VISIT", "DTC", "TPT", "EVAL", "SPID")):
    """Questionnaires: one row per score of a questionnaire, whose name and version stand in QSCAT."""

    CAT = replace(Finding.CAT, label="Questionnaire, Name and Version", codelist="QSCAT")

    scale_is_named = sharedrules.scale_is_named
