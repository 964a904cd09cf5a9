"""What the subject had before the study."""

from cordside.domains import sharedrules
from cordside.domains.classes import Event
from cordside.domains.domain import Var
from cordside.domains.kinds import text


class MH(Event, code="MH", key=("USUBJID", "TERM", "EVDTYP", "STDTC", "SPID")):
    """Medical History: one row per condition or comorbidity."""

    EVDTYP = Var(text, "Medical History Event Date Type", codelist="MHEDTTYP")
    BODSYS = Var(text, "Body System or Organ Class")
    ENRTPT = Var(text, "End Relative to Reference Time Point", codelist="STENRF")
    ENTPT = Var(text, "End Reference Time Point")

    asked_is_answered = sharedrules.asked_is_answered
