"""Boxes with points, waterfalls and forests: sound, the same each time, and never silent about what they cannot draw."""

import xml.etree.ElementTree as ElementTree
from functools import cache

import pytest

from cordside.protocol.read import parse_protocol
from cordside.report.drawfigures import draw_figures
from cordside.results import Result
from tests.support.folders import a_protocol

PLAN = """
visits: {BEFORE: {day: -1}, AFTER: {day: 7}}
analyses:
  - {kind: box_points, id: boxes, title: Boxes, visits: [BEFORE, AFTER], markers: [{item: LB.CRP, label: CRP}], SCALE}
  - kind: waterfall
    id: falls
    title: Falls
    before: {visit: BEFORE}
    after: {visit: AFTER}
    thresholds: [-50, 50]
    markers: [{item: LB.CRP, label: CRP}]
  - {kind: forest, id: forest, title: Forest, of: boxes, SCALE}
"""
ARMS = ("Alpha", "Beta")


def a_row(analysis, statistic, value, **columns):
    known = {"variable": "LB.CRP", "label": "CRP", "unit": "mg/L", "origin": "published", "source": ("records/lb.csv:2",)}
    text = "-" if value is None else f"{value:g}"
    return Result(**{**known, "analysis": analysis, "statistic": statistic, "value": value, "text": text, **columns})


def box(group, visit, values):
    at = {"group": "arm", "group_level": group, "visit": visit}
    five = dict(zip(("min", "q1", "median", "q3", "max"), values, strict=True))
    return [a_row("boxes", "n", 5, **at), *(a_row("boxes", name, value, **at) for name, value in five.items())]


def points(analysis, values, arm, **columns):
    return [
        a_row(analysis, "value", value, group="subject", group_level=f"{arm} {at}", subject=f"{arm}-{at}", level=arm, **columns)
        for at, value in enumerate(values)
    ]


def lines(**more):
    rows = []
    for place, (label, unit) in enumerate([("CRP", "ratio"), ("LDH", "ratio"), ("PCT", "ug/L")], 1):
        at = {"group": "arm", "group_level": "Total", "label": label, "unit": unit, "level": "change"}
        numbers = {"estimate": place, "conf_low": place - 0.5, "conf_high": place + 0.5, "p": 0.04, **more.get(label, {})}
        rows += [a_row("forest", name, value, **at) for name, value in numbers.items()]
    return rows


def a_sample(**more):
    rows = [row for arm in ARMS for row in box(arm, "BEFORE", (1, 2, 3, 5, 40))]
    rows += [row for arm in ARMS for row in points("boxes", (1, 2, 3, 5, 40), arm, visit="BEFORE")]
    rows += [a_row("falls", "n", 3, group="arm", group_level=arm, n=3) for arm in ARMS]
    rows += [row for arm in ARMS for row in points("falls", (-60, 0, 20, None), arm)]
    return [*rows, *lines(**more)]


def figures(rows=None, scale="linear"):
    protocol = parse_protocol(a_protocol(PLAN.replace("SCALE", f"scale: {scale}")))
    return {figure.id: figure.svg for figure in draw_figures(a_sample() if rows is None else rows, protocol, {})}


@cache
def whole():
    """The figures of the whole sample."""
    return figures()


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_figures_are_sound_and_the_same_each_time(scale):
    first = figures(scale=scale)
    assert first == figures(scale=scale)
    assert list(first) == ["boxes", "falls", "forest"]
    for svg in first.values():
        ElementTree.fromstring(svg)


def without(rows, **wanted):
    """The rows but those that have the wanted columns."""
    return [row for row in rows if not all(getattr(row, name) == value for name, value in wanted.items())]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("boxes", {"analysis": "boxes", "statistic": "value", "value": 40}),
        ("boxes", {"analysis": "boxes", "group_level": "Beta", "statistic": "q3"}),
        ("falls", {"analysis": "falls", "value": 20}),
        ("falls", {"analysis": "falls", "value": None}),
        ("forest", {"analysis": "forest", "statistic": "conf_low", "label": "LDH"}),
        ("forest", {"analysis": "forest", "statistic": "p", "label": "LDH"}),
        ("forest", {"analysis": "forest", "label": "PCT"}),
    ],
)
def test_every_number_is_drawn(name, wanted):
    assert figures(without(a_sample(), **wanted))[name] != whole()[name]


def test_units_have_axes_of_their_own():
    one = [row for row in a_sample() if row.analysis == "forest" and row.unit == "ratio"]
    alone, both = (svg.count("axes_") for svg in (figures(one)["forest"], whole()["forest"]))
    assert (alone, both) == (2, 4)


@pytest.mark.parametrize(
    "wrong",
    [
        {"estimate": None, "conf_low": None, "conf_high": None, "p": None},
        {"estimate": -1, "conf_low": -2, "conf_high": 3},
        {"conf_low": None, "conf_high": None},
    ],
)
@pytest.mark.parametrize("scale", ["linear", "log"])
def test_an_estimate_that_cannot_be_drawn_keeps_its_line(wrong, scale):
    ElementTree.fromstring(figures(a_sample(LDH=wrong), scale)["forest"])


def test_values_that_a_log_axis_cannot_hold_are_said():
    nought = points("boxes", (0, -1), "Alpha", visit="AFTER")
    plain, marked = figures(scale="log")["boxes"], figures([*a_sample(), *nought], "log")["boxes"]
    assert plain != marked


@pytest.mark.parametrize("name", ["boxes", "falls", "forest"])
def test_a_figure_without_values_is_a_box_with_the_reason(name):
    svg = figures([a_row(name, "n", 0, error="no <values> were recorded")])[name]
    assert "cannot be drawn: no &lt;values&gt; were recorded" in svg
    assert "cannot be drawn" in figures([])[name]


@pytest.mark.parametrize(("count", "named"), [(45, True), (46, False)])
def test_more_subjects_than_a_page_can_name_are_drawn_without_names(count, named):
    few = points("falls", list(range(count)), "Alpha")
    other = points("falls", list(range(count)), "Omega")
    assert (figures(few)["falls"] != figures(other)["falls"]) is named
