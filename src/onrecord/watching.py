"""Feeds that are watched: new entries go into files beside the record, and from there into the record.

`my.db.feeds/` holds `000001.jsonl` and so on, the new entries of one round each, and `state.json`: what each
server said last (its ETag and Last-Modified), and how many of the files the record has. The files come
first and the record is fed from them, so a run that is broken off at any moment loses and doubles
nothing, and `onrecord build my.db.feeds -o other.db` reads everything that was ever watched once more.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from onrecord import building
from onrecord.acquire import feeds, fetch
from onrecord.errors import RecordError
from onrecord.record.locking import WriteLock
from onrecord.types import Reject

MIN_EVERY = 5.0
"""Minutes: asking more often is impolite, and feeds say little that is newer."""
PAUSE = 1.0
"""Seconds between two feeds of one server."""
_STATE = "state.json"
Note = Callable[[str], None]


class _Server(msgspec.Struct, kw_only=True):
    """What was learnt of one feed's server."""

    etag: str | None = None
    modified: str | None = None


class _State(msgspec.Struct, kw_only=True):
    """What a folder of watched feeds remembers; `added` counts its files that the record has."""

    feeds: dict[str, _Server] = {}
    added: int = 0


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """What one round over the feeds brought."""

    entries: int
    """New entries, all feeds together."""
    failed: tuple[Reject, ...] = ()
    """Feeds that could not be read."""
    exit_code: int = 0


class Watch:
    """The feeds of one record; use it as a context manager, since only one process may watch for a record."""

    def __init__(
        self, record: Path, feeds: Sequence[str], *, allow_private: bool = False, workers: int = 1
    ) -> None:
        self.record, self.addresses = record, list(dict.fromkeys(feeds))
        self.allow_private, self.workers = allow_private, workers
        self.folder = record.with_name(f"{record.name}.feeds")
        self._quiet_until: dict[str, float] = {}

    def __enter__(self) -> Watch:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = WriteLock.take(self.folder / "watch")
        path = self.folder / _STATE
        self._state = msgspec.json.decode(path.read_bytes(), type=_State) if path.is_file() else _State()
        self._seen = set(self._kept())
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def round(
        self,
        note: Note,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> Round:
        """Asks each feed once, and adds what is new to the record; what failed is told and tried next time.

        Raises:
            UsageError: the record was built with another version of onrecord.
        """
        entries, failed, last = 0, list[Reject](), None
        for address in self.addresses:
            if clock() < self._quiet_until.get(address, 0.0):
                continue
            host = address.split("/")[2] if fetch.is_address(address) else None
            if host and host == last:
                sleep(PAUSE)
            last = host
            found = self._new(address, clock())
            if isinstance(found, Reject):
                failed.append(found)
                note(f"{found.path}: {found.reason}: {found.detail}")
            else:
                entries += found
                note(f"{_name(address)}: {found} new")
        return Round(entries=entries, failed=tuple(failed), exit_code=self._add(note) or (3 if failed else 0))

    def _new(self, address: str, now: float) -> int | Reject:
        """How many entries of a feed are new; they are in a file of their own then."""
        name = _name(address)
        server = self._state.feeds.get(_key(address)) or _Server()
        try:
            data, charset, told = self._asked(address, server)
        except fetch.NotFetched as error:
            self._quiet_until[address] = now + (error.retry_after or 0.0)
            return Reject(path=name, reason=error.reason, detail=str(error))
        rows = feeds.rows(data, name, charset=charset) if data is not None else []
        if isinstance(rows, Reject):
            return rows
        new = [{**row, "feed": name} for row in rows if _mark(row) not in self._seen]
        if new:
            self._write(self._path(self._files() + 1), _lines(new))
            self._seen |= {_mark(row) for row in new}
        self._state.feeds[_key(address)] = told
        self._keep()
        return len(new)

    def _asked(self, address: str, server: _Server) -> tuple[bytes | None, str | None, _Server]:
        """A feed's bytes (None: nothing has changed), its charset as told, and what to ask with next time.

        Raises:
            NotFetched: see `fetch.get`; also for a file that is not there.
        """
        if not fetch.is_address(address):
            return _file(address), None, server
        got = fetch.get(address, allow_private=self.allow_private, etag=server.etag, modified=server.modified)
        if got.body is None:
            return None, None, server
        return got.body, got.charset, _Server(etag=got.etag, modified=got.modified)

    def _add(self, note: Note) -> int:
        """Feeds the record with the files it does not have; the exit code of what could not be read."""
        files = [self._path(n) for n in range(self._state.added + 1, self._files() + 1)]
        if not files:
            return 0
        try:
            coverage = building.add(self.record, files, workers=self.workers)
        except RecordError as error:
            note(f"{error}; its new entries are kept and go in next time")
            return 1
        self._state.added += len(files)
        self._keep()
        return coverage.exit_code

    def _files(self) -> int:
        """Number of the newest file."""
        return max((int(p.stem) for p in self.folder.glob("[0-9]*.jsonl") if p.stem.isdecimal()), default=0)

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06}.jsonl"

    def _kept(self) -> Iterator[bytes]:
        for number in range(1, self._files() + 1):
            for line in self._path(number).read_bytes().splitlines():
                yield _mark(msgspec.json.decode(line))

    def _keep(self) -> None:
        self._write(self.folder / _STATE, msgspec.json.encode(self._state))

    def _write(self, path: Path, data: bytes) -> None:
        """All of it or nothing, also if the machine stops in between.

        Raises:
            RecordError: the folder cannot be written, for instance because the disk is full.
        """
        part = path.with_suffix(".part")
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError as error:
            raise RecordError(f"cannot write {path}: {error.strerror or error}") from error


def _lines(rows: Iterable[feeds.Row]) -> bytes:
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


def _mark(row: feeds.Row) -> bytes:
    """What tells an entry from others: its id and its words, so that a changed entry is a new one."""
    told = f"{row.get('id')}\0{row['text']}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(told, digest_size=12).digest()


def _key(address: str) -> str:
    """A feed's name in the state: not its address, which may hold a token."""
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _name(address: str) -> str:
    return fetch.shown(address) if fetch.is_address(address) else address


def _file(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(fetch.MAX_BYTES)
    except (OSError, ValueError) as error:
        raise fetch.NotFetched("not_found", f"no feed and no file: {error}") from None
