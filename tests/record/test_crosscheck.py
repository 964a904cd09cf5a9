"""Rows beside the protocol and one another."""

import pytest

from tests.support.records import a_record, places

PARTS = """
sites:
  S1: {name: Ward, country: CHN, timezone: Asia/Shanghai}
arms:
  MSC: {label: Cells}
visits:
  D1: {day: 1}
  CALL: {day: 30, repeat: {every: 30, times: 2}}
  UNSCHEDULED: {unscheduled: true}
"""


def test_a_subject_that_dm_does_not_have_is_nobody(tmp_path):
    problems = a_record(tmp_path, MH="USUBJID | MHTERM\nT-1 | Asthma\nT-2 | Asthma").problems
    assert [(problem.row, problem.problem, problem.hard) for problem in problems] == [(3, "T-2 is not in dm.csv", True)]


def test_visits_arms_and_sites_unknown_to_the_protocol_are_queried(tmp_path):
    record = a_record(
        tmp_path,
        PARTS,
        DM="USUBJID | ARMCD | SITEID\nT-1 | MSC | S1\nT-2 | SOC | S2",
        SV="USUBJID | VISIT\nT-1 | D1\nT-1 | D3\nT-1 | CALL.2\nT-1 | CALL.3\nT-1 | UNSCHEDULED.4",
    )
    assert not record.hard_problems
    assert places(record.problems) == [(3, "ARMCD"), (3, "SITEID"), (3, "VISIT"), (5, "VISIT")]
    assert "visits are D1, CALL, CALL.2, UNSCHEDULED" in record.problems[-1].allowed


def test_where_the_protocol_names_no_visits_none_is_unknown(tmp_path):
    assert a_record(tmp_path, SV="USUBJID | VISIT\nT-1 | D3").problems == ()


def test_rows_of_another_study_or_domain_are_queried(tmp_path):
    problems = a_record(tmp_path, MH="STUDYID | DOMAIN | USUBJID | MHTERM\nT | MH | T-1 | Asthma\nX | LB | T-1 | Gout").problems
    assert [(problem.row, problem.variable, problem.problem) for problem in problems] == [
        (3, "STUDYID", "X is not T"),
        (3, "DOMAIN", "LB is not MH"),
    ]


@pytest.mark.parametrize(
    ("died", "late"),
    [
        ("2020-02-20", [4, 6]),
        ("2020-02-20T10:00", [4, 6]),
        ("2020-02", [6]),
        ("2020", []),
        ("", []),
    ],
)
def test_what_is_dated_after_the_death_is_queried_as_far_as_the_death_is_known(tmp_path, died, late):
    record = a_record(
        tmp_path,
        DM=f"USUBJID | DTHFL | DTHDTC\nT-1 | {'Y' if died else ''} | {died}\nT-2 | |",
        VS="""
            USUBJID | VSTESTCD | VSORRES | VSORRESU  | VSDTC
            T-1     | PULSE    | 71      | beats/min | 2020-02-19
            T-1     | PULSE    | 72      | beats/min | 2020-02-20
            T-1     | PULSE    | 73      | beats/min | 2020-02-21
            T-1     | PULSE    | 74      | beats/min | 2020-02
            T-1     | PULSE    | 75      | beats/min | 2020-03
            T-2     | PULSE    | 76      | beats/min | 2020-03-01
        """,
    )
    assert [problem.row for problem in record.problems if problem.variable == "VSDTC"] == late


def test_a_death_known_from_the_disposition_alone_counts_too(tmp_path):
    record = a_record(
        tmp_path,
        DS="USUBJID | DSTERM | DSDECOD | DSCAT | DSSTDTC\nT-1 | Died | DEATH | DISPOSITION EVENT | 2020-02-20",
        AE="USUBJID | AETERM | AESTDTC | AESEV | AESER\nT-1 | Fever | 2020-02-21 | MILD | N",
    )
    assert places(record.problems) == [(2, "AESTDTC")]


def test_support_beside_a_value_agrees_with_the_episode_that_lasts_over_its_day(tmp_path):
    record = a_record(
        tmp_path,
        PR="""
            USUBJID | PRTRT   | PRDECOD                                | PRPRESP | PROCCUR | PRSTDTC    | PRENDTC
            T-1     | HFNC    | HIGH-FLOW NASAL CANNULA OXYGEN THERAPY |         |         | 2020-02-10 | 2020-02-14
            T-1     | Tube    | INVASIVE MECHANICAL VENTILATION        | Y       | N       | 2020-02-10 | 2020-02-14
            T-1     | Air     | ROOM AIR                               |         |         | 2020-02-14 |
        """,
        VS="""
            USUBJID | VSTESTCD | VSORRES | VSORRESU | VSO2SUP                 | VSDTC
            T-1     | OXYSAT   | 93      | %        | HIGH-FLOW NASAL CANNULA | 2020-02-12
            T-1     | OXYSAT   | 94      | %        | ROOM AIR                | 2020-02-12
            T-1     | OXYSAT   | 95      | %        | NOT STATED              | 2020-02-12
            T-1     | OXYSAT   | 96      | %        | ROOM AIR                | 2020-02-14
            T-1     | OXYSAT   | 97      | %        | LOW-FLOW OXYGEN         | 2020-02
        """,
    )
    assert [place for place in places(record.problems) if place[1] == "VSO2SUP"] == [(3, "VSO2SUP")]


def test_an_infusion_without_its_day_beside_a_dated_one_is_queried(tmp_path):
    table = "USUBJID | EXTRT | EXSTDTC\nT-1 | MSC | 2020-02-14\nT-1 | MSC | {}"
    words = {
        "2020-02": "2020-02 may lie before 2020-02-14: the first infusion is not known, and no study day",
        "": "an infusion without a date beside one of 2020-02-14: it is taken for a later one, and the last is not known",
    }
    for text, expected in words.items():
        assert [problem.problem for problem in a_record(tmp_path / (text or "none"), EX=table.format(text)).problems] == [expected]
    assert a_record(tmp_path / "later", EX=table.format("2020-03")).problems == ()
