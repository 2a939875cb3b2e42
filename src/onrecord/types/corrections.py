"""What a person put right, anchored to the words it is about; and how it bears on merging."""

from __future__ import annotations

from typing import Any, Literal

from onrecord.types.spans import Span, Value

Correcting = Literal["set", "reject", "same_meeting", "other_meeting", "same_actor", "other_actor"]
"""`set`: a field of a row has another value. `reject`: the row is none. `same_meeting`, `other_meeting`: two
tellings are of one encounter, or are not. `same_actor`: whom these words name is somebody else, all through
the record. `other_actor`: the same in this article only."""
FoundState = Literal["applied", "superseded", "lost"]


class Anchor(Value, frozen=True, kw_only=True):
    """Words of an article that a row rests on: found again in any record that holds the same text."""

    text_sha256: str
    kind: str
    """As in the record: statements, events, meetings, agreements, disputes, mentions."""
    spans: tuple[Span, ...]
    """Of a statement its content, of an event its trigger, of a mention itself, else the evidence."""
    quote: str
    """The words that the spans cut."""
    told: dict[str, Any] = {}
    """What tells the row from others over the same words, e.g. an event's type."""


class Correction(Value, frozen=True, kw_only=True):
    """One thing that a person put right."""

    id: str = ""
    what: Correcting
    anchors: tuple[Anchor, ...]
    """The rows it is about; of `other_meeting` the first is told apart from each of the others."""
    field: str | None = None
    """The field that is set."""
    value: Any = None
    """Its new value as JSON; actors as objects, so that one whom the article does not name can be added."""
    was: Any = None
    """What the extractor had there."""
    who: str
    at: str
    """When it was made, ISO 8601, as told by whoever made it."""
    why: str = ""


class Found(Value, frozen=True, kw_only=True):
    """Where a correction found its words, or that it did not."""

    correction: str
    n: int
    """Number of the anchor."""
    article: str | None = None
    row: str | None = None
    state: FoundState
    reason: str = ""


class Judged(Value, frozen=True, kw_only=True):
    """What people decided about which tellings are of one encounter: pairs of ids of meetings told."""

    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
