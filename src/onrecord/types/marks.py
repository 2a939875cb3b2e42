"""Words that a learnt reader marks in a text: of encounters, of agreements, and of accounts that part."""

from __future__ import annotations

from typing import Literal

from onrecord.types.rows import AgreementState, MeetingStatus
from onrecord.types.spans import Span, Value

MarkTag = (
    MeetingStatus
    | AgreementState
    | Literal["participant", "place", "day", "length", "party", "subject", "broker", "differing"]
)
ENCOUNTERS: frozenset[str] = frozenset({"held", "prospective", "cancelled", "postponed", "denied"})
"""Tags of words that name an encounter, by its status."""
AGREEMENTS: frozenset[str] = frozenset(
    {"agreed", "proposed", "not_agreed", "violated", "withdrawn", "expired"}
)
"""Tags of words that name an agreement, or its absence, by its state; one in force is `agreed`."""


class Mark(Value, frozen=True, kw_only=True):
    """Characters [start, end) of an article's text that a learnt reader marks, and as what."""

    start: int
    end: int
    tag: MarkTag
    confidence: float
    """Mean probability of the tag over its word-pieces, 0 … 1; not calibrated."""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)
