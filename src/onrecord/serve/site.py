"""The pages of a record as files that open from disk: `onrecord export RECORD.db --to site DIR`.

The site is what the server shows: each page is asked of the application, without a network, its links are
followed, and addresses become relative paths. What needs a server goes: search, forms, the JSON API, free
browsing. Of articles without an open licence the pages are made of a copy of the record that holds short
quotations only.
"""

from __future__ import annotations

import asyncio
import html
import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from posixpath import dirname, relpath
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from starlette.types import ASGIApp, Message

from onrecord.record import Store
from onrecord.record.exporting import job_of, quoted_copy, write_manifest
from onrecord.record.exporting.job import Job

FORMAT = "site"
LEFT = ("/api", "/data", "/search", "/login", "/corrections")
"""Addresses that need a server, with all below them."""
PAGED = frozenset({"cursor", "page"})
"""Parts of a query that lead to the next rows; `/issues?issue=ID` is the page of an issue."""
KEPT = ("text/html", "text/css", "image/", "text/csv", "application/json")
SECONDS = 600.0
"""After it a page is given up; a page on disk may take longer than one that somebody waits for."""
POLICY = "default-src 'none'; style-src 'self' file: 'unsafe-inline'; img-src 'self' file: data:"
"""As the server's; a file has no origin of its own, so its neighbours are allowed by scheme."""
NOTE = "No open licence is on record for this article: its text is cut to short quotations."
_LINK = re.compile(r"""\s((?:xlink:)?href|src)="(/[^"]*)\"""")
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_CORRECT = re.compile(r'<details class="correct".*?</details>', re.DOTALL)
_LEFT = re.compile(rf'( · )?<a [^>]*href="({"|".join(LEFT)})[/"?.][^>]*>[^<]*</a>')
"""Links by their own names to what needs a server."""
_HEAD, _MAIN = re.compile(r"<head>"), re.compile(r"<main\b[^>]*>")


class Answer(NamedTuple):
    """What the application says to a request."""

    status: int
    kind: str
    body: bytes


def export_site(store: Store, folder: Path | str, *, full_text: bool = False) -> list[Path]:
    """Writes the pages of a record into a folder; `index.html` is the front page. Gives the files' paths.

    Args:
        store: an open record.
        folder: made when it does not exist; files of the same names are replaced.
        full_text: whole texts also where no open licence is known; only with the right to do so.
    """
    from onrecord.serve.web.app import application

    job = job_of(store, folder, full_text=full_text)
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "record.db"
        quoted_copy(store, copy, job.closed)
        # In a thread of its own, since a notebook has an event loop running already.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, crawl(application(copy, seconds=SECONDS), job)).result()
    write_manifest(job, FORMAT)
    return job.paths


async def crawl(app: ASGIApp, job: Job) -> None:
    """Writes every page that can be reached from the front page."""
    names = Names()
    waiting = ["/"]
    names.of("/")
    while waiting:
        address = waiting.pop()
        answer = await ask(app, address)
        if answer.status != 200 or not answer.kind.startswith(KEPT):
            job.left_out[f"pages answered with {answer.status} {answer.kind}"] += 1
            continue
        body = answer.body
        if answer.kind.startswith("text/html"):
            page = Page(address, body.decode("utf-8"), names)
            body = page.text(is_cut=_article(address) in job.closed).encode("utf-8")
            waiting += page.new
        job.write(names.of(address), body)


def _article(address: str) -> str:
    """The id of the article whose page an address is, else nothing."""
    path = unquote(urlsplit(address).path)
    return path.removeprefix("/articles/") if path.startswith("/articles/") else ""


class Names:
    """Address → file, each its own whatever the case of letters."""

    def __init__(self) -> None:
        """No address is known yet."""
        self._files: dict[str, str] = {}
        self._taken: set[str] = set()

    def __contains__(self, address: str) -> bool:
        return address in self._files

    def of(self, address: str) -> str:
        """The file of an address, the same for the same address."""
        if address not in self._files:
            self._files[address] = self._new(address)
        return self._files[address]

    def _new(self, address: str) -> str:
        parts = urlsplit(address)
        path = "/".join(_plain(unquote(p)) for p in parts.path.split("/") if p) or "index"
        stem, suffix = path, ".html"
        if (ending := PurePosixPath(path).suffix) in (".css", ".svg", ".png", ".csv", ".json"):
            stem, suffix = path.removesuffix(ending), ending
        told = stem + "".join(f"-{_plain(v)}" for k, v in parse_qsl(parts.query) if k not in PAGED)
        name, n = told + suffix, 1
        while name.lower() in self._taken:
            n += 1
            name = f"{told}-{n}{suffix}"
        self._taken.add(name.lower())
        return name


def _plain(part: str) -> str:
    """A part of a path that every file system takes."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", part).strip("-.")[:80] or "page"


class Page:
    """One page on its way to a file."""

    def __init__(self, address: str, told: str, names: Names) -> None:
        """Takes a page as the application gave it."""
        self._here = dirname(names.of(address))
        self._names = names
        self.new: list[str] = []
        """Addresses that were not known before, those met last first."""
        self._text = _LINK.sub(self._link, _without_server(told))
        self.new.reverse()

    def text(self, *, is_cut: bool) -> str:
        """The page as it is written; `is_cut` says so on the page of an article."""
        policy = f'<head>\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        told = _HEAD.sub(lambda _: policy, self._text, count=1)
        if is_cut:
            told = _MAIN.sub(lambda m: f'{m[0]}\n<p class="facts">{NOTE}</p>', told, count=1)
        return told

    def _link(self, found: re.Match[str]) -> str:
        """A link to a file; one that leads to what needs a server leads nowhere."""
        address, _, fragment = html.unescape(found[2]).partition("#")
        if not is_kept(address):
            return ""
        if address not in self._names:
            self.new.append(address)
        path = relpath(self._names.of(address), self._here or ".")
        target = f"{path}#{fragment}" if fragment else path
        return f' {found[1]}="{html.escape(target)}"'


def _without_server(told: str) -> str:
    """A page without forms, boxes for corrections, and links to what needs a server."""
    for gone in (_CORRECT, _FORM, _LEFT):
        told = gone.sub("", told)
    return told


def is_kept(address: str) -> bool:
    """Whether an address becomes a file."""
    parts = urlsplit(address)
    keys = {key for key, _ in parse_qsl(parts.query, keep_blank_values=True)}
    of_issue = parts.path == "/issues" and keys == {"issue"}
    is_left = any(parts.path == p or parts.path.startswith(f"{p}/") for p in LEFT)
    return not is_left and not address.startswith("//") and (keys <= PAGED or of_issue)


async def ask(app: ASGIApp, address: str) -> Answer:
    """One request to an application in this process."""
    parts = urlsplit(address)
    scope: dict[str, Any] = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": unquote(parts.path), "raw_path": parts.path.encode(), "query_string": parts.query.encode(),
        "root_path": "", "headers": [(b"host", b"localhost")], "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
    }  # fmt: skip
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start = next(m for m in sent if m["type"] == "http.response.start")
    return Answer(start["status"], _kind(start), b"".join(_bodies(sent)))


def _kind(start: Message) -> str:
    headers = {k.lower(): v for k, v in start.get("headers", ())}
    return bytes(headers.get(b"content-type", b"")).decode("latin-1")


def _bodies(sent: list[Message]) -> Iterator[bytes]:
    return (m.get("body", b"") for m in sent if m["type"] == "http.response.body")
