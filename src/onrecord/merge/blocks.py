"""Blocks: the keys under which rows are found again by others that may be told with them.

LAW: what happens to a row when rows are grouped hangs only on the rows that share a block with it and are the
same by its merger's test, on those that are the same as these, and so on. `again` rests on it: rows that are
connected in this way are merged together, apart from all others.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from onrecord.merge import agreements, events, meetings, opposed, positions, quotes, voicing
from onrecord.merge.ground import Ground, Told, key_of
from onrecord.types import Agreement, Event, Key, Meeting, Notes, Statement

R = TypeVar("R")
Finder = Callable[[Told[Any], Ground], Iterable[Hashable]]


@dataclass(frozen=True)
class Blocks:
    """How rows of one kind are found again."""

    kind: str
    type: type[Any]
    places: Finder
    """Blocks that a row stands in."""
    hints: Finder
    """Blocks that hold the rows it may be told with."""
    same: Callable[[Told[Any], Told[Any], Ground], bool]

    def keys(self, told: Told[Any], ground: Ground) -> list[Key]:
        """The keys of a row's blocks."""
        found = sorted({key_of(place) for place in self.places(told, ground)})
        return [Key(self.kind, key, told.row.id, told.article, 0) for key in found]

    def hint_keys(self, told: Told[Any], ground: Ground) -> list[int]:
        """The keys of the blocks that hold the rows it may be told with."""
        return sorted({key_of(hint) for hint in self.hints(told, ground)})

    def noting(self, rows: Iterable[tuple[str, Any]], ground: Ground, notes: Notes | None) -> Iterator[Any]:
        """The rows as they come, while their keys are noted."""
        return _noting(rows, lambda row: self.keys(Told(*row), ground), notes)


def _noting(rows: Iterable[R], keys: Callable[[R], list[Key]], notes: Notes | None) -> Iterator[R]:
    for row in rows:
        if notes:
            notes.keys(keys(row))
        yield row


def _within(finder: Finder) -> Finder:
    """An event's keys stand within its type and status."""
    return lambda told, ground: ((events.block(told), key) for key in finder(told, ground))


EVENTS = Blocks("events", Event, _within(events.places), _within(events.hints), events.same)
MEETINGS = Blocks("meetings", Meeting, meetings.blocks, meetings.blocks, meetings.same)
AGREEMENTS = Blocks("agreements", Agreement, agreements.blocks, agreements.blocks, agreements.same)


def quote_keys(article: str, statement: Statement, ground: Ground) -> list[Key]:
    """The keys of a statement's quoted words."""
    quote = quotes.quote_of(article, statement, ground)
    told = key_of(*quote.words) if quote else 0
    return [Key("quotes", key, statement.id, article, told) for key in quotes.blocks(quote)] if quote else []


def position_keys(voices: Sequence[voicing.Voice]) -> list[Key]:
    """The keys of what statements and events say for positions."""
    return [
        Key("positions", key_of(v.actor, positions.subject(v.issue)), v.told.row.id, v.told.article, 0)
        for v in voices
    ]


CLAIMS = key_of("claims")
"""The one block of all statements that answer something: few, and each may be about any meeting."""


def claim_keys(claim: opposed.Claim) -> list[Key]:
    """The key under which a statement that answers something is found."""
    return [Key("claims", CLAIMS, claim.statement.id, claim.article, 0)]


def noting_claims(claims: Iterable[opposed.Claim], notes: Notes | None) -> Iterator[opposed.Claim]:
    """Claims as they come, while their keys are noted."""
    return _noting(claims, claim_keys, notes)


def noting_quotes(
    rows: Iterable[tuple[str, Statement]], ground: Ground, notes: Notes | None
) -> Iterator[tuple[str, Statement]]:
    """Statements as they come, while the keys of their quotes are noted."""
    return _noting(rows, lambda row: quote_keys(*row, ground), notes)
