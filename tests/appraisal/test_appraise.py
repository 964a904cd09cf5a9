"""An appraisal of a whole page: everything is listed, in the order of the file, and a true page gives no contradiction."""

import pytest

from cordside.appraisal.appraise import appraise
from cordside.appraisal.read import parse_paper, read_paper
from tests.appraisal.papers import a_paper
from tests.appraisal.test_published import STUDIES
from tests.appraisal.truepapers import a_true_page

QUICK, CHUNKS = range(300), 8

PAGE = """
table1:
  - {section: Symptoms}
  - {row: Fever, n: 24, pct: "74.7"}
  - {row: BMI, kind: mean_sd, value: ["24.5", "2.9"], unit: kg/m2}
  - {row: Remark}
  - {row: Age, kind: median_iqr, value: ["70", "71", "61"], grid: 1}
statements:
  - {id: a, kind: quantity, quote: q, about: Fever, value: {n: 25}}
"""


def contradictions(seed: int) -> list[str]:
    """What an appraisal of a true page finds impossible."""
    return [
        f"{seed}: {found.rule} {found.row}: {found.why}" for found in appraise(parse_paper(a_true_page(seed))).of_level("contradiction")
    ]


def test_true_data_are_never_found_impossible():
    assert [words for seed in QUICK for words in contradictions(seed)] == []


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_ten_thousand_true_pages_are_never_found_impossible(chunk):
    seeds = range(len(QUICK) + chunk, 10_000, CHUNKS)
    assert [words for seed in seeds for words in contradictions(seed)] == []


def test_true_pages_are_not_passed_by_saying_nothing():
    seen = {checked.rule for seed in range(20) for checked in appraise(parse_paper(a_true_page(seed))).passed}
    expected = {"percent-of-n", "count-in-n", "partition-sum", "grim", "grimmer", "debit", "reachable", "sd-bound", "quartile-order"}
    assert expected | {"median-grid", "quartile-mean", "mean-change", "change-p-range", "cross-source"} <= seen


@pytest.mark.parametrize("seed", range(20))
def test_a_true_page_with_one_wrong_count_is_found(seed):
    page = a_true_page(seed)
    line = next(line for line in page.splitlines() if "row: Class 0" in line)
    count = int(line.partition("n: ")[2].partition(",")[0])
    broken = page.replace(line, line.replace(f"n: {count},", f"n: {count + 1},"))
    assert appraise(parse_paper(broken)).contradicts


def test_findings_stand_in_the_order_of_the_file():
    found = appraise(a_paper(PAGE))
    assert [finding.row for finding in found.findings] == ["Fever", "Age", "Fever"]
    assert [finding.rule for finding in found.findings] == ["percent-of-n", "quartile-order", "cross-source"]


@pytest.mark.parametrize("text", [PAGE, *(path.read_text(encoding="utf-8") for path in STUDIES)])
def test_every_row_is_listed_somewhere(text):
    paper = parse_paper(text) if "study:" in text else a_paper(text)
    found = appraise(paper)
    listed = {one.row for one in (*found.findings, *found.passed, *found.not_checked)}
    assert {row.name for row in paper.rows} <= listed


def test_a_page_whose_rows_have_no_value_is_listed_as_not_checked():
    found = appraise(a_paper("table1: [{section: A}, {row: B}]"))
    assert (found.findings, found.passed) == ((), ())
    assert [checked.row for checked in found.not_checked] == ["A", "B"]


@pytest.mark.parametrize(
    "keys",
    [
        'kind: mean_sd, value: ["1e9", "1e9"], grid: 1, of: 20',
        'kind: mean_sd, value: ["0", "1e9"], grid: 5, of: 2',
        'kind: mean_spread, value: ["> 60", "3"]',
        'kind: median, before: [3], after: [2], n: -2, p: "0.01", test: Wilcoxon signed-rank',
        'kind: mean_sd, value: ["1", "2"], unit: mg/L, normal: [null, "0"], as: {domain: LB, testcd: CRP}',
        'counts: [[0, 0], [0, 0]], p: "0.5"',
        'kind: estimate_ci, value: ["0", "-1", "2"], scale: ratio, p: "0.5", level: 90%',
        'kind: median_iqr, value: ["< 0.5", "< 0.5", "6.4"], grid: "0.1", mean: "3", min: 0',
        'kind: mean_sd, before: ["3", "0"], after: ["3", "0"], p: "0.5", test: paired t',
    ],
)
def test_odd_numbers_never_break_a_rule(keys):
    found = appraise(a_paper(f"table1: [{{row: Row, {keys}}}]"))
    assert {"Row"} == {one.row for one in (*found.findings, *found.passed, *found.not_checked) if one.row != "table1"}


def test_an_appraisal_is_the_same_each_time():
    paper = read_paper(STUDIES[0])
    assert appraise(paper).as_dict() == appraise(paper).as_dict()


@pytest.mark.parametrize("path", STUDIES, ids=lambda path: path.parent.name)
def test_no_motive_is_ever_named(path):
    found = appraise(read_paper(path))
    words = " ".join(one.why for one in (*found.findings, *found.passed, *found.not_checked)).casefold()
    assert not [word for word in ("fra" + "ud", "fabric" + "ated", "manipul" + "ated") if word in words]
