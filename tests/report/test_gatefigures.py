"""Gates are drawn as they were counted: the same input gives the same bytes, and every panel bears its words."""

import numpy as np

from cordside.report.figures.gates import Panel, Scale, Shape, draw
from cordside.report.flowpage import FlowPage, write_flow_page
from cordside.results import Grid

X = Scale("CD73 (FITC-A)", 0, 1, [(0.2, "0"), (0.5, "10³")], [0.3, 0.4])
SQUARE = ((0.1, 0.1), (0.5, 0.1), (0.5, 0.5), (0.1, 0.5))


def a_plane(*shapes):
    counts = np.zeros((8, 8))
    counts[2, 3] = 40
    return Panel("of cells (n = 40)", X, X, counts, shapes or (Shape("live", SQUARE, "50.0 % (40.0–60.0)"),))


def a_range(control=None):
    shape = Shape("CD73+", ((0.5, 0.0), (float("inf"), 0.0)), "9 %")
    return Panel("of live (n = 9)", X, None, np.arange(8.0), (shape,), control, "isotype")


def test_the_same_panels_give_the_same_bytes():
    panels = [a_plane(), a_range(np.ones(8)), a_range()]
    assert draw("gates", "Gates", panels) == draw("gates", "Gates", panels)


def test_panels_without_events_or_gates_are_drawn_too():
    empty = Panel("of cells (n = 0)", X, X, np.zeros((8, 8)), (Shape("E", (), "no event in cells"),))
    flat = Panel("of cells (n = 0)", X, None, np.zeros(8), ())
    assert draw("gates", "Gates", [empty, flat]).startswith("<svg")
    assert "cannot be drawn: no gate has an outline" in draw("gates", "Gates", [])


def test_a_page_holds_tables_pictures_and_notes_and_escapes_what_files_say():
    grid = Grid("Populations", ("Gate", "Percent"), (("<b>live</b>", "50 %"),))
    page = write_flow_page(FlowPage("fcs-1", "40 events", (grid,), ("Recipe sha256 abc.",)), [a_plane()])
    assert "&lt;b&gt;live&lt;/b&gt;" in page and "<svg" in page and "Recipe sha256 abc." in page and "<b>live" not in page
