"""Many articles → one Record: same encounter, same quote, same event; accounts, disputes, positions.

Reports are not events: every merged row counts its articles, and apart from that the independent ones, with
copies counted once. Only rows that share a block (sides, type, words) are compared, so the work grows with
the pile and not with its square; the result does not depend on the order in which articles came.

    merge    everything anew, from any source of rows
    again    a record that was merged before: only what articles that came, changed or went can have changed
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from onrecord.merge import (
    agreements,
    blocks,
    deeds,
    disputes,
    events,
    meetings,
    opposed,
    positions,
    quotes,
    traces,
    voicing,
)
from onrecord.merge.again import again
from onrecord.merge.alike import alike, linked
from onrecord.merge.duplicates import grouped, near_pairs
from onrecord.merge.ground import Ground, day_key
from onrecord.types import (
    Agreement,
    Article,
    Copy,
    Dispute,
    Event,
    Judged,
    Meeting,
    Merged,
    Notes,
    Passage,
    RowSource,
    Statement,
    Trace,
)

__all__ = ["ORDER", "again", "merge"]


def merge(
    source: RowSource,
    judged: Judged = Judged(),  # noqa: B008 - a frozen value
    notes: Notes | None = None,
) -> Merged:
    """Everything that only many articles together can tell.

    Args:
        source: the rows of all articles.
        judged: what people decided beforehand.
        notes: is told what `again` starts from.
    """
    copies, base = _lay(source, judged, notes)

    def note(voices: Sequence[voicing.Voice]) -> None:
        if notes:
            notes.keys(blocks.position_keys(voices))

    shown: list[tuple[str, Event]] = []
    every = deeds.keeping(source.rows(Event), shown)
    clusters, happened = events.merge(blocks.EVENTS.noting(every, base, notes), base)
    met = meetings.merge(blocks.MEETINGS.noting(source.rows(Meeting), base, notes), base)
    agreed = agreements.merge(blocks.AGREEMENTS.noting(source.rows(Agreement), base, notes), base)
    answered = blocks.noting_claims(opposed.claims(source.rows(Statement)), notes)
    return Merged(
        copies=copies,
        clusters=clusters,
        events=happened,
        meetings=met,
        agreements=agreed,
        disputes=disputes.merge(source.rows(Dispute), answered, met, agreed, base),
        positions=positions.merge(source.rows(Statement), shown, base, note),
        quotes=quotes.merge(blocks.noting_quotes(source.rows(Statement), base, notes), base),
    )


ORDER: Mapping[str, Callable[[Any], Any]] = {
    "event_clusters": lambda row: (day_key(row.date), row.id),
    "merged_meetings": lambda row: (day_key(row.date), row.id),
    "merged_agreements": lambda row: (day_key(row.made_on or row.effective), row.id),
    "merged_disputes": lambda row: (row.about_row or "", row.id),
    "positions": lambda row: (row.actor, row.issue),
}
"""Kind of merged row → what its rows are ordered by; positions of one subject stay in the order of time."""


def _lay(source: RowSource, judged: Judged, notes: Notes | None) -> tuple[tuple[Copy, ...], Ground]:
    """Copies, and the ground for mergers; texts are let go, metadata stays."""
    spans = traces.read_spans(source.rows(Passage))
    heads: dict[str, Article] = {}
    told: list[Trace] = []
    signed: dict[str, bytes] = {}
    holder: dict[str, str] = {}
    for article in source.articles():
        one = traces.trace(article, article.text, spans.get(article.id), signed)
        signed[one.wording] = one.bands
        holder.setdefault(one.wording, article.id)
        heads[article.id] = replace(article, text="", meta={})
        told.append(one)
        if notes:
            notes.trace(one)

    def words(wording: str) -> str:
        article = holder[wording]
        return traces.words(source.text(article), spans.get(article))

    pairs = near_pairs(traces.bands(told), {}, words)
    copies = grouped(traces.in_order(told), pairs)
    alikes = alike(traces.names(told), lambda a: heads[a].days)
    actors = source.actors()
    if notes:
        notes.near(pairs)
        notes.alike(alikes)
        notes.actors(actors.values())
    return copies, Ground(
        articles=heads,
        actors=actors,
        copy_of={c.article: c.of for c in copies},
        speakers=source.speakers(),
        alike=linked(alikes),
        judged=judged,
        text=source.text,
    )
