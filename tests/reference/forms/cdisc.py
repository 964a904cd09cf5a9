"""The form cdisc/1: published cells of the CDISC pilot's tables, compared with the drawn tables of the study.

`computed` holds numbers that were not published: paired statistics of one dataset, made from its rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from cordside.analysis.members import selected
from cordside.analysis.statistics.differences import recorded
from cordside.analysis.statistics.hodgeslehmann import hodges_lehmann
from cordside.analysis.statistics.location import paired_t
from cordside.analysis.statistics.ranks import signed_rank
from cordside.protocol.plans.data import Selection
from cordside.words import rounded
from tests.reference.pilot.tables import pilot
from tests.reference.vectorfile import Case, VectorFile, assert_same

FORM = "cdisc/1"

_ARMS = ("Placebo", "Xanomeline Low Dose", "Xanomeline High Dose")

Cells = dict[tuple[str, str], str]
"""Expected text by row and column of a drawn table."""


def cases(file: VectorFile) -> Iterable[Case]:
    """One case a row of a table."""
    arms = [*_ARMS, "Total"]
    assert file.texts["arms"] == list(_ARMS), "the arms are not those of the pilot"
    for table in file.texts["tables"]:
        yield from (Case(f"{table['table']}/{row}", _compare(table["table"], cells)) for row, cells in _rows(table, arms))
        yield from (Case(f"{table['table']}/half_up/{'/'.join(row[:3])}", _half_up(table, row)) for row in table.get("half_up_differs", []))
    computed = file.document["computed"]
    yield from (Case(f"computed/{row}", _computed(computed, row)) for row in computed["rows"])


def _compare(table: str, cells: Cells) -> Callable[[], None]:
    def check() -> None:
        found = {place: pilot().text(table, *place) for place in cells}
        assert found == cells

    return check


def _rows(table: Mapping[str, Any], arms: list[str]) -> Iterator[tuple[str, Cells]]:
    for one in table.get("continuous", []):
        yield one["row"], _lines(one, arms) if table["table"] == "14-2.01" else _joined(one, arms)
    joined = {one["row"] for one in table.get("continuous", [])}
    for one in table.get("categorical", []):
        yield f"{one['row']}/categorical", _levels(one, arms, one["row"] in joined)
    for one in table.get("differences", []):
        row, arm = one["minus"], one["arm"]
        cells = {
            "P": one["p"],
            "Difference (SE)": f"{one['difference']} ({one['se']})",
            "95% confidence interval": f"{one['lo']} to {one['hi']}",
        }
        yield f"{arm} - {row}", {(f"{row}: {line}", arm): text for line, text in cells.items()}
    if "dose_response" in table:
        yield "dose_response", {("P of a dose response", arms[2]): table["dose_response"]["p"]}
    if "any" in table:
        yield "any", _events("Any adverse event", table["any"], arms)
    for system, counts in table.get("by_AEBODSYS", {}).items():
        yield f"AEBODSYS/{system}", _events(system, counts, arms)
    for term, counts in table.get("by_AEDECOD", {}).items():
        yield f"AEDECOD/{term}", _events(f": {term}", counts, arms)
    yield from _by_visit(table)


def _lines(one: Mapping[str, Any], arms: list[str]) -> Cells:
    words = {"n": "n", "mean": "Mean", "sd": "SD", "median": "Median", "min": "Minimum", "max": "Maximum"}
    lines = {(f"{one['row']}: {line}", arm): text for name, line in words.items() for arm, text in zip(arms, one[name], strict=True)}
    return lines | {(f"{one['row']}:", "P"): one["p"]}


def _joined(one: Mapping[str, Any], arms: list[str]) -> Cells:
    heading = {"Change from Baseline": "Change from baseline"}.get(one["row"], one["row"])
    cells: Cells = {}
    for at, arm in enumerate(arms[:3]):
        n, mean, sd, median, low, high = (one[name][at] for name in ("n", "mean", "sd", "median", "min", "max"))
        lines = {"n": n, "Mean (SD)": f"{mean} ({sd})", "Median (range)": f"{median} ({low} to {high})"}
        cells |= {(f"{heading}: {line}", arm): text for line, text in lines.items()}
    return cells


def _levels(one: Mapping[str, Any], arms: list[str], is_joined: bool) -> Cells:
    cells = {
        (f"{one['row']}: {level}", arm): f"{n} ({pct}%)" if pct else n
        for level, counts in one["levels"].items()
        for arm, n, pct in zip(arms, counts["n"], counts["pct"], strict=True)
    }
    first = f"{one['row']}: {next(iter(one['levels']))}" if is_joined else f"{one['row']}:"
    return cells | {(first, "P"): one["p"]}


def _events(row: str, counts: list[list[str]], arms: list[str]) -> Cells:
    subjects, percents, events, p = counts
    cells = {
        (row, arm): f"{n} ({share}%) [{count}]" if share else n
        for arm, n, share, count in zip(arms[:3], subjects, percents, events, strict=True)
    }
    return cells | {(row, f"P {arm}"): text for arm, text in zip(arms[1:3], p, strict=True)}


def _by_visit(table: Mapping[str, Any]) -> Iterator[tuple[str, Cells]]:
    rows = table.get("rows", {})
    for visit, counts in rows.items() if isinstance(rows, dict) else ():
        n, mean, sd, change, change_sd = counts
        row = f"Alanine aminotransferase / Placebo / {visit}"
        cells = {(row, "n"): n, (row, "Mean (SD)"): f"{mean} ({sd})"}
        yield visit, cells | ({} if change == "null" else {(row, "Change: Mean (SD)"): f"{change} ({change_sd})"})
    for variable, arm, visit, n, mean, sd, median, low, high in rows if isinstance(rows, list) else ():
        row, before = f"Weight (kg) / {arm} / {visit}", "Change: " if variable == "CHG" else ""
        lines = {"n": n, "Mean (SD)": f"{mean} ({sd})", "Median (range)": f"{median} ({low} to {high})"}
        yield f"{variable}/{arm}/{visit}", {(row, before + line): text for line, text in lines.items()}
    names = {"BILI": "Bilirubin", "GLUC": "Glucose"}
    for parameter, visit, arm, n, _ in table.get("n_examples", []):
        yield f"N/{parameter}/{visit}/{arm}", {(f"{names[parameter]} / {arm} / {visit}", "n"): n}


def _half_up(table: Mapping[str, Any], row: list[str]) -> Callable[[], None]:
    """The cells in which the two ways of rounding differ: both are printed from the same number."""
    variable, statistic, at, published, half_up = row

    def check() -> None:
        group = [*_ARMS, "Total"][int(at)]
        wanted = {"variable": f"{table['dataset'].upper()}.{variable}", "statistic": statistic, "group_level": group}
        (found,) = [row for row in pilot().results if all(getattr(row, name) == value for name, value in wanted.items())]
        decimals = int(table["decimals"][statistic])
        assert [rounded(found.value, decimals, "printf"), rounded(found.value, decimals)] == [published, half_up]

    return check


def _computed(computed: Mapping[str, Any], parameter: str) -> Callable[[], None]:
    def check() -> None:
        where = computed["filter"] | {"PARAMCD": parameter}
        rows = selected(pilot().record, Selection(data=computed["dataset"], where=where))
        raw = [value for value in rows[computed["variable"]] if value is not None]
        places = Decimal(1).scaleb(-computed["round_decimals"])
        changes = [change.quantize(places) for value in raw if (change := recorded(value)) is not None]
        assert_same(_numbers(changes, raw), computed["rows"][parameter], computed["tolerance"])

    return check


def _numbers(changes: list[Decimal], raw: list[float]) -> dict[str, Any]:
    """Every number that a row under `computed` may hold."""
    rank = {"exact": ("exact", "drop"), "exact_pratt": ("exact", "pratt"), "normal_cc": ("normal_cc", "drop")}
    rank |= {"normal": ("normal", "drop"), "sas": ("sas", "drop")}
    tests = {name: signed_rank(changes, p=p, zeros=zeros) for name, (p, zeros) in rank.items()}
    t, shift = paired_t(changes), hodges_lehmann(changes, zeros="keep")
    return {
        "n": t.n,
        "not_zero": tests["exact"].n,
        "mean": t.estimate,
        "sd": t.extra["sd"],
        "paired_t": {"t": t.statistic, "p": t.p, "lo": t.low, "hi": t.high},
        "signed_rank": {"V": tests["exact"].statistic, **{name: test.p for name, test in tests.items()}},
        "hodges_lehmann": {"est": shift.estimate, "lo": shift.low, "hi": shift.high},
        "distinct_abs": {"raw": len({abs(value) for value in raw}), "rounded": len({abs(value) for value in changes})},
        "raw_normal_cc": signed_rank(raw, p="normal_cc", zeros="drop").p,
    }
