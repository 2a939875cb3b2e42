"""Where words stand and which days are meant: spans, ranges of days, and ids made of content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import msgspec


class Span(NamedTuple):
    """Characters [start, end) of the article's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class Range(NamedTuple):
    """Two full days, both inclusive; None is an open end."""

    start: date | None
    end: date | None

    def overlaps(self, other: Range) -> bool:
        return (self.start or date.min) <= (other.end or date.max) and (other.start or date.min) <= (
            self.end or date.max
        )

    @property
    def days(self) -> int | None:
        """Number of days covered, None where an end is open."""
        return (self.end - self.start).days + 1 if self.start and self.end else None


def day_range(day: date) -> Range:
    return Range(day, day)


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all values: frozen, compared by content; change with `msgspec.structs.replace`."""


def cut(text: str, spans: Iterable[Span]) -> str:
    """The words that spans cut out of a text; fragments of a discontinuous span are joined by ' … '."""
    return " … ".join(text[s:e] for s, e in spans)


_BARRED = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Text in which `�` stands for each character that markup and calendars bar, so that offsets stay.

    These are control characters other than tab and line ends, half characters (lone surrogates) and the last
    two of the basic plane (HTML, 13.2.3.5 "Preprocessing the input stream"; XML 1.0, 2.2; RFC 5545, 3.1).
    """
    return _BARRED.sub("\ufffd", text)


def row_id(kind: str, article_id: str, *content: object) -> str:
    """An id made of what the row says: `kind` letter, dash, 12 hex digits (BLAKE2s)."""
    told = "\x1f".join([article_id, *map(str, content)])
    return f"{kind}-{hashlib.blake2s(told.encode('utf-8', 'surrogatepass'), digest_size=6).hexdigest()}"


def text_hash(text: str) -> str:
    """SHA-256 of the text as UTF-8, in hex; lone surrogates are encoded as they stand."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
