"""What the charts of a relationship show, as plain rows: each names the rows of the record behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from onrecord.review.comparing import TONED, dated, mean_weight
from onrecord.review.material import Material, Source
from onrecord.types import Mention, Value


class TonePoint(Value, frozen=True, kw_only=True):
    """The mean weight of what one side did to the other in a quarter, −10 … 10."""

    side: str
    """Name of the side that acted."""
    code: str
    quarter: str
    """`2017-Q3`."""
    tone: float
    events: tuple[str, ...]


class Spoken(Value, frozen=True, kw_only=True):
    """How often one speaks about another, in the words ascribed to them."""

    speaker: str
    about: str
    """Actor ids."""
    statements: tuple[str, ...]


class HeatCell(Value, frozen=True, kw_only=True):
    """What one actor says on one issue."""

    issue: str
    actor: str
    statements: tuple[str, ...]


class Charted(Value, frozen=True, kw_only=True):
    """The rows of a relationship's charts."""

    names: dict[str, str]
    """Id → name of the actors."""
    labels: dict[str, str]
    """Id → label of the issues."""
    sides: dict[str, str]
    """Actor id → code of its side; others are not in it."""
    tone: tuple[TonePoint, ...]
    spoken: tuple[Spoken, ...]
    heat: tuple[HeatCell, ...]


class Record(Source, Protocol):
    """A record, as `onrecord.record.between.Between` gives it."""


def chart(source: Record, material: Material) -> Charted:
    """The rows of the charts of two sides, from what was gathered about them."""
    spoken, heat = tuple(_spoken(source, material)), tuple(_heat(material))
    seen = {a for s in spoken for a in (s.speaker, s.about)} | {h.actor for h in heat}
    return Charted(
        names={a: material.name(a) for a in sorted(seen)},
        labels={h.issue: material.label(h.issue) for h in heat},
        sides={a: side.code for a in sorted(seen) if (side := material.side_of(a))},
        tone=tuple(_tone(material)),
        spoken=spoken,
        heat=heat,
    )


def _tone(material: Material) -> Iterable[TonePoint]:
    """Each article's type of event counts once a quarter, as in `compare`."""
    told: dict[tuple[str, str, str], dict[tuple[str, str], list[str]]] = {}
    for article, event in material.events:
        days = dated(article, event)
        actor = next((s for a in event.actors if (s := material.side_of(a))), None)
        if event.status not in TONED or not days or not days.start or actor is None:
            continue
        quarter = f"{days.start.year}-Q{(days.start.month + 2) // 3}"
        told.setdefault((actor.code, actor.name, quarter), {}).setdefault(
            (article.id, event.type), []
        ).append(event.id)
    for (code, side, quarter), kinds in sorted(told.items()):
        events = tuple(sorted(e for ids in kinds.values() for e in ids))
        yield TonePoint(side=side, code=code, quarter=quarter, tone=mean_weight(kinds), events=events)


def _spoken(source: Record, material: Material) -> Iterable[Spoken]:
    mentions: dict[str, list[Mention]] = {}
    for article, mention in source.rows(Mention):
        if mention.actor:
            mentions.setdefault(article, []).append(mention)
    told: dict[tuple[str, str], set[str]] = {}
    for said in material.said:
        speaker = said.statement.speaker
        for mention in mentions.get(said.article.id, ()):
            inside = any(s <= mention.start and mention.end <= e for s, e in said.statement.content)
            if inside and speaker and mention.actor and mention.actor != speaker:
                told.setdefault((speaker, mention.actor), set()).add(said.statement.id)
    return [
        Spoken(speaker=speaker, about=about, statements=tuple(sorted(ids)))
        for (speaker, about), ids in sorted(told.items())
    ]


def _heat(material: Material) -> Iterable[HeatCell]:
    told: dict[tuple[str, str], list[str]] = {}
    for said in material.said:
        for issue in said.statement.issues:
            if said.statement.speaker:
                told.setdefault((issue, said.statement.speaker), []).append(said.statement.id)
    return [HeatCell(issue=i, actor=a, statements=tuple(sorted(ids))) for (i, a), ids in sorted(told.items())]
