"""Encounters across articles: one row a meeting, however many tell of it; two meetings never become one.

Two rows are one encounter when their people fit and nothing they tell excludes it, and a shared day, or a
shared place or occasion with nearby dates of writing, speaks for it. People alone never do: the same two
presidents meet again.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import timedelta
from difflib import SequenceMatcher

from onrecord.merge import participants
from onrecord.merge.ground import (
    Ground,
    Told,
    common,
    day_key,
    first_told,
    fullest,
    same_place,
)
from onrecord.types import Account, Meeting, MeetingStatus, MergedMeeting, Range, row_id

SHORT = 10
"""Days of a range that still tells one encounter from the next; a month or a year does not."""
NEAR_DAYS = 21
"""Days between two articles' writing within which a shared place or occasion means one encounter."""

NEWS_DAYS = 7
"""Days between a meeting and an article that tells it, without a day, as news."""
LATE_DAYS = 14
"""… where both name people of two sides."""
NEXT_DAYS = 2
"""Days of a range that still tells a day."""
PLANNED_DAYS = 31
"""Days of a range within which a plan still names one encounter."""
COPIED = 0.75
"""Likeness of words (difflib) at which two copies' sentences are one."""

_HOUSE = re.compile(
    r"[^,]*\b(?:Hall|House|Palace|Hotel|Office|Residence|Castle|Ministry|Villa|Embassy|Department|Room"
    r"|Building|Airport)\b[^,]*",
    re.IGNORECASE,
)
"""A house told without its town."""

Row = Told[Meeting]
_BACK = re.compile(
    r"\b(?:had (?:also |last |first |once )?(?:met|spoken|talked)|previous|earlier|last (?:year|month|spring"
    r"|summer|autumn|winter|fall)|first met|once|years? ago|months? ago)\b",
    re.IGNORECASE,
)


def merge(rows: Iterable[tuple[str, Meeting]], ground: Ground) -> tuple[MergedMeeting, ...]:
    """All encounters, by day and id."""
    told = sorted(
        (Told(a, m) for a, m in rows), key=lambda t: (_rank(t), day_key(t.row.date), t.article, t.row.id)
    )
    groups = _groups(told, ground)
    return tuple(sorted((_merged(g, ground) for g in groups), key=lambda m: (day_key(m.date), m.id)))


def _rank(told: Row) -> int:
    """The surest first, so that groups form around them: a day, then a range, then no date."""
    days = told.row.date.days if told.row.date else None
    return 2 if days is None else (0 if days <= SHORT else 1)


def _groups(told: Sequence[Row], ground: Ground) -> list[list[Row]]:
    groups: list[list[Row]] = []
    index: dict[Hashable, list[int]] = {}
    for row in told:
        near = sorted({n for key in blocks(row, ground) for n in index.get(key, ())})
        homes = [n for n in near if _is_home(row, groups[n], ground)]
        sure = _rank(row) == 0
        if homes and (sure or len(homes) == 1):
            home = homes[0]
            groups[home].append(row)
        else:
            home = len(groups)
            groups.append([row])
        for key in blocks(row, ground):
            held = index.setdefault(key, [])
            if home not in held:
                held.append(home)
    return _joined(groups, ground)


def _is_home(row: Row, group: Sequence[Row], ground: Ground) -> bool:
    """True when a row is one with every member of a group.

    A row without a day needs a place in common with one of those who tell the group's one day; the others may
    tell no place at all.
    """
    fitting = [same(row, member, ground) for member in group]
    if all(fitting) or not any(fitting) or row.row.date:
        return all(fitting)
    days = common(m.row.date for m in group if m.row.date)
    return bool(days and days.days == 1) and all(
        fits
        or (
            member.row.date is not None
            and member.article != row.article
            and frozenset((member.row.id, row.row.id)) not in (ground.apart or ())
            and participants.fit(member.row, row.row, ground)
            and not _excluded(member.row, row.row)
        )
        for member, fits in zip(group, fitting, strict=True)
    )


def _joined(groups: Sequence[list[Row]], ground: Ground) -> list[list[Row]]:
    """Groups of which people decided that they are of one encounter, as one."""
    home = {row.row.id: n for n, group in enumerate(groups) for row in group}
    held = [list(group) for group in groups]
    for one, other in ground.judged.together:
        if one in home and other in home and home[one] != home[other]:
            into, gone = sorted((home[one], home[other]))
            held[into] += held[gone]
            home |= {row.row.id: into for row in held[gone]}
            held[gone] = []
    return [group for group in held if group]


def blocks(row: Row, ground: Ground) -> Iterator[Hashable]:
    """Blocks: pairs of sides and family names, so that persons and their states meet."""
    yield from participants.keys(row.row, ground)


def same(one: Row, other: Row, ground: Ground) -> bool:
    """True when two articles tell of one encounter."""
    a, b = one.row, other.row
    if ground.apart and frozenset((a.id, b.id)) in ground.apart:
        return False
    if one.article == other.article:
        return False  # one article's own reading keeps its encounters apart
    if not participants.fit(a, b, ground) or _excluded(a, b):
        return False
    if a.date and b.date:
        return _days_join(a, b)
    if ground.copy_of.get(one.article, one.article) == ground.copy_of.get(other.article, other.article):
        return _same_words(a.text, b.text)
    both_ways = ((one, other), (other, one))
    if any(rule(x, y, ground) for rule in (_fulfils, _announces, _denies) for x, y in both_ways):
        return True
    return _anchored(a, b) and _written_near(one, other, ground)


def _excluded(a: Meeting, b: Meeting) -> bool:
    """What both tell cannot hold for one encounter."""
    if a.date and b.date and not a.date.overlaps(b.date):
        return True
    if a.place and b.place and not same_place(a.place, b.place) and not _house_and_town(a, b):
        return True
    if a.medium and b.medium and a.medium != b.medium:
        return True
    return bool(a.occasion and b.occasion and not _same_occasion(a.occasion, b.occasion))


def _house_and_town(a: Meeting, b: Meeting) -> bool:
    """`at City Hall` in one telling, `in Singapore` in another, of one and the same day."""
    houses = [bool(_HOUSE.fullmatch(m.place or "")) for m in (a, b)]
    return (
        a.date == b.date
        and a.date is not None
        and a.date.days == 1
        and houses in ([True, False], [False, True])
    )


def _same_occasion(one: str, other: str) -> bool:
    """`G20`, `G-20 summit` and `Group of Twenty (G20) summit` are one occasion."""
    short = {"group of twenty": "g20", "group of 20": "g20", "group of seven": "g7", "group of eight": "g8"}

    def bare(name: str) -> str:
        low = name.casefold().replace("-", "")
        for long, brief in short.items():
            low = low.replace(long, brief)
        return low.split("(")[0].split()[0] if low.split() else low

    return bare(one) == bare(other) or same_place(one, other)


def _days_join(a: Meeting, b: Meeting) -> bool:
    """Overlapping days join when both are short; a month joins only with a place or occasion in common."""
    assert a.date
    assert b.date
    short = [(r.days or 10**6) <= SHORT for r in (a.date, b.date)]
    if all(short):
        # two calls in one week are two: calls need the very day
        return a.medium not in ("call", "video") or max(a.date.days or 9, b.date.days or 9) <= 2
    return _anchored(a, b)


def _anchored(a: Meeting, b: Meeting) -> bool:
    """A place or an occasion that both name."""
    placed = a.place and b.place and same_place(a.place, b.place)
    occasion = a.occasion and b.occasion and _same_occasion(a.occasion, b.occasion)
    return bool(placed or occasion)


def _same_words(one: str, other: str) -> bool:
    """A wire story's sentence and what an outlet made of it."""
    return one == other or SequenceMatcher(None, one.split(), other.split()).ratio() >= COPIED


def _fulfils(undated: Row, plan: Row, ground: Ground) -> bool:
    """`told reporters after talks with B`, written within a week of the days for which talks were planned.

    The same person of one side at least, held, no look back; a plan may leave its day open within a month.
    """
    a, b = undated.row, plan.row
    written = ground.written(undated.article)
    if a.date or not b.date or a.status != "held" or b.status not in ("prospective", "held"):
        return False
    if _BACK.search(a.text):
        return False
    if not (written and written.start and written.end) or (b.date.days or 99) > PLANNED_DAYS:
        return False
    shared = participants.shared_people(a, b, ground)
    both = len({ground.side(p) for p in shared}) >= 2
    week = Range(written.start - timedelta(days=LATE_DAYS if both else NEWS_DAYS), written.end)
    return bool(shared) and (week.days or 99) <= 3 * SHORT and week.overlaps(b.date)


def _announces(plan: Row, dated: Row, ground: Ground) -> bool:
    """A plan without a day, written within weeks before the day of a meeting of the same persons."""
    a, b = plan.row, dated.row
    written = ground.written(plan.article)
    if a.medium != b.medium and b.medium in ("call", "video"):
        return False  # `is to travel to B` was no call
    if a.date or a.status != "prospective" or not b.date or not b.date.start or (b.date.days or 99) > SHORT:
        return False
    if not (written and written.start and written.end) or (written.days or 99) > SHORT:
        return False
    gap = (b.date.start - written.end).days
    shared = participants.shared_people(a, b, ground)
    return 0 <= gap <= PLANNED_DAYS and len({ground.side(p) for p in shared}) >= 2


def _denies(denial: Row, dated: Row, ground: Ground) -> bool:
    """`There was no call`, without a day, within a week of the day of talks that the other side tells."""
    a, b = denial.row, dated.row
    written = ground.written(denial.article)
    if a.date or a.status != "denied" or b.status != "held" or not (b.date and b.date.start and b.on_word_of):
        return False
    if not (written and written.start and written.end) or (b.date.days or 99) > NEXT_DAYS:
        return False
    shared = participants.shared_people(a, b, ground)
    gap = (written.start - b.date.start).days
    return 0 <= gap <= NEWS_DAYS and len({ground.side(p) for p in shared}) >= 2


def _written_near(one: Row, other: Row, ground: Ground) -> bool:
    """Both articles written within some weeks of each other, or of the day that one of them tells."""
    days = [
        [r for r in (ground.written(t.article), t.row.date) if r and r.start and r.end] for t in (one, other)
    ]
    return any(
        abs((x.start - y.start).days) <= NEAR_DAYS  # type: ignore[operator]
        for x in days[0]
        for y in days[1]
    )


def _merged(group: Sequence[Row], ground: Ground) -> MergedMeeting:
    told = first_told(group, ground)
    rows = [t.row for t in told]
    lead = max(rows, key=lambda m: (len(m.participants), m.date is not None, m.confidence, m.id))
    people = participants.everybody(rows, ground)
    date = common(m.date for m in rows if m.date)
    basis = next((m.date_basis for m in rows if m.date == date and m.date_basis), None)
    lengths = {m.minutes for m in rows if m.minutes is not None}
    minutes = lengths.pop() if len(lengths) == 1 else None
    sides: dict[str, list[str]] = {}
    for one in people:
        sides.setdefault(ground.side(one), []).append(one)
    issues = list(dict.fromkeys(i for m in rows for i in m.agenda))
    return MergedMeeting(
        id=row_id("m", "", *sorted(m.id for m in rows)),
        participants=people,
        delegations={side: tuple(ids) for side, ids in sorted(sides.items())},
        occasion=max((m.occasion for m in rows if m.occasion), key=lambda o: (len(o), o), default=None),
        place=_place(rows),
        date=date,
        minutes=minutes,
        length_told=_length_told(rows, minutes, several=len(lengths) > 0),
        length_planned=next((m.length_planned for m in rows if m.length_planned), None),
        start=_one({m.start for m in rows if m.start}),
        others=tuple(dict.fromkeys(o for m in rows for o in m.others)),
        readouts=tuple(dict.fromkeys(r for m in rows for r in m.readouts)),
        told_by=ground.told_by((t.article, t.row.on_word_of) for t in told),
        medium=next((m.medium for m in rows if m.medium), None),
        status=_status(told, ground),
        agenda=tuple(issues),
        evidence=lead.evidence,
        text=lead.text,
        date_basis=basis or next((m.date_basis for m in rows if m.date_basis), None),
        on_word_of=rows[0].on_word_of if all(m.on_word_of for m in rows) else None,
        confidence=max(m.confidence for m in rows),
        why="; ".join(dict.fromkeys(m.why for m in rows if m.why)),
        articles=len({t.article for t in told}),
        independent=ground.independent(t.article for t in told),
        accounts=tuple(_account(t, ground) for t in told),
    )


def _place(rows: Sequence[Meeting]) -> str | None:
    """The fullest telling; `City Hall, Singapore` where one tells the house, another the town."""
    told = {m.place for m in rows if m.place}
    houses = {p for p in told if _HOUSE.fullmatch(p)}
    towns = told - houses
    if len(houses) == 1 and len(towns) == 1 and not same_place(min(houses), min(towns)):
        return f"{min(houses)}, {min(towns)}"
    return fullest(m.place for m in rows)


def _length_told(rows: Sequence[Meeting], minutes: int | None, *, several: bool) -> str | None:
    """The words for the length that holds; None where articles tell lengths that exclude each other."""
    if minutes is not None:
        return next((m.length_told for m in rows if m.minutes == minutes), None)
    return None if several else next((m.length_told for m in rows if m.length_told), None)


def _one(told: set[str]) -> str | None:
    """The one value that all who tell it agree on."""
    return told.pop() if len(told) == 1 else None


def _status(told: Sequence[Row], ground: Ground) -> MeetingStatus:
    """What came of a plan: held beats all, else called off, put off, denied beat the announcement.

    What is told as held on the word of one side only, and denied by the other, is denied.
    """
    every = {t.row.status for t in told}
    order: tuple[MeetingStatus, ...] = ("held", "cancelled", "postponed", "denied", "prospective")
    if {"held", "denied"} <= every and _only_claimed(told, ground):
        return "denied"
    return next(s for s in order if s in every)


def _only_claimed(told: Sequence[Row], ground: Ground) -> bool:
    """All who tell it as held rest on the word of sides other than the one that denies it."""
    held = {_voice(t, ground) for t in told if t.row.status == "held"}
    denied = {_voice(t, ground) for t in told if t.row.status == "denied"}
    present = {ground.side(p) for t in told for p in t.row.participants}
    return None not in held and bool(denied & present) and not held & denied


def _voice(told: Row, ground: Ground) -> str | None:
    """The side on whose word a telling rests; None for the article's own voice and for somebody unnamed."""
    speaker = ground.speakers.get(told.row.on_word_of) if told.row.on_word_of else None
    return ground.side(speaker) if speaker else None


def _account(told: Row, ground: Ground) -> Account:
    m = told.row
    fields = {
        "participants": m.participants, "status": m.status, "date": m.date, "place": m.place,
        "occasion": m.occasion, "minutes": m.minutes, "length_told": m.length_told,
        "length_planned": m.length_planned, "start": m.start, "others": m.others, "readouts": m.readouts,
        "medium": m.medium,
    }  # fmt: skip
    return ground.account(told, fields, m.on_word_of)
