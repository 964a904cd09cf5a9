from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.analysis.conventions import TYPES
from cordside.appraisal.arithmetic.quartiles import Quartiles, median_grid, quartile_order
from cordside.appraisal.printed import read_printed
from tests.appraisal.arithmetic.samples import policies, printed, quantile_of, quartiles_of, scores


def order(**texts):
    return quartile_order([(name, read_printed(text)) for name, text in texts.items()])


def test_quartiles_that_do_not_rise_are_named():
    assert order(q1="3", median="7", q3="6").broken == (("median", "q3"),)
    assert order(min="5", q1="3", median="7", q3="8").broken == (("min", "q1"),)


def test_equal_is_in_order():
    assert order(q1="0.50", median="0.50", q3="6.40").consistent


def test_different_decimals_are_in_order_when_some_numbers_are():
    assert order(q1="6", median="5.8", q3="9").consistent
    assert not order(q1="6", median="5.4", q3="9").consistent


@pytest.mark.parametrize(
    ("median", "n", "step", "consistent"),
    [("62.5", 24, "1", True), ("62.5", 25, "1", False), ("62.25", 24, "1", False), ("0.505", 31, "0.01", False), ("10.0", 31, "1", True)],
)
def test_a_median_lies_on_the_recording_step_or_halfway(median, n, step, consistent):
    found = median_grid(read_printed(median), n, Fraction(step))
    assert found.consistent is consistent
    assert found.nearest[0] < found.median.value <= found.nearest[1]


def test_three_numbers_are_quartiles_and_anything_else_is_not():
    assert Quartiles.read(["70", "61", "71"]).q3.text == "71"
    assert Quartiles.read(["70", "61"]) is None and Quartiles.read(["70", "61", "high"]) is None


@given(scores, st.sampled_from(TYPES), st.integers(0, 3), policies)
def test_no_true_quartiles_are_refused(values, definition, decimals, policy):
    found = quartiles_of(values, definition, decimals, policy=policy)
    # The usual median lies between the quartiles of every definition but for few subjects.
    same = quartiles_of(values, definition, decimals, median=definition, policy=policy)
    ends = [printed(end, decimals, policy) for end in (min(values), max(values))]
    names = ("min", "q1", "median", "q3", "max")
    assert quartile_order(list(zip(names, (ends[0], same.q1, same.median, same.q3, ends[1]), strict=True))).consistent
    if quantile_of(values, "0.25", definition) <= quantile_of(values, "0.5", "type-2") <= quantile_of(values, "0.75", definition):
        assert quartile_order([("q1", found.q1), ("median", found.median), ("q3", found.q3)]).consistent
    assert median_grid(found.median, len(values), Fraction(1)).consistent
