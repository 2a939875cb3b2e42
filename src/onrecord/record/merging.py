"""What merging keeps in a record from one run to the next: `onrecord.types.Kept` and `Notes` over SQLite.

Triggers note the articles and actors that came, changed or went; the notes hold until the merged rows are in
line with them, and then go in the same transaction. Keys and pairs are of no use to anybody else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from onrecord.record import codec
from onrecord.record.kinds import BY_TYPE
from onrecord.types import Actor, Article, Copy, Key, Near, Range, Trace, day_range

if TYPE_CHECKING:
    from onrecord.record.store import Store

T = TypeVar("T")
KEPT = ("merge_traces", "merge_near", "merge_alike", "merge_actors", "merge_keys")
IN = "IN (SELECT value FROM json_each(?))"
BATCH = 5000
"""Keys written at a time."""
_TOLD = ("name", "kind", "country", "sector")
"""What merging knows of an actor."""


class Merging:
    """The notes of an open record."""

    def __init__(self, store: Store) -> None:
        """Looks into an open record, or writes it where it is open for writing."""
        self._store = store
        self._buffer: list[Key] = []
        self.noting = False

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._store.connection

    @property
    def notes(self) -> Merging:
        return self

    def _all(self, sql: str, *values: Any) -> list[Any]:
        return self._connection.execute(sql, values).fetchall()

    # --- the state of the notes ----------------------------------------------------------------------------

    def begin(self) -> None:
        """Forgets everything, before all of it is noted anew."""
        with self._store.transaction() as connection:
            for table in (*KEPT, "merge_state"):
                connection.execute(f"DELETE FROM {table}")
        self.noting = True

    def ready(self, state: str) -> bool:
        """Whether the notes are whole, and of a merging with this state of everything else it rests on."""
        return self._all("SELECT value FROM merge_state WHERE key = 'state'") == [(state,)]

    def share_waiting(self) -> float:
        """How much of the record came, changed or went since the last merging."""
        ((waiting,),) = self._all("SELECT count(*) FROM unmerged")
        ((articles,),) = self._all("SELECT count(*) FROM articles")
        return float(waiting / max(1, articles))

    def settle(self, connection: sqlite3.Connection, state: str) -> None:
        """Within the transaction that writes the merged rows: nothing waits any more."""
        self._flush()
        connection.execute("DELETE FROM merge_traces WHERE article NOT IN (SELECT id FROM articles)")
        gone = "IN (SELECT id FROM unmerged_actors) AND id NOT IN (SELECT id FROM actors)"
        connection.execute(f"DELETE FROM merge_actors WHERE id {gone}")
        connection.execute("DELETE FROM unmerged")
        connection.execute("DELETE FROM unmerged_actors")
        connection.execute("INSERT OR REPLACE INTO merge_state VALUES ('state', ?)", [state])
        self.noting = False

    # --- written by merging --------------------------------------------------------------------------------

    def trace(self, trace: Trace) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO merge_traces VALUES (?, ?, ?, ?, ?, ?)",
            [trace.article, *trace.day, trace.wording, trace.bands, trace.names],
        )

    def near(self, pairs: Iterable[Near]) -> None:
        self._connection.executemany(
            "INSERT OR REPLACE INTO merge_near VALUES (?, ?, ?)", [(p.one, p.other, p.shared) for p in pairs]
        )

    def alike(self, pairs: Iterable[tuple[str, str]]) -> None:
        now, was = frozenset(pairs), self.alike_pairs()
        self._connection.executemany("DELETE FROM merge_alike WHERE one = ? AND other = ?", sorted(was - now))
        self._connection.executemany("INSERT INTO merge_alike VALUES (?, ?)", sorted(now - was))

    def actors(self, actors: Iterable[Actor]) -> None:
        self._connection.executemany(
            "INSERT OR REPLACE INTO merge_actors VALUES (?, CAST(? AS TEXT))",
            [(a.id, codec.storable(_told(a))) for a in actors],
        )

    def keys(self, keys: Sequence[Key]) -> None:
        self._buffer += keys
        if not self.noting or len(self._buffer) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        self._connection.executemany("INSERT OR IGNORE INTO merge_keys VALUES (?, ?, ?, ?, ?)", self._buffer)
        self._buffer.clear()

    # --- read by merging -----------------------------------------------------------------------------------

    def waiting(self) -> list[str]:
        return [a for (a,) in self._all("SELECT article FROM unmerged ORDER BY article")]

    def heads(self, ids: Iterable[str]) -> Mapping[str, Article]:
        columns = codec.select_list(Article).replace('t."text"', "''").replace('t."meta"', "'{}'")
        rows = self._all(f"SELECT {columns} FROM articles t WHERE id {IN}", _json(ids))
        return {a.id: a for a in (codec.decode(Article, row) for row in rows)}

    def text(self, article_id: str) -> str:
        return self._store.text(article_id)

    def days(self) -> Mapping[str, Range | None]:
        sql = "SELECT id, published, published_range_start, published_range_end FROM articles"
        return {a: _days(*told) for a, *told in self._connection.execute(sql)}

    def known_actors(self, ids: Iterable[str]) -> Mapping[str, Actor]:
        return self._store.actors(ids)

    def speakers(self, statements: Iterable[str]) -> Mapping[str, str | None]:
        return dict(self._all(f"SELECT id, speaker FROM statements WHERE id {IN}", _json(statements)))

    def told(self, kind: type[T], articles: Iterable[str]) -> list[tuple[str, T]]:
        return self._rows(kind, f"t.article {IN} ORDER BY t.article, t.n", articles)

    def these(self, kind: type[T], ids: Iterable[str]) -> list[tuple[str, T]]:
        return self._rows(kind, f"t.id {IN} ORDER BY t.article, t.n", ids)

    def _rows(self, kind: type[T], condition: str, values: Iterable[str]) -> list[tuple[str, T]]:
        table = BY_TYPE[kind].table
        sql = f"SELECT t.article, {codec.select_list(kind)} FROM {table} t WHERE {condition}"
        return [(row[0], codec.decode(kind, row[1:])) for row in self._all(sql, _json(values))]

    def merged(self, kind: type[T], articles: Iterable[str]) -> list[T]:
        table = BY_TYPE[kind].table
        sql = f"""SELECT {codec.select_list(kind)} FROM {table} t
            WHERE t.id IN (SELECT row FROM {table}_articles WHERE article {IN}) ORDER BY t.n"""
        return [codec.decode(kind, row) for row in self._all(sql, _json(articles))]

    def rows(self, kind: type[T]) -> Iterable[tuple[str, T]]:
        return self._store.rows(kind)

    def every(self, kind: type[T]) -> list[T]:
        # Not through `Store.rows`, which leaves out disputes that are only possible.
        sql = f"SELECT {codec.select_list(kind)} FROM {BY_TYPE[kind].table} t ORDER BY t.n"
        return [codec.decode(kind, row) for row in self._all(sql)]

    def traces(self) -> list[Trace]:
        sql = (
            "SELECT * FROM merge_traces WHERE article NOT IN (SELECT article FROM unmerged) ORDER BY article"
        )
        return [
            Trace(article=a, day=(first, last), wording=wording, bands=bands, names=names)
            for a, first, last, wording, bands, names in self._connection.execute(sql)
        ]

    def near_pairs(self) -> list[Near]:
        rows = self._all("SELECT one, other, shared FROM merge_near ORDER BY one, other")
        return [Near(one=one, other=other, shared=shared) for one, other, shared in rows]

    def alike_pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(self._all("SELECT one, other FROM merge_alike"))

    def copies(self) -> list[Copy]:
        return list(self._store.copies())

    def changed_actors(self) -> list[tuple[Actor | None, Actor | None]]:
        ids = [i for (i,) in self._all("SELECT id FROM unmerged_actors ORDER BY id")]
        known = dict(self._all(f"SELECT id, told FROM merge_actors WHERE id {IN}", _json(ids)))
        now = self._store.actors(ids)
        gone = [(_as_told(i, known[i]), None) for i in sorted(known.keys() - now.keys())]
        changed = [a for a in now.values() if known.get(a.id) != _told(a)]
        return [*gone, *((_as_told(a.id, known[a.id]) if a.id in known else None, a) for a in changed)]

    def naming(self, actors: Iterable[str]) -> list[str]:
        return self._store.corrections.naming(actors)

    def naming_people_of(self, countries: Iterable[str]) -> list[str]:
        given = sorted(set(countries))
        ids = f"SELECT id FROM actors WHERE country {IN}"
        return self.naming(i for (i,) in self._all(ids, _json(given))) if given else []

    def keys_of(self, kind: str, articles: Iterable[str]) -> list[tuple[int, str]]:
        sql = f"SELECT key, row FROM merge_keys WHERE kind = ? AND article {IN} ORDER BY key, row"
        return self._all(sql, kind, _json(articles))

    def forget_keys(self, kind: str, articles: Iterable[str]) -> None:
        sql = f"DELETE FROM merge_keys WHERE kind = ? AND article {IN}"
        self._connection.execute(sql, [kind, _json(articles)])

    def wordings(self, kind: str, keys: Iterable[int]) -> dict[int, int]:
        sql = f"""SELECT key, count(DISTINCT told) FROM merge_keys
            WHERE kind = ? AND key {IN} GROUP BY key ORDER BY key"""
        return dict(self._all(sql, kind, codec.to_json(sorted(keys))))

    def holding(self, kind: str, keys: Iterable[int]) -> list[tuple[int, str, str]]:
        sql = f"""SELECT key, row, article FROM merge_keys
            WHERE kind = ? AND key {IN} ORDER BY key, row"""
        return self._all(sql, kind, codec.to_json(sorted(keys)))

    def quoted_with(self, statements: Iterable[str]) -> list[str]:
        sql = f"""SELECT statement FROM same_quotes WHERE "group" IN
            (SELECT "group" FROM same_quotes WHERE statement {IN}) ORDER BY statement"""
        return [s for (s,) in self._all(sql, _json(statements))]


def _json(ids: Iterable[str]) -> str:
    return codec.to_json(sorted(ids))


def _told(actor: Actor) -> str:
    """What merging knows of an actor."""
    return codec.to_json([getattr(actor, name) for name in _TOLD])


def _as_told(actor: str, told: str) -> Actor:
    """An actor as merging knew him."""
    return msgspec.convert({"id": actor, **dict(zip(_TOLD, msgspec.json.decode(told), strict=True))}, Actor)


def _days(published: str | None, start: str | None, end: str | None) -> Range | None:
    if published:
        return day_range(date.fromisoformat(published))
    if not start and not end:
        return None
    return Range(date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)
