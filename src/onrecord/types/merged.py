"""What only many articles together can tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, Protocol, TypeVar

from onrecord.types.articles import Article
from onrecord.types.rows import Actor, Agreement, Dispute, Event, Meeting
from onrecord.types.spans import Range, Span, Value

T = TypeVar("T")


class Account(Value, frozen=True, kw_only=True):
    """What one article, or one actor through it, tells of a merged row."""

    article: str
    """Article id; listings print the article object."""
    row: str
    """Id of the article's own row that tells it."""
    actor: str | None = None
    statement: str | None = None
    told: dict[str, Any] = {}
    evidence: tuple[Span, ...] = ()


class EventCluster(Event, frozen=True, kw_only=True):
    """One event, however many articles tell it: same type, dyad, date and place."""

    articles: int
    independent: int
    accounts: tuple[Account, ...] = ()


class MergedMeeting(Meeting, frozen=True, kw_only=True):
    """One encounter, however many articles tell of it."""

    told_by: tuple[str, ...] = ()
    """On whose word it rests: sides (ISO3, else actor ids), `article` where one tells it in its own voice."""
    articles: int
    independent: int
    accounts: tuple[Account, ...] = ()


class MergedAgreement(Agreement, frozen=True, kw_only=True):
    """One agreement, however many articles tell of it, in the state that the newest of them tells."""

    told_by: tuple[str, ...] = ()
    """On whose word it rests: sides (ISO3, else actor ids), `article` where one tells it in its own voice."""
    articles: int
    independent: int
    accounts: tuple[Account, ...] = ()


class MergedDispute(Dispute, frozen=True, kw_only=True):
    articles: int
    independent: int
    accounts: tuple[Account, ...] = ()


class Position(Value, frozen=True, kw_only=True):
    """What an actor stands for on an issue at a time; `shift_from` names the stance it left."""

    id: str
    actor: str
    issue: str
    range: Range | None
    stance: str
    shift_from: str | None = None
    articles: int = 1
    independent: int = 1
    accounts: tuple[Account, ...] = ()
    corrected: tuple[str, ...] = ()
    """Ids of the corrections of statements that it rests on."""


class Copy(Value, frozen=True, kw_only=True):
    """An article that repeats another: exact, or near (wire copy, light edit)."""

    article: str
    of: str
    """The group's first article (earliest date, then smallest id); its own id for the first."""
    kind: Literal["exact", "near"]
    similarity: float


class SameQuote(Value, frozen=True, kw_only=True):
    """A statement that repeats the words of another one, in another article."""

    statement: str
    group: str
    similarity: float
    drift: str | None = None
    """How its words differ from the group's fullest ones, word for word: `[-left out-] {+put in+}`."""


class Merged(Value, frozen=True, kw_only=True):
    """Everything that only many articles together can tell."""

    copies: tuple[Copy, ...] = ()
    clusters: dict[str, str] = {}
    """Event id → cluster id, for every event."""
    events: tuple[EventCluster, ...] = ()
    meetings: tuple[MergedMeeting, ...] = ()
    agreements: tuple[MergedAgreement, ...] = ()
    disputes: tuple[MergedDispute, ...] = ()
    positions: tuple[Position, ...] = ()
    quotes: tuple[SameQuote, ...] = ()


class RowSource(Protocol):
    """What merge reads: rows of all articles in a fixed order (article id, then place in the text)."""

    def articles(self) -> Iterable[Article]: ...

    def actors(self) -> Mapping[str, Actor]: ...

    def rows(self, kind: type[T]) -> Iterable[tuple[str, T]]:
        """(article id, row) of one kind of row that articles tell: Passage, Statement, Event …"""
        ...
