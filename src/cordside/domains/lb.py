"""Laboratory results."""

from dataclasses import replace

from cordside.domains.classes import Finding
from cordside.domains.domain import Var
from cordside.domains.kinds import integer, text
from cordside.domains.normalrange import NormalRange
from cordside.domains.oxygen import Oxygenation


class LB(Oxygenation, NormalRange, code="LB", key=("USUBJID", "TESTCD", "SPEC", "METHOD", "VISIT", "DTC", "TPT", "SPID")):
    """Laboratory Test Results: one row per test per specimen."""

    TESTCD = replace(Finding.TESTCD, codelist="LBTESTCD")
    SPEC = Var(text, "Specimen Type", codelist="SPECTYPE")
    SPCCND = Var(text, "Specimen Condition", codelist="SPECCOND")
    FAST = Var(text, "Fasting Status", codelist="NY")
    NAM = Var(text, "Laboratory Name")
    LOINC = Var(text, "LOINC Code")
    TOX = Var(text, "Toxicity", derived=True)
    TOXGR = Var(integer, "Toxicity Grade", derived=True)
    TOXVER = Var(text, "Toxicity Scale and Version", derived=True, sponsor=True)
