"""What is known of a death: causes, place, autopsy."""

from dataclasses import replace

from cordside.domains.classes import Finding
from cordside.domains.domain import rule


class DD(Finding, code="DD", key=("USUBJID", "TESTCD", "EVAL", "SPID")):
    """Death Details: one row per cause or circumstance; the death itself stands in DM."""

    POS = LOC = LAT = METHOD = BLFL = TPT = TPTNUM = TPTREF = None  # type: ignore[assignment]

    TESTCD = replace(Finding.TESTCD, codelist="DTHDXCD")

    @rule("Whether there was an autopsy is answered Y, N or U")
    def autopsy_is_answered(TESTCD: str | None, ORRES: str | None) -> bool:
        return TESTCD != "AUTOPIND" or ORRES is None or ORRES in ("Y", "N", "U")
