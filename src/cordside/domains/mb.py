"""Microbiology: swabs, viral loads, cultures."""

import re
from dataclasses import replace

from cordside.domains.classes import Finding
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import text

_DETECTED = frozenset({"POSITIVE", "NEGATIVE", "INDETERMINATE", "INVALID"})
_HAS_NO_UNIT = "QUANTIFICATION CYCLE NUMBER"
_NUMBER = re.compile(r"\s*[<>]?=?\s*[+-]?\d[\d.]*(?:[eE][+-]?\d+)?\s*", re.ASCII)


class MB(Finding, code="MB", key=("USUBJID", "TESTCD", "TSTDTL", "SPEC", "LOC", "METHOD", "VISIT", "DTC", "SPID")):
    """Microbiology Specimen: one row per organism and measure per specimen."""

    TESTCD = replace(Finding.TESTCD, codelist="MBTESTCD")
    TSTDTL = Var(text, "Measurement, Test or Examination Detail", codelist="MBFTSDTL")
    GRPID = Var(text, "Group ID")
    NAM = Var(text, "Laboratory Name")
    LOINC = Var(text, "LOINC Code")
    SPEC = Var(text, "Specimen Type", codelist="SPECTYPE")
    SPCCND = Var(text, "Specimen Condition", codelist="SPECCOND")

    @rule("A detection is POSITIVE, NEGATIVE, INDETERMINATE or INVALID")
    def detection_is_a_word(TSTDTL: str | None, ORRES: str | None) -> bool:
        return TSTDTL != "DETECTION" or ORRES is None or ORRES.strip().upper() in _DETECTED

    @rule("A number needs its unit in MBORRESU; only a cycle number has none")
    def number_has_a_unit(TSTDTL: str | None, ORRES: str | None, ORRESU: str | None) -> bool:
        return TSTDTL == _HAS_NO_UNIT or bool(ORRESU) or ORRES is None or not _NUMBER.fullmatch(ORRES)
