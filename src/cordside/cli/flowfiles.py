"""What `flow --out` writes: a page of gates and a scrubbed working copy of each tube, and the table of results.

Nothing written bears the original's name: files are called by the beginning of its digest.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from cordside.cli.flowcount import Counted, How, drawn, rows_of
from cordside.cli.flowwords import bound_words, method_words, percent_words
from cordside.cli.output import step, write_files
from cordside.exchange.fcsscrub import neutral_name, working_copy
from cordside.product.cytometry.axes import Axis
from cordside.product.cytometry.panel import Judged
from cordside.product.cytometry.pictures import Picture
from cordside.product.cytometry.reported import COLUMNS
from cordside.report.figures.gates import Panel, Scale, Shape
from cordside.report.flowpage import FlowPage, write_flow_page
from cordside.results import Grid

RESULTS = "testresult.csv"
_NOTES = (
    "Intervals are Wilson's; n is the events of the parent gate. Ranges are closed below and open above.",
    "Density is on a logarithmic scale of colour; histograms of a control are scaled to the height of the tube's.",
    "Cordside is not a medical device. It is not certified for diagnosis, treatment or release of a cell product.",
)


def write(folder: Path, tubes: Sequence[Counted], how: How, force: bool) -> list[Path]:
    """Write all files, or none; returns their places."""
    files: dict[str, str | bytes] = {RESULTS: results_csv(tubes, how)}
    for one in tubes:
        step(f"{one.name}: drawing ...")
        name = neutral_name(one.digest)
        files[name.replace(".fcs", ".html")] = write_flow_page(_page(one, how, name), [_panel(picture) for picture in drawn(one, how)])
        files[name] = working_copy(one.path, one.data_set)
    return write_files(folder, files, force)


def results_csv(tubes: Sequence[Counted], how: How) -> str:
    """A row a test of each tube; percentages unrounded."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows_of(tubes, how))
    return out.getvalue()


def _page(one: Counted, how: How, name: str) -> FlowPage:
    subtitle = f"{len(one.data_set.events):,} events · {method_words(how)}"
    return FlowPage(name.removesuffix(".fcs"), subtitle, list(_grids(one, how)), _notes(one, how))


def _grids(one: Counted, how: How) -> Iterator[Grid]:
    rows = tuple((p.gate, p.parent, f"{p.events:,}", f"{p.of:,}", percent_words(p)) for p in one.tube.populations)
    yield Grid("Populations", ("Gate", "Parent", "Events", "of", "Percent of parent (95 %)" if _usual(how) else "Percent of parent"), rows)
    if one.tube.panel:
        panel = tuple(map(_panel_row, one.tube.panel))
        yield Grid("Panel", ("Marker", "Limit", "Counted", "Verdict", "", "Remark"), panel, f"Verdict of the panel: {one.tube.verdict}.")
    if one.tube.tests:
        tests = tuple((test.code, test.what, percent_words(test.population)) for test in one.tube.tests)
        yield Grid("Tests", ("Code", "What", "Percent"), tests)


def _panel_row(one: Judged) -> tuple[str, ...]:
    shown = f"{one.shown} %" if one.shown else "–"
    return one.row.marker, one.limit, shown, one.verdict, "" if one.row.blocking else "informative", one.remark


def _usual(how: How) -> bool:
    return how.method is None or str(how.method.recipe.level) == "0.95"


def _notes(one: Counted, how: How) -> list[str]:
    bounds = [f"Threshold {bound_words(bound)}." for bound in how.method.bounds.values()] if how.method else []
    digests = [f"File sha256 {one.digest}.", f"Recipe sha256 {how.digest}."]
    return [*bounds, *_NOTES, *digests, *(f"Control {control.kind} sha256 {control.digest}." for control in how.controls)]


def _panel(picture: Picture) -> Panel:
    shapes = [Shape(one.gate, one.points, one.percent) for one in picture.outlines]
    y = None if picture.y is None else _scale(picture.y)
    return Panel(picture.title, _scale(picture.x), y, picture.counts, shapes, picture.control, picture.control_words)


def _scale(axis: Axis) -> Scale:
    return Scale(axis.label, axis.low, axis.high, axis.ticks, axis.minor)
