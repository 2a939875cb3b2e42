"""Disputes within one article: what it says is told differently, and statements that cannot both hold.

Precision first: a false dispute between two governments is worse than a missed one, so each side needs its
own words in the text, and two statements need one proposition with opposite answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.extract.disputes.carried import propositions
from onrecord.extract.disputes.counted import other_numbers
from onrecord.extract.disputes.rebutted import rebutted
from onrecord.extract.disputes.reported import reported
from onrecord.extract.disputes.tellings import Tellings
from onrecord.extract.scene import Scene
from onrecord.facts.actors import Registry
from onrecord.types import Actor, Agreement, Dispute, Meeting, Parsed, Span, Statement

__all__ = ["extract", "propositions", "states"]

_STATE = "state:"


def extract(
    parsed: Parsed,
    statements: Sequence[Statement],
    meetings: Sequence[Meeting],
    agreements: Sequence[Agreement],
) -> tuple[Dispute, ...]:
    """All disputes of an article in text order; one found in both ways counts once, as reported."""
    scene = Scene(parsed, statements)
    tellings = Tellings(scene)
    found = _once(scene, reported(scene, tellings, meetings))
    answered = (
        *_once(scene, rebutted(scene, tellings, meetings)),
        *other_numbers(scene, meetings),
    )
    for one in answered:
        if not any(_is_told_again(one, known) for known in found):
            found.append(one)
    return tuple(sorted(found, key=_place))


def _is_told_again(one: Dispute, known: Dispute) -> bool:
    """Whether words of one stand in the other."""
    taken = [e for side in known.sides for e in side.evidence]
    return any(e.overlaps(t) for side in one.sides for e in side.evidence for t in taken)


def states(found: Iterable[Dispute], statements: Iterable[Statement], registry: Registry) -> dict[str, Actor]:
    """States that a side stands for by a place or office alone (`Ankara says …`), as actors by id."""
    told = {s.actor for d in found for s in d.sides if s.actor}
    told |= {s.proposition.actor for s in statements if s.proposition}
    ids = {i for i in told if i.startswith(_STATE)}
    return {i: registry.state(i.removeprefix(_STATE)) for i in sorted(ids)}


def _once(scene: Scene, disputes: Iterable[Dispute]) -> list[Dispute]:
    """One dispute a pair of sides and matter: the surest, then the first told."""
    best: dict[tuple[object, ...], Dispute] = {}
    for one in disputes:
        sides = sorted(scene.side(s.actor) for s in one.sides if s.actor)
        key = (one.about_row or "", *sides)
        known = best.get(key)
        if known is None or one.confidence > known.confidence:
            best[key] = one
    return list(best.values())


def _place(dispute: Dispute) -> tuple[Span, str]:
    return min(e for s in dispute.sides for e in s.evidence), dispute.id
