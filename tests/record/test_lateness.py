"""Hours from the start of the last infusion to an event."""

import pytest

from tests.support.records import a_record, column

EX = "USUBJID | EXTRT | EXSTDTC\nT-1 | MSC | 2020-02-14T09:00\nT-1 | MSC | 2020-02-11T09:00"


def ae(when):
    return f"USUBJID | AETERM | AESEV | AESER | AESTDTC\nT-1 | Fever | MILD | N | {when}"


@pytest.mark.parametrize(
    ("when", "hours"),
    [
        ("2020-02-11T10:30", 1.5),
        ("2020-02-11T09:00", 0.0),
        ("2020-02-14T08:00", 71.0),
        ("2020-02-14T09:30:36", 0.51),
        ("2020-02-13T24:00", 63.0),
        ("2020-02-11T08:59", None),
        ("2020-02-11T10", None),
        ("2020-02-12", None),
        ("2020-02-11T10:30Z", None),
        ("", None),
    ],
)
def test_hours_count_from_the_last_infusion_before_the_event(tmp_path, when, hours):
    assert column(a_record(tmp_path, EX=EX, AE=ae(when)), "AE", "AELATH") == [pytest.approx(hours) if hours is not None else None]


def test_times_of_one_zone_have_a_difference(tmp_path):
    ex = "USUBJID | EXTRT | EXSTDTC\nT-1 | MSC | 2020-02-11T09:00+08:00"
    assert column(a_record(tmp_path, EX=ex, AE=ae("2020-02-11T10:00+08:00")), "AE", "AELATH") == [1.0]
    assert column(a_record(tmp_path, EX=ex, AE=ae("2020-02-11T10:00+09:00")), "AE", "AELATH") == [None]


def test_supplied_hours_are_compared_with_ours_and_stand_where_we_have_none(tmp_path):
    table = """
        USUBJID | AETERM | AESEV | AESER | AESTDTC          | AELATH
        T-1     | Fever  | MILD  | N     | 2020-02-11T10:00 | 4
        T-1     | Rash   | MILD  | N     |                  | 5
    """
    record = a_record(tmp_path, EX=EX, AE=table)
    assert column(record, "AE", "AELATH") == [1.0, 5.0]
    assert [(problem.row, problem.variable) for problem in record.problems] == [(2, "AELATH")]
