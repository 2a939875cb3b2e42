"""A small record held in memory: two states, one meeting told twice, one quarrel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from onrecord.types import (
    Account,
    Actor,
    Anchor,
    Article,
    Commitment,
    Copy,
    Correction,
    Event,
    IssueWeight,
    Mention,
    MergedAgreement,
    MergedDispute,
    MergedMeeting,
    Position,
    Reading,
    SameQuote,
    Side,
    Span,
    Statement,
    day_range,
    text_hash,
)

TEXT = 'Ida Berg met Juan Paz in Oslo. "We will sell fish," Berg said. Paz denied that a price was agreed.'
SECOND = "Paz said there was no price. Talks lasted an hour."


def spans(text: str, *words: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(w), text.index(w) + len(w)) for w in words)


def article(id: str, text: str, day: date | None, **more: Any) -> Article:
    days = day_range(day) if day else None
    return Article(
        id=id,
        path=f"{id}.txt",
        text=text,
        published=day,
        published_range=days,
        text_sha256=text_hash(text),
        **more,
    )


ACTORS = {
    a.id: a
    for a in [
        Actor(id="state:NOR", name="Norway", kind="state", country="NOR", sector="GOV"),
        Actor(id="state:PER", name="Peru", kind="state", country="PER", sector="GOV"),
        Actor(
            id="person:ida-berg", name="Ida Berg", kind="person", country="NOR", sector="GOV", role="minister"
        ),
        Actor(id="person:juan-paz", name="Juan Paz", kind="person", country="PER", sector="GOV"),
        Actor(id="medium:fjord-post", name="Fjord Post", kind="medium", country="NOR", sector="MED"),
    ]
}


class MemoryCorrections:
    """One correction, whatever is asked for."""

    def of(self, ids: Iterable[str]) -> list[Correction]:
        words = Anchor(text_sha256="0", kind="statements", spans=(Span(0, 1),), quote="We will sell fish")
        return [
            Correction(id=i, what="set", anchors=(words,), field="act", value="deny", was="say", who="Ana",
                       at="2026-11-26", why="she denied it")
            for i in ids
        ]  # fmt: skip


class MemoryRecord:
    """Rows in a dict, asked as a store is asked."""

    def __init__(self) -> None:
        first = article(
            "a-1", TEXT, date(2011, 5, 3), publisher="Fjord Post", title="Fish", licence="CC0-1.0"
        )
        second = article("a-2", SECOND, date(2011, 6, 10), publisher="Lima Daily")
        self._articles = {a.id: a for a in (first, second)}
        said = Statement(
            id="s-1",
            source=spans(TEXT, "Berg said")[:0] or spans(TEXT, "Berg"),
            cue=spans(TEXT, "said"),
            content=spans(TEXT, '"We will sell fish,"'),
            speaker="person:ida-berg",
            speech="direct",
            act="say",
            issues=("fisheries",),
            quote='"We will sell fish,"',
            why="quotation marks",
        )
        denied = Statement(
            id="s-2",
            source=spans(TEXT, "Paz"),
            cue=spans(TEXT, "denied"),
            content=spans(TEXT, "that a price was agreed"),
            speaker="person:juan-paz",
            speech="indirect",
            act="deny",
            issues=("fisheries",),
            quote="that a price was agreed",
        )
        later = Statement(
            id="s-3",
            source=spans(SECOND, "Paz"),
            cue=spans(SECOND, "said"),
            content=spans(SECOND, "there was no price"),
            speaker="person:juan-paz",
            speech="indirect",
            act="say",
            addressee=("state:NOR",),
            issues=("fisheries",),
            quote="there was no price",
        )
        met = Account(article="a-1", row="m-1", evidence=spans(TEXT, "Ida Berg met Juan Paz in Oslo."))
        sides = (
            Side(
                actor="person:ida-berg",
                told="a price was agreed",
                evidence=spans(TEXT, "price"),
                article="a-1",
            ),
            Side(
                actor="person:juan-paz",
                told="there was no price",
                evidence=spans(SECOND, "there was no price"),
                article="a-2",
            ),
        )
        event = Event(
            id="e-1",
            type="CONSULT",
            actors=("person:ida-berg",),
            recipients=("person:juan-paz",),
            date=day_range(date(2011, 5, 3)),
            trigger=spans(TEXT, "met"),
            evidence=spans(TEXT, "Ida Berg met Juan Paz in Oslo."),
            trigger_text="met",
        )
        self._rows: dict[type, list[tuple[str, Any]]] = {
            Statement: [("a-1", said), ("a-1", denied), ("a-2", later)],
            Event: [("a-1", event)],
            IssueWeight: [
                ("a-1", IssueWeight(id="fisheries", label="Fisheries", weight=0.9)),
                ("a-2", IssueWeight(id="trade", label="Trade", weight=0.8)),
            ],
            MergedMeeting: [
                (
                    "",
                    MergedMeeting(
                        id="M-1",
                        participants=("person:ida-berg", "person:juan-paz"),
                        place="Oslo",
                        date=day_range(date(2011, 5, 3)),
                        status="held",
                        agenda=("fisheries",),
                        evidence=met.evidence,
                        articles=1,
                        independent=1,
                        accounts=(met,),
                    ),
                )
            ],
            MergedAgreement: [],
            Commitment: [],
            MergedDispute: [
                (
                    "",
                    MergedDispute(
                        id="D-1",
                        about="the price",
                        kind="contradiction",
                        sides=sides,
                        articles=2,
                        independent=2,
                    ),
                )
            ],
            Position: [],
            Mention: [],
        }
        self.copied: list[Copy] = []

    def articles(self) -> Iterator[Article]:
        return iter(self._articles.values())

    def actors(self, ids: Iterable[str] | None = None) -> Mapping[str, Actor]:
        return ACTORS

    def rows(self, kind: type) -> Iterator[tuple[str, Any]]:
        return iter(self._rows[kind])

    def same_quotes(self) -> Iterator[SameQuote]:
        return iter(())

    def copies(self) -> Iterator[Copy]:
        return iter(self.copied)

    @property
    def corrections(self) -> MemoryCorrections:
        return MemoryCorrections()

    def row(self, row_id: str) -> tuple[None, str, Any] | None:
        return next(
            (
                (None, article, row)
                for rows in self._rows.values()
                for article, row in rows
                if getattr(row, "id", None) == row_id
            ),
            None,
        )

    def reading(self, article_id: str) -> Reading | None:
        found = self._articles.get(article_id)
        return Reading(article=found, actors=tuple(ACTORS.values())) if found else None
