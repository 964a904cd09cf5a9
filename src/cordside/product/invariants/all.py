"""The sixteen invariants by their numbers. What only a database can add (rights, triggers, unique keys) comes with the server."""

from collections.abc import Callable, Iterator

from cordside.product.cellrows import Cells
from cordside.product.invariants.conservation import check_conservation
from cordside.product.invariants.custody import check_custody
from cordside.product.invariants.expiry import check_expiry
from cordside.product.invariants.found import Found
from cordside.product.invariants.growth import check_growth
from cordside.product.invariants.labels import check_labels
from cordside.product.invariants.parents import check_parents
from cordside.product.invariants.people import check_people
from cordside.product.invariants.references import check_references
from cordside.product.invariants.release import check_outstanding, check_release
from cordside.product.invariants.reproduction import check_reproduction
from cordside.product.invariants.starts import check_given, check_starts
from cordside.product.invariants.status import check_status

INVARIANTS: dict[int, Callable[[Cells], Iterator[Found]]] = {
    1: check_parents,
    2: check_conservation,
    3: check_growth,
    4: check_status,
    5: check_people,
    6: check_release,
    7: check_outstanding,
    8: check_expiry,
    9: check_starts,
    11: check_given,
    12: check_labels,
    13: check_custody,
    14: check_references,
    16: check_reproduction,
}
"""10 is judged with 9; 15 is a property of the domains, not of rows (blinding.py)."""


def broken(cells: Cells) -> Iterator[Found]:
    """Everything that breaks an invariant, in the order of their numbers."""
    for check in INVARIANTS.values():
        yield from check(cells)
