"""A published file is read with every mistake at once: its line, its key, what is allowed and the nearest known key."""

import pytest

from cordside.appraisal.read import parse_paper, read_paper
from cordside.errors import CannotDo, Problem, ProblemsFound
from tests.house.source import ROOT

STUDIES = sorted((ROOT / "studies").glob("*/published.yaml"))
HEAD = "study: T\nn: 31\n"


def mistakes(text: str) -> list[Problem]:
    """Everything that is wrong with a file."""
    with pytest.raises(ProblemsFound) as found:
        parse_paper(text, "p.yaml")
    return list(found.value.problems)


@pytest.mark.parametrize("path", STUDIES, ids=lambda path: path.parent.name)
def test_the_shipped_papers_are_sound(path):
    paper = read_paper(path)
    assert paper.study == path.parent.name
    assert paper.rows or paper.published.patients


def test_numbers_keep_their_printed_digits():
    paper = parse_paper(HEAD + "table1: [{row: A, kind: mean_sd, value: [2.20, 0.50]}]")
    (cell,) = paper.rows[0].cells
    assert [(str(cell[name]), cell[name].decimals) for name in ("mean", "sd")] == [("2.20", 2), ("0.50", 2)]


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "an empty file"), ("# nothing\n", "an empty file"), ("- a\n", "not a mapping of keys"), ("hello\n", "not a mapping")],
)
def test_a_file_without_keys_is_no_published_summary(text, words):
    (found,) = mistakes(text)
    assert words in found.problem


def test_a_missing_file_cannot_be_read(tmp_path):
    with pytest.raises(CannotDo, match="no such file"):
        read_paper(tmp_path / "published.yaml")


def test_all_mistakes_are_reported_at_once_with_line_and_key():
    text = """study: T
n: many
test: paired t
partision: [[A, B]]
table1:
  - {row: A, n: 3, ptc: "9.7"}
  - {row: B, n: two}
  - row: C
    kind: mean_sdd
    value: [1, 2]
statements:
  - {id: a, kind: quote, quote: q, about: A, value: 3}
  - {id: b, kind: date, quote: q, about: A, value: 3}
"""
    found = [(problem.row, problem.variable) for problem in mistakes(text)]
    assert found == [
        (2, "n"),
        (4, "partision"),
        (6, "table1.0.ptc"),
        (7, "table1.1.n"),
        (9, "table1.2.kind"),
        (12, "statements.0.kind"),
        (13, "statements.1"),
    ]


@pytest.mark.parametrize(
    ("parts", "key", "meant"),
    [
        ("partition: [[A, B]]", "partition", "partitions"),
        ("elegibility: {}", "elegibility", "eligibility"),
        ("statement: []", "statement", "statements"),
        ("table1: [{row: A, lable: x}]", "table1.0.lable", "label"),
        ("table1: [{row: A, as: {domian: LB}}]", "table1.0.as.domian", "domain"),
        ("figures: {1: {shows: []}}\neligibility: {include: {al: []}}", "eligibility.include.al", "all"),
        ("statements: [{id: a, kind: claim, quote: q, about: A, value: v, plase: x}]", "statements.0.plase", "place"),
        ("table1: [{row: A, kind: median_iqrs, value: [1, 2, 3]}]", "table1.0.kind", "median_iqr"),
        ("table1: [{row: A, kind: mean, value: {meen: 3}}]", "table1.0.value", "mean"),
        ("table1: [{row: Oxygen}, {row: B, parent: Oxigen}]", "table1.1.parent", "Oxygen"),
        ("table1: [{row: Age}]\npartitions: [[Age, Agee]]", "partitions.0.1", "Age"),
    ],
)
def test_a_slip_names_the_nearest_known_word(parts, key, meant):
    (found,) = [problem for problem in mistakes(HEAD + parts) if problem.variable == key]
    assert found.remedy == f"did you mean {meant}"


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ('table1: [{row: A, pct: "eighty"}]', "is no number"),
        ('table1: [{row: A, p: "1.5"}]', "is no P"),
        ('table1: [{row: A, kind: median_iqr, value: ["1", "2"]}]', "2 numbers"),
        ('table1: [{row: A, value: ["1", "2"]}]', "without kind"),
        ("table1: [{row: A, section: B}]", "a row has a name"),
        ("table1: [{n: 3}]", "a row has a name"),
        ("table1: {row: A}", "is not a list"),
        ("table1: [{row: A, counts: [[1, 2], [3, -4]]}]", "two by two"),
        ("table1: [{row: A, definition: {over: half}}]", "is not known here"),
        ("table1: [{row: A, of: B}]", "neither a number nor a row"),
        ("table1: [{row: A, of: {middle: 3}}]", "is no cell"),
        ('period: ["2020-02"]', "is no period"),
        ('period: ["2020-13", "2020-14"]', "is no period"),
        ("pcr: [{case: 1, d1: 13-40}]", "is no day"),
        ("pcr: [{case: 1, swabs: [[02-21, nasal]]}]", "p.yaml:3: pcr.0.swabs.0"),
        ("patients: [{case: 1}, {case: 1}]", "stands twice"),
        ("patients: [{case: 1}]\npcr: [{case: 2}]", "not among the patients"),
        ("patients: [{age: 3}]", "the key is missing"),
        ("control_group: perhaps", "is not true or false"),
        ("n_per_cell: [a]", "n_per_cell"),
        ("statements: [{id: a, kind: claim, quote: q, about: A, value: [x]}]", "is no word"),
        (
            "statements: [{id: a, kind: date, quote: q, about: A, value: {event: swab, after: x, days: [7, 1], cases: 5}}]",
            "end before they start",
        ),
        ("statements: [{id: a, kind: date, quote: q, about: A, value: {event: swab, days: 1, cases: 5}}]", "after missing"),
        ("statements: [{id: a, kind: period, quote: q, about: A, value: soon}]", "a period without"),
        (
            "statements: [{id: a, kind: claim, quote: q, about: A, value: v}, {id: a, kind: claim, quote: q, about: A, value: v}]",
            "stands twice",
        ),
        ("format: 2", "is not known here"),
        ("wibble: [1, 2]", "the key is not known"),
    ],
)
def test_a_bad_value_is_explained(parts, words):
    assert words in "\n".join(map(str, mistakes(HEAD + parts)))


def test_a_number_of_the_papers_own_may_stand_beside_the_tables():
    paper = parse_paper(HEAD + 'days_to_clearance: {n: 30, mean: "10.7", sd: "4.2"}\ndeaths: 4')
    assert [(row.name, row.cells[0].n) for row in paper.rows] == [("days_to_clearance", 30), ("deaths", 31)]


@pytest.mark.parametrize("text", [path.read_text(encoding="utf-8") for path in STUDIES], ids=[path.parent.name for path in STUDIES])
def test_a_line_that_is_spoiled_is_reported_and_never_a_traceback(text):
    lines = text.splitlines()
    for place, line in enumerate(lines):
        for spoiled in (line.replace(": ", ": [", 1), line.replace("{", "{x: 1, ", 1), line.split(":")[0] + ": 3"):
            try:
                parse_paper("\n".join([*lines[:place], spoiled, *lines[place + 1 :]]))
            except ProblemsFound as found:
                assert all(problem.row for problem in found.problems)
