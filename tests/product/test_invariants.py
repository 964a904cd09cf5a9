"""The sixteen invariants of the cells, each broken on purpose."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from cordside.domains.all import ALL, domain_of
from cordside.product.cellrows import cells_of
from cordside.product.holds import holds_over
from cordside.product.invariants.all import INVARIANTS
from cordside.product.invariants.blinding import blinded, differing_lines, visible
from cordside.product.invariants.references import links
from cordside.product.invariants.reproduction import check_reproduction
from cordside.product.invariants.status import status_of
from cordside.record.read import read_study
from tests.product.made import CELLS, a_cells_study, a_changed_record, adds, changed_cells, deviations, drops, queries, sets

LATER = datetime(2026, 6, 1, tzinfo=UTC)


def broken(number, cells):
    """What an invariant says: code, variable and source of each breach."""
    return [(one.code, one.variable, one.row["SOURCE"]) for one in INVARIANTS[number](cells)]


def test_the_made_up_study_breaks_none_but_those_that_are_meant():
    cells = cells_of(read_study(CELLS))
    found = {number: broken(number, cells) for number in INVARIANTS}
    assert {number: said for number, said in found.items() if said} == {
        9: [("two_people_needed", "EXSTDTC", "records/ex.csv:3")],
        13: [("", "CUSTODY", "records/custody.csv:5")],
    }


def test_1_a_material_made_of_nothing_is_told(tmp_path):
    record = a_changed_record(tmp_path, output=drops("MATID", "P0-1"))
    assert [row[:2] for row in deviations(record, "no_parent")][:1] == [("cells-001", "no_parent")]
    assert any("P0-1: a culture made of nothing" in problem.problem for problem in queries(record, "material"))


def test_1_cells_from_outside_need_a_certificate_and_no_parent(tmp_path):
    vial = {"MATID": "BOUGHT-1", "MATKIND": "bank vial", "LOTID": "X-1", "PASSAGE": "2", "CUMPD": "4.5"}
    lot = {"LOTID": "X-1", "LOTLEVEL": "master bank", "SPECID": "SPEC-UC", "SPECVER": "2", "MAKER": "Maker"}
    assert broken(1, changed_cells(tmp_path / "a", material=adds(vial), lot=adds(lot)))[0][0] == "no_parent"
    certified = lot | {"CERTNO": "C-7", "CERTBY": "Maker"}
    assert broken(1, changed_cells(tmp_path / "b", material=adds(vial), lot=adds(certified))) == []


def test_1_a_cycle_is_told_and_nothing_hangs(tmp_path):
    record = a_changed_record(tmp_path, input=adds({"TRFID": "T03", "MATID": "P4-1"}))
    told = [problem for problem in record.problems if "made of one another" in problem.problem]
    assert len(told) == 1 and "P1-1" in told[0].problem and "(cycle)" in told[0].problem
    assert {row[0] for row in deviations(record, "cycle")} == {"cells-001", "cells-002"}
    assert record.digest and not record.hard_problems


def test_1_a_clock_that_goes_backwards_is_told(tmp_path):
    record = a_changed_record(tmp_path, transform=sets("TRFID", "T03", TRFDTC="2025-09-09T09:00Z"))
    assert any("T03 takes from P0-1 at 2025-09-09 09:00 UTC, before it was made" in one.problem for one in queries(record, "transform"))


def test_2_taking_more_than_there_is_is_told(tmp_path):
    record = a_changed_record(tmp_path, input=sets("TRFID", "T04", CELLS="48000001"))
    assert ("cells-001", "more_taken_than_there_is", "001-1", "records/input.csv:5") in deviations(record)


@pytest.mark.parametrize(
    "change",
    [
        {"transform": sets("TRFID", "T14", LOSSCELL="119999999")},
        {"transform": sets("TRFID", "T14", LOSSVOL="14.999")},
        {"output": sets("MATID", "BULK-1", CELLS="2350000001")},
        {"output": sets("MATID", "BULK-1", VOL="93.999")},
        {"output": sets("MATID", "P2-S", CELLS="999999")},
    ],
)
def test_2_what_does_not_add_up_to_the_cell_and_the_microlitre_is_told(tmp_path, change):
    record = a_changed_record(tmp_path, **change)
    assert deviations(record, "not_conserved")
    assert [problem for problem in queries(record, "transform") if "not_conserved" in problem.problem]


def test_2_negative_counts_are_refused(tmp_path):
    record = read_study(a_cells_study(tmp_path, output=sets("MATID", "P0-1", CELLS="-5")))
    assert [str(problem).partition(";")[0] for problem in record.hard_problems] == ["records/output.csv:3: CELLS: -5 is negative"]


def test_2_more_infused_than_there_was_is_told(tmp_path):
    assert ("cells-002", "more_taken_than_there_is", "002-1", "records/ex.csv:4") in deviations(
        a_changed_record(tmp_path, ex=sets("EXREFID", "002-1", EXVAMT="130", EXVGIVEN="101"))
    )


def test_3_entered_passages_and_expiries_must_agree_with_the_transforms(tmp_path):
    entered = sets("MATID", "UC-01-1T", PASSAGE="4", EXPDTC="2026-01-12T15:00Z")
    record = a_changed_record(tmp_path, material=entered)
    words = " ".join(problem.problem for problem in queries(record, "material"))
    assert "passage 4 was entered, its transforms make it 5" in words
    assert "later than its parents allow" in words


def test_3_beyond_the_limit_of_the_specification_the_release_is_a_deviation(tmp_path):
    record = a_changed_record(tmp_path, {'operator: "<=", limit: 5, blocking': 'operator: "<=", limit: 4, blocking'})
    assert {row[:3] for row in deviations(record, "passage_or_doublings_exceeded")} >= {
        ("cells-001", "passage_or_doublings_exceeded", "001-1"),
        (None, "passage_or_doublings_exceeded", "REL-6"),
    }


def test_4_a_hold_reaches_what_was_made_and_a_donor_everything(tmp_path):
    held = adds({"HLDID": "H-9", "TRGTYPE": "material", "TRGID": "WCB-2", "OPENDTC": "2026-05-01T00:00Z", "PROPAG": "Y"})
    cells = changed_cells(tmp_path, hold=held, donor=sets("DNRID", "D-01", ELIG="eligible"))
    assert [status_of(cells, matid, LATER) for matid in ("WCB-2", "BULK-2", "UC-03-1", "UC-04-1", "WCB-1", "UC-01-4")] == [
        *["held"] * 4,
        *["free"] * 2,
    ]
    ineligible = changed_cells(tmp_path / "b", donor=sets("DNRID", "D-01", ELIG="ineligible"))
    assert {status_of(ineligible, matid, LATER) for matid in ineligible.materials} == {"ineligible"}


def test_4_a_hold_that_does_not_propagate_stays_where_it_is(tmp_path):
    held = adds({"HLDID": "H-9", "TRGTYPE": "material", "TRGID": "WCB-2", "OPENDTC": "2026-05-01T00:00Z", "PROPAG": "N"})
    cells = changed_cells(tmp_path, hold=held)
    assert [status_of(cells, matid, LATER) for matid in ("WCB-2", "BULK-2")] == ["held", "free"]


def test_4_a_donor_found_ineligible_later_holds_everything_that_came_of_it(tmp_path):
    cells = changed_cells(tmp_path, donor=sets("DNRID", "D-01", ELIG="ineligible", ELIGDTC="2026-02-02T08:30Z"))
    held = [hold.words() for hold in holds_over(cells, "UC-01-3T", datetime(2026, 2, 2, 9, tzinfo=UTC))]
    assert held == ["donor D-01 is on hold: the donor is ineligible (records/donor.csv:2)"]
    assert holds_over(cells, "UC-01-3T", datetime(2026, 2, 2, 8, tzinfo=UTC)) == []


def test_4_work_on_held_cells_is_told(tmp_path):
    held = adds({"HLDID": "H-9", "TRGTYPE": "material", "TRGID": "P1-1", "OPENDTC": "2025-09-14T00:00Z", "OPENBY": "Gus"})
    record = a_changed_record(tmp_path, hold=held)
    assert any("T04: P1-1 was used while" in problem.problem for problem in queries(record, "transform"))


@pytest.mark.parametrize(
    ("change", "source"),
    [
        ({"testresult": sets("TRSID", "R03", REVBY="eva")}, "records/testresult.csv:4"),
        ({"release": sets("RELID", "REL-3", SECBY="gus ")}, "records/release.csv:4"),
        ({"ex": sets("EXREFID", "001-1", EXCHK2="lea")}, "records/ex.csv:2"),
        ({"order": sets("ORDID", "O-1", VERBY="Dr.  Ito")}, "records/ex.csv:2"),
    ],
)
def test_5_one_person_where_two_are_needed_is_told(tmp_path, change, source):
    found = [row for row in deviations(a_changed_record(tmp_path, **change), "two_people_needed") if row[2] == "001-1"]
    assert found == [("cells-001", "two_people_needed", "001-1", source)]


def test_5_who_made_the_lot_does_not_release_it(tmp_path):
    for person in ("QABY", "SECBY"):
        record = a_changed_record(tmp_path / person, release=sets("RELID", "REL-3", **{person: "ben"}))
        assert ("cells-001", "qa_performed_the_work", "001-1", "records/release.csv:4") in deviations(record)


def test_8_work_on_expired_cells_is_told(tmp_path):
    record = a_changed_record(tmp_path, material=sets("MATID", "WCB-1", EXPDTC="2025-11-01T00:00Z"))
    assert ("cells-001", "expired", "001-1", "records/transform.csv:11") in deviations(record)


def test_10_a_thawed_unit_is_never_banked_again(tmp_path):
    again = {
        "transform": adds({"TRFID": "T90", "TRFKIND": "freeze", "TRFDTC": "2026-02-02T09:00Z", "TRFBY": "Cleo"}),
        "input": adds({"TRFID": "T90", "MATID": "UC-01-3T", "CELLS": "92000000"}),
        "output": adds({"TRFID": "T90", "MATID": "UC-01-9", "CELLS": "80000000"}),
        "material": adds({"MATID": "UC-01-9", "MATKIND": "container", "LOTID": "UC-01", "CELLS": "80000000"}),
    }
    record = a_changed_record(tmp_path, **again)
    assert [row[:2] for row in deviations(record, "thawed_unit_banked")] == [(None, "thawed_unit_banked")]


def test_11_cells_given_are_computed_from_the_volume_given(tmp_path):
    record = a_changed_record(tmp_path, ex=sets("EXREFID", "001-1", EXTCELLS="70000000", EXVCELLS="69079626"))
    # 92,000,000 and 85,008,000 in 4 mL; 3.3 mL of it in 100 mL, of which 98.5 mL were given.
    assert record.frame("EX").select("EXTCELLS", "EXVCELLS").rows()[0] == (74_761_500, 69_079_626)
    assert [problem.variable for problem in queries(record, "ex") if "computed" in problem.problem] == ["EXTCELLS"]
    assert record.frame("EX").select("EXTCELLS", "EXVCELLS").rows()[3] == (None, None)


@pytest.mark.parametrize(
    ("code", "found"),
    [("G123425000002", None), ("G1234250000017", "check_character_wrong"), ("G12342500001", "wrong_length"), ("X" * 39, "wrong_length")],
)
def test_12_a_code_is_written_right(tmp_path, code, found):
    cells = changed_cells(tmp_path, material=sets("MATID", "CORD-1", MATCODE=code))
    assert [said for said, _, _ in broken(12, cells)] == ([found] if found else [])


def test_12_a_code_names_one_material_and_labels_are_accounted_for(tmp_path):
    taken = cells_of(read_study(CELLS)).materials["UC-01-1T"]["MATCODE"]
    cells = changed_cells(tmp_path, material=sets("MATID", "UC-01-2T", MATCODE=taken, LBLAPL="3"))
    assert [said for said, _, _ in broken(12, cells)] == ["code_not_unique"]
    assert any("Labels printed are not" in problem.problem for problem in cells.record.problems)


def test_12_a_code_written_otherwise_is_the_same_code(tmp_path):
    bare = a_changed_record(tmp_path / "a", material=sets("MATID", "UC-01-3T", MATCODE="G123425000102"))
    assert [problem.row for problem in queries(bare, "material") if "code_not_unique" in problem.problem] == [38]
    code = "NL0123451234567890123E000123400120270131"
    apart = {"UC-01-4": code, "UC-02-2": f"{code[:21]} {code[21:]}"}
    record = a_changed_record(tmp_path / "b", material=lambda rows: [row | {"MATCODE": apart.get(row["MATID"], "")} for row in rows])
    assert [problem.row for problem in queries(record, "material") if "code_not_unique" in problem.problem] == [30]


def test_13_two_in_one_position_and_a_gap_in_custody_are_told(tmp_path):
    gap = {"CSTID": "C-5", "MATID": "UC-04-2", "FROMLOC": "Store 3", "TOLOC": "Store 1", "GIVENBY": "Ben", "RCVDBY": "Cleo"}
    cells = changed_cells(
        tmp_path,
        material=sets("MATID", "UC-04-2", STORPOS="N2-2/D1"),
        custody=adds(gap | {"CSTDTC": "2026-01-21T09:00Z"}),
    )
    assert [variable for _, variable, _ in broken(13, cells)] == ["STORPOS", "CUSTODY", "CUSTODY"]
    assert status_of(cells, "UC-04-2", LATER) == "held"


def test_14_references_resolve(tmp_path):
    cells = changed_cells(
        tmp_path,
        input=adds({"TRFID": "T99", "MATID": "NOWHERE"}),
        release=sets("RELID", "REL-5", LOTID="UC-99"),
        order=sets("ORDID", "O-4", USUBJID="cells-009"),
        ex=sets("EXREFID", "002-1", EXSCAN="UNKNOWN"),
        testresult=adds({"TRSID": "R99", "TRGTYPE": "donor", "TRGID": "D-9", "TSTCD": "HIV", "PERSON": "mother", "SUPERSED": "R98"}),
    )
    assert {(variable, source.split(":")[0]) for _, variable, source in broken(14, cells)} == {
        ("TRFID", "records/input.csv"),
        ("MATID", "records/input.csv"),
        ("LOTID", "records/release.csv"),
        ("USUBJID", "records/order.csv"),
        ("EXSCAN", "records/ex.csv"),
        ("TRGID", "records/testresult.csv"),
        ("SUPERSED", "records/testresult.csv"),
    }


def test_14_donor_and_recipient_stay_linked_for_thirty_years_and_a_protocol_only_lengthens(tmp_path):
    found = {(link.donor, link.subject): link.kept_until for link in links(changed_cells(tmp_path / "a"))}
    assert found == {("D-01", "cells-001"): date(2056, 1, 15), ("D-01", "cells-002"): date(2056, 1, 13)}
    longer = changed_cells(tmp_path / "b", {"  shelf_life_hours: 6\n": "  shelf_life_hours: 6\n  retention_years: 40\n"})
    assert {link.kept_until.year for link in links(longer)} == {2066}


def test_15_a_blinded_view_holds_no_variable_that_reveals_the_arm():
    record = a_read()
    for domain in ALL:
        shown = blinded(domain, record.frame(domain.code))
        assert not [name for name in shown.columns if domain.variables[name].reveals_arm]
        assert set(shown.columns) <= set(visible(domain))
    assert "UC-01" not in str(blinded(domain_of("EX"), record.frame("EX")).rows())
    assert "85008000" not in str(blinded(domain_of("MATERIAL"), record.frame("MATERIAL")).rows())


def a_read():
    """The record of the untouched study."""
    return read_study(CELLS)


def test_15_labels_read_the_same_whatever_is_in_the_container():
    same = ["Study cells", "For infusion", "Subject cells-001"]
    assert differing_lines({"MSC": same, "PLACEBO": same}) == []
    assert differing_lines({"MSC": [*same, "70,000,000 cells"], "PLACEBO": same}) == ["70,000,000 cells"]


def test_16_the_raw_file_is_the_one_that_was_measured_and_gives_the_same_again(tmp_path):
    raw = b"FCS3.1 made up"
    place = a_cells_study(
        tmp_path,
        testresult=sets("TRSID", "R04", RAWFILE="files/a.fcs", RAWSHA=sha256(raw).hexdigest(), RCPSHA="r", CTLSHA="isotype=c"),
    )
    (place / "files").mkdir()
    (place / "files" / "a.fcs").write_bytes(raw)
    cells = cells_of(read_study(place))
    asked = []

    def measure(path, recipe, controls):
        asked.append((path.name, recipe, controls))
        return "99.10"

    assert list(check_reproduction(cells, measure)) == []
    assert asked == [("a.fcs", "r", {"isotype": "c"})]
    assert [one.variable for one in check_reproduction(cells, lambda *_: "99.11")] == ["ORRES"]
    (place / "files" / "a.fcs").write_bytes(raw + b" ")
    assert [one.variable for one in check_reproduction(cells_of(read_study(place)))] == ["RAWSHA"]
    (place / "files" / "a.fcs").unlink()
    assert [one.variable for one in check_reproduction(cells_of(read_study(place)))] == ["RAWFILE"]
