"""How often a pile has brought the same text under the same name, without keeping the pile in memory."""

from __future__ import annotations

import hashlib
import sqlite3


class Repeats:
    """Counts by digest, in a temporary file of SQLite's: its cache stays at 2 MB however long the pile."""

    def __init__(self) -> None:
        self._counts = sqlite3.connect("", isolation_level=None)
        self._counts.execute("PRAGMA journal_mode = OFF")
        self._counts.execute("CREATE TABLE seen (digest BLOB PRIMARY KEY, n INTEGER) WITHOUT ROWID")

    def count(self, name: str, text: str) -> int:
        """How often this text has come under this name before."""
        told = f"{name}\0{text}".encode("utf-8", "surrogatepass")
        (n,) = self._counts.execute(
            "INSERT INTO seen VALUES (?, 0) ON CONFLICT DO UPDATE SET n = n + 1 RETURNING n",
            [hashlib.blake2b(told, digest_size=12).digest()],
        ).fetchone()
        return int(n)
