"""What a clue is: words of the article, what they tell about the day it was written, and why."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.link.dating.days import Bins, Days
from onrecord.types import Span


@dataclass(frozen=True, slots=True)
class Clue:
    """One clue: a bound on the day (log weights by hand) or an offset from it (weights as fitted)."""

    span: Span
    why: str
    """For the reason: `after the G20 summit in Hamburg (2017-07-07/2017-07-08)`; empty for what several clues
    tell together.
    """
    kind: str = ""
    """Names the scale of `bound` in the table of offsets."""
    bound: Days | None = None
    rows: tuple[str, ...] = ()
    """Rows of the table of offsets, whose weights add up."""
    bins: Bins | None = None
    """For each day of the grid the bin of `rows` that it falls in."""
