"""Planned changes: what must be named is asked for, what cannot be is refused."""

import pytest

from tests.protocol.written import keys_at_fault, mistakes, the_mistake
from tests.support.folders import a_protocol

PAIRED = """
visits: {{BEFORE: {{day: -1}}, AFTER: {{day: 7}}}}
analyses:
  - kind: paired
    id: t
    title: T
    before: {before}
    after: {after}
    test: {test}
    markers: [{{item: LB.CRP, label: CRP, show: median_iqr{marker}}}]
"""


def paired(*, before="{take: first}", after="{visit: AFTER}", test="paired_t\n    ranks: exact-pratt", marker=""):
    return PAIRED.format(before=before, after=after, test=test, marker=marker)


@pytest.mark.parametrize(
    "test", ["sign", "none", "paired_t\n    beside: never", "signed_rank\n    ranks: SAS", "signed_rank\n    ranks: not_published"]
)
def test_a_sound_plan_is_sound(test):
    assert mistakes(a_protocol(paired(test=test))) == []


@pytest.mark.parametrize("test", ["signed_rank", "paired_t", "paired_t\n    beside: always"])
def test_a_rank_test_has_no_silent_convention(test):
    assert "a signed-rank test without a convention" in the_mistake(paired(test=test))


def test_r_without_its_version_is_no_convention():
    assert keys_at_fault(paired(test="signed_rank\n    ranks: R"))


@pytest.mark.parametrize("before", ["{}", "{take: first, visit: BEFORE}"])
def test_a_moment_is_a_visit_or_a_rule(before):
    assert "a moment needs one answer" in the_mistake(paired(before=before))


def test_the_worst_value_needs_its_side():
    assert "CRP has no worse side" in the_mistake(paired(after="{take: worst}"))
    assert mistakes(a_protocol(paired(after="{take: worst}", marker=", worse: higher"))) == []


def test_a_ratio_goes_with_a_t_test_only():
    assert "a ratio with the test sign" in the_mistake(paired(test="sign\n    change: ratio"))


@pytest.mark.parametrize(("given", "key"), [({"before": "{visit: BEFOR}"}, "before"), ({"after": "{visit: AFTR}"}, "after")])
def test_visits_are_those_of_the_schedule(given, key):
    assert f"analyses[0].{key}.visit" in keys_at_fault(paired(**given))[0].replace(".0.", "[0].")


@pytest.mark.parametrize(
    ("forest", "said"),
    [
        ("of: nothing", "nothing is not declared"),
        ("of: f", "f is not declared"),
        ("of: t, scale: log, reference: 0", "reference 0 on a log axis"),
    ],
)
def test_a_forest_names_an_item_that_estimates(forest, said):
    assert said in the_mistake(paired() + f"  - {{kind: forest, id: f, title: F, {forest}}}\n")
