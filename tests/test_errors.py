"""Errors read as where, what is wrong, what is allowed, what to do."""

import pytest

from cordside.errors import CannotDo, CordsideError, Problem, ProblemsFound, Refused


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (Problem("lb.csv", 14, "LBDTC", "is no date", "2020-02-11", "mend it"), "lb.csv:14: LBDTC: is no date; 2020-02-11; mend it."),
        (Problem("lb.csv", None, "", "the file is empty"), "lb.csv: the file is empty."),
        (Problem("lb.csv", 3, "", "is wrong.", "", "mend it."), "lb.csv:3: is wrong; mend it."),
        (Problem("lb.csv", 3, "LB", "is wrong", "so", ""), "lb.csv:3: LB: is wrong; so."),
        (Problem("lb.csv", 3, "LB", "day 0", "..., -1, 1, ...", "write 1"), "lb.csv:3: LB: day 0; ..., -1, 1, ...; write 1."),
        (Problem("lb.csv", 3, "LB", "is missing", "", "write LB: ..."), "lb.csv:3: LB: is missing; write LB: ..."),
    ],
)
def test_a_problem_is_one_sentence_in_a_fixed_order(problem, words):
    assert str(problem) == words


def test_problems_are_shown_together_in_their_order():
    found = ProblemsFound(Problem("lb.csv", row, "", "is wrong") for row in (3, 2))
    assert str(found) == "lb.csv:3: is wrong.\nlb.csv:2: is wrong."
    assert [problem.row for problem in found.problems] == [3, 2]


@pytest.mark.parametrize(("error", "status"), [(ProblemsFound([]), 1), (CannotDo("no"), 2), (Refused("no"), 2)])
def test_an_error_knows_its_exit_status(error, status):
    assert isinstance(error, CordsideError)
    assert error.exit_status == status
