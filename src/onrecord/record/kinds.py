"""What a record holds: one line a table, from which columns, links, filters and listings follow."""

from __future__ import annotations

from typing import Any

import msgspec

from onrecord.errors import UsageError
from onrecord.types import (
    Actor,
    Agreement,
    Article,
    Commitment,
    Dispute,
    Event,
    EventCluster,
    IssueWeight,
    Meeting,
    Mention,
    MergedAgreement,
    MergedDispute,
    MergedMeeting,
    Passage,
    Position,
    Statement,
    TimeExpr,
)


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of row: its type, its table, and which of its fields mean what."""

    name: str
    """As in the listings and the file names of an export."""
    type: type[Any]
    table: str
    actors: tuple[str, ...] = ()
    """Fields that hold actor ids: one, a list, or a mapping to lists."""
    issues: tuple[str, ...] = ()
    """Fields that hold issue ids."""
    date: str | None = None
    """The range that `since` and `until` look at; None, or an empty one: the article's date."""
    merged: bool = False
    """Told by many articles; the others belong to one."""
    unlisted: frozenset[str] = frozenset()
    """Fields that stay in the record: no listing, export or frame shows them."""
    identified: bool = True
    """Rows have an id of their own, unique in the record."""
    reading: str | None = None
    """The field of `Reading` that rows come from."""


KINDS: dict[str, Kind] = {
    k.name: k
    for k in (
        Kind(name="articles", type=Article, table="articles", date="published_range"),
        Kind(name="passages", type=Passage, table="passages", identified=False, reading="passages"),
        Kind(name="actors", type=Actor, table="actors", identified=False, reading="actors"),
        Kind(
            name="mentions",
            type=Mention,
            table="mentions",
            actors=("actor", "members"),
            unlisted=frozenset({"keys"}),
            identified=False,
            reading="mentions",
        ),
        Kind(name="times", type=TimeExpr, table="times", date="range", identified=False, reading="times"),
        Kind(
            name="statements",
            type=Statement,
            table="statements",
            actors=("speaker", "speakers", "addressee"),
            issues=("issues",),
            date="said_on",
            reading="statements",
        ),
        Kind(
            name="events",
            type=Event,
            table="events",
            actors=("actors", "recipients"),
            issues=("contexts", "issues"),
            date="date",
            reading="events",
        ),
        Kind(
            name="meetings",
            type=Meeting,
            table="meetings",
            actors=("participants", "delegations"),
            issues=("agenda",),
            date="date",
            reading="meetings",
        ),
        Kind(
            name="agreements",
            type=Agreement,
            table="agreements",
            actors=("parties", "brokers"),
            issues=("subject",),
            date="made_on",
            reading="agreements",
        ),
        Kind(
            name="commitments",
            type=Commitment,
            table="commitments",
            actors=("promiser", "beneficiary"),
            date="made_on",
            reading="commitments",
        ),
        Kind(
            name="disputes",
            type=Dispute,
            table="disputes",
            actors=("sides",),
            issues=("about",),
            reading="disputes",
        ),
        Kind(name="issues", type=IssueWeight, table="issues", identified=False, reading="issues"),
        Kind(
            name="event_clusters",
            type=EventCluster,
            table="event_clusters",
            actors=("actors", "recipients"),
            issues=("contexts", "issues"),
            date="date",
            merged=True,
        ),
        Kind(
            name="merged_meetings",
            type=MergedMeeting,
            table="merged_meetings",
            actors=("participants", "delegations"),
            issues=("agenda",),
            date="date",
            merged=True,
        ),
        Kind(
            name="merged_agreements",
            type=MergedAgreement,
            table="merged_agreements",
            actors=("parties", "brokers"),
            issues=("subject",),
            date="made_on",
            merged=True,
        ),
        Kind(
            name="merged_disputes",
            type=MergedDispute,
            table="merged_disputes",
            actors=("sides",),
            issues=("about",),
            merged=True,
        ),
        Kind(
            name="positions",
            type=Position,
            table="positions",
            actors=("actor",),
            issues=("issue",),
            date="range",
            merged=True,
        ),
    )
}
ROW_KINDS: tuple[Kind, ...] = tuple(k for k in KINDS.values() if k.reading)
"""Kinds whose rows belong to one article."""
MERGED_KINDS: tuple[Kind, ...] = tuple(k for k in KINDS.values() if k.merged)
BY_TYPE: dict[type[Any], Kind] = {k.type: k for k in KINDS.values()}

LISTED: dict[str, tuple[str, str]] = {
    "articles": ("articles", "articles"),
    "passages": ("passages", "passages"),
    "times": ("times", "times"),
    "actors": ("actors", "actors"),
    "mentions": ("mentions", "mentions"),
    "statements": ("statements", "statements"),
    "events": ("events", "event_clusters"),
    "meetings": ("merged_meetings", "merged_meetings"),
    "agreements": ("merged_agreements", "merged_agreements"),
    "commitments": ("commitments", "commitments"),
    "disputes": ("merged_disputes", "merged_disputes"),
    "positions": ("positions", "positions"),
    "issues": ("issues", "issues"),
    "event_clusters": ("event_clusters", "event_clusters"),
    "told_meetings": ("meetings", "meetings"),
    "told_agreements": ("agreements", "agreements"),
    "told_disputes": ("disputes", "disputes"),
}
"""Name of a listing → the kind it prints, and the kind it prints when merged rows are asked for.

Meetings, agreements and disputes are those of the whole record; `told_…` are what each article tells.
"""


def listed(name: str, *, merged: bool = False) -> Kind:
    """The kind that a listing prints.

    Raises:
        UsageError: there is no such listing.
    """
    if name not in LISTED:
        raise UsageError.unknown("listing", name, LISTED)
    return KINDS[LISTED[name][merged]]
