"""What is derived, and what becomes of derived values that a file brings along."""

from tests.support.records import a_record, column, columns

EX = "USUBJID | EXTRT | EXSTDTC\nT-1 | MSC | 2020-02-11"


def test_rows_are_numbered_within_their_subject_in_the_order_of_the_file(tmp_path):
    record = a_record(tmp_path, DM="USUBJID\nT-1\nT-2", MH="USUBJID | MHTERM\nT-2 | A\nT-1 | B\nT-2 | C")
    assert column(record, "MH", "MHSEQ") == [1, 1, 2]


def test_the_origin_is_the_rows_own_else_the_protocols(tmp_path):
    record = a_record(tmp_path, MH="USUBJID | MHTERM | ORIGIN\nT-1 | A | simulated\nT-1 | B |", VS="USUBJID | VSTESTCD\nT-1 | PULSE")
    assert column(record, "MH", "ORIGIN") == ["simulated", "entered"]
    assert record.origins == ("entered", "simulated")


def test_a_supplied_value_that_agrees_is_silent_however_it_is_written(tmp_path):
    table = "USUBJID | VSTESTCD | VSORRES | VSORRESU | VSDTC | VSDY | VSSTRESN | VSSTRESU\nT-1 | PULSE | 71 | beats/min | 2020-02-12 | {}"
    for given in ("2 | 71 | beats/min", "2.0 | 71.0 | beats/min", "+2 | 7.1e1 | beats/min", " | | "):
        assert a_record(tmp_path, EX=EX, VS=table.format(given)).problems == ()


def test_a_supplied_value_that_differs_is_queried_and_ours_stands(tmp_path):
    table = "USUBJID | VSTESTCD | VSORRES | VSORRESU | VSDTC | VSDY | VSSTRESN\nT-1 | PULSE | 71 | beats/min | 2020-02-12 | 1 | 72"
    record = a_record(tmp_path, EX=EX, VS=table)
    assert [(problem.row, problem.variable, problem.problem, problem.hard) for problem in record.problems] == [
        (2, "VSSTRESN", "the file says 72, derived is 71.0", False),
        (2, "VSDY", "the file says 1, derived is 2", False),
    ]
    assert columns(record, "VS", "VSDY", "VSSTRESN") == [(2, 71.0)]


def test_a_supplied_value_stands_where_ours_cannot_be_derived(tmp_path):
    table = "USUBJID | MHTERM | MHSTDY | EPOCH | MHSEQ\nT-1 | Asthma | -30.0 | SCREENING | 7\nT-1 | Gout | 99999999999 | | "
    record = a_record(tmp_path, MH=table)
    assert columns(record, "MH", "MHSTDY", "EPOCH", "MHSEQ") == [(-30, "SCREENING", 1), (None, None, 2)]


def test_a_supplied_reference_date_is_compared(tmp_path):
    record = a_record(tmp_path, DM="USUBJID | RFXSTDTC\nT-1 | 2020-02-10", EX=EX)
    assert [(problem.variable, problem.problem) for problem in record.problems] == [
        ("RFXSTDTC", "the file says 2020-02-10, derived is 2020-02-11")
    ]


def test_a_frame_has_every_variable_of_its_domain(tmp_path):
    record = a_record(tmp_path, MH="USUBJID | MHTERM\nT-1 | Asthma")
    assert set(record.frame("MH").columns) >= {"MHDECOD", "MHSTDTC", "MHSTDY", "EPOCH", "ORIGIN", "ROWID", "SOURCE"}
    assert record.frame("LB").height == 0 and set(record.frame("LB").columns) >= {"LBSTRESN", "LBNRIND", "ROWID", "SOURCE"}
