"""One line a subject, and its images."""

import pytest

from cordside.results import find
from tests.support.analysed import analysed, only

PLAN = """
visits:
  BEFORE: {label: Before treatment, day: not_published}
  AFTER: {label: After treatment, day: not_published}
analyses:
  - {kind: timeline, id: line, title: Line, swabs: MB.SAR2RNA, stay: HO.HOSPITAL STAY, visits: [BEFORE, AFTER]}
  - {kind: images, id: pictures, title: Pictures, item: RE.GGOIND, before: BEFORE, after: AFTER}
"""
TABLES = {
    "DM": "USUBJID | SUBJID\nT-1 | 1\nT-2 | 2",
    "EX": "USUBJID | EXTRT | EXSTDTC | DERIVED\nT-1 | MSC | 2020-02-10 |\nT-1 | MSC | 2020-02-13 | EXSTDTC",
    "MB": "USUBJID | MBTESTCD | MBTSTDTL | MBORRES | MBLOC | MBDTC\nT-1 | SAR2RNA | DETECTION | NEGATIVE | ANUS | 2020-02-14",
    "HO": """
        USUBJID | HOTERM | HODECOD       | HODUR | HOSTDTC    | HOENDTC
        T-1     | Stay   | HOSPITAL STAY |       | 2020-02-08 | 2020-02-20
        T-2     | Stay   | HOSPITAL STAY | P19D  |            |
    """,
    "SV": "USUBJID | VISIT | SVSTDTC\nT-1 | AFTER | 2020-02-18\nT-2 | AFTER | 2020-02-18",
    "RE": """
        USUBJID | RETESTCD | REORRES | REMETHOD | VISIT  | REXFN
        T-1     | GGOIND   | Y       | CT SCAN  | BEFORE | files/a.png
        T-1     | GGOIND   | N       | CT SCAN  | AFTER  |
    """,
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return analysed(tmp_path_factory.mktemp("line"), PLAN, **TABLES)


def test_a_line_counts_days_after_the_first_infusion(rows):
    found = [
        (row.variable, row.statistic, row.label, row.level, row.visit, row.value) for row in find(rows, analysis="line", subject="T-1")
    ]
    assert found == [
        ("HO", "value", "Hospital stay", "", "", 12),
        ("HO", "start", "Hospital stay", "", "2020-02-08", -2),
        ("HO", "end", "Hospital stay", "", "", 10),
        ("EX", "value", "Infusion 1", "", "2020-02-10", 0),
        ("EX", "value", "Infusion 2", "derived", "2020-02-13", 3),
        ("MB", "value", "Swab", "ANUS", "2020-02-14", 4),
        ("SV", "value", "Before treatment", "BEFORE", "", None),
        ("SV", "value", "After treatment", "AFTER", "2020-02-18", 8),
    ]


def test_an_undated_stay_has_its_length_only(rows):
    found = find(rows, analysis="line", subject="T-2", variable="HO")
    assert [(row.statistic, row.value, row.unit) for row in found] == [("value", 19, "days")]


def test_without_a_first_infusion_there_is_no_day_to_count_from(rows):
    row = only(rows, analysis="line", subject="T-2", level="AFTER")
    assert (row.value, row.warning) == (None, "no first infusion is recorded to count from")


def test_an_image_is_the_file_that_a_row_names(rows):
    found = [(row.subject, row.level, row.text, row.warning) for row in find(rows, analysis="pictures")]
    assert found == [
        ("T-1", "before", "files/a.png", ""),
        ("T-1", "after", "", "no image"),
        ("T-2", "before", "", "no image"),
        ("T-2", "after", "", "no image"),
    ]


def test_nothing_recorded_gives_one_row(tmp_path):
    rows = analysed(tmp_path, PLAN, DM=TABLES["DM"])
    assert only(rows, analysis="line").error == "no stay, infusion, swab or visit is recorded"
