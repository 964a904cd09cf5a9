"""Adverse events, with their grade, relation, seriousness and time from the last infusion."""

from dataclasses import replace

from cordside.domains.classes import Event
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import PartialDate, integer, number, text

_SPECIAL_INTEREST = "EVENT OF SPECIAL INTEREST"


class AE(Event, code="AE", key=("USUBJID", "TERM", "STDTC", "SPID")):
    """Adverse Events: one row per event; AEREFID is the EXREFID of the infusion that it followed."""

    OCCUR = STAT = REASND = occurrence_was_asked = None  # type: ignore[assignment]

    REFID = Var(text, "Infusion That the Event Followed")
    LATH = Var(number, "Hours from Start of the Last Infusion", derived=True, sponsor=True)
    CAT = replace(Event.CAT, codelist="AECAT")
    SCAT = replace(Event.SCAT, label="Kind of Special Interest", codelist="AESCAT")
    BODSYS = Var(text, "Body System or Organ Class")
    SOC = Var(text, "Primary System Organ Class")
    SEV = Var(text, "Severity/Intensity", codelist="AESEV")
    TOX = Var(text, "Toxicity")
    TOXGR = Var(integer, "Standard Toxicity Grade", codelist="AETOXGR")
    TOXVER = Var(text, "Toxicity Scale and Version", sponsor=True)
    SER = Var(text, "Serious Event", codelist="NY")
    SDTH = Var(text, "Results in Death", codelist="NY")
    SLIFE = Var(text, "Is Life Threatening", codelist="NY")
    SHOSP = Var(text, "Requires or Prolongs Hospitalization", codelist="NY")
    SDISAB = Var(text, "Persist or Signif Disability/Incapacity", codelist="NY")
    SCONG = Var(text, "Congenital Anomaly or Birth Defect", codelist="NY")
    SMIE = Var(text, "Other Medically Important Serious Event", codelist="NY")
    REL = Var(text, "Causality", codelist="AEREL")
    RELNST = Var(text, "Relationship to Non-Study Treatment")
    ACN = Var(text, "Action Taken with Study Treatment", codelist="ACN")
    ACNOTH = Var(text, "Other Action Taken")
    CONTRT = Var(text, "Concomitant or Additional Trtmnt Given", codelist="NY")
    PATT = Var(text, "Pattern of Adverse Event")
    OUT = Var(text, "Outcome of Adverse Event", codelist="OUT")
    ENRTPT = Var(text, "End Relative to Reference Time Point", codelist="STENRF")
    ENTPT = Var(text, "End Reference Time Point")

    @rule("An event needs its severity or its grade: AESEV or AETOXGR")
    def severity_or_grade(SEV: str | None, TOXGR: int | None) -> bool:
        return bool(SEV) or TOXGR is not None

    @rule("A toxicity grade needs its scale and version: write AETOXVER, for example CTCAE 5.0")
    def grade_names_scale(TOXGR: int | None, TOXVER: str | None) -> bool:
        return TOXGR is None or bool(TOXVER)

    @rule("A serious event needs at least one criterion of seriousness set to Y")
    def serious_has_a_criterion(
        SER: str | None, SDTH: str | None, SLIFE: str | None, SHOSP: str | None, SDISAB: str | None, SCONG: str | None, SMIE: str | None
    ) -> bool:
        return SER != "Y" or "Y" in (SDTH, SLIFE, SHOSP, SDISAB, SCONG, SMIE)

    @rule("An event that meets a criterion of seriousness is serious: set AESER to Y")
    def criterion_means_serious(
        SER: str | None, SDTH: str | None, SLIFE: str | None, SHOSP: str | None, SDISAB: str | None, SCONG: str | None, SMIE: str | None
    ) -> bool:
        return SER == "Y" or "Y" not in (SDTH, SLIFE, SHOSP, SDISAB, SCONG, SMIE)

    @rule("A fatal event has grade 5, or AESDTH set to Y")
    def fatal_is_marked(OUT: str | None, TOXGR: int | None, SDTH: str | None) -> bool:
        return OUT != "FATAL" or TOXGR == 5 or SDTH == "Y"

    @rule("An event of grade 5, or that results in death, has the outcome FATAL")
    def death_is_fatal(OUT: str | None, TOXGR: int | None, SDTH: str | None) -> bool:
        return OUT == "FATAL" or (TOXGR != 5 and SDTH != "Y")

    @rule("An event that has not resolved has no end: empty AEENDTC, or correct AEOUT")
    def unresolved_has_no_end(OUT: str | None, ENDTC: PartialDate | None) -> bool:
        return OUT != "NOT RECOVERED/NOT RESOLVED" or ENDTC is None

    @rule("An event of special interest needs both: AECAT set to EVENT OF SPECIAL INTEREST, and its kind in AESCAT")
    def special_interest_has_a_kind(CAT: str | None, SCAT: str | None) -> bool:
        return (CAT == _SPECIAL_INTEREST) == bool(SCAT)
