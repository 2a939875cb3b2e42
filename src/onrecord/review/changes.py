"""What changed: between two times, and since the last meeting."""

from __future__ import annotations

from collections import Counter
from datetime import date

from onrecord.review import phrasing
from onrecord.review.material import Material
from onrecord.types import MergedMeeting, Range

MIN_SHARE = 0.06
"""An issue with a smaller share of an article's issue terms is a passing mention, not on the agenda."""


def agenda(material: Material, during: Range, *, of_meetings: bool = True) -> dict[str, str]:
    """Issues on the table during some days (id → label): of articles published and meetings held then."""
    told: dict[str, str] = {}
    for article_id, weights in material.weights.items():
        article = material.articles.get(article_id)
        days = article.days if article else None
        if days and days.overlaps(during):
            told |= {w.id: w.label for w in weights if w.weight >= MIN_SHARE}
    for meeting in material.meetings if of_meetings else ():
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
