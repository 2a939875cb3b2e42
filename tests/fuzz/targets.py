"""What is fuzzed, a room a function: bytes in, the room's laws asserted. Any exception is a finding."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any

from starlette.datastructures import QueryParams

from onrecord.acquire import archives, credits, dates, feeds, fetch, lines, passages, tables
from onrecord.acquire.decode import decode
from onrecord.annotate.syntax import masked
from onrecord.annotate.times import calendar, grammar
from onrecord.correcting import desk
from onrecord.errors import OnrecordError, UsageError
from onrecord.extract.statements import quotes
from onrecord.facts.licences import is_open, licence_id
from onrecord.record import search
from onrecord.serve import options
from onrecord.serve.web import asking
from onrecord.settings import Settings
from onrecord.types import READ_ROLES, Acquired, Passage, Reject, row_id, text_hash

SETTINGS = Settings(max_characters=20_000)


def _text(data: bytes) -> str:
    """Any text, lone surrogates included."""
    return data.decode("utf-8", "surrogateescape")


def _sound(found: Iterator[Acquired | Reject]) -> None:
    for one in found:
        if isinstance(one, Reject):
            assert one.reason and one.reason.isascii() and " " not in one.reason
            continue
        text, at = one.article.text, 0
        text.encode()
        for p in one.passages:
            assert at <= p.start < p.end <= len(text)
            at = p.end
        for span in one.article.published_evidence:
            assert 0 <= span.start < span.end <= len(text)


def acquire(data: bytes) -> None:
    """Files of every kind, by their first byte, and what is read out of texts."""
    kind, body = data[:1], data[1:]
    if kind == b"w":
        _sound(archives.read(io.BytesIO(body), "f", SETTINGS))
    elif kind == b"l":
        _sound(lines.read(io.BytesIO(body), "f", SETTINGS))
    elif kind == b"c":
        _sound(tables.read_csv(io.BytesIO(body), "f", SETTINGS))
    elif kind == b"f":
        _sound(feeds.read(io.BytesIO(body), "f", SETTINGS))
    elif kind == b"u":
        fetch.shown(_text(body)) if fetch.is_address(_text(body)) else None
    else:
        decoded = decode(data, "f", charset="koi8-r" if kind < b"a" else None, page=kind > b"p")
        text = decoded.text if not isinstance(decoded, Reject) else _text(data)
        found = passages.label(text)
        at = 0
        for p in found:
            assert at <= p.start < p.end <= len(text)
            at = p.end
        assert not found or any(p.role in READ_ROLES for p in found)
        credits.read(text, found)
        dates.days_meant(text[:200])


def annotate(data: bytes) -> None:
    """Time expressions stand in order, inside the text; their values give ranges; masking keeps offsets."""
    text = _text(data)
    at = 0
    for start, end, _ in grammar.find(grammar.lowered(text)):
        assert at <= start < end <= len(text)
        at = end
    grammar.meaning_of(text[:60])
    span = calendar.days_of(text[:20])
    assert span is None or span.start is None or span.end is None or span.start <= span.end
    assert len(masked(text, [Passage(start=0, end=len(text), role="body")])) == len(text)


def extract(data: bytes) -> None:
    """Quotations lie inside the text, their words inside their marks."""
    text = _text(data)
    found = [Passage(start=0, end=len(text), role="body")] if text else []
    for quote in quotes.pair(text, quotes.paragraphs(text, found, READ_ROLES)):
        assert 0 <= quote.start <= quote.inner.start <= quote.inner.end <= quote.end <= len(text)


@cache
def _index() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE VIRTUAL TABLE statements_fts USING fts5(quote, tokenize = '{search.TOKENS}')")
    connection.execute("INSERT INTO statements_fts VALUES ('the talks went on')")
    return connection


def record(data: bytes) -> None:
    """Any words become a query that the index takes; ids and hashes are made of any text."""
    text = _text(data)
    try:
        query, _ = search._query(_index(), text)
    except UsageError:
        query = None
    if query is not None:
        _index().execute(
            "SELECT count(*) FROM statements_fts WHERE statements_fts MATCH ?", [query]
        ).fetchone()
    assert len(row_id("s", "a", text)) == 14 and len(text_hash(text)) == 64
    licence_id(text)
    is_open(text)
    with suppress(OnrecordError):
        desk._read(1, data)


def serve(data: bytes) -> None:
    """Queries of addresses become filters or are refused with a reason."""
    text = _text(data)
    query = QueryParams(text)
    for read in (
        lambda: asking.filters(query),
        lambda: asking.count(query, "limit", 50, 1000),
        lambda: asking.place(query),
        lambda: options.period(text),
    ):
        with suppress(UsageError):
            read()


TARGETS: dict[str, Callable[[bytes], Any]] = {
    "acquire": acquire,
    "annotate": annotate,
    "extract": extract,
    "record": record,
    "serve": serve,
}
"""Room → what takes bytes there."""
