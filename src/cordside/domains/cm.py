"""Medication other than the cells, premedication included."""

from cordside.domains import sharedrules
from cordside.domains.classes import Intervention
from cordside.domains.domain import Var
from cordside.domains.kinds import number, text


class CM(Intervention, code="CM", key=("USUBJID", "TRT", "CAT", "VISIT", "STDTC", "SPID")):
    """Concomitant/Prior Medications: one row per medication and period of use."""

    CLASCD = Var(text, "Class Code")
    DOSTOT = Var(number, "Total Daily Dose")
    DOSRGM = Var(text, "Intended Dose Regimen")
    RSDISC = Var(text, "Reason the Intervention Was Discontinued")
    STRTPT = Var(text, "Start Relative to Reference Time Point", codelist="STENRF")
    STTPT = Var(text, "Start Reference Time Point")
    ENRTPT = Var(text, "End Relative to Reference Time Point", codelist="STENRF")
    ENTPT = Var(text, "End Reference Time Point")

    asked_is_answered = sharedrules.asked_is_answered
    dose_needs_unit = sharedrules.dose_needs_unit
