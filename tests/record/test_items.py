"""The one accessor of values by item."""

import pytest

from cordside.record.items import SHAPE, subjects, values_of
from tests.support.records import a_record

DM = "USUBJID | SUBJID | AGE | AGEU | SEX\nT-2 | 2 | 30 | MONTHS | M\nT-1 | 1 | 65 | YEARS | F"


def values(record, item, *names, **options):
    return values_of(record, item, **options).select(names).rows()


def test_a_test_gives_its_standard_results_in_the_order_of_subjects_and_dates(tmp_path):
    table = """
        USUBJID | LBTESTCD | LBORRES | LBORRESU | LBSPEC          | LBDTC
        T-1     | CRP      | 5       | mg/L     | SERUM OR PLASMA |
        T-1     | CRP      | 0.6     | mg/dL    | SERUM OR PLASMA | 2020-02-12
        T-1     | CRP      | <0.5    | mg/L     | BLOOD           | 2020-02-11
        T-2     | CRP      | 7       | mg/L     | SERUM OR PLASMA | 2020-02-20
        T-1     | ALT      | 30      | U/L      | SERUM OR PLASMA | 2020-02-11
    """
    record = a_record(tmp_path, DM=DM, LB=table)
    assert values(record, "LB.CRP", "USUBJID", "TEXT", "NUMBER", "UNIT", "COLLECTED_UNIT", "SOURCE") == [
        ("T-2", "7", 7.0, "mg/L", "mg/L", "records/lb.csv:5"),
        ("T-1", "<0.5", None, "mg/L", "mg/L", "records/lb.csv:4"),
        ("T-1", "0.6", 6.0, "mg/L", "mg/dL", "records/lb.csv:3"),
        ("T-1", "5", 5.0, "mg/L", "mg/L", "records/lb.csv:2"),
    ]
    assert values(record, "LB.CRP", "TEXT", specimen="BLOOD") == [("<0.5",)]
    assert len(values(record, "LB.*", "TEXT")) == 5


@pytest.mark.parametrize("item", ["LB.CRP", "MH.ASTHMA", "DM.AGE", "SV.D1", "HO.*", "EX.MSC", "AE.*"])
def test_every_class_gives_the_same_shape_even_without_rows(tmp_path, item):
    assert dict(values_of(a_record(tmp_path), item).schema) == SHAPE


def test_what_was_asked_and_not_answered_is_known_of_nobody(tmp_path):
    table = """
        USUBJID | MHTERM  | MHDECOD | MHPRESP | MHOCCUR | MHSTAT
        T-1     | Asthma  |         | Y       | Y       |
        T-1     | Gout    |         | Y       | N       |
        T-1     | Anaemia |         | Y       |         |
        T-1     | Cancer  |         | Y       |         | NOT DONE
        T-1     | asthma  |         |         |         |
        T-1     | HTN     | Gout    |         |         |
    """
    record = a_record(tmp_path, MH=table)
    assert values(record, "MH.*", "NAME", "TEXT", "STAT") == [
        ("Asthma", "Y", None),
        ("Gout", "N", None),
        ("Anaemia", None, None),
        ("Cancer", None, "NOT DONE"),
        ("asthma", "Y", None),
        ("Gout", "Y", None),
    ]
    assert values(record, "MH.ASTHMA", "SOURCE") == [("records/mh.csv:2",), ("records/mh.csv:6",)]
    assert values(record, "MH.GOUT", "TEXT") == [("N",), ("Y",)]


@pytest.mark.parametrize(
    ("duration", "start", "end", "days"),
    [
        ("P19D", "", "", 19.0),
        (" P2W ", "", "", 14.0),
        ("P1M", "", "", None),
        ("", "2020-02-01", "2020-02-20", 19.0),
        ("P20D", "2020-02-01", "2020-02-20", 20.0),
        ("", "2020-02", "2020-02-20", None),
        ("", "2020-02-01", "", None),
        ("PT36H", "", "", 1.5),
    ],
)
def test_a_stay_lasts_as_long_as_recorded_else_from_date_to_date(tmp_path, duration, start, end, days):
    table = f"USUBJID | HOTERM | HODECOD | HODUR | HOSTDTC | HOENDTC\nT-1 | Ward | HOSPITAL STAY | {duration} | {start} | {end}"
    record = a_record(tmp_path, HO=table)
    assert values(record, "HO.HOSPITAL STAY", "NUMBER", "UNIT", "TEXT") == [(days, "days", "Y")]


def test_an_infusion_is_an_occurrence_on_the_day_of_its_start(tmp_path):
    record = a_record(tmp_path, EX="USUBJID | EXTRT | EXSTDTC\nT-1 | MSC | 2020-02-11")
    assert values(record, "EX.msc", "NAME", "DTC", "DAY", "TEXT") == [("MSC", "2020-02-11", 1, "Y")]


def test_a_variable_of_the_subject_is_its_text_and_an_age_counts_in_years(tmp_path):
    record = a_record(tmp_path, DM=DM)
    assert values(record, "DM.SEX", "USUBJID", "TEXT", "NUMBER") == [("T-2", "M", None), ("T-1", "F", None)]
    assert values(record, "DM.AGE", "TEXT", "NUMBER", "UNIT", "COLLECTED_UNIT") == [
        ("30", 2.5, "YEARS", "MONTHS"),
        ("65", 65.0, "YEARS", "YEARS"),
    ]


def test_a_subject_twice_in_dm_is_counted_once_everywhere(tmp_path):
    record = a_record(tmp_path, DM="USUBJID | AGE | AGEU\nT-1 | 65 | YEARS\nT-1 | 66 | YEARS", MH="USUBJID | MHTERM\nT-1 | Asthma")
    assert values(record, "DM.AGE", "NUMBER") == [(65.0,)]
    assert len(values(record, "MH.*", "NAME")) == 1
    assert subjects(record).height == 1


def test_subjects_stand_in_the_order_of_dm_with_number_and_arm(tmp_path):
    record = a_record(
        tmp_path,
        "arms:\n  MSC: {label: Cells}",
        DM="USUBJID | SUBJID | ARMCD | DTHFL | DTHDTC\nT-2 | | MSC | Y | 2020-03-01\nT-1 | one | OTHER | |",
        EX="USUBJID | EXTRT | EXSTDTC\nT-2 | MSC | 2020-02-11T09:00",
    )
    assert [tuple(map(str, row)) for row in subjects(record).rows()] == [
        ("T-2", "2", "MSC", "Cells", "2020-02-11", "2020-03-01"),
        ("T-1", "one", "OTHER", "OTHER", "None", "None"),
    ]
