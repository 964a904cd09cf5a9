"""Figures: every planned one, the same bytes each time, marked where no patient was measured."""

import xml.etree.ElementTree as ElementTree

import matplotlib
import pytest

from cordside.report.drawfigures import draw_figures, draw_flow
from cordside.results import Result, find
from tests.report.sample import a_protocol, a_row, sample_rows

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def figures(rows: list[Result] | None = None, files: dict[str, bytes] | None = None) -> dict[str, str]:
    drawn = draw_figures(sample_rows() if rows is None else rows, a_protocol(), files or {})
    return {figure.id: figure.svg for figure in drawn}


def test_every_planned_figure_is_drawn_with_its_number():
    drawn = draw_figures(sample_rows(), a_protocol(), {})
    assert [figure.number for figure in drawn] == ["Figure 1", "Figure 2", "Figure 3", "Figure 4"]


def test_two_runs_give_the_same_bytes():
    assert figures() == figures()
    assert draw_flow(sample_rows(), a_protocol()).svg == draw_flow(sample_rows(), a_protocol()).svg


def test_a_figure_is_sound_xml_and_asks_nothing_of_the_network():
    for svg in [*figures().values(), draw_flow(sample_rows(), a_protocol()).svg]:
        ElementTree.fromstring(svg)
        assert "<script" not in svg
        assert not [part for part in svg.split('href="')[1:] if not part.startswith(("#", "data:"))]


def test_ids_are_unique_in_the_page():
    ids = [part.split('"')[0] for svg in figures().values() for part in svg.split(' id="')[1:]]
    shared = {name for name in ids if ids.count(name) > 1}
    assert shared == set()


def test_drawing_leaves_the_settings_of_matplotlib_alone():
    before = dict(matplotlib.rcParams)
    figures()
    assert dict(matplotlib.rcParams) == before


def test_a_users_own_settings_do_not_change_a_figure():
    plain = figures()["figure4"]
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "black", "lines.linewidth": 9}):
        assert figures()["figure4"] == plain


def test_simulated_rows_change_the_drawing_by_a_watermark():
    plain, marked = figures(sample_rows("published")), figures(sample_rows("simulated"))
    assert plain["figure1"] == marked["figure1"]
    assert plain["figure3"] != marked["figure3"]
    assert plain["figure4"] != marked["figure4"]


@pytest.mark.parametrize("name", ["figure1", "figure2", "figure3", "figure4"])
def test_a_figure_without_values_is_a_box_with_the_reason(name):
    row = a_row(name, statistic="n", value=0, text="0", error="no <values> were recorded")
    svg = figures([row])[name]
    assert "cannot be drawn: no &lt;values&gt; were recorded" in svg


def test_a_figure_without_rows_is_not_dropped():
    assert "cannot be drawn" in figures([])["figure3"]


def test_an_image_is_embedded_and_a_missing_one_is_a_placeholder():
    rows = [row for row in sample_rows() if row.analysis == "figure2"]
    shown = Result(analysis="figure2", statistic="value", subject="T-1", group_level="Case 1", level="before", text="files/a.png")
    svg = figures([shown, *rows[1:]], {"files/a.png": PNG})["figure2"]
    assert svg.count("data:image/png;base64,") == 1
    assert svg.count("no image") == 9


@pytest.mark.parametrize("content", [b"", b"<svg onload='alert(1)'/>", b"GIF"])
def test_what_is_no_picture_is_never_embedded(content):
    shown = Result(analysis="figure2", statistic="value", subject="T-1", level="before", text="<a>.svg")
    svg = figures([shown], {"<a>.svg": content})["figure2"]
    assert "data:" not in svg
    assert "&lt;a&gt;.svg: not a PNG, JPEG or GIF" in svg


def test_names_of_subjects_are_drawn_not_interpreted():
    rows = [row for row in sample_rows() if row.analysis in ("figure1", "figure2")]
    strange = [Result(**{name: getattr(row, name) for name in row.__slots__} | {"group_level": r"<b>$\frac{1}{$"}) for row in rows]
    svg = figures(strange)
    assert "<b>" not in svg["figure1"] + svg["figure2"]
    assert "&lt;b&gt;$" in svg["figure2"]


def test_dated_stays_are_drawn_on_the_time_axis():
    rows = find(sample_rows(), analysis="figure1")
    ends = [
        Result(analysis="figure1", statistic=name, subject=row.subject, group_level=row.group_level, variable="HO", value=day)
        for row in find(rows, variable="HO")
        for name, day in (("start", -3.0), ("end", 16.0))
    ]
    assert figures([*rows, *ends])["figure1"] != figures(rows)["figure1"]


def test_many_subjects_are_drawn_without_a_style_for_each():
    rows = [
        a_row(
            "figure4",
            subject=f"T-{n}",
            group_level=f"Case {n}",
            variable="LB.LYM",
            label="Lymphocytes",
            visit=visit,
            value=n / 10,
            text="1",
        )
        for n in range(31)
        for visit in ("BEFORE", "D28")
    ]
    ElementTree.fromstring(figures(rows)["figure4"])
