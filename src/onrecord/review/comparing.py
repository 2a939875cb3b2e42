"""Two times side by side: what is new on the agenda, who moved, how the tone changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from onrecord.facts.sides import Side
from onrecord.review import changes
from onrecord.review.desk import Desk
from onrecord.review.lines import AgreementLine, DisputeLine, MeetingLine, SourceNote
from onrecord.review.material import Asked, Material, Source, gather, sides_of, within
from onrecord.review.tone import Tone, Voice, deeds, tone
from onrecord.types import Position, Range, Value


class Shift(Value, frozen=True, kw_only=True):
    """A stance that an actor left for another one."""

    actor: str
    issue: str
    before: str
    after: str
    range: Range | None


class Comparison(Value, frozen=True, kw_only=True):
    """What changed between two sides from one time to another."""

    between: tuple[str, ...]
    """Codes of the sides: ISO 3166-1 alpha-3, else actor ids."""
    sides: tuple[Side, ...]
    at: tuple[Range, Range]
    issues_new: tuple[str, ...]
    issues_gone: tuple[str, ...]
    issues_both: tuple[str, ...]
    shifts: tuple[Shift, ...]
    tone: tuple[float | None, float | None]
    """Mean cooperation–conflict weight of what the sides do and say to each other, −10 … 10; None where none
    is told, or too little (`tone_rows`)."""
    tone_narrated: tuple[float | None, float | None] = (None, None)
    """The same of what articles tell in their own voice."""
    tone_spoken: tuple[float | None, float | None] = (None, None)
    """The same of what the two sides say themselves: acts of their statements, events on their word."""
    tone_claimed: tuple[float | None, float | None] = (None, None)
    """The same of all that rests on somebody's words, the two sides' or others'."""
    tone_rows: dict[str, tuple[Tone, Tone]]
    """`all`, `narrated`, `spoken`, `claimed`: the rows behind each value, and how many."""
    meetings: tuple[MeetingLine, ...]
    agreements: tuple[AgreementLine, ...]
    disputes: tuple[DisputeLine, ...]
    sources: tuple[SourceNote, ...]


def compare(source: Source, *, between: Asked, at: tuple[Range, Range]) -> Comparison:
    """What changed between two sides from the first time to the second.

    Raises:
        UsageError: a side is not in the record.
    """
    sides = sides_of(source, between)
    material = gather(source, sides, issue=None, since=None, until=None)
    before, after = (changes.agenda(material, when) for when in at)
    desk = Desk(_during(material, at), at[1].end)
    tones = _tones(material, at)
    values = {name: (first.value, second.value) for name, (first, second) in tones.items()}
    return Comparison(
        between=tuple(s.code for s in sides),
        sides=sides,
        at=at,
        issues_new=tuple(label for i, label in after.items() if i not in before),
        issues_gone=tuple(label for i, label in before.items() if i not in after),
        issues_both=tuple(label for i, label in before.items() if i in after),
        shifts=tuple(_shifts(material, at)),
        tone=values["all"],
        tone_narrated=values["narrated"],
        tone_spoken=values["spoken"],
        tone_claimed=values["claimed"],
        tone_rows=tones,
        meetings=desk.meetings(),
        agreements=desk.agreements(),
        disputes=desk.disputes(),
        sources=desk.sources(),
    )


VOICES: dict[str, tuple[Voice, ...]] = {
    "all": (),
    "narrated": ("narrated",),
    "spoken": ("spoken",),
    "claimed": ("spoken", "claimed"),
}


def _tones(material: Material, at: tuple[Range, Range]) -> dict[str, tuple[Tone, Tone]]:
    told = deeds(material)
    return {name: (tone(told, at[0], *voices), tone(told, at[1], *voices)) for name, voices in VOICES.items()}


def _during(material: Material, at: tuple[Range, Range]) -> Material:
    """The rows of either time; articles stay, since rows cite them."""
    days: Mapping[str, Range | None] = {a.id: a.days for a in material.articles.values()}

    def then(own: Range | None, articles: list[str]) -> bool:
        told = [own] if own else [days.get(a) for a in articles]
        return any(within(d, when.start, when.end) for d in told for when in at)

    return replace(
        material,
        meetings=tuple(m for m in material.meetings if then(m.date, [a.article for a in m.accounts])),
        agreements=tuple(
            a for a in material.agreements if then(a.made_on or a.effective, [x.article for x in a.accounts])
        ),
        disputes=tuple(d for d in material.disputes if then(None, [s.article or "" for s in d.sides])),
    )


def _shifts(material: Material, at: tuple[Range, Range]) -> list[Shift]:
    """Stances that differ from the first time to the second, per actor and issue."""
    first, second = ({(p.actor, p.issue): p for p in _held_at(material, when)} for when in at)
    return [
        Shift(
            actor=material.name(actor),
            issue=material.label(issue),
            before=first[actor, issue].stance,
            after=now.stance,
            range=now.range,
        )
        for (actor, issue), now in sorted(second.items())
        if (actor, issue) in first and first[actor, issue].stance != now.stance
    ]


def _held_at(material: Material, when: Range) -> list[Position]:
    return [p for p in material.positions if p.range and p.range.overlaps(when)]
