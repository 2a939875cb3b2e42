"""A text's blocks: what can carry one role. A line where a line is a paragraph, else a run of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

MIN_WRAPPED = 5
"""Lines needed before a text counts as hard-wrapped: fewer cannot be told from short paragraphs."""
WRAP_COLUMNS = range(40, 101)
"""Width that newswire and mail were wrapped at; 72 and 80 are usual, Reuters of 1987 had about 65."""
MIN_BROKEN = 0.5
"""Share of line ends that must fall inside a sentence. Scraped articles have under 0.15, wrapped ones 0.7."""

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENDS = re.compile(r"[.!?:;…]['\"”’»)\]]*\s*$")


class Block:
    """Characters [start, end) of a text, white space at the edges left out."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.start, self.end = start, end
        self.words_told = text[start:end]

    @cached_property
    def text(self) -> str:
        """The words, every run of white space one space."""
        return " ".join(self.words_told.split())

    @cached_property
    def plain(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    @cached_property
    def words(self) -> list[str]:
        return _WORD.findall(self.text)

    @cached_property
    def lowered(self) -> list[str]:
        return [w.lower() for w in self.words]

    @cached_property
    def content(self) -> frozenset[str]:
        """Its longer words, which tell what it is about."""
        return frozenset(w for w in self.lowered if len(w) > 4)

    @cached_property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return _ENDS.search(self.text) is not None

    @cached_property
    def is_prose(self) -> bool:
        """A full sentence at least: what paragraphs are made of."""
        return len(self.words) >= 14 and (self.ends or len(self.words) >= 40)


def blocks(text: str) -> list[Block]:
    """The text's blocks in order: its lines, or its paragraphs where sentences run over line ends."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text)]
    runs = _paragraphs(text, lines) if _hard_wrapped(text, lines) else lines
    return [b for b in (_trimmed(text, s, e) for s, e in runs) if b is not None]


def _trimmed(text: str, start: int, end: int) -> Block | None:
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip())
    right = len(inner.rstrip())
    return Block(text, start + left, start + right) if right > left else None


def _hard_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether line ends fall in mid-sentence: adjacent lines, the first near full width and not ended."""
    filled = [(s, e) for s, e in lines if text[s:e].strip()]
    if len(filled) < MIN_WRAPPED:
        return False
    width = sorted(e - s for s, e in filled)[int(0.9 * (len(filled) - 1))]
    if width not in WRAP_COLUMNS:
        return False
    joints = broken = 0
    for (s, e), (s2, _) in pairwise(filled):
        if text.count("\n", e, s2) > 1:
            continue
        joints += 1
        broken += e - s > 0.6 * width and not _ENDS.search(text, s, e) and not text[s2].isspace()
    return joints >= MIN_WRAPPED - 1 and broken >= MIN_BROKEN * joints


def _paragraphs(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Runs of lines: a blank line, an indented line, or a short line that ends a sentence closes one."""
    width = max((e - s for s, e in lines), default=0)
    start: int | None = None
    last = 0
    for s, e in lines:
        blank = not text[s:e].strip()
        new = blank or text.count("\n", last, s) > 1 or text[s].isspace() or _closed(text, start, last, width)
        if start is not None and new:
            yield start, last
            start = None
        if not blank:
            start = s if start is None else start
            last = e
    if start is not None:
        yield start, last


def _closed(text: str, start: int | None, end: int, width: int) -> bool:
    """Whether the line that ends at `end` is short and ends a sentence."""
    if start is None:
        return False
    line = text.rfind("\n", start, end) + 1 or start
    return end - line < 0.6 * width and _ENDS.search(text, line, end) is not None
