"""Custody: who gave a material to whom, when, where and how warm it was on the way."""

from decimal import Decimal

from cordside.domains.classes import ProductRow
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import instant, number, text


class CUSTODY(ProductRow, code="CUSTODY", key=("CSTID",), topic="CSTID", prefix=""):
    """Custody: one row per hand-over of one material."""

    CSTID = Var(text, "Hand-Over Identifier", required=True)
    MATID = Var(text, "Material Identifier", reveals_arm=True)
    FROMLOC = Var(text, "From Location")
    TOLOC = Var(text, "To Location")
    GIVENBY = Var(text, "Given By")
    RCVDBY = Var(text, "Received By")
    CSTDTC = Var(instant, "Date/Time of the Hand-Over")
    TMPMIN = Var(number, "Lowest Temperature in Degrees C")
    TMPMAX = Var(number, "Highest Temperature in Degrees C")
    SEAL = Var(text, "Seal")

    @rule("A hand-over has two parties: write GIVENBY and RCVDBY")
    def hand_over_has_two_parties(GIVENBY: str | None, RCVDBY: str | None) -> bool:
        return bool(GIVENBY and RCVDBY)

    @rule("The one who gives is the one who receives")
    def parties_differ(GIVENBY: str | None, RCVDBY: str | None) -> bool:
        return GIVENBY is None or RCVDBY is None or GIVENBY.strip().casefold() != RCVDBY.strip().casefold()

    @rule("The lowest temperature is above the highest")
    def temperatures_in_order(TMPMIN: Decimal | None, TMPMAX: Decimal | None) -> bool:
        return TMPMIN is None or TMPMAX is None or TMPMIN <= TMPMAX
