"""Reference dates: what is known of the first and last infusion, the consent, the end and the death."""

import pytest

from tests.support.records import a_record

DM = "USUBJID\nT-1"


def reference(tmp_path, *names, **tables):
    subjects = a_record(tmp_path, **tables).subjects
    return tuple(None if value is None else str(value) for value in subjects.select(names).row(0))


def infusions(*dates):
    return "USUBJID | EXTRT | EXSTDTC\n" + "\n".join(f"T-1 | MSC | {text}" for text in dates)


@pytest.mark.parametrize(
    ("dates", "first", "last"),
    [
        (["2020-02-14", "2020-02-11", "2020-02-17"], "2020-02-11", "2020-02-17"),
        (["2020-02-11T14:20", "2020-02-14"], "2020-02-11T14:20", "2020-02-14"),
        (["2020-02-14", "2020-03"], "2020-02-14", "2020-03"),
        (["2020-01", "2020-02-14"], "2020-01", "2020-02-14"),
        (["2020-02", "2020-02-14"], "2020-02", "2020-02"),
        (["2020-02-14", ""], "2020-02-14", None),
        (["", ""], None, None),
    ],
)
def test_the_first_and_last_infusion_are_known_as_far_as_the_dates_tell(tmp_path, dates, first, last):
    assert reference(tmp_path, "RFXSTDTC", "RFXENDTC", EX=infusions(*dates)) == (first, last)


@pytest.mark.parametrize("dates", [["2020-02"], ["2020-02", "2020-02-14"], [""]])
def test_a_consent_never_stands_for_an_infusion_of_unknown_day(tmp_path, dates):
    consent = "USUBJID | DSTERM | DSDECOD | DSCAT | DSSTDTC\nT-1 | Signed | INFORMED CONSENT OBTAINED | PROTOCOL MILESTONE | 2020-02-01"
    assert reference(tmp_path, "FIRST", "REFERENCE", EX=infusions(*dates), DS=consent) == (None, None)


@pytest.mark.parametrize(
    ("rows", "consent", "start", "reference_day"),
    [
        (["INFORMED CONSENT OBTAINED | PROTOCOL MILESTONE | 2020-02-01"], "2020-02-01", "2020-02-01", "2020-02-01"),
        (
            ["INFORMED CONSENT OBTAINED | PROTOCOL MILESTONE | 2020-02-01", "RANDOMIZED | PROTOCOL MILESTONE | 2020-02-03"],
            "2020-02-01",
            "2020-02-03",
            "2020-02-03",
        ),
        (["INFORMED CONSENT OBTAINED | PROTOCOL MILESTONE | 2020-02"], "2020-02", "2020-02", None),
        (["INFORMED CONSENT OBTAINED | PROTOCOL MILESTONE | "], None, None, None),
    ],
)
def test_without_an_infusion_days_count_from_the_randomisation_or_the_consent(tmp_path, rows, consent, start, reference_day):
    table = "USUBJID | DSTERM | DSDECOD | DSCAT | DSSTDTC\n" + "\n".join(f"T-1 | X | {row}" for row in rows)
    assert reference(tmp_path, "RFICDTC", "RFSTDTC", "REFERENCE", DS=table) == (consent, start, reference_day)


def test_a_renewed_consent_does_not_replace_the_first(tmp_path):
    table = """
        USUBJID | DSTERM | DSDECOD                   | DSCAT              | DSSTDTC
        T-1     | Again  | INFORMED CONSENT OBTAINED | PROTOCOL MILESTONE | 2020-03-01
        T-1     | Signed | INFORMED CONSENT OBTAINED | PROTOCOL MILESTONE | 2020-01
    """
    assert reference(tmp_path, "RFICDTC", DS=table) == ("2020-01",)


def test_a_full_date_of_death_is_preferred_to_a_partial_one(tmp_path):
    found = reference(
        tmp_path,
        "DEATH",
        "DIED",
        DM="USUBJID | DTHFL | DTHDTC\nT-1 | Y | 2020-02",
        DS="USUBJID | DSTERM | DSDECOD | DSCAT | DSSTDTC\nT-1 | Died | DEATH | DISPOSITION EVENT | 2020-02-20T03:00",
    )
    assert found == ("2020-02-20", "2020-02-20T03:00")


def test_a_subject_twice_in_dm_is_one_subject(tmp_path):
    record = a_record(tmp_path, DM="USUBJID | SEX\nT-1 | F\nT-1 | M\nT-2 | M")
    assert record.subjects.select("USUBJID", "SEX").rows() == [("T-1", "F"), ("T-2", "M")]


@pytest.mark.parametrize(
    ("age", "unit", "years"),
    [("65", "YEARS", 65), (" 65 ", "YEARS", 65), ("65.9", "YEARS", 65), ("30", "MONTHS", 2), ("800", "DAYS", 2), ("65", "", 65)]
    + [("old", "YEARS", None), ("1e300", "YEARS", None), ("", "YEARS", None)],
)
def test_ages_are_completed_years_whatever_their_unit(tmp_path, age, unit, years):
    assert a_record(tmp_path, DM=f"USUBJID | AGE | AGEU\nT-1 | {age} | {unit}").subjects["AGE"].to_list() == [years]
