"""Visits that took place, or did not."""

from cordside.domains.classes import Occurrence
from cordside.domains.domain import Domain, Var, rule
from cordside.domains.kinds import PartialDate, dtc, integer, number, text


class SV(Domain, code="SV", key=("USUBJID", "VISIT", "VISITNUM", "STDTC"), topic="VISIT"):
    """Subject Visits: one row per visit, planned or not, at the ward or by phone."""

    VISIT = Var(text, "Visit Name", required=True, shared=True)
    VISITNUM = Var(number, "Visit Number", shared=True)
    EPOCH = Var(text, "Epoch", codelist="EPOCH", derived=True, shared=True)
    PRESP = Var(text, "Pre-specified", codelist="NY")
    OCCUR = Var(text, "Occurrence", codelist="NY")
    REASOC = Var(text, "Reason for Occur Value")
    CNTMOD = Var(text, "Contact Mode", codelist="CNTMODE")
    EPCHGI = Var(text, "Epi/Pandemic Related Change Indicator", codelist="NY")
    STDTC = Var(dtc, "Start Date/Time of Observation")
    ENDTC = Var(dtc, "End Date/Time of Observation")
    STDY = Var(integer, "Study Day of Start of Observation", derived=True)
    ENDY = Var(integer, "Study Day of End of Observation", derived=True)
    UPDES = Var(text, "Description of Unplanned Visit")

    end_not_before_start = Occurrence.end_not_before_start
    occurrence_was_asked = Occurrence.occurrence_was_asked

    @rule("A visit that did not take place has no date: empty SVSTDTC, or set SVOCCUR to Y")
    def missed_visit_has_no_date(OCCUR: str | None, STDTC: PartialDate | None) -> bool:
        return OCCUR != "N" or STDTC is None

    @rule("A visit that did not take place needs the reason: write it in SVREASOC")
    def missed_visit_has_a_reason(OCCUR: str | None, REASOC: str | None) -> bool:
        return OCCUR != "N" or bool(REASOC)
