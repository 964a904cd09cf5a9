"""What an SD must be, and what before and after allow: (inputs as texts, file) → what Cordside gives."""

from fractions import Fraction
from typing import Any

from cordside.appraisal.arithmetic.changes import Cell, change_p_range, implied_correlation, mean_change
from cordside.appraisal.arithmetic.pairedlimits import paired_t_limits
from cordside.appraisal.arithmetic.spread import mean_median_sd, range_vs_sd, sd_bound
from cordside.appraisal.printed import exactly, read_p
from cordside.appraisal.summaries import is_paired_t
from tests.reference.methods.grids import Given, read
from tests.reference.vectorfile import VectorFile


def _sd_bound(given: Given, _file: VectorFile) -> dict[str, Any]:
    found = sd_bound(read(given["mean"]), read(given["sd"]), int(given["n"]), Fraction(given["min"]), Fraction(given["max"]))
    return {"sd_max_at_printed_mean": found.sd_max, "consistent": found.consistent}


def _range_vs_sd(given: Given, _file: VectorFile) -> dict[str, Any]:
    found = range_vs_sd(read(given["sd"]), int(given["n"]), exactly(given["min"]), exactly(given["max"]))
    return {"range_max_at_printed_sd": found.range_max, "consistent": found.consistent}


def _mean_median(given: Given, _file: VectorFile) -> dict[str, Any]:
    found = mean_median_sd(read(given["mean"]), read(given["median"]), read(given["sd"]), int(given["n"]))
    return {"consistent": found.consistent}


def _cells(given: Given) -> tuple[Cell, Cell]:
    assert is_paired_t(given.get("test", "paired t")), f"test {given['test']} is unknown; known is paired t"
    (mean, sd), (mean_after, sd_after) = given["before"], given["after"]
    return (read(mean), read(sd)), (read(mean_after), read(sd_after))


def _change_p(given: Given, _file: VectorFile) -> dict[str, Any]:
    found = change_p_range(int(given["n"]), *_cells(given), read_p(given.get("p")))
    return {"p_min": found.p_min, "p_max": found.p_max, "consistent": found.consistent}


def _correlation(given: Given, _file: VectorFile) -> dict[str, Any]:
    p = read_p(given["p"])
    assert p is not None, f"{given['p']} is no P"
    found = implied_correlation(int(given["n"]), *_cells(given), p)
    return {"sd_change": found.sd_change, "r": found.r, "r_min": found.r_low, "r_max": found.r_high, "consistent": found.consistent}


def _mean_change(given: Given, _file: VectorFile) -> dict[str, Any]:
    found = mean_change(read(given["before"]), read(given["after"]), read(given["change"]))
    # Where pairs are missing the means are of different patients, so that nothing is disproved.
    return {"consistent": found.consistent or given.get("pairs", "complete") != "complete"}


def _limits(given: Given, _file: VectorFile) -> dict[str, Any]:
    found = paired_t_limits(int(given["n"]), float(given["p_at_most"]))
    return {
        "t": found.t,
        "kappa": found.kappa,
        "changed_the_same_way_at_least": found.changed_same_way_at_least,
        "largest_share_of_total_change": found.largest_share,
    }


METHODS = {
    "sd_bound": _sd_bound,
    "range_vs_sd": _range_vs_sd,
    "mean_median_sd": _mean_median,
    "change_p_range": _change_p,
    "implied_correlation": _correlation,
    "mean_change": _mean_change,
    "paired_t_limits": _limits,
}
