"""What a record holds about two sides: the rows that brief and compare are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from onrecord.facts.plover import ontology
from onrecord.review.sides import Side, side
from onrecord.types import (
    Actor,
    Article,
    Copy,
    Event,
    IssueWeight,
    MergedAgreement,
    MergedDispute,
    MergedMeeting,
    Position,
    Range,
    SameQuote,
    Statement,
    day_range,
)

T = TypeVar("T")
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
    disputes: tuple[MergedDispute, ...] = ()
    positions: tuple[Position, ...] = ()
    weights: Mapping[str, tuple[IssueWeight, ...]] = field(default_factory=dict)
    """Article id → issues of that article."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Issue id → label."""
    same_words: Mapping[str, str] = field(default_factory=dict)
    """Statement id → group of statements with the same words, where there are several."""

    def name(self, actor: str | None) -> str:
        """An actor's name, `not known` for None."""
        if actor is None:
            return "not known"
        return self.actors[actor].name if actor in self.actors else actor

    def label(self, issue: str) -> str:
        return self.labels.get(issue, issue)

    def side_of(self, actor: str | None) -> Side | None:
        known = self.actors.get(actor or "")
        return next((s for s in self.sides if s.has(known)), None)

    def touches(self, actors: Iterable[str]) -> int:
        """How many of the sides are among these actors."""
        return len({s.code for a in actors if (s := self.side_of(a))})


def within(days: Range | None, since: date | None, until: date | None) -> bool:
    """Whether these days may fall within the bounds; what has no date falls outside any bound."""
    if since is None and until is None:
        return True
    return days is not None and days.overlaps(Range(since, until))


def article_days(article: Article) -> Range | None:
    """The days on which the article was published, as far as known."""
    if article.published:
        return day_range(article.published)
    return article.published_range


def gather(
    source: Source, sides: tuple[Side, ...], *, issue: str | None, since: date | None, until: date | None
) -> Material:
    """All rows about the sides; statements count where the article is about both."""
    every = {a.id: a for a in source.articles()}
    frame = Material(sides=sides, articles=every, actors=source.actors())
    weights: dict[str, list[IssueWeight]] = {}
    for article_id, weight in source.rows(IssueWeight):
        weights.setdefault(article_id, []).append(weight)
    concerned = _Concerned(frame)
    spoken, words = [], {}
    for article_id, statement in source.rows(Statement):
        words[statement.id] = statement
        concerned.add(article_id, [statement.speaker, *statement.addressee])
        if frame.side_of(statement.speaker):
            spoken.append((article_id, statement))
    done = []
    for article_id, event in source.rows(Event):
        concerned.add(article_id, [*event.actors, *event.recipients])
        if acting(frame, event):
            done.append((article_id, event))
    met = [m for _, m in source.rows(MergedMeeting) if frame.touches(m.participants)]
    for meeting in met:
        for account in meeting.accounts:
            concerned.add(account.article, meeting.participants)
    both = concerned.articles()

    def about(issues: Iterable[str]) -> bool:
        return issue is None or issue in issues

    said = []
    for article_id, statement in spoken:
        speaker_side = frame.side_of(statement.speaker)
        days = statement.said_on or article_days(every[article_id])
        if speaker_side and article_id in both and about(statement.issues) and within(days, since, until):
            said.append(Said(statement=statement, article=every[article_id], side=speaker_side, days=days))
    events = [
        (every[article_id], event)
        for article_id, event in done
        if (issue is None or issue in {w.id for w in weights.get(article_id, ())})
        and within(event.date or article_days(every[article_id]), since, until)
    ]
    return Material(
        sides=sides,
        articles={a: every[a] for a in every if a in both and within(article_days(every[a]), since, until)},
        actors=frame.actors,
        said=tuple(said),
        events=tuple(events),
        word_of={id: words[id] for _, e in events if (id := e.on_word_of or "") in words},
        meetings=tuple(
            m
            for m in met
            if frame.touches(m.participants) == len(sides)
            and about(m.agenda)
            and within(m.date, since, until)
        ),
        agreements=tuple(
            a
            for _, a in source.rows(MergedAgreement)
            if _agreed_by(frame, a, both) and within(a.made_on or a.effective, since, until)
        ),
        disputes=tuple(
            d for _, d in source.rows(MergedDispute) if d.confidence >= CERTAIN and _disputed_by(frame, d)
        ),
        positions=tuple(
            p
            for _, p in source.rows(Position)
            if frame.side_of(p.actor) and about([p.issue]) and within(p.range, since, until)
        ),
        weights={a: tuple(w) for a, w in weights.items() if a in both},
        same_words={q.statement: q.group for q in source.same_quotes()},
        labels={w.id: w.label for ws in weights.values() for w in ws},
    )


def between(source: Source, one: str, other: str) -> Material:
    """All rows about two sides: ISO codes, names or actor ids.

    Raises:
        UsageError: a side is not in the record.
    """
    actors = source.actors()
    return gather(source, (side(one, actors), side(other, actors)), issue=None, since=None, until=None)


class _Concerned:
    """Articles in which every side says or does something, or is done something to."""

    def __init__(self, frame: Material) -> None:
        self._frame = frame
        self._met: dict[str, set[str]] = {}

    def add(self, article_id: str, actors: Iterable[str | None]) -> None:
        for actor in actors:
            if side := self._frame.side_of(actor):
                self._met.setdefault(article_id, set()).add(side.code)

    def articles(self) -> frozenset[str]:
        return frozenset(a for a, sides in self._met.items() if len(sides) == len(self._frame.sides))


def _agreed_by(frame: Material, agreement: MergedAgreement, both: frozenset[str]) -> bool:
    """Between the sides; or of one of them with nobody else named, told in an article about both.

    `A's withdrawal from the treaty of 1987`: who else is bound the article does not say.
    """
    named = (*agreement.parties, *agreement.brokers)
    if frame.touches(named) == len(frame.sides):
        return True
    alone = bool(named) and all(frame.side_of(a) for a in named)
    return alone and any(a.article in both for a in agreement.accounts)


def acting(frame: Material, event: Event) -> tuple[str, ...]:
    """Codes of the sides that act on the other one, in order; empty where neither does.

    Where both act together on a third, nothing is done between them, but for what sides can only do together
    (they meet, they agree).
    """
    by = [s.code for a in event.actors if (s := frame.side_of(a))]
    to = [s.code for a in event.recipients if (s := frame.side_of(a))]
    kind = ontology().types.get(event.type)
    together = len(set(by)) > 1 and bool(kind and kind.reciprocal)
    return tuple(sorted({code for code in by if together or any(code != other for other in to)}))


def _disputed_by(frame: Material, dispute: MergedDispute) -> bool:
    return frame.touches([s.actor for s in dispute.sides if s.actor]) >= min(2, len(frame.sides))
