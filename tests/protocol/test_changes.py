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


@pytest.mark.parametrize(
    ("assumed", "said"),
    [
        ("reliability: 0.5, population_mean: 60, cutoff: 40, source: x", "a cut-off and its side belong together"),
        ("reliability: 0.5, population_mean: 60, cutoff: 40, side: below, source: x", "a cut-off without population_sd"),
        ("reliability: 1.5, population_mean: 60, source: x", "reliability"),
        ("population_mean: 60, source: x", "reliability"),
        ("reliability: 0.5, population_mean: 60, population_sd: 0, source: x", "population_sd"),
    ],
)
def test_assumptions_of_regression_to_the_mean_are_whole(assumed, said):
    assert said in the_mistake(paired(marker=f", regression_to_the_mean: {{{assumed}}}"))


@pytest.mark.parametrize("assumed", ["reliability: not_published, population_mean: 60, source: not_published", "not_published"])
def test_assumptions_that_were_not_published_are_an_answer(assumed):
    marker = f", regression_to_the_mean: {{{assumed}}}" if ":" in assumed else f", regression_to_the_mean: {assumed}"
    assert mistakes(a_protocol(paired(marker=marker))) == []


COMPARED = """
visits: {{BEFORE: {{day: -1}}, AFTER: {{day: 7}}}}
analyses:
  - {{kind: comparison, id: t, title: T, measure: {{label: CRP, item: LB.CRP}}, visit: AFTER, {keys}}}
"""


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("method: mixed", "visits and the mixed model belong together"),
        ("visits: [AFTER]", "visits and the mixed model belong together"),
        ("method: mixed, visits: [BEFORE]", "AFTER is not among the visits of the model"),
        ("method: welch, doses: {A: 1}", "a dose response by welch"),
        ("method: rank_sum, means: true", "factors or least-squares means of the test rank_sum"),
    ],
)
def test_the_keys_of_a_comparison_fit_its_method(keys, said):
    assert said in the_mistake(COMPARED.format(keys=keys))


SHIFTED = """
analyses:
  - {{kind: shift, id: t, title: T, categories: {categories}, before: {{take: first}}, after: {{take: last}}, {keys},
     markers: [{{item: LB.K, label: K}}]}}
"""


@pytest.mark.parametrize(
    ("categories", "keys", "said"),
    [
        ("normal_range", "abnormal: [High]", "abnormal without a test"),
        ("normal_range", "mcnemar: exact, abnormal: [Grade 3]", "Grade 3 is no category"),
        ("ctcae", "mcnemar: exact, abnormal: [Grade 0, Grade 1, Grade 2, Grade 3, Grade 4]", "every category counts as abnormal"),
    ],
)
def test_what_is_abnormal_is_some_of_the_categories(categories, keys, said):
    assert said in the_mistake(SHIFTED.format(categories=categories, keys=keys))


def test_grays_test_needs_a_cumulative_incidence():
    plan = """
analyses:
  - {kind: time_to_event, id: t, title: T, event: {label: Death, first_of: [{death: true}]}, tests: [gray]}
"""
    assert "Gray's test of a Kaplan-Meier curve" in the_mistake(plan)
