"""A publication date as people and machines write it → the days it can mean."""

from __future__ import annotations

import calendar
import re
from datetime import date

from onrecord.types import Range, day_range

_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
MONTHS = {form: n for n, name in enumerate(_NAMES, 1) for form in (name, name[:3])} | {"sept": 9}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ISO = re.compile(r"(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?:[T ]\d.*|Z|[+-]\d\d:?\d\d)?")
_SLASHES = re.compile(r"(\d{1,4})[./](\d{1,2})[./](\d{4}|\d{1,2})(?:[ ,T].*)?")
WRITTEN = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?(?P<month>{_MONTH})\b\.?,? ?"
    rf"(?:(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:, ?| at [\d:. apm]+,? ?| )?)?(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""`July 7, 2017`, `7 July 2017`, `Sept. 3rd 2019`, `May 2016`."""


def days_meant(told: str) -> Range | None:
    """The day, month or year that a date given as metadata names; None where it cannot be read.

    `05/06/2016` can be read in two ways and so is not; `25/06/2016` can be read in one.
    """
    told = told.strip()
    if m := _ISO.fullmatch(told):
        year, month, day = (int(g) if g else None for g in m.groups())
        return _period(year or 0, month, day)
    if m := _SLASHES.fullmatch(told):
        return _slashes(*(int(g) for g in m.groups()))
    m = WRITTEN.search(told)
    return written(m) if m else None


def written(m: re.Match[str]) -> Range | None:
    """The days that a match of `WRITTEN` names."""
    day = m["day"] or m["day2"]
    return _period(int(m["year"]), MONTHS[m["month"].lower()], int(day) if day else None)


def _slashes(a: int, b: int, c: int) -> Range | None:
    if a > 31:
        return _period(a, b, c)
    if c < 1000 or (a <= 12 and b <= 12 and a != b):
        return None
    return _period(c, b, a) if a > 12 or a == b else _period(c, a, b)


def _period(year: int, month: int | None, day: int | None) -> Range | None:
    try:
        if month is None:
            return Range(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return Range(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        return day_range(date(year, month, day))
    except ValueError:
        return None
