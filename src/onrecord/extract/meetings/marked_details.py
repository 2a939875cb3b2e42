"""Day, place and length of an encounter, where the learnt reader marks the words that tell them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from onrecord.extract.meetings import details, lengths, when
from onrecord.extract.meetings.marked import Marked, distance, has_open_side
from onrecord.extract.scene import Scene
from onrecord.types import Mark, Range, TimeExpr, day_range

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token

    from onrecord.extract.meetings.sightings import Sighting

_NAMED = re.compile(r"[A-Z]")
CERTAIN = 0.9
"""Least confidence of words for an encounter whose other side must be looked for in the article. With any
confidence it brought 3 meetings right and 15 wrong on 32 clusters."""
NEWS_DAYS = 3
"""Days before an article within which a day of its main clause is that of the encounter beside it."""
MONTH = 62
"""Days within which a day of the month comes again, the 31st too."""
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_HERE = frozenset({"here"})


class Spot(NamedTuple):
    """Town and house, as far as marked."""

    place: str | None = None
    hall: str | None = None


def time_of(scene: Scene, told: Marked) -> TimeExpr | None:
    """The time words that say when: of several marked ones the narrowest, then the nearest."""
    able = []
    for mark in told.days:
        near = _away(scene, mark, told)
        for time in scene.parsed.times:
            if time.start < mark.end and mark.start < time.end and time.type in ("DATE", "TIME"):
                head = scene.head_of(time.start, time.end)
                if head is None or details.is_given_up(head):
                    continue
                if is_elsewhere(head, told.token) and not _is_news(scene, time, told):
                    continue
                if told.status == "held" and _is_ahead(scene, time):
                    continue  # `agreed to lower duties on Sunday after he met B`
                new = told.status == "postponed" and when.is_put_off_to(head)
                days = time.range.days if time.range else None
                able.append((not new, days or 10**6, near, time.start, time))
    return min(able)[-1] if able else None


def day_of_month(scene: Scene, told: Marked) -> Range | None:
    """`on the 8th`: the last such day before the article, the next one of what is ahead."""
    written = scene.parsed.article.published_range
    for mark in told.days:
        found = _ORDINAL.search(scene.text, mark.start, mark.end)
        if found is None or not (written and written.start and written.end):
            continue
        if any(t.start < mark.end and mark.start < t.end and t.range for t in scene.parsed.times):
            continue
        past = told.status in ("held", "denied")
        step = timedelta(days=-1 if past else 1)
        day = written.end if past else written.start
        days = (day + n * step for n in range(MONTH))
        match = next((d for d in days if d.day == int(found[1])), None)
        if match is not None:
            return day_range(match)
    return None


def _is_ahead(scene: Scene, time: TimeExpr) -> bool:
    """A day after the article."""
    written, days = scene.parsed.article.published_range, time.range
    return bool(days and days.start and written and written.end and days.start > written.end)


def _is_news(scene: Scene, time: TimeExpr, told: Marked) -> bool:
    """`accepted today, A announced after talks with B`: the day of the news is that of the talks."""
    written, day = scene.parsed.article.published_range, time.range
    if told.status != "held" or not (day and day.days == 1 and day.end and written and written.end):
        return False
    return 0 <= (written.end - day.end).days <= NEWS_DAYS


def is_elsewhere(head: Token, token: Token) -> bool:
    """The word hangs on a verb of another clause: `the sailing starts on 15 January, A said after talks`."""
    above, below = [token, *token.ancestors], set(token.subtree)
    for step in head.ancestors:
        if step in above:
            return False
        if step.pos_ in ("VERB", "AUX") and step not in below and step.dep_ not in ("acl", "relcl"):
            return True
    return False


def spot(scene: Scene, sentence: Run, told: Marked) -> Spot:
    """The town and the house marked, towns of the table first; `here` is where the dateline says."""
    place = hall = None
    for mark in sorted(
        told.places, key=lambda m: (_unknown(scene, m), _is_bare(scene, m), _away(scene, m, told))
    ):
        words = scene.text[mark.start : mark.end]
        town = _town(scene, mark)
        named = _NAMED.search(words) and not _is_person(scene, mark) and not _is_object(scene, mark)
        if words.lower() in _HERE:
            place = place or details.dateline(scene, sentence)
        elif details.is_hall(words) and named:
            hall = hall or details.bare(words)
            place = place or town
        elif town or (named and not _is_state(scene, mark)):
            place = place or town or details.bare(words)
    return Spot(place, hall)


def _town(scene: Scene, mark: Mark) -> str | None:
    """The known place inside a marked phrase; no state where the phrase begins with another name."""
    known = [p for p in scene.parsed.places if p.start < mark.end and mark.start < p.end]
    cities = [p for p in known if p.kind != "state"]
    if cities:
        return cities[0].name
    before = scene.text[mark.start : known[0].start].strip() if known else ""
    return before if _NAMED.match(before) else None


def _is_state(scene: Scene, mark: Mark) -> bool:
    """`returned from Jordan, where he had held talks`: too wide to tell one encounter from another."""
    return any(p.start < mark.end and mark.start < p.end and p.kind == "state" for p in scene.parsed.places)


def _is_person(scene: Scene, mark: Mark) -> bool:
    """A name marked as a place that somebody bears."""
    inside = [m for m in scene.parsed.mentions if m.start < mark.end and mark.start < m.end]
    people = (a for m in inside for i in scene.ids(m) if (a := scene.actor(i)) and a.kind == "person")
    return any(" " in a.name for a in people)


def _unknown(scene: Scene, mark: Mark) -> bool:
    """A phrase without a place of the table."""
    return not any(p.start < mark.end and mark.start < p.end for p in scene.parsed.places)


def _is_object(scene: Scene, mark: Mark) -> bool:
    """`crossed the Mekong`: what something was done to."""
    head = scene.head_of(mark.start, mark.end)
    return head is not None and head.dep_ == "dobj"


def _is_bare(scene: Scene, mark: Mark) -> bool:
    """`the Mekong` in `crossed the Mekong to Nong Khai`: no preposition leads to it."""
    head = scene.head_of(mark.start, mark.end)
    return head is None or head.dep_ not in ("pobj", "pcomp")


def _away(scene: Scene, mark: Mark, told: Marked) -> int:
    head = scene.head_of(mark.start, mark.end)
    return distance(head, told.token) if head is not None else 99


def length(scene: Scene, told: Marked) -> lengths.Length:
    """The marked length: minutes where exact and of something that took place."""
    for start, end in _runs(scene, told.lengths):
        found = lengths.of_words(scene, start, end)
        if found.told is not None:
            planned = told.status != "held" or lengths.is_planned(scene, start, end)
            return lengths.Length(planned=found.told) if planned else found
    return lengths.Length()


def _runs(scene: Scene, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """Spans of marks, neighbours as one: the reader may part `an hour and` from `a half`."""
    runs: list[tuple[int, int]] = []
    for mark in sorted(marks, key=lambda m: m.start):
        if runs and len(scene.text[runs[-1][1] : mark.start].split()) <= 1:
            runs[-1] = (runs[-1][0], mark.end)
        else:
            runs.append((mark.start, mark.end))
    return runs


def refined(scene: Scene, sentence: Run, sighting: Sighting, told: Marked, *, ruled: bool) -> Sighting:
    """A sighting with what its marks tell in place of what rules made of the sentence."""
    found = spot(scene, sentence, told)
    long = length(scene, told)
    if sighting.medium in ("call", "video"):
        found = Spot()
    return replace(
        sighting,
        marked=True,
        ruled=ruled,
        open_side=told.sure >= CERTAIN and told.status != "denied" and has_open_side(scene, told),
        place=found.place or sighting.place,
        hall=found.hall or sighting.hall,
        minutes=sighting.minutes if sighting.length_told else long.minutes,
        length_told=sighting.length_told or long.told,
        length_planned=sighting.length_planned or long.planned,
    )
