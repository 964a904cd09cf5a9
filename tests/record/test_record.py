"""Record: one frame a domain, with the source and id of each row."""

from tests.support.records import a_file, a_record, columns


def test_a_row_names_the_line_it_came_from_and_its_key(tmp_path):
    record = a_file(tmp_path, "mh.csv", b'USUBJID,MHTERM,MHSTDTC,COMMENT\nT-1,Asthma,2019,"two\nlines"\nT-1,Gout,,\n')
    assert columns(record, "MH", "SOURCE", "ROWID") == [
        ("records/mh.csv:2", "T-1/Asthma//2019"),
        ("records/mh.csv:4", "T-1/Gout"),
    ]


def test_the_last_date_of_the_data_is_read_from_what_was_collected(tmp_path):
    record = a_record(
        tmp_path,
        SV="USUBJID | VISIT | SVSTDTC\nT-1 | D1 | 2020-03-01T10:00\nT-1 | D2 | 2020-04",
        MH="USUBJID | MHTERM | MHSTDTC\nT-1 | Asthma |  2020-03-02",
    )
    assert str(record.as_of) == "2020-03-02"


def test_a_study_without_dates_has_no_last_one(tmp_path):
    assert a_record(tmp_path).as_of is None


def test_an_empty_record_has_no_origins_and_a_digest(tmp_path):
    record = a_record(tmp_path, DM="USUBJID")
    assert (record.origins, len(record.digest), record.problems) == ((), 64, ())
