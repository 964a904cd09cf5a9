"""What each place of a paper says of one quantity: a row of a table, a column of patients, a figure, a sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cordside.appraisal.formtexts import KINDS
from cordside.appraisal.names import plain
from cordside.appraisal.paper import NO_SD_BELOW, Paper, PaperRow, Spot
from cordside.appraisal.printed import Printed, read_p, read_printed
from cordside.appraisal.published import Statement

Numbers = Mapping[str, Printed]


@dataclass(frozen=True)
class Said:
    """What one place says: numbers by name (before.median, n, p), or one value a patient, or a word."""

    place: str
    spot: Spot
    numbers: Numbers = field(default_factory=dict)
    cases: tuple[Printed | None, ...] = ()
    words: tuple[str, ...] = ()
    unit: str | None = None
    quote: str = ""
    code: tuple[str, str] | None = None

    @property
    def word(self) -> str:
        """The one word that is said, or nothing."""
        return self.words[0] if len(set(self.words)) == 1 else ""


def topics(paper: Paper) -> dict[str, Spot]:
    """Every quantity that a sentence or a figure names, with the place that names it first."""
    found = {statement.about: spot for statement, spot in reversed(list(paper.statements("quantity")))}
    for number, figure in paper.published.figures.items():
        for key in figure.model_extra or {}:
            known = next((about for about in found if plain(about) == plain(key)), key)
            found.setdefault(known, paper.spot(key, f"figures.{number}.{key}", ("figures", number, key)))
    return found


def said_of(paper: Paper, topic: str) -> list[Said]:
    """What every place says of a topic."""
    row = next((row for row in paper.rows if row.data.row is not None and plain(row.name) == plain(topic)), None)
    found = [_row(row)] if row is not None and row.cells else []
    found += [*_patients(paper, topic), *_figures(paper, topic), *_regimen(paper, topic)]
    for statement, spot in paper.statements("quantity"):
        if plain(statement.about) == plain(topic):
            found.append(_statement(statement, spot, row))
    return found


def _row(row: PaperRow) -> Said:
    numbers: dict[str, Printed] = {}
    for cell in row.cells:
        prefix = "" if cell.name == "value" else f"{cell.name}."
        numbers |= {f"{prefix}{name}": number for name, number in cell.numbers.items()}
    p = read_p(row.data.printed.get("p", row.data.p))
    place = row.table or "beside the tables"
    return Said(place, row.spot, numbers | ({"p": p} if p else {}), unit=row.printed_unit, code=row.test_code)


def _patients(paper: Paper, topic: str) -> Iterator[Said]:
    labels = paper.published.labels
    keys = dict.fromkeys(key for patient in paper.published.patients for key in patient.model_extra or {})
    for key in keys:
        if plain(topic) in (plain(key), plain(labels.get(key, key))):
            values = [(patient.model_extra or {}).get(key) for patient in paper.published.patients]
            yield _listed("table of patients", paper.spot(topic, f"patients.{key}", ("patients",)), values, paper.published.units.get(key))


def _figures(paper: Paper, topic: str) -> Iterator[Said]:
    for number, figure in paper.published.figures.items():
        for key, value in (figure.model_extra or {}).items():
            if plain(key) == plain(topic):
                yield _value(f"figure {number}", paper.spot(topic, f"figures.{number}.{key}", ("figures", number, key)), value, None)


def _regimen(paper: Paper, topic: str) -> Iterator[Said]:
    regimen = paper.raw("regimen") or {}
    for key, value in regimen.items():
        if plain(key) == plain(topic):
            yield _value("regimen", paper.spot(topic, f"regimen.{key}", ("regimen", key)), value, None)


def _statement(statement: Statement, spot: Spot, row: PaperRow | None) -> Said:
    said = _value(statement.place, spot, statement.value, row)
    code = row.test_code if row else None
    return Said(said.place, spot, said.numbers, said.cases, said.words, statement.unit, statement.quote, code)


def _value(place: str, spot: Spot, value: Any, row: PaperRow | None) -> Said:
    """A number, a list, a mapping or a word, read as the row of the same name has its numbers."""
    kind = row.data.kind if row else None
    if isinstance(value, dict):
        return Said(place, spot, _mapped(value, kind))
    if isinstance(value, list) and row is not None and len(value) == len(KINDS.get(kind or "", ())):
        return Said(place, spot, _in_order(value, kind))
    if isinstance(value, list):
        return _listed(place, spot, value, None)
    number = read_printed(value)
    if number is None:
        return Said(place, spot, words=(str(value),))
    return Said(place, spot, {_main_number(row): number})


def _main_number(row: PaperRow | None) -> str:
    """Which number of a row a single one is compared with: its count, mean or median."""
    if row is None:
        return "value"
    return "n" if row.is_count else KINDS.get(row.data.kind or "number", ("value",))[0]


def _mapped(value: Mapping[str, Any], kind: str | None) -> dict[str, Printed]:
    found: dict[str, Printed] = {}
    for name, entry in value.items():
        if name == "p":
            p = read_p(entry)
            found |= {"p": p} if p else {}
        elif isinstance(entry, dict):
            found |= {f"{name}.{inner}": number for inner, number in _mapped(entry, kind).items()}
        elif isinstance(entry, list):
            found |= _ends(entry) if name == "range" else {f"{name}.{inner}": number for inner, number in _in_order(entry, kind).items()}
        elif (number := read_printed(entry)) is not None:
            found[name if name != "value" or kind is None else KINDS[kind][0]] = number
    return found


def _ends(entry: list[Any]) -> dict[str, Printed]:
    return {name: number for name, text in zip(("min", "max"), entry, strict=False) if (number := read_printed(text)) is not None}


def _in_order(texts: list[Any], kind: str | None) -> dict[str, Printed]:
    """The numbers of a list by name; a list of three without a kind is median, Q1, Q3, of two mean and SD."""
    names = KINDS.get(kind or "") or {3: KINDS["median_iqr"], 2: KINDS["mean_sd"], 1: ("value",)}.get(len(texts), ())
    read = {name: read_printed(text) for name, text in zip(names, texts, strict=False)}
    return {name: number.not_negative() if name in NO_SD_BELOW else number for name, number in read.items() if number is not None}


def _listed(place: str, spot: Spot, values: list[Any], unit: str | None) -> Said:
    """One value a patient: numbers, or words where any of them is one."""
    read = [None if value is None else read_printed(value) for value in values]
    if all(number is not None or value is None for number, value in zip(read, values, strict=True)):
        return Said(place, spot, cases=tuple(read), unit=unit)
    return Said(place, spot, words=tuple("" if value is None else str(value) for value in values), unit=unit)
