"""Result rows: their columns are a promise, and what is written can be read again."""

import csv
import io
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.results import COLUMNS, Result, as_dict, find, from_dict, origins_of, to_csv, to_json

PROMISED = [
    *("analysis", "table", "group", "group_level", "subject", "variable", "label", "level", "visit", "statistic", "value", "text"),
    *("unit", "method", "convention", "n", "n_missing", "source", "origin", "warning", "error"),
]

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
SOURCES = st.lists(st.from_regex(r"records/[a-z]{2}\.csv:[0-9]{1,4}", fullmatch=True), max_size=3).map(tuple)
ROWS = st.builds(
    Result,
    analysis=TEXTS,
    statistic=TEXTS,
    label=TEXTS,
    text=TEXTS,
    unit=TEXTS,
    value=st.none() | st.floats(),
    n=st.none() | st.integers(0, 9),
    source=SOURCES,
)


def a_row(**columns) -> Result:
    """A result row with the given columns."""
    return Result(**{"analysis": "table1", "statistic": "value", **columns})


def test_columns_stand_in_the_promised_order():
    assert list(COLUMNS) == PROMISED
    assert list(as_dict(a_row())) == PROMISED
    assert next(csv.reader(io.StringIO(to_csv([])))) == PROMISED


@given(st.lists(ROWS, max_size=4))
def test_json_gives_the_same_rows_back(rows):
    assert [from_dict(item) for item in json.loads(to_json(rows))["results"]] == rows


@given(st.lists(ROWS, max_size=4))
def test_csv_gives_the_same_cells_back(rows):
    found = list(csv.DictReader(io.StringIO(to_csv(rows), newline="")))
    assert len(found) == len(rows)
    for cells, row in zip(found, rows, strict=True):
        assert [cells[name] for name in ("analysis", "statistic", "label", "text")] == [row.analysis, row.statistic, row.label, row.text]
        assert (float(cells["value"]) if cells["value"] else None) == row.value
        assert tuple(cells["source"].split()) == row.source


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_value_that_is_no_number_is_null_with_an_error(value):
    row = a_row(value=value)
    assert (row.value, row.error) == (None, "the value is not a finite number")
    assert a_row(value=value, error="divided by zero").error == "divided by zero"


@given(st.lists(ROWS, max_size=4))
def test_nan_and_infinity_never_appear(rows):
    cells = [row["value"] for row in csv.DictReader(io.StringIO(to_csv(rows), newline=""))]
    assert not {"nan", "inf", "-inf"} & {cell.lower() for cell in cells}
    for item in json.loads(to_json(rows))["results"]:
        assert item["value"] is None or math.isfinite(item["value"])


def test_missing_is_null_in_json_and_empty_in_csv():
    row = a_row(source=("records/vs.csv:2", "records/vs.csv:3"))
    item = json.loads(to_json([row]))["results"][0]
    assert (item["value"], item["n"], item["source"]) == (None, None, ["records/vs.csv:2", "records/vs.csv:3"])
    cells = next(csv.DictReader(io.StringIO(to_csv([row]))))
    assert (cells["value"], cells["n"], cells["source"]) == ("", "", "records/vs.csv:2 records/vs.csv:3")


def test_rows_are_found_by_their_columns_in_their_order():
    rows = [a_row(subject="1", label="A"), a_row(subject="2", label="A"), a_row(subject="1", label="B")]
    assert find(rows, subject="1") == [rows[0], rows[2]]
    assert find(rows, subject="1", label="B") == [rows[2]]
    assert find(rows, subject="3") == []
    assert find(rows) == rows


def test_origins_stand_from_the_nearest_to_the_patient_to_the_farthest():
    rows = [a_row(origin="simulated, published"), a_row(origin="entered"), a_row(origin=""), a_row(origin="published")]
    assert origins_of(rows) == ("entered", "published", "simulated")
    assert origins_of([]) == ()
