"""Subjects."""

from decimal import Decimal

from cordside.domains.domain import Domain, Var, rule
from cordside.domains.kinds import PartialDate, dtc, integer, number, text


class DM(Domain, code="DM", key=("USUBJID",), topic="USUBJID", prefix=""):
    """Demographics: one row per subject."""

    SUBJID = Var(text, "Subject Identifier for the Study")
    RFSTDTC = Var(dtc, "Subject Reference Start Date/Time", derived=True)
    RFENDTC = Var(dtc, "Subject Reference End Date/Time", derived=True)
    RFXSTDTC = Var(dtc, "Date/Time of First Study Treatment", derived=True)
    RFXENDTC = Var(dtc, "Date/Time of Last Study Treatment", derived=True)
    RFICDTC = Var(dtc, "Date/Time of Informed Consent", derived=True)
    RFPENDTC = Var(dtc, "Date/Time of End of Participation", derived=True)
    DTHDTC = Var(dtc, "Date/Time of Death")
    DTHFL = Var(text, "Subject Death Flag", codelist="NY")
    SITEID = Var(text, "Study Site Identifier")
    INVID = Var(text, "Investigator Identifier")
    BRTHDTC = Var(dtc, "Date/Time of Birth")
    AGE = Var(number, "Age")
    AGEU = Var(text, "Age Units", codelist="AGEU")
    SEX = Var(text, "Sex", codelist="SEX")
    RACE = Var(text, "Race", codelist="RACE")
    ETHNIC = Var(text, "Ethnicity", codelist="ETHNIC")
    ARMCD = Var(text, "Planned Arm Code", reveals_arm=True)
    ARM = Var(text, "Description of Planned Arm", reveals_arm=True)
    ACTARMCD = Var(text, "Actual Arm Code", reveals_arm=True)
    ACTARM = Var(text, "Description of Actual Arm", reveals_arm=True)
    ARMNRS = Var(text, "Reason Arm and/or Actual Arm is Null", codelist="ARMNULRS")
    ACTARMUD = Var(text, "Description of Unplanned Actual Arm", reveals_arm=True)
    COUNTRY = Var(text, "Country")
    DMDTC = Var(dtc, "Date/Time of Collection")
    DMDY = Var(integer, "Study Day of Collection", derived=True)

    @rule("An age needs its unit: set AGEU, for example YEARS")
    def age_needs_unit(AGE: Decimal | None, AGEU: str | None) -> bool:
        return AGE is None or bool(AGEU)

    @rule("An age in years lies between 0 and 120")
    def age_is_possible(AGE: Decimal | None, AGEU: str | None) -> bool:
        return AGE is None or AGEU != "YEARS" or 0 <= AGE <= 120

    @rule("The age disagrees by more than a year with the dates of birth and of collection")
    def age_agrees_with_birth(AGE: Decimal | None, AGEU: str | None, BRTHDTC: PartialDate | None, DMDTC: PartialDate | None) -> bool:
        if AGE is None or AGEU != "YEARS" or BRTHDTC is None or DMDTC is None or BRTHDTC.year is None or DMDTC.year is None:
            return True
        # A difference of calendar years is the age or, before the birthday, one more; a year of tolerance lies on either side.
        return -1 <= DMDTC.year - BRTHDTC.year - AGE <= 2

    @rule("The date of collection lies before the birth")
    def birth_before_collection(BRTHDTC: PartialDate | None, DMDTC: PartialDate | None) -> bool:
        return BRTHDTC is None or DMDTC is None or not DMDTC.is_before(BRTHDTC)

    @rule("A date of death needs the death flag: set DTHFL to Y")
    def death_is_flagged(DTHDTC: PartialDate | None, DTHFL: str | None) -> bool:
        return DTHDTC is None or DTHFL == "Y"

    @rule("The death lies before the birth")
    def death_after_birth(BRTHDTC: PartialDate | None, DTHDTC: PartialDate | None) -> bool:
        return BRTHDTC is None or DTHDTC is None or not DTHDTC.is_before(BRTHDTC)

    @rule("A subject with an arm needs no reason for having none: empty ARMNRS, or ACTARMCD")
    def arm_or_reason(ACTARMCD: str | None, ARMNRS: str | None) -> bool:
        return not (ACTARMCD and ARMNRS)
