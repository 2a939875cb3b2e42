"""A copy of a record that holds no more words of closed articles than may be told; pages are made of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from onrecord.record import codec
from onrecord.record.exporting.quoting import SHORT_QUOTATION, WORDS, short
from onrecord.record.kinds import KINDS, Kind
from onrecord.record.store import Store
from onrecord.types import Reading, Span

_NESTED = ("sides", "accounts")
"""Columns of JSON that hold words among other things."""


def quoted_copy(store: Store, path: Path, closed: Iterable[str]) -> None:
    """Writes the record to a new file, the words of closed articles cut to short quotations.

    Texts of closed articles keep their length, so that every span still stands where it stood: what no row
    quotes is blank, and so is what goes beyond a short quotation in one run.
    """
    with closing(sqlite3.connect(path)) as copy:
        store.connection.backup(copy)
    with Store.open(path, write=True) as made, made.transaction() as connection:
        connection.create_function("short", 1, _short, deterministic=True)
        connection.execute("CREATE TEMP TABLE closed (id TEXT PRIMARY KEY)")
        connection.executemany("INSERT INTO closed VALUES (?)", [(article,) for article in closed])
        for kind in KINDS.values():
            _cut(connection, kind)
        for (article,) in connection.execute("SELECT id FROM closed ORDER BY id").fetchall():
            reading = made.reading(article)
            if reading:
                values = (codec.storable(blanked(reading)), article)
                connection.execute("UPDATE articles SET text = CAST(? AS TEXT) WHERE id = ?", values)


def _cut(connection: sqlite3.Connection, kind: Kind) -> None:
    """Cuts the words of a table's rows that rest on closed articles."""
    fields = [f.name for f in codec.fields(kind.type) if f.name in (*WORDS, *_NESTED)]
    if not fields or kind.name == "articles":
        return
    cuts = ", ".join(f'"{f}" = short("{f}")' for f in fields)
    which = "article IN (SELECT id FROM closed)"
    if kind.merged:
        which = f"id IN (SELECT row FROM {kind.table}_articles WHERE {which})"
    connection.execute(f"UPDATE {kind.table} SET {cuts} WHERE {which}")


def _short(stored: Any) -> Any:
    """A cell with its words cut: text, or JSON text."""
    if isinstance(stored, str) and stored[:1] in ("[", "{"):
        try:
            return codec.to_json(short(codec.from_json(stored, Any)))
        except (ValueError, msgspec.DecodeError):
            pass  # words that begin with a bracket
    return short(stored)


def blanked(reading: Reading) -> str:
    """An article's text with all but short quotations blank; line ends stay where they are."""
    text = reading.article.text
    kept = bytearray(len(text))
    for span in _quoted(reading):
        kept[span.start : span.end] = b"\1" * (span.end - span.start)
    run = 0
    for n, char in enumerate(text):
        # White space between two quotations does not part them.
        run = run + 1 if kept[n] or char.isspace() else 0
        if run >= SHORT_QUOTATION:
            kept[n] = 0
    return "".join(c if kept[n] or c in "\r\n" else " " for n, c in enumerate(text))


def _quoted(reading: Reading) -> Iterable[Span]:
    """Spans whose words the rows of an article hold."""
    for statement in reading.statements:
        yield from (*statement.source, *statement.cue, *statement.content)
    for event in reading.events:
        yield from (*event.trigger, *event.evidence)
    for met in reading.meetings:
        yield from met.evidence
    for agreed in reading.agreements:
        yield from agreed.evidence
    for promised in reading.commitments:
        yield from (*promised.content, *promised.condition, *promised.evidence)
    for dispute in reading.disputes:
        for side in dispute.sides:
            yield from side.evidence
    yield from (mention.span for mention in reading.mentions)
    yield from (time.span for time in reading.times)
