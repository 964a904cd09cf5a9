"""Dates as collected → days, times of day and study days."""

from datetime import date

import polars as pl
import pytest

from cordside.record.dates import clock_of, derive_dates, read_date, study_day, study_days

FIRST = date(2020, 2, 11)


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("2020-02-29", "2020-02-29", None),
        (" 2020-02-11 ", "2020-02-11", None),
        ("2020-02-11T08", "2020-02-11", "08"),
        ("2020-02-11T08:30:15+08:00", "2020-02-11", "08:30:15"),
        ("2020-02-11T08:30Z", "2020-02-11", "08:30"),
        ("2020-02", None, None),
        ("2020---11", None, None),
        ("2019-02-29", None, None),
        ("11.2.2020", None, None),
        ("", None, None),
    ],
)
def test_a_day_is_known_only_where_year_month_and_day_are(text, day, clock):
    assert [str(found) if found else None for found in derive_dates(pl.Series([text], dtype=pl.String))] == [day]
    assert clock_of(text) == clock


@pytest.mark.parametrize(
    ("when", "day"),
    [("2020-02-11", 1), ("2020-02-12", 2), ("2020-02-10", -1), ("2019-02-11", -365), ("2021-02-11", 367)],
)
def test_study_days_have_no_day_0(when, day):
    assert study_day(date.fromisoformat(when), FIRST) == day
    frame = pl.DataFrame({"when": [date.fromisoformat(when), None], "first": [FIRST, FIRST]})
    assert frame.select(study_days(pl.col("when"), pl.col("first")))["when"].to_list() == [day, None]


def test_without_a_date_or_a_reference_there_is_no_day():
    assert (study_day(None, FIRST), study_day(FIRST, None)) == (None, None)


def test_a_partial_date_decides_only_what_it_decides():
    assert read_date("2020-01").is_before(read_date("2020-02-11"))
    assert not read_date("2020-02").is_before(read_date("2020-02-11"))
    assert not read_date("2020-02-11").is_before(read_date("2020-02"))
    assert not read_date(None).is_before(read_date("2020"))
