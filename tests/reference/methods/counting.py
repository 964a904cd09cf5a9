"""Tables of counts and proportions: (input, convention, expected) → what Cordside gives."""

from typing import Any

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.fisher import fisher
from cordside.analysis.statistics.oddsratio import odds_ratio
from cordside.analysis.statistics.proportiondifference import mcnemar, paired_difference, proportion_difference
from cordside.analysis.statistics.proportions import proportion, upper_limit
from cordside.analysis.statistics.tables import chi_square


def _test(found: Answer) -> dict[str, Any]:
    return {"chi2": found.statistic, "df": found.df, "p": found.p, "n": found.n}


def _limits(found: Answer) -> dict[str, Any]:
    return {"estimate": found.estimate, "diff": found.estimate, "lo": found.low, "hi": found.high}


def _odds_ratio(given: dict[str, Any], convention: dict[str, Any], _: Any) -> dict[str, Any]:
    sample, conditional = (odds_ratio(given["table"], estimate=name, level=convention["level"]) for name in ("sample", "conditional"))
    return {"or_sample": sample.estimate, "or_cmle": conditional.estimate, "lo": sample.low, "hi": sample.high}


def _difference(given: dict[str, Any], convention: dict[str, Any], _: Any) -> dict[str, Any]:
    assert convention["interval"] == "newcombe", f"interval {convention['interval']} of a difference is unknown; known is newcombe"
    return _limits(proportion_difference(given["k1"], given["n1"], given["k2"], given["n2"], level=convention["level"]))


METHODS = {
    "chi_square": lambda given, convention, _: _test(chi_square(given["table"], yates=convention["yates"])),
    "fisher": lambda given, _, __: _test(fisher(given["table"])),
    "odds_ratio": _odds_ratio,
    "mcnemar": lambda given, convention, _: _test(mcnemar(given["b"], given["c"], p=convention["p"])),
    "paired_proportion_difference": lambda given, convention, _: _limits(paired_difference(**given, **convention)),
    "proportion_interval": lambda given, convention, _: _limits(proportion(given["k"], given["n"], **convention)),
    "zero_event_upper_limit": lambda given, convention, _: _limits(upper_limit(0, given["n"], level=convention["one_sided_level"])),
    "proportion_difference": _difference,
}
