"""A record as a folder of Parquet files, on this machine's disk or any file system that fsspec knows.

    manifest.json                   what made the record, and the parts that belong to it: written last
    <table>/<part>.parquet          the rows of one part of the pile, in the columns of the SQLite table
    <table>/merged-<hash>.parquet   rows that many articles tell together

A part is named by what its articles were read from and with, its files arrive whole, and `articles/<part>`
arrives last: work that is done twice writes the same bytes under the same name, and a part that was broken
off is none.
"""

from __future__ import annotations

import hashlib
import io
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from onrecord.errors import MissingPart, RecordError
from onrecord.record import codec, schema
from onrecord.record.merging import KEPT
from onrecord.record.store import Store

MANIFEST = "manifest.json"
LAST = "articles"
"""The table whose file makes a part whole."""
LOCAL = frozenset(
    {"manifest", "fact_tables", "corrections", "corrections_found", "uncorrected",
     "unmerged", "unmerged_actors", "merge_state", *KEPT}
)  # fmt: skip
"""Tables of a record that parts do not hold."""


class Place:
    """A folder of parts; paths within it are relative to it.

    Raises:
        MissingPart: the package for its protocol is not installed.
    """

    def __init__(self, url: str) -> None:
        """Finds the file system that a path or URL stands for; nothing is read yet."""
        self.url = url
        try:
            self.fs, self._root = import_module("fsspec").core.url_to_fs(url.rstrip("/") or "/")
        except (ImportError, ValueError) as error:
            raise MissingPart(f"cannot reach {url}: {error}") from error

    def path(self, name: str) -> str:
        """A file of the folder as its file system calls it."""
        return f"{self._root}/{name}"

    def write(self, name: str, content: bytes) -> None:
        """A file that is there whole or not at all.

        Raises:
            RecordError: the file system refused.
        """
        path = self.path(name)
        try:
            self.fs.makedirs(path.rpartition("/")[0], exist_ok=True)
            if "file" not in self.fs.protocol:
                self.fs.pipe_file(path, content)  # object stores show an object when it is whole
                return
            part = Path(f"{path}.{hashlib.blake2s(content, digest_size=8).hexdigest()}.part")
            part.write_bytes(content)
            part.replace(path)
        except OSError as error:
            raise RecordError(f"cannot write {self.url}: {error.strerror or error}") from error

    def read(self, name: str) -> bytes | None:
        """A file's content, None where there is none."""
        try:
            return bytes(self.fs.cat_file(self.path(name)))
        except FileNotFoundError:
            return None

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return bool(self.fs.exists(self.path(name)))

    def files(self, table: str) -> list[str]:
        """Names (without suffix) of a table's files."""
        try:
            found = self.fs.ls(self.path(table), detail=False)
        except FileNotFoundError:
            return []
        names = (str(path).rpartition("/")[2] for path in found)
        return sorted(n.removesuffix(".parquet") for n in names if n.endswith(".parquet"))

    def remove(self, name: str) -> None:
        """Takes a file away."""
        self.fs.rm_file(self.path(name))

    def manifest(self) -> dict[str, Any]:
        """What made the folder; empty for one that was never finished."""
        content = self.read(MANIFEST)
        return msgspec.json.decode(content) if content else {}


# --- one part ---------------------------------------------------------------------------------------------


def in_memory() -> Store:
    """An empty record in memory, of which nothing stays."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.text_factory = codec.readable
    schema.migrate(connection)
    return Store(connection, Path(":memory:"), None)


def columns() -> Mapping[str, Mapping[str, str]]:
    """Every table of a record → its columns → their SQL types; keys of SQLite's own stay out."""
    if not _COLUMNS:
        with in_memory() as store:
            names = store.connection.execute(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name"
            ).fetchall()
            for (name,) in names:
                if not name.startswith("sqlite_"):
                    told = store.connection.execute(f"PRAGMA table_info({name})").fetchall()
                    _COLUMNS[name] = {c[1]: c[2] for c in told if c[1] != "key"}
    return _COLUMNS


_COLUMNS: dict[str, dict[str, str]] = {}


def dump(store: Store, place: Place, part: str) -> None:
    """Every table of a small record that has rows, as a part's files."""
    for table, of in sorted(columns().items(), key=lambda item: item[0] == LAST):
        if table in LOCAL:
            continue
        listed = ", ".join(map(codec.quoted, of))
        rows = store.connection.execute(f"SELECT {listed} FROM {table} ORDER BY {listed}").fetchall()
        if rows or table == LAST:
            place.write(f"{table}/{part}.parquet", _parquet(of, rows))


def _parquet(of: Mapping[str, str], rows: list[tuple[Any, ...]]) -> bytes:
    pa, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    arrow = {"TEXT": pa.string(), "INTEGER": pa.int64(), "REAL": pa.float64()}
    made = pa.schema([(name, arrow[sql]) for name, sql in of.items()])
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(of)
    table = pa.table([pa.array(c, f.type) for c, f in zip(cells, made, strict=True)], schema=made)
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def load(place: Place, part: str) -> Store:
    """A part as a record in memory."""
    store = in_memory()
    for table, of in sorted(columns().items(), key=lambda item: item[0] != LAST):
        if table in LOCAL:
            continue
        content = place.read(f"{table}/{part}.parquet")
        if content is not None:
            marks = ", ".join("?" * len(of))
            listed = ", ".join(map(codec.quoted, of))
            rows = _rows(content, list(of))
            store.connection.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", rows)
    return store


def _rows(content: bytes, names: list[str]) -> Iterator[tuple[Any, ...]]:
    table = import_module("pyarrow.parquet").read_table(io.BytesIO(content))
    return zip(*(table.column(name).to_pylist() for name in names), strict=True)


def sweep(place: Place, parts: Iterable[str]) -> None:
    """Takes away what belongs to none of these parts: of earlier inputs, or broken off."""
    wanted = set(parts)
    for table in columns():
        for name in place.files(table):
            if name not in wanted:
                place.remove(f"{table}/{name}.parquet")
