"""A form is begun from any table: what is read is right, what is not read is marked, and the form itself is readable."""

import csv
import io
from random import Random

import pytest

from cordside.appraisal.appraise import appraise
from cordside.appraisal.read import parse_paper
from cordside.appraisal.start.cells import read_cell, read_p_cell
from cordside.appraisal.start.form import start_form
from cordside.appraisal.start.labels import read_heading, read_label
from cordside.errors import CannotDo

CELLS = (
    *("25 (80.6%)", "24.5 ± 2.9", "13.39 (1.30–38.86)", "< 0.001", "0.003", "-", "", "NA", "see", "12", "12.5", "80.6%", "1,234 (5.0)"),
    *(
        "3/4 (75%)",
        "3 (2.9)",
        "-3.2 (−5.1 to 1.0)",
        "1.2 (0.9, 1.6)",
        "> 0.05",
        "p = .03",
        "<60",
        "≥ 3",
        "1e5",
        "(3)",
        "10 [2-3]",
        "ns",
        "٣",
    ),
)
LABELS = (
    *("Age, years", "Sex: male", '"quoted"', "# comment", "Fever, n (%)", "{x}", "[y]", "- dash", "null", "  indented", "a,b;c", "", "é"),
    *(
        "WBC, ×10⁹/L (normal range, 3.5–9.5)",
        "X (range)",
        "Mean (SD) age",
        "RR (breaths/min)",
        "'s",
        "*x",
        "&y",
        "%",
        "Score, median (IQR)",
    ),
)
HEADINGS = (
    ["", "Total (n = 31)"],
    ["Item", "Before", "After", "P value"],
    ["Item", "A (n=10)", "B (n = 12)", "p"],
    ["Item", "All", "A", "B"],
    ["x"],
    ["Item", "Baseline (n=3)", "Follow-up", "P"],
)


def a_table(seed: int) -> str:
    """A table of odd labels and cells, as CSV or parted by tabs or blanks."""
    draw = Random(seed)
    headings = draw.choice(HEADINGS)
    rows = [headings] if draw.random() < 0.8 else []
    width = len(headings) - 1
    rows += [[draw.choice(LABELS), *draw.choices(CELLS, k=width + (draw.random() < 0.1))] for _ in range(draw.randint(0, 6))]
    separator = draw.choice(["\t", "   ", ",", ";"])
    if separator not in ",;":
        return "\n".join(separator.join(row) for row in rows)
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows(rows)
    return written.getvalue()


def test_what_is_begun_can_always_be_appraised():
    begun = 0
    for seed in range(400):
        try:
            form = start_form(a_table(seed), "t.csv")
        except CannotDo:
            continue
        appraise(parse_paper(form))
        begun += 1
    assert begun > 300


@pytest.mark.parametrize(
    ("cell", "said", "kind", "numbers"),
    [
        ("25 (80.6%)", "", "count", ("25", "80.6")),
        ("25 (80.6)", "Fever, n (%)", "count", ("25", "80.6")),
        ("25 (80.6)", "Fever", "count", ("25", "80.6")),
        ("1,250 (80.6%)", "", "count", ("1250", "80.6")),
        ("24.5 ± 2.9", "mean ± SD", "mean_sd", ("24.5", "2.9")),
        ("24.5 ± 2.9", "mean ± SEM", "mean_se", ("24.5", "2.9")),
        ("24.5 ± 2.9", "", "mean_spread", ("24.5", "2.9")),
        ("24.5 (2.9)", "mean (SD)", "mean_sd", ("24.5", "2.9")),
        ("24.5 (2.9)", "", "", ()),
        ("13.39 (1.30–38.86)", "median (IQR)", "median_iqr", ("13.39", "1.30", "38.86")),
        ("−3.2 [−5.1, 1.0]", "median [IQR]", "median_iqr", ("-3.2", "-5.1", "1.0")),
        ("7 (1 to 9)", "median (range)", "median_range", ("7", "1", "9")),
        ("0.88 (0.64–1.21)", "hazard ratio (95% CI)", "estimate_ci", ("0.88", "0.64", "1.21")),
        ("80.6%", "", "percentage", ("80.6",)),
        ("12", "n", "count_alone", ("12",)),
        ("12.5", "median", "median", ("12.5",)),
        ("see text", "", "", ()),
    ],
)
def test_a_cell_is_read_by_what_is_said_of_it(cell, said, kind, numbers):
    found = read_cell(cell, said, 31)
    assert (found.kind, found.numbers) == (kind, numbers)


@pytest.mark.parametrize(
    ("cell", "p"), [("0.003", "0.003"), ("P = .03*", ".03"), ("<.001", "<.001"), ("NS", "NS"), ("12.5", None), ("see", None)]
)
def test_a_p_is_read_as_printed(cell, p):
    assert read_p_cell(cell) == p


@pytest.mark.parametrize(
    ("label", "name", "unit", "normal"),
    [
        ("Age, median (IQR), years", "Age", "years", None),
        ("Sex, male", "Sex, male", None, None),
        ("BMI, mean ± SD, kg/m2", "BMI", "kg/m2", None),
        ("RR (breaths/min)", "RR", "breaths/min", None),
        ("C-reactive protein, mg/L (normal range, < 10)", "C-reactive protein", "mg/L", (None, "10")),
        ("White cells, × 109/mL (normal range, 3.5–9.5)", "White cells", "x 10^9/mL", ("3.5", "9.5")),
        ("SpO2 (%) (reference range > 95)", "SpO2", None, ("95", None)),
        ("Smoking (current)", "Smoking (current)", None, None),
    ],
)
def test_a_label_is_read_in_its_parts(label, name, unit, normal):
    found = read_label(label)
    assert (found.name, found.normal) == (name, normal)
    assert found.unit == unit


@pytest.mark.parametrize(
    ("heading", "role", "n"),
    [
        ("Total (n = 31)", "all", 31),
        ("Before therapy", "before", None),
        ("After UC-MSC therapy (N=27)", "after", 27),
        ("P value", "p", None),
        ("p", "p", None),
        ("Control (n = 20)", "group", 20),
    ],
)
def test_a_heading_says_what_its_column_holds(heading, role, n):
    found = read_heading(heading)
    assert (found.role, found.n) == (role, n)
