"""Days on which an infusion may be given, with the rule for a missed dose."""

from datetime import date

import pytest

from cordside.protocol.regimen import Regimen
from cordside.record.windows import windows_of
from tests.support.records import a_record, columns

FIRST = date(2026, 1, 1)


def a_regimen(missed=None, window=(0, 1)):
    """Infusions on days 1, 4 and 7."""
    unknown = dict.fromkeys(("dose", "vehicle", "volume_ml", "route", "maximum", "caps"), "not_published")
    return Regimen(treatment="MSC", days=[1, 4, 7], window=list(window), missed_dose=missed or "not_published", **unknown)


@pytest.mark.parametrize(
    ("missed", "number", "windows"),
    [
        (None, 2, [("2026-01-04", "2026-01-05")]),
        ({"rule": "skip"}, 2, [("2026-01-04", "2026-01-05"), ("2026-01-07", "2026-01-08")]),
        ({"rule": "delay", "delay_days": 3}, 2, [("2026-01-04", "2026-01-07")]),
        ({"rule": "delay", "delay_days": 0}, 2, [("2026-01-04", "2026-01-05")]),
        ({"rule": "stop"}, 3, [("2026-01-07", "2026-01-08")]),
    ],
)
def test_the_windows_of_an_infusion(missed, number, windows):
    found = windows_of(number, a_regimen(missed), FIRST)
    assert [(first.isoformat(), last.isoformat()) for first, last in found] == windows


def test_the_first_infusion_and_one_that_is_not_planned_have_no_window():
    assert windows_of(1, a_regimen(), FIRST) is None
    assert windows_of(4, a_regimen(), FIRST) is None
    assert windows_of(2, a_regimen(), None) is None


@pytest.mark.parametrize(
    ("missed", "days", "codes"),
    [
        ("not_published", ["2026-01-01", "2026-01-06"], ["out_of_window"]),
        ("{rule: delay, delay_days: 2}", ["2026-01-01", "2026-01-06"], []),
        ("{rule: delay, delay_days: 2}", ["2026-01-01", "2026-01-07"], ["out_of_window"]),
        ("{rule: skip}", ["2026-01-01", "2026-01-07"], []),
    ],
)
def test_a_dose_that_is_late_by_the_protocols_rule_is_no_deviation(tmp_path, missed, days, codes):
    keys = "dose: not_published, vehicle: not_published, volume_ml: not_published, route: not_published, maximum: 3, caps: not_published"
    parts = f"regimen: {{treatment: MSC, days: [1, 4, 7], window: [0, 1], missed_dose: {missed}, {keys}}}\n"
    record = a_record(tmp_path, parts, EX="USUBJID | EXTRT | EXSTDTC\n" + "\n".join(f"T-1 | MSC | {day}" for day in days))
    assert [code for (code,) in columns(record, "DV", "DVDECOD")] == codes
