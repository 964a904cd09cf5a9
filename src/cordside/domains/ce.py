"""Clinical events that are no adverse events: symptoms at admission, complications before the first infusion."""

from cordside.domains import sharedrules
from cordside.domains.classes import Event
from cordside.domains.domain import Var
from cordside.domains.kinds import text


class CE(Event, code="CE", key=("USUBJID", "TERM", "VISIT", "STDTC", "SPID")):
    """Clinical Events: one row per event or symptom."""

    BODSYS = Var(text, "Body System or Organ Class")
    SEV = Var(text, "Severity/Intensity", codelist="SEVRS")
    STRTPT = Var(text, "Start Relative to Reference Time Point", codelist="STENRF")
    STTPT = Var(text, "Start Reference Time Point")
    ENRTPT = Var(text, "End Relative to Reference Time Point", codelist="STENRF")
    ENTPT = Var(text, "End Reference Time Point")

    asked_is_answered = sharedrules.asked_is_answered
