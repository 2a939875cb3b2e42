"""Disputes within one article: what it says is told differently, and statements that cannot both hold.

Precision first: a false dispute between two governments is worse than a missed one, so each side needs its
own words in the text, and two statements need one proposition with opposite answers.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.disputes.contradiction import contradictions
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
    found = list(reported(scene, meetings, agreements))
    taken = [s for d in found for side in d.sides for s in side.evidence]
    found += [
        d
        for d in contradictions(scene, meetings)
        if not any(e.overlaps(t) for side in d.sides for e in side.evidence for t in taken)
    ]
    return tuple(sorted(found, key=_place))


def _place(dispute: Dispute) -> tuple[Span, str]:
    return min(e for s in dispute.sides for e in s.evidence), dispute.id
