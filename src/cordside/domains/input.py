"""Inputs: how much of which material a transform took."""

from cordside.domains.classes import ProductRow
from cordside.domains.domain import Var
from cordside.domains.kinds import count, millilitres, text


class INPUT(ProductRow, code="INPUT", key=("TRFID", "MATID"), topic="MATID", prefix=""):
    """Inputs of Transforms: one row per material taken; amounts are those taken, not those there were."""

    TRFID = Var(text, "Transform Identifier", required=True)
    MATID = Var(text, "Material Identifier", required=True)
    CELLS = Var(count, "Cells Taken", reveals_arm=True)
    VOL = Var(millilitres, "Volume Taken in mL")
