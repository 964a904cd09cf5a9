"""Infusions of the study product: what was given, from which container, by whose check, how it went."""

from dataclasses import replace
from decimal import Decimal

from cordside.domains import sharedrules
from cordside.domains.classes import Intervention
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import PartialDate, count, dtc, number, text


class EX(Intervention, code="EX", key=("USUBJID", "TRT", "VISIT", "STDTC", "SPID")):
    """Exposure: one row per infusion; events, deviations and vital signs refer to it by EXREFID."""

    # What took place is a row; what did not is none, so nothing is asked and nothing occurs.
    PRESP = OCCUR = STAT = REASND = DTC = STRF = ENRF = occurrence_was_asked = None  # type: ignore[assignment]
    DECOD = CLAS = INDC = None  # type: ignore[assignment]

    REFID = Var(text, "Infusion Identifier")
    TRT = replace(Intervention.TRT, label="Name of Treatment", reveals_arm=True)
    DOSE = replace(Intervention.DOSE, reveals_arm=True)
    DOSTXT = replace(Intervention.DOSTXT, reveals_arm=True)
    DOSU = replace(Intervention.DOSU, reveals_arm=True)
    DOSFRM = replace(Intervention.DOSFRM, reveals_arm=True)
    CNTBAS = Var(text, "Count Basis of the Dose", codelist="COUNTBASIS", sponsor=True)
    ADJ = Var(text, "Reason for Dose Adjustment", reveals_arm=True)
    LOT = Var(text, "Lot Number", reveals_arm=True)
    CONT = Var(text, "Container", reveals_arm=True, sponsor=True)
    ORD = Var(text, "Dose Order", sponsor=True)
    TRTV = Var(text, "Treatment Vehicle")
    VAMT = Var(number, "Treatment Vehicle Amount")
    VAMTU = Var(text, "Treatment Vehicle Amount Units", codelist="UNIT")
    LOC = Var(text, "Location of Dose Administration", codelist="LOC")
    LAT = Var(text, "Laterality", codelist="LAT")
    WRIST = Var(text, "Wristband Code as Scanned", sponsor=True)
    SCAN = Var(text, "Container Code as Scanned", reveals_arm=True, sponsor=True)
    CHK1 = Var(text, "First Checker", sponsor=True)
    CHK2 = Var(text, "Second Checker", sponsor=True)
    VGIVEN = Var(number, "Volume Given in mL", sponsor=True)
    VREST = Var(number, "Volume Left in mL", sponsor=True)
    TCELLS = Var(count, "Total Cells Given", derived=True, reveals_arm=True, sponsor=True)
    VCELLS = Var(count, "Viable Cells Given", derived=True, reveals_arm=True, sponsor=True)
    VCKG = Var(count, "Viable Cells Given per kg", derived=True, reveals_arm=True, sponsor=True)
    THDTC = Var(dtc, "Date/Time of Thaw", reveals_arm=True, sponsor=True)
    THMIN = Var(count, "Minutes from Thaw to Start", derived=True, reveals_arm=True, sponsor=True)
    INTRP = Var(text, "Infusion Interrupted", codelist="NY", sponsor=True)
    INTMIN = Var(number, "Minutes Interrupted", sponsor=True)
    STOPR = Var(text, "Reason the Infusion Was Stopped", sponsor=True)
    ANTIC = Var(text, "Anticoagulant and Its Dose", sponsor=True)
    LINE = Var(text, "Infusion Line", sponsor=True)
    FILTER = Var(text, "Infusion Filter", sponsor=True)
    FLUSH = Var(number, "Flush in mL", sponsor=True)
    HIST = Var(text, "Historical Infusion", codelist="NY", sponsor=True)

    dose_needs_unit = sharedrules.dose_needs_unit

    @rule("A volume is not negative")
    def volumes_not_negative(VAMT: Decimal | None, VGIVEN: Decimal | None, VREST: Decimal | None, FLUSH: Decimal | None) -> bool:
        return all(volume is None or volume >= 0 for volume in (VAMT, VGIVEN, VREST, FLUSH))

    @rule("A volume in mL has more than three decimals: write whole microlitres")
    def volumes_in_whole_microlitres(VGIVEN: Decimal | None, VREST: Decimal | None, FLUSH: Decimal | None) -> bool:
        return all(volume is None or volume * 1000 == int(volume * 1000) for volume in (VGIVEN, VREST, FLUSH))

    @rule("The volumes given and left are together more than the volume prepared")
    def given_within_prepared(VAMT: Decimal | None, VAMTU: str | None, VGIVEN: Decimal | None, VREST: Decimal | None) -> bool:
        return VAMT is None or (VAMTU or "mL") != "mL" or (VGIVEN or 0) + (VREST or 0) <= VAMT

    @rule("The volume prepared needs its unit: set EXVAMTU to mL")
    def volume_needs_unit(VAMT: Decimal | None, VAMTU: str | None) -> bool:
        return VAMT is None or bool(VAMTU)

    @rule("The two checkers are the same person")
    def checkers_differ(CHK1: str | None, CHK2: str | None) -> bool:
        return CHK1 is None or CHK2 is None or CHK1.strip().casefold() != CHK2.strip().casefold()

    @rule("There are more viable cells than cells")
    def viable_within_total(TCELLS: int | None, VCELLS: int | None) -> bool:
        return TCELLS is None or VCELLS is None or VCELLS <= TCELLS

    @rule("The thaw lies after the start of the infusion")
    def thaw_before_start(THDTC: PartialDate | None, STDTC: PartialDate | None) -> bool:
        return THDTC is None or STDTC is None or not STDTC.is_before(THDTC)

    @rule("Minutes of interruption are given, but the infusion is not marked as interrupted: set EXINTRP to Y")
    def minutes_mean_interrupted(INTRP: str | None, INTMIN: Decimal | None) -> bool:
        return not INTMIN or INTRP == "Y"

    @rule("The minutes of interruption are negative")
    def minutes_not_negative(INTMIN: Decimal | None) -> bool:
        return INTMIN is None or INTMIN >= 0

    @rule("A historical infusion has no lot, container or order of this study: leave EXLOT, EXCONT and EXORD empty")
    def historical_has_no_lot(HIST: str | None, LOT: str | None, CONT: str | None, ORD: str | None) -> bool:
        return HIST != "Y" or not (LOT or CONT or ORD)
