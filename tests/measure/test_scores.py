"""Scores: counts by text in, percentages with intervals out."""

from __future__ import annotations

import numpy as np

from onrecord.measure.scores import scores


def test_precision_recall_and_f1_are_of_all_texts_together() -> None:
    tallies = np.array([[[1, 2, 1], [0, 0, 2]], [[1, 2, 3], [1, 0, 2]]], float)
    whole, recall = scores(("both", "recall"), tallies, recall_only=("recall",))
    assert whole.precision and whole.f1
    assert (whole.precision.value, whole.recall.value, whole.f1.value) == (50.0, 50.0, 50.0)
    assert (whole.right, whole.told, whole.due) == (2, 4, 4)
    assert (recall.precision, recall.recall.value, recall.f1) == (None, 25.0, None)


def test_intervals_hold_the_value_and_close_where_texts_are_alike() -> None:
    alike = np.tile(np.array([[[3, 4, 5]]], float), (7, 1, 1))
    (score,) = scores(("x",), alike)
    assert score.f1 and score.f1.low == score.f1.value == score.f1.high
    mixed = np.concatenate([alike, np.array([[[0, 4, 5]]], float)])
    (score,) = scores(("x",), mixed)
    assert score.f1 and score.f1.low < score.f1.value < score.f1.high


def test_what_is_neither_due_nor_told_is_no_figure() -> None:
    assert scores(("x",), np.zeros((3, 1, 3))) == []
