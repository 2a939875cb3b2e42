"""An article's tokens, sentences and quotations at hand by place, for the steps of this room."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.types import Mention, Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_MARK = re.compile(r"''|[“\"”\n]")
_OPENING, _CLOSING = frozenset(("“", '"', "''")), frozenset(("”", '"', "''"))
MAX_QUOTE = 1500
"""Characters after which an opened quotation mark is taken for a stray one."""
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
SAYING = frozenset({
    "say", "tell", "add", "ask", "argue", "warn", "note", "write", "insist", "claim", "acknowledge",
    "explain", "suggest", "declare", "announce", "state", "tweet", "recall", "respond", "reply", "quip",
    "conclude", "believe", "think", "call", "describe", "accuse", "urge", "continue", "contend", "assert",
    "predict", "deny", "reiterate", "stress", "point", "emphasize", "emphasise", "caution", "concede",
    "admit", "promise", "vow", "complain", "report",
})  # fmt: skip


class Scene:
    """Where things stand in one article."""

    def __init__(self, parsed: Parsed) -> None:
        self.text = parsed.article.text
        self.tokens: list[Token] = list(parsed.doc)
        self.starts: list[int] = [t.idx for t in self.tokens]
        self.sentence: list[int] = []
        self.paragraph: list[int] = []
        number = paragraph = 0
        for token in self.tokens:
            if token.is_sent_start and token.i > 0:
                number += 1
                paragraph += "\n" in self._gap_before(token.idx)
            self.sentence.append(number)
            self.paragraph.append(paragraph)
        self._at: list[int] = []
        """For each character the token there, or the last one before it."""
        for i, (start, end) in enumerate(pairwise((0, *self.starts[1:], len(self.text)))):
            self._at += [i] * (end - start)
        self._heads: dict[tuple[int, int], Token] = {}
        self.quotes = quotations(self.text)
        self._quote_starts = [s for s, _ in self.quotes]

    def _gap_before(self, offset: int) -> str:
        """The white space right before a character, and a line end that the token there begins with."""
        return self.text[
            len(self.text[max(0, offset - 9) : offset].rstrip()) + max(0, offset - 9) : offset + 1
        ]

    def index(self, offset: int) -> int:
        """The token at a character, or the last one before it."""
        return self._at[offset] if offset < len(self._at) else max(0, len(self.starts) - 1)

    def head(self, mention: Mention) -> Token:
        """The token of a mention on which the rest of it hangs."""
        span = mention.start, mention.end
        if span not in self._heads:
            self._heads[span] = self._head(self.index(mention.start), self.index(mention.end - 1))
        return self._heads[span]

    def head_at(self, place: int) -> Token:
        """The noun on which a token hangs within its phrase: its own, save for what is beside or joined."""
        token = self.tokens[place]
        while token.dep_ in ("compound", "appos", "conj", "flat") and token.head.i != token.i:
            token = token.head
        return token

    def _head(self, first: int, last: int) -> Token:
        for i in range(first, last + 1):
            head = self.tokens[i].head.i
            if head == i or not first <= head <= last:
                return self.tokens[i]
        return self.tokens[last]

    def quoted(self, offset: int) -> int | None:
        """The number of the quotation a character lies in, None outside of any."""
        n = bisect_right(self._quote_starts, offset) - 1
        return n if n >= 0 and offset < self.quotes[n][1] else None


def quotations(text: str) -> list[tuple[int, int]]:
    """Stretches between double quotation marks; a mark never closed within a paragraph or so is stray."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for m in _MARK.finditer(text):
        i, c = m.start(), m.group()
        if opened is not None and i - opened > MAX_QUOTE + 1:
            opened = None
        if opened is not None and (c == "\n" or i - opened > MAX_QUOTE):
            if c == "\n" and i - opened > 1:
                found.append((opened, i))
            opened = None
        elif opened is None and c in _OPENING:
            opened = i
        elif opened is not None and c in _CLOSING:
            found.append((opened, m.end()))
            opened = None
    return found
