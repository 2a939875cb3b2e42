"""What a record holds about two sides: the rows that brief and compare are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from onrecord.facts.plover import ontology
from onrecord.facts.sides import Side, side, side_of
from onrecord.types import (
    Account,
    Actor,
    Article,
    Commitment,
    Copy,
    Event,
    IssueWeight,
    Mention,
    MergedAgreement,
    MergedDispute,
    MergedMeeting,
    Position,
    Range,
    SameQuote,
    Statement,
)

T = TypeVar("T")
Asked = tuple[str | Side, str | Side]
"""Two sides as a person names them, or as they were looked up before."""
CERTAIN = 0.5
"""Confidence from which on a dispute counts as one; below it is `possible`, and shown on demand only."""


class Source(Protocol):
    """A record, as review reads it; `onrecord.record.Store` is one."""

    def articles(self) -> Iterable[Article]: ...

    def actors(self) -> Mapping[str, Actor]: ...

    def rows(self, kind: type[T]) -> Iterable[tuple[str, T]]:
        """(article id, row); the article id of a merged row is empty."""
        ...

    def same_quotes(self) -> Iterable[SameQuote]: ...

    def copies(self) -> Iterable[Copy]: ...


@dataclass(frozen=True)
class Said:
    """A statement with its article, its side and the days on which it was said, as far as known."""

    statement: Statement
    article: Article
    side: Side
    days: Range | None
    speakers: tuple[str, ...]
    """Those of the side who say it: ids."""


@dataclass(frozen=True)
class Material:
    """Rows about two sides, within the time asked for."""

    sides: tuple[Side, ...]
    articles: Mapping[str, Article]
    actors: Mapping[str, Actor]
    said: tuple[Said, ...] = ()
    events: tuple[tuple[Article, Event], ...] = ()
    """What one side does to the other, or both do together (`acting`)."""
    word_of: Mapping[str, Statement] = field(default_factory=dict)
    """Statement id → the statement, of those that events rest on."""
    meetings: tuple[MergedMeeting, ...] = ()
    agreements: tuple[MergedAgreement, ...] = ()
    promised: tuple[tuple[Article, Commitment], ...] = ()
    """What one side promises the other, as part of an agreement between them or by itself."""
    disputes: tuple[MergedDispute, ...] = ()
    positions: tuple[Position, ...] = ()
    weights: Mapping[str, tuple[IssueWeight, ...]] = field(default_factory=dict)
    """Article id → issues of that article."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Issue id → label."""
    same_words: Mapping[str, str] = field(default_factory=dict)
    """Statement id → group of statements with the same words, where there are several."""
    speakers: Mapping[str, str | None] = field(default_factory=dict)
    """Statement id → speaker, of those that commitments rest on."""
    named: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)
    """Statement id → the linked mentions in its content, in order of the text."""
    first_copy: Mapping[str, str] = field(default_factory=dict)
    """Article id → the first of its copies, where there are several."""

    def name(self, actor: str | None) -> str:
        """An actor's name, `not known` for None."""
        if actor is None:
            return "not known"
        return self.actors[actor].name if actor in self.actors else actor

    def label(self, issue: str) -> str:
        """An issue's label; the word itself for a matter that no taxonomy knows (`topic:market`)."""
        return self.labels.get(issue, issue.removeprefix("topic:"))

    def side_of(self, actor: str | None, days: Range | None = None) -> Side | None:
        """The side of an actor on some days, which count for groups of states; None: whenever."""
        return side_of(self.actors.get(actor or ""), self.sides, days)

    def touches(self, actors: Iterable[str], days: Range | None = None) -> int:
        """How many of the sides are among these actors on some days."""
        return len({s.code for a in actors if (s := self.side_of(a, days))})


def within(days: Range | None, since: date | None, until: date | None) -> bool:
    """Whether these days may fall within the bounds; what has no date falls outside any bound."""
    if since is None and until is None:
        return True
    return days is not None and days.overlaps(Range(since, until))


def sides_of(source: Source, asked: Asked) -> tuple[Side, ...]:
    """The two sides that are named.

    Raises:
        UsageError: a side is not in the record.
    """
    if all(isinstance(a, Side) for a in asked):
        return tuple(a for a in asked if isinstance(a, Side))
    actors = source.actors().values()
    return tuple(a if isinstance(a, Side) else side(a, actors) for a in asked)


def gather(
    source: Source, sides: tuple[Side, ...], *, issue: str | None, since: date | None, until: date | None
) -> Material:
    """All rows about the sides; statements count where the article is about both.

    `source` may hold the whole record or, which is faster and comes to the same, only what tells of both
    sides (`onrecord.record.between.Between`).
    """
    every = {a.id: a for a in source.articles()}
    written = {id: a.days for id, a in every.items()}
    frame = Material(sides=sides, articles=every, actors=source.actors())
    weights: dict[str, list[IssueWeight]] = {}
    for article_id, weight in source.rows(IssueWeight):
        weights.setdefault(article_id, []).append(weight)
    concerned = _Concerned(frame, written)
    spoken, words = [], {}
    for article_id, statement in source.rows(Statement):
        words[statement.id] = statement
        concerned.add(article_id, [*statement.said_by, *statement.addressee])
        days = statement.said_on or written[article_id]
        by_side: dict[Side, list[str]] = {}
        for speaker in statement.said_by:
            if of := frame.side_of(speaker, days):
                by_side.setdefault(of, []).append(speaker)
        spoken += [Said(statement, every[article_id], s, days, tuple(by)) for s, by in by_side.items()]
    done = []
    for article_id, event in source.rows(Event):
        concerned.add(article_id, [*event.actors, *event.recipients])
        days = event.date or written[article_id]
        if acting(frame, event, days):
            done.append((every[article_id], event, days))

    def told(accounts: Iterable[Account]) -> Range | None:
        return next((written[a.article] for a in accounts if a.article in written), None)

    met = [
        (m, frame.touches(m.participants, m.date or told(m.accounts))) for _, m in source.rows(MergedMeeting)
    ]
    for meeting, touched in met:
        for account in meeting.accounts if touched else ():
            concerned.add(account.article, meeting.participants)
    both = concerned.articles()

    def about(issues: Iterable[str]) -> bool:
        return issue is None or issue in issues

    said = tuple(
        s
        for s in spoken
        if s.article.id in both and about(s.statement.issues) and within(s.days, since, until)
    )
    events = tuple(
        (article, event)
        for article, event, days in done
        if (issue is None or issue in {w.id for w in weights.get(article.id, ())})
        and within(days, since, until)
    )
    return Material(
        sides=sides,
        articles={a: every[a] for a in every if a in both and within(written[a], since, until)},
        actors=frame.actors,
        said=said,
        events=events,
        word_of={id: words[id] for _, e in events if (id := e.on_word_of or "") in words},
        meetings=tuple(
            m
            for m, touched in met
            if touched == len(sides) and about(m.agenda) and within(m.date, since, until)
        ),
        agreements=tuple(
            a
            for _, a in source.rows(MergedAgreement)
            if _agreed_by(frame, a, both, a.made_on or a.effective or told(a.accounts))
            and within(a.made_on or a.effective, since, until)
        ),
        promised=tuple(
            (every[article], c)
            for article, c in source.rows(Commitment)
            if _promised_by(frame, c, article in both, c.made_on or written[article])
            and within(c.made_on or written[article], since, until)
            and (issue is None or issue in {w.id for w in weights.get(article, ())})
        ),
        disputes=tuple(
            d
            for _, d in source.rows(MergedDispute)
            if d.confidence >= CERTAIN and _disputed_by(frame, d, written)
        ),
        positions=tuple(
            p
            for _, p in source.rows(Position)
            if frame.side_of(p.actor, p.range) and about([p.issue]) and within(p.range, since, until)
        ),
        weights={a: tuple(w) for a, w in weights.items() if a in both},
        same_words={q.statement: q.group for q in source.same_quotes()},
        labels={w.id: w.label for ws in weights.values() for w in ws},
        speakers={id: s.speaker for id, s in words.items()},
        named=_named(source, said),
        first_copy={c.article: c.of for c in source.copies()},
    )


def _named(source: Source, every: Iterable[Said]) -> dict[str, tuple[Mention, ...]]:
    """Statement id → the linked mentions in its content."""
    mentions: dict[str, list[Mention]] = {}
    wanted = {said.article.id for said in every}
    for article, mention in source.rows(Mention):
        if mention.actor and article in wanted:
            mentions.setdefault(article, []).append(mention)
    return {
        said.statement.id: tuple(
            m
            for m in mentions.get(said.article.id, ())
            if any(c.contains(m.span) for c in said.statement.content)
        )
        for said in every
    }


def between(source: Source, one: str | Side, other: str | Side) -> Material:
    """All rows about two sides: ISO codes, names or actor ids, or sides looked up before.

    Raises:
        UsageError: a side is not in the record.
    """
    return gather(source, sides_of(source, (one, other)), issue=None, since=None, until=None)


class _Concerned:
    """Articles in which every side says or does something, or is done something to."""

    def __init__(self, frame: Material, written: Mapping[str, Range | None]) -> None:
        self._frame = frame
        self._written = written
        self._met: dict[str, set[str]] = {}

    def add(self, article_id: str, actors: Iterable[str | None]) -> None:
        for actor in actors:
            if side := self._frame.side_of(actor, self._written.get(article_id)):
                self._met.setdefault(article_id, set()).add(side.code)

    def articles(self) -> frozenset[str]:
        return frozenset(a for a, sides in self._met.items() if len(sides) == len(self._frame.sides))


def _agreed_by(frame: Material, agreement: MergedAgreement, both: frozenset[str], days: Range | None) -> bool:
    """Between the sides; or of one of them with nobody else named, told in an article about both.

    `A's withdrawal from the treaty of 1987`: who else is bound the article does not say.
    """
    named = (*agreement.parties, *agreement.brokers)
    if frame.touches(named, days) == len(frame.sides):
        return True
    alone = bool(named) and all(frame.side_of(a, days) for a in named)
    return alone and any(a.article in both for a in agreement.accounts)


def _promised_by(frame: Material, promised: Commitment, in_both: bool, days: Range | None) -> bool:
    """By one side to the other; where it is not told to whom, in an article about both."""
    if frame.side_of(promised.promiser, days) is None:
        return False
    if promised.beneficiary:
        return frame.touches((promised.promiser, *promised.beneficiary), days) == len(frame.sides)
    return in_both


def acting(frame: Material, event: Event, days: Range | None) -> tuple[str, ...]:
    """Codes of the sides that act on the other one, in order; empty where neither does.

    Where both act together on a third, nothing is done between them, but for what sides can only do together
    (they meet, they agree).
    """
    by = [s.code for a in event.actors if (s := frame.side_of(a, days))]
    to = [s.code for a in event.recipients if (s := frame.side_of(a, days))]
    kind = ontology().types.get(event.type)
    together = len(set(by)) > 1 and bool(kind and kind.reciprocal)
    return tuple(sorted({code for code in by if together or any(code != other for other in to)}))


def _disputed_by(frame: Material, dispute: MergedDispute, written: Mapping[str, Range | None]) -> bool:
    there = {s.code for d in dispute.sides if (s := frame.side_of(d.actor, written.get(d.article or "")))}
    return len(there) >= min(2, len(frame.sides))
