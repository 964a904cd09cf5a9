"""Percentages as tables print them: of somebody never 0."""

from cordside.words import percent, rounded


def percent_text(count: int, total: int, decimals: int, policy: str) -> str:
    """A percentage; one of a count above 0 that would print as 0 is printed as less than the smallest: <1, <0.1."""
    text = percent(count, total, decimals, policy)
    none = rounded(0, decimals, policy)
    return f"<{none[:-1]}1" if count > 0 and total > 0 and text == none else text
