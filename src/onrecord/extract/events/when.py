"""Date and status by time of an event: the time words of its clause or sentence, else the article's date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.extract.events.modality import carrier
from onrecord.types import Parsed, Range, TimeExpr

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

ARTICLE = "article date"
FAR = 1000
NAMING = frozenset({"nummod", "compound", "amod", "nmod"})
"""Labels of a date that is part of a name ("the 1987 treaty") and dates no event but the named thing."""
NEIGHBOUR_DAYS = 60
"""How long before the article the day of the sentence before may lie; what is older is mostly background."""
LONGEST_DAYS = 31
HISTORICAL_DAYS = 400
"""An event told as done and dated more than this before the article is background (a year, and some slack).
"""


def date_of(
    head: Token, sentence: Span, parsed: Parsed, *, planned: bool, sides: Sequence[str] = ()
) -> tuple[Range | None, str | None]:
    """Days of an event and what they rest on: its time words, those of the sentence before, `article date`.

    `sides`: actors of the event, of whom the sentence before must speak as well. Neither where none is told.
    """
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
    if not told and (before := _told_before(head, sentence, parsed, sides)) is not None:
        return before.range, f"{before.text} (sentence before)"
    return (parsed.article.published_range, ARTICLE) if parsed.article.published_range else (None, None)


def _told_before(head: Token, sentence: Span, parsed: Parsed, sides: Sequence[str]) -> TimeExpr | None:
    """Time words of the sentence before, where a story goes on: simple past, same actors, not long ago."""
    earlier = sentence_before(sentence)
    if earlier is None or not goes_on(head) or not speaks_of(earlier, sides, parsed):
        return None
    told = [
        t for t in parsed.times_in(earlier.start_char, earlier.end_char)
        if t.type in ("DATE", "TIME") and _recent(t.range, parsed)
    ]  # fmt: skip
    return min(told, key=lambda t: (_apart(earlier.root, t, parsed), t.start), default=None)


def sentence_before(sentence: Span) -> Span | None:
    """The sentence that ends where this one begins, None for the first."""
    return sentence.doc[sentence.start - 1].sent if sentence.start > 0 else None


def goes_on(head: Token) -> bool:
    """Whether a trigger stands in the simple past, and so may go on with the story of the sentence before."""
    verb = carrier(head)
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    return (verb.tag_ == "VBD" and not helpers) or (
        verb.tag_ == "VBN" and helpers <= {"was", "were"} and bool(helpers)
    )


def speaks_of(sentence: Span, sides: Sequence[str], parsed: Parsed) -> bool:
    """Whether a sentence mentions one of the actors."""
    wanted = set(sides)
    return any(
        m.actor in wanted or not wanted.isdisjoint(m.members)
        for m in parsed.mentions
        if sentence.start_char <= m.start < sentence.end_char
    )


def _recent(days: Range | None, parsed: Parsed) -> bool:
    """Whether a range is of some days, and not long before the article, where that is dated."""
    if days is None or days.start is None or days.end is None or (days.end - days.start).days > LONGEST_DAYS:
        return False
    published = parsed.article.published_range
    if published is None or published.start is None:
        return True
    return 0 <= (published.start - days.end).days <= NEIGHBOUR_DAYS


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
