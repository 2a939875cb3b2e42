"""Days, weeks, quarters and seasons: from a TIMEX3 value to the days it covers, and from an anchor to a
value.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

from onrecord.types import Range

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of each season, three months each (northern half of the world, meteorological)."""
_ANY_PART = re.compile(r"T(?:MO|AF|EV|NI|MI|DA|DT|\d\d(?::\d\d){0,2}|XX.*)$")


def month_days(year: int, month: int, months: int = 1) -> Range:
    """All days of `months` months from a month on."""
    return Range(date(year, month, 1), _add_months(date(year, month, 1), months) - timedelta(1))


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def moved(day: date, count: int, unit: str) -> date:
    """The day `count` units later (earlier when negative); clipped to what `date` can hold.

    Hours, minutes and seconds count as the whole days in them.
    """
    try:
        if unit in ("D", "W", "WE"):
            return day + timedelta(count * (1 if unit == "D" else 7))
        if unit in ("H", "MIN", "S"):
            return day + timedelta(int(count * {"H": 3600, "MIN": 60, "S": 1}[unit] / 86400))
        return _add_months(day, count * {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}[unit])
    except (ValueError, OverflowError):
        return date.min if count < 0 else date.max


def value_at(day: date, unit: str) -> str:
    """The TIMEX3 value of the unit that holds a day."""
    if unit in ("W", "WE"):
        iso = day.isocalendar()
        return f"{iso.year}-W{iso.week:02d}" + ("-WE" if unit == "WE" else "")
    if unit == "M":
        return f"{day:%Y-%m}"
    if unit == "Q":
        return f"{day.year}-Q{(day.month + 2) // 3}"
    if unit == "Y":
        return f"{day.year}"
    if unit == "E":
        return f"{day.year // 10}"
    if unit in ("C", "L"):
        return f"{day.year // 100}"
    return day.isoformat()


def holiday(year: int, rule: str) -> date:
    """The day of a holiday's rule (see `lexicon.HOLIDAYS`) in a year."""
    if rule == "ELECTION":  # the Tuesday after the first Monday of November
        first_monday = 1 + (0 - date(year, 11, 1).weekday()) % 7
        return date(year, 11, first_monday + 1)
    if rule.startswith("EASTER"):
        return easter(year) + timedelta(int(rule[6:]))
    if rule[:2].isdigit():
        return date(year, int(rule[:2]), int(rule[3:]))
    weekday, which, month = {"MO": 0, "TH": 3, "SU": 6}[rule[:2]], rule[2], int(rule[4:])
    if which == "L":
        last = date(year, month, calendar.monthrange(year, month)[1])
        return last - timedelta((last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (int(which) - 1))


def easter(year: int) -> date:
    """Easter Sunday of the western churches (anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * j) // 433
    month = (h + j - 7 * m + 90) // 25
    return date(year, month, (h + j - 7 * m + 33 * month + 19) % 32)


def days_of(value: str, mod: str | None = None) -> Range | None:
    """The days a TIMEX3 value covers, narrowed by its mod; None where they are not known."""
    try:
        whole = _days_of(_ANY_PART.sub("", value))
    except ValueError:
        return None
    return whole and _narrowed(whole, mod)


@lru_cache(maxsize=4096)
def _days_of(value: str) -> Range | None:
    if "X" in value or not value[:2].isdigit():
        return None
    if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = date(int(m[1]), int(m[2]), int(m[3]))
        return Range(day, day)
    if m := re.fullmatch(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", value):
        return Range(date.fromisoformat(m[1]), date.fromisoformat(m[2]))
    if m := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return month_days(int(m[1]), int(m[2]))
    if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
        return Range(monday + timedelta(5 if m[3] else 0), monday + timedelta(6))
    if m := re.fullmatch(r"(\d{4})-([QH])(\d)", value):
        months = 3 if m[2] == "Q" else 6
        return month_days(int(m[1]), (int(m[3]) - 1) * months + 1, months)
    if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return month_days(int(m[1]), SEASON_MONTHS[m[2]], 3)
    if m := re.fullmatch(r"\d{2,4}", value):
        size = 10 ** (4 - len(value))
        first = int(value) * size
        return Range(date(max(first, 1), 1, 1), date(first + size - 1, 12, 31))
    return None


def _narrowed(whole: Range, mod: str | None) -> Range:
    """The first third, middle third or last third for START, MID, END; open ends for what lies beyond."""
    if mod in ("ON_OR_AFTER", "AFTER"):
        return Range(whole.start, None)
    if mod in ("ON_OR_BEFORE", "BEFORE"):
        return Range(None, whole.end)
    if (
        mod not in ("START", "MID", "END")
        or whole.start is None
        or whole.end is None
        or whole.start == whole.end
    ):
        return whole
    third = ((whole.end - whole.start).days + 1) / 3
    first, last = {"START": (0.0, third), "MID": (third, 2 * third), "END": (2 * third, 3 * third)}[mod]
    # a day more on either side: "early" and "late" have no sharp edge
    start = whole.start + timedelta(max(0, int(first) - 1))
    return Range(start, min(whole.end, whole.start + timedelta(int(last) + 1)))
