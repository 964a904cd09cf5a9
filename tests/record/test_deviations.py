"""Infusions that should not have been: stored, queried, and a deviation each."""

import pytest

from tests.support.records import a_record, columns

PLAN = """
arms:
  MSC: {label: Cells}
  SOC: {label: Standard of care, treated: false}
regimen:
  treatment: MSC
  dose: not_published
  vehicle: not_published
  volume_ml: not_published
  route: not_published
  days: [1, 4, 7]
  window: [-1, 1]
  maximum: 3
  caps: not_published
  missed_dose: not_published
"""
CONSENT = "USUBJID | DSTERM | DSDECOD | DSCAT | DSSTDTC\nT-1 | Signed | INFORMED CONSENT OBTAINED | PROTOCOL MILESTONE | "


def ex(*dates):
    return "USUBJID | EXTRT | EXREFID | EXSTDTC\n" + "\n".join(f"T-1 | MSC | I{number} | {text}" for number, text in enumerate(dates, 1))


def found(record):
    return columns(record, "DV", "DVDECOD", "DVREFID", "SOURCE")


def test_a_course_as_planned_has_no_deviation(tmp_path):
    record = a_record(tmp_path, PLAN, EX=ex("2020-02-11", "2020-02-13", "2020-02-18"), DS=CONSENT + "2020-02-11")
    assert (record.problems, found(record)) == ((), [])


@pytest.mark.parametrize(
    ("consent", "infusion", "is_breach"),
    [
        ("2020-02-12", "2020-02-11", True),
        ("2020-02-11", "2020-02-11", False),
        ("2020-02-11T10:00", "2020-02-11T09:00", True),
        ("2020-02-11T10:00", "2020-02-11", False),
        ("2020-03", "2020-02-11", True),
        ("2020-02", "2020-02-11", False),
        ("2020-02-12", "2020-02", False),
        ("2020-02-12", "2020-01", True),
        ("2020-02-12", "", False),
    ],
)
def test_an_infusion_before_consent_is_a_deviation_where_the_dates_tell(tmp_path, consent, infusion, is_breach):
    record = a_record(tmp_path, PLAN, EX=ex(infusion), DS=CONSENT + consent)
    assert found(record) == ([("consent_not_active", "I1", "records/ex.csv:2")] if is_breach else [])
    assert record.hard_problems == () and record.frame("EX").height == 1


@pytest.mark.parametrize(
    ("died", "is_breach"),
    [("2020-02-10", True), ("2020-02-11", False), ("2020-02-11T08:00", True), ("2020-01", True), ("2020-02", False)],
)
def test_an_infusion_after_death_is_stored_and_a_deviation(tmp_path, died, is_breach):
    record = a_record(tmp_path, PLAN, DM=f"USUBJID | DTHFL | DTHDTC\nT-1 | Y | {died}", EX=ex("2020-02-11T09:00"))
    assert [code for code, *_ in found(record)] == (["infusion_after_death"] if is_breach else [])
    assert len(record.problems) == is_breach


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2020-02-11", "2020-02-13", "2020-02-16"], []),
        (["2020-02-11", "2020-02-12"], ["I2"]),
        (["2020-02-11", "2020-02-16", "2020-02-18"], ["I2"]),
        (["2020-02-14", "2020-02-11", "2020-02-20"], ["I3"]),
        (["2020-02-11", "2020-02"], []),
        (["2020-02-11", "", "2020-02-17"], []),  # it may be the third, on its day
        (["2020-02-11", "", "2020-02-24"], ["I3"]),  # whichever it is, it is late
        (["", "2020-02-24"], []),
    ],
)
def test_an_infusion_out_of_its_window_is_a_deviation(tmp_path, dates, expected):
    record = a_record(tmp_path, PLAN, EX=ex(*dates))
    assert [(code, name) for code, name, _ in found(record)] == [("out_of_window", name) for name in expected]


def test_the_words_name_the_day_the_plan_and_what_was_allowed(tmp_path):
    problem = a_record(tmp_path, PLAN, EX=ex("2020-02-11", "2020-02-16")).problems[0]
    assert str(problem).startswith(
        "records/ex.csv:3: EXSTDTC: infusion 2 on day 6 (2020-02-16), planned on day 4; 2020-02-13 to 2020-02-15; check the date"
    )


def test_more_infusions_than_the_maximum_are_counted_with_or_without_a_date(tmp_path):
    record = a_record(tmp_path, PLAN, EX=ex("2020-02-11", "2020-02-14", "", "2020-02-17"))
    assert found(record) == [("more_than_maximum", "I3", "records/ex.csv:4")]


def test_an_infusion_in_an_arm_that_is_not_treated_is_a_deviation(tmp_path):
    record = a_record(tmp_path, PLAN, DM="USUBJID | ARMCD\nT-1 | SOC", EX=ex("2020-02-11"))
    assert found(record) == [("not_in_regimen", "I1", "records/ex.csv:2")]


@pytest.mark.parametrize("named", ["I2 | 2020-02-20", " | 2020-02-16T10:00", "I2 | "])
def test_a_deviation_that_is_recorded_is_not_added_again(tmp_path, named):
    dv = f"USUBJID | DVTERM | DVDECOD | DVREFID | DVSTDTC | DVDTC\nT-1 | Late | out_of_window | {named} | 2020-02-21"
    record = a_record(tmp_path, PLAN, EX=ex("2020-02-11", "2020-02-16"), DV=dv)
    assert columns(record, "DV", "DVTERM", "SOURCE") == [("Late", "records/dv.csv:2")]


@pytest.mark.parametrize("other", ["T-1 | consent_not_active | I2", "T-1 | out_of_window | I1", "T-2 | out_of_window | I2"])
def test_another_deviation_does_not_stand_for_it(tmp_path, other):
    dv = f"USUBJID | DVDECOD | DVREFID | DVTERM | DVSTDTC\n{other} | Late | 2020-02-21"
    record = a_record(tmp_path, PLAN, DM="USUBJID\nT-1\nT-2", EX=ex("2020-02-11", "2020-02-16"), DV=dv)
    assert [row for row in found(record) if row[2] == "records/ex.csv:3"] == [("out_of_window", "I2", "records/ex.csv:3")]


def test_a_deviation_has_the_origin_of_its_infusion(tmp_path):
    table = "USUBJID | EXTRT | EXSTDTC | ORIGIN\nT-1 | MSC | 2020-02-11 | simulated\nT-1 | MSC | 2020-02-20 | simulated"
    assert columns(a_record(tmp_path, PLAN, EX=table), "DV", "ORIGIN", "DVCAT") == [("simulated", "FOUND BY CORDSIDE")]
