"""Corrections in a record: their own table, and the extractor's own reading of what they changed.

Rows of `statements`, `meetings` … hold what holds with the corrections; `uncorrected` holds what the
extractor said, so that a correction can be taken back at any time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from onrecord.record import codec
from onrecord.types import Anchor, Correction, Found, Reading

if TYPE_CHECKING:
    import sqlite3

    from onrecord.record.store import Store

APPLIED = "corrected_with"
"""Key of the manifest: which corrections the rows hold already."""
_COLUMNS = "id, what, field, anchors, value, was, who, at, why"


class Corrections:
    """The corrections of an open record."""

    def __init__(self, store: Store) -> None:
        """Looks into an open record, or writes it where it is open for writing."""
        self._store = store

    def all(self) -> list[Correction]:
        """Every correction, in the order in which they were made; of one moment, by id."""
        rows = self._store.connection.execute(f"SELECT {_COLUMNS} FROM corrections ORDER BY at, id")
        return [_decoded(row) for row in rows]

    def of(self, ids: Iterable[str]) -> list[Correction]:
        """Those with these ids, in the same order."""
        sql = f"""SELECT {_COLUMNS} FROM corrections
            WHERE id IN (SELECT value FROM json_each(?)) ORDER BY at, id"""
        return [_decoded(row) for row in self._store.connection.execute(sql, [codec.to_json(sorted(ids))])]

    def keep(self, corrections: Iterable[Correction]) -> list[Correction]:
        """Writes corrections, each under an id made of what it says; gives them with their ids."""
        told = [msgspec.structs.replace(c, id=_id(c)) for c in corrections]
        with self._store.transaction() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO corrections VALUES (?, ?, ?, CAST(? AS TEXT), CAST(? AS TEXT), "
                "CAST(? AS TEXT), CAST(? AS TEXT), ?, CAST(? AS TEXT))",
                [
                    (c.id, c.what, c.field, codec.to_json(c.anchors), codec.to_json(c.value),
                     codec.to_json(c.was), codec.storable(c.who), c.at, codec.storable(c.why))
                    for c in told
                ],
            )  # fmt: skip
        return told

    def drop(self, ids: Iterable[str]) -> None:
        """Takes corrections out."""
        with self._store.transaction() as connection:
            connection.executemany("DELETE FROM corrections WHERE id = ?", [(i,) for i in ids])

    # --- where they were found -----------------------------------------------------------------------------

    def found(self) -> list[Found]:
        """Where each correction's words were found when they were last applied."""
        sql = "SELECT correction, n, article, row, state, reason FROM corrections_found ORDER BY rowid"
        return [
            Found(correction=c, n=n, article=article, row=row, state=state, reason=reason)
            for c, n, article, row, state, reason in self._store.connection.execute(sql)
        ]

    def set_found(self, found: Iterable[Found]) -> None:
        """Notes where words were found, in place of what stood there."""
        with self._store.transaction() as connection:
            connection.execute("DELETE FROM corrections_found")
            connection.executemany(
                "INSERT INTO corrections_found VALUES (?, ?, ?, ?, ?, ?)",
                [(f.correction, f.n, f.article, f.row, f.state, f.reason) for f in found],
            )

    def lost(self) -> int:
        """How many corrections did not find some of their words."""
        sql = "SELECT count(DISTINCT correction) FROM corrections_found WHERE state = 'lost'"
        return int(self._store.connection.execute(sql).fetchone()[0])

    def hash(self) -> str:
        """16 hex digits of all corrections."""
        ids = [i for (i,) in self._store.connection.execute("SELECT id FROM corrections ORDER BY id")]
        return hashlib.blake2s("\n".join(ids).encode(), digest_size=8).hexdigest() if ids else ""

    @property
    def waiting(self) -> bool:
        """Whether rows have yet to be brought in line with the corrections."""
        return str(self._store.manifest().get(APPLIED, "")) != self.hash()

    def settle(self) -> None:
        """Notes that all rows, merged ones too, are in line with the corrections."""
        told = self.hash()
        if told:
            self._store.set_manifest(**{APPLIED: told})
        else:
            with self._store.transaction() as connection:
                connection.execute("DELETE FROM manifest WHERE key = ?", [APPLIED])

    # --- the extractor's own reading -----------------------------------------------------------------------

    def original(self, article: str) -> Reading | None:
        """An article's reading as the extractor has it; None where no correction changed it."""
        sql = "SELECT reading FROM uncorrected WHERE article = ?"
        found = self._store.connection.execute(sql, [article]).fetchone()
        of = self._store.article(article) if found else None
        if not of:
            return None
        reading: Reading = codec.from_json(found[0], Reading)
        return msgspec.structs.replace(reading, article=of)

    def changed(self) -> list[str]:
        """Ids of the articles that corrections changed."""
        rows = self._store.connection.execute("SELECT article FROM uncorrected ORDER BY article")
        return [article for (article,) in rows]

    def with_texts(self, hashes: Iterable[str]) -> list[str]:
        """Ids of the articles with these texts."""
        sql = "SELECT id FROM articles WHERE text_sha256 IN (SELECT value FROM json_each(?)) ORDER BY id"
        return [i for (i,) in self._store.connection.execute(sql, [codec.to_json(sorted(set(hashes)))])]

    def naming(self, actors: Iterable[str]) -> list[str]:
        """Ids of the articles that name one of these actors."""
        sql = """SELECT DISTINCT article FROM actors
            WHERE id IN (SELECT value FROM json_each(?)) ORDER BY article"""
        return [i for (i,) in self._store.connection.execute(sql, [codec.to_json(sorted(set(actors)))])]

    def rewrite(self, corrected: Reading, original: Reading | None) -> None:
        """An article's rows in place of those it has; `original` is kept where the two differ."""
        article = corrected.article.id
        fingerprint = self._store.fingerprint(article) or ""
        with self._store.transaction() as connection:
            self._store.write_one(connection, corrected, fingerprint)
            if original is not None:
                _keep_original(connection, original)

    def in_article(self, article: str) -> int:
        """How many corrections are applied in an article."""
        sql = "SELECT count(DISTINCT correction) FROM corrections_found WHERE article = ?"
        return int(self._store.connection.execute(sql, [article]).fetchone()[0])

    def corrected_rows(self, table: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(row id, corrections) of the corrected rows of a table."""
        sql = f"SELECT id, corrected FROM {table} WHERE corrected <> '[]' ORDER BY id"
        for row, told in self._store.connection.execute(sql):
            yield row, codec.from_json(told, tuple[str, ...])


def _keep_original(connection: sqlite3.Connection, reading: Reading) -> None:
    bare = msgspec.structs.replace(reading, article=msgspec.structs.replace(reading.article, text=""))
    connection.execute(
        "INSERT OR REPLACE INTO uncorrected VALUES (?, ?)", [reading.article.id, codec.to_json(bare)]
    )


def _id(correction: Correction) -> str:
    told = codec.to_json(msgspec.structs.replace(correction, id=""))
    return f"k-{hashlib.blake2s(told.encode(), digest_size=6).hexdigest()}"


def _decoded(row: tuple[Any, ...]) -> Correction:
    id_, what, field, anchors, value, was, who, at, why = row
    return Correction(
        id=id_, what=what, field=field, anchors=codec.from_json(anchors, tuple[Anchor, ...]),
        value=codec.from_json(value, Any), was=codec.from_json(was, Any), who=who, at=at, why=why,
    )  # fmt: skip
