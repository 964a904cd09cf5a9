"""Every rule has its id, its levels and its page; the list is that of the reference."""

import pytest

from cordside.appraisal.rules.all import RULES
from cordside.appraisal.verdict import LEVELS
from tests.appraisal.papers import a_paper

IDS = [
    *("percent-of-n", "count-in-n", "partition-sum", "grim", "grimmer", "debit", "reachable", "sd-bound", "quartile-order"),
    *(
        "median-grid",
        "quartile-definition",
        "quartile-mean",
        "mean-change",
        "change-p-range",
        "signed-rank-floor",
        "p-vs-ci",
        "p-from-counts",
    ),
    *("cross-source", "unit-vs-normal", "unit-vs-definition", "eligibility-row", "date-statement", "reference-target", "test-named"),
    *("spread-named", "n-per-cell", "selective-report", "claim-vs-limits", "claim-without-control", "rebuild"),
]


def test_every_rule_of_the_list_is_there():
    assert [rule.id for rule in RULES] == IDS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_a_page_with_an_example(rule):
    title, _, rest = rule.page.partition("\n")
    assert title.endswith(".")
    assert rest.strip()
    assert "Example:" in rest
    assert rule.levels
    assert set(rule.levels) <= set(LEVELS)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_page_without_anything_gives_nothing(rule):
    verdicts = rule.judge(a_paper(""))
    assert (verdicts.findings, verdicts.passed, verdicts.not_checked) == ([], [], [])
