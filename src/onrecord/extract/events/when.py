"""Date and status by time of an event: the time words of its clause or sentence, else the article's date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.types import Parsed, Range, TimeExpr

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

ARTICLE = "article date"
FAR = 1000
NAMING = frozenset({"nummod", "compound", "amod", "nmod"})
"""Labels of a date that is part of a name ("the 1987 treaty") and dates no event but the named thing."""
HISTORICAL_DAYS = 400
"""An event told as done and dated more than this before the article is background (a year, and some slack).
"""


def date_of(head: Token, sentence: Span, parsed: Parsed, *, planned: bool) -> tuple[Range | None, str | None]:
    """Days of an event and what they rest on: the nearest time words, `article date`, or neither."""
    end = sentence.end_char
    told = [
        t for t in parsed.times_in(sentence.start_char, end) if t.range is not None and t.type != "DURATION"
    ]
    if told:
        apart, best = min(((_apart(head, t, parsed), t) for t in told), key=lambda at: (at[0], at[1].start))
        if apart < FAR:
            return best.range, best.text
    if planned:
        return None, None
    return (parsed.article.published_range, ARTICLE) if parsed.article.published_range else (None, None)


def _apart(head: Token, told: TimeExpr, parsed: Parsed) -> int:
    """Steps through syntax from the time words to the trigger; linear distance breaks ties."""
    span = parsed.doc.char_span(told.start, told.end, alignment_mode="expand")
    if span is None:
        return FAR
    if span.root.dep_ in NAMING and span.root.head.pos_ in ("NOUN", "PROPN") and span.root.head != head:
        return FAR
    above = {head.i: 0} | {a.i: n for n, a in enumerate(head.ancestors, start=1)}
    node, steps = span.root, 0
    while node.i not in above:
        if node.head == node:
            return 500
        node, steps = node.head, steps + 1
    return (steps + 2 * above[node.i]) * 100 + min(99, abs(span.root.i - head.i))


def historical(days: Range | None, parsed: Parsed) -> bool:
    """Whether an event's days lie well before the article's."""
    published = parsed.article.published_range
    if days is None or days.end is None or published is None or published.start is None:
        return False
    return (published.start - days.end).days > HISTORICAL_DAYS
