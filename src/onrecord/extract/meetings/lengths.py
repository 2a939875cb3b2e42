"""How long an encounter was, told or planned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from onrecord.extract.meetings.details import GATHERINGS, is_given_up
from onrecord.extract.scene import Scene
from onrecord.types import TimeExpr

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token

_DURATION = re.compile(r"^PT(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?$")
_VAGUE = re.compile(
    r"\b(?:more than|over|nearly|almost|about|around|some|roughly|approximately|at least|less than|under"
    r"|just over|just under|close to|well over|up to|an estimated|or so|or more)\b",
    re.IGNORECASE,
)
_LASTING = frozenset(
    {
        "last", "consume", "take", "run", "go", "spend", "stretch", "continue", "occupy", "hold", "have",
        "talk", "speak", "meet",
    }
)  # fmt: skip
_PARTING = frozenset({"come", "emerge", "part", "rise"})
_PLANNED = re.compile(
    r"\b(?:scheduled|planned|expected|due|supposed|slated|set(?! aside)|was to|were to)\b", re.IGNORECASE
)
_SET_ASIDE = re.compile(
    r"\s+(?:had been|has been|was|were) (?:set aside|allotted|allowed|planned|scheduled|foreseen|reserved)\b"
)


_PART = re.compile(r"\b(?:quarters?|thirds?|half|most|part|better part)\b", re.IGNORECASE)
"""Words before a time that take a part of it: `three quarters of an hour`."""
_UNIT = re.compile(
    r"\b(?:minutes?|hours?|days?|weeks?|months?|mornings?|afternoons?|evenings?|nights?|noon|midnight|dawn)\b",
    re.IGNORECASE,
)
"""What an inexact length is measured by: `most of the afternoon`, `until after midnight`."""


class Length(NamedTuple):
    """How long an encounter was: minutes where exact, the words told, and the words of a length planned."""

    minutes: int | None = None
    told: str | None = None
    planned: str | None = None


def length(scene: Scene, trigger: Token) -> Length:
    """Minutes only where an exact length is told of something that took place."""
    found_length = Length()
    for time in _joined(scene, trigger.sent):
        found = _DURATION.match(time.value)
        if time.type != "DURATION" or not found or not any(found.groups()):
            continue
        head = scene.head_of(time.start, time.end)
        if head is None:
            continue
        planned = is_planned(scene, time.start, time.end)
        if not planned and not _measures(scene, time, head, trigger):
            continue
        given = is_given_up(head) or bool(_SET_ASIDE.match(scene.text, time.end))
        if planned and not _measures(scene, time, head, trigger) and not given:
            continue
        told = _told(scene, time)
        if planned:
            found_length = found_length._replace(planned=found_length.planned or told.told)
        elif found_length.told is None:
            found_length = found_length._replace(minutes=told.minutes, told=told.told)
    return found_length


def of_words(scene: Scene, start: int, end: int) -> Length:
    """The length that the words of [start, end) tell; what is no number of hours is told as it stands."""
    for time in _joined(scene, scene.token_at(start).sent):
        found = _DURATION.match(time.value) if time.type == "DURATION" else None
        if found and any(found.groups()) and time.start < end and start < time.end:
            if _PART.search(scene.text, start, time.start):
                return Length(told=scene.text[start : max(end, time.end)])
            return _told(scene, time)
    words = scene.text[start:end]
    return Length(told=words) if _UNIT.search(words) else Length()


def is_planned(scene: Scene, start: int, end: int) -> bool:
    """`scheduled to last two hours`, `an hour had been set aside`."""
    led_by = scene.text[max(0, start - 40) : end]
    return bool(_PLANNED.search(led_by) or _SET_ASIDE.match(scene.text, end))


def _told(scene: Scene, time: TimeExpr) -> Length:
    """Minutes, where the words are exact, and the words."""
    found = _DURATION.match(time.value)
    hours, minutes, seconds = (float(g) if g else 0.0 for g in found.groups()) if found else (0.0, 0.0, 0.0)
    total = hours * 60 + minutes + seconds / 60
    before = scene.text[max(0, time.start - 24) : time.start].rpartition(",")[2]
    vague = time.mod or _VAGUE.search(before + time.text)
    led_by = re.search(r"(?:(?:" + _VAGUE.pattern.strip(r"\b") + r")\s+)$", before)
    words_told = scene.text[time.start - (len(led_by.group()) if led_by else 0) : time.end]
    words_told = words_told.removeprefix("last ")  # `to last 30 minutes`, taken for `the last 30 minutes`
    return Length(None if vague else round(total), words_told)


def _joined(scene: Scene, sentence: Run) -> Iterator[TimeExpr]:
    """Time expressions, with `two hours` and `16 minutes` made one."""
    times = scene.times_of(sentence)
    for at, time in enumerate(times):
        after = times[at + 1] if at + 1 < len(times) else None
        if (
            after
            and time.value.startswith("PT") and time.value.endswith("H")
            and re.fullmatch(r"PT\d+M", after.value)
            and re.fullmatch(r",?\s+(?:and\s+)?", scene.text[time.end : after.start])
        ):  # fmt: skip
            value = time.value + after.value[2:]
            yield replace(time, end=after.end, value=value, text=scene.text[time.start : after.end])
        else:
            yield time


def _measures(scene: Scene, time: TimeExpr, head: Token, trigger: Token) -> bool:
    after = scene.text[time.end : time.end + 14].lower().split()
    led_by = scene.text[max(0, time.start - 12) : time.start].split()
    if led_by[-1:] == ["for"] and after[:1] in (["before"], ["after"]):
        # `met for an hour before the ceremony`, which the parser may give to `before`
        return trigger.pos_ != "VERB" or trigger.lemma_ in _LASTING
    if head.dep_ == "pobj" and head.head.lower_ == "after" and head.head.head.lemma_ in _PARTING:
        return True  # `after some forty minutes the two came out`
    if after[:1] and after[0].strip(",.") in (
        "after",
        "before",
        "ago",
        "later",
        "earlier",
        "ahead",
        "late",
        "early",
    ):
        return False
    if trigger.dep_ == "pobj" and trigger.head.lower_ == "of" and trigger.head.head == head:
        return True  # `nine hours of talks`
    if trigger in head.ancestors:
        nouns = [t for t in head.ancestors if t.pos_ in ("NOUN", "PROPN") and trigger in t.ancestors]
        return all(t.lemma_ in GATHERINGS for t in nouns)
    verb = next((t for t in [head, *head.ancestors] if t.pos_ == "VERB"), None)
    if verb is None or verb.lemma_ not in _LASTING:
        return False
    if verb.dep_ == "xcomp" and verb.head == trigger.head:
        return True  # `the meeting is scheduled to last`
    return verb in (trigger, trigger.head, trigger.head.head)
