"""Feeds (RSS, Atom) → articles, an entry each: the one door to feedparser. Nothing is fetched here."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Iterator
from typing import Any, BinaryIO

import feedparser
from lxml import html as markup
from lxml.etree import ParserError

from onrecord import limits
from onrecord.acquire import credits, lines, pages
from onrecord.acquire.article import too_long
from onrecord.acquire.repeats import Repeats
from onrecord.settings import Settings
from onrecord.types import Acquired, Reject

_BLOCKS = (
    "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "table",
    "figure", "figcaption", "section", "article", "hr", "pre",
)  # fmt: skip
_HALF = re.compile(
    rb"&#(?:[xX]0{0,8}[dD][89a-fA-F][\da-fA-F]{2}|0{0,8}(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));"
)
"""Half a character as XML may not write it; feedparser fails on a whole feed for one of them."""
Row = dict[str, Any]
"""An entry with the keys of a JSON line of input."""


def read(file: BinaryIO, path: str, settings: Settings) -> Iterator[Acquired | Reject]:
    """The entries of a feed that was saved as a file, named `FILE#id`."""
    data = file.read(pages.MAX_BYTES + 1)
    if len(data) > pages.MAX_BYTES:
        yield too_long(path, len(data), settings, "bytes or more")
        return
    found = rows(data, path)
    if isinstance(found, Reject):
        yield found
        return
    repeats = Repeats()
    for number, row in enumerate(found, 1):
        yield lines.article(row, path, f"{path}#entry-{number}", repeats, settings)


def rows(data: bytes, path: str, *, charset: str | None = None) -> list[Row] | Reject:
    """The entries of a feed, oldest last as feeds have them; those without a word are none.

    An entry's text is its title, then its content (or, where a feed gives none, its summary), a paragraph a
    line. Its date is that of publication or, where the feed gives only that, of the last change: the text
    is the one of that day.
    """
    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    try:
        with limits.within(limits.PAGE_SECONDS):
            # A stream: bytes or text feedparser takes for an address or a file's name first.
            parse: Any = feedparser.parse  # type: ignore[attr-defined]
            feed = parse(
                io.BytesIO(_HALF.sub(b"&#xFFFD;", data)),
                response_headers=headers,
                resolve_relative_uris=False,
            )
            if not feed.get("version"):
                return Reject(path=path, reason="no_feed", detail="this is neither RSS nor Atom")
            return [row for entry in feed.entries if (row := _row(entry, feed.feed)) is not None]
    except limits.Exceeded as error:
        return Reject(path=path, reason=error.reason, detail=str(error))
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        AssertionError,
        RecursionError,
        LookupError,
    ) as error:
        return Reject(path=path, reason="broken_feed", detail=f"this feed cannot be taken apart: {error}")


def _row(entry: Any, feed: Any) -> Row | None:
    title = " ".join(text_of(entry.get("title", "")).split())
    bodies = [
        text_of(c.get("value", "")) for c in [*entry.get("content", []), entry.get("summary_detail", {})]
    ]
    body = max(bodies, key=len, default="")
    told = body if body.casefold().startswith(title.casefold()) else f"{title}\n{body}"
    if not any(c.isalnum() for c in told):
        return None
    published = entry.get("published_parsed") or entry.get("updated_parsed")
    row = {
        "id": entry.get("id") or entry.get("link"),
        "text": told.strip(),
        "title": title,
        "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", published) if published else None,
        "publisher": credits.publisher_named(feed.title) if feed.get("title") else None,
        "url": entry.get("link"),
        "authors": [a["name"] for a in entry.get("authors", []) if a.get("name")],
        "licence": entry.get("license") or entry.get("rights") or feed.get("license") or feed.get("rights"),
        "tags": [t["term"] for t in entry.get("tags", []) if t.get("term")],
    }
    told_only = {key: value for key, value in row.items() if value}
    # Half a character (`&#xD800;`) becomes a question mark: unlike a file's text, this one is made here.
    sound: Row = json.loads(json.dumps(told_only, ensure_ascii=False).encode("utf-8", "replace"))
    return sound


def text_of(value: str) -> str:
    """The words of a piece of HTML, a paragraph a line; plain words stay."""
    if "<" not in value and "&" not in value:
        return "\n".join(" ".join(line.split()) for line in value.splitlines() if line.strip())
    try:
        taken_apart: Any = markup.fragment_fromstring
        piece = taken_apart(" ".join(value.replace("\0", " ").split()), create_parent="div")
    except (ParserError, ValueError):
        return ""
    for block in piece.iter(*_BLOCKS):
        block.text = f"\n{block.text or ''}"
        block.tail = f"\n{block.tail or ''}"
    words = "".join(piece.itertext(with_tail=True))
    return "\n".join(" ".join(line.split()) for line in words.splitlines() if line.strip())
