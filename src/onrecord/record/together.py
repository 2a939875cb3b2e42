"""Rows that many articles tell together, written whole or in part; links from rows to actors and issues."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from onrecord.record import codec, grounding, schema
from onrecord.record.kinds import BY_TYPE, KINDS, MERGED_KINDS, Kind
from onrecord.types import Copy, Merged, SameQuote

STEP = 1 << 24
"""Distance of two neighbours' numbers when all are numbered: what comes later finds room between them."""


def write(connection: sqlite3.Connection, merged: Merged) -> None:
    """All merged rows, in place of what stood there."""
    for table in ("same_quotes", "event_members", *(k.table for k in MERGED_KINDS)):
        connection.execute(f"DELETE FROM {table}")
    for kind, rows in _rows(merged):
        _insert(connection, kind, rows, [n * STEP for n in range(1, len(rows) + 1)])
    _groups(connection, merged)


def replace(
    connection: sqlite3.Connection,
    gone: Mapping[str, Iterable[str]],
    merged: Merged,
    order: Mapping[str, Callable[[Any], Any]],
) -> None:
    """Some merged rows in place of others.

    Args:
        connection: within a transaction of the caller's.
        gone: kind → ids of the rows to take out; of `same_quotes`, ids of statements.
        merged: what to put in; all copies.
        order: kind → what its rows are ordered by.
    """
    for name, ids in gone.items():
        table, of = ("same_quotes", "statement") if name == "same_quotes" else (KINDS[name].table, "id")
        connection.executemany(f"DELETE FROM {table} WHERE {of} = ?", [(i,) for i in ids])
    for kind, rows in _rows(merged):
        _insert(connection, kind, rows, place(connection, kind.type, rows, order[kind.name]))
    _groups(connection, merged)


def _rows(merged: Merged) -> list[tuple[Kind, Sequence[Any]]]:
    rows_of: dict[str, Sequence[Any]] = {
        "event_clusters": merged.events, "merged_meetings": merged.meetings,
        "merged_agreements": merged.agreements, "merged_disputes": merged.disputes,
        "positions": merged.positions,
    }  # fmt: skip
    return [(kind, rows_of[kind.name]) for kind in MERGED_KINDS]


def _insert(connection: sqlite3.Connection, kind: Kind, rows: Sequence[Any], numbers: Sequence[int]) -> None:
    sql = codec.insert_sql(kind.table, kind.type, ("n",))
    connection.executemany(sql, ([n, *codec.encode(row)] for n, row in zip(numbers, rows, strict=True)))
    write_links(connection, kind, rows)


def _groups(connection: sqlite3.Connection, merged: Merged) -> None:
    """Copies in place of all others; repeated quotations and events' clusters beside those that stay."""
    connection.execute("DELETE FROM copies")
    connection.executemany(codec.insert_sql("copies", Copy), map(codec.encode, merged.copies))
    connection.executemany(codec.insert_sql("same_quotes", SameQuote), map(codec.encode, merged.quotes))
    connection.executemany(
        "INSERT OR REPLACE INTO event_members VALUES (?, ?)", sorted(merged.clusters.items())
    )


def place(
    connection: sqlite3.Connection, kind: type[Any], rows: Sequence[Any], order: Callable[[Any], Any]
) -> list[int]:
    """Numbers at which rows, given in order, stand in order among those of the table.

    Where two neighbours leave too little room, the whole table is numbered anew first.
    """
    if not rows:
        return []
    there = _There(connection, kind, order)
    bounds = [there.neighbours(order(row)) for row in rows]
    runs = Counter(bounds)
    if any(after is not None and after - before <= count for (before, after), count in runs.items()):
        table = BY_TYPE[kind].table
        connection.execute(
            f"""UPDATE {table} SET n = s.place * {STEP} FROM
            (SELECT key, row_number() OVER (ORDER BY n) AS place FROM {table}) s WHERE s.key = {table}.key"""
        )
        return place(connection, kind, rows, order)
    numbers, done = [], Counter[tuple[int, int | None]]()
    for bound in bounds:
        before, after = bound
        done[bound] += 1
        step = STEP if after is None else (after - before) // (runs[bound] + 1)
        numbers.append(before + done[bound] * step)
    return numbers


class _There:
    """The rows of a table in their order, each read when it is asked for."""

    def __init__(self, connection: sqlite3.Connection, kind: type[Any], order: Callable[[Any], Any]) -> None:
        self._connection, self._kind, self._order = connection, kind, order
        self._table = BY_TYPE[kind].table
        self._numbers = [n for (n,) in connection.execute(f"SELECT n FROM {self._table} ORDER BY n")]
        self._keys: dict[int, Any] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, at: int) -> Any:
        n = self._numbers[at]
        if n not in self._keys:
            sql = f"SELECT {codec.select_list(self._kind)} FROM {self._table} t WHERE t.n = ?"
            row = self._connection.execute(sql, [n]).fetchone()
            self._keys[n] = self._order(codec.decode(self._kind, row))
        return self._keys[n]

    def neighbours(self, key: Any) -> tuple[int, int | None]:
        """Numbers of the rows between which a row with this key belongs; 0 and None where there is none."""
        at = bisect_right(self, key)
        return self._numbers[at - 1] if at else 0, self._numbers[at] if at < len(self) else None


def write_links(connection: sqlite3.Connection, kind: Kind, rows: Sequence[Any]) -> None:
    """What rows name, in the tables of links of their kind."""
    if "actors" in schema.links(kind):
        connection.executemany(
            f"INSERT OR IGNORE INTO {schema.link_table(kind, 'actors')} VALUES (?, ?, ?)",
            [(row.id, actor, role) for row in rows for role, actor in grounding.named_actors(row, kind)],
        )
    if "issues" in schema.links(kind):
        connection.executemany(
            f"INSERT OR IGNORE INTO {schema.link_table(kind, 'issues')} VALUES (?, CAST(? AS TEXT), ?)",
            [(row.id, codec.storable(issue), role) for row in rows for role, issue in _issues(row, kind)],
        )
    if kind.merged:
        connection.executemany(
            f"INSERT OR IGNORE INTO {kind.table}_articles VALUES (?, ?)",
            [(row.id, account.article) for row in rows for account in row.accounts],
        )


def _issues(row: Any, kind: Kind) -> Iterator[tuple[str, str]]:
    for name in kind.issues:
        value = getattr(row, name)
        yield from ((name, v) for v in ([value] if isinstance(value, str) else value))
