"""What the words of a time expression mean before they are held against a date: anchor, offset, grain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.types import TimeType

Anchor = Literal["none", "article", "told"]
"""`none`: the value stands by itself; `article`: counted from the article's date; `told`: from the last
date told.
"""

UNITS = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
    "E": "XXX",
    "C": "XX",
    "H": "XXXX-XX-XXTXX",
    "MIN": "XXXX-XX-XXTXX:XX",
    "S": "XXXX-XX-XXTXX:XX",
}
"""Grain → the value of one whose place in the calendar is not known."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Meaning of one expression; a pure function of its words.

    `value` is a TIMEX3 value with X where the words alone do not tell (`XXXX-10-27`, `XXXX-WXX-5`).
    """

    type: TimeType
    value: str
    mod: str | None = None
    anchor: Anchor = "none"
    shift: int = 0
    """Number of `unit`s from the anchor: -1 week for `last week`."""
    unit: str = ""
    direction: int | None = None
    """For named days, months, quarters, seasons: -1 the last one, +1 the next, 0 the current cycle, None:
    open.
    """
    years: int | None = None
    """Years from the anchor's year, for `July last year`."""
    part: str = ""
    """Part of the day or clock time: `TMO`, `T10:00`."""
    yearly: bool = False
    """True for `a year ago`, `year-earlier`, `last year`: near a quarter's figures, its quarter of the
    year before.
    """
    last_day: int | None = None
    """Last day of `13-14 July`, where `value` holds the first."""

    @property
    def settled(self) -> bool:
        """True when no date is needed to give the value."""
        return (
            self.anchor == "none"
            and self.direction is None
            and self.years is None
            and (not self.value.startswith("XX") or self.type == "SET")
        )
