"""Every table of the record to browse freely, with facets, SQL, JSON and CSV: Datasette under `/data/`.

The one door to Datasette. It reads the file as it is now and cannot write it; what it would tell of this
machine (paths, threads, versions) is left out.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PREFIX = "/data"
DATABASE = "record"
"""What the record is called in addresses: `/data/record/statements`."""
HEADERS = [
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'self'; "
        b"base-uri 'none'; frame-ancestors 'none'",
    )
]
"""As for the pages, but Datasette writes styles into its own. No script runs, so none of an article's."""
_BY_ID = re.compile(rf"/{DATABASE}/(\w+)/([a-z]{{1,2}}-[^/.]+)")
SETTINGS: dict[str, Any] = {
    "base_url": f"{PREFIX}/",
    "sql_time_limit_ms": 3_000,
    "facet_time_limit_ms": 300,
    "facet_suggest_time_limit_ms": 50,
    "max_returned_rows": 1_000,
    "max_csv_mb": 20,
    "num_sql_threads": 2,
    "allow_download": False,
    "default_cache_ttl": 0,
}
_ABOUT = {
    "title": "The record, table by table",
    "description": "Columns: docs/data-dictionary.md. Offsets are Unicode code points, end exclusive.",
    "databases": {DATABASE: {"tables": {"uncorrected": {"hidden": True}, "fact_tables": {"hidden": True}}}},
}


class Browsing:
    """Datasette as an application under a prefix; made when it is first asked."""

    def __init__(self, record: Path) -> None:
        """Will browse a record."""
        self._record = record
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        path = str(scope["path"]).removeprefix(PREFIX) or "/"
        if path.startswith("/-/") and not path.startswith("/-/static/"):
            await PlainTextResponse("No such page.", 404)(scope, receive, send)
            return
        if by_id := _BY_ID.fullmatch(path):
            # Datasette takes a foreign key for the number of a row; ours are ids.
            to = f"{PREFIX}/{DATABASE}/{by_id[1]}?{urlencode({'id': unquote(by_id[2])})}"
            await RedirectResponse(to)(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                held = [h for h in message.get("headers", []) if h[0].lower() != b"referrer-policy"]
                message = {**message, "headers": [*held, *HEADERS]}
            await send(message)

        raw = bytes(scope.get("raw_path") or path.encode()).removeprefix(PREFIX.encode()) or b"/"
        # Told of the prefix both by the path and by `root_path`, Datasette puts it into its links twice.
        inner = {**scope, "path": path, "raw_path": raw, "root_path": ""}
        await self._made()(inner, receive, sealed)

    def _made(self) -> ASGIApp:
        if self._app is None:
            from datasette.app import Datasette
            from datasette.database import Database

            browser = Datasette(metadata=_ABOUT, settings=SETTINGS)
            # Mutable: a file that is written meanwhile shows its new rows; the connection reads only.
            browser.add_database(Database(browser, path=str(self._record), is_mutable=True), name=DATABASE)
            self._app = browser.app()
        return self._app
