"""Oxygen support beside every measure of oxygenation.

A saturation or an arterial pressure without the support at that moment cannot be judged, so the four variables stand
in every domain that can hold one (VS, LB, RE). SDTM has no place for them: they are exported as supplemental.
"""

from decimal import Decimal

from cordside.domains.classes import Finding
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import number, text

OXYGENATION_TESTS = frozenset({"OXYSAT", "PO2", "PO2FIO2", "SAO2FIO2"})


class Oxygenation(Finding):
    """Findings that may be a measure of oxygenation."""

    O2SUP = Var(text, "Oxygen Support", codelist="O2SUP", sponsor=True)
    O2FLO = Var(number, "Oxygen Flow in L/min", sponsor=True)
    FIO2 = Var(number, "Inspired Oxygen, Fraction of 1", sponsor=True)
    FIO2M = Var(text, "Inspired Oxygen Measured or Estimated", codelist="FIO2M", sponsor=True)

    @rule("A measure of oxygenation needs the oxygen support at that moment: name it, or write NOT STATED")
    def oxygenation_names_support(TESTCD: str | None, O2SUP: str | None, STAT: str | None) -> bool:
        return TESTCD not in OXYGENATION_TESTS or bool(O2SUP) or bool(STAT)

    @rule("FIO2 is a fraction from 0.21 to 1")
    def fio2_is_a_fraction(FIO2: Decimal | None) -> bool:
        return FIO2 is None or Decimal("0.21") <= FIO2 <= 1
