"""The levels that a planned row counts, in words, and whether absence was asked for."""

from cordside.domains.all import DOMAINS
from cordside.domains.classes import Occurrence
from cordside.protocol.plans.characteristics import SummaryRow
from cordside.terms.codelists import decode, terms_of

PRESENT, ABSENT = "Y", "N"


def levels_of(row: SummaryRow, found: set[str]) -> tuple[dict[str, str], bool]:
    """Values to count and their words, and True when a subject without a row is unknown (False: is without).

    found: every value of the item that is recorded; levels that the plan names stand in its order, also those never seen. Of an
    event or intervention only its presence is counted unless the plan names a value;
    where no row tells an absence it was never asked, as with adverse events, so a subject without a row is one without it.
    """
    if row.levels:
        return {level.recorded: level.label for level in row.levels}, True
    if row.derived:
        return _of_derived(row, found), True
    if row.item is None:
        return {value: value for value in ([row.value] if row.value is not None else sorted(found))}, True
    code, _, name = row.item.partition(".")
    domain = DOMAINS[code]
    if issubclass(domain, Occurrence):
        value = row.value or PRESENT
        return {value: decode("NY", value)}, ABSENT in found
    codelist = domain.variables[name].codelist if name in domain.variables else None
    if row.value is not None:
        return {row.value: decode(codelist, row.value) if codelist else row.value}, True
    return {value: decode(codelist, value) if codelist else value for value in _in_order(codelist, found)}, True


def _in_order(codelist: str | None, found: set[str]) -> list[str]:
    """As the codelist orders them, then by name."""
    order = list(terms_of(codelist)) if codelist else []
    return sorted(found, key=lambda value: (order.index(value) if value in order else len(order), value))


def _of_derived(row: SummaryRow, found: set[str]) -> dict[str, str]:
    """Whether swabs cleared, in words; numbers of infusions or days from the smallest."""
    if row.derived and row.derived.cleared:
        value = row.value or PRESENT
        return {value: decode("NY", value)}
    return {value: value for value in ([row.value] if row.value is not None else sorted(found, key=float))}
