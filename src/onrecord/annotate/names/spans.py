"""A stretch of text that may be a mention, how overlapping ones are settled, and a page of tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from onrecord.types import Form

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Found(NamedTuple):
    """Characters [start, end) that may stand for an actor; `rank` decides between overlapping finds.

    `use` tells how the words stand for it: name, short, adjective, demonym, capital, metonym, person, org …
    """

    start: int
    end: int
    form: Form
    keys: tuple[str, ...] = ()
    rank: int = 0
    use: str = "name"

    @property
    def is_person(self) -> bool:
        return self.use in ("person", "short") or any(k.startswith("person:") for k in self.keys)


class Page:
    """The tokens of an article, at hand by place: making them once is most of the speed of this room."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text: str = doc.text
        self.tokens: list[Token] = list(doc)
        self.words: list[str] = [t.text for t in self.tokens]
        self.lower: list[str] = [w.lower() for w in self.words]
        self.starts: list[int] = [t.idx for t in self.tokens]
        self.at: dict[int, int] = {start: i for i, start in enumerate(self.starts)}

    def end(self, i: int) -> int:
        """The character after token i."""
        return self.starts[i] + len(self.lower[i])

    def within(self, start: int, end: int) -> Iterator[int]:
        """Indices of the tokens that begin in [start, end); `start` begins one."""
        i = self.at.get(start)
        while i is not None and i < len(self.starts) and self.starts[i] < end:
            yield i
            i += 1


def settle(found: Iterable[Found]) -> list[Found]:
    """The finds that stay, in text order: of overlapping ones the longest, then the higher rank."""
    taken: list[Found] = []
    used: set[int] = set()
    for one in sorted(found, key=lambda f: (f.start - f.end, -f.rank, f.start, f.keys)):
        places = range(one.start, one.end)
        if used.isdisjoint(places):
            used.update(places)
            taken.append(one)
    return sorted(taken)
