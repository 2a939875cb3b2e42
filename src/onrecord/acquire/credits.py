"""Metadata that stands in the text: byline, dateline, bio, licence, names of media."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from onrecord.types import Passage, Range, Span


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What passages that are not read say about the article."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: Range | None = None
    published_span: Span | None = None
    licence: str | None = None


def read(text: str, passages: Iterable[Passage]) -> Seen:
    title = next((text[p.start : p.end] for p in passages if p.role == "headline"), None)
    return Seen(title=title)


def licence_id(words: str) -> str | None:
    return None


def publisher_of(url: str | None) -> str | None:
    return None


def publisher_named(name: str) -> str:
    return name
