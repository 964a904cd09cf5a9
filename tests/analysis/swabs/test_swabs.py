"""The swab table."""

from tests.support.analysed import analysed, only, texts

PLAN = """
conventions: {dates: month.day}
analyses:
  - kind: swabs
    id: swabs
    title: Swabs
    item: MB.SAR2RNA
    subject: Case {SUBJID}
    places:
      - {label: Nose, location: NASOPHARYNX}
      - {label: Anal, location: ANUS}
"""
DM = """
    USUBJID | SUBJID
    T-1     | 1
    T-2     | 2
"""
EX = """
    USUBJID | EXTRT | EXSTDTC
    T-1     | MSC   | 2020-02-17
"""
MB = """
    USUBJID | MBTESTCD | MBTSTDTL  | MBORRES       | MBSTAT   | MBLOC       | MBDTC
    T-1     | SAR2RNA  | DETECTION | POSITIVE      |          |             | 2020-02-08
    T-1     | SAR2RNA  | DETECTION | POSITIVE      |          |             | 2020-02-11
    T-1     | SAR2RNA  | DETECTION | NEGATIVE      |          | NASOPHARYNX | 2020-03-01
    T-1     | SAR2RNA  | DETECTION | POSITIVE      |          | ANUS        | 2020-02-21
    T-1     | SAR2RNA  | DETECTION |               | NOT DONE | NASOPHARYNX | 2020-02-21
    T-1     | SAR2RNA  | DETECTION | INDETERMINATE |          | NASOPHARYNX | 2020-02-25
    T-1     | SAR2RNA  | DETECTION | NEGATIVE      |          | OROPHARYNX  | 2020-02-25
    T-1     | SAR2RNA  | DETECTION | NEGATIVE      |          | ANUS        | 2020-02
"""


def test_every_swab_stands_by_date_and_place_beside_the_last_positive_and_the_first_dose(tmp_path):
    rows = analysed(tmp_path, PLAN, DM=DM, EX=EX, MB=MB)
    found = [(row.level, row.visit, row.text, row.value) for row in rows if row.subject == "T-1" and row.analysis == "swabs"]
    assert found == [
        ("positive", "", "Positive 2.11", 1),
        ("first dose", "", "2.17", None),
        ("Nose", "2020-02-21", "NA", None),
        ("Anal", "2020-02-21", "Positive", 1),
        ("Nose", "2020-02-25", "Indeterminate", None),
        ("Anal", "2020-02-25", "NA", None),
        ("Nose", "2020-03-01", "Negative", 0),
        ("Anal", "2020-03-01", "NA", None),
        ("", "", "0", 0),
    ]


def test_swabs_that_cannot_be_shown_are_counted(tmp_path):
    row = only(analysed(tmp_path, PLAN, DM=DM, EX=EX, MB=MB), analysis="swabs", statistic="n")
    assert row.n_missing == 3
    assert row.warning == "1 swabs without a full date are not shown; 2 swabs at other places are not shown"


def test_a_subject_without_infusion_or_swab_has_dashes_with_a_reason(tmp_path):
    rows = [row for row in analysed(tmp_path, PLAN, DM=DM, EX=EX, MB=MB) if row.analysis == "swabs" and row.subject == "T-2"]
    assert [(row.text, row.warning) for row in rows] == [("-", "no first infusion is recorded")] * 2


def test_two_swabs_of_a_day_and_place_show_the_positive_and_say_so(tmp_path):
    twice = """
        USUBJID | MBTESTCD | MBTSTDTL  | MBORRES  | MBLOC | MBDTC            | MBSPID
        T-1     | SAR2RNA  | DETECTION | POSITIVE | ANUS  | 2020-02-21T08:00 | 1
        T-1     | SAR2RNA  | DETECTION | NEGATIVE | ANUS  | 2020-02-21T18:00 | 2
    """
    row = only(analysed(tmp_path, PLAN, DM=DM, EX=EX, MB=twice), analysis="swabs", level="Anal")
    assert (row.text, row.warning) == ("Positive", "2 swabs: Positive, Negative")


def test_dates_are_iso_unless_the_protocol_says_otherwise(tmp_path):
    rows = analysed(tmp_path, PLAN.replace("month.day", "iso"), DM=DM, EX=EX, MB=MB)
    assert texts(rows, level="positive", subject="T-1") == ["Positive 2020-02-11"]
