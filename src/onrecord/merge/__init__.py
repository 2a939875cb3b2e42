"""Many articles → one Record: same encounter, same quote, same event; accounts, disputes, positions.

Reports are not events: every merged row counts its articles, and apart from that the independent ones, with
copies counted once. Only rows that share a block (sides, type, words) are compared, so the work grows with
the pile and not with its square; the result does not depend on the order in which articles came.
"""

from __future__ import annotations

from onrecord.merge import agreements, disputes, events, ground, meetings, positions, quotes
from onrecord.merge.duplicates import find_copies
from onrecord.types import (
    READ_ROLES,
    Agreement,
    Copy,
    Dispute,
    Event,
    Judged,
    Meeting,
    Merged,
    Passage,
    RowSource,
    Statement,
)

__all__ = ["merge"]


def merge(source: RowSource, judged: Judged = Judged()) -> Merged:  # noqa: B008 - a frozen value
    """Everything that only many articles together can tell; `judged` by people beforehand."""
    copies = _copies(source)
    base = ground.lay(source.articles(), source.actors(), copies, source.rows(Statement), judged)
    clusters, happened = events.merge(source.rows(Event), base)
    met = meetings.merge(source.rows(Meeting), base)
    return Merged(
        copies=copies,
        clusters=clusters,
        events=happened,
        meetings=met,
        agreements=agreements.merge(source.rows(Agreement), base),
        disputes=disputes.merge(source.rows(Dispute), source.rows(Statement), met, base),
        positions=positions.merge(source.rows(Statement), base),
        quotes=quotes.merge(source.rows(Statement), base),
    )


def _copies(source: RowSource) -> tuple[Copy, ...]:
    """Copies by what is read of each article, the earliest first in its group."""
    read: dict[str, list[Passage]] = {}
    for article_id, passage in source.rows(Passage):
        if passage.role in READ_ROLES:
            read.setdefault(article_id, []).append(passage)
    texts = []
    for article in source.articles():
        passages = read.get(article.id)
        words = "\n".join(article.text[p.start : p.end] for p in passages) if passages else article.text
        texts.append((ground.day_key(ground.written(article)), article.id, words))
    return find_copies((article_id, words) for _, article_id, words in sorted(texts))
