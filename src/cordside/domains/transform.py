"""Transforms: what was done with materials, by whom, with what, and what was lost."""

from decimal import Decimal

from cordside.domains.classes import ProductRow
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import count, instant, millilitres, number, text


class TRANSFORM(ProductRow, code="TRANSFORM", key=("TRFID",), topic="TRFID", prefix=""):
    """Transforms: one row per act on materials; what it took and made stands in input and output."""

    TRFID = Var(text, "Transform Identifier", required=True)
    TRFKIND = Var(text, "Kind of Transform", codelist="TRFKIND")
    TRFDTC = Var(instant, "Date/Time of the Transform")
    TRFHRS = Var(number, "Hours of Culture")
    TRFBY = Var(text, "Performed By")
    WITNESS = Var(text, "Witnessed By")
    SOP = Var(text, "Standard Operating Procedure")
    SOPVER = Var(text, "Version of the Procedure")
    RGTLOTS = Var(text, "Reagent Lots, name=lot=expiry")
    EQUIP = Var(text, "Equipment, name=number")
    LOSSCELL = Var(count, "Cells Lost", reveals_arm=True)
    LOSSVOL = Var(millilitres, "Volume Lost in mL")
    REFID = Var(text, "Transform That This Corrects")

    @rule("A transform needs its kind: set TRFKIND")
    def transform_has_a_kind(TRFKIND: str | None) -> bool:
        return bool(TRFKIND)

    @rule("A transform needs its time: set TRFDTC")
    def transform_is_dated(TRFDTC: object) -> bool:
        return TRFDTC is not None

    @rule("Hours of culture are not negative")
    def hours_not_negative(TRFHRS: Decimal | None) -> bool:
        return TRFHRS is None or TRFHRS >= 0

    @rule("The act was witnessed by the person who performed it")
    def witness_is_another(TRFBY: str | None, WITNESS: str | None) -> bool:
        return TRFBY is None or WITNESS is None or TRFBY.strip().casefold() != WITNESS.strip().casefold()

    @rule("A transform does not correct itself")
    def corrects_another(TRFID: str | None, REFID: str | None) -> bool:
        return REFID is None or REFID != TRFID
