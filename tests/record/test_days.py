"""Study days, epochs and the baseline flag."""

import pytest

from tests.support.records import a_record, column, columns

EX = "USUBJID | EXTRT | EXSTDTC\nT-1 | MSC | 2020-02-11T09:00\nT-1 | MSC | 2020-02-14"


def vs(*rows, columns_="VSDTC"):
    drawn = [f"T-1 | PULSE | 7{number} | beats/min | {row}" for number, row in enumerate(rows)]
    return "\n".join([f"USUBJID | VSTESTCD | VSORRES | VSORRESU | {columns_}", *drawn])


@pytest.mark.parametrize(
    ("when", "day", "epoch"),
    [
        ("2020-02-09", -2, "SCREENING"),
        ("2020-02-10", -1, "SCREENING"),
        ("2020-02-11", 1, "TREATMENT"),
        ("2020-02-11T23:59", 1, "TREATMENT"),
        ("2020-02-12", 2, "TREATMENT"),
        ("2020-02-14", 4, "TREATMENT"),
        ("2020-02-15", 5, "FOLLOW-UP"),
        ("2020-02", None, None),
        ("2020---11", None, None),
        ("", None, None),
        ("2020-02-12T01:00+08:00", 2, "TREATMENT"),
    ],
)
def test_days_count_from_the_first_infusion_without_a_day_0(tmp_path, when, day, epoch):
    assert columns(a_record(tmp_path, EX=EX, VS=vs(when)), "VS", "VSDY", "EPOCH") == [(day, epoch)]


def test_start_and_end_have_days_of_their_own_and_the_start_places_the_row(tmp_path):
    record = a_record(tmp_path, EX=EX, CM="USUBJID | CMTRT | CMSTDTC | CMENDTC\nT-1 | Heparin | 2020-02-10 | 2020-02-15")
    assert columns(record, "CM", "CMSTDY", "CMENDY", "EPOCH") == [(-1, 5, "SCREENING")]


def test_after_an_undated_last_infusion_no_epoch_is_known(tmp_path):
    record = a_record(tmp_path, EX=EX + "\nT-1 | MSC | ", VS=vs("2020-02-10", "2020-02-20"))
    assert columns(record, "VS", "VSDY", "EPOCH") == [(-1, "SCREENING"), (10, None)]


def test_where_the_first_infusion_may_be_another_nothing_is_counted(tmp_path):
    record = a_record(tmp_path, EX=EX + "\nT-1 | MSC | 2020-02", VS=vs("2020-02-10"))
    assert columns(record, "VS", "VSDY", "EPOCH", "VSBLFL") == [(None, None, None)]


def test_reference_dates_stand_on_the_subject(tmp_path):
    record = a_record(tmp_path, EX=EX)
    assert columns(record, "DM", "RFSTDTC", "RFXSTDTC", "RFXENDTC") == [("2020-02-11T09:00", "2020-02-11T09:00", "2020-02-14")]


@pytest.mark.parametrize(
    ("dates", "baseline"),
    [
        (["2020-02-09", "2020-02-10", "2020-02-12"], 1),
        (["2020-02-10", "2020-02-11"], 1),  # a date alone does not say after
        (["2020-02-10", "2020-02-11T08:59", "2020-02-11T09:01"], 1),
        (["2020-02-11T09:00", "2020-02-11T09:01:30"], 0),
        (["2020-02-11T08", "2020-02-11T10"], 0),
        (["2020-02-11T09"], 0),  # the hour of the infusion: not known to be later
        (["2020-02-11T07:00", "2020-02-11"], 0),  # of one day, the timed value is the later known
        ([" 2020-02-10", "2020-02-09"], 0),
        (["2020-02-10", "2020-02", ""], 0),
        (["2020-02-12"], None),
    ],
)
def test_the_baseline_is_the_last_value_not_known_to_be_after_the_start(tmp_path, dates, baseline):
    flags = column(a_record(tmp_path, EX=EX, VS=vs(*dates)), "VS", "VSBLFL")
    assert [place for place, flag in enumerate(flags) if flag] == ([] if baseline is None else [baseline])


def test_a_zone_beside_the_time_does_not_move_the_baseline(tmp_path):
    ex = "USUBJID | EXTRT | EXSTDTC\nT-1 | MSC | 2020-02-11T09:00+08:00"
    record = a_record(tmp_path, EX=ex, VS=vs("2020-02-11T08:00+08:00", "2020-02-11T09:10+08:00"))
    assert column(record, "VS", "VSBLFL") == ["Y", None]


def test_planned_minutes_after_the_start_are_no_baseline_and_the_last_before_it_is(tmp_path):
    rows = ["2020-02-11 | BEFORE | -5 | I1", "2020-02-11 | BEFORE | -30 | I1", "2020-02-11 | AFTER | 15 | I1"]
    table = vs(*rows, columns_="VSDTC | VSTPT | VSTPTNUM | VSTPTREF")
    record = a_record(tmp_path, EX="USUBJID | EXTRT | EXSTDTC\nT-1 | MSC | 2020-02-11", VS=table)
    assert column(record, "VS", "VSBLFL") == ["Y", None, None]


def test_each_series_has_a_baseline_of_its_own(tmp_path):
    record = a_record(
        tmp_path,
        EX=EX,
        MB="""
            USUBJID | MBTESTCD | MBTSTDTL                    | MBORRES  | MBLOC       | MBDTC
            T-1     | SAR2RNA  | DETECTION                   | POSITIVE | NASOPHARYNX | 2020-02-09
            T-1     | SAR2RNA  | DETECTION                   | POSITIVE | NASOPHARYNX | 2020-02-10
            T-1     | SAR2RNA  | DETECTION                   | NEGATIVE | ANUS        | 2020-02-09
            T-1     | SAR2RNA  | QUANTIFICATION CYCLE NUMBER | 31       | NASOPHARYNX | 2020-02-09
        """,
    )
    assert column(record, "MB", "MBBLFL") == [None, "Y", "Y", "Y"]


def test_a_value_not_done_is_no_baseline(tmp_path):
    table = """
        USUBJID | VSTESTCD | VSORRES | VSORRESU  | VSSTAT   | VSDTC
        T-1     | PULSE    | 70      | beats/min |          | 2020-02-09
        T-1     | PULSE    |         |           | NOT DONE | 2020-02-10
    """
    assert column(a_record(tmp_path, EX=EX, VS=table), "VS", "VSBLFL") == ["Y", None]


def test_every_subject_has_its_own_first_infusion(tmp_path):
    record = a_record(
        tmp_path,
        DM="USUBJID\nT-2\nT-1\nT-3",
        EX="USUBJID | EXTRT | EXSTDTC\nT-1 | MSC | 2020-02-11\nT-2 | MSC | 2020-02-13",
        VS="""
            USUBJID | VSTESTCD | VSORRES | VSORRESU  | VSDTC
            T-1     | PULSE    | 70      | beats/min | 2020-02-12
            T-2     | PULSE    | 70      | beats/min | 2020-02-12
            T-3     | PULSE    | 70      | beats/min | 2020-02-12
        """,
    )
    assert columns(record, "VS", "VSDY", "VSBLFL") == [(2, None), (-1, "Y"), (None, None)]
