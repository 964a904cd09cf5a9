"""Breaches that follow from the whole record: an infusion of a subject who is known not to be eligible."""

from cordside.record.read import read_study
from tests.support.folders import a_protocol, a_study

POPULATION = """population:
  planned: 3
  inclusion: [{id: adult, item: DM.AGE, at_least: 18}]
  exclusion: [{id: shock, item: CE.SHOCK, recorded: true}]
"""
INFUSIONS = """
    USUBJID | EXTRT  | EXSTDTC
    T-1     | UC-MSC | 2020-02-11
    T-1     | UC-MSC | 2020-02-14
    T-2     | UC-MSC | 2020-02-11
    T-3     | UC-MSC | 2020-02-11
"""


def test_an_infusion_of_a_subject_known_not_to_be_eligible_is_kept_queried_and_a_deviation(tmp_path):
    subjects = """
        USUBJID | AGE | AGEU
        T-1     | 17  | YEARS
        T-2     | 40  | YEARS
        T-3     |     |
    """
    record = read_study(a_study(tmp_path, a_protocol(POPULATION), DM=subjects, EX=INFUSIONS))
    assert record.frame("EX").height == 4
    assert record.frame("DV").select("USUBJID", "DVDECOD", "DVTERM").rows() == [
        ("T-1", "not_eligible", "infusion 1 of a subject who does not meet adult")
    ]
    assert [(problem.row, problem.hard) for problem in record.problems if "does not meet" in problem.problem] == [(2, False)]


def test_an_unknown_criterion_is_no_breach(tmp_path):
    subjects = """
        USUBJID | AGE | AGEU
        T-1     | 40  | YEARS
        T-2     |     |
        T-3     | 50  | YEARS
    """
    record = read_study(a_study(tmp_path, a_protocol(POPULATION), DM=subjects, EX=INFUSIONS))
    assert record.frame("DV").height == 0
