"""The first paragraph of a brief: what changed, most important first, and where things stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from onrecord.facts.sides import Side
from onrecord.review import phrasing
from onrecord.review.aimed import aimed_at
from onrecord.review.changes import agenda, last_held
from onrecord.review.material import Material, Said, within
from onrecord.review.tone import deeds, tone, weighed
from onrecord.types import Act, MergedMeeting, Range

RECENT = timedelta(days=31)
"""What was written in these days before the newest article is compared with all that was written before."""
ANSWERS: frozenset[Act] = frozenset({"deny", "reject"})
"""Acts that answer the other side without naming it ("rejected the threat")."""
MAX_NAMED = 3
"""Issues, agreements or disputes named in one sentence of the first paragraph."""


def lead(material: Material, as_of: date | None) -> tuple[str, ...]:
    """Sentences, most important first; each rests on rows that the brief shows below."""
    told = [
        *_moved(material),
        *_broken(material),
        *_turned(material),
        *_agreed(material),
        *_newest_acts(material),
        *_last_meeting(material, as_of),
        *_to_come(material, as_of),
        *_overdue(material, as_of),
        *_disputed(material),
    ]
    names = phrasing.listed([s.name for s in material.sides])
    if not material.articles:
        return (f"No article on record tells of {names} together.",)
    if not told:
        told.append(f"The record holds {len(material.said)} statements of {names} and no meeting of the two.")
    return tuple(told)


def _moved(material: Material) -> Iterable[str]:
    shifts = [p for p in material.positions if p.shift_from]
    newest = max(shifts, key=lambda p: (phrasing.day_key(p.range), p.id), default=None)
    if newest:
        label = material.label(newest.issue)
        yield (
            f"{material.name(newest.actor)} moved on {label}: from “{newest.shift_from}” to "
            f"“{newest.stance}” ({phrasing.days(newest.range)})."
        )


def _broken(material: Material) -> Iterable[str]:
    """Agreements left or broken."""
    for agreement in material.agreements:
        if agreement.state in ("violated", "withdrawn"):
            what = "was told to be broken" if agreement.state == "violated" else "was left"
            yield f"The {agreement.subject} {what}."


def _agreed(material: Material) -> Iterable[str]:
    """The newest agreement, where the newest articles tell that it was made."""
    since = _since(material)
    made = [
        a
        for a in material.agreements
        if a.state in ("agreed", "in_force") and a.made_on and within(a.made_on, since, None)
    ]
    newest = max(made, key=lambda a: (phrasing.day_key(a.made_on), a.id), default=None)
    if newest:
        yield f"Agreed: {newest.subject} ({phrasing.days(newest.made_on)})."


def _periods(material: Material) -> tuple[Range, Range] | None:
    """The days before, and those of the newest articles; None where all were written at one time."""
    starts = [d.start for a in material.articles.values() if (d := a.days) and d.start]
    if not starts or min(starts) >= max(starts) - RECENT:
        return None
    turn = max(starts) - RECENT
    return Range(None, turn - timedelta(days=1)), Range(turn, None)


def _since(material: Material) -> date | None:
    """The first day of the newest articles; None where all were written at one time."""
    periods = _periods(material)
    return periods[1].start if periods else None


def _turned(material: Material) -> Iterable[str]:
    """Issues that came up, and how the tone turned."""
    periods = _periods(material)
    if periods is None:
        return
    # Of articles only: a look back at a meeting brings its issues up when the article is written.
    before, after = (agenda(material, days, of_meetings=False) for days in periods)
    weights: dict[str, float] = {}
    for weight in (w for ws in material.weights.values() for w in ws):
        weights[weight.id] = max(weight.weight, weights.get(weight.id, 0.0))
    new = sorted((i for i in after if i not in before), key=lambda i: (-weights.get(i, 0.0), i))
    if new:
        yield f"New on the agenda: {phrasing.listed([after[i] for i in new[:MAX_NAMED]])}."
    told = deeds(material)
    first, second = (tone(told, days) for days in periods)
    if first.value is not None and second.value is not None and first.value != second.value:
        way = "fell" if second.value < first.value else "rose"
        yield f"The tone between them {way} from {first.told} to {second.told}, on a scale from −10 to 10."


def _newest_acts(material: Material) -> Iterable[str]:
    """What each side last did with words, one sentence a side; of acts aimed at the other if there are."""
    since = _since(material)
    acts = [
        s
        for s in material.said
        if weighed(s.statement)
        and within(s.days, since, None)
        and (s.statement.act in ANSWERS or aimed_at(material, s))
    ]
    for side in material.sides:
        own = [s for s in acts if s.side == side]
        newest = max(own, key=lambda s: _weight(material, s), default=None)
        if newest:
            yield _sentence(material, newest, side)


def _weight(material: Material, said: Said) -> tuple[object, ...]:
    aimed = aimed_at(material, said) is not None
    return aimed, phrasing.day_key(said.days), said.statement.confidence, said.statement.id


def _sentence(material: Material, said: Said, side: Side) -> str:
    """`Ida Berg (Norway) warned that …`; words that do not go on from the verb stand behind a colon."""
    statement = said.statement
    speaker = phrasing.listed([material.name(a) for a in statement.said_by])
    who = speaker if speaker == side.name or side.name in speaker else f"{speaker} ({side.name})"
    words = phrasing.shortened(statement.quote).rstrip(" ,.;")
    goes_on = statement.speech == "indirect" and words.lower().startswith(("that ", "to "))
    mark = "" if goes_on else ":"
    quoted = words if goes_on or words[:1] in "\"“'‘" else f"‹{words}›"
    return f"{who} {phrasing.act(statement)}{mark} {quoted} ({phrasing.days(said.days)})."


def _last_meeting(material: Material, as_of: date | None) -> Iterable[str]:
    meeting = last_held(material, as_of)
    if meeting is None:
        return
    who = phrasing.listed([material.name(p) for p in meeting.participants])
    where = f" in {meeting.place}" if meeting.place else ""
    how_long = f", for {meeting.length_told}" if meeting.length_told else ""
    yield f"The last meeting on record is that of {who}{where} on {phrasing.days(meeting.date)}{how_long}."


def _to_come(material: Material, as_of: date | None) -> Iterable[str]:
    """Meetings ahead; one without a day only where it was told of after the last meeting held."""
    last = last_held(material, as_of)
    for meeting in material.meetings:
        if meeting.status == "prospective" and _ahead(material, meeting, last, as_of):
            where = f" in {meeting.place}" if meeting.place else ""
            who = phrasing.listed([material.name(p) for p in meeting.participants])
            yield f"A meeting of {who}{where} was ahead ({phrasing.days(meeting.date)})."


def _ahead(
    material: Material, meeting: MergedMeeting, last: MergedMeeting | None, as_of: date | None
) -> bool:
    if meeting.date is not None:
        return as_of is None or (meeting.date.end or date.max) >= as_of
    if last is None or last.date is None or last.date.start is None:
        return True
    told = [material.articles[a.article] for a in meeting.accounts if a.article in material.articles]
    return any(within(a.days, last.date.start, None) for a in told)


def _overdue(material: Material, as_of: date | None) -> Iterable[str]:
    """Agreements whose day has passed without a word that they took effect."""
    late = [a for a in material.agreements if (phrasing.due(a, as_of) or "").startswith("overdue")]
    if late:
        named = [f"{a.subject} (since {phrasing.days(a.effective)})" for a in late[:MAX_NAMED]]
        yield f"Overdue, by what the articles tell: {phrasing.listed(named)}."


def _disputed(material: Material) -> Iterable[str]:
    disputes = [d for d in material.disputes if len(d.sides) > 1]
    if disputes:
        about = [d.about.rstrip(".") for d in disputes[:MAX_NAMED]]
        on = " on" if all(a.startswith("whether") for a in about) else ":"
        yield f"Accounts differ{on} {phrasing.listed(about)}."
