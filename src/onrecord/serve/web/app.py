"""The application: which address is answered by what, and how errors look."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from onrecord.errors import OnrecordError, RecordError, UsageError
from onrecord.serve.web import api, drawing, forms, pages, searching
from onrecord.serve.web.asking import MAX_SECONDS, Desk
from onrecord.serve.web.data import PREFIX, Browsing
from onrecord.serve.web.guard import Guard, check_address
from onrecord.serve.web.rendering import Utf8, page

ROUTES = [
    Route("/", pages.front),
    Route("/relationship", pages.pair),
    Route("/relationship/{one}/{other}", pages.relationship),
    Route("/charts/{one}/{other}/{name}", drawing.file),
    Route("/meetings", pages.meetings),
    Route("/meetings/{id}", pages.meeting),
    Route("/actors", pages.actors),
    Route("/actors/{id:path}", pages.actor),
    Route("/issues", pages.issues),
    Route("/articles", pages.articles),
    Route("/articles/{id}", pages.article),
    Route("/statements", pages.statements),
    Route("/statements/{id}", pages.statement),
    Route("/explain/{id}", pages.explain),
    Route("/search", searching.found),
    Route("/coverage", pages.coverage),
    Route("/corrections", forms.listed),
    Route("/corrections", forms.make, methods=["POST"]),
    Route("/corrections/undo", forms.undo, methods=["POST"]),
    Route("/corrections.jsonl", forms.file),
    Route("/style.css", pages.css),
    Route("/api/openapi.json", api.description),
    Route("/api/coverage", api.coverage),
    Route("/api/corrections", api.corrections),
    Route("/api/search", api.found),
    Route("/api/relationship/{one}/{other}", api.relationship),
    Route("/api/explain/{id}", api.explain),
    Route("/api/{kind}", api.rows),
    Route("/api/{kind}/{id:path}", api.row),
]
AT_ONCE = 8
"""Requests answered at the same time; the others wait. Python runs one of them at a time, and the more there
are, the longer each row that SQLite gives waits for its turn."""
_NO_QUERY = ("fts5:", "unterminated string", "no such column", "unknown special query")
"""How SQLite says that it cannot read a full-text query."""
_BUSY = "The answer would take too long. Ask for less: fewer days, one actor, another word."


def application(
    record: Path | str,
    *,
    token: str | None = None,
    seconds: float = MAX_SECONDS,
    corrections: bool = True,
    secret: bytes | None = None,
) -> ASGIApp:
    """The pages and the JSON of a record as an ASGI application.

    Args:
        record: a record; opened for reading at each request, so that a build under way is seen.
        token: what visitors have to give, where the pages are not on this machine's own address only.
        seconds: after it a question to the record is broken off.
        corrections: whether visitors may put rows right, where the record can be written.
        secret: what forms are sealed with; None: made now.
    """
    app = Starlette(
        routes=[
            *ROUTES,
            Route(PREFIX, lambda _: RedirectResponse(f"{PREFIX}/")),
            Mount(PREFIX, app=Browsing(Path(record))),
        ],
        exception_handlers={
            HTTPException: _known,
            OnrecordError: _ours,
            sqlite3.Error: _database,
            Exception: _unexpected,
        },
        lifespan=_few_at_once,
    )
    app.state.desk = Desk(
        record=Path(record),
        seconds=seconds,
        corrections=corrections,
        secret=secret or secrets.token_bytes(32),
    )
    return Guard(app, token=token)


def run(
    record: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    token: str | None = None,
    corrections: bool = True,
    started: Callable[[str], None] = lambda _: None,
) -> None:
    """Serves a record until the process is told to end; `started` is told the address.

    Raises:
        UsageError: `host` is not this machine's own and there is no token.
        RecordError: the record cannot be read.
    """
    import uvicorn

    from onrecord.record import Store

    check_address(host, token)
    with Store.open(record):
        pass
    started(f"http://{f'[{host}]' if ':' in host else host}:{port}/  (Ctrl-C ends it)")
    uvicorn.run(
        application(record, token=token, corrections=corrections),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
    )


@asynccontextmanager
async def _few_at_once(_: Starlette) -> AsyncIterator[None]:
    to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
    yield


def _answer(request: Request, status: int, told: str) -> Response:
    if request.url.path.startswith("/api/"):
        body = msgspec.json.encode({"error": told.encode("utf-8", "replace").decode()})
        return Utf8(body, status, media_type="application/json")
    return page("error", status=status, code=status, told=told)


def _known(request: Request, error: Any) -> Response:
    told = error.detail if error.status_code != 404 or error.detail != "Not Found" else "No such page."
    return _answer(request, error.status_code, told)


def _ours(request: Request, error: Any) -> Response:
    """What was asked wrongly, in the words of the error; of the record's file nothing is told."""
    if isinstance(error, UsageError):
        return _answer(request, 400, str(error))
    told = "The record cannot be read now." if isinstance(error, RecordError) else "The question failed."
    return _answer(request, 503, told)


def _database(request: Request, error: Any) -> Response:
    if any(sign in str(error) for sign in _NO_QUERY):
        return _answer(request, 400, '`text` is no full-text query; write words, or "a phrase".')
    return _answer(request, 503, _BUSY if "interrupted" in str(error) else "The record cannot be read now.")


def _unexpected(request: Request, _: Any) -> Response:
    return _answer(request, 500, "Something went wrong; the server's log tells what.")
