"""The desk: turns rows into lines and numbers their sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from onrecord.facts.sides import Side
from onrecord.review import phrasing
from onrecord.review.lines import (
    AgreementLine,
    CommitmentLine,
    DisputeLine,
    IssueSection,
    MeetingLine,
    Quote,
    SourceNote,
    Telling,
)
from onrecord.review.material import Material, Said
from onrecord.types import Account, Article, Commitment, Span, cut

OTHER = "other"
"""The section of statements that are about no issue of the taxonomy."""


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
                published=a.days,
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
                text = cut(article.text, _once(article.text, account.evidence))
                actor = self.material.name(account.actor) if account.actor else None
                told.append(Telling(actor=actor, text=text, source=self.cite(article)))
        return tuple(dict.fromkeys(told))

    def names(self, actors: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.material.name(a) for a in actors)

    def meetings(self) -> tuple[MeetingLine, ...]:
        ordered = sorted(
            self.material.meetings, key=lambda m: (m.date is None, phrasing.day_key(m.date), m.id)
        )
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
                agenda=tuple(self.material.label(i) for i in m.agenda),
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
        """A side's statements; words told in several articles stand once, where they were first told."""
        tellings: dict[tuple[tuple[str, ...], str], list[Said]] = {}
        for one in sorted((s for s in said if s.side == side), key=_first_told):
            tellings.setdefault((one.speakers, self._same_words(one)), []).append(one)
        ordered = sorted(
            tellings.values(),
            key=lambda told: (phrasing.day_key(told[0].days), told[0].statement.act != "say"),
            reverse=True,
        )  # of one day what does more than say first
        return tuple(self._quote(told[0], told[1:]) for told in ordered)

    def _same_words(self, said: Said) -> str:
        known = self.material.same_words.get(said.statement.id)
        return known or " ".join(said.statement.quote.casefold().split())

    def _quote(self, said: Said, again: Iterable[Said]) -> Quote:
        statement, actor = said.statement, self.material.actors.get(said.statement.speaker or "")
        return Quote(
            statement=statement.id,
            speaker=phrasing.listed(self.names(statement.said_by)),
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
            repeated=tuple(sorted({self.cite(s.article) for s in again if s.article.id != said.article.id})),
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

    def commitments(self) -> tuple[CommitmentLine, ...]:
        """By who promises and the day; what several articles tell in the same words is one line."""
        told: dict[tuple[str, bool, str], list[tuple[Article, Commitment]]] = {}
        for article, one in sorted(self.material.promised, key=_first_promised):
            words = " ".join(one.what.casefold().split())
            told.setdefault((one.promiser, one.negated, words), []).append((article, one))
        return tuple(self._commitment(same) for same in told.values())

    def _commitment(self, same: list[tuple[Article, Commitment]]) -> CommitmentLine:
        article, first = same[0]
        state = next((c.state for _, c in reversed(same) if c.state != "promised"), "promised")
        word = self.material.speakers.get(first.on_word_of or "")
        return CommitmentLine(
            id=first.id,
            promiser=self.material.name(first.promiser),
            beneficiary=self.names(first.beneficiary),
            what=first.what,
            negated=first.negated,
            state=state,
            made_on=first.made_on,
            effective=first.effective,
            due=first.due,
            expires=first.expires,
            overdue=phrasing.overdue(first, state, self.as_of),
            conditions=tuple(cut(article.text, [span]) for span in first.condition),
            word_of=self.material.name(word) if word else None,
            agreement=first.agreement,
            sources=tuple(dict.fromkeys(self.cite(a) for a, _ in same)),
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


def _once(text: str, spans: Iterable[Span]) -> list[Span]:
    """Spans whose words did not stand before (a caption printed twice)."""
    return list({" ".join(text[s.start : s.end].split()): s for s in reversed(list(spans))}.values())[::-1]


def _first_promised(told: tuple[Article, Commitment]) -> tuple[object, ...]:
    article, one = told
    return phrasing.day_key(one.made_on or article.days), article.id, one.evidence, one.promiser


def _first_told(said: Said) -> tuple[object, ...]:
    return phrasing.day_key(said.days), said.article.id, said.statement.content[:1]
