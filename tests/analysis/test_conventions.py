"""Quantiles by every definition: values from R, SAS and exact arithmetic."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.analysis.conventions import TYPES, quantile, quantile_type
from cordside.errors import CannotDo

TEN = [10, 20, 30, 40, 150, 160, 170, 180, 190, 200]
STAY = [19, 29, 35, 38, 46]
IGM = [75.73, 77.31, 139.86, 66.73, 58.72]
TIES = [5, 5, 6, 7, 7, 7, 9, 12]
TABLE = list(zip([0.5, 0.6, 0.7, 0.9, 1.1, 1.4, 2.2], [3, 3, 6, 6, 3, 2, 1], strict=True))
QUARTILES = ("0.25", "0.5", "0.75")


def written_out(values):
    return [(value, 1) for value in values]


@pytest.mark.parametrize(
    ("values", "definition", "p", "expected"),
    [
        (TEN, "type-2", ("0.25", "0.4", "0.75"), [30, 95, 180]),
        (TEN, "type-6", ("0.25", "0.4", "0.75"), [27.5, 84, 182.5]),
        (TEN, "type-7", ("0.25", "0.4", "0.75"), [32.5, 106, 177.5]),
        (TEN, "type-1", ("0.25", "0.4", "0.75"), [30, 40, 180]),
        (TEN, "type-3", ("0.25", "0.4", "0.75"), [20, 40, 180]),
        (TEN, "type-4", ("0.25", "0.4", "0.75"), [25, 40, 175]),
        (TEN, "type-5", ("0.25", "0.4", "0.75"), [30, 95, 180]),
        (TEN, "type-8", ("0.25", "0.4", "0.75"), [29.166666666667, 91.333333333333, 180.83333333333]),
        (TEN, "type-9", ("0.25", "0.4", "0.75"), [29.375, 92.25, 180.625]),
        (STAY, "SAS-5", QUARTILES, [29, 35, 38]),
        (STAY, "SPSS-6", QUARTILES, [24, 35, 42]),
        (STAY, "R-7", QUARTILES, [29, 35, 38]),
        (IGM, "type-6", QUARTILES, [62.725, 75.73, 108.585]),
        (IGM, "type-7", QUARTILES, [66.73, 75.73, 77.31]),
        ([4.2], "type-7", QUARTILES, [4.2, 4.2, 4.2]),
        ([3, 8], "type-2", QUARTILES, [3, 5.5, 8]),
        ([3, 8], "type-6", QUARTILES, [3, 5.5, 8]),
        ([1, 2, 3, 4], "type-2", QUARTILES, [1.5, 2.5, 3.5]),
        ([1, 2, 3, 4], "type-7", QUARTILES, [1.75, 2.5, 3.25]),
        (TIES, "type-2", QUARTILES, [5.5, 7, 8]),
        (TIES, "type-7", QUARTILES, [5.75, 7, 7.5]),
        (range(1, 101), "type-2", ("0.07", "0.29", "0.58"), [7.5, 29.5, 58.5]),
    ],
)
def test_a_quantile_is_that_of_its_definition(values, definition, p, expected):
    found = [float(quantile(written_out(values), at, definition)) for at in p]
    assert found == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize(("definition", "expected"), [("type-2", [0.65, 0.8, 1]), ("type-6", [0.625, 0.8, 1.05])])
def test_a_table_of_counts_gives_what_its_values_written_out_give(definition, expected):
    values = [(value, 1) for value, count in TABLE for _ in range(count)]
    assert [float(quantile(TABLE, p, definition)) for p in QUARTILES] == pytest.approx(expected, abs=1e-10)
    assert [quantile(TABLE, p, definition) for p in QUARTILES] == [quantile(values, p, definition) for p in QUARTILES]


@pytest.mark.parametrize(
    ("alias", "canonical"),
    [
        ("R-7", "type-7"),
        ("SAS-5", "type-2"),
        ("SAS-1", "type-4"),
        ("SAS-2", "type-3"),
        ("SAS-3", "type-1"),
        ("SAS-4", "type-6"),
        ("SPSS-6", "type-6"),
    ],
)
def test_an_alias_names_its_definition(alias, canonical):
    assert quantile_type(alias) == canonical


def test_an_unknown_definition_says_which_are_known():
    with pytest.raises(CannotDo, match="SPSS-5 is no definition of a quantile; known are type-1"):
        quantile_type("SPSS-5")


def test_a_probability_lies_from_0_to_1():
    with pytest.raises(CannotDo, match="no probability"):
        quantile([(1, 1)], "1.5", "R-7")


def test_no_value_has_no_quantile_and_missing_values_do_not_count():
    assert quantile([], "0.5", "R-7") is None
    assert quantile([(None, 3), (float("nan"), 1)], "0.5", "R-7") is None
    assert quantile([(None, 3), (2, 1), (4, 1)], "0.5", "R-7") == 3


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=20), st.fractions(0, 1, max_denominator=40), st.sampled_from(TYPES))
def test_a_quantile_lies_within_the_values_and_rises_with_p(values, p, definition):
    table = written_out(values)
    found = quantile(table, p, definition)
    assert min(values) <= found <= max(values)
    assert found <= quantile(table, min(p + Fraction(1, 10), Fraction(1)), definition)
