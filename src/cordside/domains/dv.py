"""Deviations from the protocol: what happened all the same, and what was done."""

from dataclasses import replace

from cordside.domains.classes import Event
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import PartialDate, text


class DV(Event, code="DV", key=("USUBJID", "DECOD", "TERM", "REFID", "STDTC", "SPID")):
    """Protocol Deviations: one row per deviation; DVREFID is the EXREFID of the infusion concerned."""

    PRESP = OCCUR = STAT = REASND = STRF = ENRF = LOC = occurrence_was_asked = None  # type: ignore[assignment]

    TERM = replace(Event.TERM, label="Protocol Deviation Term")
    DECOD = replace(Event.DECOD, label="Protocol Deviation Coded Term", codelist="DVDECOD")
    REFID = Var(text, "Infusion Concerned")
    ACN = Var(text, "Action Taken", sponsor=True)

    @rule("A deviation needs the date on which it happened or began, or that on which it was found")
    def deviation_is_dated(STDTC: PartialDate | None, DTC: PartialDate | None) -> bool:
        return STDTC is not None or DTC is not None
