"""From characters back to tokens: what stands in a span, and which word heads it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one article, found by character."""

    doc: Doc
    starts: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, doc: Doc) -> Words:
        return cls(doc, [t.idx for t in doc])

    def within(self, spans: Iterable[Span]) -> list[Token]:
        """Tokens that start within the spans, white space left out, in the spans' order."""
        return [
            self.doc[i]
            for start, end in spans
            for i in range(bisect_left(self.starts, start), bisect_left(self.starts, end))
            if not self.doc[i].is_space
        ]


def head(tokens: list[Token]) -> Token | None:
    """The token that all others hang from: the one nearest to the root."""
    own = {t.i for t in tokens}
    tops = [t for t in tokens if t.head.i == t.i or t.head.i not in own]
    return next((t for t in tops if t.pos_ != "PUNCT"), tops[0] if tops else None)
