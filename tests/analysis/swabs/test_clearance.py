"""Days to negativity: the five published patients, and swabs that are awkward."""

import pytest

from tests.support.analysed import analysed, only
from tests.support.folders import rows as drawn

PLAN = """
analyses:
  - {kind: clearance, id: clearance, title: Clearance, item: MB.SAR2RNA}
"""
FIRST_DOSES = {"1": "02-17", "2": "02-13", "3": "02-09", "4": "02-15", "5": "02-11"}
# Swabs of the five patients: the positive before treatment (no place published), then N nasopharynx, A anus.
SWABS = {
    "1": "02-11 + | 02-21 N- A- | 02-25 N- A-",
    "2": "02-11 + | 02-21 N- | 02-22 A+ | 02-24 N+ | 02-25 A+ | 02-28 N- A+ | 03-01 N- | 03-09 N-",
    "3": "02-06 + | 02-19 N- | 02-21 N- | 02-22 N- A- | 02-28 N- A-",
    "4": "02-14 + | 02-16 N+ | 02-19 N- | 02-22 N- A- | 02-25 N- A- | 02-28 N- A-",
    "5": "02-10 + | 02-16 N- | 02-21 N+ | 02-25 N- | 02-28 N- A- | 03-02 N- A-",
}
PLACES = {"N": "NASOPHARYNX", "A": "ANUS", "": ""}
WORKED = """
    subject | first-negative | two-negatives | NASOPHARYNX | ANUS
    1       | 4 [-6, 4]      | 4 [-6, 4]     | 4 [–, 4]    | 4 [–, 4]
    2       | 8 [-2, 8]      | 17 [15, 17]   | 15 [11, 15] | not cleared by day 15
    3       | 10 [-3, 10]    | 10 [-3, 10]   | 10 [–, 10]  | 13 [–, 13]
    4       | 4 [1, 4]       | 4 [1, 4]      | 4 [1, 4]    | 7 [–, 7]
    5       | 5 [-1, 5]      | 14 [10, 14]   | 14 [10, 14] | 17 [–, 17]
"""


def table(columns, lines):
    return "\n".join([" | ".join(columns), *(" | ".join(line) for line in lines)])


def swab_rows(swabs):
    """SWABS as rows of MB."""
    for subject, days in swabs.items():
        for day in days.split("|"):
            date, *results = day.split()
            for result in results:
                word = "POSITIVE" if result[-1] == "+" else "NEGATIVE"
                yield (f"T-{subject}", "SAR2RNA", "DETECTION", word, PLACES[result[:-1]], date if "2020" in date else f"2020-{date}")


def cleared(folder, swabs, doses, plan=PLAN):
    subjects = [(f"T-{subject}", subject) for subject in {**swabs, **doses}]
    infusions = [(f"T-{subject}", "MSC", f"2020-{day}") for subject, day in doses.items()]
    tables = {"DM": table(["USUBJID", "SUBJID"], subjects)}
    if infusions:
        tables["EX"] = table(["USUBJID", "EXTRT", "EXSTDTC"], infusions)
    if swabs:
        tables["MB"] = table(["USUBJID", "MBTESTCD", "MBTSTDTL", "MBORRES", "MBLOC", "MBDTC"], swab_rows(swabs))
    return analysed(folder, plan, **tables)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return cleared(tmp_path_factory.mktemp("five"), SWABS, FIRST_DOSES)


@pytest.mark.parametrize("worked", drawn(WORKED), ids=lambda row: f"case {row['subject']}")
def test_the_five_patients_clear_as_worked_by_hand(published, worked):
    subject = f"T-{worked['subject']}"
    for column, expected in worked.items():
        if column == "subject":
            continue
        where = {"level": column, "method": "two-negatives-per-specimen"} if column.isupper() else {"method": column}
        row = only(published, analysis="clearance", subject=subject, statistic="value", **where)
        assert row.text == expected
        assert row.value == (None if expected.startswith("not") else float(expected.split()[0]))


def test_the_interval_stands_in_rows_of_its_own_with_their_swabs(published):
    where = {"analysis": "clearance", "subject": "T-2", "method": "two-negatives"}
    last, first = only(published, statistic="last_positive", **where), only(published, statistic="first_negative", **where)
    assert (last.value, last.visit, last.source) == (15, "2020-02-28", ("records/mb.csv:13",))
    assert (first.value, first.visit, first.source) == (17, "2020-03-01", ("records/mb.csv:14",))


def test_a_positive_after_the_first_negative_is_said(published):
    first = {"analysis": "clearance", "method": "first-negative", "statistic": "value"}
    assert only(published, subject="T-2", **first).warning == "positive again from day 9 to day 15"
    assert only(published, subject="T-5", **first).warning == "positive again on day 10"
    assert only(published, subject="T-1", **first).warning == ""


def test_not_cleared_says_why(published):
    row = only(published, subject="T-2", level="ANUS", statistic="value", analysis="clearance")
    assert row.warning == "not cleared by day 15: last swab positive"


def test_the_protocols_own_rule_is_marked(published):
    marked = {row.method for row in published if row.convention == "named by the protocol"}
    assert marked == {"two-negatives"}


POOLED = "\nanalyses:\n  - {kind: clearance, id: clearance, title: Clearance, item: MB.SAR2RNA, rules: [two-negatives]}\n"


def pooled(folder, swabs, doses=None):
    return only(cleared(folder, {"1": swabs}, doses or {"1": "02-10"}, POOLED), analysis="clearance", statistic="value", subject="T-1")


def test_two_negatives_of_one_day_are_one(tmp_path):
    row = pooled(tmp_path, "02-08 + | 02-12 N- A-")
    assert (row.value, row.text) == (None, "not cleared by day 2")
    assert "no second negative" in row.warning


@pytest.mark.parametrize(
    ("second", "text"), [("2020-02-13T07:59", "not cleared by day 3"), ("2020-02-13T08:00", "2 [-2, 2]"), ("2020-02-13", "2 [-2, 2]")]
)
def test_24_hours_count_where_times_are_known_and_one_day_where_they_are_not(tmp_path, second, text):
    assert pooled(tmp_path, f"02-08 + | 2020-02-12T08:00 N- | {second} N-").text == text


def test_a_day_with_any_positive_is_positive(tmp_path):
    assert pooled(tmp_path, "02-08 + | 02-12 N- A+ | 02-13 N- | 02-14 N-").text == "3 [2, 3]"


def test_a_negative_on_the_day_of_the_infusion_does_not_count(tmp_path):
    assert pooled(tmp_path, "02-08 + | 02-10 N- | 02-12 N- | 02-13 N-").text == "2 [-2, 2]"


def test_without_any_positive_the_lower_limit_is_open_and_said(tmp_path):
    row = pooled(tmp_path, "02-12 N- | 02-13 N-")
    assert (row.text, row.warning) == ("2 [–, 2]", "no positive swab is recorded")


def test_a_swab_without_a_full_date_is_left_out_and_counted(tmp_path):
    row = pooled(tmp_path, "02-08 + | 2020-02 N+ | 02-12 N- | 02-13 N-")
    assert (row.text, row.n, row.n_missing) == ("2 [-2, 2]", 2, 1)
    assert "1 swabs without a date" in row.warning


def test_without_a_swab_after_treatment_or_without_treatment_there_is_a_reason(tmp_path):
    none = pooled(tmp_path / "a", "02-08 +")
    assert (none.value, none.text, none.error) == (None, "-", "no swab after the first infusion is recorded")
    untreated = only(cleared(tmp_path / "b", {"1": "02-08 +"}, {}, POOLED), analysis="clearance")
    assert (untreated.value, untreated.error) == (None, "no first infusion is recorded")


def test_a_study_without_swabs_gives_one_row_that_says_so(tmp_path):
    row = only(cleared(tmp_path, {}, {"1": "02-10"}), analysis="clearance")
    assert (row.statistic, row.value, row.error) == ("n", 0, "no swabs (MB.SAR2RNA) are recorded")
