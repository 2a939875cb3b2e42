"""The days that a telling of an agreement names: made, in force from, until."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from onrecord.extract.agreements import words
from onrecord.extract.scene import Scene, auxiliaries, clause_of
from onrecord.extract.weekdays import weekday_of
from onrecord.types import Mark, Range, TimeExpr

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token

AHEAD = frozenset(
    {"will", "wo", "'ll", "’ll", "shall", "would", "may", "might", "could", "can", "should", "must"}
)


class Day(NamedTuple):
    """Days told, and the weekday where only that was told; `ahead` when it was still to come."""

    days: Range
    weekday: int | None
    ahead: bool


def made_on(scene: Scene, verb: Token | None) -> Day | None:
    """The day under a verb of agreeing."""
    if verb is None or verb.pos_ != "VERB" or verb.lemma_ not in words.MAKE:
        return None
    return _day_under(scene, verb)


def day_of(scene: Scene, trigger: Token, lemmas: frozenset[str] | set[str]) -> Day | None:
    """The day under a verb of beginning or ending whose subject, object or clause is the agreement."""
    near = [trigger.head, *trigger.subtree, *(c for c in trigger.head.subtree)]
    for verb in near:
        if verb.pos_ != "VERB" or verb.lemma_ not in lemmas:
            continue
        below = {t.lower_ for t in verb.subtree}
        lasting = verb.lemma_ == "run" and below & {"until", "till", "through"}
        light = verb.lemma_ in ("take", "come", "enter", "go", "run")
        if light and not (below & {"effect", "force", "out"} or lasting):
            continue
        day = _day_under(scene, verb)
        if day:
            return day
    return None


def day_from(scene: Scene, verb: Token) -> Day | None:
    """`agreed that lorries may cross from July 1`: the day from which what is agreed holds."""
    for time in scene.times_of(verb.sent):
        head = scene.head_of(time.start, time.end)
        if time.type != "DATE" or time.range is None or time.range.days != 1 or head is None:
            continue
        prep = head.head
        deed = prep.head.head if _is_as_of(prep) else prep.head
        while deed.pos_ in ("NOUN", "ADP") and _is_as_of(prep) and deed.head != deed:
            deed = deed.head  # `at eight crossings as of July 12`: given to the noun before
        after = scene.text[time.end : time.end + 12].split()[:1]
        if (
            (prep.lower_ != "from" and not _is_as_of(prep))
            or deed.pos_ != "VERB"
            or after in (["to"], ["until"], ["through"], ["till"])
        ):
            continue
        ahead = deed.tag_ == "VB" or is_modal(deed)
        if ahead and deed in verb.subtree:
            return Day(time.range, weekday_of(time), True)
    return None


def between(scene: Scene, verb: Token) -> tuple[Day | None, Day | None]:
    """`from April 1 to Oct. 31` under a verb: the two days, where both are told."""
    found: dict[str, Day] = {}
    for time in scene.times_of(verb.sent):
        head = scene.head_of(time.start, time.end)
        if time.type != "DATE" or time.range is None or time.range.days != 1 or head is None:
            continue
        under = next((t for t in head.ancestors if t.pos_ in ("VERB", "AUX")), None) == verb
        if under and head.dep_ == "pobj" and head.head.lower_ in ("from", "to", "until", "till", "through"):
            name = "from" if head.head.lower_ == "from" else "to"
            found.setdefault(name, Day(time.range, weekday_of(time), ahead=True))
    return (found["from"], found["to"]) if len(found) == 2 else (None, None)


_FROM = frozenset({"from", "starting", "beginning", "effective", "since", "after"})
_UNTIL = frozenset({"until", "till", "through"})
_BY = frozenset({"by", "before", "within", "for", "at", "of"})
"""Prepositions of days by which something is due, or that tell one happening from others."""
MONTH = 31
"""Days of the longest stretch that is a day of an agreement: `until October 2028`."""


def told_days(scene: Scene, sentence: Run, trigger: Token, away: Sequence[Mark]) -> dict[str, Day]:
    """The days that a sentence on an agreement tells, by preposition, verb and tense.

    A day to come that is not of an encounter ahead (`away`) is the one from which it holds; a past one in the
    trigger's own clause the one on which it was made.
    """
    found: dict[str, Day] = {}
    meeting = {v for m in away if (v := scene.head_of(m.start, m.end)) is not None}
    for time in scene.times_of(sentence):
        head = scene.head_of(time.start, time.end)
        if time.type != "DATE" or time.range is None or head is None:
            continue
        if (time.range.days or MONTH) > MONTH:
            continue
        above = [head, *head.ancestors]
        verb = next((t for t in above if t.pos_ in ("VERB", "AUX")), head)
        if any(m == verb or m in verb.children for m in meeting):
            continue
        prep = _words_before(head)
        ahead = verb.tag_ not in ("VBD", "VBN") or is_modal(verb)
        day = Day(time.range, weekday_of(time), ahead)
        if prep & _UNTIL or verb.lemma_ in words.EXPIRE:
            found.setdefault("expires", day)
        elif (
            prep & _FROM
            or _is_as_of(head.head)
            or verb.lemma_ in words.BEGIN
            or (_comes_after(scene, time) and not prep & _BY)
        ):
            found.setdefault("effective", day)
        elif verb in (trigger, clause_of(trigger)) and not ahead and not prep & _BY:
            found.setdefault("made_on", day)
    return found


def _words_before(head: Token) -> set[str]:
    """The prepositions over a day: `from`, `starting on`."""
    return {t.lower_ for t in (head.head, head.head.head) if t.pos_ in ("ADP", "SCONJ", "VERB", "ADJ", "ADV")}


def _comes_after(scene: Scene, time: TimeExpr) -> bool:
    """Wholly after the article's writing."""
    written = scene.parsed.article.published_range
    start = time.range.start if time.range else None
    return bool(start and written and written.end and start > written.end)


def _is_as_of(prep: Token) -> bool:
    """`as of July 12`."""
    return prep.lower_ == "of" and prep.head.lower_ == "as"


def _day_under(scene: Scene, verb: Token) -> Day | None:
    """The first day that hangs on a verb itself, not on a clause below it."""
    for time in scene.times_of(verb.sent):
        head = scene.head_of(time.start, time.end)
        if time.type != "DATE" or time.range is None or head is None:
            continue
        above = next((t for t in head.ancestors if t.pos_ in ("VERB", "AUX")), None)
        if above == verb:
            ahead = verb.tag_ not in ("VBD", "VBN") or is_modal(verb)
            return Day(time.range, weekday_of(time), ahead)
    return None


def maker(noun: Token, governing: Token | None) -> Token | None:
    """The verb whose day is the agreement's own: in `broke the treaty, which they signed in May`, signed."""
    if governing is not None and governing.lemma_ in words.MAKE:
        return governing
    below = (c for c in noun.subtree if c.dep_ in ("relcl", "acl") and c.lemma_ in words.MAKE)
    return next(below, governing)


def is_modal(verb: Token) -> bool:
    """Under `will`, `could` and the like."""
    return any(a.lower_ in AHEAD for a in auxiliaries(verb))


def is_ahead(verb: Token) -> bool:
    """Whether a verb tells of what may come: under `will` or `could`, in the infinitive, or joined to one.

    `could lead them to give up and agree on quotas`; "did not agree" tells of what was.
    """
    first = verb
    while first.dep_ == "conj" and first.head.pos_ in ("VERB", "AUX") and first.head != first:
        first = first.head
    if is_modal(verb):
        return True
    done = {a.lower_ for one in (verb, first) for a in auxiliaries(one)} & {"do", "does", "did"}
    return first.tag_ == "VB" and verb.tag_ in ("VB", "VBP") and not done
