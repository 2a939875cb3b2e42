"""What comes in: articles, their passages, and what is left out."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from onrecord.types.spans import Range, Span, Value, day_range

Role = Literal[
    "headline", "byline", "dateline", "body", "heading", "caption",
    "credit", "topics", "bio", "licence", "furniture",
]  # fmt: skip
READ_ROLES: frozenset[str] = frozenset({"headline", "body", "heading", "caption"})
"""Roles of passages that are read for statements, events and meetings; the rest serve metadata only."""

DateBasis = Literal["given", "metadata", "inferred", "unknown"]


class Article(Value, frozen=True, kw_only=True):
    """One text as received, with its metadata. `text` is never altered; cleaning only labels passages."""

    id: str
    path: str
    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    published_basis: DateBasis = "unknown"
    published_range: Range | None = None
    published_evidence: tuple[Span, ...] = ()
    published_reason: str | None = None
    """How the date was found, or why it is not known."""
    language: str | None = None
    licence: str | None = None
    """An SPDX-like identifier, e.g. `CC-BY-NC-ND-4.0`; None when nothing was said."""
    text_sha256: str = ""
    meta: dict[str, Any] = {}
    """Other keys of the input, as they came."""

    @property
    def days(self) -> Range | None:
        """The days on which it may have been published; None where nothing is known."""
        return day_range(self.published) if self.published else self.published_range


class Reject(Value, frozen=True, kw_only=True):
    """An input that was left out, and why. `reason` is a short code, `detail` a sentence that helps."""

    path: str
    reason: str
    detail: str = ""
    deliberate: bool = False
    """True when leaving it out is right (an image in a folder), so the exit code stays 0."""


class Passage(Value, frozen=True, kw_only=True):
    """A run of the article's text with one role."""

    start: int
    end: int
    role: Role
    language: str | None = None


class Acquired(Value, frozen=True, kw_only=True):
    """An article with its text labelled: what `acquire` hands on. Passages are disjoint and in text order."""

    article: Article
    passages: tuple[Passage, ...]
