"""One article while its attributions are sought: tokens, quotations, and characters for both."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.extract.statements import quotes
from onrecord.extract.statements.frames import runs
from onrecord.extract.statements.quotes import Quote
from onrecord.types import READ_ROLES, Parsed, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TRIM = " \t\n\r\u00a0,;:.—–-…"


@dataclass(slots=True)
class Page:
    """Tokens and quotations of one article."""

    doc: Doc
    text: str
    paragraphs: list[Span]
    quotes: list[Quote]
    starts: list[int]
    """Characters at which tokens start."""
    quote_of: dict[int, int] = field(default_factory=dict)
    """Token index → index of the quotation in double marks that it stands in."""

    @classmethod
    def of(cls, parsed: Parsed) -> Page:
        text = parsed.article.text
        paragraphs = quotes.paragraphs(text, parsed.passages, READ_ROLES)
        page = cls(parsed.doc, text, paragraphs, quotes.pair(text, paragraphs), [t.idx for t in parsed.doc])
        for n, q in enumerate(page.quotes):
            for i in range(page.first_at(q.start), page.first_at(q.end)):
                page.quote_of[i] = n
        return page

    def first_at(self, offset: int) -> int:
        """Index of the first token that starts at or after a character."""
        return bisect_left(self.starts, offset)

    def span(self, first: int, last: int) -> Span:
        """Characters of tokens first … last, without white space at the ends (it may stand for furniture)."""
        while first < last and self.doc[first].is_space:
            first += 1
        while last > first and self.doc[last].is_space:
            last -= 1
        end = self.doc[last]
        return Span(self.doc[first].idx, end.idx + len(end))

    def before(self, offset: int) -> str:
        """The last character before an offset, white space left out; empty at a line's start."""
        at = offset - 1
        while at >= 0 and self.text[at] in " \t\u00a0":
            at -= 1
        return "" if at < 0 or self.text[at] in "\n\r\u2028\u2029" else self.text[at]

    def same_line(self, start: int, end: int) -> bool:
        """No line ends between two characters."""
        return "\n" not in self.text[start:end] and "\r" not in self.text[start:end]

    def spans(self, tokens: Iterable[int]) -> tuple[Span, ...]:
        """Runs of tokens as characters, without the punctuation around them."""
        found = (trimmed(self.text, self.span(first, last)) for first, last in runs(tokens))
        return tuple(span for span in found if span)

    def content(self, tokens: Iterable[int]) -> list[Span]:
        """What is said as characters: runs of tokens, grown to the quotations they reach into."""
        found: list[Span] = []
        for first, last in runs(tokens):
            start, end = self.span(first, last)
            if first in self.quote_of:
                start = min(start, self.quotes[self.quote_of[first]].start)
            if last in self.quote_of:
                end = max(end, self.quotes[self.quote_of[last]].end)
            span = trimmed(self.text, Span(start, end))
            if span is None or not any(c.isalnum() for c in self.text[span.start : span.end]):
                continue
            if found and span.start <= found[-1].end + 1:
                found[-1] = Span(found[-1].start, max(span.end, found[-1].end))
            else:
                found.append(span)
        return found


@dataclass(slots=True)
class Found:
    """An attribution in the making; token indices, save for the content."""

    cue: list[int]
    source: list[int]
    content: list[Span]
    rate: float
    rule: str
    bare_cue: Span | None = None
    """The colon or dash that stands for a verb (`NAME: …`)."""


def trimmed(text: str, span: Span) -> Span | None:
    """A span without the white space and punctuation around it; None when nothing is left."""
    start, end = span
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
        end += 1
    return Span(start, end) if start < end else None
