"""Many articles → one Record: same encounter, same quote, same event; accounts, disputes, positions.

Reports are not events: every merged row counts its articles, and apart from that the independent ones, with
copies counted once. Only rows that share a block (sides, type, words) are compared, so the work grows with
the pile and not with its square; the result does not depend on the order in which articles came.
"""

from __future__ import annotations

from onrecord.merge import agreements, disputes, events, ground, meetings, positions, quotes
from onrecord.merge.copies import copies as find_copies
from onrecord.types import Agreement, Dispute, Event, Meeting, Merged, RowSource, Statement

__all__ = ["merge"]


def merge(source: RowSource) -> Merged:
    """Everything that only many articles together can tell."""
    copies = find_copies(source)
    base = ground.lay(source.articles(), source.actors(), copies, source.rows(Statement))
    clusters, happened = events.merge(source.rows(Event), base)
    met = meetings.merge(source.rows(Meeting), base)
    return Merged(
        copies=copies,
        clusters=clusters,
        events=happened,
        meetings=met,
        agreements=agreements.merge(source.rows(Agreement), base),
        disputes=disputes.merge(source.rows(Dispute), met, base),
        positions=positions.merge(source.rows(Statement), base),
        quotes=quotes.merge(source.rows(Statement), base),
    )
