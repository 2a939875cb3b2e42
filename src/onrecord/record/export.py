"""A record as files: one a table, and a manifest; the same record gives the same bytes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from onrecord.errors import UsageError
from onrecord.record import frames
from onrecord.record.codec import to_json
from onrecord.record.kinds import LISTED, listed
from onrecord.record.listing import columns_of, flat, listing, rows_as_json
from onrecord.record.store import Store
from onrecord.types import Article

SHORT_QUOTATION = 280
"""Characters of a text without an open licence that an export quotes in one piece."""
OPEN_LICENCE = re.compile(r"(?i)CC0|CC-BY(?!.*N[CD])|PUBLIC[ -]DOMAIN|PDDL|ODC-BY|ODBL|OGL|MIT|APACHE|GFDL")
ROW_GROUP = 10_000
"""Rows of a Parquet row group; bounds memory."""
_WORDS = ("quote", "text", "told")
Prepare = Callable[[str, Any], Any]


def export(store: Store, to: str, folder: Path | str, *, full_text: bool = False) -> list[Path]:
    """Writes every table of a record into a folder, and `manifest.json`; gives the files' paths.

    Args:
        store: an open record.
        to: jsonl, csv or parquet.
        folder: made when it does not exist; files of the same names are replaced.
        full_text: whole texts also where no open licence is known; only with the right to do so.
            Without it, words of such articles are cut to `SHORT_QUOTATION` characters and their texts left
            out.

    Raises:
        UsageError: no such format.
    """
    if to not in _WRITERS:
        raise UsageError.unknown("export format", to, _WRITERS)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    prepare = _as_it_is if full_text else _quoting(_closed(store))
    paths = []
    for name in LISTED:
        path = folder / f"{name}.{to}"
        _replace(path, lambda part, name=name: _WRITERS[to](part, store, name, prepare))  # type: ignore[misc]
        paths.append(path)
    manifest = folder / "manifest.json"
    told = msgspec.json.format(to_json(_manifest(store)).encode(), indent=2) + b"\n"
    _replace(manifest, lambda part: part.write_bytes(told))
    return [*paths, manifest]


def _replace(path: Path, write: Callable[[Path], object]) -> None:
    """Writes beside the file and then takes its place, so that a broken-off export leaves no half file."""
    part = path.with_name(path.name + ".part")
    write(part)
    part.replace(path)


def _manifest(store: Store) -> dict[str, Any]:
    """What made the record, and of what: no clock, no machine, no run."""
    told = {k: v for k, v in store.manifest().items() if k not in ("complete", "run")}
    inputs = store.connection.execute("SELECT path, text_sha256 FROM articles ORDER BY path, id")
    return told | {
        "inputs": [{"path": path, "text_sha256": sha} for path, sha in inputs],
        "rejects": [msgspec.to_builtins(r) for r in store.rejects()],
    }


# --- licences travel -------------------------------------------------------------------------------------


def _closed(store: Store) -> frozenset[str]:
    """Ids of articles whose licence does not let their text be passed on."""
    rows = store.connection.execute("SELECT id, licence FROM articles")
    return frozenset(a for a, licence in rows if not (licence and OPEN_LICENCE.match(licence)))


def _as_it_is(_: str, row: Any) -> Any:
    return row


def _quoting(closed: frozenset[str]) -> Prepare:
    """Cuts the words of rows that rest on closed articles to short quotations."""

    def prepare(article: str, row: Any) -> Any:
        told_by = {article} if article else {a.article for a in row.accounts}
        if not told_by & closed:
            return row
        return msgspec.structs.replace(row, text="") if isinstance(row, Article) else _short(row)

    return prepare


def _short(value: Any) -> Any:
    """A row with its words, and those of its sides and accounts, cut to short quotations."""
    match value:
        case msgspec.Struct():
            names = [f for f in (*_WORDS, "sides", "accounts") if hasattr(value, f)]
            return msgspec.structs.replace(value, **{f: _short(getattr(value, f)) for f in names})
        case dict():
            return {k: _short(v) for k, v in value.items()}
        case list() | tuple():
            return tuple(_short(v) for v in value)
        case str() if len(value) > SHORT_QUOTATION:
            return value[: SHORT_QUOTATION - 1] + "…"
    return value


# --- formats ---------------------------------------------------------------------------------------------


def _jsonl(path: Path, store: Store, name: str, prepare: Prepare) -> None:
    with path.open("wb") as file:
        file.writelines(rows_as_json(listing(store, name, prepare=prepare, texts=True)))


def _csv(path: Path, store: Store, name: str, prepare: Prepare) -> None:
    columns = [*columns_of(name), "text"] if name == "articles" else columns_of(name)
    with (
        path.open("wb") as raw,
        io.TextIOWrapper(raw, "utf-8", errors="backslashreplace", newline="") as file,
    ):
        writer = csv.DictWriter(file, fieldnames=columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(flat(row) for row in listing(store, name, prepare=prepare, texts=True))


def _parquet(path: Path, store: Store, name: str, prepare: Prepare) -> None:
    pa, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    kind = listed(name)
    schema = frames.arrow_schema(kind)
    rows = frames.table_rows(store, kind, prepare=prepare)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(rows):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))


def _groups(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while group := list(islice(rows, ROW_GROUP)):
        yield group


_WRITERS: dict[str, Callable[[Path, Store, str, Prepare], None]] = {
    "jsonl": _jsonl, "csv": _csv, "parquet": _parquet,
}  # fmt: skip
