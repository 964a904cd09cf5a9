"""Themes change looks and the decimal point, never a digit."""

import pytest

from cordside.protocol.printing import PRINTING
from cordside.report.tables import Cell, Column, Row, Table
from cordside.report.themes import THEMES, themed
from cordside.results import Result

VALUE = Result(analysis="t", statistic="value")


def printed(text: str, theme: str, kind: str = "text", results: tuple[Result, ...] = (VALUE,)) -> str:
    table = Table("t", "", "T", (Column(""), Column("c")), (Row("r", (Cell(text, results, kind),)),))  # type: ignore[arg-type]
    return themed(table, THEMES[theme]).rows[0].cells[0].text


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("13.39", "13·39"),
        ("0.5 (0.25–1.5)", "0·5 (0·25–1·5)"),
        ("<0.001", "<0·001"),
        ("p=.04", "p=·04"),
        ("-1.2 to 3.4.", "-1·2 to 3·4."),
        ("CTCAE v5.0", "CTCAE v5.0"),
        ("1.2.3", "1.2.3"),
        ("10.22.3", "10.22.3"),
        ("2 of 5", "2 of 5"),
    ],
)
def test_the_lancet_raises_the_point_of_numbers_alone(text, raised):
    assert printed(text, "lancet") == raised


def test_dates_and_words_of_the_protocol_keep_their_points():
    assert printed("Positive 2.11", "lancet", "date") == "Positive 2.11"
    assert printed("0.9 % saline", "lancet", results=()) == "0.9 % saline"


@pytest.mark.parametrize("theme", ["plain", "jama", "nejm"])
def test_the_others_leave_numbers_alone(theme):
    assert printed("13.39 (0.5)", theme) == "13.39 (0.5)"


def test_every_theme_has_looks_and_numbers():
    assert list(THEMES) == list(PRINTING)
    assert [name for name, theme in THEMES.items() if theme.name != name] == []


@pytest.mark.parametrize(
    ("theme", "total", "decimals"), [("plain", 5, 1), ("jama", 99, 0), ("jama", 100, 1), ("lancet", 31, 0), ("nejm", 31, 1)]
)
def test_decimals_of_a_percentage_are_the_themes(theme, total, decimals):
    assert PRINTING[theme].percent_decimals(total) == decimals
