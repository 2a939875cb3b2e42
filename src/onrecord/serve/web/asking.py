"""What a request asks for, and the record it asks: opened for reading, broken off when time is up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.errors import UsageError
from onrecord.record import Filters, Store
from onrecord.serve.options import day

T = TypeVar("T")
MAX_SECONDS = 10.0
"""After it a question is broken off; a page of a record of a million statements needs far less."""
STEPS = 100_000
"""SQLite's steps between two looks at the time, a millisecond or more. Each look waits for Python's one lock:
with 1,000 steps, 16 readers at once spent most of their time waiting for it."""
REMEMBERED = 32
"""Answers held in memory; a relationship's page, the largest, is some 300 kB."""
PAGE = 50
"""Rows of a page."""
MAX_ROWS = 1_000
"""Rows of one answer of the API."""
FILTERS = ("between", "actor", "issue", "since", "until", "act", "type", "status", "article",
           "min_confidence", "text", "merged", "possible")  # fmt: skip
"""Filters of the listings that a query may name."""


@dataclass(frozen=True)
class Desk:
    """Where requests are answered: the record, and how long an answer may take."""

    record: Path
    seconds: float = MAX_SECONDS
    corrections: bool = False
    """Whether visitors may put rows right."""
    secret: bytes = b""
    """What forms are sealed with."""

    memory: dict[str, tuple[object, Any]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def remembered(self, name: str, question: Callable[[], T]) -> T:
        """The answer to a question that costs much, asked anew when the file has changed.

        The latest `REMEMBERED` answers are held.
        """
        stamp = [
            (path.stat().st_mtime_ns, path.stat().st_size)
            for path in (self.record, self.record.with_name(self.record.name + "-wal"))
            if path.is_file()
        ]
        with self.lock:
            held = self.memory.pop(name, None)
            if held is not None and held[0] == stamp:
                self.memory[name] = held  # as the latest
                known: T = held[1]
                return known
        answer = question()
        with self.lock:
            self.memory[name] = (stamp, answer)
            for oldest in list(self.memory)[:-REMEMBERED]:
                del self.memory[oldest]
        return answer

    @contextmanager
    def opened(self) -> Iterator[Store]:
        """The record for one request: read-only, and broken off when the time is up.

        Raises:
            RecordError: it cannot be opened.
            sqlite3.OperationalError: `interrupted`, when the time was up.
        """
        end = time.monotonic() + self.seconds
        with Store.open(self.record) as store:
            store.connection.execute("PRAGMA query_only = ON")
            store.connection.set_progress_handler(lambda: time.monotonic() > end, STEPS)
            yield store


def desk(request: Request) -> Desk:
    """The desk of the application that a request came to."""
    found: Desk = request.app.state.desk
    return found


def filters(query: QueryParams, *, also: tuple[str, ...] = (), **more: Any) -> Filters:
    """The filters that a query names; empty values are left out.

    Raises:
        UsageError: a parameter is not known, or a value cannot be read.
    """
    known = (*FILTERS, *also)
    if strange := [name for name in query if name not in known]:
        raise UsageError.unknown("parameter", strange[0], known)
    told = {name: value for name in FILTERS if (value := query.get(name, "").strip())}
    return Filters(
        between=_between(told.get("between")),
        actor=told.get("actor"),
        issue=told.get("issue"),
        since=day(told.get("since")),
        until=day(told.get("until"), last=True),
        act=told.get("act"),
        type=told.get("type"),
        status=told.get("status"),
        article=told.get("article"),
        min_confidence=number(told, "min_confidence", 0.0, 1.0),
        text=told.get("text"),
        merged=_yes("merged", told),
        possible=_yes("possible", told),
        **more,
    )


def number(told: dict[str, str] | QueryParams, name: str, least: float, most: float) -> float | None:
    """A number within bounds, None where none is given.

    Raises:
        UsageError: it is no number, or out of bounds.
    """
    text = told.get(name, "")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        raise UsageError(f"{name} {text!r} is no number from {least:g} to {most:g}")
    return value


def count(query: QueryParams, name: str, default: int, most: int, least: int = 1) -> int:
    """A whole number within bounds.

    Raises:
        UsageError: it is none.
    """
    value = number(query, name, least, most)
    if value is not None and value != int(value):
        raise UsageError(f"{name} {query.get(name)!r} is no whole number")
    return default if value is None else int(value)


def _between(told: str | None) -> tuple[str, str] | None:
    if told is None:
        return None
    match [part.strip() for part in told.split(",")]:
        case [one, other] if one and other:
            return one, other
    raise UsageError(f"between {told!r} does not name two sides; write RUS,USA")


def _yes(name: str, given: Mapping[str, str]) -> bool:
    told = given.get(name, "false")
    if told not in ("true", "false", "1", "0"):
        raise UsageError(f"{name} {told!r} is neither true nor false")
    return told in ("true", "1")


def cursor(place: tuple[str, int] | None) -> str | None:
    """A place in the record's order as a cursor."""
    return None if place is None else f"{place[1]}.{place[0]}"


def place(query: QueryParams) -> tuple[str, int] | None:
    """The place that a cursor names, None where none is given.

    Raises:
        UsageError: it is no cursor of ours.
    """
    told = query.get("cursor", "")
    if not told:
        return None
    n, dot, article = told.partition(".")
    if not (dot and n.isascii() and n.isdigit() and len(n) <= 15):
        raise UsageError(f"no cursor {told!r}; take the one that an answer gives as `next`")
    return article, int(n)


def or_missing(question: Callable[[], T]) -> T:
    """The answer; who or what the record does not know is a page that does not exist."""
    try:
        return question()
    except UsageError as error:
        raise HTTPException(404, str(error)) from error
