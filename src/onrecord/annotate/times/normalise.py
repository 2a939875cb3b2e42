"""Values of time expressions against the article's date: anchor, offset, direction.

An article dated only to a range gives a value where every day of the range gives the same one, else the value
stays underspecified (`XXXX-WXX-5`) and covers the days that any of them gives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import msgspec

from onrecord.annotate.times import calendar as cal
from onrecord.annotate.times.direction import Outlook
from onrecord.annotate.times.grammar import meaning_of
from onrecord.annotate.times.meaning import UNITS, Meaning
from onrecord.types import Parsed, Range, TimeExpr, day_range

MAX_SAMPLED_DAYS = 31
"""An article dated to a longer range gives no day, week or month to what is counted from its date."""
QUARTER_REACH = 1000
"""Characters within which `a year earlier` is read as the same quarter of the year before."""
QUARTERS_BACK = 3
"""Quarters told before that are compared with, not reported on."""
NEARER = 8
"""A named day or month is the nearest one, unless tense points to another that is less than so many times
as far.
"""


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r",\s*(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b")
PRINTED_DAYS = 1
"""Days from the writing of a story whose dateline tells a weekday to the paper that prints it."""


@dataclass(slots=True)
class _Told:
    """The last date the text has told, which `a year earlier` and `that week` count from."""

    value: str = ""
    quarter: str = ""
    quarter_at: int = -QUARTER_REACH
    """Where the last quarter was told, as an offset into the text."""

    def note(self, value: str, at: int, day: date) -> None:
        self.value = value
        if "-Q" in value and value >= cal.value_at(cal.moved(day, -QUARTERS_BACK, "Q"), "Q"):
            self.quarter, self.quarter_at = value, at

    def quarter_near(self, at: int) -> str:
        """The last quarter told, if it is near enough for figures to be about it."""
        return self.quarter if at - self.quarter_at < QUARTER_REACH else ""


def normalise(parsed: Parsed) -> Parsed:
    """The article's times with final TIMEX3 values and ranges, against its date or range of dates."""
    article = parsed.article
    span = article.published_range or (day_range(article.published) if article.published else None)
    days = _samples(_written(parsed, span))
    told = [_Told() for _ in days]
    times = []
    for expr in parsed.times:
        meaning = meaning_of(expr.text)
        kept = meaning is None or (expr.type == "DURATION" and meaning.type == "DATE")
        times.append(expr if meaning is None or kept else _read(expr, meaning, days, told, expr.looks))
    return replace(parsed, times=tuple(times))


def _written(parsed: Parsed, span: Range | None) -> Range | None:
    """The day of writing: `KUALA LUMPUR, Wed. -` in Thursday's paper was written the day before."""
    if span is None or span.days != 1 or span.end is None:
        return span
    lines = (parsed.article.text[p.start : p.end] for p in parsed.passages if p.role == "dateline")
    named = next((found for line in lines if (found := _WEEKDAY.search(line))), None)
    if named is None:
        return span
    back = (span.end.isoweekday() - 1 - _DAYS.index(named[1].lower())) % 7
    return day_range(span.end - timedelta(back)) if back <= PRINTED_DAYS else span


def _samples(span: Range | None) -> Sequence[date]:
    """Days on which the article may have been written: all of a short range, a few of a long one."""
    if span is None or span.start is None or span.end is None:
        return ()
    days = (span.end - span.start).days
    step = 1 if days < MAX_SAMPLED_DAYS else max(1, days // 12)
    found = [span.start + timedelta(n) for n in range(0, days + 1, step)]
    return found if found[-1] == span.end else [*found, span.end]


def _read(
    expr: TimeExpr, meaning: Meaning, days: Sequence[date], told: list[_Told], view: Outlook
) -> TimeExpr:
    values, ranges = [], []
    for day, last in zip(days, told, strict=True):
        value = value_of(meaning, day, last, view, expr.start)
        values.append(value)
        ranges.append(_range_of(meaning, value, day))
        if meaning.type in ("DATE", "TIME") and meaning.anchor != "told" and cal.days_of(value) is not None:
            last.note(value, expr.start, day)
    if not days or (len(set(values)) > 1 and not meaning.settled):
        value = underspecified(meaning)
        return msgspec.structs.replace(
            expr,
            type=meaning.type,
            value=value,
            mod=meaning.mod,
            range=_hull(ranges) or _range_of(meaning, value, None),
        )
    return msgspec.structs.replace(
        expr, type=meaning.type, value=values[0], mod=meaning.mod, range=_hull(ranges)
    )


def _hull(ranges: Sequence[Range | None]) -> Range | None:
    """The range that covers all of them; None if one is not known."""
    known = [r for r in ranges if r is not None]
    if not known or len(known) < len(ranges):
        return None
    starts, ends = [r.start for r in known], [r.end for r in known]
    start = None if None in starts else min(s for s in starts if s)
    return Range(start, None if None in ends else max(e for e in ends if e))


def _range_of(meaning: Meaning, value: str, day: date | None) -> Range | None:
    if meaning.type == "SET":
        return None
    if meaning.type == "DURATION":
        if not meaning.shift or day is None:
            return None
        return Range(*sorted((day, cal.moved(day, meaning.shift, meaning.unit))))
    return cal.days_of(value, meaning.mod)


def underspecified(meaning: Meaning) -> str:
    """The value that the words alone give, X for what they leave open."""
    if meaning.type in ("SET", "DURATION"):
        return meaning.value
    value = meaning.value
    if value[5:].startswith(("MO", "TH", "SU", "EASTER", "ELECTION")) and not value.endswith("-SU"):
        value = UNITS["D"]
    if meaning.last_day and value[:4].isdigit():
        return f"{value}/{value[:8]}{meaning.last_day:02d}"
    return value + meaning.part


def value_of(meaning: Meaning, day: date, told: _Told, view: Outlook, at: int) -> str:
    """The value of an expression at offset `at` in an article written on `day`."""
    if meaning.type in ("SET", "DURATION"):
        return meaning.value
    if meaning.unit:
        return _counted(meaning, day, told, view, at)
    if meaning.settled and not meaning.part:
        return _calendar_day(meaning, meaning.value)
    if meaning.anchor == "told" and (last := cal.days_of(told.value)) is not None and last.start is not None:
        day = last.start
    return _calendar_day(meaning, _named(meaning, day, view))


def _calendar_day(meaning: Meaning, value: str) -> str:
    """`value` with a holiday's rule worked out, its second day and its part of the day."""
    year, rule = value[:4], value[5:]
    if year.isdigit() and (
        rule[:2] in ("MO", "TH")
        or rule.startswith(("EASTER", "ELECTION"))
        or (rule[:2] == "SU" and len(rule) > 2)
    ):
        value = cal.holiday(int(year), rule).isoformat()
    if meaning.last_day:
        return f"{value}/{value[:8]}{meaning.last_day:02d}"
    return value + meaning.part


def _counted(meaning: Meaning, day: date, told: _Told, view: Outlook, at: int) -> str:
    """A unit so many units away from the anchor, or a weekday within it."""
    unit, anchor = meaning.unit, day
    quarter = told.quarter_near(at)
    if unit == "Q" and meaning.anchor == "told":
        return _quarter_told(meaning, day, quarter)
    if quarter and unit == "Y" and meaning.shift == -1 and meaning.yearly:
        return f"{int(quarter[:4]) - 1}{quarter[4:]}"  # a year earlier than a quarter is a quarter
    if meaning.anchor == "told" and (last := cal.days_of(told.value)) is not None and last.start and last.end:
        anchor = last.start if last.start == last.end or not meaning.part else day
    if unit == "WE" and meaning.anchor == "told":  # `the weekend`: the last one, from Friday on this one
        anchor = day if view == "future" or day.isoweekday() >= 5 else day - timedelta(7)
    found = cal.moved(anchor, meaning.shift, unit)
    if meaning.value.startswith("XXXX-WXX-") and meaning.value[-1].isdigit():
        iso = found.isocalendar()
        return date.fromisocalendar(iso.year, iso.week, int(meaning.value[-1])).isoformat() + meaning.part
    return cal.value_at(found, unit) + meaning.part


def _quarter_told(meaning: Meaning, day: date, quarter: str) -> str:
    """`the quarter`, `the year-earlier quarter`: from the last quarter told, else the last that was
    complete.
    """
    base = quarter or cal.value_at(cal.moved(day, -1, "Q"), "Q")
    if meaning.value[:4].isdigit():  # the 1988 quarter
        return f"{meaning.value[:4]}{base[4:]}"
    if meaning.shift:
        count = int(base[-1]) - 1 + int(base[:4]) * 4 + meaning.shift
        return f"{count // 4}-Q{count % 4 + 1}"
    return base


def _named(meaning: Meaning, day: date, view: Outlook) -> str:
    """A named day, month, quarter or season: which one is meant, seen from a day."""
    value = meaning.value
    if value.startswith("XXXX-WXX-"):
        return _weekday(int(value[-1]), meaning.direction, day, view).isoformat()
    if value[:4] != "XXXX":
        return value
    if meaning.years is not None:
        return f"{day.year + meaning.years}{value[4:]}"
    years = [y for y in (day.year - 1, day.year, day.year + 1) if 1 <= y <= 9999]
    spans = {y: _span_in(y, value[5:]) for y in years}
    known = {y: s for y, s in spans.items() if s is not None and s[0] and s[1]}
    if not known:
        return value
    return f"{_choose_year(known, meaning.direction, day, view, value[5:])}{value[4:]}"


def _span_in(year: int, rest: str) -> tuple[date, date] | None:
    """First and last day of `rest` (`10-27`, `10`, `Q3`, `SU`, a holiday's rule) in a year."""
    if (
        rest[:2] in ("MO", "TH")
        or rest.startswith(("EASTER", "ELECTION"))
        or (rest[:2] == "SU" and len(rest) > 2)
    ):
        found = cal.holiday(year, rest)
        return found, found
    days = cal.days_of(f"{year}-{rest}")
    return (days.start, days.end) if days and days.start and days.end else None


def _choose_year(
    spans: dict[int, tuple[date, date]], direction: int | None, day: date, view: Outlook, rest: str
) -> int:
    """The year of a named span: the last whole one, the next one, or what tense and nearness make likely."""
    past = [y for y, (_, end) in spans.items() if end < day]
    future = [y for y, (start, _) in spans.items() if start > day]
    here = [y for y in spans if y not in past and y not in future]
    if direction == -1:
        return max(past, default=day.year)
    if direction == 1:
        return min(future, default=day.year)
    if direction == 0 and not rest.startswith(("Q", "H")):
        return day.year
    if here:
        return here[0]
    if rest.startswith(("Q", "H")):  # quarters are mostly told of when they are over
        return max(past, default=day.year)
    return _nearest_year(spans, day, view)


def _nearest_year(spans: dict[int, tuple[date, date]], day: date, view: Outlook) -> int:
    """The year in which a named day or month lies nearest; tense decides between two that are not far
    apart.
    """
    before = [(abs((day - end).days), y) for y, (_, end) in spans.items() if end < day]
    after = [(abs((start - day).days), y) for y, (start, _) in spans.items() if start > day]
    if not before or not after:
        return min(before or after)[1]
    (back, last), (ahead, coming) = min(before), min(after)
    if view == "past" and back < NEARER * ahead:
        return last
    if view == "future" and ahead < NEARER * back:
        return coming
    return last if back <= ahead else coming


def _weekday(number: int, direction: int | None, day: date, view: Outlook) -> date:
    back = (day.isoweekday() - number) % 7
    if direction == -1:
        return day - timedelta(back or 7)
    if direction == 1:
        return day + timedelta(7 - back)
    if view == "future":
        return day + timedelta(-back % 7)
    return day - timedelta(back)
