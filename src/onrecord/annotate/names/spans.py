"""A stretch of text that may be a mention, and how overlapping ones are settled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from onrecord.types import Form


class Found(NamedTuple):
    """Characters [start, end) that may stand for an actor; `rank` decides between overlapping finds."""

    start: int
    end: int
    form: Form
    keys: tuple[str, ...] = ()
    rank: int = 0
    use: str = "name"


def settle(found: Iterable[Found]) -> list[Found]:
    """The finds that stay, in text order: of overlapping ones the longest, then the higher rank."""
    taken: list[Found] = []
    used: set[int] = set()
    for one in sorted(found, key=lambda f: (f.start - f.end, -f.rank, f.start, f.keys)):
        places = range(one.start, one.end)
        if used.isdisjoint(places):
            used.update(places)
            taken.append(one)
    return sorted(taken)
