"""Inputs → articles, one after the other; what cannot be read is told, and the rest goes on."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from onrecord.acquire import lines, pages
from onrecord.acquire.article import Told, acquire, too_long
from onrecord.acquire.decode import binary, decode
from onrecord.acquire.inputs import STDIN, Source, find
from onrecord.settings import Settings
from onrecord.types import Acquired, Reject

_BYTES_A_CHARACTER = 4
"""The longest character in UTF-8 and UTF-16."""
_SNIFFED = 4096


def read(
    inputs: Sequence[str], *, settings: Settings, stdin: BinaryIO | None = None
) -> Iterator[Acquired | Reject]:
    """Articles of files, folders (and the folders in them), glob patterns and `-`, in order of their paths.

    Args:
        inputs: paths as the user wrote them. Ending `.txt`: one text; `.html`, `.htm`: one page;
            `.jsonl`, `.ndjson`: an article a line. A file named outright is read whatever its ending.
        settings: `max_characters` bounds an article's length.
        stdin: what `-` stands for: JSON lines if it begins with an object, else one plain text.

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
        size = Path(path).stat().st_size
        with Path(path).open("rb") as file:
            kind = source.kind or _kind(file.peek(_SNIFFED))
            if size == 0:
                yield Reject(path=path, reason="empty", detail="the file holds no bytes")
            elif kind == "lines":
                yield from _lines(file, path, settings)
            elif size > _limit(kind, settings):
                yield too_long(path, size, settings, "bytes")
            else:
                yield _one(file.read(), path, kind, settings)
    except OSError as error:
        yield Reject(path=path, reason="unreadable", detail=error.strerror or str(error))


def _lines(file: io.BufferedReader, path: str, settings: Settings) -> Iterator[Acquired | Reject]:
    what = binary(file.peek(_SNIFFED)[:_SNIFFED])
    if what:
        yield Reject(path=path, reason="binary", detail=what)
        return
    told = False
    for one in lines.read(file, path, settings):
        told = True
        yield one
    if not told:
        yield Reject(path=path, reason="empty", detail="nothing but white space in it")


def _limit(kind: str, settings: Settings) -> int:
    """Bytes beyond which a file need not be opened to know that it is too long."""
    return pages.MAX_BYTES if kind == "page" else settings.max_characters * _BYTES_A_CHARACTER + 4


def _kind(head: bytes) -> str:
    """What a file or stream without a telling name holds, by its first bytes."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{") and start[1:].lstrip()[:1] in (b'"', b"}"):
        return "lines"
    lowered = start[:200].lower()
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
    head = stream.read(_SNIFFED)
    whole: Any = io.BufferedReader(_Joined(head, stream))
    if _kind(head) == "lines":
        yield from _lines(whole, STDIN, settings)
        return
    limit = _limit("text", settings)
    data = whole.read(limit + 1)
    if len(data) > limit:
        yield too_long(STDIN, len(data), settings, "bytes or more")
    else:
        yield _one(data, STDIN, "text", settings)


class _Joined(io.RawIOBase):
    """Bytes already taken from a stream, then the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)
