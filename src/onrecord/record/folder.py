"""A folder of parts, asked through DuckDB as if it were a record: the same questions, the same answers.

Only what SQLite and DuckDB say differently is translated; full-text search and corrections need a record in
SQLite (`onrecord gather`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from onrecord.errors import RecordError, UsageError
from onrecord.record import codec, schema
from onrecord.record.parts import LOCAL, Place, columns
from onrecord.record.store import Store
from onrecord.types import Actor

_SAID_OTHERWISE = (
    (re.compile(r"SELECT value FROM json_each\(\?\)"), "SELECT unnest(from_json(?, '[\"VARCHAR\"]'))"),
    (
        re.compile(r"json_each\(t\.(\w+)\) s\b"),
        r"""(SELECT unnest(from_json(t.\1, '["JSON"]')) AS value) s""",
    ),
    (re.compile(r"\bat\b(?=,| FROM| ORDER)"), '"at"'),  # a word of DuckDB's own
    (re.compile(r"json_extract\("), "json_extract_string("),
    (re.compile(r"(?<=[ ,(])\+(?=t\.|\")"), ""),
    (re.compile(r"\?(\d)"), r"$\1"),
    (re.compile(r"\bIS NOT '(\w+)'"), r"IS DISTINCT FROM '\1'"),
    (re.compile(r"CAST\((\?|\$\d) AS TEXT\)"), r"\1"),
)
_ARROW = {"TEXT": "VARCHAR", "INTEGER": "BIGINT", "REAL": "DOUBLE", "BLOB": "BLOB"}


class _Cursor:
    """What Store asks of a cursor of sqlite3."""

    def __init__(self, found: Any) -> None:
        self._found = found

    def fetchone(self) -> Any:
        return self._found.fetchone()

    def fetchall(self) -> list[Any]:
        return list(self._found.fetchall())

    def __iter__(self) -> Iterator[Any]:
        while rows := self._found.fetchmany(1000):
            yield from rows


class Duck:
    """A connection of DuckDB that takes the SQL of `Store`; every statement has a cursor of its own."""

    def __init__(self, place: Place, parts: Sequence[str]) -> None:
        """Views over the files of these parts, named like the tables of a record."""
        self._duck = import_module("duckdb").connect(":memory:")
        self._duck.execute("SET threads = 2")
        local = "file" in place.fs.protocol
        if not local:
            self._duck.register_filesystem(place.fs)
        for table, of in columns().items():
            held = set() if table in LOCAL else set(place.files(table))
            names = [place.path(f"{table}/{part}.parquet") for part in parts if part in held]
            if not local:
                names = [place.fs.unstrip_protocol(name) for name in names]
            if names:
                listed = ", ".join("'" + name.replace("'", "''") + "'" for name in names)
                self._duck.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{listed}])")
            else:
                own = ", ".join(f"{codec.quoted(c)} {_ARROW[sql]}" for c, sql in of.items())
                self._duck.execute(f"CREATE TABLE {table} ({own})")

    def execute(self, sql: str, values: Sequence[Any] = ()) -> _Cursor:
        """As sqlite3's; full-text search is refused."""
        if "_fts" in sql:
            raise UsageError(
                "a folder of parts has no full-text search; `onrecord gather` makes a record of it"
            )
        for pattern, other in _SAID_OTHERWISE:
            sql = pattern.sub(other, sql)
        cursor = self._duck.cursor()
        return _Cursor(cursor.execute(sql, list(values)) if values else cursor.execute(sql))

    def close(self) -> None:
        self._duck.close()


class Folder(Store):
    """A folder of parts, open for reading."""

    def __init__(self, place: Place, told: Mapping[str, Any]) -> None:
        """Takes over a folder whose manifest was read; callers use `Folder.at`."""
        parts = [*told["parts"], *([told["merged"]] if told.get("merged") else [])]
        super().__init__(Duck(place, parts), Path(place.url), None)  # type: ignore[arg-type]
        self._told = dict(told)

    @classmethod
    def at(cls, url: str) -> Folder:
        """Opens a folder for reading.

        Raises:
            RecordError: there is no finished folder of parts.
        """
        place = Place(url)
        told = place.manifest()
        if "parts" not in told:
            raise RecordError(f"no record in {url}; make one with `onrecord build INPUT… -o {url}`")
        if told["schema"] != schema.current():
            raise RecordError(
                f"{url} has schema {told['schema']}, this onrecord knows {schema.current()}; build it again"
            )
        return cls(place, told)

    @property
    def notes(self) -> None:
        return None

    def manifest(self) -> dict[str, Any]:
        return {k: v for k, v in self._told.items() if k not in ("parts", "merged", "tables_content")}

    def actors(self, ids: Iterable[str] | None = None) -> Mapping[str, Actor]:
        wanted = None if ids is None else codec.to_json(sorted(set(ids)))
        some = "" if wanted is None else "WHERE t.id IN (SELECT value FROM json_each(?))"
        sql = f"""SELECT {codec.select_list(Actor, "n")} FROM (
            SELECT t.*, row_number() OVER (PARTITION BY t.id
                ORDER BY t.country IS NULL, coalesce(a.published_range_end, '0') || t.article DESC) AS place
            FROM actors t JOIN articles a ON a.id = t.article {some}) n WHERE place = 1 ORDER BY n.id"""
        rows = self.connection.execute(sql, [] if wanted is None else [wanted])
        return {actor.id: actor for actor in (codec.decode(Actor, row) for row in rows)}
