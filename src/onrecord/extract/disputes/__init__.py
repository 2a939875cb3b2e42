"""Disputes within one article: what it says is told differently, and statements that cannot both hold.

Precision first: a false dispute between two governments is worse than a missed one, so each side needs its
own words in the text, and two statements need one proposition with opposite answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.extract.disputes.contradiction import contradictions, denials, other_numbers
from onrecord.extract.disputes.reported import reported
from onrecord.extract.scene import Scene
from onrecord.types import Agreement, Dispute, Meeting, Parsed, Span, Statement

__all__ = ["extract"]


def extract(
    parsed: Parsed,
    statements: Sequence[Statement],
    meetings: Sequence[Meeting],
    agreements: Sequence[Agreement],
) -> tuple[Dispute, ...]:
    """All disputes of an article in text order; one found in both ways counts once, as reported."""
    scene = Scene(parsed, statements)
    found = _once(scene, reported(scene, meetings))
    taken = [s for d in found for side in d.sides for s in side.evidence]
    found += [
        d
        for d in (
            *contradictions(scene, meetings),
            *denials(scene, meetings),
            *other_numbers(scene, meetings),
        )
        if not any(e.overlaps(t) for side in d.sides for e in side.evidence for t in taken)
    ]
    return tuple(sorted(found, key=_place))


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
