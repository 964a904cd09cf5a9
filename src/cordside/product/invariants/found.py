"""What an invariant says of a row that breaks it."""

from collections.abc import Iterable
from dataclasses import dataclass

from cordside.product.cellrows import Row
from cordside.product.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Found:
    """One breach of an invariant.

    code: of the gate that would have refused it; "" for what is only asked about. variable: a variable or the file's code.
    row: where it stands; when: its date as recorded. materials and lot: those it concerns, whose recipients are looked up.
    """

    code: str
    why: str
    allowed: str
    remedy: str
    row: Row
    variable: str
    when: str | None = None
    materials: tuple[str, ...] = ()
    lot: str = ""

    @property
    def file(self) -> str:
        """The file in which the row stands."""
        return str(self.row["SOURCE"]).rpartition(":")[0]


def of_refusals(
    refusals: Iterable[Refusal], row: Row, variable: str, when: str | None, materials: Iterable[str] = (), lot: str = ""
) -> list[Found]:
    """Refusals that a gate gives for what a row tells has been done."""
    concerned = tuple(materials)
    return [Found(one.code, one.why, one.allowed, one.remedy, row, variable, when, concerned, lot) for one in refusals]


def date_text(row: Row, name: str) -> str | None:
    """An instant of a row as it is written in a deviation; None where the row has none."""
    return row[name].isoformat().replace("+00:00", "Z") if row[name] is not None else None
