"""The rule `rebuild`: a bound contradicts, a search that fails does not, and true rows are found."""

import pytest

from tests.appraisal.papers import BROKEN, REMARK, row, said

TRUE = 'kind: mean_sd, before: ["6.72", "2.62"], after: ["6.43", "1.72"], p: "0.346", test: paired t'


def test_a_row_that_patients_print_is_right():
    assert said("rebuild", row(TRUE)).passed == ["Row"]


def test_a_bound_contradicts():
    assert said("rebuild", row(TRUE.replace("0.346", "0.003"))).findings == BROKEN


def test_a_search_that_fails_proves_nothing():
    page = row('kind: mean_sd, before: ["3.6", "2.7"], after: ["3.7", "3.6"], p: "0.864", grid: "0.1", test: paired t')
    assert said("rebuild", page, 3).findings == REMARK


def test_values_may_be_recorded_finer_than_their_summary():
    page = row('kind: mean_sd, before: ["3", "3"], after: ["3", "2"], p: "0.909", test: paired t')
    assert said("rebuild", page, 11).passed == ["Row"]


def test_an_sd_that_needs_negative_values_has_no_end_at_0():
    page = row('kind: mean_sd, before: ["0.2", "3.0"], after: ["0.5", "2.8"], p: "0.60", test: paired t')
    assert said("rebuild", page, 14).passed == ["Row"]


def test_quartiles_that_all_print_alike_leave_the_tail_open():
    page = row('kind: median_iqr, before: ["2.0", "2.0", "2.0"], after: ["2.0", "2.0", "2.0"], p: "0.138", min: 0, test: paired t')
    assert said("rebuild", page, 40).passed == ["Row"]


@pytest.mark.parametrize(
    "keys", ['before: ["99999999999999", "3"], after: ["99999999999999", "3"]', 'before: ["1", "2"], after: ["1", "2"], of: 5000']
)
def test_what_is_too_large_is_not_checked(keys):
    assert said("rebuild", row(f"kind: mean_sd, {keys}")).not_checked == ["Row"]
