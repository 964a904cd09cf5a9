"""Test results of donors, materials and lots: who read them, who reviewed them, from which raw file."""

from decimal import Decimal

from cordside.domains.classes import ProductRow
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import PartialDate, count, instant, number, result, text


class TESTRESULT(ProductRow, code="TESTRESULT", key=("TRSID",), topic="TRSID", prefix=""):
    """Product Test Results: one row per result; a corrected one names the row that it replaces."""

    TRSID = Var(text, "Test Result Identifier", required=True)
    TRGTYPE = Var(text, "What Was Tested", codelist="TESTTARGET")
    TRGID = Var(text, "Identifier of What Was Tested", reveals_arm=True)
    PERSON = Var(text, "Person Tested", codelist="DNRPERSON")
    TSTCD = Var(text, "Test")
    METHOD = Var(text, "Method of Test")
    METHVER = Var(text, "Version of the Method")
    STAGE = Var(text, "Stage of the Product")
    SMPDTC = Var(instant, "Date/Time of Sampling")
    RESDTC = Var(instant, "Date/Time of Result")
    ORRES = Var(result, "Result as Reported", reveals_arm=True)
    ORRESU = Var(text, "Unit as Reported")
    EVENTS = Var(count, "Events Counted")
    CILOW = Var(number, "Lower Limit of the Interval", reveals_arm=True)
    CIHIGH = Var(number, "Upper Limit of the Interval", reveals_arm=True)
    MINTHAW = Var(number, "Minutes After Thaw")
    RESBY = Var(text, "Result By")
    REVBY = Var(text, "Reviewed By")
    REVDTC = Var(instant, "Date/Time of Review")
    RESSTAT = Var(text, "Status of the Result", codelist="RESSTAT")
    RAWFILE = Var(text, "Raw File")
    RAWSHA = Var(text, "Digest of the Raw File")
    RCPSHA = Var(text, "Digest of the Recipe")
    CTLSHA = Var(text, "Digests of the Controls, KIND=digest")
    SUPERSED = Var(text, "Result That This Replaces")

    @rule("A result names what was tested: set TRGTYPE, TRGID and TSTCD")
    def result_names_its_target(TRGTYPE: str | None, TRGID: str | None, TSTCD: str | None) -> bool:
        return bool(TRGTYPE and TRGID and TSTCD)

    @rule("The result was reviewed by the person who entered it")
    def reviewer_is_another(RESBY: str | None, REVBY: str | None) -> bool:
        return RESBY is None or REVBY is None or RESBY.strip().casefold() != REVBY.strip().casefold()

    @rule("A reviewed result names its reviewer: write REVBY")
    def review_names_who(RESSTAT: str | None, REVBY: str | None) -> bool:
        return RESSTAT != "reviewed" or bool(REVBY)

    @rule("The result lies before the sample was taken")
    def sample_before_result(SMPDTC: PartialDate | None, RESDTC: PartialDate | None) -> bool:
        return SMPDTC is None or RESDTC is None or not RESDTC.is_before(SMPDTC)

    @rule("The review lies before the result")
    def result_before_review(RESDTC: PartialDate | None, REVDTC: PartialDate | None) -> bool:
        return RESDTC is None or REVDTC is None or not REVDTC.is_before(RESDTC)

    @rule("The lower limit of the interval is above the upper")
    def interval_in_order(CILOW: Decimal | None, CIHIGH: Decimal | None) -> bool:
        return CILOW is None or CIHIGH is None or CILOW <= CIHIGH

    @rule("A donor's test names the person tested: mother, infant or self")
    def donor_test_names_the_person(TRGTYPE: str | None, PERSON: str | None) -> bool:
        return TRGTYPE != "donor" or bool(PERSON)

    @rule("A result does not replace itself")
    def replaces_another(TRSID: str | None, SUPERSED: str | None) -> bool:
        return SUPERSED is None or SUPERSED != TRSID
