"""Words that count from the day of writing (`Friday`, `last month`), turned round: when must it have been
written?
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.link.dating import days as d
from onrecord.types import Range, Span, TimeExpr

_UNITS = {"week": (1, 7), "weekend": (1, 7), "month": (1, 31), "year": (1, 366)}
_DAYS = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "overnight": 0,
}
_RELATIVE = re.compile(
    r"(?:earlier |later |late |early )?(last|this|next|this past|this coming|the past) (week|weekend|"
    r"month|year)"
)
_SENTENCE_END = re.compile(r"[.!?][\"”’']?\s+(?=[A-Z“\"‘])|\n\s*\n|\s{4,}")
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|St|Jan|Feb|Aug|Sept|Oct|Nov|Dec|U\.S|U\.N)\.$"
)
_LONGEST = 6
"""Characters of the longest of them, its point, and a line end behind it."""


@dataclass(frozen=True, slots=True)
class Deictic:
    """An expression counted from the day of writing."""

    span: Span
    weekday: int | None = None
    """ISO weekday, for a bare `Friday`."""
    shift: int = 0
    unit: str = "D"
    looks: str | None = None

    def written(self, days: Range) -> Iterator[tuple[int, int]]:
        """When the article was written, if the expression speaks of these days: ranges of places in the
        grid.
        """
        if days.start is None or days.end is None:
            return
        first, last = d.number(days.start), d.number(days.end)
        if self.weekday is not None:
            yield from self._by_weekday(first, last)
        elif self.unit == "D":
            yield first - self.shift, last - self.shift
        elif self.unit == "W":
            yield from _WEEKS[self.shift](first, last)
        elif self.unit == "M":
            month = days.start.year * 12 + days.start.month - 1 - self.shift
            yield _month(month)
        elif self.unit == "Y":
            year = days.start.year - self.shift
            yield _month(year * 12)[0], _month(year * 12 + 11)[1]

    def _by_weekday(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        for at in range(max(0, first), min(d.SIZE - 1, last) + 1):
            if d.WEEKDAY[at] == self.weekday:
                if self.looks != "future":
                    yield at, at + 6
                if self.looks != "past":
                    yield at - 6, at


_WEEKS = {
    0: lambda a, b: [(a - 6, b + 6)],
    -1: lambda a, b: [(a + 1, b + 13)],
    1: lambda a, b: [(a - 13, b - 1)],
}


def _month(count: int) -> tuple[int, int]:
    """First and last place of a month counted from year 0."""
    from datetime import date

    start = d.number(date(count // 12, count % 12 + 1, 1))
    end = d.number(date((count + 1) // 12, (count + 1) % 12 + 1, 1)) - 1
    return start, end


def deictics(times: Iterable[TimeExpr]) -> list[Deictic]:
    """The expressions among an article's times that count from the day of writing."""
    return [found for t in times if (found := _deictic(t)) is not None]


def _deictic(t: TimeExpr) -> Deictic | None:
    if t.text == "TODAY":  # the newspaper's name
        return None
    low = " ".join(t.text.lower().split())
    if re.fullmatch(r"XXXX-WXX-[1-7](?:T.*)?", t.value):
        if low.startswith("next"):
            return Deictic(t.span, int(t.value[9]), looks="future")
        return Deictic(t.span, int(t.value[9]), looks="past" if low.startswith("last") else t.looks)
    if low in _DAYS:
        return Deictic(t.span, shift=_DAYS[low])
    m = _RELATIVE.fullmatch(low)
    if m:
        shift = {"last": -1, "the past": 0, "this": 0, "this past": 0, "this coming": 0, "next": 1}[m[1]]
        unit = {"week": "W", "weekend": "W", "month": "M", "year": "Y"}[m[2]]
        return Deictic(t.span, shift=shift, unit=unit, looks=t.looks)
    return None


def sentence_of(text: str, span: Span) -> tuple[int, int]:
    """Start and end of the sentence that holds a span, by its punctuation."""
    low = max(0, span.start - 400)
    start = low
    for m in _SENTENCE_END.finditer(text, low, span.start + 1):  # one more: the end looks at what follows
        if m.end() <= span.start and not _abbreviated(text, low, m.start() + 1):
            start = m.end()
    high = min(len(text), span.end + 400)
    for m in _SENTENCE_END.finditer(text, span.end, high):
        if not _abbreviated(text, span.start, m.start() + 1):
            return start, m.start() + 1
    return start, high


def _abbreviated(text: str, start: int, end: int) -> bool:
    """Whether [start, end) ends in an abbreviation's point."""
    return _ABBREVIATED.search(text, max(start, end - _LONGEST), end) is not None
