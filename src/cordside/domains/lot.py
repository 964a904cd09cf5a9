"""Lots: what is released together; for cells from outside, the maker's certificate."""

from cordside.domains.classes import ProductRow
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import instant, text


class LOT(ProductRow, code="LOT", key=("LOTID",), topic="LOTID", prefix=""):
    """Lots: one row per bank or product lot; what the maker does not tell stays empty."""

    LOTID = Var(text, "Lot Identifier", required=True, reveals_arm=True)
    LOTLEVEL = Var(text, "Level of the Lot", codelist="LOTLEVEL")
    SPECID = Var(text, "Specification")
    SPECVER = Var(text, "Version of the Specification")
    MAKER = Var(text, "Maker")
    CERTNO = Var(text, "Number of the Certificate")
    CERTBY = Var(text, "Issuer of the Certificate")
    CERTDTC = Var(instant, "Date/Time of the Certificate")
    CERTFILE = Var(text, "File of the Certificate")

    @rule("A lot needs its level: master bank, working bank or product")
    def lot_has_a_level(LOTLEVEL: str | None) -> bool:
        return bool(LOTLEVEL)

    @rule("A certificate needs number and issuer: write CERTNO and CERTBY")
    def certificate_is_whole(CERTNO: str | None, CERTBY: str | None, CERTDTC: object, CERTFILE: str | None) -> bool:
        return not (CERTNO or CERTBY or CERTDTC or CERTFILE) or bool(CERTNO and CERTBY)
