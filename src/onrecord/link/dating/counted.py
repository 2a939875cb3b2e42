"""Clues from counts: `four years ago` beside a dated event, `ten days after the attack`, `a week before
the vote`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from onrecord.facts.happenings import Happening
from onrecord.link.dating import days as d
from onrecord.link.dating.clues import Clue
from onrecord.link.dating.spoken import sentence_of
from onrecord.types import Span, TimeExpr

_NUMBERS = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}
_NUMBERS |= {"a": 1, "an": 1, "a couple of": 2, "fifteen": 15, "twenty": 20}
_LENGTHS = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25, "decade": 3652.5}
_SLACK = {"day": 0.6, "week": 4.0, "month": 16.0, "year": 150.0, "decade": 500.0}
"""Days by which a rounded count may miss, for each unit; counts of ten and more miss by a tenth."""
_COUNT = r"(?P<n>\d{1,2}|a couple of|[a-z]+)[ -](?P<unit>day|week|month|year|decade)s?"
_AGO = re.compile(rf"(?P<mod>nearly |almost |about |more than |over )?{_COUNT} ago", re.I)
_BEFORE_NAME = re.compile(
    rf"\b(?P<mod>)(?:just |only |with )?{_COUNT} (?P<how>after|before|until|to go (?:before|until)|since|"
    rf"from)\s+(?:[\w.'’-]+\s+){{0,4}}$",
    re.I,
)


COUNTED_WRONG = 0.15
"""Weight of the days outside: the count may be told of another day than that of writing."""


def dates_ago(text: str, times: Sequence[TimeExpr]) -> Iterator[Clue]:
    """`nearly two years ago` in one sentence with a full past date: the date and the count give the day."""
    ago = [(t, found) for t in times if (found := _length(_AGO.fullmatch(" ".join(t.text.lower().split()))))]
    for t, (length, slack) in ago:
        low, high = sentence_of(text, t.span)
        for other in times:
            if (
                low <= other.start < high
                and re.fullmatch(r"\d{4}-\d\d-\d\d", other.value)
                and other.looks != "future"
            ):
                at = d.number(date.fromisoformat(other.value))
                window = (round(at + length - slack), round(at + length + slack))
                yield Clue(
                    t.span,
                    f"'{t.text}' counted from '{other.text}'",
                    "counted",
                    d.inside([window], COUNTED_WRONG),
                )


def from_name(text: str, span: Span, meant: Sequence[Happening]) -> Iterator[Clue]:
    """`three days before the Iowa caucuses`: counted to or from a happening that is named."""
    m = _BEFORE_NAME.search(text, max(0, span.start - 80), span.start)
    found = _length(m)
    if m is None or found is None:
        return
    length, slack = found
    sign = -1 if m["how"].lower() not in ("after", "since") else 1
    windows = []
    for h in meant:
        at = d.number(h.start if sign < 0 else h.end) + sign * length
        windows.append((round(at - slack - 1), round(at + slack + 4)))
    yield Clue(
        Span(m.start(), span.end),
        f"'{' '.join(m.group().split())} {text[span.start : span.end]}'",
        "counted",
        d.inside(windows, COUNTED_WRONG),
    )


def _length(m: re.Match[str] | None) -> tuple[float, float] | None:
    """Days counted and the days by which the count may miss."""
    if m is None:
        return None
    word = m["n"].lower()
    n = int(word) if word.isdigit() else _NUMBERS.get(word)
    if not n:
        return None
    unit = m["unit"].lower()
    length = n * _LENGTHS[unit]
    return length, max(_SLACK[unit], length * 0.1 if n >= 10 else 0.0)
