"""Every day on which an article may have been written, and how likely each clue makes it.

A clue is a weight for each day of the grid, as a natural logarithm. Bounds multiply; nearness does not: an
article that names five days of one week was not written five times as surely on the last of them, so of all
clues that say "soon after this" or "soon before that" only the nearest counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from onrecord.types import Range

Days = npt.NDArray[np.float64]
FIRST = date(1985, 1, 1)
LAST = date(2027, 12, 31)
"""The grid: the years that the table of happenings covers. Not the clock: the same text gets the same
date.
"""
SIZE = (LAST - FIRST).days + 1
NUMBERS: Days = np.arange(SIZE, dtype=np.float64)
WEEKDAY = (np.arange(SIZE) + FIRST.weekday()) % 7 + 1
"""ISO weekday of each day of the grid."""
NEVER = 1e6
"""A gap for days that a clue does not reach."""


def number(day: date) -> int:
    """A day's place in the grid; below 0 or beyond `SIZE` outside it."""
    return (day - FIRST).days


def day(at: int) -> date:
    """The day at a place of the grid."""
    return FIRST + timedelta(int(at))


def since(starts: Sequence[int]) -> Days:
    """Days since the last of `starts` (ascending places in the grid) on or before each day, else `NEVER`."""
    return _gap(np.asarray(starts, dtype=np.float64), forward=False)


def until(ends: Sequence[int]) -> Days:
    """Days until the first of `ends` on or after each day, else `NEVER`."""
    return _gap(np.asarray(ends, dtype=np.float64), forward=True)


def _gap(places: Days, *, forward: bool) -> Days:
    if not len(places):
        return np.full(SIZE, NEVER)
    at = np.searchsorted(places, NUMBERS, side="left" if forward else "right")
    if forward:
        return np.where(at < len(places), places[np.minimum(at, len(places) - 1)] - NUMBERS, NEVER)
    return np.where(at > 0, NUMBERS - places[np.maximum(at - 1, 0)], NEVER)


def inside(ranges: Iterable[tuple[int, int]], outside: float) -> Days:
    """Log weight 0 within any of the ranges (places, both inclusive), log(outside) elsewhere."""
    weights = np.full(SIZE, np.log(outside))
    for start, end in ranges:
        weights[max(0, start) : max(0, end + 1)] = 0.0
    return weights


def smallest_range(weights: Days, mass: float) -> tuple[Range, float]:
    """The shortest run of days that holds a share `mass` of the probability, and the share it holds."""
    likely = np.exp(weights - weights.max())
    total = np.concatenate(([0.0], np.cumsum(likely / likely.sum())))
    ends = np.searchsorted(total, total[:-1] + mass - 1e-12, side="left")
    fits = ends <= SIZE
    starts = np.flatnonzero(fits)
    lengths = ends[fits] - starts
    best = int(starts[int(np.argmin(lengths))])
    end = int(ends[best])
    return Range(day(best), day(end - 1)), float(total[end] - total[best])
