"""The product section: every line stands there, computed where it can be, and says what nobody recorded."""

import pytest

from cordside.product.breaches import with_product
from cordside.product.summary.all import product_rows
from cordside.record.read import read_study
from cordside.results import Result, find
from tests.product.made import CELLS, a_changed_record, adds, sets
from tests.studies.folders import RENMIN

LINES = {
    "Source": [
        *("Tissue", "Donors", "Autologous or allogeneic", "Isolation", "Medium and serum", "Passage"),
        "Cumulative population doublings",
    ],
    "Lot": ["Lots used", "Level", "Specification", "Tests against limits", "Late results", "Exceptions"],
    "Cryopreservation": ["Frozen or fresh", "Freezing medium", "DMSO in the container", "Storage"],
    "Before use": [
        *("Thaw method", "Time from thaw to start", "Storage and temperature meanwhile", "Wash", "Vehicle", "Final volume"),
        *("Final concentration, viable", "Final concentration, all cells"),
    ],
    "Check before use": ["Viability", "Potency"],
    "Dose": [
        *("Rule", "Count basis", "Kind of weight", "Cells ordered", "Dose as recorded", "Viable cells given", "All cells given"),
        *("Given of ordered", "Viable cells per kg", "All cells per kg", "Deviations of the dose", "DMSO", "Endotoxin, at most"),
    ],
    "Infusion": [
        *("Route", "Number of infusions", "Historical infusions", "Planned days", "Actual days", "Volume of each infusion"),
        *("Volume in all, per subject", "Duration", "Rate", "Premedication", "Anticoagulant", "Filter", "Line", "Flush", "Vital signs"),
        *("Interruptions", "Stops", "Rest in bag and line"),
    ],
}


@pytest.fixture(scope="module")
def rows() -> list[Result]:
    return product_rows(with_product(read_study(CELLS)))


@pytest.fixture(scope="module")
def published() -> list[Result]:
    return product_rows(with_product(read_study(RENMIN)))


def line(rows: list[Result], label: str) -> Result:
    """The one line with a label."""
    (found,) = find(rows, analysis="product", label=label)
    return found


def text(rows: list[Result], label: str) -> str:
    return line(rows, label).text


@pytest.mark.parametrize("study", ["rows", "published"])
@pytest.mark.parametrize("group", LINES)
def test_every_line_is_printed_whether_or_not_it_was_recorded(study, group, request):
    found = find(request.getfixturevalue(study), analysis="product", level=group)
    assert [row.label for row in found if row.label != "Product lots not used"] == LINES[group]
    assert all(row.text for row in found)


def test_what_follows_from_the_rows_is_computed(rows):
    assert text(rows, "Donors") == "1 (D-01: infant, mother asked, eligible)"
    assert text(rows, "Passage") == "P5"
    assert text(rows, "Cumulative population doublings") == "14, counted from P0 harvest"
    assert text(rows, "Time from thaw to start") == "median 60, range 60 to 240 min; 3 of 4 infusions"
    assert text(rows, "Duration") == "median 25, range 24 to 26 min; 3 of 4 infusions"
    assert text(rows, "Rate") == "median 3.94, range 3.81 to 4.13 mL/min; 3 of 4 infusions"
    assert text(rows, "Volume in all, per subject") == "median 148.25, range 99 to 197.5 mL; 2 of 3 subjects"
    assert text(rows, "DMSO") == "0.0051 g/kg; 3 of 4 infusions"
    assert text(rows, "Storage and temperature meanwhile") == "Ward 3, 4.0 to 5.6 °C"


def test_cells_given_are_concentration_times_volume_given(rows):
    # 85,008,000 viable cells in 4 mL; of 98.5 mL given 3.3 in 100 are the container's.
    given = [row for row in find(rows, analysis="product_infusions", variable="VIABLE") if row.subject == "cells-001"]
    assert given[0].value == round(85_008_000 / 4 * 98.5 * 3.3 / 100)
    per_kg = find(rows, analysis="product_infusions", variable="PER_KG", subject="cells-001")
    assert per_kg[0].value == pytest.approx(given[0].value / 70)


def test_endotoxin_below_a_limit_counts_as_the_limit(rows):
    (first, *_) = find(rows, analysis="product_infusions", variable="ENDOTOXIN", subject="cells-001")
    # 3.3 of 100 mL are the container's: of 98.5 mL given 3.2505, 3.251 to the whole microlitre; 0.25 EU/mL; 70 kg.
    assert first.value == pytest.approx(0.25 * 3.251 / 70)
    assert "records/testresult.csv:8" in first.source


def test_what_nobody_recorded_says_so_and_what_was_not_published_too(rows, published):
    assert text(rows, "Potency") == text(rows, "Anticoagulant") == "not recorded"
    assert text(published, "Frozen or fresh") == text(published, "Vehicle") == text(published, "Duration") == "not published"
    assert text(published, "Time from thaw to start") == "not recorded"
    assert text(published, "Count basis") == "viable or total not stated"


def test_a_historical_infusion_is_marked_in_every_table_and_breaks_no_rule(rows, published):
    assert text(rows, "Historical infusions").startswith("1: no lot known")
    assert text(published, "Lots used") == "not recorded (15 infusions historical, no lot known)"
    assert find(rows, analysis="product_infusions", variable="LOT", subject="cells-003")[0].text == "historical, no lot known"
    historical = find(rows, analysis="product_recipients", group_level="historical, no lot known")
    assert {row.subject for row in historical} == {"cells-003"}
    assert {row.text for row in historical if row.variable in ("RELEASED", "STATE", "HOLDS")} == {"not known"}


def test_every_line_has_a_source_and_an_origin(rows, published):
    assert all(row.source and row.origin for row in (*rows, *published))
    assert line(rows, "Tissue").source == ("protocol.yaml:product.tissue",)
    assert line(rows, "Exceptions").source == ("records/release.csv:5",)


def test_the_subject_of_each_container_is_told_with_how_its_lot_was_released(rows):
    own = find(rows, analysis="product_recipients", group_level="UC-02")
    assert {row.variable: row.text for row in own} == {
        "CONTAINER": "UC-02-1T",
        "DATE": "2026-01-13T14:00",
        "RELEASED": "conditional, 2025-11-20 09:00 UTC, by exception",
        "STATE": "conditional (Sterility overdue)",
        "HOLDS": "none",
    }


def test_a_late_failure_is_told_beside_every_recipient(tmp_path):
    record = a_changed_record(tmp_path, testresult=sets("TRSID", "R27", ORRES="positive"))
    own = find(product_rows(record), analysis="product_recipients", group_level="UC-01", variable="STATE")
    assert {row.text for row in own} == {"recalled (Sterility failed)"}
    assert "recalled" in text(product_rows(record), "Lots used")


def test_each_test_of_each_lot_stands_with_its_verdict(rows):
    found = {row.label: row.text for row in find(rows, analysis="product_tests", group_level="UC-02", statistic="verdict")}
    assert found["Viability"] == "failed"
    assert found["HLA-DR"] == "failed, informative"
    assert found["Sterility"] == "overdue"


def test_without_a_lot_the_tests_that_the_protocol_names_stand_there(published):
    found = find(published, analysis="product_tests", label="CD73")
    assert {row.statistic: row.text for row in found} == {
        "method": "Flow cytometry",
        "limit": "present",
        "value": "not recorded",
        "verdict": "not known",
        "due": "not published",
    }


def test_a_breach_that_was_entered_is_told_with_its_code_and_date(rows):
    (row,) = find(rows, analysis="product", level="Deviations")
    assert "two_people_needed" in row.label
    assert "2026-01-15" in row.label
    assert row.text == "container UC-01-2T: only Lea is named; done: not recorded"


def test_signs_premedication_and_interruptions_are_counted(tmp_path):
    signs = [
        {"USUBJID": "cells-001", "VSTESTCD": "PULSE", "VSORRES": "80", "VSORRESU": "beats/min", "VSTPTNUM": at, "VSTPTREF": "001-1"}
        for at in ("-10", "10", "60")
    ]
    (tmp_path / "cells").mkdir()
    record = a_changed_record(
        tmp_path, vs=adds(*signs), ex=sets("EXREFID", "001-1", EXINTRP="Y", EXINTMIN="5", EXSTOPR="Line blocked", EXANTIC="ACD-A 10 %")
    )
    found = product_rows(record)
    assert text(found, "Vital signs") == "before 1, during 1, after 1 of 4 infusions"
    assert text(found, "Interruptions") == "1 of 1 infusions, 5 min"
    assert text(found, "Stops") == "Line blocked; 1 of 4 infusions"
    assert text(found, "Anticoagulant") == "ACD-A 10 %; 1 of 4 infusions"
    # The interruption is no time of infusion: 25 minutes less 5.
    assert find(found, analysis="product_infusions", variable="MINUTES", subject="cells-001")[0].value == 20


def test_a_study_without_a_product_and_infusions_has_no_such_rows(tmp_path):
    protocol = (CELLS / "protocol.yaml").read_text(encoding="utf-8")
    product = protocol[protocol.index("product:\n") : protocol.index("regimen:\n")]
    folder = tmp_path / "bare"
    (folder / "records").mkdir(parents=True)
    (folder / "protocol.yaml").write_text(protocol.replace(product, "product: not_published\n"), encoding="utf-8")
    (folder / "records" / "dm.csv").write_text("USUBJID,SUBJID,ARMCD\ncells-001,001,MSC\n", encoding="utf-8")
    assert product_rows(with_product(read_study(folder))) == []
