"""Weekdays of an article whose own date is not known to the day: what a dated encounter says about them.

`Friday` in an article written some time in July covers every Friday of it; once a table of facts, or a date
in the text, leaves one day for an encounter, the same article's weekdays can be counted from there.
"""

from __future__ import annotations

import re
from datetime import timedelta

from onrecord.types import Range, TimeExpr, day_range

WEEK = 7
"""A bare weekday looks less than a week back or ahead."""

_BARE = re.compile(r"(?:on\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?:\d{4}|X{4})-W(?:\d\d|XX)-([1-7])$")


def weekday_of(time: TimeExpr) -> int | None:
    """1 (Monday) … 7 for a bare weekday whose day is not known; None else."""
    found = _WEEKDAY.match(time.value)
    return int(found.group(1)) if found else None


def is_weekday(words: str) -> bool:
    """`Tuesday`, `on Tuesday`: a weekday without a date beside it."""
    return bool(_BARE.fullmatch(words.strip()))


def only_day(days: Range, weekday: int) -> Range:
    """The one day of a range that falls on a weekday; the range itself where there are more, or none."""
    if not days.start or not days.end or (days.days or 0) > WEEK:
        return days
    fitting = [d for n in range(days.days or 0) if (d := days.start + timedelta(n)).isoweekday() == weekday]
    return day_range(fitting[0]) if len(fitting) == 1 else days


def counted_from(days: Range, weekday: int, anchor: Range, *, ahead: bool) -> Range:
    """The weekday next to a known day of the same article: after it when it lies ahead, else before it."""
    if anchor.days != 1 or not anchor.start:
        return days
    step = timedelta(1 if ahead else -1)
    day = anchor.start + step
    while day.isoweekday() != weekday:
        day += step
    return day_range(day) if days.overlaps(day_range(day)) else days
