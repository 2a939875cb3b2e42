"""JSON lines → articles, a line at a time, so that a file of any size needs little memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from onrecord.acquire.article import Told, acquire, too_long
from onrecord.acquire.credits import licence_id
from onrecord.acquire.dates import days_meant
from onrecord.acquire.decode import decode
from onrecord.acquire.repeats import Repeats
from onrecord.settings import Settings
from onrecord.types import Acquired, Reject

_KEYS = frozenset(
    {"id", "text", "title", "date", "publisher", "url", "author", "authors", "licence", "license"}
)
_BYTES_A_CHARACTER = 6
"""`\\u00e9`: the longest way JSON writes a character of the basic plane."""
_OTHER_KEYS = 1_000_000
"""Bytes allowed for everything in a line but the text."""
_CHUNK = 1 << 20


def read(file: BinaryIO, path: str, settings: Settings) -> Iterator[Acquired | Reject]:
    """Each line is one article, or one Reject that names the line."""
    repeats = Repeats()
    for number, line in enumerate(bounded(file, settings), 1):
        if isinstance(line, int):
            yield too_long(f"{path}#line-{number}", line, settings, "bytes in one line")
        elif line.strip():
            yield _from_line(line, path, number, repeats, settings)


def longest(settings: Settings) -> int:
    """Bytes of the longest line that is kept: a text of the greatest length, escaped throughout, and more."""
    return settings.max_characters * _BYTES_A_CHARACTER + _OTHER_KEYS


def bounded(file: BinaryIO, settings: Settings) -> Iterator[bytes | int]:
    """Lines, or the length of a line too long to be worth keeping."""
    limit = longest(settings)
    while line := file.readline(limit):
        if len(line) < limit or line.endswith(b"\n"):
            yield line
            continue
        size = len(line)
        while rest := file.readline(_CHUNK):
            size += len(rest)
            if rest.endswith(b"\n"):
                break
        yield size


def _from_line(
    line: bytes, path: str, number: int, repeats: Repeats, settings: Settings
) -> Acquired | Reject:
    where = f"{path}#line-{number}"
    decoded = decode(line.strip(), where)
    if isinstance(decoded, Reject):
        return decoded
    try:
        row = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        return Reject(path=where, reason="broken_json", detail=f"this line is no JSON: {error}")
    if not isinstance(row, dict):
        return Reject(
            path=where, reason="not_an_object", detail='each line is an object: {"id": …, "text": …}'
        )
    return article(row, path, where, repeats, settings)


def article(
    row: dict[str, Any], path: str, where: str, repeats: Repeats, settings: Settings
) -> Acquired | Reject:
    """The article of a JSON object or a table's row; `where` names it if it has no `id`."""
    text = row.get("text")
    if not isinstance(text, str):
        keys = ", ".join(sorted(row)[:8]) or "none"
        return Reject(
            path=where, reason="no_text", detail=f"no key `text` that holds a string; its keys: {keys}"
        )
    if not _encodable(row):
        return Reject(
            path=where, reason="lone_surrogate", detail="half a character (\\ud800 … \\udfff) in this line"
        )
    name = f"{path}#{row['id']}" if row.get("id") not in (None, "") else where
    text = text.removeprefix("\ufeff")
    return acquire(text, name, _told(row), settings, copy=repeats.count(name, text))


def _encodable(row: dict[str, Any]) -> bool:
    try:
        json.dumps(row, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _told(row: dict[str, Any]) -> Told:
    date = row.get("date")
    date_told = None if date in (None, "") else str(date)
    licence = _string(row.get("licence")) or _string(row.get("license"))
    return Told(
        title=_string(row.get("title")),
        authors=_strings(row.get("authors")) or _strings(row.get("author")),
        publisher=_string(row.get("publisher")),
        url=_string(row.get("url")),
        published=days_meant(date_told) if date_told else None,
        date_told=date_told,
        date_given=date_told is not None,
        licence=licence and (licence_id(licence) or licence),
        meta={k: v for k, v in row.items() if k not in _KEYS},
    )


def _string(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _strings(value: object) -> tuple[str, ...]:
    """One author, or a list of them."""
    if isinstance(value, list):
        return tuple(s for s in map(_string, value) if s)
    one = _string(value)
    return (one,) if one else ()
