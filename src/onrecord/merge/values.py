"""What is told of one meeting or agreement and cannot all hold: lengths, days, numbers; that they met at all.

Values are compared only where both are exact: `about two hours` does not dispute 136 minutes, nor `600` a
count of 580. Adjacent days are one day on two sides of the date line. Two outlets in their own voice rather
misread one source than dispute: days and numbers are sure only where each rests on the word of another side.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations, pairwise
from typing import TypeVar

from onrecord.facts import amounts
from onrecord.merge.ground import Ground, same_place
from onrecord.types import Account, MergedAgreement, MergedDispute, MergedMeeting, Side, row_id

V = TypeVar("V", date, float)

ROUNDED = 10
"""Minutes by which two exact lengths may differ and still be one length, rounded."""
NEXT_DAY = 1
"""Days by which two days may differ and still be one, told on two sides of the date line or past midnight."""
ONE_ENCOUNTER = 7
"""Days apart within which the same people, in the same place, are told on two days by their two sides."""
LENGTHS, SURE, POSSIBLE = 0.8, 0.7, 0.4
"""Confidence; what is only possible is listed on demand."""

_DAYS = {"effective": "from when it holds", "expires": "until when it holds", "made_on": "when it was made"}


def disputes(
    meetings: Sequence[MergedMeeting], agreements: Iterable[MergedAgreement], ground: Ground
) -> Iterator[MergedDispute]:
    """All disputes over values, meeting by meeting and agreement by agreement."""
    for meeting in meetings:
        yield from _lengths(meeting, ground)
        yield from _held_or_not(meeting, ground)
    yield from _on_two_days(meetings, ground)
    for agreement in agreements:
        yield from _days(agreement, ground)
        yield from _numbers(agreement, ground)


def _lengths(meeting: MergedMeeting, ground: Ground) -> Iterator[MergedDispute]:
    """Exact lengths of one meeting that differ by more than rounding."""
    exact = [(int(a.told["minutes"]), a.row, a) for a in meeting.accounts if "minutes" in a.told]
    if not exact:
        return
    low, high = min(exact), max(exact)
    if high[0] - low[0] > ROUNDED:
        told = [str(a.told.get("length_told") or a.told["minutes"]) for *_, a in (low, high)]
        pair = (low[2], high[2])
        yield _dispute(meeting.id, "how long the meeting lasted", pair, told, LENGTHS, ground)


def _held_or_not(meeting: MergedMeeting, ground: Ground) -> Iterator[MergedDispute]:
    """One side tells that they met, the other denies it."""
    held = [a for a in meeting.accounts if a.told.get("status") == "held"]
    denied = [a for a in meeting.accounts if a.told.get("status") == "denied" and a.actor]
    pairs = [(a, b, _sure(a, b, meeting.participants, ground)) for a in held for b in denied]
    pairs = [p for p in pairs if not p[0].actor or p[2] == SURE]
    if pairs:
        one, other, sure = max(pairs, key=lambda p: (p[2], p[0].row, p[1].row))
        yield _dispute(meeting.id, "whether they met", (one, other), ["held", "denied"], sure, ground)


def _on_two_days(meetings: Sequence[MergedMeeting], ground: Ground) -> Iterator[MergedDispute]:
    """One side tells of the encounter on one day, the other of one in the same place on another day."""
    by_people: dict[Hashable, list[tuple[date, MergedMeeting, str]]] = {}
    for m in meetings:
        side = _one_voice(m, ground)
        if side and m.status == "held" and m.date and m.date.start and m.date.days == 1:
            people = frozenset(p for p in m.participants if ground.is_person(p))
            if len({ground.side(p) for p in people}) == 2:
                by_people.setdefault(people, []).append((m.date.start, m, side))
    for told in by_people.values():
        for (day, one, mine), (later, other, theirs) in pairwise(sorted(told, key=lambda t: (t[0], t[1].id))):
            gap = (later - day).days
            if mine == theirs or not NEXT_DAY < gap <= ONE_ENCOUNTER or one.medium != other.medium:
                continue
            placed = one.place and other.place and same_place(one.place, other.place)
            if placed and not {a.article for a in one.accounts} & {a.article for a in other.accounts}:
                pair = (one.accounts[0], other.accounts[0])
                days = [day.isoformat(), later.isoformat()]
                yield _dispute(one.id, "on which day they met", pair, days, POSSIBLE, ground)


def _one_voice(meeting: MergedMeeting, ground: Ground) -> str | None:
    """The one side of a meeting on whose word alone it rests."""
    sides = {ground.side(a.actor) if a.actor else None for a in meeting.accounts}
    one = next(iter(sides)) if len(sides) == 1 else None
    return one if one in {ground.side(p) for p in meeting.participants} else None


def _days(agreement: MergedAgreement, ground: Ground) -> Iterator[MergedDispute]:
    """Single days of one agreement that lie more than a day apart."""
    for name, about in _DAYS.items():
        told = [(first, a) for a in agreement.accounts if (first := _single(a.told.get(name)))]
        apart = [(x, y) for x, y in combinations(told, 2) if abs((x[0] - y[0]).days) > NEXT_DAY]
        if apart:
            (day, one), (other_day, other), sure = _surest(apart, agreement, ground)
            days = [day.isoformat(), other_day.isoformat()]
            yield _dispute(agreement.id, about, (one, other), days, sure, ground)


def _single(told: Sequence[str | None] | None) -> date | None:
    """The day of a range of one day, as an account holds it."""
    return date.fromisoformat(told[0]) if told and told[0] and told[0] == told[1] else None


def _numbers(agreement: MergedAgreement, ground: Ground) -> Iterator[MergedDispute]:
    """Numbers of the same things in one agreement that are no rounding of each other."""
    told = [(amounts.counts(str(a.told.get("subject", ""))), a) for a in agreement.accounts]
    apart = [
        ((x[0][unit], x[1]), (y[0][unit], y[1]))
        for x, y in combinations(told, 2)
        for unit in sorted(x[0].keys() & y[0].keys())
        if amounts.exclude(x[0][unit], y[0][unit])
    ]
    if apart:
        (number, one), (other_number, other), sure = _surest(apart, agreement, ground)
        numbers = [f"{number:,g}", f"{other_number:,g}"]
        yield _dispute(agreement.id, "how many or how much", (one, other), numbers, sure, ground)


def _surest(
    pairs: Iterable[tuple[tuple[V, Account], tuple[V, Account]]], agreement: MergedAgreement, ground: Ground
) -> tuple[tuple[V, Account], tuple[V, Account], float]:
    """The pair that two sides tell, else the first."""
    rated = [(x, y, _sure(x[1], y[1], agreement.parties, ground)) for x, y in pairs]
    return max(rated, key=lambda r: (r[2], r[0][1].row, r[1][1].row))


def _sure(one: Account, other: Account, people: Iterable[str], ground: Ground) -> float:
    """Sure where each account rests on the word of another of the two sides."""
    told = {ground.side(a.actor) for a in (one, other) if a.actor}
    return SURE if len(told) == 2 and told <= {ground.side(p) for p in people} else POSSIBLE


def _dispute(
    row: str, about: str, accounts: Sequence[Account], told: Sequence[str], sure: float, ground: Ground
) -> MergedDispute:
    """A dispute over one value, each account with its own."""
    articles = {a.article for a in accounts}
    return MergedDispute(
        id=row_id("d", "", row, about),
        about=about,
        kind="contradiction",
        sides=tuple(
            Side(actor=a.actor, told=value, statement=a.statement, evidence=a.evidence, article=a.article)
            for a, value in zip(accounts, told, strict=True)
        ),
        confidence=sure,
        why="values that cannot both hold",
        about_row=row,
        articles=len(articles),
        independent=ground.independent(articles),
        accounts=tuple(accounts),
    )
