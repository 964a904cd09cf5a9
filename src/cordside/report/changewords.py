"""What tables of changes say in words: which value is before and after, which test, the normal range, the caution."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from cordside.protocol.plans.changes import After, Before, Changes, Grouped
from cordside.protocol.plans.characteristics import Characteristics
from cordside.protocol.plans.comparison import Comparison
from cordside.protocol.plans.safety import AdverseEvents
from cordside.protocol.protocol import Protocol
from cordside.protocol.schedule import ReferenceRange
from cordside.report.itemlabels import visit_label
from cordside.report.layouts.shared import capital, distinct
from cordside.results import Result, find
from cordside.terms.units import convert

_BEFORE = {
    "baseline_flag": "the value flagged as baseline",
    "last_before_infusion": "the last value before the first infusion",
    "first": "the first value",
}
_AFTER = {"last": "the last value after that", "worst": "the worst value after that"}
_SEX = {"F": "women ", "M": "men ", None: ""}
_SIZES = {
    "paired t test": "mean with t interval",
    "paired t test of logarithms": "t interval of the logarithms",
    "Hodges-Lehmann estimate": "Hodges–Lehmann estimate",
}
"""Of an answer that sizes and tests at once, what sizes."""
_ADJUSTMENTS = {"holm": "Holm", "bh": "BH", "hommel": "Hommel", "bonferroni": "Bonferroni"}
_SHORT = {"Benjamini-Hochberg": "BH"}
SKEW_RULE = (
    "By ranks: the signed-rank test and the Hodges–Lehmann estimate stand beside the t test where the skewness G1 of the "
    "differences lies above 1 or below -1 (highly skewed by Bulmer 1979); they do not replace it."
)


def moments(before: Before, after: After | None, protocol: Protocol) -> str:
    """Which value is before and which is after."""
    first = f"the value at {visit_label(protocol, before.visit)}" if before.visit else _BEFORE[before.take or "first"]
    if after is None:
        return f"Baseline: {first}."
    last = f"the value at {visit_label(protocol, after.visit)}" if after.visit else _AFTER[after.take or "last"]
    return f"Before: {first}. After: {last}."


def methods(rows: Sequence[Result], planned: Changes) -> list[str]:
    """How the change was sized and tested, with every convention that was used."""
    sizes = _named(replace(row, method=_SIZES.get(row.method, row.method)) for row in find(rows, statistic="estimate") if row.method)
    tests = _named(row for row in find(rows, statistic="p") if row.method)
    is_ratio = bool(find(rows, statistic="estimate", unit="ratio"))
    what = "Ratio: geometric mean of after / before" if is_ratio else "Change: after - before"
    words = [f"{what}. Size and interval: {'; '.join(sizes)}." if sizes else "", f"P: {'; '.join(tests)}." if tests else ""]
    if find(rows, statistic="attained"):
        words.append("The last number in the brackets is the level that the interval attains.")
    if find(rows, level="by ranks", statistic="p"):
        words.append(SKEW_RULE if planned.beside == "skewed" else "By ranks: the signed-rank test beside the t test, as planned.")
    return [word for word in words if word]


def not_apart(planned: Grouped, protocol: Protocol) -> list[str]:
    """The sentence of a table that shows the comparison group together with the others."""
    hidden = protocol.control_group and not planned.is_by_arm(protocol.control_group)
    return ["The comparison group is not shown apart: the plan takes all subjects together."] if hidden else []


def adjusted_heading(planned: Changes | Characteristics | Comparison | AdverseEvents) -> str:
    """The heading of adjusted P: P (Holm)."""
    return f"P ({_ADJUSTMENTS[planned.adjust]})"


def adjustment(rows: Sequence[Result]) -> list[str]:
    """Over which families P was adjusted, and how."""
    families = distinct(capital(row.convention) for row in find(rows, statistic="p_adjusted") if row.convention)
    name = families[0].partition(" over ")[0] if families else ""
    return [f"P ({_SHORT.get(name, name)}): {'; '.join(families)}."] if families else []


def mean_regression(rows: Sequence[Result]) -> list[str]:
    """What regression to the mean alone would give: how it was found, or for which markers and why it cannot be said."""
    found = find(rows, statistic="expected_change")
    known = distinct(f"{row.label}, {row.convention}" for row in found if row.value is not None)
    words = [f"Regression to the mean alone: the mean change to expect without any effect; {'; '.join(known)}."] if known else []
    reasons: dict[str, list[str]] = {}
    for row in found:
        if row.value is None:
            reasons.setdefault(row.error or row.warning, []).append(row.label)
    for why, labels in reasons.items():
        words.append(f"What regression to the mean alone would give for {', '.join(distinct(labels))} {why}.")
    return words


def _named(rows: Iterable[Result]) -> list[str]:
    return distinct(f"{capital(row.method)} ({row.convention})" if row.convention else capital(row.method) for row in rows)


def quantiles(rows: Sequence[Result]) -> str:
    """What the brackets behind a median are, or the number behind a mean."""
    names = distinct(row.convention for row in find(rows, statistic="q1") if row.convention)
    middle = f"a (b–c): median with first and third quartile, by {', '.join(names)}." if names else ""
    mean = "a ± b: mean and SD." if find(rows, statistic="sd") else ""
    return " ".join(part for part in (mean, middle) if part)


def level_words(planned: Changes) -> str:
    """The level of the intervals as a heading has it: 95% CI."""
    return f"{format((100 * planned.level).normalize(), 'f')}% CI"


def range_words(protocol: Protocol, item: str, specimen: str | None, unit: str) -> str:
    """The protocol's normal range of an item in a unit, else its laboratories'; empty where there is none.

    Ranges by sex are told apart; several that differ in another way are all given.
    """
    lists = [protocol.ranges, *(laboratory.ranges for laboratory in protocol.laboratories.values())]
    for ranges in lists:
        own = [found for found in ranges if found.item == item and found.specimen in (None, specimen) and (specimen or not found.specimen)]
        words = distinct(word for found in own if (word := _limits(found, item, unit)))
        if words:
            return "; ".join(words)
    return ""


def _limits(found: ReferenceRange, item: str, unit: str) -> str:
    domain, _, name = item.partition(".")
    try:
        low, high = (
            None if limit is None else _plain(convert(limit, found.unit, unit, domain, name) if unit else limit)
            for limit in (found.low, found.high)
        )
    except ValueError:
        return ""
    words = f"{low}–{high}" if low and high else f"< {high}" if high else f"> {low}" if low else ""
    return f"{_SEX[found.sex]}{words}" if words else ""


def _plain(number: Decimal) -> str:
    return format(number.normalize() if number == number.to_integral() else number, "f")
