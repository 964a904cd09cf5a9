"""The table, figure or panel that a sentence names holds what the sentence says.

A table holds its rows, headings, columns and patient-level variables; a figure what it `shows` and the data drawn
in it. Of a topic made of several things ("cytokines and respiratory rate") each must be there. Absent: defect. A
caption and a description of one figure that name its panels differently: contradiction. A table or figure that the
file does not hold is not checked when the file cannot tell.

Example: "The text gives the days to clearance and cites table 1, which holds the number cleared but no time. Please
print it there."
"""

import re
from collections.abc import Iterator

from cordside.appraisal.names import names_it, plain, things
from cordside.appraisal.paper import Paper, Spot
from cordside.appraisal.published import Figure, Statement
from cordside.appraisal.verdict import CONTRADICTION, DEFECT, Verdicts

ID = "reference-target"
LEVELS = (CONTRADICTION, DEFECT)
_TARGET = re.compile(r"(table|figure|fig\.?)\s*(\w+)", re.IGNORECASE)
Found = tuple[Statement, Spot]


def judge(paper: Paper) -> Verdicts:
    """Every sentence that points to a table or figure, then every figure whose panels are named."""
    say = Verdicts(paper, ID)
    panels: dict[str, list[Found]] = {}
    for statement, spot in paper.statements("reference"):
        if isinstance(statement.value, dict):
            panels.setdefault(statement.about, []).append((statement, spot))
        else:
            _judge(say, paper, statement, spot)
    for about, found in panels.items():
        _judge_panels(say, paper, about, found)
    return say


def _judge(say: Verdicts, paper: Paper, statement: Statement, spot: Spot) -> None:
    target = str(statement.value)
    found = _TARGET.search(target)
    held = _held(paper, found[1].casefold(), found[2]) if found else None
    if held is None:
        return _nowhere(say, paper, statement, spot, found)
    missing = [thing for thing in _wanted(statement.about, held) if not any(names_it(thing, name) for name in held)]
    if not missing:
        return say.right(spot, f"{target} holds {statement.about}")
    shows = "shows" if found and found[1].casefold().startswith("fig") else "holds"
    told = f"the sentence cites {target} for {paper.title(statement.about)}; {target} {shows} {_listed(_titles(paper, held))}"
    why = f"{told}, and nothing of {_listed(missing)}. Please correct it."
    return say.found(DEFECT, spot, why, printed=target, expected=f"a place that holds {statement.about}", quote=statement.quote)


def _titles(paper: Paper, held: list[str]) -> list[str]:
    """What a table or figure holds, each once, as printed."""
    return list(dict.fromkeys(paper.title(name) for name in held if name not in paper.published.labels.values()))


def _wanted(about: str, held: list[str]) -> list[str]:
    """The topic as a whole where something is called so, else the things it is made of."""
    return [about] if any(names_it(about, name) for name in held) else things(about) or [about]


def _nowhere(say: Verdicts, paper: Paper, statement: Statement, spot: Spot, found: re.Match[str] | None) -> None:
    known = _known(paper, found[1].casefold()) if found else []
    if found is None or not known or not found[2].isdigit():
        return say.open(spot, f"the file does not hold {statement.value}")
    why = f"the sentence cites {statement.value}; the paper has {_listed(known)}. Please correct the reference."
    return say.found(DEFECT, spot, why, printed=str(statement.value), expected=_listed(known), quote=statement.quote)


def _known(paper: Paper, kind: str) -> list[str]:
    """Names of all tables or figures of the file."""
    published = paper.published
    if kind.startswith("fig"):
        return [f"figure {number}" for number in published.figures]
    tables = dict.fromkeys([*published.tables, *published.captions, *published.columns])
    return [key for key in tables if key.casefold().startswith("table")]


def _held(paper: Paper, kind: str, number: str) -> list[str] | None:
    """Everything that a table or figure holds, by name; None when the file has no such table or figure."""
    if kind.startswith("fig"):
        wanted = (plain(number), f"figure {plain(number)}")
        figure = next((one for key, one in paper.published.figures.items() if plain(key) in wanted), None)
        return None if figure is None else list(_in_figure(figure))
    key = f"table{number}".casefold()
    known = {plain(name).replace(" ", ""): name for name in (*paper.published.tables, *paper.published.captions, *paper.published.columns)}
    return list(_in_table(paper, known[key])) if key in known else None


def _in_figure(figure: Figure) -> Iterator[str]:
    yield from [*figure.shows, *figure.over, *figure.panels.values(), *(figure.model_extra or {})]


def _in_table(paper: Paper, key: str) -> Iterator[str]:
    published = paper.published
    for row in paper.tables.get(key, []):
        yield row.name
        # A label that only adds a unit to the name says nothing more.
        yield from [row.data.label] if row.data.label and not row.data.label.startswith(row.name) else []
    if key not in published.tables:
        yield from _in_patient_tables(paper, key)
    yield from (heading for heading in published.columns.get(key, []) if heading)


def _in_patient_tables(paper: Paper, key: str) -> Iterator[str]:
    """What the patient-level tables hold; the file does not say which is which, so a swab table is known by its caption."""
    published = paper.published
    caption = published.captions.get(key, "").casefold()
    swabs = re.search(r"nucleic|swab|pcr|rna", caption) is not None and bool(published.pcr)
    if swabs or not published.patients:
        yield from ("swabs", "nucleic acid", "PCR", "first dose", "positive test")
    else:
        yield from dict.fromkeys(name for patient in published.patients for name in patient.model_extra or {})
        yield from [*published.labels.values(), *published.sections]


def _judge_panels(say: Verdicts, paper: Paper, about: str, found: list[Found]) -> None:
    first, spot = found[0]
    target = _TARGET.search(about)
    figure = paper.published.figures.get(target[2]) if target else None
    said = [(statement.place, statement.value) for statement, _ in found]
    said += [("the figure", figure.panels)] if figure and figure.panels else []
    panels = sorted({panel for _, names in said for panel in names})
    differ = [panel for panel in panels if len({plain(names[panel]) for _, names in said if panel in names}) > 1]
    quote = "; ".join(statement.quote for statement, _ in found)
    words = "; ".join(f"{place}: {', '.join(f'{panel} {name}' for panel, name in names.items())}" for place, names in said)
    if differ:
        why = f"{words}. Panel {' and '.join(differ)} cannot be both. Please correct the caption or the description of {about}."
        say.found(CONTRADICTION, spot, why, printed=words, expected="one thing a panel", quote=quote)
    absent = _absent(figure, first.value)
    if absent:
        why = f"{about} is said to show {_listed(absent)}, which is not among what it shows. Please correct one of them."
        say.found(DEFECT, spot, why, printed=words, expected=_listed(figure.shows if figure else []), quote=quote)
    if not differ and not absent:
        say.right(spot, words) if len(said) > 1 or figure else say.open(spot, "the panels are named in one place only")


def _absent(figure: Figure | None, panels: dict[str, str]) -> list[str]:
    """Things in panels that the figure does not show."""
    held = list(_in_figure(figure)) if figure else []
    return [name for name in panels.values() if held and not any(names_it(name, one) for one in held)]


def _listed(names: list[str]) -> str:
    return ", ".join(names[:8]) + (", ..." if len(names) > 8 else "") or "nothing"
