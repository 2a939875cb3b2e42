"""How a record's file is opened, and brought to the present schema."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from onrecord.errors import RecordError
from onrecord.record import codec, schema

_BUSY_SECONDS = 30.0


def is_folder(path: str) -> bool:
    """Whether a path names a folder of parts: it ends with a slash, has a protocol, or is a folder."""
    return path.endswith("/") or "://" in path or Path(path).is_dir()


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """A record's file, open; with `write` it is made when there is none.

    Raises:
        RecordError: there is none to read.
    """
    if not write and not path.is_file():
        raise RecordError(f"no record {path}; make one with `onrecord build INPUT… -o {path}`")
    uri = path.absolute().as_uri()
    connection = _opened(f"{uri}?mode={'rwc' if write else 'ro'}")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        if write:
            raise
        # WAL needs shared memory beside the file; in a folder that cannot be written, read the file alone.
        connection.close()
        connection = _opened(f"{uri}?mode=ro&immutable=1")
    if write:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
    return connection


def upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """A new file gets its tables; an older record is copied, then brought to the current schema."""
    if 0 < schema.version(connection) < schema.current():
        schema.backup(connection, path)
    try:
        schema.migrate(connection)
    except sqlite3.Error:
        if connection.in_transaction:
            connection.rollback()
        raise


def _opened(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, timeout=_BUSY_SECONDS, check_same_thread=False
    )
    connection.text_factory = codec.readable
    return connection
