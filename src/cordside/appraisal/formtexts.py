"""Texts of the published form that mean something: numbers, P values, dates, kinds of cells, values of statements.

Each function takes what stands in the file and gives it back, or raises ValueError in the form
`wrong|allowed|remedy`.
"""

import calendar
import re
from difflib import get_close_matches
from typing import Any, NoReturn

from cordside.appraisal.printed import read_p, read_printed

KINDS: dict[str, tuple[str, ...]] = {
    "mean_sd": ("mean", "sd"),
    "mean_se": ("mean", "se"),
    "mean_ci": ("mean", "low", "high"),
    "mean_spread": ("mean", "spread"),
    "mean": ("mean",),
    "median_iqr": ("median", "q1", "q3"),
    "median_range": ("median", "min", "max"),
    "median": ("median",),
    "range": ("min", "max"),
    "count": ("n", "pct"),
    "estimate_ci": ("estimate", "low", "high"),
    "number": ("value",),
}
"""What the numbers of a cell are, in their printed order, by kind; mean_spread: a mean ± something that the paper does not name."""

FACETS = ("n", "of", "pct", "mean", "sd", "se", "spread", "median", "q1", "q3", "min", "max", "low", "high", "estimate", "value")
"""Names of single numbers."""

NOT_SIGNIFICANT = frozenset({"ns", "n.s.", "n.s", "not significant"})
_DAY = re.compile(r"(?:(\d{4})-)?(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def a_number(text: str) -> str:
    """A printed number: 13.39, < 0.5, -3; a sign of percent at its end is dropped."""
    bare = text.strip().removesuffix("%").strip()
    if read_printed(bare) is None and not re.fullmatch(r"[<>≤≥]=?\s*[0-9.]+", bare):
        _refuse(f"{text!r} is no number", "a number as printed, with a point: 13.39 or < 0.5", "mend it; leave out what is not printed")
    return bare


def a_level(text: str) -> str:
    """The level of an interval: 0.95, 95 or 95%."""
    found = read_printed(text)
    level = None if found is None else found.value / 100 if found.value >= 1 else found.value
    if level is None or not 0 < level < 1:
        _refuse(f"{text!r} is no level", "0.95, or 95%", "mend it")
    return str(float(level))


def a_p(text: str | None) -> str | None:
    """A printed P: 0.003, < .001, NS."""
    if text is not None and text.casefold() not in NOT_SIGNIFICANT and read_p(text) is None:
        _refuse(f"{text!r} is no P", "a number from 0 to 1, < 0.001, or NS", "mend it")
    return text


def a_day(text: str) -> str:
    """A day as printed: 02-17, or 2020-02-17 with its year."""
    found = _DAY.fullmatch(text)
    # 02-30 is a mistake of the paper, which the rules report; 13-40 is one of typing.
    if not found or not (1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31):
        _refuse(f"{text!r} is no day", "month-day such as 02-17, or 2020-02-17", "mend the date, or write null where none is printed")
    return text


def a_period(period: list[str]) -> list[str]:
    """First and last month or day of a period."""
    if len(period) != 2 or not all(map(_is_month, period)):
        _refuse(f"{period} is no period", 'first and last: ["2020-02", "2020-03"] or ["2020-01-03", "2020-04-04"]', "mend it")
    return period


def a_kind(kind: str) -> str:
    """The name of a kind of cell."""
    if kind not in KINDS:
        near = get_close_matches(kind, KINDS, 1)
        _refuse(f"kind {kind} is not known", f"one of {', '.join(KINDS)}", f"did you mean {near[0]}" if near else "choose one of them")
    return kind


def a_denominator(value: Any) -> Any:
    """A number of patients as a number; the name of a row, or numbers by cell, as they are."""
    return int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value) else value


def checked_cell(value: Any, kind: str | None) -> Any:
    """The numbers of a cell: a list in the order of its kind, one number, or a mapping of names to numbers."""
    if isinstance(value, dict):
        _check_names(value)
    numbers = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]
    if isinstance(value, list):
        _check_length(value, kind)
    for number in numbers:
        if number is not None:
            _check_number(number)
    return value


def _check_number(number: Any) -> None:
    if not isinstance(number, str):
        _refuse("a list or mapping stands for a number", "one number", "mend it")
    a_number(number)


def _check_names(value: dict[str, Any]) -> None:
    unknown = [name for name in value if name not in FACETS]
    if unknown:
        near = get_close_matches(unknown[0], FACETS, 1)
        remedy = f"did you mean {near[0]}" if near else "remove it"
        _refuse(f"{unknown[0]} is no number of a cell", f"names are {', '.join(FACETS)}", remedy)


def _check_length(value: list[Any], kind: str | None) -> None:
    if kind is None:
        _refuse("a list of numbers without kind", f"kind: one of {', '.join(KINDS)}", "say what the numbers are")
    if kind in KINDS and len(value) != len(KINDS[kind]):
        allowed = f"{kind} has {len(KINDS[kind])}: {', '.join(KINDS[kind])}"
        _refuse(f"{len(value)} numbers", allowed, "write all of them; null for one not printed")


def checked_statement(kind: str, value: Any) -> None:
    """The value of a statement has the form of its kind."""
    if kind == "date":
        _check_date_statement(value)
    elif kind == "period":
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            _refuse("a period without first and last", '["2020-02", "2020-03"]', "write value: [FIRST, LAST]")
        a_period(value)
    elif kind in ("claim", "limit", "test") and not isinstance(value, str):
        _refuse(f"the value of a {kind} is no word", _WORDS[kind], "write one word or name")
    elif kind == "reference" and not (isinstance(value, str) or (isinstance(value, dict) and value)):
        _refuse("no table or figure is named", "table 1, figure 3, or panels {A: SpO2, B: SaO2}", "write what the sentence points to")
    elif value is None:
        _refuse("the value is empty", "a number, list, map, or a word for a class", "write what the sentence says")


_WORDS = {"claim": "the word that claims", "limit": "what is taken back", "test": "the test named, or not named"}


def _check_date_statement(value: Any) -> None:
    allowed = "{event: swab, after: last dose, days: 7, cases: 5}; days may be [first, last]"
    if not isinstance(value, dict):
        _refuse("a sentence about days has no mapping", allowed, "write event, after, days, cases")
    missing = [key for key in ("event", "after", "days", "cases") if value.get(key) is None]
    unknown = [key for key in value if key not in ("event", "after", "days", "cases")]
    if missing or unknown:
        wrong = f"{' and '.join(missing)} missing" if missing else f"{unknown[0]} is not known here"
        _refuse(wrong, allowed, "write event, after, days, cases")
    days = value["days"] if isinstance(value["days"], list) else [value["days"]]
    if len(days) > 2 or not all(re.fullmatch(r"-?\d{1,4}", str(day)) for day in days):
        _refuse(f"days {value['days']} are no days", "7, or [1, 7]", "write whole days")
    if len(days) == 2 and int(days[0]) > int(days[1]):
        _refuse(f"days {days} end before they start", "the earlier day first", "turn them round")
    if not re.fullmatch(r"\d{1,6}|all|none", str(value["cases"])):
        _refuse(f"cases {value['cases']} is no number", "a whole number, all or none", "write how many patients")


def is_fact(key: str, value: Any, known: tuple[str, ...]) -> bool:
    """Whether an entry at the top is a number printed beside the tables: a number, or a mapping such as {n, mean, sd}.

    A key that is nearly one of the form's own is a slip, not a fact.
    """
    if get_close_matches(key, known, 1, 0.85):
        return False
    if isinstance(value, dict):
        return bool(value) and all(name in (*FACETS, "unit", "grid") for name in value)
    return isinstance(value, str) and read_printed(value) is not None


def _is_real(year: str, month: str, day: str) -> bool:
    return 1 <= int(year) <= 9999 and 1 <= int(month) <= 12 and 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1]


def _is_month(text: str) -> bool:
    found = _MONTH.fullmatch(text)
    return found is not None and _is_real(found[1], found[2] or "01", found[3] or "01")


def _refuse(wrong: str, allowed: str, remedy: str) -> NoReturn:
    raise ValueError(f"{wrong}|{allowed}|{remedy}")
