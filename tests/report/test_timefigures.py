"""Curves and bars: sound SVG, the same bytes each time, those at risk beneath, a box where nothing can be drawn."""

import xml.etree.ElementTree as ElementTree

import pytest

from cordside.analysis.run import analyse
from cordside.protocol.read import parse_protocol
from cordside.record.read import read_study
from cordside.report.drawfigures import draw_figures
from tests.analysis.courses.test_outcomes import AIR, IMV, LOW, episodes
from tests.analysis.waiting import ARMS, DEATH, DISCHARGE, drawn
from tests.support.folders import a_protocol, a_study

PLAN = f"""
analyses:
  - {{kind: time_to_event, id: death, title: Death, event: {DEATH}}}
  - {{kind: time_to_event, id: gone, title: Discharge, event: {DISCHARGE}}}
  - {{kind: kaplan_meier, id: survival, title: Survival, of: death, median: true}}
  - {{kind: kaplan_meier, id: incidence, title: Incidence, of: gone}}
  - {{kind: swimmer, id: bars, title: Courses, order: arm, events: [{DISCHARGE}]}}
"""
PR = episodes(("T-1", IMV, -3, 4), ("T-1", AIR, 4, None), ("T-2", LOW, -3, None), ("T-7", LOW, 0, 0))


def drawn_figures(folder, tables, arms=ARMS):
    text = a_protocol(arms + PLAN)
    results = analyse(read_study(a_study(folder, text, **tables)))
    return {figure.id: figure for figure in draw_figures(results, parse_protocol(text), {})}


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    return drawn_figures(tmp_path_factory.mktemp("f"), drawn(PR=PR))


@pytest.mark.parametrize("name", ["survival", "incidence", "bars"])
def test_a_figure_is_sound_and_the_same_each_time(figures, tmp_path, name):
    ElementTree.fromstring(figures[name].svg)
    assert "cannot be drawn" not in figures[name].svg
    assert drawn_figures(tmp_path, drawn(PR=PR))[name].svg == figures[name].svg


def test_figures_have_numbers_in_the_plans_order(figures):
    assert [figure.number for figure in figures.values()] == ["Figure S1", "Figure S2", "Figure S3"]


@pytest.mark.parametrize("name", ["survival", "incidence", "bars"])
def test_without_a_start_there_is_a_box_with_the_reason(tmp_path, name):
    tables = drawn()
    del tables["EX"]
    assert "cannot be drawn" in drawn_figures(tmp_path, tables)[name].svg


def test_an_empty_arm_and_a_single_subject_are_drawn(tmp_path):
    for figure in drawn_figures(tmp_path, drawn("1 A 5 e")).values():
        ElementTree.fromstring(figure.svg)


def test_an_event_that_nobody_had_is_a_flat_line(tmp_path):
    ElementTree.fromstring(drawn_figures(tmp_path, drawn("1 A 5 c | 2 B 9 c"))["incidence"].svg)


def test_many_subjects_have_thin_bars_without_names(tmp_path):
    courses = " | ".join(f"{n} {'AB'[n % 2]} {5 + n % 40} {'ecd'[n % 3]}" for n in range(1, 121))
    svg = drawn_figures(tmp_path, drawn(courses))["bars"].svg
    height = float(ElementTree.fromstring(svg).get("height").removesuffix("pt"))
    assert height / 72 < 10.5


def test_cautions_stand_under_the_figure(tmp_path):
    arms = "arms: {A: {label: Cells}, B: {label: Control, treated: false}}"
    figure = drawn_figures(tmp_path, drawn(), arms)["survival"]
    assert any("in place of the first infusion" in note for note in figure.footnotes)
