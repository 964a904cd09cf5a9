"""Blank pages drawn from the protocol."""

import re

import pytest

from cordside.report.forms import forms
from cordside.report.pages import height, paged
from cordside.report.sheets import ALL, write_sheets
from cordside.results import Block, Field, Grid, Sheet
from tests.report.sample import PROTOCOL, a_protocol
from tests.support.folders import a_protocol as an_empty_protocol


def sheets(text: str = PROTOCOL) -> dict[str, Sheet]:
    return {sheet.id: sheet for sheet in forms(a_protocol(text))}


def words(sheet: Sheet) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", write_sheets([sheet])[f"{sheet.id}.html"]))


def all_words(text: str, beginning: str) -> str:
    return " ".join(words(sheet) for name, sheet in sheets(text).items() if name.startswith(beginning))


def test_every_planned_visit_has_a_form_repeats_and_unscheduled_ones_too():
    assert {
        "visit-BEFORE",
        "visit-D1",
        "visit-D28",
        "visit-CALL",
        "visit-CALL.2",
        "visit-EXTRA",
        "infusion-checklist",
        "visit-card",
    } <= set(sheets())


def test_a_form_asks_what_its_panels_ask_with_units():
    text = all_words(PROTOCOL, "visit-BEFORE")
    assert "Respiratory Rate" in text
    assert "breaths/min" in text
    assert "Heart (only where Coronary heart disease is recorded)" in text


def test_a_saturation_is_asked_with_its_oxygen_support():
    assert "Oxygen support at the measurement" in all_words(PROTOCOL, "visit-BEFORE")
    assert "Oxygen support" not in all_words(PROTOCOL, "visit-CALL")


def test_a_visit_with_an_infusion_asks_vital_signs_before_during_and_after():
    blocks = [block for sheet in forms(a_protocol()) if sheet.id.startswith("visit-D1") for block in sheet.blocks]
    grids = [block.grid for block in blocks if block.title == "Vital signs around the infusion"]
    assert [grid.columns for grid in grids if grid] == [("Sign", "Before", "During", "After")]


@pytest.mark.parametrize(
    "asked",
    [
        "Right subject",
        "by two people",
        "Right bag",
        "No new shock",
        "Temperature below 39 C",
        "3 × 10⁷ cells",
        "100 mL",
        "Started at",
        "Stopped at",
        "Minutes from the start",
        "Rash or itching",
        "Interrupted",
        "Rest volume",
        "First person",
        "Second person",
    ],
)
def test_the_infusion_checklist_asks_for_everything(asked):
    assert asked in all_words(PROTOCOL, "infusion-checklist")


def test_an_arm_with_a_regimen_of_its_own_has_a_checklist_of_its_own():
    regimen = PROTOCOL[PROTOCOL.index("regimen:") : PROTOCOL.index("before_each")].replace("\n", "\n    ")
    text = PROTOCOL.replace(
        "arms: {MSC: {label: Cells}}",
        f"arms:\n  LOW:\n    label: Low\n    {regimen}\n  MSC: {{label: Cells}}\n  NONE: {{label: None, treated: false}}",
    )
    names = [name for name in sheets(text) if name.startswith("infusion-checklist")]
    assert {"infusion-checklist", "infusion-checklist-LOW"} <= set(names)
    assert not any("NONE" in name for name in names)


def test_the_visit_card_lists_planned_visits_with_days():
    text = words(sheets()["visit-card"])
    assert "day 28 (±3)" in text
    assert "Unscheduled" not in text


def test_sheets_are_files_of_their_own_and_one_file_of_all():
    pages = forms(a_protocol())
    written = write_sheets(pages)
    assert set(written) == {f"{sheet.id}.html" for sheet in pages} | {ALL}
    assert written[ALL].count("<article") == len(pages)
    assert all(html.count("<article") == 1 for name, html in written.items() if name != ALL)


def test_two_runs_give_the_same_bytes():
    assert write_sheets(forms(a_protocol())) == write_sheets(forms(a_protocol()))


def test_words_of_the_protocol_are_escaped():
    html = write_sheets(forms(a_protocol(PROTOCOL.replace("label: Signs", "label: <script>x</script>"))))[ALL]
    assert "<script" not in html


def test_a_protocol_that_publishes_nothing_still_has_a_card():
    assert [sheet.id for sheet in forms(a_protocol(an_empty_protocol()))] == ["visit-card"]


def a_sheet(*blocks: Block) -> Sheet:
    return Sheet("s", "Long", blocks=blocks)


def rows_of(sheet: Sheet) -> list[str]:
    return [row[0] for block in sheet.blocks if block.grid for row in block.grid.rows]


def test_what_fits_on_a_page_stays_one_sheet():
    sheet = a_sheet(Block("A", fields=(Field("x"),)))
    assert paged(sheet) == [sheet]


def test_a_long_sheet_goes_on_under_its_title_and_loses_nothing():
    names = [f"r{number}" for number in range(120)]
    pages = paged(a_sheet(Block("A", grid=Grid("", ("x", "y"), tuple((name, "") for name in names))), Block("B", fields=(Field("z"),))))
    assert [page.id for page in pages][:2] == ["s", "s-2"]
    assert pages[0].title == f"Long (1 of {len(pages)})"
    assert [name for page in pages for name in rows_of(page)] == names
    assert all(sum(map(height, page.blocks)) <= 273 for page in pages)


def test_many_fields_are_parted_too():
    fields = tuple(Field(f"f{number}") for number in range(200))
    pages = paged(a_sheet(Block("A", fields=fields)))
    assert [field for page in pages for block in page.blocks for field in block.fields] == list(fields)
    assert len(pages) > 1
