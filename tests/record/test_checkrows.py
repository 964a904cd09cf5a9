"""Rows against their domain: kinds, codelists, rules and keys, each at its physical line."""

import pytest

from cordside.domains.all import DOMAINS
from tests.support.records import a_file, a_record, places


def test_a_rule_is_told_at_the_line_where_the_row_stands(tmp_path):
    raw = b'USUBJID,LBTESTCD,LBORRES,LBSTAT,COMMENT\nT-1,CRP,6.7,,"two\nlines"\nT-1,CRP,,,\nT-1,CRP,,NOT DONE,\n'
    problems = [problem for problem in a_file(tmp_path, "lb.csv", raw).problems if "status of NOT DONE" in problem.problem]
    assert places(problems) == [(4, "LB")]


BROKEN = {
    "DM": ("AGE | AGEU\n65 | ", "AGE 65"),
    "VS": ("VSTESTCD | VSORRES | VSORRESU | VSO2SUP\nOXYSAT | 93 | % | ", "VSTESTCD OXYSAT"),
    "LB": ("LBTESTCD | LBORRES | LBORRESU | LBORNRLO | LBORNRHI\nCRP | 5 | mg/L | 10 | 2", "LBORNRLO 10, LBORNRHI 2"),
    "MB": ("MBTESTCD | MBTSTDTL | MBORRES\nSAR2RNA | DETECTION | maybe", "MBORRES maybe"),
    "AE": ("AETERM | AESEV | AESER | AESDTH\nFever | MILD | N | Y", "AESDTH Y"),
    "MH": ("MHTERM | MHOCCUR\nAsthma | Y", "MHOCCUR Y"),
    "CM": ("CMTRT | CMSTDTC | CMENDTC\nHeparin | 2020-02-11 | 2020-02-10", "CMSTDTC 2020-02-11, CMENDTC 2020-02-10"),
    "EX": ("EXTRT | EXCHK1 | EXCHK2\nMSC | Li | li", "EXCHK1 Li, EXCHK2 li"),
    "HO": ("HOTERM | HODUR | HOSTDTC | HOENDTC\nStay | P19D | 2020-02-01 | 2020-02-05", "HODUR P19D"),
    "SV": ("VISIT | SVPRESP | SVOCCUR\nD1 | Y | N", "SVOCCUR N"),
    "DS": ("DSTERM | DSDECOD | DSCAT\nSigned | INFORMED CONSENT OBTAINED | OTHER EVENT", "DSCAT OTHER EVENT"),
    "DV": ("DVTERM | DVSTDTC\nLate | ", "A deviation needs the date"),
    "PR": ("PRTRT | PRPRESP | PROCCUR | PRSTAT\nCT | Y | | ", "PRPRESP Y"),
    "DD": ("DDTESTCD | DDORRES\nAUTOPIND | maybe", "DDORRES maybe"),
}


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_rule_of_a_domain_reaches_the_reader_with_the_values_that_broke_it(tmp_path, code):
    header, row = BROKEN[code][0].split("\n")
    problems = a_record(tmp_path, **{code: f"USUBJID | {header}\nT-1 | {row}"}).problems
    found = [problem for problem in problems if BROKEN[code][1] in problem.problem and not problem.hard]
    assert places(found)[:1] == [(2, code)], [str(problem) for problem in problems]


@pytest.mark.parametrize("code", DOMAINS)
def test_a_row_with_nothing_but_its_required_values_is_readable(tmp_path, code):
    required = [name for name, var in DOMAINS[code].variables.items() if var.required]
    values = ["T-1" if name == "USUBJID" else "X" for name in required]
    record = a_record(tmp_path, **{code: " | ".join(required) + "\n" + " | ".join(values)})
    assert record.hard_problems == ()


def test_an_unreadable_value_is_told_once_and_breaks_no_rule(tmp_path):
    record = a_record(tmp_path, EX="USUBJID | EXTRT | EXDOSE | EXDOSU\nT-1 | MSC | many | ")
    assert places(record.problems) == [(2, "EXDOSE")]


def test_the_same_slip_in_many_rows_is_told_for_each(tmp_path):
    record = a_record(tmp_path, MH="USUBJID | MHTERM | MHSTDTC\nT-1 | A | 2.11\nT-1 | B | 2020\nT-1 | C | 2.11")
    assert places(record.problems) == [(2, "MHSTDTC"), (4, "MHSTDTC")]


def test_a_term_of_the_study_is_a_term_of_the_list(tmp_path):
    terms = "sponsor_terms:\n  VSTESTCD: {SQUEEZE: Hand squeeze}\n"
    table = "USUBJID | VSTESTCD | VSORRES\nT-1 | SQUEEZE | 3\nT-1 | SQUEZE | 3"
    assert places(a_record(tmp_path, terms, VS=table).problems) == [(3, "VSTESTCD")]


def test_a_near_term_is_offered(tmp_path):
    problem = a_record(tmp_path, DM="USUBJID | SEX\nT-1 | female").problems[0]
    assert (problem.hard, problem.remedy) == (True, "did you mean F")


def test_a_derived_value_that_cannot_be_read_is_ours_to_derive_and_soft(tmp_path):
    record = a_record(tmp_path, VS="USUBJID | VSTESTCD | VSORRES | VSORRESU | VSBLFL | VSDY\nT-1 | PULSE | 71 | beats/min | yes | x")
    assert places(record.problems, hard=True) == []
    assert {"VSBLFL", "VSDY"} <= {problem.variable for problem in record.problems}


def test_a_repeated_key_names_the_first_row(tmp_path):
    table = """
        USUBJID | MHTERM | MHSTDTC | MHSPID
        T-1     | Asthma | 2019    |
        T-1     | Asthma |         | 2019
        T-1     | Asthma | 2019    |
        T-1     | Asthma | 2019    | 2
        T-1     | Asthma | 2019    |
    """
    problems = a_record(tmp_path, MH=table).problems
    assert [(problem.row, problem.problem, problem.hard) for problem in problems] == [
        (4, "the row repeats row 2", False),
        (6, "the row repeats row 2", False),
    ]


def test_a_subject_twice_is_queried_and_the_first_row_counts(tmp_path):
    problems = a_record(tmp_path, DM="USUBJID | AGE | AGEU\nT-1 | 65 | YEARS\nT-1 | 66 | YEARS").problems
    assert [(problem.row, problem.remedy) for problem in problems] == [(3, "withdraw one; results count the first")]


def test_a_long_text_is_shortened_in_the_words(tmp_path):
    long = "x" * 15_000
    record = a_record(tmp_path, VS=f"USUBJID | VSTESTCD | VSORRES | VSSTAT\nT-1 | {long} | {long} | NOT DONE")
    assert record.problems and all(len(str(problem)) < 600 for problem in record.problems)


def test_a_header_with_a_missing_column_and_an_unknown_one_tells_both(tmp_path):
    assert places(a_file(tmp_path, "vs.csv", b"USUBJID,PULSERATE\nT-1,71\n").problems) == [(1, "PULSERATE"), (1, "VSTESTCD")]
