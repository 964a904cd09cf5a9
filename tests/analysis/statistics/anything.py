"""What a statistic may be handed: sound numbers, and whatever else a file can hold."""

from decimal import Decimal

from hypothesis import strategies as st

NAN, INF = float("nan"), float("inf")
ODD = [None, NAN, INF, -INF, -1, 0, -0.0, 1e308, -1e308, 5e-324, 10**400, Decimal("NaN"), Decimal("0.1"), 0.1]

numbers = st.one_of(st.sampled_from(ODD), st.floats(), st.integers(-3, 12))
statuses = st.one_of(st.sampled_from([None, 0, 1, 2, -1, 0.5, NAN]), st.integers(0, 1))
labels = st.sampled_from([None, "A", "B", "C", 1])
"""Mixed labels: a group need not be a text."""

times = st.one_of(st.integers(0, 12), st.sampled_from([Decimal("0.1"), 0.1, 2.5]))


def subjects(*columns, most=12):
    """Lists of rows with one entry from each strategy, given column by column."""
    return st.lists(st.tuples(*columns), max_size=most).map(
        lambda rows: [list(column) for column in zip(*rows, strict=True)] or [[]] * len(columns)
    )
