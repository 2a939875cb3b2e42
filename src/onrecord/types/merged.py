"""What only many articles together can tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

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


class Near(Value, frozen=True, kw_only=True):
    """Two wordings, named by their hashes, that share enough to be versions of one text."""

    one: str
    other: str
    shared: float
    """Share of the shorter one's shingles found in the other, 0 … 1."""


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


class Trace(Value, frozen=True, kw_only=True):
    """What merging keeps of an article from one run to the next, so that its text is not read again."""

    article: str
    day: tuple[str, str]
    """Its place in the order of time, see `onrecord.merge.ground.day_key`."""
    wording: str
    """Hash of what is read of it, white space apart; empty where it has no word."""
    bands: bytes
    """Signature of the wording: 32-bit hashes."""
    names: bytes
    """Names and numbers it holds: 32-bit hashes."""


class Key(NamedTuple):
    """One block in which a row is found again by rows that may be told with it."""

    kind: str
    key: int
    """64 bits of a hash."""
    row: str
    article: str
    told: int
    """Hash of the row's words where a block counts wordings (quotes), else 0."""


class Changes(Value, frozen=True, kw_only=True):
    """Merged rows to be taken out and put in when articles came, changed or went."""

    gone: dict[str, tuple[str, ...]]
    """Kind of merged row → ids; of `same_quotes`, ids of statements."""
    merged: Merged
    """Rows to put in; its copies are all copies, its clusters those of the events concerned."""


class RowSource(Protocol):
    """What merge reads: rows of all articles in a fixed order (article id, then place in the text)."""

    def articles(self) -> Iterable[Article]: ...

    def text(self, article_id: str) -> str: ...

    def actors(self) -> Mapping[str, Actor]: ...

    def speakers(self) -> Mapping[str, str | None]:
        """Statement id → speaker."""
        ...

    def rows(self, kind: type[T]) -> Iterable[tuple[str, T]]:
        """(article id, row) of one kind of row that articles tell: Passage, Statement, Event …"""
        ...


class Notes(Protocol):
    """Where a merging leaves what the next one starts from."""

    def trace(self, trace: Trace) -> None: ...

    def keys(self, keys: Sequence[Key]) -> None: ...

    def near(self, pairs: Iterable[Near]) -> None: ...

    def alike(self, pairs: Iterable[tuple[str, str]]) -> None: ...

    def actors(self, actors: Iterable[Actor]) -> None:
        """Actors as merging knows them."""
        ...


class Kept(Protocol):
    """A record that was merged before: its rows by id or block, and what the last merging left."""

    @property
    def notes(self) -> Notes: ...

    def waiting(self) -> list[str]:
        """Articles that came, changed or went since, by id."""
        ...

    def heads(self, ids: Iterable[str]) -> Mapping[str, Article]:
        """Articles by id, without text and other keys."""
        ...

    def text(self, article_id: str) -> str: ...

    def days(self) -> Mapping[str, Range | None]:
        """The days on which each article may have been written."""
        ...

    def known_actors(self, ids: Iterable[str]) -> Mapping[str, Actor]: ...

    def speakers(self, statements: Iterable[str]) -> Mapping[str, str | None]: ...

    def told(self, kind: type[T], articles: Iterable[str]) -> list[tuple[str, T]]:
        """(article, row) of these articles, in the fixed order."""
        ...

    def these(self, kind: type[T], ids: Iterable[str]) -> list[tuple[str, T]]:
        """(article, row) of these rows."""
        ...

    def traces(self) -> list[Trace]:
        """Traces of all articles that were merged before and wait for nothing."""
        ...

    def near_pairs(self) -> list[Near]: ...

    def alike_pairs(self) -> frozenset[tuple[str, str]]: ...

    def copies(self) -> Iterable[Copy]: ...

    def changed_actors(self) -> list[tuple[Actor | None, Actor | None]]:
        """(then, now) of actors whom the record knows otherwise than at the last one; None: not known."""
        ...

    def naming_people_of(self, countries: Iterable[str]) -> list[str]:
        """Articles that name somebody of one of these countries."""
        ...

    def naming(self, actors: Iterable[str]) -> list[str]:
        """Articles that name one of these actors."""
        ...

    def keys_of(self, kind: str, articles: Iterable[str]) -> list[tuple[int, str]]:
        """(key, row) of these articles' rows as the last merging noted them."""
        ...

    def forget_keys(self, kind: str, articles: Iterable[str]) -> None:
        """Takes the keys of these articles' rows out."""
        ...

    def wordings(self, kind: str, keys: Iterable[int]) -> dict[int, int]:
        """Key → how many different wordings it holds."""
        ...

    def holding(self, kind: str, keys: Iterable[int]) -> list[tuple[int, str, str]]:
        """(key, row, article) of the rows in these blocks."""
        ...

    def merged(self, kind: type[T], articles: Iterable[str]) -> list[T]:
        """Merged rows that one of these articles tells."""
        ...

    def rows(self, kind: type[T]) -> Iterable[tuple[str, T]]:
        """(article id, row) of one kind of row that articles tell, in the fixed order."""
        ...

    def every(self, kind: type[T]) -> Iterable[T]:
        """Merged rows of a kind, in their order; disputes that are only possible too."""
        ...

    def quoted_with(self, statements: Iterable[str]) -> list[str]:
        """Statements that stand in a group of repeated quotations with one of these."""
        ...
