"""Counts in a chamber and quadrants of annexin V by 7-AAD."""

from decimal import Decimal

import pytest

from cordside.errors import CannotDo
from cordside.product.counting import counting_error, haemocytometer, quadrants


def test_a_count_without_a_cell_has_no_viability():
    found = haemocytometer(4, 2, live=0, dead=0)
    assert (found.viable_per_ml, found.total_per_ml, found.viability_pct, found.cv_live_pct) == (0, 0, None, None)


def test_the_error_of_counting_falls_with_the_root():
    assert (counting_error(100), counting_error(400)) == (10, 5)


@pytest.mark.parametrize(
    "given",
    [
        {"squares": 0, "dilution": 2, "live": 1, "dead": 1},
        {"squares": 4, "dilution": Decimal("0.5"), "live": 1, "dead": 1},
        {"squares": 4, "dilution": 2, "live": -1, "dead": 1},
        {"squares": 4, "dilution": 2, "live": 1},
        {"squares": 4, "dilution": 2, "live": 1, "dead": 1, "cells": 2},
        {"squares": 4, "dilution": 2},
    ],
)
def test_a_count_that_cannot_be_is_refused(given):
    with pytest.raises(CannotDo):
        haemocytometer(**given)


def test_the_two_viabilities_differ_by_the_early_apoptotic():
    found = quadrants(80, 10, 6, 4)
    assert found.aad7_negative_pct - found.viable_pct == found.early_apoptotic_pct == 10
    with pytest.raises(CannotDo, match="no events"):
        quadrants(0, 0, 0, 0)
