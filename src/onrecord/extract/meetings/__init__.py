"""Encounters that one article tells of: who met whom, where, when, for how long, on what occasion.

A meeting needs two sides in its words. What is told of it in several sentences is one row; a look back at an
earlier encounter, or a look ahead to a later one, is a row of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from onrecord.extract.meetings import details, lengths, marked_details, status, when, words
from onrecord.extract.meetings.agenda import agendas
from onrecord.extract.meetings.ceremony import is_beside, place_of_signing, signing
from onrecord.extract.meetings.company import company_of
from onrecord.extract.meetings.grouping import Encounter, group, same_name
from onrecord.extract.meetings.joining import joined
from onrecord.extract.meetings.people import participants, sides, state_sides, the_two_states
from onrecord.extract.meetings.readers import SURE, triggers
from onrecord.extract.meetings.readouts import readouts
from onrecord.extract.meetings.sightings import Sighting
from onrecord.extract.meetings.trigger import Trigger
from onrecord.extract.scene import Scene
from onrecord.extract.weekdays import WEEK, is_weekday, only_day, weekday_of
from onrecord.facts.happenings import Happenings
from onrecord.facts.issues import Taxonomy
from onrecord.types import Medium, Meeting, MeetingStatus, Parsed, Range, Statement, TimeExpr, cut, row_id

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token

__all__ = ["extract"]


def extract(
    parsed: Parsed, statements: Sequence[Statement], happenings: Happenings, taxonomy: Taxonomy
) -> tuple[Meeting, ...]:
    """All encounters of an article, in the order they are first told.

    Days come from the article's words; where words name a gathering of the table of happenings and leave only
    one, from there, and `date_basis` names the row.
    """
    scene = Scene(parsed, statements)
    encounters = group(scene, _sightings(scene, happenings))
    return tuple(
        _meeting(scene, encounter, agenda)
        for encounter, agenda in zip(encounters, agendas(scene, encounters, taxonomy), strict=True)
    )


def _sightings(scene: Scene, happenings: Happenings) -> Iterator[tuple[int, Sighting]]:
    for number, sentence in enumerate(scene.sentences):
        for trigger in triggers(scene, sentence):
            sighting = _sighting(scene, sentence, trigger, happenings)
            if sighting:
                yield number, sighting


def _sighting(scene: Scene, sentence: Run, trigger: Trigger, happenings: Happenings) -> Sighting | None:
    token = trigger.token
    people = participants(scene, trigger.left + trigger.right)
    told_of = participants(scene, trigger.left) or not trigger.right
    both = len(state_sides(scene, people)) >= 2 and bool(told_of)
    told = _told(scene, trigger, both=both)
    if not both and token.pos_ == "NOUN" and status.is_news_of_change(token, told):
        people = the_two_states(scene, people) or people
        both = len(state_sides(scene, people)) >= 2
    if told is None or not (both or trigger.definite):
        return None
    if trigger.echo and not both:
        people = ()
    owned = frozenset(i for i, m in scene.mention_of.items() if set(scene.ids(m)) & set(people))
    called_off = status.called_off_by(token) if told in ("cancelled", "postponed") else None
    marked = trigger.marked
    time = when.nearest_time(scene, token, owned, called_off=called_off)
    if marked and marked.days and not (time and (called_off is not None or trigger.rule != "marked")):
        time = marked_details.time_of(scene, marked) or time
    spots = list(details.places(scene, token, owned))
    ahead = called_off is not None or (marked is not None and not {told, marked.status} & {"held", "denied"})
    day = _day_ahead(scene, time) if time and ahead else time.range if time else None
    day = when.day_before(scene, token) or when.days_after(scene, token) or day
    day = day or when.same_day(scene, token) or when.day_of_news(scene, token)
    if marked and day is None:
        day = marked_details.day_of_month(scene, marked)
    place = next((p.name for p in spots if not p.hall), None)
    hall = next((p.name for p in spots if p.hall), None)
    if place is None and told == "held" and (hall or details.is_here(token)):
        place = details.dateline(scene, sentence)
    if trigger.medium in ("call", "video"):
        place = hall = None  # `statements issued in Beijing after the call`
    if trigger.placed and not (place or hall) and (signed := signing(scene)):
        place, day = place_of_signing(scene, signed[1]), day or signed[0]
    length = lengths.length(scene, token)
    sighting = Sighting(
        trigger=token.i,
        span=scene.span_of(sentence),
        participants=people,
        joined=joined(scene, token),
        whole=both,
        definite=trigger.definite,
        implied=trigger.implied,
        echo=trigger.echo,
        plural=token.tag_ == "NNS",
        ordinal=_ordinal(token),
        date=day,
        date_basis="words" if day else None,
        weekday=weekday_of(time) if time else None,
        place=place,
        hall=hall,
        occasion=details.occasion(token, owned),
        minutes=length.minutes if told == "held" else None,
        length_told=length.told,
        length_planned=length.planned,
        start=details.start(scene, token, owned),
        medium=trigger.medium,
        status=told,
        firm=both or status.is_firm(token),
        on_word_of=s.id if (s := scene.statement_at(token.idx)) else None,
        present=_present(scene, sentence),
        sure=0.9 if both else 0.6,
    )
    if marked is not None:
        sighting = marked_details.refined(scene, sentence, sighting, marked, ruled=trigger.rule != "marked")
    located = sighting.hall or sighting.place or (trigger.implied and sighting.occasion)
    if (trigger.implied or trigger.placed) and not located:
        return None
    if trigger.placed and told != "held":
        return None
    return _settled(scene, _from_table(scene, sighting, happenings))


def _told(scene: Scene, trigger: Trigger, *, both: bool) -> MeetingStatus | None:
    """What the words themselves tell, else the mark, else syntax; syntax knows best what was called off."""
    by_syntax = status.of(trigger.token, role=scene.parsed.role_at(trigger.token.idx))
    told = trigger.marked
    if told is None or trigger.status is not None:
        return trigger.status or by_syntax
    if by_syntax in ("cancelled", "postponed", "denied"):
        return by_syntax
    if by_syntax is None and told.status == "denied":
        return None  # `did not schedule a next encounter`: nothing was said to have taken place
    changed = told.status in ("cancelled", "postponed") and told.sure >= SURE
    if trigger.rule == "marked" or changed or (by_syntax is None and both):
        return told.status
    return by_syntax


def _day_ahead(scene: Scene, time: TimeExpr) -> Range | None:
    """The day of what was called off: `planned for Tuesday` is no Tuesday before the article."""
    days, written = time.range, scene.parsed.article.published_range
    if not (days and days.days == 1 and days.end and written and written.start and is_weekday(time.text)):
        return days
    gone = days.end < written.start
    return Range(*(d + timedelta(days=WEEK) for d in days if d)) if gone else days


def _settled(scene: Scene, sighting: Sighting) -> Sighting:
    """With the calendar's word: an encounter whose day lies after the article is ahead."""
    told = status.settled(sighting.status, sighting.date, scene.parsed.article.published_range)
    return replace(sighting, status=told)


def _from_table(scene: Scene, sighting: Sighting, happenings: Happenings) -> Sighting:
    """Day and place of the gathering that the sentence names, where the table leaves only one."""
    if not (sighting.occasion or sighting.place or sighting.date):
        return sighting
    present = sides(scene, sighting.participants)
    told = [
        n.happening
        for n in happenings.named_in(scene.text[sighting.span.start : sighting.span.end])
        if not n.happening.states or not present or len(present & set(n.happening.states)) >= 2
    ]
    found = details.from_table(
        told, article=scene.parsed.article, date=sighting.date, place=sighting.place, status=sighting.status
    )
    if found is None or (not sighting.occasion and found.place != sighting.place):
        return sighting
    return replace(sighting, date=found.range, date_basis=found.basis, place=sighting.place or found.place)


def _present(scene: Scene, sentence: Run) -> tuple[str, ...]:
    span = scene.span_of(sentence)
    named = [a for m in scene.parsed.mentions_in(span.start, span.end) for a in scene.ids(m)]
    return tuple(a for a in dict.fromkeys(named) if (x := scene.actor(a)) and x.kind == "person")


def _ordinal(token: Token) -> str | None:
    mods = [c.lower_ for c in token.children if c.dep_ in ("amod", "det", "advmod")]
    return next((m for m in mods if m in words.OTHER_TIME), None)


def _meeting(scene: Scene, encounter: Encounter, agenda: tuple[str, ...]) -> Meeting:
    spans = tuple(sorted({t.span for t in encounter.tellings}))
    date, basis = _date(encounter)
    if date is None and any(is_beside(scene.text[s.start : s.end]) for s in spans):
        told_of = signing(scene)
        if told_of and _status(encounter) == "held":
            date, basis = told_of[0], "words"
            spans = tuple(sorted({*spans, told_of[1]}))
    place = _place(encounter) if _medium(encounter, None) not in ("call", "video") else None
    told = status.settled(_status(encounter), date, scene.parsed.article.published_range)
    people = encounter.participants
    voices = [t.on_word_of for t in encounter.tellings]
    length = next((t for t in encounter.tellings if t.length_told), None)
    planned = encounter.first("length_planned")
    company = company_of(scene, encounter)
    people = participants(scene, (*people, *company.people))
    spans = tuple(sorted({*spans, *company.spans}))
    parsed = scene.parsed
    return Meeting(
        id=row_id(
            "m", parsed.article.id, encounter.tellings[0].span.start, encounter.tellings[0].trigger, *people
        ),
        participants=people,
        delegations=_delegations(scene, people),
        occasion=encounter.first("occasion"),
        place=place,
        date=date,
        minutes=length.minutes if length else None,
        length_told=length.length_told if length else (f"planned: {planned}" if planned else None),
        length_planned=planned,
        start=encounter.first("start"),
        others=company.others,
        readouts=readouts(scene, people, spans) if told == "held" else (),
        medium=_medium(encounter, place),
        status=told,
        agenda=agenda,
        evidence=spans,
        text=cut(parsed.article.text, spans),
        date_basis=basis,
        on_word_of=voices[0] if all(voices) else None,
        confidence=max(t.sure for t in encounter.tellings),
        why="; ".join(dict.fromkeys(parsed.doc[t.trigger].text for t in encounter.tellings)),
    )


def _date(encounter: Encounter) -> tuple[Range | None, str | None]:
    """The narrowest range told, and what it rests on."""
    dated = [t for t in encounter.tellings if t.date]
    if not dated:
        return None, None
    best = min(dated, key=lambda t: (t.date.days or 10**6) if t.date else 10**6)
    weekday = next((t.weekday for t in encounter.tellings if t.weekday), None)
    if best.date and weekday and best.weekday is None:
        return only_day(best.date, weekday), best.date_basis
    return best.date, best.date_basis


def _place(encounter: Encounter) -> str | None:
    """`hall, city` as far as told."""
    hall, place = encounter.first("hall"), encounter.first("place")
    if hall and place and not same_name(hall, place):
        return f"{hall}, {place}"
    return hall or place


def _medium(encounter: Encounter, place: str | None) -> Medium | None:
    told = next((t.medium for t in encounter.tellings if t.medium), None)
    return told or ("in_person" if place or encounter.first("occasion") else None)


def _status(encounter: Encounter) -> MeetingStatus:
    """Called off or put off wins over held, held over ahead: later news beats the plan."""
    told = [t.status for t in encounter.tellings if t.firm] or [t.status for t in encounter.tellings]
    order: tuple[MeetingStatus, ...] = ("cancelled", "postponed", "denied", "held", "prospective")
    return next(s for s in order if s in told)


def _delegations(scene: Scene, people: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Country, or the actor itself where it has none → those who came for it."""
    sides_of: dict[str, list[str]] = {}
    for one in people:
        actor = scene.actor(one)
        key = actor.country if actor and actor.country else one
        sides_of.setdefault(key, []).append(one)
    return {key: tuple(ids) for key, ids in sorted(sides_of.items())}
