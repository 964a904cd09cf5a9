"""Moments: what is known of an instant, and no more."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.product.times import EVER, instant, shown, span_of, zone_of

BERLIN = zone_of("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "zone", "first", "last"),
    [
        ("2026-01-05T14:30:00Z", None, "2026-01-05T14:30:00", "2026-01-05T14:30:00"),
        ("2026-01-05T14:30+08:00", BERLIN, "2026-01-05T06:30:00", "2026-01-05T06:30:00"),
        ("2026-01-05T14:30", BERLIN, "2026-01-05T13:30:00", "2026-01-05T13:30:00"),
        ("2026-07-05T14:30", BERLIN, "2026-07-05T12:30:00", "2026-07-05T12:30:00"),
        ("2026-01-05T14", UTC, "2026-01-05T14:00:00", "2026-01-05T14:59:59"),
        ("2026-01-05", UTC, "2026-01-05T00:00:00", "2026-01-05T23:59:59"),
        ("2026-02", UTC, "2026-02-01T00:00:00", "2026-02-28T23:59:59"),
        ("2026", UTC, "2026-01-01T00:00:00", "2026-12-31T23:59:59"),
        ("2026---05", UTC, "2026-01-01T00:00:00", "2026-12-31T23:59:59"),
        ("2026-01-05T14:30", None, "2026-01-05T00:30:00", "2026-01-06T02:30:00"),
        ("2026-01-05T24:00", UTC, "2026-01-06T00:00:00", "2026-01-06T00:00:00"),
    ],
)
def test_a_date_is_the_span_of_instants_that_it_may_be(text, zone, first, last):
    found = span_of(text, zone)
    assert (found.first, found.last) == (datetime.fromisoformat(first + "+00:00"), datetime.fromisoformat(last + "+00:00"))
    assert found.is_known == (first == last)


@pytest.mark.parametrize("text", ["", None, "soon", "--12-15", "11/02/2020"])
def test_of_a_moment_without_a_year_nothing_is_known(text):
    assert span_of(text, UTC) is EVER
    assert instant(text) is None


@given(st.text(alphabet="0123456789-T:Z+ ", max_size=25))
def test_no_text_breaks_it(text):
    found = span_of(text, BERLIN)
    assert found.first <= found.last


def test_an_instant_of_a_product_file_counts_from_its_beginning_and_is_shown_in_utc():
    assert instant("2026-01-05") == datetime(2026, 1, 5, tzinfo=UTC)
    assert shown(datetime(2026, 1, 5, 14, 30, tzinfo=UTC)) == "2026-01-05 14:30 UTC"


def test_a_zone_that_does_not_exist_is_not_known():
    assert zone_of("Nowhere/Land") is None
    assert zone_of(None) is None
