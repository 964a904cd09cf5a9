"""The start of an infusion as its gate sees it: who, what, when, by whose check; planned, at the bedside, or entered afterwards."""

from dataclasses import dataclass
from datetime import datetime

from cordside.product.cellrows import Cells, Row


@dataclass(frozen=True, slots=True)
class Act:
    """One start of an infusion.

    subject: whose infusion it is; wristband and checkers: None while nobody has read or signed; end: planned or actual.
    fact: the row of EX where it has taken place; then only what is known to be wrong is wrong.
    """

    cells: Cells
    subject: str
    at: datetime
    container: str | None
    order: Row | None = None
    order_id: str | None = None
    wristband: str | None = None
    checkers: tuple[str | None, str | None] | None = None
    end: datetime | None = None
    fact: Row | None = None

    @property
    def is_bedside(self) -> bool:
        """Somebody stands at the bed: every question must be answered."""
        return self.fact is None and (self.wristband is not None or self.checkers is not None)

    @property
    def is_historical(self) -> bool:
        """Entered from a time or a paper of which no lot is known: what is about the lot is neither kept nor broken."""
        return self.fact is not None and self.fact["EXHIST"] == "Y"

    def keeps(self, *codes: str) -> bool:
        """Whether a rule about these files is judged: always before the act; afterwards where the study keeps any of them."""
        return not self.is_historical and (self.fact is None or any(code in self.cells.record.rows for code in codes))

    @property
    def where(self) -> str:
        """How a refusal calls it."""
        return f"container {self.container}" if self.container else f"infusion of {self.subject}"


def subject_named(cells: Cells, code: str) -> str:
    """USUBJID of a wristband, which may carry it or the number in the study; the code itself where nobody has it."""
    names: dict[str, set[str]] = cells.once("wristbands", lambda: _names(cells))
    found = names.get(code.strip(), set())
    return next(iter(found)) if len(found) == 1 else code.strip()


def _names(cells: Cells) -> dict[str, set[str]]:
    """Subjects by what their wristband may say."""
    found: dict[str, set[str]] = {}
    for usubjid, subjid in cells.record.frame("DM").select("USUBJID", "SUBJID").iter_rows():
        for name in (usubjid, subjid, usubjid.removeprefix(f"{cells.record.study}-")):
            if name:
                found.setdefault(name, set()).add(usubjid)
    return found
