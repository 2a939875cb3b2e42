"""Tone between two sides: the mean cooperation–conflict weight of what they do and say to each other.

Events count where one side is the source and the other the target; statements where their act weighs
something, one side speaks, and the words are about or addressed to the other. Both bring a PLOVER type, and
the type its weight (`onrecord.facts.plover`, sources in docs/codebook.md). The journalist's narration is
kept apart from what the two sides say themselves.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.facts.plover import goldstein
from onrecord.review.aimed import aimed_at
from onrecord.review.material import Material, acting
from onrecord.types import Act, Article, Event, Range, Span, Statement, Value

ACT_TYPES: dict[Act, str] = {
    "agree": "AGREE",
    "promise": "AGREE",
    "propose": "AGREE",
    "praise": "SUPPORT",
    "demand": "REQUEST",
    "accuse": "ACCUSE",
    "criticise": "ACCUSE",
    "deny": "REJECT",
    "reject": "REJECT",
    "threaten": "THREATEN",
    "warn": "THREATEN",
}
"""Act → the PLOVER type whose definition names it; other acts (say, ask, believe …) weigh nothing."""
NEGATED_TYPES: dict[Act, str] = {"agree": "REJECT"}
"""The same of a negated act: who does not agree rejects ("fails to agree"); others weigh nothing."""
TONED = ("happened", "planned")
"""Status of the events that the tone is made of."""
MIN_ROWS = 3
"""Fewer rows than this make no value: one row more or less would turn it about."""

Voice = Literal["narrated", "spoken", "claimed"]
"""The article's own voice; one of the two sides' own words; somebody else's word."""


class Tone(Value, frozen=True, kw_only=True):
    """A mean weight and what it rests on."""

    value: float | None
    """−10 … 10, rounded to a tenth; None where `rows` are fewer than MIN_ROWS."""
    rows: int
    """How many rows count: an article's deeds of one type by one side are one."""
    behind: tuple[str, ...] = ()
    """Ids of the events and statements."""

    @property
    def told(self) -> str:
        """`-0.4 (5 rows)`, `too few (1 row)`, `not known`."""
        if not self.rows:
            return "not known"
        value = "too few" if self.value is None else self.value
        return f"{value} ({self.rows} row{'' if self.rows == 1 else 's'})"


@dataclass(frozen=True)
class Deed:
    """What one side, or both together, did or said to the other, as one article tells it."""

    row: str
    """Id of the event or statement."""
    article: str
    """The article's id, or that of the first of its copies."""
    doers: tuple[str, ...]
    """Codes of the sides that act: both where they act together."""
    type: str
    voice: Voice
    days: Range | None


def tone(deeds: Iterable[Deed], during: Range, *voices: Voice) -> Tone:
    """The tone of some days; `voices` narrows it to these.

    An article's deeds of one type by one side count once, so that a long article does not speak louder than
    a short one, and copies of an article count as one.
    """
    return mean(d for d in deeds if d.days and d.days.overlaps(during) and (not voices or d.voice in voices))


def mean(deeds: Iterable[Deed]) -> Tone:
    """The mean weight of deeds."""
    told: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
    for deed in deeds:
        told.setdefault((deed.article, deed.doers, deed.type), []).append(deed.row)
    weights = [goldstein(kind) for _, _, kind in sorted(told)]
    return Tone(
        value=round(math.fsum(weights) / len(weights), 1) + 0.0 if len(weights) >= MIN_ROWS else None,
        rows=len(weights),
        behind=tuple(sorted({row for rows in told.values() for row in rows})),
    )


def deeds(material: Material) -> tuple[Deed, ...]:
    """All that counts between the sides, events first."""
    first = material.first_copy
    between = [
        (article, event, doers)
        for article, event in material.events
        if event.status in TONED and (doers := acting(material, event, dated(article, event)))
    ]
    triggers: dict[str, list[Span]] = {}
    for article, event, _ in between:
        triggers.setdefault(article.id, []).extend(event.trigger)
    verbs, spoken = _spoken(material, triggers)
    done = [
        Deed(
            row=event.id,
            article=first.get(article.id, article.id),
            doers=doers,
            type=event.type,
            voice="spoken" if _voiced(event, verbs.get(article.id, ())) else _voice(material, event),
            days=dated(article, event),
        )
        for article, event, doers in between
    ]
    return (*done, *spoken)


def dated(article: Article, event: Event) -> Range | None:
    """The days that an event counts for: its own where it happened, else those of its article."""
    return event.date if event.date is not None and event.status == "happened" else article.days


def _voice(material: Material, event: Event) -> Voice:
    if event.on_word_of is None:
        return "narrated"
    said = material.word_of.get(event.on_word_of)
    if said is not None and not said.source:
        return "narrated"
    return "spoken" if said is not None and any(map(material.side_of, said.said_by)) else "claimed"


def _voiced(event: Event, cues: Iterable[Span]) -> bool:
    """Whether an event is the very verb that brings a side's words: `accused`, told as a deed."""
    return any(t.overlaps(c) for t in event.trigger for c in cues)


def _spoken(
    material: Material, triggers: Mapping[str, Sequence[Span]]
) -> tuple[dict[str, list[Span]], list[Deed]]:
    """Cues of the statements that weigh something, by article, and the statements as deeds.

    Words that are the trigger of an event between the sides count as that event alone.
    """
    verbs: dict[str, list[Span]] = {}
    told = []
    for said in material.said:
        statement, article = said.statement, said.article
        kind = weighed(statement)
        if kind is None or aimed_at(material, said) is None:
            continue
        verbs.setdefault(article.id, []).extend(statement.cue)
        if any(c.overlaps(t) for c in statement.cue for t in triggers.get(article.id, ())):
            continue
        told.append(
            Deed(
                row=statement.id,
                article=material.first_copy.get(article.id, article.id),
                doers=(said.side.code,),
                type=kind,
                voice="spoken",
                days=said.days,
            )
        )
    return verbs, told


def weighed(statement: Statement) -> str | None:
    """The PLOVER type of a statement's act; None where it weighs nothing or is hedged ("reportedly")."""
    if statement.hedged:
        return None
    return (NEGATED_TYPES if statement.negated else ACT_TYPES).get(statement.act)
