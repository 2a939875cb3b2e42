"""What a clue is: words of the article, what they tell about the day it was written, and why."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from onrecord.link.dating.days import SIZE, Days
from onrecord.types import Span


@dataclass(frozen=True, slots=True)
class Clue:
    """One clue: a bound on the day (`bound`, log weights) and how near to it (`gap`, days; `reach`, its
    scale).
    """

    span: Span
    why: str
    """For the reason: `after the G20 summit in Hamburg (2017-07-07/2017-07-08)`."""
    bound: Days = field(default_factory=lambda: np.zeros(SIZE))
    gap: Days | None = None
    """Days between the clue's day and each day of the grid; None for clues that only bound."""
    reach: float = 1.0
    """Days within which articles that give such a clue are mostly written."""
    share: float = 0.55
    """Share of the articles giving such a clue that are written near its day; the others look back on it."""
