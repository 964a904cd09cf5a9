"""Milestones and the end of the study: consent, enrolment, completion, withdrawal."""

from dataclasses import replace

from cordside.domains.classes import Event
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import PartialDate, text

_CONSENT = "INFORMED CONSENT OBTAINED"


class DS(Event, code="DS", key=("USUBJID", "TERM", "STDTC", "SPID")):
    """Disposition: one row per milestone or disposition event."""

    PRESP = OCCUR = STAT = REASND = ENDTC = ENDY = DUR = STRF = ENRF = LOC = None  # type: ignore[assignment]
    occurrence_was_asked = end_not_before_start = None  # type: ignore[assignment]

    DECOD = replace(Event.DECOD, label="Standardised Disposition Term", codelist="DSDECOD")
    CAT = replace(Event.CAT, label="Category for Disposition Event", codelist="DSCAT")
    SCAT = replace(Event.SCAT, label="Subcategory for Disposition Event", codelist="DSSCAT")
    VER = Var(text, "Version of the Consent Form", sponsor=True)

    @rule("A consent needs the date on which it was given: write DSSTDTC")
    def consent_is_dated(DECOD: str | None, STDTC: PartialDate | None) -> bool:
        return DECOD != _CONSENT or STDTC is not None

    @rule("A consent is a milestone: set DSCAT to PROTOCOL MILESTONE")
    def consent_is_a_milestone(DECOD: str | None, CAT: str | None) -> bool:
        return DECOD != _CONSENT or CAT == "PROTOCOL MILESTONE"

    @rule("The standardised term says what the disposition was: write DSDECOD")
    def disposition_is_coded(DECOD: str | None) -> bool:
        return bool(DECOD)
