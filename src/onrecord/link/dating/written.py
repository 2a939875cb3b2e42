"""Clues from dates in the text: full dates, days without a year, months, years, holidays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from onrecord.link.dating import days as d
from onrecord.link.dating.clues import Clue
from onrecord.types import TimeExpr

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YEARS = range(d.FIRST.year, d.LAST.year + 1)
WRONG = 0.02
"""Weight of days before a date told as past."""
HALF_YEAR_WRONG = 0.05
"""A day or month without its year mostly lies within `PAST_DAYS` before, or `AHEAD_DAYS` after, the
writing.
"""
PAST_DAYS, AHEAD_DAYS = 320, 250
OTHER_WAY = 6.0
"""A day told as past that is to come, or the other way round, counts as so many times as far away: verbs
mislead (`they decided to end it on Oct. 31`).
"""
MONTH, MONTH_REACH = 30.0, 45.0
"""Days within which a month named without its year is as near as it can be, and those over which it fades."""
FULL_REACH, FULL_SHARE = 3.0, 0.25
"""A date is written with its year mostly when the year is another one."""


LATEST_YEAR = (1.0, 0.4, 0.4, 0.4, 0.4, 0.2, 0.15, 0.1, 0.12)
"""Weight of years since the latest year that is named and not told as to come, by their count (86 articles
on one campaign: the same year in a quarter, one to four years before in a tenth each, earlier ones seldom; 40
articles of 1989 and 1998 look alike, with more years still to come).
"""
EARLIER, LATER = 0.04, 0.04
"""Weight of longer gaps, and of days before the latest year."""


def clues(text: str, times: Sequence[TimeExpr]) -> Iterator[Clue]:
    """A clue for each date among the times; values are those of the words alone."""
    yield from _latest_year(text, times)
    for t in times:
        if t.type not in ("DATE", "TIME"):
            continue
        value = re.sub(r"T.*", "", t.value)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            yield from _full(t, date.fromisoformat(value))
        elif re.fullmatch(r"XXXX-\d\d-\d\d(?:/.*)?", value):
            yield from _day_without_year(text, t, int(value[5:7]), int(value[8:10]))
        elif re.fullmatch(r"\d{4}-\d\d", value):
            yield from _month_of_year(t, int(value[:4]), int(value[5:7]))
        elif re.fullmatch(r"XXXX-\d\d", value):
            yield from _month_without_year(t, int(value[5:7]))
        elif re.fullmatch(r"(?:19|20)\d\d", value):
            yield from _year(text, t, int(value))


def _full(t: TimeExpr, day: date) -> Iterator[Clue]:
    at = d.number(day)
    if not 0 <= at < d.SIZE:
        return
    if t.looks == "future":
        gap = d.until([at])
        yield Clue(t.span, f"'{t.text}' is still to come", np.where(gap < d.NEVER, 0.0, np.log(0.1)))
    else:
        gap = d.since([at])
        wrong = WRONG if t.looks == "past" else 0.1
        bound = np.where(gap < d.NEVER, 0.0, np.log(wrong))
        yield Clue(t.span, f"'{t.text}' is past", bound, gap, FULL_REACH, FULL_SHARE)


def _day_without_year(text: str, t: TimeExpr, month: int, day: int) -> Iterator[Clue]:
    places = [d.number(found) for y in _YEARS if (found := _day(y, month, day))]
    weekday = _weekday_before(text, t)
    if weekday is not None:
        places = [p for p in places if d.WEEKDAY[p] == weekday]
    after, before = d.since(places), d.until(places)
    if t.looks == "future":
        near, limit = np.minimum(before, after * OTHER_WAY), AHEAD_DAYS
    elif t.looks == "past":
        near, limit = np.minimum(after, before * OTHER_WAY), PAST_DAYS
    else:
        near, limit = np.minimum(after, before), AHEAD_DAYS
    bound = np.where(near <= limit, 0.0, np.log(HALF_YEAR_WRONG))
    what = "with its weekday" if weekday is not None else "without a year"
    reach = {"past": 6.0, "future": 20.0}.get(t.looks or "", 6.0)
    yield Clue(t.span, f"'{t.text}' {what}", bound, near, reach)


def _weekday_before(text: str, t: TimeExpr) -> int | None:
    """The weekday told with a date: within the expression or right before it."""
    around = text[max(0, t.start - 14) : t.end].lower()
    for number, name in enumerate(_WEEKDAYS, 1):
        if re.search(
            rf"\b{name},?\s+(?:the\s+)?{re.escape(t.text.lower())}$", around
        ) or t.text.lower().startswith(name):
            return number
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_of_year(t: TimeExpr, year: int, month: int) -> Iterator[Clue]:
    start = d.number(date(year, month, 1))
    if not 0 <= start < d.SIZE:
        return
    if t.looks == "future":
        gap = d.until([start + 30])
        yield Clue(t.span, f"'{t.text}' is still to come", np.where(gap < d.NEVER, 0.0, np.log(0.2)))
    else:
        gap = d.since([start])
        yield Clue(t.span, f"'{t.text}' is past", np.where(gap < d.NEVER, 0.0, np.log(0.1)))


def _month_without_year(t: TimeExpr, month: int) -> Iterator[Clue]:
    starts = [d.number(date(y, month, 1)) for y in _YEARS]
    ends = [d.number(date(y + month // 12, month % 12 + 1, 1) - timedelta(1)) for y in _YEARS]
    if t.text.lower().startswith(("last", "next", "this")):
        return
    after, before = d.since(starts), d.until(ends)
    if t.looks == "future":
        bound = np.where(before <= AHEAD_DAYS + 60, 0.0, np.log(0.2))
    elif t.looks == "past":
        bound = np.where(after <= PAST_DAYS, 0.0, np.log(0.2))
    else:
        return
    gap = (
        np.minimum(after, before * OTHER_WAY) if t.looks == "past" else np.minimum(before, after * OTHER_WAY)
    )
    yield Clue(t.span, f"'{t.text}' without a year", bound, np.maximum(0.0, gap - MONTH), MONTH_REACH)


def _latest_year(text: str, times: Sequence[TimeExpr]) -> Iterator[Clue]:
    """Articles name years of the recent past: how long ago may the last of them have been?"""
    past = [
        (int(t.value[:4]), t)
        for t in times
        if re.match(r"(?:19|20)\d\d(?:-|$)", t.value)
        and t.type == "DATE"
        and d.FIRST.year <= int(t.value[:4]) <= d.LAST.year
        and t.looks != "future"
        and not _NAMES_A_RACE.match(text, t.end)
        and not re.search(r"\b(?:by|until|through) $", text[max(0, t.start - 8) : t.start])
    ]
    if past:
        year, t = max(past, key=lambda p: (p[0], -p[1].start))
        ago = _YEAR_OF - year
        weights = np.asarray((*LATEST_YEAR, EARLIER, LATER))[
            np.where(ago < 0, len(LATEST_YEAR) + 1, np.minimum(ago, len(LATEST_YEAR)))
        ]
        yield Clue(t.span, f"'{t.text}' is the latest year named", np.log(weights))


_NAMES_A_RACE = re.compile(
    r"\s+(?:U\.S\. |GOP |Republican |Democratic |White House )?(?:elections?|campaign|race|budget|Olympic|"
    r"presiden\w+|primar\w+|nomin\w+|candida\w+|contend\w+|contest|cycle|convention|caucus\w*|field|hopeful\w*|vote|"
    r"World Cup|bid|run)\b"
)
_YEAR_OF = np.asarray([d.day(at).year for at in range(d.SIZE)])


def _year(text: str, t: TimeExpr, year: int) -> Iterator[Clue]:
    start = d.number(date(year, 1, 1))
    if not 0 <= start < d.SIZE or _NAMES_A_RACE.match(text, t.end):
        return
    before = re.search(r"\b(by|until|through|in|before) $", text[max(0, t.start - 8) : t.start])
    limit = before is not None and (t.looks is None or before[1] in ("by", "until", "through"))
    if t.looks == "future" or limit:
        return
    gap = d.since([start])
    wrong = 0.1 if t.looks == "past" else 0.3
    yield Clue(t.span, f"'{t.text}' is past", np.where(gap < d.NEVER, 0.0, np.log(wrong)))
