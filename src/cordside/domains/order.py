"""Dose orders: how many cells for whom, drawn from which container, verified by whom."""

from decimal import Decimal

from cordside.domains.classes import ProductRow
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import PartialDate, count, deadline, instant, millilitres, number, text


class ORDER(ProductRow, code="ORDER", key=("ORDID",), topic="ORDID", prefix=""):
    """Dose Orders: one row per planned infusion of one container."""

    ORDID = Var(text, "Order Identifier", required=True)
    USUBJID = Var(text, "Subject", shared=True)  # type: ignore[assignment]
    VISIT = Var(text, "Visit Name", shared=True)
    RULE = Var(text, "Dose Rule", codelist="DOSERULE", reveals_arm=True)
    CNTBASIS = Var(text, "Count Basis", codelist="CNTBASIS", reveals_arm=True)
    PERKG = Var(number, "Cells per kg", reveals_arm=True)
    TARGET = Var(count, "Target in Cells", reveals_arm=True)
    TOLPCT = Var(number, "Tolerance in %", reveals_arm=True)
    WEIGHT = Var(number, "Weight in kg")
    WTKIND = Var(text, "Kind of Weight", codelist="WTKIND")
    WTDTC = Var(instant, "Date/Time of the Weight")
    MATID = Var(text, "Container", reveals_arm=True)
    VOL = Var(millilitres, "Volume Drawn in mL")
    DILUENT = Var(text, "Diluent")
    DILVOL = Var(millilitres, "Volume of Diluent in mL")
    MAXRATE = Var(number, "Highest Rate in mL/min")
    WINFROM = Var(deadline, "Window From")
    WINTO = Var(deadline, "Window To")
    ORDBY = Var(text, "Ordered By")
    VERBY = Var(text, "Verified By")
    ORDDTC = Var(instant, "Date/Time of the Order")
    ORDSTAT = Var(text, "Status of the Order", codelist="ORDSTAT")

    @rule("An order names its subject: set USUBJID")
    def order_names_its_subject(USUBJID: str | None) -> bool:
        return bool(USUBJID)

    @rule("The order was verified by the person who wrote it")
    def verifier_is_another(ORDBY: str | None, VERBY: str | None) -> bool:
        return ORDBY is None or VERBY is None or ORDBY.strip().casefold() != VERBY.strip().casefold()

    @rule("The window ends before it starts")
    def window_in_order(WINFROM: PartialDate | None, WINTO: PartialDate | None) -> bool:
        return WINFROM is None or WINTO is None or not WINTO.is_before(WINFROM)

    @rule("A weight and a rate are above 0, cells per kg are not negative and a tolerance lies between 0 and 100 %")
    def order_is_possible(WEIGHT: Decimal | None, MAXRATE: Decimal | None, TOLPCT: Decimal | None, PERKG: Decimal | None) -> bool:
        above = all(value is None or value > 0 for value in (WEIGHT, MAXRATE))
        return above and (PERKG is None or PERKG >= 0) and (TOLPCT is None or 0 <= TOLPCT <= 100)

    @rule("The weight was taken after the order")
    def weight_before_order(WTDTC: PartialDate | None, ORDDTC: PartialDate | None) -> bool:
        return WTDTC is None or ORDDTC is None or not ORDDTC.is_before(WTDTC)
