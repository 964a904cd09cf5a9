"""Patients rebuilt from a published summary.

METHODS: (inputs as texts, vector file) → what is compared with `expected`. CHECKS: the same with `expected`, for kinds that judge
by themselves; they raise AssertionError.
"""

import re
from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from cordside.analysis.conventions import quantile_type
from cordside.appraisal.paper import Paper
from cordside.appraisal.read import read_paper
from cordside.appraisal.rebuild.change import Pairs
from cordside.appraisal.rebuild.changed import Changed, changed_of
from cordside.appraisal.rebuild.cohort import Cohort, rebuild
from cordside.appraisal.rebuild.draws import correlation, draw_ranges, rebuilt_pairs
from cordside.appraisal.rebuild.setting import WATERMARK
from cordside.appraisal.rebuild.writing import folder_files
from tests.reference.vectorfile import VectorFile
from tests.support.rebuilt import ROW, a_change, a_paper, p_of_pairs, prints, prints_p, values_of


def _rebuild(given: dict[str, Any], _: VectorFile) -> dict[str, Any]:
    paper = _paper(given)
    definitions = [quantile_type(name) for name in given.get("definitions") or ["type-7"]]
    seeds = [int(seed) for seed in given.get("seeds") or [1]]
    cohorts = {(name, seed): rebuild(paper, seed=seed, definition=name) for name in definitions for seed in seeds}
    missed = [one for cohort in cohorts.values() for one in cohort.missed]
    if missed:
        # "not under type-6: " names the definition, and the numbers of the proof stand in brackets.
        reasons = {re.sub(r"^not under type-\d: ", "", one.why).partition(" (")[0] for one in missed}
        return {"feasible": False, "reason": sorted(reasons)[0]}
    first = [values_of(cohorts[name, seed], ROW) for name in definitions for seed in seeds]
    again = [values_of(rebuild(paper, seed=seed, definition=name), ROW) for name in definitions for seed in seeds]
    return {
        "feasible": True,
        "prints_every_number": all(_prints(given, cohort, name) for (name, _), cohort in cohorts.items()),
        "same_seed_same_rows": first == again,
        "other_seed_other_rows": all(one != other for place, one in enumerate(first) for other in first[:place]),
        "origin": ", ".join(sorted({origin for cohort in cohorts.values() for origin in _origins(cohort)})),
    }


def _origins(cohort: Cohort) -> set[str]:
    return {row["ORIGIN"] for rows in cohort.records.rows.values() for row in rows}


def _paper(given: dict[str, Any]) -> Paper:
    step = given.get("step") or (f"{Decimal(10) ** -int(given['decimals']):f}" if "decimals" in given else None)
    more = {key: given[key] for key in ("min", "max") if key in given}
    more |= {"min": given["floor"]} if "floor" in given and "min" not in given else {}
    row = a_change(given["kind"], given["before"], given["after"], given.get("p"), grid=step, **more)
    return a_paper(int(given["n"]), row, test=given["test"]) if given.get("test") else a_paper(int(given["n"]), row)


def _prints(given: dict[str, Any], cohort: Cohort, definition: str) -> bool:
    found = values_of(cohort, ROW)
    before, after = found["BEFORE"], found["AFTER"]
    summaries = [prints(list(side.values()), given["kind"], given[key], definition) for side, key in ((before, "before"), (after, "after"))]
    decimals = [-value.as_tuple().exponent <= int(given.get("decimals", 9)) for side in (before, after) for value in side.values()]
    return all(summaries) and all(decimals) and (not given.get("p") or prints_p(p_of_pairs(before, after), given["p"]))


def _property(given: dict[str, Any], file: VectorFile, expected: dict[str, Any]) -> None:
    paper = read_paper(file.find(given["file"]))
    definition, draws = quantile_type(given.get("definition") or "type-7"), int(given["rebuilds"])
    changed = changed_of(paper, paper.named[given["row"]])
    assert isinstance(changed, Changed), changed
    found = rebuilt_pairs(paper, changed, seed=1, definition=definition, draws=draws)
    assert len(found) > draws / 2, f"only {len(found)} of {draws} seeds gave patients"
    for key, value in expected.items():
        PROPERTIES[key](value, paper, changed, found, definition)


def _falling(value: int, _: Paper, __: Changed, found: list[Pairs], ___: str) -> None:
    assert min(int((pairs.changes < 0).sum()) for pairs in found) >= value


def _below_q1(value: int, _: Paper, changed: Changed, found: list[Pairs], __: str) -> None:
    q1 = changed.wanted[0].windows[1].target
    assert min(int((pairs.before <= float(q1)).sum()) for pairs in found) >= value


def _share_of_one(value: float, _: Paper, __: Changed, found: list[Pairs], ___: str) -> None:
    assert max(int(pairs.changes.min()) / int(pairs.changes.sum()) for pairs in found) <= value + 0.001


def _correlations(value: list[float], _: Paper, __: Changed, found: list[Pairs], ___: str) -> None:
    assert all(value[0] - 0.001 <= correlation(*pairs.both) <= value[1] + 0.001 for pairs in found)


def _alone(value: bool, paper: Paper, changed: Changed, _: list[Pairs], definition: str) -> None:
    """What is shown of a row is a low and a high end over many seeds: no value of any one patient or rebuild."""
    shown = [asdict(one) for one in draw_ranges(paper, seed=1, definition=definition, draws=20, rows=[changed.row.name])]
    single = [one for row in shown for one in row["ranges"] if set(one) != {"measure", "low", "high"}]
    assert bool(single) == value and shown[0]["draws"] == 20


def _watermark(value: bool, paper: Paper, _: Changed, __: list[Pairs], definition: str) -> None:
    cohort = rebuild(paper, seed=1, definition=definition)
    files = folder_files(cohort, b"", None)
    texts = [files["protocol.yaml"].decode(), files["rebuilt.yaml"].decode()]
    marked = all(WATERMARK in text for text in texts) and _origins(cohort) == {"rebuilt"}
    assert marked == value


PROPERTIES: dict[str, Callable[[Any, Paper, Changed, list[Pairs], str], None]] = {
    "falling_at_least": _falling,
    "rising_at_least": lambda value, _, __, found, ___: _falling(value, _, __, [Pairs(-one.before, -one.after) for one in found], ___),
    "at_or_below_before_q1_at_least": _below_q1,
    "largest_fall_share_of_total_at_most": _share_of_one,
    "correlation_between": _correlations,
    "one_rebuild_shown_alone": _alone,
    "watermark": _watermark,
}

METHODS: dict[str, Callable[..., Any]] = {"rebuild": _rebuild}

CHECKS: dict[str, Callable[..., None]] = {"rebuild_property": _property}
