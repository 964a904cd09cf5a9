"""Days between events: the spans of random patients are rebuilt together, in order, whatever each of them prints."""

import random
from fractions import Fraction

import pytest

from cordside.analysis.conventions import quantile
from cordside.analysis.summaries import moments
from cordside.appraisal.rebuild.cells import limits_of, wanted_of
from cordside.appraisal.rebuild.days import Span, draw_courses, events_in_order
from cordside.appraisal.rebuild.seeds import generator
from cordside.words import rounded
from tests.support.rebuilt import a_paper

EVENTS = ("onset", "admission", "infusion")
PAIRS = (("onset", "admission"), ("admission", "infusion"), ("onset", "infusion"))


def _spans(n, kinds, days):
    """The spans of patients whose days are known, each printed as its kind says; None leaves a span out."""
    rows = []
    for (start, end), kind in zip(PAIRS, kinds, strict=True):
        if kind:
            table = [(Fraction(second - first), 1) for first, second in zip(days[start], days[end], strict=True)]
            rows.append({"row": f"{start} to {end}", "kind": kind, "value": _printed(table, kind), "grid": "1", "as": _as(start, end)})
    paper = a_paper(n, *rows)
    found = []
    for row in paper.rows:
        cell, target = row.cell("value"), row.data.target
        found.append(Span(row, target.days_from, target.days_to, wanted_of(row, cell, Fraction(1), limits_of(row, [cell]))))
    return found


def _as(start, end):
    return {"domain": "HO", "days_from": start, "days_to": end}


def _printed(table, kind):
    if kind == "median_iqr":
        return [rounded(quantile(table, share, "type-6"), 1) for share in ("0.5", "0.25", "0.75")]
    found = moments(table)
    return [rounded(found.mean, 1), rounded(found.sd, 1)]


@pytest.mark.parametrize(
    "kinds",
    [
        ("mean_sd", "median_iqr", "mean_sd"),
        ("median_iqr", "mean_sd", "mean_sd"),
        ("median_iqr", "median_iqr", "mean_sd"),
        ("mean_sd", "mean_sd", "mean_sd"),
        ("mean_sd", None, "median_iqr"),
        ("median_iqr", "median_iqr", None),
        (None, "median_iqr", None),
    ],
)
@pytest.mark.parametrize("seed", range(4))
def test_spans_that_share_events_hold_together_for_the_same_patients(kinds, seed):
    rnd, n = random.Random(seed), 30
    onset = [0] * n
    admission = [rnd.randint(1, 40) for _ in range(n)]
    infusion = [day + int(rnd.lognormvariate(2, 0.7)) for day in admission]
    spans = _spans(n, kinds, dict(zip(EVENTS, (onset, admission, infusion), strict=True)))
    found = draw_courses(spans, n, "type-6", generator("days", seed))
    assert not found.missed
    for span in spans:
        assert (found.days[span.end] >= found.days[span.start]).all()


def test_spans_that_the_search_cannot_bring_together_are_named_and_the_others_kept():
    rnd, n = random.Random(3), 30
    admission = [rnd.randint(1, 40) for _ in range(n)]
    days = {"onset": [0] * n, "admission": admission, "infusion": [day + int(rnd.lognormvariate(2, 0.7)) for day in admission]}
    found = draw_courses(_spans(n, ("mean_sd", "mean_sd", "median_iqr"), days), n, "type-6", generator("days", 3))
    assert len(found.kept) >= 2
    assert len(found.kept) + len(found.missed) == 3


def test_an_event_between_two_known_ones_stays_between_them():
    rnd, n = random.Random(9), 25
    days = {"onset": [0] * n, "admission": [rnd.randint(2, 20) for _ in range(n)]}
    days["infusion"] = [day + rnd.randint(1, 15) for day in days["admission"]]
    spans = _spans(n, ("mean_sd", "median_iqr", "mean_sd"), days)
    # Placed from the whole stay inwards.
    found = draw_courses([spans[2], spans[0], spans[1]], n, "type-6", generator("between"))
    assert not found.missed


def test_events_are_put_in_their_order_and_a_circle_is_none():
    spans = _spans(5, ("mean_sd", "mean_sd", None), {"onset": [0, 1, 2, 3, 4], "admission": [5, 7, 9, 9, 9], "infusion": [9, 9, 9, 12, 13]})
    assert events_in_order(list(reversed(spans))) == ["onset", "admission", "infusion"]
    turned = Span(spans[0].row, "infusion", "onset", spans[0].wanted)
    assert events_in_order([*spans, turned]) is None
