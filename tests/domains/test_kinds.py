"""How the text of one value is read."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cordside.domains import kinds
from cordside.domains.kinds import Kind, PartialDate, Unreadable, duration_days

KINDS = [kind for kind in vars(kinds).values() if isinstance(kind, Kind)]

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
almost_sound = st.text(alphabet="0123456789-+.,:TPYMWDHSZeE <>/NA０１年月", min_size=1, max_size=24)

partial_dates = st.builds(
    PartialDate,
    *(st.one_of(st.none(), part) for part in (st.integers(2019, 2021), st.integers(1, 3), st.integers(1, 3), *[st.integers(0, 2)] * 3)),
)


def test_all_kinds_are_tried():
    names = {"text", "number", "integer", "date", "duration", "result", "instant", "deadline", "count", "millilitres"}
    assert {kind.name for kind in KINDS} == names


@pytest.mark.parametrize(
    ("kind", "text", "problem", "remedy"),
    [
        (kinds.count, "-5", "-5 is negative", "check the count in the source"),
        (kinds.count, "1.5", "1.5 is not a whole number", "write a whole number"),
        (kinds.millilitres, "-0.5", "-0.5 mL is negative", "check the volume in the source"),
        (kinds.millilitres, "28.5005", "28.5005 mL has more than three decimals", "write whole microlitres as mL"),
        (kinds.instant, "2026-01-05T10:00", "2026-01-05T10:00 is not in UTC", "convert it to UTC and write Z behind it"),
        (kinds.instant, "2026-01-05T10:00+08:00", "is not in UTC", "write 2026-01-05T02:00:00Z"),
        (kinds.deadline, "2026-01-05 10:00Z", "is not a date", "write year-month-day"),
    ],
)
def test_what_is_no_amount_and_no_instant_is_refused_with_the_way_to_mend_it(kind, text, problem, remedy):
    with pytest.raises(Unreadable) as refused:
        kind.read(text)
    assert problem in refused.value.problem
    assert remedy in refused.value.remedy


def test_an_instant_may_be_known_in_part_and_a_volume_ends_in_zeros():
    assert kinds.instant.read("2026-01") == PartialDate(2026, 1)
    assert kinds.instant.read("2026-01-05T09:00:00Z") == PartialDate(2026, 1, 5, 9, 0, 0)
    assert kinds.millilitres.read("28.5000") == Decimal("28.5")
    assert kinds.count.read("0") == 0


@each_kind
@given(text=st.one_of(st.text(min_size=1), almost_sound))
@example(text="0000-01-01")
@example(text="2020-00-11")
@example(text="9" * 5000)
@example(text="1e999")
@example(text="x" * 20_001)
@example(text="-")
def test_any_text_is_read_or_refused_in_words(kind, text):
    try:
        value = kind.read(text)
    except Unreadable as unreadable:
        assert all(part.strip() for part in (unreadable.problem, unreadable.allowed, unreadable.remedy))
    else:
        assert value is not None


@given(text=almost_sound)
def test_a_date_that_is_read_is_in_the_calendar(text):
    try:
        read = kinds.dtc.read(text)
    except Unreadable:
        return
    assert read.date is None or isinstance(read.date, date)
    assert any(part is not None for part in read.parts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2020", (2020,)),
        ("2020-02", (2020, 2)),
        ("2020-02-11", (2020, 2, 11)),
        ("2020-02-11T14", (2020, 2, 11, 14)),
        ("2020-02-11T14:20", (2020, 2, 11, 14, 20)),
        ("2020-02-11T14:20:05.5+08:00", (2020, 2, 11, 14, 20, 5)),
        ("2020-02-29", (2020, 2, 29)),
        ("2020---11", (2020, None, 11)),
        ("--12-15", (None, 12, 15)),
        (" 2020-02-11 ", (2020, 2, 11)),
    ],
)
def test_a_partial_date_is_sound(text, parts):
    assert kinds.dtc.read(text) == PartialDate(*parts)


@pytest.mark.parametrize(
    ("text", "problem", "remedy"),
    [
        ("11/02/2020", "is not a date", "write 2020-11-02 for 2 November or 2020-02-11 for 11 February"),
        ("2.11", "is not a date", "write YYYY-02-11 for 11 February or YYYY-11-02 for 2 November"),
        ("2020/2/11", "is not a date", "write 2020-02-11 for 11 February"),
        ("2020-2-11", "is not a date", "write 2020-02-11 for 11 February"),
        ("yesterday", "is not a date", "year-month-day"),
        ("2020-02-30", "is not in the calendar", "check day and month"),
        ("2021-02-29", "is not in the calendar", "check day and month"),
        ("2020-00-11", "is not in the calendar", "check day and month"),
        ("2020-02-00", "is not in the calendar", "check day and month"),
        ("0000-02-11", "is not in the calendar", "check day and month"),
        ("2020-02-11T25:00", "is not a time of day", "hours from 00 to 23"),
        ("2020-02-11T24:01", "is not a time of day", "hours from 00 to 23"),
        ("２０２０-02-11", "is not a date", "year-month-day"),
        ("-", "says nothing of the date", "leave the cell empty"),
    ],
)
def test_a_date_that_cannot_be_read_says_what_to_write(text, problem, remedy):
    with pytest.raises(Unreadable) as refused:
        kinds.dtc.read(text)
    assert problem in refused.value.problem
    assert remedy in refused.value.remedy


@pytest.mark.parametrize(
    ("text", "value"),
    [("6.72", "6.72"), ("0.50", "0.50"), ("+1", "1"), ("-3", "-3"), (".5", "0.5"), ("5.", "5"), ("3e7", "3E+7"), (" 98 ", "98")],
)
def test_a_number_keeps_its_digits(text, value):
    assert str(kinds.number.read(text)) == value


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("６.72", "write 6.72 in plain digits"),
        ("6,72", "write 6.72 if the comma is a decimal sign"),
        ("NA", "leave the cell empty"),
        ("n/a", "leave the cell empty"),
        ("<0.50", "digits with a point"),
        ("1 000", "digits with a point"),
        ("98%", "digits with a point"),
        ("inf", "digits with a point"),
        ("1_000", "digits with a point"),
    ],
)
def test_what_is_no_number_says_what_to_write(text, remedy):
    with pytest.raises(Unreadable) as refused:
        kinds.number.read(text)
    assert remedy in refused.value.remedy


def test_a_whole_number_has_no_fraction():
    assert kinds.integer.read("3.0") == 3
    with pytest.raises(Unreadable, match="3.5 is not a whole number"):
        kinds.integer.read("3.5")


@pytest.mark.parametrize("text", ["<0.50", "NEGATIVE", "６.72", "  "])
def test_a_result_is_kept_as_reported(text):
    assert kinds.result.read(text) == text


@pytest.mark.parametrize(
    ("text", "days"),
    [
        *[("P19D", "19"), ("P2W", "14"), ("PT12H", "0.5"), ("P1DT12H", "1.5"), ("-P3D", "-3"), ("P0D", "0"), ("PT36M", "0.025")],
        *[("P1M", None), ("P1Y2D", None)],
    ],
)
def test_a_duration_in_days(text, days):
    assert kinds.duration.read(text) == text
    found = duration_days(text)
    assert found is None if days is None else abs(found - Decimal(days)) < Decimal("1e-20")


@pytest.mark.parametrize("text", ["19", "19 days", "P", "PT", "P1DT", "D19", "P1H", "P1W2D"])
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(Unreadable):
        kinds.duration.read(text)


@pytest.mark.parametrize(
    ("first", "second", "before"),
    [
        ("2020-02-11", "2020-02-12", True),
        ("2020-02-12", "2020-02-11", False),
        ("2020-02-11", "2020-02-11", False),
        ("2020-02", "2020-02-11", False),
        ("2020-02-11", "2020-02", False),
        ("2020-01", "2020-02-11", True),
        ("2020-02-11T09:00", "2020-02-11T10", True),
        ("2020-02-11", "2020-02-11T10", False),
        ("2019", "2020---11", True),
        ("2020---10", "2020---11", False),
    ],
)
def test_an_unknown_part_decides_nothing(first, second, before):
    assert kinds.dtc.read(first).is_before(kinds.dtc.read(second)) is before


@given(a=partial_dates)
def test_no_date_is_before_itself(a):
    assert not a.is_before(a)


@given(a=partial_dates, b=partial_dates)
def test_of_two_dates_at_most_one_is_before_the_other(a, b):
    assert not (a.is_before(b) and b.is_before(a))


@given(dates=st.lists(partial_dates, min_size=3, max_size=12))
def test_before_is_transitive(dates):
    for a in dates:
        for b in (b for b in dates if a.is_before(b)):
            assert all(a.is_before(c) for c in dates if b.is_before(c))
