"""Holds: what must not be used until someone closes them, on a donor, a material, a lot, an arm or the study."""

from cordside.domains.classes import ProductRow
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import PartialDate, instant, text


class HOLD(ProductRow, code="HOLD", key=("HLDID",), topic="HLDID", prefix=""):
    """Holds: one row per hold; it reaches everything made from its target unless PROPAG is N."""

    HLDID = Var(text, "Hold Identifier", required=True)
    TRGTYPE = Var(text, "What Is Held", codelist="HOLDTARGET")
    TRGID = Var(text, "Identifier of What Is Held", reveals_arm=True)
    HLDREAS = Var(text, "Reason of the Hold")
    OPENDTC = Var(instant, "Date/Time Opened")
    OPENBY = Var(text, "Opened By")
    CLOSDTC = Var(instant, "Date/Time Closed")
    CLOSBY = Var(text, "Closed By")
    PROPAG = Var(text, "Reaches What Is Made of It", codelist="NY")

    @rule("A hold names what it holds and since when: set TRGTYPE, TRGID and OPENDTC")
    def hold_is_whole(TRGTYPE: str | None, TRGID: str | None, OPENDTC: object) -> bool:
        return bool(TRGTYPE) and (bool(TRGID) or TRGTYPE == "study") and OPENDTC is not None

    @rule("The hold is closed before it was opened")
    def opened_before_closed(OPENDTC: PartialDate | None, CLOSDTC: PartialDate | None) -> bool:
        return OPENDTC is None or CLOSDTC is None or not CLOSDTC.is_before(OPENDTC)

    @rule("A closed hold names who closed it: write CLOSBY")
    def closing_names_who(CLOSDTC: object, CLOSBY: str | None) -> bool:
        return CLOSDTC is None or bool(CLOSBY)
