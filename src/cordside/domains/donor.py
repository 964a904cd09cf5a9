"""Donors: where cells come from, who was asked and who consented. Never a name."""

from cordside.domains.classes import ProductRow
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import PartialDate, instant, integer, text


class DONOR(ProductRow, code="DONOR", key=("DNRID",), topic="DNRID", prefix=""):
    """Donors: one row per donor; for a cord the infant is the source, the mother is asked and tested."""

    DNRID = Var(text, "Donor Identifier", required=True)
    DNRSRC = Var(text, "Source of the Cells", codelist="DNRSRC")
    SEX = Var(text, "Sex", codelist="SEX")
    GESTWK = Var(integer, "Completed Weeks of Gestation")
    GESTDY = Var(integer, "Days Beyond the Completed Weeks")
    DELMODE = Var(text, "Mode of Delivery")
    DELDTC = Var(instant, "Date/Time of Delivery")
    ASKED = Var(text, "Person Asked", codelist="DNRASKED")
    HXDTC = Var(instant, "Date/Time of the Donor History")
    HXRES = Var(text, "Result of the Donor History", codelist="HXRES")
    CNSNTBY = Var(text, "Who Consented")
    CNSDTC = Var(instant, "Date/Time of Consent")
    CNSVER = Var(text, "Version of the Consent Form")
    CNSSCOPE = Var(text, "Scope of the Consent")
    CNSWDTC = Var(instant, "Date/Time of Withdrawal of Consent")
    ELIG = Var(text, "Donor Eligibility", codelist="DNRELIG")
    ELIGBY = Var(text, "Who Decided on Eligibility")
    ELIGDTC = Var(instant, "Date/Time of the Eligibility Decision")

    @rule("Weeks of gestation run from 20 to 45, days beyond them from 0 to 6")
    def gestation_is_possible(GESTWK: int | None, GESTDY: int | None) -> bool:
        return (GESTWK is None or 20 <= GESTWK <= 45) and (GESTDY is None or 0 <= GESTDY <= 6)

    @rule("A decided eligibility names who decided it: write ELIGBY")
    def eligibility_names_who(ELIG: str | None, ELIGBY: str | None) -> bool:
        return ELIG in (None, "pending") or bool(ELIGBY)

    @rule("Consent is withdrawn before it was given")
    def consent_before_withdrawal(CNSDTC: PartialDate | None, CNSWDTC: PartialDate | None) -> bool:
        return CNSDTC is None or CNSWDTC is None or not CNSWDTC.is_before(CNSDTC)

    @rule("Eligibility is decided before the history was asked")
    def history_before_eligibility(HXDTC: PartialDate | None, ELIGDTC: PartialDate | None) -> bool:
        return HXDTC is None or ELIGDTC is None or not ELIGDTC.is_before(HXDTC)
