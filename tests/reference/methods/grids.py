"""Percentages, means, SDs and quartiles of counted subjects and recorded steps: (inputs as texts, file) → what Cordside gives."""

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations_with_replacement
from math import sqrt
from typing import Any

from cordside.appraisal.arithmetic.debit import debit
from cordside.appraisal.arithmetic.definitions import possible_definitions
from cordside.appraisal.arithmetic.grim import grim
from cordside.appraisal.arithmetic.grimmer import grimmer
from cordside.appraisal.arithmetic.meanbounds import mean_bounds
from cordside.appraisal.arithmetic.percents import grim_percent, partition, percent_counts, percent_of_n
from cordside.appraisal.arithmetic.places import at_or_above, at_or_below
from cordside.appraisal.arithmetic.quartiles import Quartiles, median_grid, quartile_order
from cordside.appraisal.arithmetic.reachable import grid_value, reachable
from cordside.appraisal.printed import exactly, must_read
from tests.reference.vectorfile import VectorFile

Given = Mapping[str, Any]

SHARES = {"q1": "0.25", "median": "0.5", "q3": "0.75"}


def read(text: str):
    return must_read(text, "an input")


def _number(given: Given, key: str) -> Fraction | None:
    return None if given.get(key) is None else Fraction(given[key])


def _recorded(given: Given) -> dict[str, Any]:
    return {"items": int(given.get("items", 1)), "step": Fraction(given.get("step", 1))}


def _percent_of_n(given: Given, _file: VectorFile) -> dict[str, Any]:
    return {"consistent": [percent_of_n(int(count), int(given["n"]), read(printed)).consistent for count, printed in given["pairs"]]}


def _partition(given: Given, _file: VectorFile) -> dict[str, Any]:
    found = partition([int(part) for part in given["parts"]], int(given["n"]))
    return {"total": found.total, "consistent": found.consistent}


def _grim(given: Given, _file: VectorFile) -> dict[str, Any]:
    return {"consistent": [grim(read(mean), int(given["n"]), **_recorded(given)).consistent for mean in given["means"]]}


def _grim_each(given: Given, _file: VectorFile) -> dict[str, Any]:
    return {"consistent": [grim(read(mean), int(n), **_recorded(given)).consistent for mean, n in given["mean_n"]]}


def _grim_percent(given: Given, _file: VectorFile) -> dict[str, Any]:
    return {"consistent": [grim_percent(read(printed), int(given["n"])).consistent for printed in given["percentages"]]}


def _grimmer(given: Given, _file: VectorFile) -> dict[str, Any]:
    found = grimmer(read(given["mean"]), read(given["sd"]), int(given["n"]), **_recorded(given))
    return {"consistent": found.consistent, "fails_at": found.fails_at}


def _grimmer_each(given: Given, _file: VectorFile) -> dict[str, Any]:
    return {"consistent": [grimmer(read(mean), read(sd), int(n), **_recorded(given)).consistent for mean, sd, n in given["mean_sd_n"]]}


def _debit(given: Given, _file: VectorFile) -> dict[str, Any]:
    return {"consistent": [debit(read(mean), read(sd), int(given["n"])).consistent for mean, sd in given["mean_sd"]]}


def _range(given: Given, key: str) -> range:
    first, last = map(int, given[key])
    return range(first, last + 1)


def _printed_samples(given: Given) -> Iterator[tuple[int, int, str, str]]:
    """Subjects, items, mean and SD of every sample, printed with all these decimals as C's printf does."""
    assert given["rounding"] == "printf", f"rounding {given['rounding']} is unknown; known is printf"
    low, high = map(int, given["item_values"])
    for n in _range(given, "subjects"):
        for items in _range(given, "items"):
            for sums in combinations_with_replacement(range(low * items, high * items + 1), n):
                mean, sd = _mean_and_sd(sums, items)
                yield from (
                    (n, items, f"{mean:.{a}f}", f"{sd:.{b}f}") for a in _range(given, "mean_decimals") for b in _range(given, "sd_decimals")
                )


def _mean_and_sd(sums: tuple[int, ...], items: int) -> tuple[float, float]:
    n, total = len(sums), sum(sums)
    squares = Fraction(sum(one * one for one in sums)) - Fraction(total * total, n)
    return total / (n * items), sqrt(squares / (items * items * (n - 1)))


def _grimmer_property(given: Given, _file: VectorFile) -> dict[str, Any]:
    found = Counter(
        grimmer(read(mean), read(sd), n, items=items).consistent for n, items, mean, sd in dict.fromkeys(_printed_samples(given))
    )
    return {"distinct_cases": found.total(), "rejected": found[False]}


def _reachable(given: Given, _file: VectorFile) -> dict[str, Any]:
    mean, sd, n = read(given["mean"]), read(given["sd"]), int(given["n"])
    least, recorded = _number(given, "min"), _recorded(given)
    grain = recorded["step"] / recorded["items"]
    fixed = {grid_value(text, grain=grain, origin=least or Fraction(0)): int(count) for text, count in given.get("fixed", {}).items()}
    found = reachable(mean, sd, n, least=least, most=_number(given, "max"), fixed=fixed, **recorded)
    return {"reachable": found.reachable, "grimmer": grimmer(mean, sd, n, **recorded).consistent}


def _quartiles(given: Given) -> Quartiles:
    found = Quartiles.read(given["median_q1_q3"])
    assert found is not None, f"{given['median_q1_q3']} are not median, Q1 and Q3"
    return found


def _quartile_order(given: Given, _file: VectorFile) -> dict[str, Any]:
    found = _quartiles(given)
    return {"consistent": quartile_order([("Q1", found.q1), ("median", found.median), ("Q3", found.q3)]).consistent}


def _definitions(given: Given, _file: VectorFile) -> dict[str, Any]:
    ends = {"step": _number(given, "step"), "least": _number(given, "min"), "most": _number(given, "max")}
    return {"possible_definitions": list(possible_definitions(_quartiles(given), int(given["n"]), **ends).possible)}


def _quartile_counts(given: Given, _file: VectorFile) -> dict[str, Any]:
    asked = [(count, given[key]) for key, count in (("at_or_below", at_or_below), ("at_or_above", at_or_above)) if key in given]
    assert asked, "a case of quartile_counts says at_or_below or at_or_above which quartile"
    count, name = asked[0]
    return {"at_least": [count(int(given["n"]), SHARES[name], definition) for definition in given["definitions"]]}


def _mean_bound(given: Given, _file: VectorFile) -> dict[str, Any]:
    quartiles = Quartiles(*(exactly(given[key]) for key in ("median", "q1", "q3")))
    ends = {"floor": _number(given, "floor"), "ceiling": _number(given, "ceiling")}
    found = {name: mean_bounds(quartiles, int(given["n"]), name, **ends) for name in given["definitions"]}
    return {
        "mean_at_least": {name: one.least for name, one in found.items()},
        "mean_at_most": {name: one.greatest for name, one in found.items()},
    }


METHODS = {
    "percent_of_n": _percent_of_n,
    "percent_counts": lambda given, _: {"counts": percent_counts(read(given["pct"]), int(given["n"]))},
    "partition": _partition,
    "grim": _grim,
    "grim_each": _grim_each,
    "grim_step": _grim,
    "grim_percent": _grim_percent,
    "grimmer": _grimmer,
    "grimmer_each": _grimmer_each,
    "grimmer_property": _grimmer_property,
    "debit": _debit,
    "reachable": _reachable,
    "reachable_fixed_counts": _reachable,
    "quartile_order": _quartile_order,
    "median_grid": lambda given, _: {"consistent": median_grid(read(given["median"]), int(given["n"]), Fraction(given["step"])).consistent},
    "quartile_definitions": _definitions,
    "quartile_counts": _quartile_counts,
    "quartile_mean_bound": _mean_bound,
}
