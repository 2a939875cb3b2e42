"""What all mergers share: articles with their copies, dates and voices, and how rows join.

Everything is decided on content, never on the order in which articles came.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any, Generic, Protocol, TypeVar

from onrecord.types import Account, Actor, Article, Judged, Range, Span

R = TypeVar("R")


class Rowlike(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def evidence(self) -> tuple[Span, ...]: ...


Row = TypeVar("Row", bound=Rowlike)


@dataclass(frozen=True, slots=True)
class Told(Generic[R]):
    """A row and the article that tells it."""

    article: str
    row: R


@dataclass(frozen=True)
class Ground:
    """Articles, actors and statements that mergers look things up in."""

    articles: Mapping[str, Article]
    actors: Mapping[str, Actor]
    copy_of: Mapping[str, str]
    """Article id → the first article of its group of copies."""
    speakers: Mapping[str, str | None]
    """Statement id → speaker."""
    alike: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Article id → articles that report the same happening."""
    judged: Judged = field(default_factory=Judged)
    """What people decided about meetings."""
    text: Callable[[str], str] = lambda _: ""
    """Article id → its text."""

    @cached_property
    def apart(self) -> frozenset[frozenset[str]]:
        """Pairs of rows that a person told apart."""
        return frozenset(frozenset(pair) for pair in self.judged.apart)

    def written(self, article: str) -> Range | None:
        """The days on which an article may have been published."""
        return self.articles[article].days

    def independent(self, articles: Iterable[str]) -> int:
        """How many articles tell it when copies count once."""
        return len({self.copy_of.get(a, a) for a in articles})

    def side(self, actor_id: str) -> str:
        """The country that an actor stands for, or the actor itself."""
        actor = self.actors.get(actor_id)
        return actor.country if actor and actor.country else actor_id

    def told_by(self, voices: Iterable[tuple[str, str | None]]) -> tuple[str, ...]:
        """On whose word rows rest: sides by code, `article` for an article's own voice.

        `voices` are (article, statement that it rests on or None).
        """
        sides = set()
        for _, statement in voices:
            speaker = self.speakers.get(statement) if statement else None
            sides.add("article" if statement is None else self.side(speaker) if speaker else "unknown")
        return tuple(sorted(sides))

    def is_person(self, actor_id: str) -> bool:
        actor = self.actors.get(actor_id)
        return actor is not None and actor.kind == "person"

    def account(self, told: Told[Row], fields: Mapping[str, Any], statement: str | None = None) -> Account:
        """What one article tells, with the voice it rests on."""
        return Account(
            article=told.article,
            row=told.row.id,
            actor=self.speakers.get(statement) if statement else None,
            statement=statement,
            told={k: plain(v) for k, v in fields.items() if v not in (None, (), {}, "")},
            evidence=told.row.evidence,
        )


def key_of(*parts: Hashable) -> int:
    """64 bits, signed, that stand for parts, the same in every run; two may very rarely share them."""
    told = repr(_fixed(parts)).encode("utf-8", "replace")
    return int.from_bytes(blake2b(told, digest_size=8).digest(), "big", signed=True)


def _fixed(part: Hashable) -> Hashable:
    """Parts in an order that does not hang on this process's hashes."""
    if isinstance(part, frozenset):
        return tuple(sorted(part))
    return tuple(map(_fixed, part)) if isinstance(part, tuple) else part


def plain(value: Any) -> Any:
    """A value as JSON knows it, so that what is told reads back as it was written."""
    if isinstance(value, Range):
        return [day.isoformat() if day else None for day in value]
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    return value


def common(ranges: Iterable[Range]) -> Range | None:
    """Days that all ranges share; None where there are none."""
    told = list(ranges)
    if not told:
        return None
    starts = [r.start for r in told if r.start]
    ends = [r.end for r in told if r.end]
    start, end = max(starts, default=None), min(ends, default=None)
    if start and end and start > end:
        return None
    return Range(start, end)


def day_key(days: Range | None) -> tuple[str, str]:
    """Orders by day, the unknown last."""
    if days is None:
        return ("9999", "9999")
    first = days.start or days.end
    last = days.end or days.start
    return (first.isoformat() if first else "9999", last.isoformat() if last else "9999")


def first_told(told: Sequence[Told[Row]], ground: Ground) -> list[Told[Row]]:
    """Rows in the order in which articles told them: by date, article, place in the text."""
    return sorted(
        told, key=lambda t: (day_key(ground.written(t.article)), t.article, t.row.evidence, t.row.id)
    )


def same_place(one: str, other: str) -> bool:
    """Two ways to write a place: equal, or one inside the other (`Oval Office, Washington`)."""
    a, b = one.casefold(), other.casefold()
    return a in b or b in a


def fullest(values: Iterable[str | None]) -> str | None:
    """The longest of compatible names, of equals the first in the alphabet; None where two exclude others."""
    told = sorted({v for v in values if v}, key=lambda v: (-len(v), v))
    if not told or any(not same_place(told[0], v) for v in told[1:]):
        return told[0] if len(told) == 1 else None
    return told[0]
