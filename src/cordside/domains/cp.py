"""Markers of the subject's own cells. Those of the product are tests of its lot."""

from dataclasses import replace

from cordside.domains.classes import Finding
from cordside.domains.domain import Var
from cordside.domains.kinds import text
from cordside.domains.normalrange import NormalRange


class CP(NormalRange, code="CP", key=("USUBJID", "TESTCD", "SBMRKS", "SPEC", "METHOD", "VISIT", "DTC", "TPT", "SPID")):
    """Cell Phenotype Findings: one row per cell population per specimen."""

    TESTCD = replace(Finding.TESTCD, codelist="CPTESTCD")
    SBMRKS = Var(text, "Sublineage Marker String")
    GATE = Var(text, "Gate")
    GATDEF = Var(text, "Gate Definition")
    NAM = Var(text, "Laboratory Name")
    SPEC = Var(text, "Specimen Type", codelist="SPECTYPE")
    SPCCND = Var(text, "Specimen Condition", codelist="SPECCOND")
    LOINC = Var(text, "LOINC Code")
