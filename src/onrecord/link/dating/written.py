"""Clues from dates in the text: full dates, days without a year, months, quarters, years, holidays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from onrecord.link.dating import days as d
from onrecord.link.dating import offsets
from onrecord.link.dating.clues import Clue
from onrecord.types import TimeExpr

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YEARS = range(d.FIRST.year, d.LAST.year + 1)
_NAMED = range(1980, 2061)
"""Years that tell about the day of writing; earlier ones are history."""
LATEST_YEAR = (1.0, 0.4, 0.4, 0.4, 0.4, 0.2, 0.15, 0.1, 0.12)
"""Weight of years since the latest year that is named and not told as to come, by their count (86 articles
on one campaign: the same year in a quarter, one to four years before in a tenth each, earlier ones seldom; 40
articles of 1989 and 1998 look alike, with more years still to come).
"""
EARLIER, LATER = 0.04, 0.04
"""Weight of longer gaps, and of days before the latest year."""
WRONG = {-1: 0.02, 0: 0.1, 1: 0.1}
"""Weight of days before a date told as past, or not told as to come, and of days after one to come."""
_YEAR_OF = np.asarray([d.day(at).year for at in range(d.SIZE)])
_SPANS = {"Q1": (1, 3), "Q2": (4, 3), "Q3": (7, 3), "Q4": (10, 3)}
_SPANS |= {"SP": (3, 3), "SU": (6, 3), "FA": (9, 3), "WI": (12, 3)}
"""First month and length in months of quarters and seasons."""
_LOOKS = {"past": -1, "future": 1}
_NAMES_A_RACE = re.compile(
    r"\s+(?:U\.S\. |GOP |Republican |Democratic |White House )?(?:elections?|campaign|race|budget|Olympic|"
    r"presiden\w+|primar\w+|nomin\w+|candida\w+|contend\w+|contest|cycle|convention|caucus\w*|field|hopeful\w*|vote|"
    r"World Cup|bid|run)\b"
)

_Near = list[tuple[TimeExpr, d.Days]]


def clues(text: str, times: Sequence[TimeExpr]) -> Iterator[Clue]:
    """Clues of the dates among the times, each told once; values are those of the words alone."""
    days: _Near = []
    months: _Near = []
    years: dict[tuple[int, int], TimeExpr] = {}
    seen: set[tuple[object, ...]] = set()
    for t in times:
        value = re.sub(r"T.*|/.*", "", t.value)
        looks = _LOOKS.get(t.looks or "", 0)
        weekday = _weekday_before(text, t) if re.fullmatch(r"XXXX-\d\d-\d\d", value) else None
        if t.type not in ("DATE", "TIME") or (value, looks, weekday) in seen:
            continue
        seen.add((value, looks, weekday))
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            yield from _full(t, date.fromisoformat(value), looks)
        elif re.fullmatch(r"XXXX-\d\d-\d\d", value):
            yield from _day_without_year(t, int(value[5:7]), int(value[8:10]), looks, weekday, days)
        elif re.fullmatch(r"XXXX-(?:\d\d|Q[1-4]|SP|SU|FA|WI)", value):
            yield from _months_without_year(t, value[5:], looks, months)
        elif re.fullmatch(r"\d{4}-\d\d", value):
            yield from _month_of_year(t, int(value[:4]), int(value[5:7]), looks)
        if re.match(r"\d{4}(?:-|$)", value) and int(value[:4]) in _NAMED:
            if len(value) == 4 and _NAMES_A_RACE.match(text, t.end):
                yield _of_year(t, f"'{t.text}' is the year of a race", "race", int(value))
            else:
                years.setdefault((int(value[:4]), looks), t)
    yield from _years(years)
    yield from _nearest("nearest day", days)
    yield from _nearest("nearest month", months)


def _clue(
    t: TimeExpr, row: str, looks: int, after: d.Days, before: d.Days, *, without_year: bool = False
) -> Clue:
    told = {-1: "is past", 1: "is still to come", 0: "is told"}[looks]
    bound = None if without_year else _bound(looks, after, before)
    bins = offsets.pair(after, before, looks if without_year else 0)
    return Clue(t.span, f"'{t.text}' {told}", "date", bound, (f"{row} {looks}",), bins)


def _bound(looks: int, after: d.Days, before: d.Days) -> d.Days:
    """A full date told as past has come, one to come is not over."""
    missed = (before >= d.NEVER) & (after > 0) if looks > 0 else after >= d.NEVER
    return np.where(missed, np.log(WRONG[looks]), 0.0)


def _full(t: TimeExpr, day: date, looks: int) -> Iterator[Clue]:
    at = d.number(day)
    if 0 <= at < d.SIZE:
        yield _clue(t, "date", looks, d.since([at]), d.until([at]))


def _day_without_year(
    t: TimeExpr, month: int, day: int, looks: int, weekday: int | None, near: _Near
) -> Iterator[Clue]:
    places = [d.number(found) for y in _YEARS if (found := _day(y, month, day))]
    if weekday is not None:
        places = [p for p in places if d.WEEKDAY[p] == weekday]
    if places:
        after, before = d.since(places), d.until(places)
        row = "day" if weekday is None else "day with weekday"
        near.append((t, _told(after, before, looks)))
        yield _clue(t, row, looks, after, before, without_year=True)


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


def _months_without_year(t: TimeExpr, value: str, looks: int, near: _Near) -> Iterator[Clue]:
    """`in March`, `the first quarter`, `this spring`."""
    month, length = _SPANS.get(value) or (int(value), 1)
    if not 1 <= month <= 12 or (
        not value.startswith("Q") and t.text.lower().startswith(("last", "next", "this"))
    ):
        return
    starts = np.array([d.number(date(y, month, 1)) for y in _YEARS])
    after, before = d.around(starts, starts + round(30.4 * length) - 1)
    if length == 1:
        near.append((t, _told(after, before, looks)))
    yield _clue(t, "month" if length == 1 else "quarter", looks, after, before, without_year=True)


def _month_of_year(t: TimeExpr, year: int, month: int, looks: int) -> Iterator[Clue]:
    if year in _YEARS and 1 <= month <= 12:
        start = np.array([d.number(date(year, month, 1))])
        yield _clue(t, "month of a year", looks, *d.around(start, start + 29))


def _told(after: d.Days, before: d.Days, looks: int) -> d.Days:
    return after if looks < 0 else before if looks > 0 else np.minimum(after, before)


def _nearest(row: str, near: _Near) -> Iterator[Clue]:
    """How near the nearest of all is."""
    if near:
        gap = np.minimum.reduce([gap for _, gap in near])
        yield Clue(near[0][0].span, "", rows=(row,), bins=offsets.near(gap))


def _of_year(t: TimeExpr, why: str, row: str, year: int) -> Clue:
    return Clue(t.span, why, rows=(row,), bins=offsets.years(year))


def _years(named: dict[tuple[int, int], TimeExpr]) -> Iterator[Clue]:
    """Each year named, by its tense, and the latest that is not, or is, told as past, the first to come."""
    for (year, looks), t in named.items():
        yield _of_year(t, f"'{t.text}'", f"year {looks}", year)
    for row, why, wanted, pick in (
        ("latest year", "is the latest year named", (-1, 0), max),
        ("latest past year", "is the latest year told as past", (-1,), max),
        ("first year to come", "is the first year to come", (1,), min),
    ):
        fit = [(year, t) for (year, looks), t in named.items() if looks in wanted]
        if fit:
            year, t = pick(fit, key=lambda f: f[0])
            clue = _of_year(t, f"'{t.text}' {why}", row, year)
            yield replace(clue, kind=row, bound=_since_year(year)) if row == "latest year" else clue


def _since_year(year: int) -> d.Days:
    weights = np.log([*LATEST_YEAR, EARLIER, LATER])
    ago = _YEAR_OF - year
    bound: d.Days = weights[np.where(ago < 0, len(weights) - 1, np.minimum(ago, len(LATEST_YEAR)))]
    return bound
