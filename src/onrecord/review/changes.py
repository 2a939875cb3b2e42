"""What changed: between two times, and since the last meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from onrecord.review import phrasing
from onrecord.review.material import Material, article_days
from onrecord.types import MergedMeeting, Range

MIN_SHARE = 0.06
"""An issue with a smaller share of an article's issue terms is a passing mention, not on the agenda."""


def agenda(material: Material, during: Range) -> dict[str, str]:
    """Issues on the table during some days (id → label): of articles published and meetings held then."""
    told: dict[str, str] = {}
    for article_id, weights in material.weights.items():
        article = material.articles.get(article_id)
        days = article_days(article) if article else None
        if days and days.overlaps(during):
            told |= {w.id: w.label for w in weights if w.weight >= MIN_SHARE}
    for meeting in material.meetings:
        if meeting.date and meeting.date.overlaps(during):
            told |= {i: material.label(i) for i in meeting.agenda}
    return dict(sorted(told.items()))


def last_held(material: Material, as_of: date | None) -> MergedMeeting | None:
    """The latest meeting held on or before a day."""
    held = [
        m
        for m in material.meetings
        if m.status == "held" and m.date and m.date.start and (as_of is None or m.date.start <= as_of)
    ]
    return max(held, key=lambda m: (phrasing.day_key(m.date), m.id), default=None)


def lead(material: Material, as_of: date | None) -> tuple[str, ...]:
    """The first paragraph, most important first; each sentence rests on rows that the brief shows below."""
    names = phrasing.listed([s.name for s in material.sides])
    told = [
        *_moved(material),
        *_broken(material),
        *_last_meeting(material, as_of),
        *_to_come(material, as_of),
        *_overdue(material, as_of),
    ]
    disputes = [d for d in material.disputes if len(d.sides) > 1]
    if disputes:
        about = [d.about.rstrip(".") for d in disputes[:3]]
        on = " on" if all(a.startswith("whether") for a in about) else ":"
        told.append(f"Accounts differ{on} {phrasing.listed(about)}.")
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


def _overdue(material: Material, as_of: date | None) -> Iterable[str]:
    """Agreements whose day has passed without a word that they took effect."""
    late = [a for a in material.agreements if (phrasing.due(a, as_of) or "").startswith("overdue")]
    if late:
        yield f"Overdue: {phrasing.listed([a.subject for a in late])}."


def _last_meeting(material: Material, as_of: date | None) -> Iterable[str]:
    meeting = last_held(material, as_of)
    if meeting is None:
        return
    who = phrasing.listed([material.name(p) for p in meeting.participants])
    where = f" in {meeting.place}" if meeting.place else ""
    how_long = f", for {meeting.length_told}" if meeting.length_told else ""
    yield f"The last meeting on record is that of {who}{where} on {phrasing.days(meeting.date)}{how_long}."


def _to_come(material: Material, as_of: date | None) -> Iterable[str]:
    for meeting in material.meetings:
        ahead = meeting.date is None or as_of is None or (meeting.date.end or date.max) >= as_of
        if meeting.status == "prospective" and ahead:
            where = f" in {meeting.place}" if meeting.place else ""
            who = phrasing.listed([material.name(p) for p in meeting.participants])
            yield f"A meeting of {who}{where} was ahead ({phrasing.days(meeting.date)})."


def since_last_meeting(material: Material, as_of: date | None) -> tuple[str, ...]:
    """Issues that came up or went, stances that moved, agreements made since the last meeting held."""
    meeting = last_held(material, as_of)
    if meeting is None or meeting.date is None or meeting.date.end is None:
        return ()
    last = meeting.date.end
    before, after = agenda(material, Range(None, last)), agenda(material, Range(last, None))
    told = [f"New on the agenda: {label}." for issue, label in after.items() if issue not in before]
    told += [
        f"{material.name(p.actor)} on {material.label(p.issue)}: from “{p.shift_from}” to “{p.stance}”."
        for p in material.positions
        if p.shift_from and p.range and p.range.start and p.range.start > last
    ]
    told += [
        f"{a.state.replace('_', ' ').capitalize()}: {a.subject}."
        for a in material.agreements
        if a.made_on and a.made_on.start and a.made_on.start > last
    ]
    counts = Counter(s.side.name for s in material.said if s.days and s.days.start and s.days.start > last)
    told += [f"{name}: {n} statement{'s' if n > 1 else ''} since." for name, n in sorted(counts.items())]
    return tuple(told)
