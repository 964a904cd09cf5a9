"""How a journal wants numbers printed: P values, percentages, the decimal point. Data, chosen by `conventions.theme`.

Analysis decides a number's text once, by these; the report takes the text as it is.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Printing:
    """One journal's numbers.

    p_style: the style's name in `words.p_text`. whole_percent_below: a percentage of fewer subjects than these has no decimals.
    decimal_point: what stands between a number's whole part and its decimals.
    """

    p_style: str
    whole_percent_below: int = 0
    decimal_point: str = "."

    def percent_decimals(self, total: int) -> int:
        """Decimals of a percentage of a total, where the plan names none."""
        return 0 if total < self.whole_percent_below else 1


PRINTING = {
    "plain": Printing("three"),
    # The AMA manual: no nought before the point of a P value, whole percentages of fewer than a hundred.
    "jama": Printing("no_leading_zero", 100),
    # The Lancet: two significant digits of P, no decimals of percentages of fewer than a hundred, the point raised.
    "lancet": Printing("two_significant", 100, "·"),
    # NEJM: P to two decimals, three between 0.01 and 0.001.
    "nejm": Printing("two_or_three"),
}
"""Numbers by theme."""
