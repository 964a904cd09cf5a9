"""The engine: margins, moments, pairing, days. Every rebuild prints its numbers; what cannot be is said, not fudged."""

import random
from fractions import Fraction

import numpy as np
import pytest
from scipy import special

from cordside.analysis.conventions import TYPES, quantile
from cordside.analysis.summaries import moments
from cordside.appraisal.rebuild.cohort import rebuild
from cordside.appraisal.rebuild.pairing import PWindow, pair, paired_p, products_window
from cordside.appraisal.rebuild.seeds import generator
from cordside.appraisal.verdict import CONTRADICTION, NOTE
from cordside.words import rounded
from tests.support.rebuilt import ROW, a_change, a_paper, p_of_pairs, prints, prints_p, values_of

TAIKANG = [
    ("mean_sd", ["6.72", "2.62"], ["6.43", "1.72"], "0.346"),
    ("median_iqr", ["1.09", "0.68", "1.35"], ["1.43", "1.02", "2.20"], "< 0.001"),
    ("median_iqr", ["13.39", "1.30", "38.86"], ["0.50", "0.50", "6.40"], "0.003"),
    ("median_iqr", ["0.07", "0.05", "0.09"], ["0.04", "0.03", "0.06"], "< 0.001"),
    ("median_iqr", ["13.78", "5.69", "25.26"], ["4.86", "2.13", "8.19"], "< 0.001"),
    ("median_iqr", ["495", "320", "727"], ["288", "197", "537"], "0.010"),
    ("median_iqr", ["242", "200", "294"], ["332", "288", "364"], "< 0.001"),
]


def _rebuilt(n, row, seed=1, definition="type-7", **keys):
    return rebuild(a_paper(n, row, test="paired t", **keys), seed=seed, definition=definition)


@pytest.mark.parametrize("definition", TYPES)
@pytest.mark.parametrize(("kind", "before", "after", "p"), TAIKANG)
def test_every_row_prints_its_numbers_under_every_definition(kind, before, after, p, definition):
    for seed in (1, 2):
        cohort = _rebuilt(31, a_change(kind, before, after, p), seed, definition)
        found = values_of(cohort, ROW)
        assert not cohort.missed
        assert prints(list(found["BEFORE"].values()), kind, before, definition)
        assert prints(list(found["AFTER"].values()), kind, after, definition)
        assert prints_p(p_of_pairs(found["BEFORE"], found["AFTER"]), p)


@pytest.mark.parametrize(("kind", "before", "after", "p"), TAIKANG[:3])
def test_values_are_recorded_at_the_printed_decimals_and_above_zero(kind, before, after, p):
    found = values_of(_rebuilt(31, a_change(kind, before, after, p)), ROW)
    values = [value for side in found.values() for value in side.values()]
    assert {-value.as_tuple().exponent for value in values} == {2}
    assert min(values) >= 0


def test_a_first_quartile_as_high_as_the_median_is_the_floor_of_the_assay():
    cohort = _rebuilt(31, a_change(*TAIKANG[2]))
    values = [value for side in values_of(cohort, ROW).values() for value in side.values()]
    assert str(min(values)) == "0.50"
    assert any("floor of the assay" in words for words in cohort.setting.assumptions)


def test_one_seed_gives_the_same_rows_and_another_seed_others():
    row = a_change(*TAIKANG[4])
    assert values_of(_rebuilt(31, row, 5), ROW) == values_of(_rebuilt(31, row, 5), ROW)
    assert values_of(_rebuilt(31, row, 5), ROW) != values_of(_rebuilt(31, row, 6), ROW)


def test_a_row_is_the_same_whatever_is_rebuilt_beside_it():
    one, other = a_change(*TAIKANG[4]), {**a_change(*TAIKANG[0]), "row": "Other"}
    alone, beside = (rebuild(a_paper(31, *rows, test="paired t"), seed=3, definition="type-6") for rows in ([one], [other, one]))
    assert sorted(values_of(alone, ROW)["BEFORE"].values()) == sorted(values_of(beside, ROW)["BEFORE"].values())


@pytest.mark.parametrize(
    ("n", "row", "why"),
    [
        (31, a_change("mean_sd", ["6.72", "2.62"], ["6.43", "1.72"], "0.003"), "outside the range of possible P"),
        (12, a_change("mean_sd", ["8.4", "2.1"], ["6.9", "1.8"], "0.41"), "outside the range of possible P"),
        (9, a_change("mean_sd", ["1.44", "0.17"], ["2.00", "1.00"], grid="1"), "have this SD"),
        (12, a_change("mean_sd", ["18", "16.2"], ["12.0", "3.0"], min="0", max="30"), "the SD is larger"),
        (20, a_change("median_iqr", ["5.0", "6.0", "9.0"], ["4.0", "3.0", "6.0"]), "out of order"),
        (20, a_change("median_iqr", ["5.3", "4.0", "9.0"], ["4.0", "3.0", "6.0"], grid="1"), "must be"),
    ],
)
def test_what_a_bound_forbids_is_a_contradiction_with_its_reason(n, row, why):
    cohort = _rebuilt(n, row)
    assert [one.level for one in cohort.missed] == [CONTRADICTION]
    assert why in cohort.missed[0].why
    assert not cohort.records.rows.get("FA")


def test_a_grid_that_one_definition_forbids_and_another_allows_is_a_note():
    # Halves of whole numbers: the median of 25 is a recorded value, but for type-4 it lies between two.
    row = a_change("median_iqr", ["62.5", "55.0", "70.0"], ["60.5", "52.0", "66.0"], grid="1")
    found = _rebuilt(25, row, definition="type-6").missed
    assert [one.level for one in found] == [NOTE]
    assert found[0].why == "not under type-6: odd n: the median must be a recorded value"
    assert not _rebuilt(25, row, definition="type-4").missed


def test_the_p_of_another_test_is_left_out_and_said_so():
    cohort = rebuild(a_paper(31, a_change(*TAIKANG[1], test="wilcoxon signed-rank")), seed=1, definition="type-7")
    assert not cohort.missed
    assert "not one of a paired t test" in cohort.kept[0].why


def test_fewer_patients_after_than_before_leave_pairs_of_the_fewer():
    cohort = _rebuilt(31, a_change(*TAIKANG[5], of={"before": "31", "after": "27"}))
    found = values_of(cohort, ROW)
    assert (len(found["BEFORE"]), len(found["AFTER"])) == (31, 27)
    assert prints(list(found["AFTER"].values()), *TAIKANG[5][:1], TAIKANG[5][2], "type-7")
    assert prints_p(p_of_pairs(found["BEFORE"], found["AFTER"]), "0.010")


def _random_summary(rnd):
    """Random patients and what a paper would print of them: n, kind, definition, both cells, P."""
    n, decimals, scale = rnd.choice([8, 13, 20, 31, 50]), rnd.choice([0, 1, 2]), 10 ** rnd.uniform(0.5, 3)
    before = [Fraction(rounded(Fraction(rnd.lognormvariate(0, 0.6) * scale), decimals)) for _ in range(n)]
    after = [Fraction(rounded(one * Fraction(rnd.uniform(0.5, 1.2)), decimals)) for one in before]
    kind, definition = rnd.choice(["median_iqr", "mean_sd"]), rnd.choice(TYPES)
    cells = [_published(side, kind, decimals, definition) for side in (before, after)]
    changes = [second - first for first, second in zip(before, after, strict=True)]
    found = moments([(change, 1) for change in changes])
    p = float(2 * special.stdtr(n - 1, -abs(float(found.mean)) / found.se))
    return n, kind, definition, cells, "< 0.001" if p < 0.001 else rounded(p, 3)


def _published(values, kind, decimals, definition):
    table = [(value, 1) for value in values]
    if kind == "median_iqr":
        return [rounded(quantile(table, share, definition), decimals) for share in ("0.5", "0.25", "0.75")]
    return [rounded(moments(table).mean, decimals), rounded(moments(table).sd, decimals)]


@pytest.mark.parametrize("seed", range(40))
def test_summaries_of_random_patients_are_rebuilt_to_the_digit_and_never_a_contradiction(seed):
    n, kind, definition, (before, after), p = _random_summary(random.Random(seed))
    cohort = _rebuilt(n, a_change(kind, before, after, p), seed, definition)
    assert not [one for one in cohort.missed if one.level == CONTRADICTION]
    assert not cohort.missed, (n, kind, definition, before, after, p)
    found = values_of(cohort, ROW)
    assert prints(list(found["BEFORE"].values()), kind, before, definition)
    assert prints(list(found["AFTER"].values()), kind, after, definition)
    assert prints_p(p_of_pairs(found["BEFORE"], found["AFTER"]), p)


def test_a_window_of_products_is_that_of_the_p():
    rng = generator("window")
    before, after = (np.rint(100 * rng.random(20)).astype(np.int64) for _ in range(2))
    low, high = products_window(before, after, PWindow(0.2, 0.3))
    for _ in range(200):
        order = after[np.argsort(rng.random(20))]
        assert (low <= before @ order <= high) == PWindow(0.2, 0.3).holds(paired_p(before, order))


def test_pairs_in_order_never_fall_below_their_partner():
    rng = generator("order")
    before = np.sort(np.rint(50 * rng.random(30))).astype(np.int64)
    after = before + np.rint(40 * rng.random(30)).astype(np.int64)
    for turn in range(20):
        found = pair(before, after, (-np.inf, np.inf), generator("order", turn), in_order=True)
        assert found is not None
        assert (found >= before).all()
        assert sorted(found) == sorted(after)


def test_values_that_no_order_keeps_above_their_partner_are_refused():
    assert pair(np.array([5, 5, 5]), np.array([9, 4, 8]), (-np.inf, np.inf), generator("x"), in_order=True) is None
