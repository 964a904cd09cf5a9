"""Vital signs, at visits and before, during and after an infusion."""

from dataclasses import replace
from decimal import Decimal

from cordside.domains.classes import Finding
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import text
from cordside.domains.oxygen import Oxygenation


class VS(Oxygenation, Finding, code="VS", key=("USUBJID", "TESTCD", "VISIT", "DTC", "TPT", "TPTREF", "POS", "LOC", "SPID")):
    """Vital Signs: one row per sign per time; around an infusion VSTPTREF is its EXREFID."""

    TESTCD = replace(Finding.TESTCD, codelist="VSTESTCD")
    CLSIG = Var(text, "Clinically Significant, Collected", codelist="NY")

    @rule("Minutes are counted from something: name the infusion in VSTPTREF")
    def minutes_have_a_reference(TPTNUM: Decimal | None, TPTREF: str | None) -> bool:
        return TPTNUM is None or bool(TPTREF)
