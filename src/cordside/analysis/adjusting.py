"""P of the tests of a family, adjusted for their number, as rows behind those of the tests."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace

from cordside.analysis.statistics.adjust import adjusted
from cordside.protocol.protocol import Conventions
from cordside.results import Result
from cordside.words import p_text

ADJUSTED = "p_adjusted"
NAMES = {"holm": "Holm", "bh": "Benjamini-Hochberg", "hommel": "Hommel", "bonferroni": "Bonferroni"}
"""Adjustments as printed, by the name that a plan gives them."""


def with_adjusted(
    rows: Iterable[Result],
    family: Callable[[Result], Hashable],
    method: str,
    what: Callable[[Result], str],
    conventions: Conventions,
    p_style: str = "",
) -> list[Result]:
    """The rows with `p_adjusted` behind each p that belongs to a family.

    family: of a row of statistic p, None where it belongs to none; what: over what the family runs, for instance `visits of CRP`;
    p_style: how P is printed, as the theme does unless given. A test without p is not counted.
    """
    found = list(rows)
    families: dict[Hashable, list[Result]] = {}
    for row in found:
        if row.statistic == "p" and (name := family(row)) is not None:
            families.setdefault(name, []).append(row)
    style = p_style or conventions.printing.p_style
    made = {
        id(row): own for tests in families.values() for row, own in _of_family(tests, method, what(tests[0]), style, conventions.rounding)
    }
    return [one for row in found for one in ([row, made[id(row)]] if id(row) in made else [row])]


def _of_family(tests: Sequence[Result], method: str, what: str, style: str, policy: str) -> list[tuple[Result, Result]]:
    values = adjusted([row.value for row in tests], method=method)
    counted = sum(value is not None for value in values)
    words = f"{NAMES[method]} over {counted} {what}" if counted != 1 else f"{NAMES[method]} over one of the {what}"
    # What the table leaves empty, because there was nothing to compare, stays empty.
    texts = [p_text(value, style, policy) if row.text else "" for row, value in zip(tests, values, strict=True)]
    return [
        (row, replace(row, statistic=ADJUSTED, value=value, text=text, convention=words))
        for row, value, text in zip(tests, values, texts, strict=True)
    ]
