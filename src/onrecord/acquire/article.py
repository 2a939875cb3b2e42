"""Text and metadata → Acquired: here an article gets its id, and its passages meet its metadata."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from onrecord.acquire import credits, passages
from onrecord.acquire.languages import main_language
from onrecord.settings import Settings
from onrecord.types import Acquired, Article, Passage, Range, Reject, Span, row_id, text_hash

_HALF = re.compile("[\ud800-\udfff]")
"""Half a character."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What came with a text: from its JSON keys or the page's head. Nothing here is guessed."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    published: Range | None = None
    date_told: str | None = None
    """The date's words as they came, whether or not they could be read."""
    date_given: bool = False
    """True when the date was given with the text (JSON lines), not taken from the page."""
    licence: str | None = None
    language: str | None = None
    meta: dict[str, Any] = {}


def acquire(
    text: str, path: str, told: Told, settings: Settings, *,
    labelled: tuple[Passage, ...] | None = None, copy: int = 0,
) -> Acquired | Reject:  # fmt: skip
    """An article with its passages, or why the text is none.

    `copy` counts earlier inputs with the same path and text (a JSON line repeated), so that each is an
    article of its own.
    """
    problem = _problem(text, path, settings)
    if problem:
        return problem
    found = (
        labelled if labelled is not None else passages.label(text, title=told.title, language=told.language)
    )
    seen = credits.read(text, found)
    published = told.published
    evidence: tuple[Span, ...] = ()
    if published is None and told.date_told is None and seen.published:
        published, evidence = seen.published, (seen.published_span,) if seen.published_span else ()
    known = published.start if published and published.days == 1 else None
    return Acquired(
        article=Article(
            id=row_id("a", path, text, *([copy] if copy else [])),
            path=path,
            text=text,
            title=told.title or seen.title,
            authors=told.authors or seen.authors,
            publisher=told.publisher or credits.publisher_of(told.url) or seen.publisher,
            url=told.url,
            published=known,
            published_basis="unknown" if published is None else "given" if told.date_given else "metadata",
            published_range=published,
            published_evidence=evidence,
            published_reason=_reason(told, published),
            language=told.language or main_language(text, found),
            licence=told.licence or seen.licence,
            text_sha256=text_hash(text),
            meta=told.meta,
        ),
        passages=found,
    )


def _reason(told: Told, published: Range | None) -> str | None:
    if told.date_told is not None and told.published is None:
        return f"the date given, {told.date_told!r}, names no day, month or year that can be read"
    if published is None:
        return None
    where = (
        "given with the text"
        if told.date_given
        else "in the page's metadata"
        if told.published
        else "in the text"
    )
    return where if published.days == 1 else f"{where}, not to the day"


def _problem(text: str, path: str, settings: Settings) -> Reject | None:
    if len(text) > settings.max_characters:
        return too_long(path, len(text), settings)
    if not any(c.isalnum() for c in text):
        what = "nothing but white space" if not text.strip() else "no letter and no digit"
        return Reject(path=path, reason="empty", detail=f"{what} in it" if text else "it holds no characters")
    half = _HALF.search(text)
    if half is not None:
        detail = f"half a character (\\ud800 … \\udfff) at {half.start()}"
        return Reject(path=path, reason="lone_surrogate", detail=detail)
    return None


def too_long(path: str, size: int, settings: Settings, unit: str = "characters") -> Reject:
    """The rejection of a text beyond `settings.max_characters`."""
    detail = (
        f"{size:,} {unit}; the limit is {settings.max_characters:,} characters an article; split the file"
    )
    return Reject(path=path, reason="too_long", detail=f"{detail} into articles or raise max_characters")
