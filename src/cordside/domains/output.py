"""Outputs: how much of which material a transform made."""

from cordside.domains.classes import ProductRow
from cordside.domains.domain import Var, rule
from cordside.domains.kinds import count, millilitres, text


class OUTPUT(ProductRow, code="OUTPUT", key=("TRFID", "MATID"), topic="MATID", prefix=""):
    """Outputs of Transforms: one row per material made."""

    TRFID = Var(text, "Transform Identifier", required=True)
    MATID = Var(text, "Material Identifier", required=True)
    CELLS = Var(count, "Cells Made", reveals_arm=True)
    VIABLE = Var(count, "Viable Cells Made", reveals_arm=True)
    VOL = Var(millilitres, "Volume Made in mL")

    @rule("There are more viable cells than cells")
    def viable_within_cells(CELLS: int | None, VIABLE: int | None) -> bool:
        return CELLS is None or VIABLE is None or VIABLE <= CELLS
