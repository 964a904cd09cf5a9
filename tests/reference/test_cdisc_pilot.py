"""The CDISC pilot takes the ordinary road: study folder, record, cut, result rows, tables, report."""

import warnings

import pytest

from cordside.analysis.run import analyse
from cordside.record.cut import open_study, write_cut
from cordside.results import find
from tests.reference.pilot.study import ADAM, unknown_files
from tests.reference.pilot.tables import pilot

PUBLISHED = ("14-2.01", "14-3.01", "14-5.01", "14-6.01", "14-7.03")


def test_what_is_no_domain_of_ours_is_said_aloud():
    record = pilot().record
    left_out = unknown_files()
    warnings.warn(f"no domain of Cordside, so not read: {', '.join(left_out)}", stacklevel=1)
    assert left_out == [
        "relrec",
        "sc",
        "se",
        *(f"supp{name}" for name in ("ae", "dm", "ds", "lbch", "lbhe", "lbur")),
        "ta",
        "te",
        "ti",
        "ts",
        "tv",
    ]
    assert sorted(record.rows) == ["AE", "CM", "DM", "DS", "EX", "LB", "MH", "QS", "SV", "VS"]


def test_every_declared_dataset_is_read_and_belongs_to_the_digest():
    record = pilot().record
    assert set(record.datasets) == set(ADAM)
    assert record.datasets["adsl"].frame.height == 254
    assert set(record.dataset_digests) == set(ADAM)


def test_each_published_table_is_drawn_in_full():
    tables = pilot().tables
    assert set(PUBLISHED) <= set(tables)
    assert all(not tables[number].empty for number in PUBLISHED)
    assert len(tables["14-5.01"].rows) == 254


def test_every_cell_leads_to_rows_of_a_dataset():
    for number in PUBLISHED:
        for row, column, cell in pilot().tables[number].cells():
            if any(mark.isdigit() for mark in cell.text):
                assert any(source.startswith("analysis_data/") for source in cell.sources), (number, row, column)


def test_no_statistic_failed_unless_there_was_nothing_to_compare():
    errors = {row.error for row in pilot().results if row.table in PUBLISHED and row.error}
    assert errors <= {"nobody had it in either arm"}


@pytest.mark.slow
def test_a_cut_of_the_study_gives_the_same_rows(tmp_path):
    record = pilot().record
    write_cut(record, tmp_path, software="test")
    opened = open_study(tmp_path)
    assert opened.digest == record.digest
    rows = analyse(opened)
    assert [find(rows, table=number) for number in PUBLISHED] == [find(pilot().results, table=number) for number in PUBLISHED]
