"""How far from the day of writing a clue's day lies: bins of offsets, and what each is worth.

The weights (`facts/tables/date_offsets.csv`) are log-linear, fitted together on articles with known dates
(`python -m training.dating`): they know offsets, kinds of happenings and tenses, no name and no calendar day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import msgspec
import numpy as np

from onrecord.facts.table import TABLES, read_table
from onrecord.link.dating import days as d

EDGES = (1, 3, 7, 14, 31, 90, 200, 400, 800, 2000)
"""Longest offset, in days, of each bin but the last; first so many bins after a clue's day, then as many
before it, then one for days that it does not reach.
"""
SIDE = len(EDGES) + 1
WIDTH = 2 * SIDE + 1
HALF_YEARS = (-10, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 10, 14, 20, 30)
"""Bounds of the bins of years: half-years gone since the year named began."""
OTHER_WAY = 6.0
"""What is told as past and is to come, or the other way round, counts as so many times as far away: verbs
mislead (`they decided to end it on Oct. 31`).
"""
UNTOLD = 2.0
"""The same for what is yet to come where no verb tells."""

_FAR = EDGES[-1] + 1
_BIN = np.searchsorted(np.asarray(EDGES), np.arange(_FAR + 1), side="left").astype(np.int16)


@dataclass(frozen=True, slots=True)
class Offsets:
    """Weights: a scale for each kind of bound, and for each row the weights of its bins."""

    scales: Mapping[str, float]
    rows: Mapping[str, d.Days]


class _Row(msgspec.Struct, frozen=True):
    """A line of the table: `scale NAME` with one number, else a row with one number a bin."""

    row: str
    weights: tuple[str, ...]


@lru_cache(maxsize=1)
def shipped() -> Offsets:
    """The weights that ship, read once."""
    scales: dict[str, float] = {}
    rows: dict[str, d.Days] = {}
    for line in read_table(TABLES / "date_offsets.csv", _Row):
        numbers = np.array([float(w) for w in line.weights])
        if line.row.startswith("scale "):
            scales[line.row.removeprefix("scale ")] = float(numbers[0])
        else:
            rows[line.row] = numbers
    return Offsets(scales, rows)


def near(gap: d.Days) -> d.Bins:
    """Bins of the days since, or until, a clue's day."""
    found: d.Bins = _BIN.take(np.minimum(gap, _FAR).astype(np.int32), mode="clip")
    return found


def pair(after: d.Days, before: d.Days, looks: float) -> d.Bins:
    """The bin of each day: after the clue's day or before it, whichever is nearer as its tense (`looks`: -1
    past, 1 to come, 0 untold) has it.
    """
    weigh = OTHER_WAY if looks < 0 else 1 / OTHER_WAY if looks > 0 else 1 / UNTOLD
    behind = after < before * weigh
    bins = near(np.where(behind, after, before))
    bins += np.where(behind, np.int16(0), np.int16(SIDE))
    bins[(after >= d.NEVER) & (before >= d.NEVER)] = 2 * SIDE
    return bins


@lru_cache(maxsize=64)
def years(year: int) -> d.Bins:
    """The bin of each day by the half-years since a year began."""
    since = (d.NUMBERS - (date(year, 1, 1) - d.FIRST).days) / (365.25 / 2)
    return np.searchsorted(HALF_YEARS, np.floor(since), side="right").astype(np.int16)


def count(number: d.Days, most: int) -> d.Bins:
    """A count as a bin, the last for `most` and more."""
    return np.minimum(number, most).astype(np.int16)
