"""Readings made by hand: small, of invented words, with every kind of row."""

from __future__ import annotations

from datetime import date
from typing import Any

from onrecord.types import (
    Account,
    Actor,
    Agreement,
    Article,
    Commitment,
    Copy,
    Dispute,
    Event,
    EventCluster,
    IssueWeight,
    Meeting,
    Mention,
    Merged,
    MergedAgreement,
    MergedDispute,
    MergedMeeting,
    Passage,
    Position,
    Reading,
    SameQuote,
    Side,
    Span,
    Statement,
    TimeExpr,
    cut,
    day_range,
    row_id,
    text_hash,
)

SENTENCE = "Mira Solberg of Norway met Juho Aalto of Finland on Monday."
TEXT = f"Talks in Oslo\n{SENTENCE} “We agreed on fish,” she said."
MIRA = Actor(id="mira", name="Mira Solberg", kind="person", country="NOR", sector="GOV", role="minister")
JUHO = Actor(id="juho", name="Juho Aalto", kind="person", country="FIN", sector="GOV")
NORWAY = Actor(id="NOR", name="Norway", kind="state", country="NOR", sector="GOV")
FINLAND = Actor(id="FIN", name="Finland", kind="state", country="FIN", sector="GOV")
MONDAY = day_range(date(2019, 5, 6))


def span(words: str, text: str = TEXT) -> Span:
    """Where words first stand in the text."""
    start = text.index(words)
    return Span(start, start + len(words))


def bounds(words: str) -> dict[str, int]:
    """The same as fields of a row."""
    return {"start": span(words).start, "end": span(words).end}


def article(path: str = "a.txt", text: str = TEXT, **more: object) -> Article:
    """An article with its id and hash."""
    given = {"published": date(2019, 5, 7), "published_basis": "given",
             "published_range": day_range(date(2019, 5, 7)), "title": "Talks in Oslo"}  # fmt: skip
    return Article(
        id=row_id("a", path, text), path=path, text=text, text_sha256=text_hash(text), **given | more
    )  # type: ignore[arg-type]


def reading(path: str = "a.txt", **more: object) -> Reading:
    """A reading with at least one row of every kind, all grounded."""
    of = article(path, **more)
    quote, sentence = (
        (span("“We agreed on fish,”"),),
        (span(SENTENCE),),
    )
    said = Statement(
        id=row_id("s", of.id, 1), source=(span("she"),), cue=(span("said"),), content=quote, speaker="mira",
        speech="direct", act="say", said_on=MONDAY, issues=("fisheries",), confidence=0.9,
        quote=cut(TEXT, quote), source_text="she", cue_text="said", speaker_reason="pronoun",
    )  # fmt: skip
    met = Meeting(
        id=row_id("m", of.id, 1), participants=("mira", "juho"), place="Oslo", date=MONDAY,
        delegations={"NOR": ("mira",), "FIN": ("juho",)}, agenda=("fisheries",), minutes=90,
        evidence=sentence, text=cut(TEXT, sentence), medium="in_person",
    )  # fmt: skip
    return Reading(
        article=of,
        passages=(Passage(start=0, end=13, role="headline"), Passage(start=14, end=len(TEXT), role="body")),
        actors=(FINLAND, NORWAY, JUHO, MIRA),
        mentions=(
            Mention(start=14, end=26, text="Mira Solberg", form="name", actor="mira", keys=("mira",)),
            Mention(**bounds("Juho Aalto"), text="Juho Aalto", form="name"),
        ),
        times=(
            TimeExpr(**bounds("Monday"), text="Monday", type="DATE", value="2019-05-06", range=MONDAY),
        ),
        statements=(said,),
        events=(
            Event(id=row_id("e", of.id, 1), type="CONSULT", mode="visit", actors=("mira",),
                  recipients=("juho",), date=MONDAY, place="Oslo",
                  trigger=(span("met"),), trigger_text="met", evidence=sentence,
                  text=cut(TEXT, sentence), contexts=("trade",)),
            Event(id=row_id("e", of.id, 2), type="AGREE", actors=("mira",), recipients=("FIN",), date=None,
                  trigger=(span("agreed"),), trigger_text="agreed", evidence=quote, text=cut(TEXT, quote),
                  on_word_of=said.id, confidence=0.4),
        ),
        meetings=(met,),
        agreements=(
            Agreement(id=row_id("g", of.id, 1), parties=("NOR", "FIN"), subject="fisheries", made_on=MONDAY,
                      on_word_of=said.id, evidence=quote, text=cut(TEXT, quote)),
        ),
        commitments=(
            Commitment(id=row_id("k", of.id, 1), promiser="NOR", beneficiary=("FIN",), made_on=MONDAY,
                       content=(span("fish"),), what="fish", agreement=row_id("g", of.id, 1),
                       on_word_of=said.id, evidence=quote, text=cut(TEXT, quote)),
        ),
        disputes=(
            Dispute(id=row_id("d", of.id, 1), about="fisheries", kind="reported_as_differing",
                    sides=(Side(actor="mira", told="We agreed on fish", statement=said.id, evidence=quote),
                           Side(actor=None, told="met", evidence=(span("met"),)))),
        ),
        issues=(IssueWeight(id="fisheries", label="Fishing rights", weight=0.75),),
    )  # fmt: skip


def merged(*readings: Reading) -> Merged:
    """Merged rows of every kind, as if all readings told the same."""
    first, n = readings[0], len(readings)

    def accounts(rows: str) -> tuple[Account, ...]:
        return tuple(
            Account(article=r.article.id, row=getattr(r, rows)[0].id, actor="mira", told={"place": "Oslo"},
                    evidence=r.meetings[0].evidence)
            for r in readings
        )  # fmt: skip

    def of_many(kind: Any, id: str, rows: str, row: Any) -> Any:
        fields = {f: getattr(row, f) for f in row.__struct_fields__ if f != "id"}
        return kind(id=id, articles=n, independent=1, accounts=accounts(rows), **fields)

    return Merged(
        copies=tuple(
            Copy(article=r.article.id, of=first.article.id, kind="exact", similarity=1.0) for r in readings
        ),
        clusters={e.id: f"c-{e.type}" for r in readings for e in r.events},
        events=tuple(of_many(EventCluster, f"c-{e.type}", "events", e) for e in first.events),
        meetings=(of_many(MergedMeeting, "mm-1", "meetings", first.meetings[0]),),
        agreements=(of_many(MergedAgreement, "mg-1", "agreements", first.agreements[0]),),
        disputes=(of_many(MergedDispute, "md-1", "disputes", first.disputes[0]),),
        positions=(
            Position(id="p-1", actor="mira", issue="fisheries", range=MONDAY, stance="for an accord",
                     accounts=accounts("statements")),
        ),
        quotes=tuple(SameQuote(statement=r.statements[0].id, group="q-1", similarity=1.0) for r in readings),
    )  # fmt: skip
