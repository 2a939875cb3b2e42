"""What either side said of an encounter, as an article passes it on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.extract.meetings.people import sides
from onrecord.extract.scene import Scene
from onrecord.types import Span, Statement

REACH = 450
"""Characters behind a telling within which a side's words are taken to be about the encounter: two or three
sentences, the length of a news paragraph."""
_NOT_ACTS = frozenset({"expect", "believe", "forecast", "assess", "decide"})
_AFTER = re.compile(
    r"\b(?:meeting|talks?|summit|call|conversation|discussions?|met|spoke|readout|communiqu[eé])\b",
    re.IGNORECASE,
)


def readouts(scene: Scene, people: Sequence[str], spans: Sequence[Span]) -> tuple[str, ...]:
    """Ids of statements of those who met, or of their governments, that stand with its tellings.

    A statement counts when it lies in a sentence that tells of the encounter, or close behind one in a
    sentence that names the encounter itself (`said after the talks`).
    """
    there = sides(scene, people)
    said = (s for s in scene.statements if s.speaker and s.act not in _NOT_ACTS)
    own = (s for s in said if scene.side(s.speaker or "") in there and not _is_private(scene, s))
    return tuple(s.id for s in own if _is_about(scene, s, spans))


def _is_private(scene: Scene, said: Statement) -> bool:
    """Media and people without an office do not speak for a side."""
    actor = scene.actor(said.speaker) if said.speaker else None
    if actor is None or actor.kind == "medium":
        return True
    return actor.kind != "state" and actor.sector not in ("GOV", "MIL")


def _is_about(scene: Scene, said: Statement, spans: Sequence[Span]) -> bool:
    start = min(s.start for s in (*said.source, *said.cue, *said.content))
    end = max(s.end for s in (*said.source, *said.cue, *said.content))
    for telling in spans:
        if telling.start < end and start < telling.end:
            return True
        if 0 <= start - telling.end <= REACH and _AFTER.search(scene.text, start, _sentence_end(scene, end)):
            return True
    return False


def _sentence_end(scene: Scene, offset: int) -> int:
    sentence = scene.token_at(max(0, offset - 1)).sent
    return int(sentence.end_char)
