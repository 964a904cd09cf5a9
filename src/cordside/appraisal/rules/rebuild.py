"""Each before/after row can be rebuilt: patients exist that print both summaries and the P of the paired t test.

Under the first quartile definition that gives patients the row is right. It is a contradiction where a bound forbids patients under
all nine definitions, and a note where the search finds none: that proves nothing.

Example: "6.72 (SD 2.62) before and 6.43 (SD 1.72) after in 31 patients leave a paired t test a P from 0.04 to 0.71, and 0.003 is printed.
Please check the P."
"""

from collections.abc import Iterator

from cordside.analysis.conventions import TYPES
from cordside.appraisal.paper import Paper
from cordside.appraisal.rebuild.changed import Changed, changed_of, changed_rows, rebuild_row, why_impossible
from cordside.appraisal.rebuild.outcomes import RULE, Outcome
from cordside.appraisal.rebuild.wanted import QUARTILES
from cordside.appraisal.verdict import CONTRADICTION, NOTE, Verdicts

ID = RULE
LEVELS = (CONTRADICTION, NOTE)
REFUSED_BY = (
    *("grim", "grimmer", "debit", "reachable", "sd-bound", "quartile-order", "median-grid", "quartile-definition"),
    *("quartile-mean", "change-p-range"),
)
"""Rules whose contradiction about a row already says why no patients can print it."""

_SEED = 1
_MARGINS, _MARGINS_BESIDE = 60, 15
_MANY = 2000
"""Patients above which the search is left to `cordside rebuild`."""

_COMMON = ("type-7", "type-6", "type-2")
_ORDER = (*_COMMON, *(name for name in TYPES if name not in _COMMON))


def judge(paper: Paper) -> Verdicts:
    """Every row with a value before and one after."""
    say = Verdicts(paper, ID)
    for row in changed_rows(paper):
        changed = changed_of(paper, row)
        if isinstance(changed, Outcome):
            say.open(row.spot, changed.why)
        else:
            _judge(say, paper, changed)
    return say


def _judge(say: Verdicts, paper: Paper, changed: Changed) -> None:
    definitions = _ORDER if changed.wanted[0].kind == QUARTILES else _ORDER[:1]
    reasons = {definition: why_impossible(changed, definition) for definition in definitions}
    possible = [definition for definition, why in reasons.items() if why is None]
    spot, printed = changed.row.spot, _printed(changed)
    if not possible:
        why = f"{reasons[definitions[0]]}: no patients can print this row. Please check its numbers and n."
        say.found(CONTRADICTION, spot, why, printed=printed, expected="numbers that patients can print")
        return
    if max(changed.numbers) > _MANY:
        say.open(spot, f"more than {_MANY} patients are not rebuilt here")
        return
    found = next(_rebuilt(paper, changed, possible), None)
    if found is not None:
        say.right(spot, f"{changed.pairs} rebuilt pairs print {printed}{found}")
        return
    words = "no patients were found that print this row: it may be rare, and the search proves nothing. Please check its numbers and n."
    say.found(NOTE, spot, words, printed=printed, expected="numbers that rebuilt patients print")


def _rebuilt(paper: Paper, changed: Changed, definitions: list[str]) -> Iterator[str]:
    """How the row was rebuilt, in words, each time it could be: as recorded, then with one decimal more than printed."""
    for finer in (0, 1) if changed.row.data.grid is None else (0,):
        asked = changed_of(paper, changed.row, finer=finer)
        if isinstance(asked, Outcome):
            return
        for definition in definitions:
            margins = _MARGINS if definition == definitions[0] else _MARGINS_BESIDE
            found = rebuild_row(paper.study, asked, definition, _SEED, margins)
            if found is not None and asked.prints(found, definition):
                yield f" (quartiles of {definition})" if changed.wanted[0].kind == QUARTILES else ""


def _printed(changed: Changed) -> str:
    cells = " and ".join(", ".join(map(str, cell.numbers.values())) for cell in (changed.before, changed.after))
    return f"{cells}, P {changed.row.data.p}" if changed.p else cells
