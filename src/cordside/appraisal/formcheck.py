"""What one part of a published file says of another: names that must exist, and names that must not stand twice."""

from collections.abc import Iterator
from difflib import get_close_matches

from cordside.appraisal.published import Published

Place = tuple[int | str, ...]
Found = tuple[Place, str, str, str]


def check_published(published: Published) -> Iterator[Found]:
    """Every mistake between parts of the form: its place, what is wrong, what is allowed, what to do."""
    yield from _partitions(published)
    yield from _parents(published)
    yield from _denominators(published)
    yield from _twice("statements", [one.id for one in published.statements], "id")
    yield from _twice("patients", [one.case for one in published.patients], "case")
    yield from _twice("pcr", [one.case for one in published.pcr], "case")
    yield from _cases(published)


def _rows(published: Published) -> list[str]:
    return [row.row for rows in published.tables.values() for row in rows if row.row is not None]


def _partitions(published: Published) -> Iterator[Found]:
    known = _rows(published)
    for index, rows in enumerate(published.partitions):
        for place, name in enumerate(rows):
            if name not in known:
                yield ("partitions", index, place), f"no row is named {name!r}", "", _nearest(name, known)


def _parents(published: Published) -> Iterator[Found]:
    for key, rows in published.tables.items():
        known = [row.row or row.section or "" for row in rows]
        for index, row in enumerate(rows):
            others = [name for name in known if name != row.row]
            if row.parent not in (None, "none", *others):
                wrong = f"{row.parent!r} is no other row or heading of {key}"
                yield (key, index, "parent"), wrong, "a name, or none", _nearest(row.parent, others)


def _denominators(published: Published) -> Iterator[Found]:
    known = _rows(published)
    for key, rows in published.tables.items():
        for index, row in enumerate(rows):
            if isinstance(row.of, str) and row.of not in known:
                wrong = f"{row.of!r} is neither a number nor a row"
                yield (key, index, "of"), wrong, "a whole number or a row's name", _nearest(row.of, known)
            if isinstance(row.of, dict) and (unknown := [name for name in row.of if name not in ("before", "after")]):
                yield (key, index, "of"), f"{unknown[0]} is no cell", "before, after", "write {before: N, after: N}"


def _twice(key: str, names: list[str], what: str) -> Iterator[Found]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield (key, index, what), f"{name} stands twice", "every name once", "give one of them another name"


def _cases(published: Published) -> Iterator[Found]:
    known = [patient.case for patient in published.patients]
    for index, swabs in enumerate(published.pcr):
        if known and swabs.case not in known:
            yield ("pcr", index, "case"), f"case {swabs.case} is not among the patients", ", ".join(known), "mend one of them"


def _nearest(name: str | None, known: list[str]) -> str:
    near = get_close_matches(name or "", known, 1)
    return f"did you mean {near[0]}" if near else "write a row's name as in the table"
