"""Numbers of two sides that exclude each other: `A says 12,400 left. B says the number is 31,000`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.extract.disputes.reported import meeting_near
from onrecord.extract.scene import Scene
from onrecord.facts import amounts
from onrecord.types import Dispute, Meeting, Side, Statement, row_id

WHY, SURE = "a number answered by the other side", 0.7
BETWEEN = 300
"""Characters between a number and the other side's answer to it."""
_IN_WORDS = re.compile(r"\b(?:hundred|thousand|million|billion|dozen)\b", re.IGNORECASE)
_COUNT = r"(?:number|figure|total|toll|count|sum|amount)"
_IS_NUMBER = re.compile(
    rf"(?:that\s+)?(?:the|its|his|her|their)\s+(?:\w+\s+)?{_COUNT}"
    r"\s+(?:is|was|stands at|stood at)\s+(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_IS_WRONG = re.compile(
    rf"(?:that\s+)?(?:the|this|that|those|these)\s+(?P<what>{_COUNT}s?|claims?|allegations?|versions?|accounts?)\s+"
    r"(?:is|are|was|were)\s+(?:wrong|untrue|false|incorrect|inaccurate|invented|fabricated|not true|a lie)\b",
    re.IGNORECASE,
)


def other_numbers(scene: Scene, meetings: Sequence[Meeting]) -> Iterator[Dispute]:
    """A number of one side, which the other side answers with its own or calls wrong."""
    for one, other, about in _answered(scene):
        yield Dispute(
            id=row_id("d", scene.parsed.article.id, one.id, other.id, WHY),
            about=about,
            kind="contradiction",
            sides=tuple(
                Side(actor=s.speaker, told=s.quote, statement=s.id, evidence=s.content) for s in (one, other)
            ),
            confidence=SURE,
            why=WHY,
            about_row=meeting_near(scene, one.content[0], meetings),
        )


def _answered(scene: Scene) -> Iterator[tuple[Statement, Statement, str]]:
    """A claim with a number, the other side's answer to it near by, and what is disputed."""
    for at, other in enumerate(scene.statements):
        if not other.speaker or other.hedged or other.act in ("deny", "ask", "forecast", "expect"):
            continue
        for one in reversed(scene.statements[max(0, at - 3) : at]):
            if not one.speaker or one.hedged or scene.side(one.speaker) == scene.side(other.speaker):
                continue
            near = 0 <= other.content[0].start - one.content[-1].end <= BETWEEN
            about = _count_answered(one.quote, other.quote) if near else None
            if about and _has_side(scene, one.speaker) and _has_side(scene, other.speaker):
                yield one, other, about
                break


def _has_side(scene: Scene, actor_id: str) -> bool:
    """On the side of a state, or of a body of states."""
    actor = scene.actor(actor_id)
    return actor is not None and (actor.country is not None or actor.sector in ("GOV", "IGO", "MIL"))


def _count_answered(claim: str, answer: str) -> str | None:
    """What is disputed, where an answer names another number or calls the claim's own one wrong."""
    wrong = _IS_WRONG.match(answer.strip())
    if wrong:
        if not re.match(_COUNT, wrong["what"], re.IGNORECASE):
            return "whether the claim is true"
        counted = _plain_numbers(claim) or _IN_WORDS.search(claim)
        return "how many or how much" if counted else None
    named = _IS_NUMBER.match(answer.strip())
    theirs = _plain_numbers(named["rest"]) if named else []
    mine = _plain_numbers(claim)
    if len(mine) != 1 or len(theirs) != 1:
        return None
    return "how many or how much" if amounts.exclude(mine[0], theirs[0]) else None


def _plain_numbers(text: str) -> list[float]:
    """Numbers in digits that are no year and no day of a month."""
    return [a.number for a in amounts.read(text) if a.in_digits and not (a.year or a.day)]
