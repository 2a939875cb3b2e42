"""Precision, recall and F1 with intervals, of counts by text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.measure.figures import Measure, Tally, f1, interval, share

BINS = 10


class Figure(NamedTuple):
    """A value in percent and its 95 % interval (percentile bootstrap over texts)."""

    value: float
    low: float
    high: float


class Score(NamedTuple):
    """One measure; precision and F1 are None where only recall has a meaning."""

    name: str
    precision: Figure | None
    recall: Figure
    f1: Figure | None
    right: int
    told: int
    due: int


def scores(names: Sequence[str], tallies: Tally, *, recall_only: Sequence[str] = ()) -> list[Score]:
    """A score for each measure that is due or told.

    Args:
        names: of the measures.
        tallies: (texts, measures, [right, told, due]).
        recall_only: measures that count what was told of something else.
    """
    made = []
    for n, name in enumerate(names):
        counts = tallies[:, n]
        right, told, due = (int(c) for c in counts.sum(axis=0))
        if not told and not due:
            continue
        is_whole = name not in recall_only
        made.append(
            Score(
                name,
                _figure(counts, share(0, 1)) if is_whole else None,
                _figure(counts, share(0, 2)),
                _figure(counts, f1(0, 1, 2)) if is_whole else None,
                right,
                told,
                due,
            )
        )
    return made


def _figure(counts: Tally, measure: Measure) -> Figure:
    return Figure(measure(counts.sum(axis=0)), *interval(counts, measure))


def reliability(sure: Sequence[tuple[float, bool]], *, bins: int = BINS) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, answers) of each tenth of the scale with answers, from low to high."""
    groups: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in sure:
        groups[min(bins - 1, int(confidence * bins))].append((confidence, right))
    return [
        (sum(c for c, _ in group) / len(group), sum(r for _, r in group) / len(group), len(group))
        for _, group in sorted(groups.items())
    ]
