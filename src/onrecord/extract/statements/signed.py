"""Quotations that a dash and a name sign: `“We will stay.” — Lena Sorvik, farmer`; lists of voices do so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from onrecord.extract.statements.page import Found, Page
from onrecord.types import Span

SIGNED = "quotation signed after a dash"
"""How such a find is marked in `why`."""
CONFIDENCE = 0.9
_WHO = r"(?P<dash>[―—–]|--?)\s*(?P<who>[^\W\d_][^\n]{1,90}?)[.\s]*"
_QUOTED = r"(?P<said>[\"“”„«‘].*[\"”“»’])"  # editors turn marks the wrong way
_IN_LINE = re.compile(rf"{_QUOTED}\s*{_WHO}")
_SIGNATURE = re.compile(_WHO)
_WHOLE = re.compile(_QUOTED)
_LONGEST = 12
"""Words of a signature: a name, an age, a trade, a town."""


def quotations(page: Page) -> Iterator[Found]:
    """A paragraph that is a quotation, a dash and a name, or one with its signature in the next line."""
    for line in page.paragraphs:
        if match := _IN_LINE.fullmatch(page.text, line.start, line.end):
            yield from _found(page, match, Span(*match.span("said")))
    for line, after in pairwise(page.paragraphs):
        match = _SIGNATURE.fullmatch(page.text, after.start, after.end)
        if match and _WHOLE.fullmatch(page.text, line.start, line.end):
            yield from _found(page, match, line)


def _found(page: Page, match: re.Match[str], said: Span) -> Iterator[Found]:
    first, last = page.first_at(match.start("who")), page.first_at(match.end("who"))
    words = [t for t in page.doc[first:last] if t.is_alpha]
    named = bool(words) and words[0].pos_ == "PROPN" and len(words) <= _LONGEST
    if named and not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in words):
        dash = Span(*match.span("dash"))
        yield Found([], list(range(first, last)), [said], CONFIDENCE, SIGNED, bare_cue=dash)
