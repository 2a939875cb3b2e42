"""Quotation marks of all kinds, paired: where the words of others stand.

Pairs are sought within a paragraph. A quotation left open at its paragraph's end is taken up again when the
next paragraph opens with a mark (the printers' rule for speech over several paragraphs). Apostrophes are not
quotation marks: a single mark opens only after white space or a bracket, and closes only before white space
or punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.types import Passage, Span

OPENING = {"“": '”“"', "„": '“”"', "«": "»", "‟": "”", "``": "''", "‘": "’", "‹": "›"}
"""Opening mark → what may close it."""
DOUBLE = '"“”„‟«»'
_MARK = re.compile(r"''|``|[\"“”„‟«»‘’‹›']")
_BEFORE_OPEN = re.compile(r"[\s(\[{—–\-:/…]")
_AFTER_CLOSE = re.compile(r"[\s)\]}—–\-:;,.!?/…\"”]")
_PARAGRAPH = re.compile(r"\S[^\n\r\u2028\u2029]*")
_LONGEST_SINGLE = 600
"""Characters; a pair of single marks farther apart is two apostrophes."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters [start, end) with both marks; `inner` is what stands between them."""

    start: int
    end: int
    inner: Span
    closed: bool = True
    continues: bool = False
    """It goes on with the quotation that the paragraph before left open."""
    single: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def paragraphs(text: str, passages: Iterable[Passage], roles: frozenset[str]) -> list[Span]:
    """Lines of the readable passages, trimmed of white space, in text order."""
    found = []
    for p in passages:
        if p.role in roles:
            for match in _PARAGRAPH.finditer(text, p.start, p.end):
                end = match.start() + len(match.group().rstrip())
                found.append(Span(match.start(), end))
    return found


def pair(text: str, spans: Iterable[Span]) -> list[Quote]:
    """Quotations in paragraphs that follow one another; none lies within another."""
    found: list[Quote] = []
    left_open = False
    for span in spans:
        here = list(_in_paragraph(text, span))
        if here and left_open and here[0].start == span.start and not here[0].single:
            q = here[0]
            here[0] = Quote(q.start, q.end, q.inner, closed=q.closed, continues=True, single=q.single)
        found += here
        left_open = bool(here) and not here[-1].closed
    return found


def _in_paragraph(text: str, span: Span) -> Iterator[Quote]:
    at = span.start
    while match := _MARK.search(text, at, span.end):
        mark, start = match.group(), match.start()
        at = match.end()
        if not _opens(text, mark, match.span(), span):
            continue
        single = mark in "‘'‹"
        close = _closing(text, mark, at, span, single=single)
        if close is None:
            if single or mark == "''":
                continue
            yield Quote(start, span.end, Span(at, span.end), closed=False)
            return
        yield Quote(start, close.end, Span(at, close.start), single=single)
        at = close.end


def _opens(text: str, mark: str, at: tuple[int, int], span: Span) -> bool:
    """Whether a mark outside any quotation opens one."""
    start, end = at
    before = text[start - 1] if start > span.start else " "
    after = text[end] if end < span.end else " "
    if mark in OPENING and mark != "‘":
        return True
    if mark in "'’‘" and after.isdigit():
        return False  # '98
    if (
        mark in "”’»›"
    ):  # a mark turned the wrong way by an editor: only where nothing but an opening makes sense
        return mark == "”" and bool(_BEFORE_OPEN.match(before)) and after.isalnum()
    return bool(_BEFORE_OPEN.match(before)) and not after.isspace()


def _closing(text: str, mark: str, at: int, span: Span, *, single: bool) -> Span | None:
    """Where the quotation opened by `mark` ends: the closing mark's characters."""
    closers = OPENING.get(mark, '“”"' if mark == "”" else mark)
    limit = min(span.end, at + _LONGEST_SINGLE) if single else span.end
    for match in _MARK.finditer(text, at, limit):
        found = match.group()
        if mark == '"' and found == "”":
            return Span(*match.span())
        if found not in closers or (len(mark) == 2 and len(found) != 2):
            continue
        after = text[match.end()] if match.end() < span.end else " "
        before = text[match.start() - 1]
        if found == "“" and before.isspace():
            continue
        if single and not (_AFTER_CLOSE.match(after) and not before.isspace()):
            continue
        if found == mark and found in '"' and before.isspace() and after.isalnum():
            return None  # a second opening: the first was never closed
        return Span(*match.span())
    return None
