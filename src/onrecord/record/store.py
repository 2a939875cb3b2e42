"""A record as an SQLite file: one writer, any number of readers, whole articles only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

from onrecord.errors import RecordError
from onrecord.record import codec, grounding, merging, opening, schema, together
from onrecord.record.corrections import Corrections
from onrecord.record.coverage import LOOK_ALIKES, Coverage, Run
from onrecord.record.filters import Filters, frequent, where
from onrecord.record.kinds import BY_TYPE, KINDS, ROW_KINDS, Kind
from onrecord.record.locking import WriteLock
from onrecord.types import Actor, Article, Copy, Merged, Reading, Reject, SameQuote

T = TypeVar("T")
_FORGET = "DELETE FROM rejects WHERE path = CAST(?1 AS TEXT) OR (path > ?1 || '#' AND path < ?1 || '$')"


class Store:
    """An open record. `Store.open` is the way to get one; use it as a context manager.

    Rows come in a fixed order: article id, then place in the reading.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, lock: WriteLock | None) -> None:
        """Takes over an open connection; callers use `Store.open`."""
        self.connection = connection
        self.path = path
        self._lock = lock
        self.corrections = Corrections(self)
        self.merging = merging.Merging(self)

    @classmethod
    def open(cls, path: Path | str, *, write: bool = False) -> Store:
        """Opens a record for reading, or for writing (made when it does not exist).

        Raises:
            RecordError: no such record, not a record, or another process writes it now.
        """
        if opening.is_folder(str(path)):
            return cls._folder(str(path), write=write)
        path = Path(path)
        lock = WriteLock.take(path) if write else None
        try:
            connection = opening.connect(path, write=write)
            schema.check(connection, str(path))
            if write:
                opening.upgrade(connection, path)
            elif schema.version(connection) < schema.current():
                raise RecordError(
                    f"{path} has schema {schema.version(connection)}, which an older onrecord wrote; "
                    f"`onrecord upgrade {path}` brings it to {schema.current()} and keeps a copy"
                )
        except (sqlite3.Error, RecordError) as error:
            if lock:
                lock.release()
            if isinstance(error, RecordError):
                raise
            raise RecordError(f"cannot open {path} as a record: {error}") from error
        return cls(connection, path, lock)

    @staticmethod
    def _folder(url: str, *, write: bool) -> Store:
        from onrecord.record.folder import Folder

        if write:
            raise RecordError(
                f"{url} is a folder of parts; `onrecord gather` makes a record of it to write to"
            )
        return Folder.at(url)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the record; a writer leaves one plain file behind."""
        try:
            if self._lock:
                # An unfinished query may forbid it; the next writer does it then.
                with suppress(sqlite3.Error):
                    self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.connection.close()
        finally:
            if self._lock:
                self._lock.release()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing.

        Raises:
            RecordError: SQLite refused, for instance because the disk is full; nothing was written.
        """
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                self.connection.rollback()
                raise
            self.connection.commit()
        except sqlite3.Error as error:
            raise RecordError(f"cannot write {self.path}: {error}") from error

    # --- writing ---------------------------------------------------------------------------------------

    def write(self, *readings: Reading, fingerprints: Sequence[str] = ()) -> None:
        """Readings in one transaction, each in place of an older one of the same article.

        Rows that are not grounded are not written; they stand in `refused` with their reason.
        """
        with self.transaction() as connection:
            for n, reading in enumerate(readings):
                self.write_one(connection, reading, fingerprints[n] if fingerprints else "")

    def write_one(self, connection: sqlite3.Connection, reading: Reading, fingerprint: str) -> None:
        """One reading, within a transaction of the caller's."""
        article = reading.article
        connection.execute("DELETE FROM articles WHERE id = ?", [article.id])
        sql = codec.insert_sql("articles", Article, ("fingerprint",))
        connection.execute(sql, [fingerprint, *codec.encode(article)])
        reading, refused = grounding.sound(reading)
        for kind in ROW_KINDS:
            assert kind.reading
            rows = getattr(reading, kind.reading)
            sql = codec.insert_sql(kind.table, kind.type, ("article", "n"))
            connection.executemany(sql, [[article.id, n, *codec.encode(row)] for n, row in enumerate(rows)])
            together.write_links(connection, kind, rows)
        connection.executemany(
            "INSERT INTO refused VALUES (?, ?, CAST(? AS TEXT), CAST(? AS TEXT))",
            [(article.id, r.kind, codec.storable(r.row), codec.storable(r.reason)) for r in refused],
        )

    def refused(self) -> list[tuple[str, str, str, str]]:
        """Rows that were not written because they are not grounded: article, kind, row, reason."""
        listed = "SELECT article, kind, row, reason FROM refused ORDER BY rowid"
        return self.connection.execute(listed).fetchall()

    def note_refused(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        """Keeps what another record refused of articles that this one holds."""
        with self.transaction() as connection:
            connection.executemany(
                "INSERT INTO refused SELECT ?1, ?2, ?3, ?4 WHERE ?1 IN (SELECT id FROM articles)", rows
            )

    def remove(self, articles: Iterable[str]) -> None:
        """Takes articles out, with all their rows."""
        with self.transaction() as connection:
            connection.executemany("DELETE FROM articles WHERE id = ?", [[a] for a in articles])

    def remove_paths(self, paths: Iterable[str]) -> None:
        """Takes out the articles of these paths, with all their rows."""
        given = [(codec.storable(path),) for path in paths]
        if given:
            with self.transaction() as connection:
                connection.executemany("DELETE FROM articles WHERE path = CAST(? AS TEXT)", given)

    def write_merged(self, merged: Merged, state: str = "") -> None:
        """Everything that many articles tell together, in place of what stood there.

        `state` names what the merging rested on beside the rows, for those who ask whether its notes hold.
        """
        with self.transaction() as connection:
            together.write(connection, merged)
            if self.merging.noting:
                self.merging.settle(connection, state)

    def write_rejects(self, rejects: Iterable[Reject], *, instead_of: Iterable[str] | None = None) -> None:
        """Inputs that are no article, in place of those noted earlier: all, or those of the files named."""
        with self.transaction() as connection:
            if instead_of is None:
                connection.execute("DELETE FROM rejects")
            else:
                connection.executemany(_FORGET, [(codec.storable(path),) for path in sorted(instead_of)])
            connection.executemany(
                "INSERT OR IGNORE INTO rejects VALUES (CAST(? AS TEXT), ?, CAST(? AS TEXT), ?)",
                [
                    (codec.storable(r.path), r.reason, codec.storable(r.detail), int(r.deliberate))
                    for r in rejects
                ],
            )

    def set_manifest(self, **values: object) -> None:
        """Keeps values of the manifest, in place of older ones of the same name."""
        with self.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO manifest VALUES (?, ?)",
                [(key, codec.to_json(value)) for key, value in values.items()],
            )

    # --- reading ---------------------------------------------------------------------------------------

    def articles(self, filters: Filters | None = None) -> Iterator[Article]:
        """Articles with their texts, by id."""
        return (article for _, article in self.rows(Article, filters))

    def article(self, article_id: str) -> Article | None:
        """One article with its text."""
        sql = f"SELECT {codec.select_list(Article)} FROM articles t WHERE id = ?"
        row = self.connection.execute(sql, [article_id]).fetchone()
        return codec.decode(Article, row) if row else None

    def article_head(self, article_id: str) -> tuple[str, str | None, str | None, str | None, str | None]:
        """An article's id, path, title, publisher and day of publication (ISO)."""
        sql = "SELECT id, path, title, publisher, published FROM articles WHERE id = ?"
        found = self.connection.execute(sql, [article_id]).fetchone()
        return found or (article_id, None, None, None, None)

    def rows(self, kind: type[T], filters: Filters | None = None) -> Iterator[tuple[str, T]]:
        """(article id, row) of one kind, streaming; a merged row's article id is empty."""
        of = BY_TYPE[kind]
        article, order = keys_of(of)
        filters = filters or Filters()
        condition, values = where(self.connection, of, filters)
        limit = "" if filters.limit is None else f" LIMIT {int(filters.limit)}"
        table, walked = f"{of.table} t", bool(limit) and frequent(self.connection, of, filters)
        if walked:
            # Told by name: SQLite else looks all of them up and sorts them (85 ms for 5 on 25,000 rows).
            table += f" INDEXED BY sqlite_autoindex_{of.table}_1"
        elif filters.selective:
            order = unwalked(order)
            if limit:
                # Only keys are sorted; whole rows of all that was found would fill the memory first.
                condition = f" WHERE t.key IN (SELECT t.key FROM {table}{condition} ORDER BY {order}{limit})"
        columns = f"{article}, {codec.select_list(kind)}"
        sql = f"SELECT {columns} FROM {table}{condition} ORDER BY {order}{limit}"
        for row in self.connection.execute(sql, values):
            yield row[0], codec.decode(kind, row[1:])

    def row(self, row_id: str) -> tuple[Kind, str, Any] | None:
        """The kind, article id (empty for merged rows) and value of the row that has an id."""
        for kind in KINDS.values():
            if kind.identified:
                columns = f"{keys_of(kind)[0]}, {codec.select_list(kind.type)}"
                sql = f"SELECT {columns} FROM {kind.table} t WHERE id = ?"
                found = self.connection.execute(sql, [row_id]).fetchone()
                if found:
                    return kind, found[0], codec.decode(kind.type, found[1:])
        return None

    def count(self, kind: type[Any], filters: Filters | None = None) -> int:
        """Number of rows of a kind."""
        of = BY_TYPE[kind]
        condition, values = where(self.connection, of, filters or Filters())
        sql = f"SELECT count(*) FROM {of.table} t{condition}"
        return int(self.connection.execute(sql, values).fetchone()[0])

    def actors(self, ids: Iterable[str] | None = None) -> Mapping[str, Actor]:
        """Every actor of the record (or those named) as the newest article that tells its country knows it.

        Where no article tells one, as the newest knows it: a family name alone in the last of ten articles
        takes nobody's country away.
        """
        if ids is None:
            # With max() and GROUP BY, SQLite takes the other columns from the row of the maximum.
            newest = "(t.country IS NOT NULL) || iif(t.day = '', '0', t.day) || t.article"
            sql = f"""SELECT {codec.select_list(Actor)}, max({newest})
                FROM actors t GROUP BY t.id ORDER BY t.id"""
            rows = self.connection.execute(sql)
        else:
            sql = f"""SELECT {codec.select_list(Actor)}, '' FROM json_each(?) j CROSS JOIN actors t
                ON t.key = coalesce(
                    (SELECT n.key FROM actors n WHERE n.id = j.value AND n.country IS NOT NULL
                     ORDER BY n.day DESC, n.article DESC LIMIT 1),
                    (SELECT n.key FROM actors n WHERE n.id = j.value
                     ORDER BY n.day DESC, n.article DESC LIMIT 1)) ORDER BY t.id"""
            rows = self.connection.execute(sql, [codec.to_json(sorted(set(ids)))])
        return {actor.id: actor for actor in (codec.decode(Actor, row[:-1]) for row in rows)}

    def actors_of(self, article_id: str) -> dict[str, Actor]:
        """The actors of one article, as they were at its date."""
        sql = f"SELECT {codec.select_list(Actor)} FROM actors t WHERE article = ? ORDER BY n"
        rows = self.connection.execute(sql, [article_id])
        return {actor.id: actor for actor in (codec.decode(Actor, row) for row in rows)}

    def reading(self, article_id: str) -> Reading | None:
        """Everything the record holds of one article."""
        article = self.article(article_id)
        if article is None:
            return None
        rows = {}
        for kind in ROW_KINDS:
            assert kind.reading
            sql = f"SELECT {codec.select_list(kind.type)} FROM {kind.table} t WHERE article = ? ORDER BY n"
            found = self.connection.execute(sql, [article_id])
            rows[kind.reading] = tuple(codec.decode(kind.type, row) for row in found)
        return Reading(article=article, **rows)

    def text(self, article_id: str) -> str:
        """An article's text; empty where the record does not hold it."""
        sql = "SELECT text FROM articles WHERE id = ?"
        found = self.connection.execute(sql, [article_id]).fetchone()
        return str(found[0]) if found else ""

    def text_hashes(self) -> dict[str, str]:
        """Article id → hash of its text."""
        return dict(self.connection.execute("SELECT id, text_sha256 FROM articles"))

    def speakers(self) -> dict[str, str | None]:
        """Statement id → speaker."""
        return dict(self.connection.execute("SELECT id, speaker FROM statements"))

    @property
    def notes(self) -> merging.Merging | None:
        """Where a merging leaves what the next one starts from; None where there is no such place."""
        return self.merging

    def cluster(self, event_id: str) -> str | None:
        """Id of the cluster that an event is told with."""
        sql = "SELECT cluster FROM event_members WHERE event = ?"
        found = self.connection.execute(sql, [event_id]).fetchone()
        return found[0] if found else None

    def copies(self) -> Iterator[Copy]:
        """Articles that repeat another, by id."""
        return self._plain("copies", Copy, "article")

    def same_quotes(self) -> Iterator[SameQuote]:
        """Statements that repeat the words of another article's, by id."""
        return self._plain("same_quotes", SameQuote, "statement")

    def _plain(self, table: str, of: type[T], order: str) -> Iterator[T]:
        sql = f"SELECT {codec.select_list(of)} FROM {table} t ORDER BY {order}"
        return (codec.decode(of, row) for row in self.connection.execute(sql))

    def rejects(self) -> Iterator[Reject]:
        """Inputs that are no article, by path."""
        for path, reason, detail, deliberate in self.connection.execute(
            "SELECT path, reason, detail, deliberate FROM rejects ORDER BY path, reason, detail"
        ):
            yield Reject(path=path, reason=reason, detail=detail, deliberate=bool(deliberate))

    def fingerprint(self, article_id: str) -> str | None:
        """What an article was read with, None where the record does not hold it."""
        row = self.connection.execute(
            "SELECT fingerprint FROM articles WHERE id = ?", [article_id]
        ).fetchone()
        return row[0] if row else None

    def manifest(self) -> dict[str, Any]:
        """What made the record: versions, settings, whether it is complete."""
        rows = self.connection.execute("SELECT key, value FROM manifest ORDER BY key")
        return {key: msgspec.json.decode(value) for key, value in rows}

    def coverage(self, run: Run | None = None) -> Coverage:
        """What the record holds of its inputs, and why not the rest."""
        connection = self.connection
        roles = dict(
            connection.execute('SELECT role, sum("end" - start) FROM passages GROUP BY role ORDER BY role')
        )
        total, articles = connection.execute("SELECT sum(length(text)), count(*) FROM articles").fetchone()
        between = (total or 0) - sum(roles.values())
        refused: dict[str, dict[str, int]] = {}
        for kind, reason, n in connection.execute(
            "SELECT kind, reason, count(*) FROM refused GROUP BY kind, reason ORDER BY kind, reason"
        ):
            refused.setdefault(kind, {})[reason] = n
        rejects = list(self.rejects())
        return Coverage(
            articles=articles,
            characters=roles | ({"unlabelled": between} if between > 0 else {}),
            rejected=tuple(r for r in rejects if not r.deliberate),
            left_out=tuple(r for r in rejects if r.deliberate),
            refused=refused,
            run=run,
            complete=bool(self.manifest().get("complete", False)),
            look_alikes=connection.execute(LOOK_ALIKES).fetchone()[0] if run else 0,
            corrections_lost=self.corrections.lost(),
        )


def keys_of(kind: Kind) -> tuple[str, str]:
    """The SQL of a row's article id, and of the kind's fixed order."""
    if kind.merged:
        return "''", "t.n"
    return ("t.id", "t.id") if kind.name == "articles" else ("t.article", "t.article, t.n")


def unwalked(order: str) -> str:
    """The order, so that SQLite looks up few rows and sorts them.

    A `+` forbids the walk over the whole table in its order, which SQLite else prefers to the index that
    leads to the few rows asked for (100 times slower on a million statements).
    """
    return ", ".join(f"+{key}" for key in order.split(", "))
