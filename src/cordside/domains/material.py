"""Materials: whatever a container holds, from the donated tissue to the bag at the bedside."""

from decimal import Decimal

from cordside.domains.classes import ProductRow
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import count, deadline, integer, millilitres, number, text


class MATERIAL(ProductRow, code="MATERIAL", key=("MATID",), topic="MATID", prefix=""):
    """Materials: one row per donation, tissue, culture, vial, bulk, container or sample."""

    MATID = Var(text, "Material Identifier", required=True)
    MATKIND = Var(text, "Kind of Material", codelist="MATKIND")
    DNRID = Var(text, "Donor Identifier")
    LOTID = Var(text, "Lot Identifier", reveals_arm=True)
    MATCODE = Var(text, "Donation Number or European Code")
    PASSAGE = Var(integer, "Passage", reveals_arm=True)
    CUMPD = Var(number, "Cumulative Population Doublings", reveals_arm=True)
    PDFROM = Var(text, "Where the Doublings Are Counted From", reveals_arm=True)
    CELLS = Var(count, "Cells, Total", reveals_arm=True)
    VIABLE = Var(count, "Viable Cells", reveals_arm=True)
    VOL = Var(millilitres, "Volume in mL")
    AREA = Var(number, "Culture Area in cm2")
    VEHICLE = Var(text, "Vehicle")
    DMSOPCT = Var(number, "DMSO in % v/v", reveals_arm=True)
    STORPOS = Var(text, "Storage Position")
    EXPDTC = Var(deadline, "Date/Time of Expiry")
    USUBJID = Var(text, "Intended Subject", shared=True)  # type: ignore[assignment]
    LBLPRN = Var(count, "Labels Printed")
    LBLAPL = Var(count, "Labels Applied")
    LBLDST = Var(count, "Labels Destroyed")
    MATSTAT = Var(text, "Status of the Material", codelist="MATSTAT")

    @rule("A material needs its kind: set MATKIND")
    def material_has_a_kind(MATKIND: str | None) -> bool:
        return bool(MATKIND)

    @rule("There are more viable cells than cells")
    def viable_within_cells(CELLS: int | None, VIABLE: int | None) -> bool:
        return CELLS is None or VIABLE is None or VIABLE <= CELLS

    @rule("A passage is a whole number from 0, an area is above 0 and DMSO lies between 0 and 100 %")
    def amounts_are_possible(PASSAGE: int | None, AREA: Decimal | None, DMSOPCT: Decimal | None) -> bool:
        return (PASSAGE is None or PASSAGE >= 0) and (AREA is None or AREA > 0) and (DMSOPCT is None or 0 <= DMSOPCT <= 100)

    @rule("Labels printed are not those applied and destroyed together")
    def labels_are_accounted_for(LBLPRN: int | None, LBLAPL: int | None, LBLDST: int | None) -> bool:
        return LBLPRN is None or (LBLAPL is None and LBLDST is None) or (LBLAPL or 0) + (LBLDST or 0) == LBLPRN

    @rule("Only a donation names its donor: what is made of it has a transform")
    def donor_of_a_donation(MATKIND: str | None, DNRID: str | None) -> bool:
        return DNRID is None or MATKIND in (None, "donation")
