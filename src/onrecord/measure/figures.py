"""Figures with intervals: what evaluations are made of.

Figures are in percent and rise as a system gets better. A row of a tally is what may be drawn again: an
article, where the data have articles, else a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Tally = np.ndarray[Any, Any]
Measure = Callable[[Tally], float]
DRAWS, SEED = 1000, 7


class Figures(dict[str, float]):
    """Figures by name, with 95 % intervals of those whose rows can be drawn again, and remarks."""

    def __init__(self) -> None:
        """No figure yet."""
        super().__init__()
        self.intervals: dict[str, tuple[float, float]] = {}
        self.notes: list[str] = []

    def put(self, name: str, tallies: Tally, measure: Measure) -> None:
        """The measure of the rows' sum, and its interval."""
        self[name] = measure(tallies.sum(axis=0))
        self.intervals[name] = interval(tallies, measure)


def interval(
    tallies: Tally, measure: Measure, *, draws: int = DRAWS, seed: int = SEED
) -> tuple[float, float]:
    """95 % of a measure over rows drawn with replacement (percentile bootstrap)."""
    chance = np.random.default_rng(seed)
    size = len(tallies)
    told = sorted(measure(tallies[chance.integers(0, size, size)].sum(axis=0)) for _ in range(draws))
    return told[int(0.025 * draws)], told[int(0.975 * draws) - 1]


def share(hit: int, of: int) -> Measure:
    """Column `hit` as a percentage of column `of`; nothing to hit is 0."""
    return lambda c: 100.0 * float(c[hit]) / float(c[of]) if c[of] else 0.0


def f1(hit: int, told: int, due: int) -> Measure:
    """F1 in percent of hits among what was told and what was due."""
    return lambda c: 200.0 * float(c[hit]) / float(c[told] + c[due]) if c[told] + c[due] else 0.0


def macro_f1(tally: Tally) -> float:
    """Mean F1 in percent over the types that are due; `tally` is (types, [hit, told, due])."""
    due = tally[tally[:, 2] > 0]
    return float((200.0 * due[:, 0] / (due[:, 1] + due[:, 2])).mean()) if len(due) else 0.0


def type_tallies(pairs: Sequence[tuple[str, str]]) -> Tally:
    """(gold, told) pairs → (pairs, types, [hit, told, due]), for `macro_f1`."""
    types = {t: i for i, t in enumerate(sorted({t for pair in pairs for t in pair}))}
    made = np.zeros((len(pairs), len(types), 3))
    for row, (gold, told) in zip(made, pairs, strict=True):
        row[types[gold], 2] += 1
        row[types[told], 1] += 1
        row[types[told], 0] += gold == told
    return made
