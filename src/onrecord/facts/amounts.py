"""Numbers in a text with what they count, and when two of them exclude each other.

A number that is rounded, a bound, one of a span, a part or a date tells nothing exact: `vague`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MIN_RATIO = 1.1
"""Ratio below which two numbers count as one, counted twice."""
STEM = 6
"""Letters of what is counted by which `barrel` and `barrels` are one."""

_SMALL = {
    w: n + 2
    for n, w in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
}
_TIMES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_AMOUNT = re.compile(
    r"(?<![\w.,$€£-])(?:[$€£]|US\$)?(?P<number>\d[\d,]*(?:\.\d+)?|" + "|".join(_SMALL) + r")\b"
    r"(?:\s+(?P<times>" + "|".join(_TIMES) + r")\b)?(?:(?:\s+(?:of\s+the\s+)?|-)(?P<unit>[a-zA-Z]{3,}))?",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_BEFORE = re.compile(
    r"(?:\b(?:about|around|some|nearly|almost|roughly|approximately|over|under|than|least|most|to|between|and|or"
    r"|another|further|additional|first|last|next|remaining|other|by|of|extra|Article|No\.?|the)|"
    + _MONTH
    + r")\s+(?:[$€£])?$",
    re.IGNORECASE,
)
"""Right before a number: it is rounded, a bound, one of a span, a part, a date or a name."""
_PART = re.compile(r"(?:\s+(?:more|each|or\s+so|or\s+more)\b|\s+of\s+the\b)", re.IGNORECASE)
_NO_UNIT = re.compile(
    r"(?:minute|hour|day|week|month|year|decade|century|time|and|or|percent|per|side|countr|nation|government|leader"
    r"|minister|president|state|part|part(?:y|ies)|point|thirds?|quarter|half|others?|o’?'?clock|a\.m|p\.m|"
    + _MONTH
    + r")",
    re.IGNORECASE,
)
"""Units whose numbers tell times, shares or the sides themselves."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"[12]?\d|3[01]")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as told, and the word behind it."""

    number: float
    unit: str
    """In lower case, as told; empty where no word follows."""
    vague: bool
    year: bool
    """May be a year."""
    day: bool
    """May be the day of a month."""
    in_digits: bool


def read(text: str) -> Iterator[Amount]:
    """Every number of a text, in order: digits, `two` to `twelve`, with `hundred` to `billion`."""
    for m in _AMOUNT.finditer(text):
        digits, times, unit = m["number"].replace(",", ""), (m["times"] or "").lower(), m["unit"] or ""
        vague = _BEFORE.search(text[: m.start()]) or _PART.match(text, m.end())
        yield Amount(
            number=float(_SMALL.get(digits.lower()) or digits) * _TIMES.get(times, 1),
            unit=unit.lower(),
            vague=vague is not None,
            year=not times and _YEAR.fullmatch(m["number"]) is not None,
            day=not times and _DAY.fullmatch(m["number"]) is not None,
            in_digits=m["number"][0].isdigit(),
        )


def counts(text: str) -> Mapping[str, float]:
    """Exact numbers by the first letters of what is counted; counted twice, it is left out."""
    found: dict[str, list[float | None]] = {}
    for told in read(text):
        if told.unit and not told.year and told.unit not in _TIMES and not _NO_UNIT.match(told.unit):
            found.setdefault(told.unit[:STEM], []).append(None if told.vague else told.number)
    return {unit: told[0] for unit, told in found.items() if len(told) == 1 and told[0] is not None}


def exclude(one: float, other: float) -> bool:
    """True when neither number is the other one, rounded: 600 and 400, but not 600 and 580."""
    if max(one, other) < MIN_RATIO * min(one, other):
        return False
    digits = min(_digits(one), _digits(other))
    return _round(one, digits) != _round(other, digits)


def _digits(number: float) -> int:
    """Digits up to the last that is not nought: 2 of 580, 1 of 600."""
    return len(f"{number:.6f}".rstrip("0").replace(".", "").strip("0")) or 1


def _round(number: float, digits: int) -> float:
    return float(f"{number:.{digits - 1}e}")
