"""The day of an encounter: which of a sentence's day words its trigger owns."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from onrecord.extract.meetings.details import belongs, is_given_up
from onrecord.extract.meetings.pointing import is_where_clause
from onrecord.extract.scene import Scene, clause_of
from onrecord.types import Range, TimeExpr, day_range

if TYPE_CHECKING:
    from spacy.tokens import Token

_DAYS = re.compile(r"P(\d)D")
FAR = 9
"""Length of a way that any day of the encounter's own clause beats."""
_DAY_BEFORE = re.compile(
    r"\b(?:the day before|the previous day|a day earlier|one day earlier)\b(?! yesterday)"
)


def nearest_time(
    scene: Scene, trigger: Token, taking_part: frozenset[int], *, called_off: Token | None = None
) -> TimeExpr | None:
    """The day words that say when: the shortest way through the syntax, then the nearest in the text.

    `called_off` is the verb that called the encounter off or put it off: `until June 19` is then its day,
    and the day on which somebody put it off is not.
    """
    ranked = []
    told = [(t, h) for t in scene.times_of(trigger.sent) if (h := scene.head_of(t.start, t.end)) is not None]
    if called_off is not None:
        put_off_to = [t for t, h in told if t.type == "DATE" and _is_new_day(h, called_off, trigger)]
        if put_off_to:
            return put_off_to[0]
    for time, head in told:
        if time.type not in ("DATE", "TIME") or is_given_up(head):
            continue
        if called_off is not None and _owner(head) == called_off:
            continue
        length = belongs(head, trigger, taking_part)
        if length is None and is_where_clause(trigger) and _is_same_past(trigger, _owner(head)):
            length = FAR  # `arrived on Tuesday in Lima, where he met B`
        if (clause := when_clause(head)) is not None and (
            trigger in (clause, clause.head) or _is_to_be(trigger, clause)
        ):
            length = 0 if _is_day_of(head, trigger, clause) else None
        if length is not None:
            ranked.append((time.range is None, length, abs(head.i - trigger.i), time.start, time))
    return min(ranked)[-1] if ranked else None


def _is_same_past(trigger: Token, main: Token) -> bool:
    """A plain past tense in the relative clause, under the verb that the day hangs on."""
    earlier = any(c.lower_ == "had" for c in trigger.children)
    return main.pos_ == "VERB" and main in trigger.ancestors and trigger.tag_ == "VBD" and not earlier


def when_clause(head: Token) -> Token | None:
    """The verb of a clause with `when`, `after` or `before` that a day stands right in front of or beside.

    `offered it on Monday when A received B`, `called on Monday, three weeks after the two met in May`.
    """
    if head.dep_ != "pobj":
        return None
    own = next((c for c in head.children if c.dep_ == "relcl" and _opening(c)), None)
    if own is not None:
        return own
    verb = _owner(head)
    verb = verb if verb.pos_ == "VERB" else next((t for t in verb.ancestors if t.pos_ == "VERB"), verb)
    mark = _opening(verb)
    if verb.dep_ in ("advcl", "relcl") and mark is not None and head.i < mark.i:
        return verb  # the parser gave the day of the main clause to the one behind it
    below = (c for c in verb.children if c.dep_ == "advcl" and c.tag_ == "VBD")
    return next(
        (c for c in below if (m := _opening(c)) is not None and m.lower_ == "when" and head.i < m.i), None
    )


def _opening(verb: Token) -> Token | None:
    """The word that opens a clause of time."""
    return next((c for c in verb.children if c.lower_ in ("when", "after", "before") and c.i < verb.i), None)


def _is_to_be(trigger: Token, clause: Token) -> bool:
    """`on August 27, when A is to visit B`: the infinitive under the clause's verb."""
    return trigger.dep_ == "xcomp" and trigger.head == clause and clause.lemma_ == "be"


def _is_day_of(head: Token, trigger: Token, clause: Token) -> bool:
    """A day before `when` is that of both verbs, one before `after` that of the main verb alone."""
    mark = _opening(clause)
    return trigger == clause.head or (mark is not None and mark.lower_ == "when")


def days_after(scene: Scene, trigger: Token) -> Range | None:
    """`said on Thursday, a day after he met B`: the day counted from the main verb's own."""
    mark = _opening(trigger)
    if trigger.dep_ != "advcl" or mark is None or mark.lower_ != "after":
        return None
    times = scene.times_of(trigger.sent)
    lead = [t for t in times if t.end <= mark.idx]
    behind = (scene.head_of(t.start, t.end) for t in times if t.type == "DATE" and t.start > mark.idx)
    if any(h is not None and trigger in h.ancestors for h in behind):
        return None  # the clause names its own day
    if len(lead) == 1 and not scene.text[lead[0].end : mark.idx].strip():
        return _after(scene, lead[0], _day_told_before(scene, trigger.sent.start_char))
    if len(lead) < 2 or scene.text[lead[-1].end : mark.idx].strip() or lead[-2].range is None:
        return None
    gap = _DAYS.fullmatch(lead[-1].value)
    anchor, head = lead[-2].range, scene.head_of(lead[-2].start, lead[-2].end)
    if not gap or anchor.days != 1 or not anchor.start or head is None or trigger.head not in head.ancestors:
        return None
    return day_range(anchor.start - timedelta(days=int(gap[1])))


def _after(scene: Scene, time: TimeExpr, told: Range | None) -> Range | None:
    """`The offer came a day after A rang B`: counted from the day that the sentences before tell."""
    gap = _DAYS.fullmatch(time.value)
    return day_range(told.start - timedelta(days=int(gap[1]))) if gap and told and told.start else None


def _day_told_before(scene: Scene, at: int) -> Range | None:
    """The one day told last in the characters before, none that lies ahead of the article."""
    before = scene.parsed.times_in(max(0, at - LOOK_BACK), at)
    told = [t.range for t in before if t.type == "DATE" and t.range and t.range.days == 1]
    written = scene.parsed.article.published_range
    last = written.end if written else None
    past = [day for day in told if last is None or (day.start and day.start <= last)]
    return past[-1] if past else None


def day_before(scene: Scene, trigger: Token) -> Range | None:
    """`said on Thursday … when they met the day before`: the day before the one that the sentence tells."""
    sentence = trigger.sent
    found = _DAY_BEFORE.search(sentence.text, max(0, trigger.idx - sentence.start_char))
    if found is None:
        return None
    at = sentence.start_char + found.start()
    told = [t.range for t in scene.times_of(sentence) if t.end <= at and t.type == "DATE" and t.range]
    last = told[-1] if told else _day_told_before(scene, sentence.start_char)
    if last is None or last.days != 1 or not last.start:
        return None
    return day_range(last.start - timedelta(days=1))


_SAME_DAY = re.compile(r"\b(?:that|the) same (?:day|morning|afternoon|evening|night)\b")
LOOK_BACK = 400
"""Characters before `that same afternoon` in which its day is looked for."""


def same_day(scene: Scene, trigger: Token) -> Range | None:
    """`had told B that same afternoon`: the day told last before it."""
    sentence = trigger.sent
    found = _SAME_DAY.search(sentence.text)
    if found is None or trigger.pos_ != "VERB":
        return None
    at = sentence.start_char + found.start()
    return _day_told_before(scene, at)


def day_of_news(scene: Scene, trigger: Token) -> Range | None:
    """`agreed on Thursday …, it was announced at the end of his talks`: the one day of the main clause."""
    root = trigger.sent.root
    phrase = next((t for t in [trigger, *trigger.ancestors] if t.dep_ == "prep"), None)
    last = (
        phrase is not None and phrase.lower_ == "of" and phrase.head.lemma_ in ("end", "close", "conclusion")
    )
    within = last or (phrase is not None and phrase.lower_ in ("after", "following"))
    main_clause = phrase is not None and clause_of(phrase) == root and root.tag_ in ("VBD", "VBN")
    if trigger.pos_ != "NOUN" or trigger.dep_ != "pobj" or not (within and main_clause):
        return None
    days = set()
    for time in scene.times_of(trigger.sent):
        head = scene.head_of(time.start, time.end) if time.type == "DATE" and time.range else None
        verb = _owner(head) if head is not None else None
        main = verb is not None and verb.tag_ == "VBD" and (verb == root or verb.dep_ in ("ccomp", "conj"))
        if main and verb is not None and verb.head == root and time.range and time.range.days == 1:
            days.add(time.range)
    return days.pop() if len(days) == 1 else None


def _owner(head: Token) -> Token:
    """The token that a time hangs on, past its preposition."""
    above = head.head
    return above.head if above.dep_ == "prep" or above.pos_ == "ADP" else above


def _is_new_day(head: Token, called_off: Token, trigger: Token) -> bool:
    """`put off until March 20`, `postponed from June 5 to June 19`."""
    if not is_put_off_to(head):
        return False
    prep = head.head
    owner = prep.head.head if prep.head.lower_ == "from" else prep.head
    return owner in (called_off, trigger)


def is_put_off_to(head: Token) -> bool:
    """`until March 20`, `to June 19`: a day that something was moved to."""
    return head.dep_ == "pobj" and head.head.lower_ in ("to", "until", "till")
