"""A sentence whose actor and recipient somebody has marked by hand: what roles ask of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SOURCE, TARGET = "source", "target"


@dataclass(frozen=True)
class Marked:
    """Token indices of both sides in a parsed sentence; empty where the words were not found."""

    doc: Doc
    source: frozenset[int]
    target: frozenset[int]

    @classmethod
    def of_words(cls, doc: Doc, source: str, target: str) -> Marked:
        """Both sides by their words, as they stand in the sentence (case aside)."""
        return cls(doc, _tokens(doc, source), _tokens(doc, target))

    @property
    def marked(self) -> bool:
        """Whether either side was found; where not, any name may be one."""
        return bool(self.source or self.target)

    def grade(self, head: Token) -> int:
        """2 for a phrase that holds a marked side, else 0."""
        return 2 if self.of(head) else 0

    def of(self, head: Token) -> tuple[str, ...]:
        """`source` or `target` where a phrase, by its head, is or holds that side."""
        if head.i in self.source:
            return (SOURCE,)
        if head.i in self.target:
            return (TARGET,)
        if head.pos_ not in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
            return ()
        if not self.marked:
            return tuple(t.lower_ for t in (head, *head.lefts) if _name(t))
        below = {t.i for t in head.subtree if t.i - head.i < REACH}
        if _holds(below, self.target):
            return (TARGET,)
        return (SOURCE,) if _holds(below, self.source) else ()

    def owner(self, head: Token) -> tuple[str, ...]:
        """Nobody: whom a pronoun stands for is not marked."""
        return ()

    def roots(self, side: Iterable[int]) -> list[Token]:
        """Words of a side that hang from outside it."""
        inside = set(side)
        return [
            self.doc[i] for i in sorted(inside) if self.doc[i].head.i not in inside or self.doc[i].head.i == i
        ]


REACH = 12
"""Tokens behind a head within which its phrase is believed; longer ones are mostly attachment errors."""


def _name(token: Token) -> bool:
    """Whether a word is a name, or an adjective made of one ("Kenyan")."""
    return token.pos_ == "PROPN" or (token.pos_ == "ADJ" and token.i > 0 and token.text[:1].isupper())


def _holds(tokens: set[int], side: frozenset[int]) -> bool:
    return bool(side) and 2 * len(tokens & side) > len(side)


def _tokens(doc: Doc, words: str) -> frozenset[int]:
    wanted = words.strip().casefold()
    if not wanted:
        return frozenset()
    start = doc.text.casefold().find(wanted)
    if start < 0:
        return frozenset()
    end = start + len(wanted)
    return frozenset(t.i for t in doc if t.idx < end and t.idx + len(t) > start)
