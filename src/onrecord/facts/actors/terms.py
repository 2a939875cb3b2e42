"""Terms of office out of table rows; a user's rows take the place of ours, day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from onrecord.facts.actors.rows import Term, TermRow, first_day, last_day, slug
from onrecord.types import Range

MANY_HOLDERS = frozenset(
    {
        "senator",
        "representative",
        "governor",
        "mayor",
        "ambassador",
        "envoy",
        "special envoy",
        "minister",
        "presidential candidate",
        "vice presidential nominee",
        "deputy foreign minister",
        "foreign ministry spokesperson",
        "government official",
        "military officer",
        "member of parliament",
        "judge",
        "opposition figure",
        "rebel",
        "police officer",
        "intelligence officer",
        "journalist",
        "business figure",
        "academic",
        "activist",
        "religious figure",
        "criminal",
    }
)
"""Offices that several people hold at once in one state."""


def ordered(rows: Iterable[tuple[TermRow, bool]]) -> tuple[Term, ...]:
    """Terms in order; days that a user's table covers are cut out of ours."""
    ours: list[Term] = []
    theirs: list[Term] = []
    for row, is_extra in rows:
        if row.office:
            (theirs if is_extra else ours).append(_term(row))
    taken: dict[tuple[str, str | None], list[Term]] = defaultdict(list)
    for term in theirs:
        if term.office not in MANY_HOLDERS:
            taken[term.office, term.country or term.organisation].append(term)
    kept = [p for t in ours for p in _without(t, taken.get((t.office, t.country or t.organisation), ()))]
    return tuple(
        sorted(kept + theirs, key=lambda t: (t.range.start or date.min, t.office, t.country or "", t.name))
    )


def _term(row: TermRow) -> Term:
    is_org = ":" in row.country
    return Term(
        actor=row.id or f"person:{slug(row.name)}",
        name=row.name,
        office=row.office,
        country=None if is_org else row.country or None,
        organisation=row.country if is_org else None,
        range=Range(first_day(row.from_), last_day(row.to)),
        acting=bool(row.acting),
        source=row.source,
        sector=row.sector,
    )


def _without(term: Term, others: Iterable[Term]) -> list[Term]:
    """What is left of a term when the days of others are taken out of it."""
    left = [term.range]
    for other in others:
        cut_out: list[Range] = []
        for piece in left:
            if not piece.overlaps(other.range):
                cut_out.append(piece)
                continue
            if other.range.start and (piece.start or date.min) < other.range.start:
                cut_out.append(Range(piece.start, other.range.start - timedelta(days=1)))
            if other.range.end and (piece.end or date.max) > other.range.end:
                cut_out.append(Range(other.range.end + timedelta(days=1), piece.end))
        left = cut_out
    return [msgspec.structs.replace(term, range=r) for r in left]
