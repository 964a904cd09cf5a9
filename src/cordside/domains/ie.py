"""Eligibility, criterion by criterion, as the investigator answered it."""

from dataclasses import replace

from cordside.domains.classes import Finding
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import text


class IE(Finding, code="IE", key=("USUBJID", "TESTCD", "VISIT", "SPID")):
    """Inclusion/Exclusion Criteria: one row per criterion; IETESTCD is its id in the protocol."""

    # SDTM lists only criteria not met; here every answer may stand, and the export keeps those not met.
    TESTCD = replace(Finding.TESTCD, label="Incl/Excl Criterion Short Name")
    TEST = replace(Finding.TEST, label="Inclusion/Exclusion Criterion")
    CAT = Var(text, "Inclusion/Exclusion Category", codelist="IECAT")
    ORRES = Var(text, "I/E Criterion Original Result", codelist="NY")
    POS = ORRESU = STRESN = STRESU = STAT = REASND = LOC = LAT = METHOD = XFN = BLFL = None  # type: ignore[assignment]
    TPT = TPTNUM = TPTREF = result_or_reason = None  # type: ignore[assignment]

    @rule("A criterion needs an answer to its text: Y, N, or U where it is not known")
    def criterion_is_answered(ORRES: str | None) -> bool:
        return bool(ORRES)
