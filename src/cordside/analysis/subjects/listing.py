"""Values by subject: each planned row, each subject, one printed cell."""

from cordside.analysis.picking import by_subject
from cordside.analysis.rows import ABSENT, NOT_RECORDED, Row, Subject, capital, joined, named, nothing, proof, subjects_of, values
from cordside.domains.all import DOMAINS
from cordside.domains.classes import Occurrence
from cordside.protocol.plans.listing import Listing, SubjectRow
from cordside.record.record import Record
from cordside.results import Result
from cordside.terms.codelists import decode
from cordside.words import decimals_of, rounded

_MOST_DECIMALS = 9


def summarise(record: Record, planned: Listing) -> list[Result]:
    """One `value` row for each planned row and subject; its text is the printed cell."""
    everybody = subjects_of(record, planned.subject)
    if not everybody:
        return nothing(planned, "no subjects are recorded")
    return [result for row in planned.rows for result in _of_row(record, planned, row, everybody)]


def _of_row(record: Record, planned: Listing, row: SubjectRow, everybody: list[Subject]) -> list[Result]:
    found = by_subject(values(record, row.item), row.visit)
    return [_cell(planned, row, subject, found.get(subject.id, [])) for subject in everybody]


def _cell(planned: Listing, row: SubjectRow, subject: Subject, rows: list[Row]) -> Result:
    wanted = [value for value in rows if row.terms is None or value["NAME"].casefold() in map(str.casefold, row.terms)]
    present = wanted if _single(row) else [value for value in wanted if value["TEXT"] != "N"]
    text, warning = _text(row, present, wanted)
    number = present[0]["NUMBER"] if len(present) == 1 else None
    return Result(
        **named(planned),
        **subject.columns,
        variable=row.item,
        label=row.label,
        visit=row.visit or "",
        statistic="value",
        value=number,
        text=text,
        unit=(present[0]["UNIT"] or "") if number is not None else "",
        n=len(present or wanted),
        n_missing=0 if wanted else 1,
        warning=joined([warning, *(_other_unit(value) for value in present)]),
        **proof(present or wanted),
    )


def _other_unit(value: Row) -> str:
    """A cell prints what was collected; when that is in another unit than the column's numbers, it says so."""
    collected = value["COLLECTED_UNIT"]
    return f"as collected, in {collected}" if collected and value["UNIT"] and collected != value["UNIT"] else ""


def _single(row: SubjectRow) -> bool:
    """One item that is asked for by name: its answer is printed, be it yes or no."""
    return not row.item.endswith(".*")


def _text(row: SubjectRow, present: list[Row], wanted: list[Row]) -> tuple[str, str]:
    """The printed cell, and what a reader must know about it."""
    if present:
        cells = [_printed(row, value) for value in present]
        cell = row.join.join(cells)
        return (cell if _single(row) else capital(cell)), NOT_RECORDED if ABSENT in cells else ""
    unasked = _unasked(row, wanted)
    if unasked:
        return ABSENT, unasked
    return (row.none or ABSENT), ""


def _unasked(row: SubjectRow, wanted: list[Row]) -> str:
    if not wanted:
        return NOT_RECORDED
    told = {value["NAME"].casefold() for value in wanted}
    left = [term for term in row.terms or [] if term.casefold() not in told]
    return f"{NOT_RECORDED}: {', '.join(left)}" if left else ""


def _printed(row: SubjectRow, value: Row) -> str:
    days = "" if value["NUMBER"] is None else rounded(value["NUMBER"], _shown_decimals(value["NUMBER"]))
    if "{days}" in row.printed and not days:
        return ABSENT
    return row.printed.replace("{value}", _word(row, value)).replace("{days}", days)


def _shown_decimals(number: float) -> int:
    return min(decimals_of([f"{number:.6g}"]), _MOST_DECIMALS)


def _word(row: SubjectRow, value: Row) -> str:
    """A collected text in words: F is Female, Y is Yes; a term of DOMAIN.* stands as recorded."""
    code, _, name = row.item.partition(".")
    domain = DOMAINS[code]
    if issubclass(domain, Occurrence):
        return decode("NY", value["TEXT"]) if _single(row) else str(value["NAME"])
    codelist = domain.variables[name].codelist if name in domain.variables else None
    return decode(codelist, value["TEXT"]) if codelist else str(value["TEXT"])
