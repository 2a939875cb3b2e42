"""Inputs → articles, one after the other; what cannot be read is told, and the rest goes on."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from onrecord.acquire import archives, feeds, lines, packed, pages, tables
from onrecord.acquire.article import Told, acquire, too_long
from onrecord.acquire.decode import binary, decode
from onrecord.acquire.inputs import STDIN, Source, find
from onrecord.settings import Settings
from onrecord.types import Acquired, Reject

_BYTES_A_CHARACTER = 4
"""The longest character in UTF-8 and UTF-16."""
_SNIFFED = 4096
_MANY: Mapping[str, Callable[[BinaryIO, str, Settings], Iterator[Acquired | Reject]]] = {
    "lines": lines.read, "archive": archives.read, "parquet": tables.read_parquet, "csv": tables.read_csv,
    "feed": feeds.read,
}  # fmt: skip
"""Files that hold many articles: kind → what reads them as a stream."""
MAX_REJECTS = 1000
"""Rejects of one file that are told one by one: a hundred million bad lines must not fill memory."""
_HEAD = 600
_FEED = re.compile(rb"<(?:rss|feed|rdf:rdf)[\s>]")
_TEXTS = frozenset({"lines", "csv"})


def read(
    inputs: Sequence[str], *, settings: Settings, stdin: BinaryIO | None = None
) -> Iterator[Acquired | Reject]:
    """Articles of files, folders (and the folders in them), glob patterns and `-`, in order of their paths.

    Args:
        inputs: paths as the user wrote them. Ending `.txt`: one text; `.html`, `.htm`: one page;
            `.jsonl`, `.ndjson`: an article a line; `.parquet`, `.csv`, `.tsv`: an article a row; `.warc`: a
            page a record; each also with `.gz`. A file named outright is read whatever its ending.
        settings: `max_characters` bounds an article's length.
        stdin: what `-` stands for: told by its first bytes; one plain text if they tell nothing.

    Yields:
        An article, or a Reject for each input, file or line that is none. No input raises.
    """
    for source in find(inputs):
        if isinstance(source, Reject):
            yield source
        elif source.path == STDIN:
            yield from _stdin(stdin, settings)
        else:
            yield from _file(source, settings)


def _file(source: Source, settings: Settings) -> Iterator[Acquired | Reject]:
    path = source.path
    try:
        with Path(path).open("rb") as file:
            if Path(path).stat().st_size == 0:
                yield Reject(path=path, reason="empty", detail="the file holds no bytes")
            else:
                yield from _bounded(_bytes(file, path, source.kind, settings), path)
    except OSError as error:
        yield Reject(path=path, reason="unreadable", detail=error.strerror or str(error))


def _bounded(found: Iterable[Acquired | Reject], path: str) -> Iterator[Acquired | Reject]:
    """What was found in a file, its rejects one by one up to `MAX_REJECTS`, the rest counted by reason."""
    told, more = 0, Counter[str]()
    for one in found:
        if isinstance(one, Acquired) or told < MAX_REJECTS:
            told += isinstance(one, Reject)
            yield one
        else:
            more[one.reason] += 1
    for reason, n in sorted(more.items()):
        yield Reject(
            path=path, reason=reason, detail=f"{n:,} more of this file, after the first {MAX_REJECTS:,}"
        )


def _bytes(
    file: io.BufferedReader, path: str, kind: str | None, settings: Settings
) -> Iterator[Acquired | Reject]:
    """The articles of a file or stream, unpacked first where it is a gzip file."""
    if not file.peek(len(packed.MAGIC)).startswith(packed.MAGIC):
        yield from _plain(file, path, kind, settings)
        return
    unpacked = packed.Unpacked(file)
    found = list[Acquired | Reject]()
    whole: Any = io.BufferedReader(unpacked)
    for one in _plain(whole, path, kind, settings):
        # The last line of a file that breaks off is broken too; that need not be told twice.
        if unpacked.problem(path) is None or isinstance(one, Acquired):
            yield one
        else:
            found.append(one)
    problem = unpacked.problem(path)
    yield from [problem] if problem else found


def _plain(
    file: io.BufferedReader, path: str, kind: str | None, settings: Settings
) -> Iterator[Acquired | Reject]:
    kind = kind or _kind(file.peek(_SNIFFED))
    if kind in _MANY:
        yield from _many(file, path, kind, settings)
        return
    limit = pages.MAX_BYTES if kind == "page" else settings.max_characters * _BYTES_A_CHARACTER + 4
    data = file.read(limit + 1)
    if len(data) > limit:
        yield too_long(path, len(data), settings, "bytes or more")
    else:
        yield _one(data, path, kind, settings)


def _many(file: io.BufferedReader, path: str, kind: str, settings: Settings) -> Iterator[Acquired | Reject]:
    what = binary(file.peek(_SNIFFED)[:_SNIFFED]) if kind in _TEXTS else None
    if what:
        yield Reject(path=path, reason="binary", detail=what)
        return
    told = False
    for one in _MANY[kind](file, path, settings):
        told = True
        yield one
    if not told:
        yield Reject(path=path, reason="empty", detail="no article in it, nor anything else")


def _kind(head: bytes) -> str:
    """What a file or stream without a telling name holds, by its first bytes."""
    if head.startswith(b"WARC/"):
        return "archive"
    if head.startswith(b"PAR1"):
        return "parquet"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{") and start[1:].lstrip()[:1] in (b'"', b"}"):
        return "lines"
    lowered = start[:_HEAD].lower()
    if lowered.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf:rdf")) and _FEED.search(lowered):
        return "feed"
    return (
        "page"
        if lowered.startswith((b"<!doctype html", b"<html", b"<?xml")) and b"html" in lowered
        else "text"
    )


def _one(data: bytes, path: str, kind: str, settings: Settings) -> Acquired | Reject:
    decoded = decode(data, path)
    if isinstance(decoded, Reject):
        return decoded
    if kind == "page":
        return pages.read(decoded.text, path, settings)
    meta = {} if decoded.encoding == "utf-8" else {"encoding": decoded.encoding}
    return acquire(decoded.text, path, Told(meta=meta), settings)


def _stdin(stream: BinaryIO | None, settings: Settings) -> Iterator[Acquired | Reject]:
    if stream is None:
        yield Reject(path=STDIN, reason="not_found", detail="there is no standard input here")
        return
    yield from _bounded(_bytes(io.BufferedReader(_Piped(stream)), STDIN, None, settings), STDIN)


class _Piped(io.RawIOBase):
    """A stream of bytes that can be looked ahead in once it is buffered; it says how far it was read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._at += len(data)
        buffer[: len(data)] = data
        return len(data)

    def tell(self) -> int:
        return self._at
