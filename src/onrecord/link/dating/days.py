"""Every day on which an article may have been written, and how likely each clue makes it.

A clue is a weight for each day of the grid, as a natural logarithm.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from onrecord.types import Range

Days = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Bins = npt.NDArray[np.int16]
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
    runs = _runs(places + 0.5 if forward else places)
    if forward:
        gap = np.repeat((*places, 0.0), runs) - NUMBERS
        gap[SIZE - runs[-1] :] = NEVER
    else:
        gap = NUMBERS - np.repeat((0.0, *places), runs)
        gap[: runs[0]] = NEVER
    return gap


def _runs(places: Days | Places) -> Places:
    """How many days of the grid lie before the first of the places (ascending), from each to the next, and
    from the last on.
    """
    first = np.clip(np.ceil(places), 0, SIZE).astype(np.int64)
    return np.diff(first, prepend=0, append=SIZE)


def passed(places: Days | Places) -> Places:
    """How many of the places (ascending) lie on or before each day."""
    return np.repeat(np.arange(len(places) + 1), _runs(places))


def around(starts: Places, ends: Places) -> tuple[Days, Days]:
    """Days since the end of the last range that has begun, 0 within it, and days until the next begins.

    Args:
        starts: first places of the ranges, ascending.
        ends: their last places.
    """
    runs = _runs(starts)
    after = np.maximum(NUMBERS - np.repeat((0, *ends), runs), 0.0)
    after[: runs[0]] = NEVER
    ahead = np.repeat((*starts, 0), runs) - NUMBERS
    ahead[SIZE - runs[-1] :] = NEVER
    return after, ahead


def inside(ranges: Iterable[tuple[int, int]], outside: float) -> Days:
    """Log weight 0 within any of the ranges (places, both inclusive), log(outside) elsewhere."""
    weights = np.full(SIZE, np.log(outside))
    for start, end in ranges:
        weights[max(0, start) : max(0, end + 1)] = 0.0
    return weights


def sums(weights: Days) -> Days:
    """Share of the probability before each day, and after the last."""
    likely = np.exp(weights - weights.max())
    return np.concatenate(([0.0], np.cumsum(likely / likely.sum())))


def best_range(total: Days, length: int) -> tuple[Range, float]:
    """The run of `length` days that holds most of the probability (`sums`), and the share it holds."""
    held = total[length:] - total[:-length]
    start = int(np.argmax(held))
    return Range(day(start), day(start + length - 1)), float(held[start])


def smallest_range(total: Days, mass: float) -> tuple[Range, float]:
    """The shortest run of days that holds a share `mass` of the probability (`sums`), and the share it
    holds.
    """
    ends = np.searchsorted(total, total[:-1] + mass - 1e-12, side="left")
    fits = ends <= SIZE
    starts = np.flatnonzero(fits)
    lengths = ends[fits] - starts
    best = int(starts[int(np.argmin(lengths))])
    end = int(ends[best])
    return Range(day(best), day(end - 1)), float(total[end] - total[best])
