"""Every printed cell of the 31-patient report comes back from its protocol and its rebuilt records."""

import csv
import re

import pytest

from cordside.analysis.run import analyse
from cordside.record.read import read_study
from cordside.report.drawtables import draw_tables
from cordside.report.expected import compare, normal
from cordside.results import find
from tests.studies.folders import TAIKANG, published, rows_of

RECORD = read_study(TAIKANG)
RESULTS = analyse(RECORD)
TABLES = {table.id: table for table in draw_tables(RESULTS, RECORD.protocol)}
PUBLISHED = published(TAIKANG)
EXPECTED = [
    (table, row["row"], row["column"], row["text"])
    for table, name in (("table1", "table1"), ("table2", "table2"), ("clearance", "text/clearance"))
    for row in rows_of(TAIKANG / "expected" / f"{name}.csv")
]


def named(text: str) -> str:
    """A heading without what printers differ in."""
    return normal(text).casefold()


@pytest.mark.parametrize(("table", "row", "column", "text"), EXPECTED, ids=lambda value: value)
def test_a_printed_cell_is_reproduced(table, row, column, text):
    drawn = TABLES[table]
    place = next(at for at, found in enumerate(drawn.columns) if column in (found.key, found.printed))
    line = next(found for found in drawn.rows if named(row) == named(found.key))
    assert normal(line.cells[place - 1].text) == normal(text)


def test_all_64_cells_and_both_numbers_of_the_text_are_compared():
    cells, text = compare(TABLES.values(), TAIKANG / "expected"), compare(TABLES.values(), TAIKANG / "expected" / "text")
    assert [str(difference) for difference in (*cells.differences, *text.differences)] == []
    assert (cells.matched, cells.total, text.matched, text.total) == (64, 64, 2, 2)


def test_table_1_prints_headings_and_labels_in_the_printed_order():
    wanted = [row.get("label", row.get("row", row.get("section"))) for row in PUBLISHED["table1"]]
    assert [named(row.printed) for row in TABLES["table1"].rows] == [named(label) for label in wanted]
    assert sum(row.section for row in TABLES["table1"].rows) == 9


def test_rows_are_set_in_beneath_the_row_or_heading_that_they_are_part_of():
    depth = {row.printed: row.indent for row in TABLES["table1"].rows}
    for row in PUBLISHED["table1"]:
        above = row.get("parent")
        if above and above != "none":
            assert depth[row.get("label", row.get("row", row.get("section"))).replace("kg/m2", "kg/m²")] == depth[above] + 1
        if above == "none":
            assert depth[row.get("label", row["row"])] == 0


def test_table_2_keeps_its_rows_and_headings_and_says_the_normal_ranges():
    drawn = TABLES["table2"]
    assert [column.printed for column in drawn.columns if column.key not in ("change", "pairs")] == [*PUBLISHED["columns"]["table2"]]
    rows = [row for row in drawn.rows if ":" not in row.key]
    assert [row.key for row in rows] == [row["row"] for row in PUBLISHED["table2"]]
    for row, wanted in zip(rows, PUBLISHED["table2"], strict=True):
        low, high = wanted["normal"] if isinstance(wanted["normal"], list) else ("null", "null")
        words = f"normal range {low}–{high}" if low != "null" else f"normal range < {high}" if high != "null" else "(mmHg)"
        assert words in row.printed


@pytest.mark.parametrize("table", ["table1", "table2"])
def test_captions_and_footnotes_are_the_published_ones(table):
    drawn = TABLES[table]
    assert drawn.title == PUBLISHED["captions"][table]
    # The paper prints "UC-MSCs umbilical cord ..."; percentage of oxygen is a slip, which a remark names.
    wanted = re.sub(r"\W", "", PUBLISHED["footnotes"][table].replace(" ratio ratio", " ratio").replace("percentage", "fraction"))
    assert re.sub(r"\W", "", drawn.footnotes[0]) == wanted


def test_the_signed_rank_test_stands_beside_each_t_test_and_replaces_none():
    for marker in (row["row"] for row in PUBLISHED["table2"]):
        own = find(RESULTS, analysis="table2", label=marker, statistic="p")
        assert [row.method for row in own] == ["paired t test", "Wilcoxon signed-rank test"]


def test_every_table_of_records_says_that_they_are_rebuilt():
    assert {origin for row in RESULTS for origin in filter(None, row.origin.split(", "))} == {"rebuilt"}
    assert all(table.origins in (("rebuilt",), ()) for table in TABLES.values())
    assert all(TABLES[name].origins == ("rebuilt",) for name in ("table1", "table2", "clearance"))


def test_the_ranges_beneath_table_2_are_those_of_300_rebuilds():
    with (TAIKANG / "ranges.csv").open(encoding="utf-8", newline="") as file:
        ranges = {(row["row"], row["measure"]): row for row in csv.DictReader(file)}
    notes = {note.partition(", 5 to 95 % of ")[0]: note for note in TABLES["table2"].footnotes if ", 5 to 95 % of " in note}
    assert list(notes) == [row["row"] for row in PUBLISHED["table2"]]
    for name, note in notes.items():
        found = [float(number) for number in re.findall(r"-?\d+\.?\d*", note.partition(" 5 to 95 % of ")[2])]
        r, share, p = (ranges[name, measure] for measure in ("correlation", "share falling", "signed-rank P"))
        assert found[:2] == [300, int(r["failed"])] and r["draws"] == "300"
        assert found[2:4] == pytest.approx([float(r["low"]), float(r["high"])], abs=0.0051)
        assert found[4:6] == pytest.approx([100 * float(share["low"]), 100 * float(share["high"])], abs=0.51)
        low, high = float(p["low"]), float(p["high"])
        wanted = [0.001] if high < 0.001 else [high] if low < 0.001 else [low, high]
        assert found[6:] == pytest.approx(wanted, abs=0.00051)
