"""results.md: columns of result rows, and the JSON that commands print."""

from dataclasses import fields
from typing import Any, get_origin

from cordside.errors import Problem
from cordside.record.screen import Screened
from cordside.record.timeline import VisitStatus
from cordside.results import Finding, Result
from reference.markdown import page, table

RESULTS_INTRODUCTION = """\
The columns of result rows, as `cordside analyse` writes them, in this order: one row a statistic, or one value of one subject. How to use
them: [Use the results](../how-to/use-the-results.md). What each kind of analysis writes: [Result rows](../explanation/result-rows.md)."""

COLUMN_WORDS = {
    "analysis": "the planned analysis: its `id` in the protocol, or the name of a standing one (`flow`, `eligibility`, `schedule`, `data`)",
    "table": "its printed number, such as Table 1; the `id` where it has none",
    "group": "what the row is about: `arm`, `subject`",
    "group_level": "which one: the arm's label, `Total`, or the printed heading of the subject",
    "subject": "`USUBJID` on rows of one subject, else empty",
    "variable": "the item: `LB.CRP`, `DM.AGE`",
    "label": "the row's label as planned",
    "level": "the category, specimen or term",
    "visit": "the visit's name, or an ISO date",
    "statistic": "`value` (one value of one subject), `n`, `count`, `percent`, `mean`, `sd`, `median`, `q1`, `q3`, `min`, `max` and others",
    "value": "the number, unrounded; missing where it is a word or could not be computed",
    "text": "as printed",
    "unit": "unit of the value",
    "method": "how it was computed, where there are several ways",
    "convention": "the named choice that decides printed digits, such as the definition of quartiles",
    "n": "values or subjects used",
    "n_missing": "values or subjects left out",
    "source": "rows of the record that it rests on, as `records/lb.csv:14`; the header is line 1. In CSV joined by blanks",
    "origin": "origins of those rows, joined by `, `",
    "warning": "what a reader must know beside the number",
    "error": "why there is no number",
}
_TYPES = {"float | None": "number", "int | None": "whole number", "str": "text", "tuple[str, ...]": "list of texts"}


def results_page() -> str:
    """The text of results.md: columns of result rows, and the JSON that commands print."""
    rows = [(f"`{field.name}`", _TYPES[_type_name(field.type)], COLUMN_WORDS[field.name]) for field in fields(Result)]
    of_studies = {"check": ("problems", Problem), "screen": ("subjects[].criteria", Screened), "schedule": ("visits", VisitStatus)}
    printed = of_studies | {"appraise": ("findings", Finding)}
    shapes = [(f"`{name}`", f"`{key}`", ", ".join(f"`{field.name}`" for field in fields(one))) for name, (key, one) in printed.items()]
    words = "With `--json` a command prints one object with a list. Missing is `null`; `NaN` never appears."
    columns, keys = table(("Column", "Type", "Holds"), rows), table(("Command", "List", "Keys of one entry"), shapes)
    return page("# Results", RESULTS_INTRODUCTION, columns, "## JSON of the commands", words, keys)


def _type_name(hint: Any) -> str:
    return hint.__name__ if isinstance(hint, type) and get_origin(hint) is None else str(hint)
