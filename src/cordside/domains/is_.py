"""Antibodies. The file carries an underscore because `is` is a Python word."""

from dataclasses import replace
from decimal import Decimal

from cordside.domains.classes import Finding
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import number, text
from cordside.domains.normalrange import NormalRange


class IS(NormalRange, code="IS", key=("USUBJID", "TESTCD", "BDAGNT", "SPEC", "METHOD", "VISIT", "DTC", "TPT", "SPID")):
    """Immunogenicity Specimen Assessments: one row per antibody per specimen."""

    TESTCD = replace(Finding.TESTCD, codelist="ISTESTCD")
    BDAGNT = Var(text, "Binding Agent", codelist="ISBDAGNT")
    NAM = Var(text, "Laboratory Name")
    SPEC = Var(text, "Specimen Type", codelist="SPECTYPE")
    SPCCND = Var(text, "Specimen Condition", codelist="SPECCOND")
    LOINC = Var(text, "LOINC Code")
    LLOQ = Var(number, "Lower Limit of Quantitation")
    ULOQ = Var(number, "Upper Limit of Quantitation")

    @rule("The lower limit of quantitation is above the upper limit")
    def quantitation_in_order(LLOQ: Decimal | None, ULOQ: Decimal | None) -> bool:
        return LLOQ is None or ULOQ is None or LLOQ <= ULOQ
