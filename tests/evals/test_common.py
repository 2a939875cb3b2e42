"""Arithmetic of the evaluations, on counts small enough to check by hand."""

from __future__ import annotations

import numpy as np
import pytest

from evals.common import f1, interval, macro_f1, share, type_tallies


def test_share_and_f1_are_percentages_of_sums() -> None:
    counts = np.array([3.0, 4.0, 6.0])
    assert share(0, 1)(counts) == 75.0
    assert f1(0, 1, 2)(counts) == 60.0
    assert share(0, 1)(np.zeros(3)) == f1(0, 1, 2)(np.zeros(3)) == 0.0


def test_macro_f1_weighs_rare_types_as_much_as_common_ones() -> None:
    pairs = [("AID", "AID"), ("AID", "AID"), ("AID", "AID"), ("PROTEST", "AID")]
    # AID: 3 right of 4 told and 3 due; PROTEST: none.
    assert macro_f1(type_tallies(pairs).sum(axis=0)) == pytest.approx((600 / 7 + 0) / 2)


def test_type_that_is_told_but_never_due_has_no_f1_of_its_own() -> None:
    assert macro_f1(type_tallies([("AID", "AID"), ("AID", "NONE")]).sum(axis=0)) == pytest.approx(200 / 3)


def test_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    tallies = np.array([[1, 1], [0, 1], [1, 1], [1, 1], [0, 1]] * 10, float)
    low, high = interval(tallies, share(0, 1))
    assert low < 60.0 < high
    assert (low, high) == interval(tallies, share(0, 1))


def test_interval_of_rows_that_agree_is_a_point() -> None:
    assert interval(np.ones((7, 2)), share(0, 1)) == (100.0, 100.0)
