"""Procedures, among them oxygen support as dated episodes (room air is one) and CT scans done."""

from dataclasses import replace

from cordside.domains import sharedrules
from cordside.domains.classes import Intervention
from cordside.domains.domain import Var
from cordside.domains.kinds import text


class PR(Intervention, code="PR", key=("USUBJID", "TRT", "VISIT", "STDTC", "LOC", "SPID")):
    """Procedures: one row per procedure or episode; the flow of oxygen is PRDOSE in PRDOSU."""

    TRT = replace(Intervention.TRT, label="Reported Name of Procedure")
    DECOD = replace(Intervention.DECOD, label="Standardised Procedure Name", codelist="PROCEDUR")
    LOC = Var(text, "Location of Procedure", codelist="LOC")
    LAT = Var(text, "Laterality", codelist="LAT")
    DIR = Var(text, "Directionality", codelist="DIR")
    STRTPT = Var(text, "Start Relative to Reference Time Point", codelist="STENRF")
    STTPT = Var(text, "Start Reference Time Point")
    ENRTPT = Var(text, "End Relative to Reference Time Point", codelist="STENRF")
    ENTPT = Var(text, "End Reference Time Point")
    XFN = Var(text, "External File Path", sponsor=True)

    asked_is_answered = sharedrules.asked_is_answered
    dose_needs_unit = sharedrules.dose_needs_unit
