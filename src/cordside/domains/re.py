"""Lungs: gas exchange, lung function, imaging."""

from dataclasses import replace

from cordside.domains.classes import Finding
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import number, text
from cordside.domains.oxygen import Oxygenation

_PERCENT_PREDICTED = frozenset({"FVCPP", "FEV1PP", "DLCOPP"})


class RE(Oxygenation, Finding, code="RE", key=("USUBJID", "TESTCD", "LOC", "LAT", "METHOD", "VISIT", "DTC", "TPT", "SPID")):
    """Respiratory System Findings: one row per test or sign."""

    TESTCD = replace(Finding.TESTCD, codelist="RETESTCD")
    DIR = Var(text, "Directionality", codelist="DIR")
    ORREF = Var(number, "Reference Result in Original Units")
    ANMETH = Var(text, "Analysis Method")
    CLSIG = Var(text, "Clinically Significant, Collected", codelist="NY")

    @rule("A percentage of the predicted value needs its reference equation: name it in REANMETH")
    def predicted_names_equation(TESTCD: str | None, ANMETH: str | None, STAT: str | None) -> bool:
        return TESTCD not in _PERCENT_PREDICTED or bool(ANMETH) or bool(STAT)
