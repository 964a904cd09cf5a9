"""Every planned item is drawn, numbered and explained."""

import pytest

from cordside.protocol.analyses import Analysis
from cordside.report.drawtables import NUMBERS, PLANNED, STANDING, draw_numbers, draw_standing, draw_tables
from cordside.report.numbering import FIGURE_KINDS
from cordside.report.tables import Table
from cordside.results import Result
from tests.report.sample import PROTOCOL, SUBJECTS, a_protocol, a_row, by_subject, sample_rows


def table(name: str, rows: list[Result] | None = None) -> Table:
    drawn = draw_tables(sample_rows() if rows is None else rows, a_protocol())
    return next(found for found in drawn if found.id == name)


def cells(found: Table) -> dict[tuple[str, str], str]:
    return {(row, column): cell.text for row, column, cell in found.cells()}


def test_every_kind_that_can_be_planned_can_be_drawn():
    union = Analysis.__args__[0]  # type: ignore[attr-defined]
    kinds = {kind.model_fields["kind"].annotation.__args__[0] for kind in union.__args__}
    assert kinds == set(PLANNED) | set(FIGURE_KINDS)
    assert set(NUMBERS) <= set(FIGURE_KINDS)


def test_planned_tables_come_in_the_plans_order_with_its_numbers_or_their_own():
    drawn = draw_tables(sample_rows(), a_protocol())
    assert [(found.id, found.number) for found in drawn] == [
        ("table1", "Table 1"),
        ("table3", "Table S1"),
        ("table2", "Table 2"),
        ("clearance", "Table S2"),
        ("ae", "Table S3"),
        ("ae-listing", "Table S4"),
        ("infusions", "Table S5"),
        ("deviations", "Table S6"),
    ]


def test_a_listing_is_keyed_by_label_and_subject():
    printed = cells(table("table1"))
    assert (printed["Age", "Case 2"], printed["RR", "Case 1"], printed["RR", "Case 5"]) == ("61", "21", "-")


def test_a_listing_of_many_subjects_has_them_in_rows():
    rows = [a_row("table1", subject=f"T-{n}", group_level=f"Case {n}", variable="DM.AGE", label="Age", text=str(n)) for n in range(1, 32)]
    printed = cells(table("table1", rows))
    assert printed["Case 31", "Age"] == "31"


def test_one_label_in_two_sections_is_keyed_by_both():
    twice = PROTOCOL.replace(
        "{label: Age, item: DM.AGE}, {label: RR, section: Signs,", "{label: RR, section: Day, item: VS.PULSE}, {label: RR, section: Signs,"
    )
    drawn = draw_tables(sample_rows(), a_protocol(twice))
    assert [row.key for row in drawn[0].rows if not row.section] == ["Day: RR", "Signs: RR"]


def test_characteristics_print_count_with_percent_and_median_with_quartiles():
    printed = cells(table("table3"))
    assert printed["Age", "Total"] == "62 (61–63)"
    assert printed["Sex: Female", "Total"] == "3 (60.0%)"


def test_characteristics_say_what_is_missing_and_which_quantile_was_taken():
    assert cells(table("table3"))["Age: Missing", "Total"] == "1"
    assert "R-7" in " ".join(table("table3").footnotes)


def test_a_swab_stands_under_its_date_and_what_stands_once_under_the_subject():
    assert cells(table("table2")) | {} == {
        ("Case 1", "Positive before treatment"): "Positive 2.6",
        ("Case 1", "First dose"): "2.9",
        ("Case 1, 2.19", "Date"): "2.19",
        ("Case 1, 2.19", "Nose"): "Positive",
        ("Case 1, 2.19", "Anus"): "NA",
        ("Case 1, 3.1", "Positive before treatment"): "",
        ("Case 1, 3.1", "First dose"): "",
        ("Case 1, 3.1", "Date"): "3.1",
        ("Case 1, 3.1", "Nose"): "Negative",
        ("Case 1, 3.1", "Anus"): "Negative",
    }


def test_what_the_source_says_about_a_table_stands_under_it():
    assert "Remark: The source calls this table partial." in table("table2").footnotes


def test_clearance_names_the_protocols_rule_and_marks_who_was_not_cleared():
    found = table("clearance")
    assert found.columns[1].heading == "Two negatives (rule of the protocol)"
    assert cells(found)["Case 2", "Two negatives"] == "not cleared by day 15"
    assert ("a", "last swab positive") in found.marked


def test_events_of_special_interest_are_printed_with_nought():
    assert cells(table("ae"))["Thromboembolism", "count"] == "0"


def test_no_adverse_event_is_a_row_in_words():
    row = a_row(
        "ae",
        variable="AE",
        level="any",
        group_level="Total",
        label="Any adverse event",
        statistic="n",
        value=0,
        text="0",
        error="no adverse event is recorded",
    )
    exposed = a_row("ae", variable="AE", level="exposed", group_level="Total", statistic="n", text="5")
    assert cells(table("ae", [exposed, row]))["none", "count"] == "No adverse event is recorded"


def test_each_event_is_listed():
    assert cells(table("ae-listing"))["1", "event"] == "Nausea"


def test_an_infusion_prints_its_dose_as_a_reader_would_and_marks_a_derived_date():
    found = table("infusions")
    printed = cells(found)
    assert printed["Case 1 / 2", "dose"] == "30 × 10⁶ cells"
    assert printed["Case 1 / 2", "date"] == "2.20"
    assert printed["Case 1 / 2", "VS.PULSE"] == "before 70; after 75"
    assert found.marked == (("a", "the date is derived"),)
    assert found.rows[-1].cells[0].text == "subjects treated: 1; infusions: 2"


def test_a_table_without_rows_says_why():
    found = table("deviations")
    assert (found.rows, found.empty) == ((), "No deviation is recorded")


def test_a_planned_item_without_result_rows_is_drawn_with_the_reason():
    assert table("table1", []).empty == "The analysis gave no result rows"


def test_a_table_bears_the_origin_of_every_row_behind_it():
    rows = [
        by_subject("table1", "T-1", variable="DM.AGE", label="Age", text="60"),
        by_subject("table1", "T-2", variable="X", origin="simulated"),
    ]
    assert table("table1", rows).origins == ("published", "simulated")


@pytest.mark.parametrize("name", STANDING)
def test_a_standing_analysis_is_drawn_with_a_number(name):
    found = draw_standing(name, sample_rows(), a_protocol())
    assert found.rows
    assert found.number.startswith("Table R")


def test_eligibility_prints_the_value_that_a_verdict_rests_on():
    printed = cells(draw_standing("eligibility", sample_rows(), a_protocol()))
    assert printed["age", "Case 1"] == "met (65, 2020-02-09)"
    assert printed["verdict", "Case 1"] == "unknown"


def test_eligibility_of_many_subjects_lists_what_is_not_met_and_unknown():
    rows = [
        a_row("eligibility", subject=f"T-{n}", group_level=f"Case {n}", variable=id, label=id, level=level, text=text)
        for n in range(20)
        for id, level, text in (("verdict", "", "not met"), ("age", "inclusion", "not met"), ("shock", "exclusion", "unknown"))
    ]
    printed = cells(draw_standing("eligibility", rows, a_protocol()))
    assert (printed["Case 7", "Not met"], printed["Case 7", "Unknown"]) == ("age", "shock")


def test_the_numbers_behind_a_figure_are_printed_with_its_number():
    first, second = draw_numbers(sample_rows(), a_protocol())
    assert (first.number, second.number) == ("Numbers of Figure 3", "Numbers of Figure 4")
    assert cells(first)["CRP: Mean", "D28"] == "20"
    assert cells(first)["CRP: Mean, without outliers", "D28"] == "19"
    assert cells(first)["D-dimer: none", "BEFORE"] == "no values"
    assert cells(second)["Lymphocytes: Case 2", "D28"] == "1.6"


def test_every_number_of_a_listing_leads_to_its_source():
    assert all(cell.sources for _, _, cell in table("table1").cells())


def test_no_subject_is_lost():
    assert [column.key for column in table("table1").columns[1:]] == list(SUBJECTS.values())
