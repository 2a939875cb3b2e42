"""The brief: what a desk analyst reads before a meeting, every line with the number of its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from onrecord.errors import UsageError
from onrecord.review import changes, phrasing
from onrecord.review.material import Material, Said, Source, article_days, gather
from onrecord.review.sides import Side, main_pair, side
from onrecord.types import Account, Article, Event, MergedMeeting, Range, Span, Value, cut

MAX_QUOTES = 5
"""Statements printed for one side on one issue; the rest is counted. JSON holds them all."""
OTHER = "other"


class SourceNote(Value, frozen=True, kw_only=True):
    """A numbered article."""

    number: int
    article: str
    publisher: str | None
    published: Range | None
    basis: str
    title: str | None
    licence: str | None
    path: str


class Quote(Value, frozen=True, kw_only=True):
    """A statement as a line of the brief: exact words, and the number of their source."""

    statement: str
    speaker: str
    role: str | None
    side: str
    act: str
    phrase: str
    """The act in the past tense: `denied`, `did not say`."""
    quote: str
    speech: str
    hedged: bool
    on: Range | None
    source: int
    span: Span


class IssueSection(Value, frozen=True, kw_only=True):
    """One issue: what each side said on it, newest first."""

    id: str
    label: str
    sides: dict[str, tuple[Quote, ...]]
    """Side's name → its statements; a side that said nothing is there with none."""


class Telling(Value, frozen=True, kw_only=True):
    """One article's words on a meeting, agreement or dispute."""

    actor: str | None
    text: str
    source: int


class MeetingLine(Value, frozen=True, kw_only=True):
    """A meeting as a row of the brief's table."""

    id: str
    on: Range | None
    date_basis: str | None
    place: str | None
    occasion: str | None
    participants: tuple[str, ...]
    length: str | None
    minutes: int | None
    medium: str | None
    status: str
    agenda: tuple[str, ...]
    articles: int
    independent: int
    tellings: tuple[Telling, ...]


class AgreementLine(Value, frozen=True, kw_only=True):
    """What was agreed, or expressly not."""

    id: str
    parties: tuple[str, ...]
    subject: str
    state: str
    made_on: Range | None
    effective: Range | None
    expires: Range | None
    due: str | None
    """`overdue` or `expired` as of the brief's day, where its dates say so."""
    brokers: tuple[str, ...]
    conditions: tuple[str, ...]
    tellings: tuple[Telling, ...]


class DisputeLine(Value, frozen=True, kw_only=True):
    """Accounts that differ, side by side."""

    id: str
    about: str
    kind: str
    sides: tuple[Telling, ...]


class Brief(Value, frozen=True, kw_only=True):
    """A readable report cut from a record."""

    between: tuple[str, ...]
    """Codes of the sides: ISO 3166-1 alpha-3, else actor ids."""
    sides: tuple[Side, ...]
    as_of: date | None
    period: Range | None
    articles: int
    lead: tuple[str, ...]
    meetings: tuple[MeetingLine, ...]
    issues: tuple[IssueSection, ...]
    agreements: tuple[AgreementLine, ...]
    disputes: tuple[DisputeLine, ...]
    changes: tuple[str, ...]
    unknown: tuple[str, ...]
    sources: tuple[SourceNote, ...]


def brief(
    source: Source,
    *,
    between: tuple[str, str] | None = None,
    issue: str | None = None,
    since: date | None = None,
    until: date | None = None,
    as_of: date | None = None,
) -> Brief:
    """The brief on two sides.

    Args:
        source: An open record.
        between: ISO codes, names or actor ids; None takes the two states the record tells most about.
        issue: An issue's id; None takes all.
        since: First day; what has no date is left out where a bound is given.
        until: Last day.
        as_of: The day to judge due dates by; None takes the newest article's. The clock is never asked.

    Raises:
        UsageError: a side is not in the record, or there are no two states in it.
    """
    sides = _sides(source, between)
    material = gather(source, sides, issue=issue, since=since, until=until)
    if issue and issue not in material.labels:
        raise UsageError.unknown("issue", issue, material.labels)
    days = [d for a in material.articles.values() if (d := article_days(a))]
    newest = max((d.end for d in days if d.end), default=None)
    desk = Desk(material, as_of or newest)
    meetings = desk.meetings()
    sections, agreements, disputes = desk.issues(), desk.agreements(), desk.disputes()
    return Brief(
        between=tuple(s.code for s in sides),
        sides=sides,
        as_of=as_of or newest,
        period=Range(min((d.start for d in days if d.start), default=None), newest) if days else None,
        articles=len(material.articles),
        lead=changes.lead(material, desk.as_of),
        meetings=meetings,
        issues=sections,
        agreements=agreements,
        disputes=disputes,
        changes=changes.since_last_meeting(material, desk.as_of),
        unknown=_unknown(material),
        sources=desk.sources(),
    )


def _sides(source: Source, between: tuple[str, str] | None) -> tuple[Side, ...]:
    actors = source.actors()
    if between:
        return tuple(side(asked, actors) for asked in between)
    states = {
        a.id: a.country for a in actors.values() if a.country and a.kind in ("state", "government", "person")
    }

    def pairs() -> Iterable[tuple[str, str]]:
        for _, meeting in source.rows(MergedMeeting):
            codes = sorted({states[p] for p in meeting.participants if p in states})
            yield from ((a, b) for i, a in enumerate(codes) for b in codes[i + 1 :])
        for _, event in source.rows(Event):
            for a in event.actors:
                for b in event.recipients:
                    if states.get(a) and states.get(b):
                        yield states[a], states[b]

    pair = main_pair(actors, pairs())
    if pair is None:
        raise UsageError("no two states deal with each other in this record; name two sides with --between")
    return pair


class Desk:
    """Writes lines and numbers their sources in the order in which they are first cited."""

    def __init__(self, material: Material, as_of: date | None) -> None:
        self.material = material
        self.as_of = as_of
        self._numbers: dict[str, int] = {}
        self._cited: dict[str, Article] = {}

    def cite(self, article: Article) -> int:
        self._cited[article.id] = article
        return self._numbers.setdefault(article.id, len(self._numbers) + 1)

    def sources(self) -> tuple[SourceNote, ...]:
        return tuple(
            SourceNote(
                number=number,
                article=a.id,
                publisher=a.publisher,
                published=article_days(a),
                basis=a.published_basis,
                title=a.title,
                licence=a.licence,
                path=a.path,
            )
            for id, number in self._numbers.items()
            for a in [self._cited[id]]
        )

    def tellings(self, accounts: Iterable[Account]) -> tuple[Telling, ...]:
        told = []
        for account in accounts:
            article = self.material.articles.get(account.article)
            if article and account.evidence:
                text = cut(article.text, account.evidence)
                actor = self.material.name(account.actor) if account.actor else None
                told.append(Telling(actor=actor, text=text, source=self.cite(article)))
        return tuple(dict.fromkeys(told))

    def names(self, actors: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.material.name(a) for a in actors)

    def meetings(self) -> tuple[MeetingLine, ...]:
        ordered = sorted(self.material.meetings, key=lambda m: (phrasing.day_key(m.date), m.id))
        return tuple(
            MeetingLine(
                id=m.id,
                on=m.date,
                date_basis=m.date_basis,
                place=m.place,
                occasion=m.occasion,
                participants=self.names(m.participants),
                length=m.length_told,
                minutes=m.minutes,
                medium=m.medium,
                status=m.status,
                agenda=tuple(self.material.labels.get(i, i) for i in m.agenda),
                articles=m.articles,
                independent=m.independent,
                tellings=self.tellings(m.accounts),
            )
            for m in ordered
        )

    def issues(self) -> tuple[IssueSection, ...]:
        by_issue: dict[str, list[Said]] = {}
        for said in self.material.said:
            for issue in said.statement.issues[:1] or (OTHER,):
                by_issue.setdefault(issue, []).append(said)
        weight = sorted(by_issue, key=lambda i: (i == OTHER, -len(by_issue[i]), i))
        return tuple(
            IssueSection(
                id=issue,
                label=self.material.labels.get(issue, "Other matters" if issue == OTHER else issue),
                sides={s.name: self._newest_first(by_issue[issue], s) for s in self.material.sides},
            )
            for issue in weight
        )

    def _newest_first(self, said: Iterable[Said], side: Side) -> tuple[Quote, ...]:
        mine = [s for s in said if s.side == side]
        mine.sort(key=lambda s: (s.article.id, s.statement.content[:1]))
        mine.sort(key=lambda s: phrasing.day_key(s.days), reverse=True)
        return tuple(self._quote(s) for s in mine)

    def _quote(self, said: Said) -> Quote:
        statement, actor = said.statement, self.material.actors.get(said.statement.speaker or "")
        return Quote(
            statement=statement.id,
            speaker=self.material.name(statement.speaker),
            role=actor.role if actor else None,
            side=said.side.code,
            act=statement.act,
            phrase=phrasing.act(statement),
            quote=statement.quote,
            speech=statement.speech,
            hedged=statement.hedged,
            on=said.days,
            source=self.cite(said.article),
            span=statement.content[0],
        )

    def agreements(self) -> tuple[AgreementLine, ...]:
        ordered = sorted(
            self.material.agreements, key=lambda a: (phrasing.day_key(a.made_on or a.effective), a.id)
        )
        return tuple(
            AgreementLine(
                id=a.id,
                parties=self.names(a.parties),
                subject=a.subject,
                state=a.state,
                made_on=a.made_on,
                effective=a.effective,
                expires=a.expires,
                due=phrasing.due(a, self.as_of),
                brokers=self.names(a.brokers),
                conditions=a.conditions,
                tellings=self.tellings(a.accounts),
            )
            for a in ordered
        )

    def disputes(self) -> tuple[DisputeLine, ...]:
        lines = []
        for dispute in self.material.disputes:
            told = []
            for one in dispute.sides:
                article = self.material.articles.get(one.article or "")
                if article:
                    actor = self.material.name(one.actor)
                    told.append(Telling(actor=actor, text=one.told, source=self.cite(article)))
            if len(told) > 1:
                line = DisputeLine(id=dispute.id, about=dispute.about, kind=dispute.kind, sides=tuple(told))
                lines.append(line)
        return tuple(lines)


def _unknown(material: Material) -> tuple[str, ...]:
    """What the record does not know, said plainly."""
    said = []
    for meeting in material.meetings:
        who = phrasing.listed([material.name(p) for p in meeting.participants])
        missing = [w for w, v in (("date", meeting.date), ("place", meeting.place)) if v is None]
        if missing:
            said.append(
                f"The {' and '.join(missing)} of a meeting ({meeting.status}) of {who}: no article tells."
            )
    for article in material.articles.values():
        if article.published is None:
            told = (
                f"taken to be {phrasing.days(article.published_range)}"
                if article.published_range
                else "not known"
            )
            reason = article.published_reason or "no clue in the text"
            said.append(f"The date of “{article.title or article.path}”: {told} ({reason}).")
    return tuple(said)
