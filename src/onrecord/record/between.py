"""A record narrowed to two sides, so that their brief reads their articles and not all of the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from onrecord.record import codec
from onrecord.record.codec import to_json
from onrecord.record.filters import ids_of, named_side
from onrecord.record.kinds import BY_TYPE
from onrecord.record.store import Store
from onrecord.types import Actor, Article, Copy, Position, SameQuote

T = TypeVar("T")
MERGED = ("merged_meetings", "merged_agreements", "merged_disputes")


class Between:
    """What a record holds of two sides, as `onrecord.review` reads a record.

    Articles are those that name both, and those that tell of what both have part in; of a very large number
    the newest ones: `total` says how many there are.
    """

    def __init__(self, store: Store, one: str, other: str, *, newest: int | None = None) -> None:
        """Looks up which articles these are.

        Args:
            store: an open record.
            one: a side: ISO code, name or actor id of a state, a group of states (its members by date) or
                anybody else.
            other: the other side.
            newest: how many articles to read at most, the newest ones; None reads all.

        Raises:
            UsageError: a side is not in the record; names those most alike.
        """
        self._store = store
        self.sides = (named_side(store.connection, one), named_side(store.connection, other))
        self._actors = [ids_of(store.connection, s) for s in self.sides]
        self._known: Mapping[str, Actor] | None = None
        named = " INTERSECT ".join(
            f"SELECT article FROM actors WHERE id IN (SELECT value FROM json_each(?{n}))" for n in (1, 2)
        )
        told = " UNION ".join(
            f"""SELECT l.article FROM {table}_articles l WHERE l.row IN
                (SELECT row FROM {table}_actors WHERE actor IN (SELECT value FROM json_each(?1))
                 INTERSECT SELECT row FROM {table}_actors WHERE actor IN (SELECT value FROM json_each(?2)))"""
            for table in MERGED
        )
        sql = f"""SELECT x.id FROM articles x WHERE x.id IN ({named} UNION {told})
            ORDER BY x.published_range_start IS NULL, x.published_range_start DESC, x.id"""
        ids = [i for (i,) in store.connection.execute(sql, [to_json(ids) for ids in self._actors])]
        self.total = len(ids)
        self._articles = to_json(sorted(ids[:newest]))
        self.articles_read = len(ids[:newest])

    def articles(self) -> Iterator[Article]:
        """The articles with their texts, by id."""
        return (article for _, article in self.rows(Article))

    def actors(self) -> Mapping[str, Actor]:
        """Whom these articles name, as the newest of all articles knows them."""
        if self._known is None:
            sql = "SELECT DISTINCT id FROM actors WHERE article IN (SELECT value FROM json_each(?))"
            found = self._store.connection.execute(sql, [self._articles])
            self._known = self._store.actors(i for (i,) in found)
        return self._known

    def rows(self, kind: type[T]) -> Iterator[tuple[str, T]]:
        """(article id, row) of one kind, in the record's order; of merged rows those of both sides."""
        of = BY_TYPE[kind]
        if kind is Position:
            sql = f"""SELECT '', {codec.select_list(kind)} FROM positions t
                WHERE t.actor IN (SELECT value FROM json_each(?)) ORDER BY t.n"""
            values = [to_json(sorted({a for ids in self._actors for a in ids}))]
        elif of.merged:
            sql = f"""SELECT '', {codec.select_list(kind)} FROM {of.table} t WHERE t.id IN
                (SELECT row FROM {of.table}_actors WHERE actor IN (SELECT value FROM json_each(?))
                 INTERSECT SELECT row FROM {of.table}_actors WHERE actor IN (SELECT value FROM json_each(?)))
                ORDER BY +t.n"""
            values = [to_json(ids) for ids in self._actors]
        else:
            own = "t.id" if kind is Article else "t.article"
            order = "t.id" if kind is Article else "t.article, t.n"
            sql = f"""SELECT {own}, {codec.select_list(kind)} FROM {of.table} t
                WHERE {own} IN (SELECT value FROM json_each(?)) ORDER BY {order}"""
            values = [self._articles]
        for row in self._store.connection.execute(sql, values):
            yield row[0], codec.decode(kind, row[1:])

    def copies(self) -> Iterator[Copy]:
        """Those of these articles that repeat another, by id."""
        sql = f"""SELECT {codec.select_list(Copy)} FROM copies t
            WHERE t.article IN (SELECT value FROM json_each(?)) ORDER BY t.article"""
        return (codec.decode(Copy, row) for row in self._store.connection.execute(sql, [self._articles]))

    def same_quotes(self) -> Iterator[SameQuote]:
        """Statements of these articles that repeat others' words, by id."""
        sql = f"""SELECT {codec.select_list(SameQuote)} FROM same_quotes t
            JOIN statements s ON s.id = t.statement
            WHERE s.article IN (SELECT value FROM json_each(?)) ORDER BY t.statement"""
        rows = self._store.connection.execute(sql, [self._articles])
        return (codec.decode(SameQuote, row) for row in rows)
