"""A panel is judged unrounded; a row that names two markers accepts either; what was not counted is not known."""

from decimal import Decimal
from fractions import Fraction

import pytest

from cordside.product.cytometry.panel import ISCT, Row, judge, same_marker, verdict_of

ALL_GOOD = {"CD73": 99, "CD90": 98, "CD105": 97, "CD45": 1, "CD34": 1, "CD14": 1, "CD19": 1, "HLA-DR": 1}


def judged(rows=ISCT, **percentages):
    found = {name.replace("_", "-"): None if value is None else Fraction(value) for name, value in percentages.items()}
    return judge(rows, found)


def verdicts(**percentages):
    return {one.row.marker: one.verdict for one in judged(**percentages)}


def test_all_markers_within_isct_pass():
    assert verdict_of(judge(ISCT, {name: Fraction(value) for name, value in ALL_GOOD.items()})) == "pass"


def test_the_limit_is_met_exactly_and_compared_unrounded():
    assert verdicts(CD73="95", CD90="94.996", CD45="2", CD34="2.0001") == {
        **dict.fromkeys((row.marker for row in ISCT), "unknown"),
        "CD73": "pass", "CD90": "fail", "CD45": "pass", "CD34": "fail",
    }


def test_a_rounding_that_would_change_the_verdict_is_told():
    row = next(one for one in judged(CD90="94.996") if one.row.marker == "CD90")
    assert (row.verdict, row.shown) == ("fail", "95.0") and "unrounded" in row.remark


@pytest.mark.parametrize(("counted", "verdict"), [({"CD14": 1}, "pass"), ({"CD11b": 1}, "pass"), ({"CD14": 9}, "fail"), ({}, "unknown")])
def test_either_marker_of_a_row_will_do(counted, verdict):
    assert verdicts(**counted)["CD14 or CD11b"] == verdict


def test_where_both_were_counted_the_better_decides_and_the_other_is_told():
    row = next(one for one in judged(CD14=9, CD11b=1) if one.row.marker == "CD14 or CD11b")
    assert (row.verdict, row.marker) == ("pass", "CD11b") and "CD14 with 9.0 % alone would give fail" in row.remark


def test_a_panel_fails_before_it_is_unknown_and_informative_rows_never_block():
    rows = (Row("CD73", ">=", (Decimal(95),)), Row("HLA-DR", "<=", (Decimal(2),), blocking=False))
    assert verdict_of(judge(rows, {"CD73": Fraction(99), "HLA-DR": Fraction(50)})) == "pass"
    assert verdict_of(judge(rows, {"HLA-DR": Fraction(50)})) == "unknown"
    assert verdict_of(judge(ISCT, {"CD73": Fraction(10)})) == "fail"


def test_a_gate_without_events_is_not_known():
    assert verdicts(CD73=None)["CD73"] == "unknown"


def test_a_word_without_a_number_leaves_a_percentage_unknown():
    row = judge((Row("CD73", "present"),), {"CD73": Fraction(99)})[0]
    assert (row.verdict, row.limit) == ("unknown", "present")


@pytest.mark.parametrize(("one", "other"), [("HLA-DR", "HLADR"), ("CD79α", "CD79a"), ("cd73", "CD73")])
def test_spellings_of_a_marker_are_one(one, other):
    assert same_marker(one, other)
    assert not same_marker(one, "CD1")
