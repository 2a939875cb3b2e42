"""What the charts of a relationship show, as plain rows: each names the rows of the record behind it."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.review.material import Material
from onrecord.review.tone import Deed, deeds, mean
from onrecord.types import Value


class TonePoint(Value, frozen=True, kw_only=True):
    """The mean weight of what one side did and said to the other in a quarter, −10 … 10."""

    side: str
    """Name of the side that acted."""
    code: str
    quarter: str
    """`2017-Q3`."""
    tone: float | None
    """None where too few rows are behind it (`onrecord.review.tone.MIN_ROWS`)."""
    rows: int
    events: tuple[str, ...]
    statements: tuple[str, ...] = ()


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


def chart(material: Material) -> Charted:
    """The rows of the charts of two sides, from what was gathered about them."""
    spoken, heat = tuple(_spoken(material)), tuple(_heat(material))
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
    """What each side does and says to the other, as in `compare`; what both do together is told for both."""
    told: dict[tuple[str, str], list[Deed]] = {}
    for deed in deeds(material):
        if deed.days and deed.days.start:
            quarter = f"{deed.days.start.year}-Q{(deed.days.start.month + 2) // 3}"
            for code in deed.doers:
                told.setdefault((code, quarter), []).append(deed)
    names = {s.code: s.name for s in material.sides}
    events = {event.id for _, event in material.events}
    for (code, quarter), of in sorted(told.items()):
        made = mean(of)
        yield TonePoint(
            side=names[code],
            code=code,
            quarter=quarter,
            tone=made.value,
            rows=made.rows,
            events=tuple(row for row in made.behind if row in events),
            statements=tuple(row for row in made.behind if row not in events),
        )


def _spoken(material: Material) -> Iterable[Spoken]:
    told: dict[tuple[str, str], set[str]] = {}
    for said in material.said:
        for mention in material.named.get(said.statement.id, ()):
            for speaker in said.speakers if mention.actor else ():
                if mention.actor and mention.actor not in said.statement.said_by:
                    told.setdefault((speaker, mention.actor), set()).add(said.statement.id)
    return [
        Spoken(speaker=speaker, about=about, statements=tuple(sorted(ids)))
        for (speaker, about), ids in sorted(told.items())
    ]


def _heat(material: Material) -> Iterable[HeatCell]:
    told: dict[tuple[str, str], list[str]] = {}
    for said in material.said:
        for issue in said.statement.issues:
            for speaker in said.speakers:
                told.setdefault((issue, speaker), []).append(said.statement.id)
    return [HeatCell(issue=i, actor=a, statements=tuple(sorted(ids))) for (i, a), ids in sorted(told.items())]
