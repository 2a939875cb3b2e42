"""Events across articles: the same type, dyad, date and place told in several articles is one event."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from datetime import timedelta

from onrecord.merge.ground import Ground, Told, common, day_key, first_told, fullest, same_place
from onrecord.types import Account, Event, EventCluster, row_id

MAX_DAYS = 4
"""Days of a range that still tells one event from the next of its kind."""

STEM = 5
"""Letters by which words of one deed are told alike (the baseline of the ECB+ scorer takes as many)."""

_PLAIN = re.compile(r"\b[a-z][a-z\-]{4,}\b")
"""Words without a capital, of five letters or more."""
MIN_PLAIN = 3
"""A headline of fewer such words says too little to tell its matter from another's."""
_TELLING = frozenset({"person", "state", "government", "armed_group"})

Row = Told[Event]


def merge(
    rows: Iterable[tuple[str, Event]], ground: Ground
) -> tuple[dict[str, str], tuple[EventCluster, ...]]:
    """Event id → cluster id for every event, and the clusters by day and id."""
    blocked: dict[Hashable, list[Row]] = {}
    for article, event in rows:
        told = Told(article, event)
        blocked.setdefault(block(told), []).append(told)
    groups = [g for block in blocked.values() for g in _within(block, ground)]
    merged = [_merged(group, ground) for group in groups]
    ids = {t.row.id: m.id for group, m in zip(groups, merged, strict=True) for t in group}
    return dict(sorted(ids.items())), tuple(sorted(merged, key=lambda m: (day_key(m.date), m.id)))


def block(told: Row) -> Hashable:
    """Type and whether it took place; a plan and its deed are two events."""
    status = told.row.status
    return told.row.type, "happened" if status in ("happened", "historical") else status


def _within(block: Sequence[Row], ground: Ground) -> list[list[Row]]:
    """Groups whose every member is the same as each other; found through shared days and alike articles."""
    rows = sorted(block, key=lambda t: (_vague(t), day_key(t.row.date), t.article, t.row.evidence, t.row.id))
    groups: list[list[Row]] = []
    near: dict[Hashable, list[int]] = {}
    for row in rows:
        close = sorted({n for hint in hints(row, ground) for n in near.get(hint, ())})
        home = next((n for n in close if all(same(row, member, ground) for member in groups[n])), None)
        if home is None:
            home = len(groups)
            groups.append([])
        groups[home].append(row)
        for place in places(row, ground):
            held = near.setdefault(place, [])
            if home not in held:
                held.append(home)
    return groups


def _vague(told: Row) -> bool:
    days = told.row.date.days if told.row.date else None
    return days is None or days > MAX_DAYS


def places(row: Row, ground: Ground) -> list[Hashable]:
    """Where a row can be found again: its days with its dyad, and its article with its word."""
    return [*_days(row, ground), (row.article, stem(row.row.trigger_text))]


def hints(row: Row, ground: Ground) -> list[Hashable]:
    """Where others that may be the same are found."""
    word = stem(row.row.trigger_text)
    articles = [*sorted(ground.alike.get(row.article, ())), row.article]
    return [*_days(row, ground), *((article, word) for article in articles)]


def _days(row: Row, ground: Ground) -> list[Hashable]:
    days, event = row.row.date, row.row
    if _vague(row) or not days or not days.start:
        return []
    told: list[Hashable] = []
    if event.actors and event.recipients:
        told.append((_sides(event.actors, ground), _sides(event.recipients, ground)))
    # `was arrested`: one named person, one word and one day tell it where nobody else is named
    word = stem(event.trigger_text)
    for role, ids in (("actor", event.actors), ("recipient", event.recipients)):
        told += [(role, a, word) for a in ids if ground.is_person(a) and word]
    return [(key, days.start + timedelta(n)) for key in told for n in range(days.days or 0)]


def _sides(ids: Iterable[str], ground: Ground) -> frozenset[str]:
    return frozenset(ground.side(a) for a in ids)


def stem(word: str) -> str:
    """First letters of a word in lower case: `attacked`, `attack` and `attacks` are one."""
    return word.lower()[:STEM]


def same(one: Row, other: Row, ground: Ground) -> bool:
    a, b = one.row, other.row
    if a.date and b.date and not a.date.overlaps(b.date):
        return False
    if (a.place and b.place and not same_place(a.place, b.place)) or (a.mode and b.mode and a.mode != b.mode):
        return False
    word = stem(a.trigger_text) == stem(b.trigger_text)
    if _other_people(a, b, ground):
        return False
    shared = 0
    for mine, theirs in ((a.actors, b.actors), (a.recipients, b.recipients)):
        both = _sides(mine, ground) & _sides(theirs, ground)
        if mine and theirs and not both:
            return False
        shared += len(_telling(both, ground))
    if not shared:
        return False  # `was arrested` alone, with nobody told in both, is no evidence
    if one.article == other.article:
        return word and bool(set(a.actors) & set(b.actors)) and set(a.recipients) == set(b.recipients)
    if other.article in ground.alike.get(one.article, ()):
        return word and _same_matter(a, b)
    return bool(set(_days(one, ground)) & set(_days(other, ground)))


def _telling(sides: Iterable[str], ground: Ground) -> set[str]:
    """Sides that tell one deed from another: a name that no table knows and no country stands behind may be
    anything (`DUI`, taken for a body), and unnamed groups are many.
    """
    return {s for s in sides if (a := ground.actors.get(s)) is None or a.kind in _TELLING or a.sector}


def _same_matter(a: Event, b: Event) -> bool:
    """Both sentences have a word in common beside names and the deed's own: `charged with murder` is not
    `charged with cruelty`.
    """
    deed = stem(a.trigger_text.split(" ")[0])
    one, other = ({stem(w) for w in _PLAIN.findall(e.text)} - {deed} for e in (a, b))
    return bool(one & other) or min(len(one), len(other)) < MIN_PLAIN


def _other_people(a: Event, b: Event, ground: Ground) -> bool:
    """Both name people, and nobody in common: one player's arrest is not another's."""
    one, other = ({p for p in (*e.actors, *e.recipients) if ground.is_person(p)} for e in (a, b))
    return bool(one and other and not one & other and not _one_country(one | other, ground))


def _one_country(people: Iterable[str], ground: Ground) -> bool:
    """All act for one state or another: then their states tell whether it is one deed."""
    return all((a := ground.actors.get(p)) is not None and a.country for p in people)


def _merged(group: Sequence[Row], ground: Ground) -> EventCluster:
    told = first_told(group, ground)
    rows = [t.row for t in told]
    lead = max(rows, key=lambda e: (e.confidence, e.id))
    return EventCluster(
        id=row_id("c", "", *sorted(e.id for e in rows)),
        type=lead.type,
        mode=next((e.mode for e in rows if e.mode), None),
        contexts=tuple(dict.fromkeys(c for e in rows for c in e.contexts)),
        issues=tuple(dict.fromkeys(i for e in rows for i in e.issues)),
        actors=tuple(dict.fromkeys(a for e in rows for a in e.actors)),
        recipients=tuple(dict.fromkeys(a for e in rows for a in e.recipients)),
        date=common(e.date for e in rows if e.date),
        place=fullest(e.place for e in rows),
        status=lead.status,
        on_word_of=rows[0].on_word_of if all(e.on_word_of for e in rows) else None,
        trigger=lead.trigger,
        evidence=lead.evidence,
        confidence=lead.confidence,
        trigger_text=lead.trigger_text,
        text=lead.text,
        date_basis=next((e.date_basis for e in rows if e.date_basis), None),
        why=lead.why,
        articles=len({t.article for t in told}),
        independent=ground.independent(t.article for t in told),
        accounts=tuple(_account(t, ground) for t in told),
    )


def _account(told: Row, ground: Ground) -> Account:
    e = told.row
    fields = {
        "actors": e.actors, "recipients": e.recipients, "date": e.date, "place": e.place, "status": e.status,
        "trigger": e.trigger_text,
    }  # fmt: skip
    return ground.account(told, fields, e.on_word_of)
