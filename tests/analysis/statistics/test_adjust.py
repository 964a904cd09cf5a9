"""p values of a family: R's p.adjust, and what every adjustment promises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.adjust import METHODS, adjusted

P = st.lists(st.floats(0, 1), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("holm", [0.04, 0.06, 0.06, 0.025, 0.06]),
        ("bh", [0.025, 0.04, 0.0375, 0.025, 1 / 30]),
        ("hommel", [0.04, 0.04, 0.04, 0.025, 0.04]),
        ("bonferroni", [0.05, 0.2, 0.15, 0.025, 0.1]),
    ],
)
def test_five_tests_as_r_adjusts_them(method, expected):
    assert adjusted([0.01, 0.04, 0.03, 0.005, 0.02], method=method) == pytest.approx(expected)


def test_a_test_without_p_is_not_counted():
    assert adjusted([0.01, None, 0.02, 0.5, float("nan")], method="holm") == [pytest.approx(0.03), None, pytest.approx(0.04), 0.5, None]
    assert adjusted([None], method="holm") == [None] and adjusted([], method="bh") == []


@settings(deadline=None)
@given(p=P, method=st.sampled_from(sorted(METHODS)))
def test_the_order_of_the_tests_does_not_matter_and_that_of_p_is_kept(p, method):
    found = adjusted(p, method=method)
    assert adjusted(p[::-1], method=method) == found[::-1]
    by_size = [found[place] for place in sorted(range(len(p)), key=p.__getitem__)]
    assert by_size == sorted(by_size)


@settings(deadline=None)
@given(p=P)
def test_hommel_is_never_stricter_than_holm_nor_holm_than_bonferroni(p):
    hommel, holm, bonferroni = (adjusted(p, method=method) for method in ("hommel", "holm", "bonferroni"))
    for one, two, three in zip(hommel, holm, bonferroni, strict=True):
        assert one <= two + 1e-12 and two <= three + 1e-12
