"""What a deed shows of its doer's stance on an issue: who cut ties over X, rejected X, gave way on X.

Only what took place, told in the article's own voice or on the word of the doer's own side, and done by a
state, a government, a body of states or somebody who acts for one. Force, arrests and protests show no stance
on the issue that their sentence names. Both sides are read alike: stances hang on type and mode alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import NamedTuple

from onrecord.merge.ground import Ground
from onrecord.types import Event, Range, Statement

NARROW = 3
"""Days of a range that still tells when it was."""
NEAR = 31
"""Days before its article within which a deed is news."""
MIN_CONFIDENCE = 0.4
"""Of the event; surer ones are read right more often."""

STANCES: dict[tuple[str, str | None], tuple[str, int]] = {
    ("AGREE", "yield"): ("agrees", 1),
    ("AGREE", "settle"): ("agrees", 1),
    ("AGREE", "cooperate"): ("agrees", 1),
    ("AGREE", "aid"): ("offers", 1),
    ("SUPPORT", "praise"): ("praises", 1),
    ("SUPPORT", "accord"): ("agrees", 1),
    ("SUPPORT", "recognise"): ("recognises", 1),
    ("SUPPORT", "defend"): ("supports", 1),
    ("CONCEDE", None): ("gives way", 1),
    ("COOPERATE", None): ("cooperates", 1),
    ("AID", None): ("gives aid", 1),
    ("RETREAT", "withdraw"): ("gives way", 1),
    ("RETREAT", "ceasefire"): ("gives way", 1),
    ("RETREAT", "release"): ("gives way", 1),
    ("RETREAT", "disarm"): ("gives way", 1),
    ("RETREAT", "access"): ("gives way", 1),
    ("ACCUSE", "disapprove"): ("criticises", -1),
    ("ACCUSE", "allege"): ("accuses", -1),
    ("REJECT", None): ("rejects", -1),
    ("THREATEN", None): ("threatens", -1),
    ("SANCTION", "embargo"): ("imposes sanctions", -1),
    ("SANCTION", "aid"): ("suspends", -1),
    ("SANCTION", None): ("cuts ties", -1),
}
"""(PLOVER type, mode; None: any other mode) → stance, and its direction as in `voicing.STANCES`."""

_ACTING = frozenset({"state", "government", "organisation", "armed_group"})
_SECTORS = frozenset({"GOV", "MIL", "IGO", "REB", "UAF"})


SURE = 0.5
"""Confidence of an event whose words name no issue."""
_TURNING: dict[tuple[str, str | None], tuple[str, int]] = {
    ("CONCEDE", None): ("agrees", 1),
    ("REJECT", None): ("rejects", -1),
    ("THREATEN", None): ("threatens", -1),
}
_OFFERING = re.compile(r"offer|propos|suggest|ready|willing|prepared|invit")
_PROMISING = re.compile(r"promis|pledg|vow|undert|guarant|assur|word")
_GIVEN = re.compile(r"\bword\b")
NO_FURTHER = 30
"""Characters before a deed's word in which `not` is its own."""
_UNWILLING = re.compile(
    r"\b(?:forced|obliged|compelled|had|have|has|need(?:s|ed)?|asked|urged)\s+to\s+$", re.IGNORECASE
)
_REFUSING = re.compile(
    r"reject|refus|den|veto|block|oppos|dismiss|rebuff|turn|declin|spurn|resist|rul|fail|defi|ignor"
)
_NO = re.compile(r"\b(?:not|never|no)\b|n['’]t\b", re.IGNORECASE)


class Deed(NamedTuple):
    """An event as the stance of one of its doers."""

    event: Event
    actor: str
    stance: str
    way: int


def deeds(event: Event, said: Iterable[Statement], ground: Ground) -> Iterable[Deed]:
    """The stances that an event shows, one a doer; `said` are the statements of its article that show one.

    A deed of speaking that is also such a statement of the doer's is left to that statement.
    """
    stance = _stance(event)
    if stance is None or not shows(event):
        return
    speaker = ground.speakers.get(event.on_word_of) if event.on_word_of else None
    voice = ground.side(speaker) if speaker else None
    there = {ground.side(a) for a in event.recipients}
    failed = event.type == "REJECT" and set(event.actors) & set(event.recipients)
    for one in (
        event.actors if not failed else ()
    ):  # `A and B failed to reach an agreement`: nobody turned it down
        own = ground.side(one)
        if not _acts(one, ground) or (event.on_word_of and voice != own) or there == {own}:
            continue
        spoken = (s for s in said if own in {ground.side(a) for a in s.said_by})
        if not any(_is_told_by(event, s) for s in spoken):
            yield Deed(event, one, *stance)


def shows(event: Event) -> bool:
    """True where an event's kind and words show a stance, whoever did it."""
    sure = event.status == "happened" and event.confidence >= MIN_CONFIDENCE
    return sure and bool(event.issues) and _stance(event) is not None and not _is_misread(event)


def _is_misread(event: Event) -> bool:
    """Words that more often than not tell no deed of one's own will, or another one than the type says.

    Half of the wrong rows of 29 read on 500 wire stories: `an attempt at freeing`, `was forced to suspend`,
    `opened an office`, `will not allow X and offered`.
    """
    word = event.trigger_text.split(" ")[0].lower()
    before = event.text[: max(0, event.trigger[0].start - event.evidence[0].start)]
    if word.endswith("ing") or _UNWILLING.search(before):
        return True
    if event.mode == "recognise":
        return not word.startswith("recogni")
    return event.type == "REJECT" and not _REFUSING.match(word) and not _NO.search(before[-NO_FURTHER:])


def turning(event: Event) -> tuple[str, int] | None:
    """The yes, no or threat that an event is, of whatever matter; None where it is none, or hardly sure."""
    if event.status != "happened" or event.confidence < SURE or _is_misread(event):
        return None
    if event.type == "AGREE":
        word = event.trigger_text.lower()
        if _OFFERING.match(word):
            return ("offers", 1)
        given = word.startswith("g") and _GIVEN.search(event.text)
        return ("promises", 1) if given or _PROMISING.match(word) else ("agrees", 1)
    return _TURNING.get((event.type, event.mode)) or _TURNING.get((event.type, None))


def days(event: Event, article: str, ground: Ground) -> Range | None:
    """The days at which a deed shows a stance: its own, else those of writing; None where it lies far back.

    `signed last December` is often another clause's time, so a wide range counts only near the writing.
    """
    written = ground.written(article)
    if event.date is None or (event.date.days or NEAR) <= NARROW:
        return event.date or written
    if not (written and written.start and written.end):
        return None
    near = Range(written.start - timedelta(days=NEAR), written.end)
    return written if event.date.overlaps(near) else None


def keeping(rows: Iterable[tuple[str, Event]], shown: list[tuple[str, Event]]) -> Iterator[tuple[str, Event]]:
    """The rows as they come, while those that show a stance are kept: a record is read once."""
    for article, event in rows:
        if shows(event) or turning(event):
            shown.append((article, event))
        yield article, event


def _stance(event: Event) -> tuple[str, int] | None:
    return STANCES.get((event.type, event.mode)) or STANCES.get((event.type, None))


def _acts(actor_id: str, ground: Ground) -> bool:
    """A state, or somebody who acts for one or for a body of states."""
    actor = ground.actors.get(actor_id)
    if actor is None:
        return False
    if actor.kind == "person":
        return bool(actor.country) and actor.sector in ("GOV", "MIL", "IGO")
    return actor.kind in _ACTING and (actor.kind in ("state", "government") or actor.sector in _SECTORS)


def _is_told_by(event: Event, said: Statement) -> bool:
    """The statement's cue is the event's trigger: `rejected`, `offered`."""
    return any(c.overlaps(t) for c in said.cue for t in event.trigger)
