"""Compensation undoes spillover, in a fixed order of sums, and says when it cannot."""

import numpy as np
import pytest

from cordside.errors import CannotDo
from cordside.product.cytometry.compensation import Spillover, inverse, product
from tests.support.tubes import spillover


def test_dyes_are_found_again_behind_their_spillover():
    matrix = tuple(map(tuple, spillover()))
    names = tuple("abcdefgh")
    answer = Spillover(names, names, matrix).answer
    assert np.allclose(np.array(matrix) @ np.array(answer), np.eye(8), atol=1e-14)


def test_the_inverse_is_the_one_of_numpy():
    matrix = np.random.default_rng(5).normal(size=(12, 12))
    assert np.allclose(inverse(tuple(map(tuple, matrix))), np.linalg.inv(matrix), rtol=1e-9)


def test_more_detectors_than_dyes_are_solved_by_least_squares():
    spectrum = np.random.default_rng(6).uniform(0, 1, (3, 5))
    found = Spillover(("a", "b", "c"), tuple("vwxyz"), tuple(map(tuple, spectrum)))
    assert np.allclose(found.answer, np.linalg.pinv(spectrum))


def test_a_matrix_may_hold_the_answer_already():
    assert Spillover(("a", "b"), ("x", "y"), ((2.0, 0.0), (0.0, 3.0)), inverted=True).answer == ((2.0, 0.0), (0.0, 3.0))


def test_a_dye_is_known_by_its_name_or_by_its_detector():
    found = Spillover(("FITC", "PE"), ("FL1", "FL2"), ((1.0, 0.0), (0.0, 1.0)))
    assert [found.column(name) for name in ("PE", "FL2", "FL9")] == [1, 1, None]


@pytest.mark.parametrize("matrix", [((1.0, 1.0), (1.0, 1.0)), ((0.0, 0.0), (0.0, 0.0)), ((float("nan"), 0.0), (0.0, 1.0))])
def test_dyes_that_look_alike_are_refused(matrix):
    with pytest.raises(CannotDo, match="has no inverse"):
        _ = Spillover(("a", "b"), ("a", "b"), matrix).answer


@pytest.mark.parametrize(("dyes", "detectors", "matrix"), [("ab", "ab", ((1.0, 0.0),)), ("ab", "a", ((1.0,), (1.0,))), ("", "", ())])
def test_a_matrix_that_does_not_fit_is_refused(dyes, detectors, matrix):
    with pytest.raises(CannotDo):
        Spillover(tuple(dyes), tuple(detectors), matrix)


def test_matrices_are_multiplied_by_rows_and_columns():
    assert product(((1.0, 2.0),), ((3.0,), (4.0,))) == ((11.0,),)
