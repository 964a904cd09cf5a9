"""Printed P values against ranks, intervals and counts: (inputs as texts, file) → what Cordside gives."""

from typing import Any

from cordside.appraisal.arithmetic.counts import p_from_counts
from cordside.appraisal.arithmetic.pvalues import p_vs_ci, signed_rank_claim, signed_rank_floor
from cordside.appraisal.printed import Printed, read_p
from tests.reference.methods.grids import Given, read
from tests.reference.vectorfile import VectorFile


def _p(given: Given) -> Printed | None:
    if given.get("p") is None:
        return None
    found = read_p(given["p"])
    assert found is not None, f"{given['p']} is no P"
    return found


def _p_vs_ci(given: Given, _file: VectorFile) -> dict[str, Any]:
    low, high = map(read, given["ci"])
    kind = {"level": float(given.get("level", 0.95)), "scale": given.get("scale", "difference")}
    found = p_vs_ci(read(given["estimate"]), low, high, _p(given), **kind)
    return {
        "p_from_interval": found.p_from_interval,
        "estimate_inside": found.estimate_inside,
        "same_side_of_005": found.same_side,
        "consistent": found.consistent,
    }


def _from_counts(given: Given, _file: VectorFile) -> dict[str, Any]:
    found = p_from_counts([[int(cell) for cell in row] for row in given["table"]], _p(given))
    return {**found.ps, "prints_as_reported": found.prints_as_reported, "crosses_005": found.crosses_005}


METHODS = {
    "signed_rank_floor": lambda given, _: {"p_min_two_sided": signed_rank_floor(int(given["n"]))},
    "signed_rank_claim": lambda given, _: {"possible": signed_rank_claim(int(given["n"]), read_p(given["p"])).possible},
    "p_vs_ci": _p_vs_ci,
    "p_from_counts": _from_counts,
}
