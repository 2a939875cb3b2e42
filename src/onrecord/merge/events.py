"""Events across articles: the same type, dyad, date and place told in several articles is one event."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

from onrecord.merge.ground import Ground, Told, cluster, common, day_key, first_told, fullest, same_place
from onrecord.types import Account, Event, EventCluster, EventStatus, row_id

MAX_DAYS = 4
"""Days of a range that still tells one event from the next of its kind."""

Row = Told[Event]


def merge(
    rows: Iterable[tuple[str, Event]], ground: Ground
) -> tuple[dict[str, str], tuple[EventCluster, ...]]:
    """Event id → cluster id for every event, and the clusters by day and id."""
    blocked: dict[Hashable, list[Row]] = {}
    singles: list[list[Row]] = []
    for article, event in rows:
        told = Told(article, event)
        key = _key(told, ground)
        if key is None:
            singles.append([told])
        else:
            blocked.setdefault(key, []).append(told)
    groups = [*singles, *(g for block in blocked.values() for g in _within(block))]
    merged = [_merged(group, ground) for group in groups]
    ids = {t.row.id: m.id for group, m in zip(groups, merged, strict=True) for t in group}
    return dict(sorted(ids.items())), tuple(sorted(merged, key=lambda m: (day_key(m.date), m.id)))


def _key(told: Row, ground: Ground) -> Hashable | None:
    """Type and dyad, and a known day; an event without them is told by its own article only."""
    event = told.row
    if not event.actors or not event.date or (event.date.days or 10**6) > MAX_DAYS:
        return None
    left = tuple(sorted({ground.side(a) for a in event.actors}))
    right = tuple(sorted({ground.side(a) for a in event.recipients}))
    if not right:
        return None
    return event.type, left, right, _sort(event.status)


def _sort(status: EventStatus) -> str:
    """Planned and done are two events; historical ones have happened."""
    return "happened" if status in ("happened", "historical") else status


def _within(block: Sequence[Row]) -> Iterator[list[Row]]:
    rows = sorted(block, key=lambda t: (day_key(t.row.date), t.article, t.row.evidence, t.row.id))
    # rows far apart in time can never be one event: cut the block there, so that it is never compared whole
    run: list[Row] = []
    for row in rows:
        if run and not any(_near(row, r) for r in run[-8:]):
            yield from cluster(run, _same)
            run = []
        run.append(row)
    yield from cluster(run, _same)


def _near(one: Row, other: Row) -> bool:
    return bool(one.row.date and other.row.date and one.row.date.overlaps(other.row.date))


def _same(one: Row, other: Row) -> bool:
    a, b = one.row, other.row
    if not _near(one, other) or (a.place and b.place and not same_place(a.place, b.place)):
        return False
    if a.mode and b.mode and a.mode != b.mode:
        return False
    if one.article == other.article:
        return a.trigger_text.lower() == b.trigger_text.lower()
    return True


def _merged(group: Sequence[Row], ground: Ground) -> EventCluster:
    told = first_told(group, ground)
    rows = [t.row for t in told]
    lead = max(rows, key=lambda e: (e.confidence, e.id))
    return EventCluster(
        id=row_id("c", "", *sorted(e.id for e in rows)),
        type=lead.type,
        mode=next((e.mode for e in rows if e.mode), None),
        contexts=tuple(dict.fromkeys(c for e in rows for c in e.contexts)),
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
