"""A study folder → Record: every file is read or named, and nothing but our own words ever reaches the user."""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cordside.domains.all import DOMAINS
from cordside.errors import CannotDo, CordsideError, ProblemsFound
from cordside.record.items import values_of
from cordside.record.read import read_study
from cordside.record.timeline import timeline
from tests.support.folders import a_protocol, a_study
from tests.support.records import a_file, a_record, column, columns, places


def test_a_path_that_is_no_study_is_named(tmp_path):
    with pytest.raises(CannotDo, match="not a folder"):
        read_study(tmp_path / "none")
    with pytest.raises(CannotDo, match=r"no protocol\.yaml"):
        read_study(tmp_path)


def test_a_protocol_with_mistakes_stops_the_reading(tmp_path):
    (tmp_path / "protocol.yaml").write_text("format: 1\nstudy: T\ttab", encoding="utf-8")
    with pytest.raises(ProblemsFound):
        read_study(tmp_path)


@pytest.mark.parametrize("with_folder", [True, False])
def test_a_study_without_subjects_says_that_their_file_is_missing(tmp_path, with_folder):
    (tmp_path / "protocol.yaml").write_text(a_protocol(), encoding="utf-8")
    if with_folder:
        (tmp_path / "records").mkdir()
    record = read_study(tmp_path)
    assert [str(problem) for problem in record.problems] == [
        "records/dm.csv: the file is missing; one row a subject; write dm.csv with USUBJID."
    ]
    assert record.frame("LB").height == 0


def test_a_file_of_subjects_that_cannot_be_used_is_one_problem_not_one_a_row(tmp_path):
    a_study(tmp_path, a_protocol(), VS="USUBJID | VSTESTCD | VSORRES | VSORRESU\nT-1 | PULSE | 71 | beats/min")
    (tmp_path / "records" / "dm.csv").write_bytes(b"USUBJID;AGE\nT-1;65\n")
    assert [(problem.file, problem.row) for problem in read_study(tmp_path).problems] == [("records/dm.csv", 1)]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("zz.csv", "zz is not a domain"),
        ("lb.xlsx", "not a CSV file (.xlsx)"),
        ("lb", "not a CSV file (no suffix)"),
        ("DM.csv", "a second file of DM: records/DM.csv is another"),
    ],
)
def test_a_file_that_is_no_domain_is_refused_by_name(tmp_path, name, words):
    problems = a_file(tmp_path, name, b"USUBJID\nT-1\n").problems
    assert [problem.problem for problem in problems if problem.hard] == [words]


def test_a_folder_among_the_records_is_refused_and_a_hidden_file_is_not_meant(tmp_path):
    a_study(tmp_path, a_protocol(), DM="USUBJID\nT-1")
    (tmp_path / "records" / "lb.csv").mkdir()
    (tmp_path / "records" / ".DS_Store").write_bytes(b"\0")
    assert [(problem.file, problem.problem) for problem in read_study(tmp_path).problems] == [("records/lb.csv", "a folder")]


def test_all_problems_of_all_files_are_told_at_once_in_the_order_of_the_files(tmp_path):
    record = a_record(
        tmp_path,
        DM="USUBJID | AGE\nT-1 | old",
        VS="USUBJID | VSTESTCD | VSORRES\nT-9 | PULSE | 71\nT-1 | | 71",
        MH="USUBJID | MHTERM | MHPLACE\nT-1 | Asthma | lung",
    )
    hard = [(problem.file, problem.row, problem.variable) for problem in record.hard_problems]
    assert sorted(hard) == sorted(
        [
            ("records/dm.csv", 2, "AGE"),
            ("records/vs.csv", 2, "USUBJID"),
            ("records/vs.csv", 3, "VSTESTCD"),
            ("records/mh.csv", 1, "MHPLACE"),
        ]
    )
    files = [problem.file for problem in record.problems]
    assert files == sorted(files, key=["records/dm.csv", *dict.fromkeys(files)].index)


HARD = {
    "an unknown domain": ("xx.csv", "USUBJID\nT-1\n", (None, "")),
    "an unknown variable": ("vs.csv", "USUBJID,VSTESTCD,VSORRES,VSORRESU,VSWHAT\nT-1,PULSE,71,beats/min,x\n", (1, "VSWHAT")),
    "an unknown subject": ("vs.csv", "USUBJID,VSTESTCD,VSORRES,VSORRESU\nT-2,PULSE,71,beats/min\n", (2, "USUBJID")),
    "a missing subject": ("vs.csv", "USUBJID,VSTESTCD,VSORRES,VSORRESU\n,PULSE,71,beats/min\n", (2, "USUBJID")),
    "a subject of blanks": ("dm.csv", "USUBJID,AGE\n   ,\n", (2, "USUBJID")),
    "a missing topic": ("vs.csv", "USUBJID,VSTESTCD,VSORRES,VSORRESU\nT-1,,71,beats/min\n", (2, "VSTESTCD")),
    "a missing column": ("vs.csv", "USUBJID,VSORRES\nT-1,71\n", (1, "VSTESTCD")),
    "a date in another order": ("vs.csv", "USUBJID,VSTESTCD,VSORRES,VSORRESU,VSDTC\nT-1,PULSE,71,beats/min,2.11\n", (2, "VSDTC")),
    "a date not in the calendar": ("vs.csv", "USUBJID,VSTESTCD,VSORRES,VSORRESU,VSDTC\nT-1,PULSE,71,beats/min,2020-02-30\n", (2, "VSDTC")),
    "a number with a comma": ("ex.csv", 'USUBJID,EXTRT,EXDOSE,EXDOSU\nT-1,MSC,"1,5",mg\n', (2, "EXDOSE")),
    "a number that is none": ("ex.csv", "USUBJID,EXTRT,EXDOSE,EXDOSU\nT-1,MSC,NA,mg\n", (2, "EXDOSE")),
    "full-width digits for a number": ("ex.csv", "USUBJID,EXTRT,EXDOSE,EXDOSU\nT-1,MSC,\uff13\uff10,mg\n", (2, "EXDOSE")),
    "no term of a closed list": ("dm.csv", "USUBJID,SEX\nT-1,woman\n", (2, "SEX")),
    "a row too short": ("vs.csv", "USUBJID,VSTESTCD\nT-1\n", (2, "")),
}
SOFT = {
    "no term of an open list": ("vs.csv", "USUBJID,VSTESTCD,VSORRES,VSORRESU\nT-1,NOSUCH,71,beats/min\n", "VSTESTCD"),
    "an implausible value": ("vs.csv", "USUBJID,VSTESTCD,VSORRES,VSORRESU\nT-1,PULSE,900,beats/min\n", "VSORRES"),
    "a result that is no number": ("lb.csv", "USUBJID,LBTESTCD,LBORRES,LBORRESU\nT-1,CRP,NA,mg/L\n", "LBORRES"),
    "a result with a comma": ("lb.csv", 'USUBJID,LBTESTCD,LBORRES,LBORRESU\nT-1,CRP,"6,7",mg/L\n', "LBORRES"),
    "a result in full-width digits": ("lb.csv", "USUBJID,LBTESTCD,LBORRES,LBORRESU\nT-1,CRP,\uff17,mg/L\n", "LBORRES"),
    "a broken rule": ("lb.csv", "USUBJID,LBTESTCD,LBORRES,LBSTAT\nT-1,CRP,,\n", "LB"),
    "a repeated row": ("mh.csv", "USUBJID,MHTERM\nT-1,Asthma\nT-1,Asthma\n", "MH"),
    "another study": ("mh.csv", "STUDYID,USUBJID,MHTERM\nX,T-1,Asthma\n", "STUDYID"),
    "blanks around a value": ("mh.csv", "USUBJID,MHTERM\nT-1, Asthma\n", "MHTERM"),
    "a derived value that differs": ("mh.csv", "USUBJID,MHTERM,MHSTDTC,MHSTDY\nT-1,Asthma,2020-02-11,one\n", "MHSTDY"),
}


@pytest.mark.parametrize("case", HARD)
def test_what_leaves_a_row_unreadable_or_nobodys_is_hard(tmp_path, case):
    name, text, place = HARD[case]
    assert place in places(a_file(tmp_path, name, text.encode()).problems, hard=True)


@pytest.mark.parametrize("case", SOFT)
def test_everything_else_is_stored_and_queried(tmp_path, case):
    name, text, variable = SOFT[case]
    problems = a_file(tmp_path, name, text.encode()).problems
    assert not [str(problem) for problem in problems if problem.hard]
    assert variable in [problem.variable for problem in problems]


def test_a_limit_of_detection_is_a_sound_result_without_a_number(tmp_path):
    record = a_record(tmp_path, LB="USUBJID | LBTESTCD | LBORRES | LBORRESU\nT-1 | CRP | <0.50 | mg/L")
    assert record.problems == ()
    assert columns(record, "LB", "LBSTRESC", "LBSTRESN") == [("<0.50", None)]


def test_a_swapped_date_is_read_back_in_both_orders(tmp_path):
    problem = a_file(tmp_path, "mh.csv", b"USUBJID,MHTERM,MHSTDTC\nT-1,Asthma,2.11\n").hard_problems[0]
    assert str(problem).startswith("records/mh.csv:2: MHSTDTC: 2.11 is not a date; ")
    assert "YYYY-02-11 for 11 February or YYYY-11-02 for 2 November" in problem.remedy


def test_a_cell_of_40_megabytes_is_refused_and_its_neighbours_are_read(tmp_path):
    record = a_file(tmp_path, "mh.csv", b"USUBJID,MHTERM\nT-1," + b"x" * 40_000_000 + b"\nT-1,Asthma\n")
    assert places(record.problems) == [(2, "MHTERM")]
    assert column(record, "MH", "MHTERM") == ["Asthma"]
    assert len(str(record.problems[0])) < 200


def test_a_misspelt_column_is_answered_with_the_one_meant(tmp_path):
    problems = a_file(tmp_path, "mh.csv", b"usubjid,TERM\nT-1,Asthma\n").problems
    assert [problem.remedy for problem in problems][:2] == ["did you mean USUBJID", "did you mean MHTERM"]


def test_both_roads_of_the_reader_lead_to_the_same_record(tmp_path):
    """A quoted cell sends a file on the careful road."""
    text = "USUBJID,VSTESTCD,VSORRES,VSORRESU,VSDTC\nT-1,PULSE,{},beats/min,2020-02\nT-2,PULSE,,beats/min,2.11\n,,,,\nT-1\n"
    quick = a_file(tmp_path / "quick", "vs.csv", text.format("71").encode())
    careful = a_file(tmp_path / "careful", "vs.csv", text.format('"71"').encode())
    assert quick.problems == careful.problems
    assert quick.digest == careful.digest
    assert quick.frame("VS").rows() == careful.frame("VS").rows()


def test_a_rule_whose_columns_are_all_missing_is_said_once(tmp_path):
    record = a_record(tmp_path, DS="USUBJID | DSTERM\nT-1 | Left\nT-1 | Came back")
    assert places(record.problems) == [(1, "DS")]
    assert "the file has no column DSDECOD" in record.problems[0].problem


TEXTS = st.one_of(
    st.sampled_from(["", "", "T-1", "T-2", "Y", "N", "U", "PULSE", "CRP", "71", "<0.50", "6,7", "NA", "nan", "inf", "-1e400"]),
    st.sampled_from(["2020-02-11", "2020-02", "2020---11", "2.11", "2020-02-11T08:00", "2020-02-11T24:00Z", "2020-02-30"]),
    st.sampled_from(["P19D", "P1M", "PT", "\uff13", "1_0"]),
    st.sampled_from(["mg/L", "10^9/L", "POSITIVE", "YEARS", "MONTHS", "DEATH", "INFORMED CONSENT OBTAINED", " 3 ", "  ", "999999999999"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
)


@pytest.mark.parametrize("code", DOMAINS)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_a_file_holds_only_our_own_words_come_out(code, data):
    variables = list(DOMAINS[code].variables)
    required = [name for name in variables if DOMAINS[code].variables[name].required]
    header = list(dict.fromkeys([*data.draw(st.permutations(required)), *data.draw(st.lists(st.sampled_from(variables), max_size=8))]))
    table = data.draw(st.lists(st.lists(TEXTS, min_size=len(header), max_size=len(header)), max_size=5))
    out = io.StringIO(newline="")
    csv.writer(out, quoting=data.draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))).writerows([header, *table])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        a_study(path, a_protocol(), DM="USUBJID\nT-1", EX="USUBJID | EXTRT | EXSTDTC\nT-1 | MSC | 2020-02-11")
        (path / "records" / f"{code.lower()}.csv").write_bytes(out.getvalue().encode())
        _is_told_truly(path, code, table, out.getvalue())


def _is_told_truly(path: Path, code: str, table: list[list[str]], text: str) -> None:
    try:
        record = read_study(path)
    except CordsideError:
        return
    filled = [row for row in table if any(row) and not (len(row) == 1 and not row[0].strip())]
    own = record.rows[code].own().height if code in record.rows else 0
    assert own == len(filled)
    lines = len(text.encode().splitlines()) + text.count("\n") + text.count("\r")
    for problem in record.problems:
        assert problem.row is None or 1 <= problem.row <= lines + 1
        assert problem.problem and "Traceback" not in str(problem)
    assert len(record.digest) == 64
    for name in {name for name, domain in DOMAINS.items() if domain.by_subject} - {"DM"}:
        assert values_of(record, f"{name}.*").height == record.frame(name).height
    assert values_of(record, "DM.USUBJID").height == record.frame("DM")["USUBJID"].drop_nulls().n_unique()
    timeline(record, record.as_of)
