"""Stays in hospital, in intensive care, on the ward."""

from dataclasses import replace

from cordside.domains import sharedrules
from cordside.domains.classes import Event
from cordside.domains.domain import rule
from cordside.domains.kinds import PartialDate, duration_days


class HO(Event, code="HO", key=("USUBJID", "TERM", "STDTC", "SPID")):
    """Healthcare Encounters: one row per stay; a stay without published dates has its length in HODUR."""

    DECOD = replace(Event.DECOD, label="Standardised Encounter", codelist="HODECOD")

    asked_is_answered = sharedrules.asked_is_answered

    @rule("The duration disagrees by more than a day with the dates")
    def duration_agrees_with_dates(DUR: str | None, STDTC: PartialDate | None, ENDTC: PartialDate | None) -> bool:
        days = duration_days(DUR) if DUR else None
        if days is None or STDTC is None or ENDTC is None or STDTC.date is None or ENDTC.date is None:
            return True
        # A stay from the 1st to the 3rd is printed as two days or as three.
        return abs(days - (ENDTC.date - STDTC.date).days) <= 1

    @rule("A stay is not of negative length")
    def duration_not_negative(DUR: str | None) -> bool:
        return not (DUR or "").startswith("-")
