"""The printed tables that the report must reproduce: all cells, and the same as in the published summary."""

import re

from tests.studies.folders import RENMIN, published, rows_of

PUBLISHED = published()
CASES = [f"Case {patient['case']}" for patient in PUBLISHED["patients"]]


def cells_of(table: str) -> dict[tuple[str, str], str]:
    """Printed cells by row and column; a place that stands twice fails."""
    rows = rows_of(RENMIN / "expected" / f"{table}.csv")
    cells = {(row["row"], row["column"]): row["text"] for row in rows}
    assert len(cells) == len(rows)
    return cells


def printed(key: str, patient: dict) -> str:
    """A value of one patient as table 1 prints it."""
    value, patterns = patient[key], PUBLISHED["printed"]
    if key == "comorbidities":
        return patterns[key]["join"].join(value) if value else patterns[key]["none"]
    return patterns["sex"][value] if key == "sex" else patterns["spo2"].format(value=value) if key == "spo2" else value


def month_day(text: str) -> str:
    """A printed date such as 2.6 or 3.01 as 02-06, 03-01; other texts as they are."""
    return re.sub(r"(\d{1,2})\.(\d{1,2})$", lambda match: f"{int(match[1]):02}-{int(match[2]):02}", text)


def test_table_1_has_60_cells_and_they_are_the_published_values():
    cells = cells_of("table1")
    wanted = {
        (label, case): printed(key, patient)
        for key, label in PUBLISHED["labels"].items()
        for case, patient in zip(CASES, PUBLISHED["patients"], strict=True)
    }
    assert len(cells) == 60
    assert {place: text.casefold() for place, text in cells.items()} == {place: text.casefold() for place, text in wanted.items()}


def test_table_2_has_79_cells_and_they_are_the_published_swabs():
    cells = cells_of("table2")
    assert len(cells) == 79
    assert {(month_day(row), column): month_day(text) for (row, column), text in cells.items()} == swab_cells()


def swab_cells() -> dict[tuple[str, str], str]:
    """Cells that the published summary implies, dates as month-day."""
    _, status, first_dose, day_column, nasopharyngeal, anal = PUBLISHED["columns"]["table2"]
    wanted = {}
    for case in PUBLISHED["pcr"]:
        name = f"Case {case['case']}"
        wanted |= {(name, status): f"Positive {case['positive']}", (name, first_dose): case["d1"]}
        for day, _, _ in case["swabs"]:
            on_day = {place: result.capitalize() for when, place, result in case["swabs"] if when == day}
            wanted |= {
                (f"{name}, {day}", day_column): day,
                (f"{name}, {day}", nasopharyngeal): on_day.get("nasopharyngeal", "NA"),
                (f"{name}, {day}", anal): on_day.get("anal", "NA"),
            }
    return wanted


def test_table_2_prints_33_results_and_13_gaps():
    texts = [text for (_, column), text in cells_of("table2").items() if column.endswith("swab")]
    assert (sum(text != "NA" for text in texts), texts.count("NA")) == (33, 13)
