"""Tables (Parquet, CSV, TSV) → articles: a row each, its columns named like the keys of a JSON line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date, time
from decimal import Decimal
from importlib import import_module
from typing import Any, BinaryIO

from onrecord.acquire import lines
from onrecord.acquire.decode import decode
from onrecord.acquire.repeats import Repeats
from onrecord.settings import Settings
from onrecord.types import Acquired, Reject

ROWS = 64
"""Rows of a Parquet file held at a time."""
_AHEAD = 1 << 20
"""Bytes of a column read ahead; without it pyarrow takes a whole row group into memory."""


def read_parquet(file: BinaryIO, path: str, settings: Settings) -> Iterator[Acquired | Reject]:
    """Each row is one article, or one Reject that names the row; the file is never in memory as a whole."""
    parquet: Any = import_module("pyarrow.parquet")
    broken = (import_module("pyarrow").ArrowException, OSError, UnicodeDecodeError, ValueError)
    try:
        table = parquet.ParquetFile(file, buffer_size=_AHEAD, pre_buffer=False)
        names = table.schema_arrow.names
        if "text" not in names:
            yield _without_text(path, names)
            return
        batches = table.iter_batches(ROWS, use_threads=False)
        yield from _articles((row for batch in batches for row in batch.to_pylist()), path, settings)
    except broken as error:
        detail = f"from here on this Parquet file cannot be read: {error}"
        yield Reject(path=path, reason="damaged", detail=detail)


def read_csv(file: BinaryIO, path: str, settings: Settings) -> Iterator[Acquired | Reject]:
    """The same of a table with a line of column names, parted by commas or tabs, with CSV quoting."""
    told = _told_lines(file, settings)
    try:
        head = next(told, "").removeprefix("\ufeff")
        parted_by = "\t" if "\t" in head else ","
        names = next(csv.reader([head], delimiter=parted_by), [])
        if "text" not in names:
            yield _without_text(path, names)
            return
        csv.field_size_limit(lines.longest(settings))
        rows = csv.DictReader(told, names, restkey="more", delimiter=parted_by)
        yield from _articles(rows, path, settings)
    except csv.Error as error:
        yield Reject(path=path, reason="damaged", detail=f"from here on this table cannot be read: {error}")


def _told_lines(file: BinaryIO, settings: Settings) -> Iterator[str]:
    for line in lines.bounded(file, settings):
        if isinstance(line, int):
            raise csv.Error(f"a line of {line:,} bytes")
        decoded = decode(line, "") if line.strip(b"\r\n") else None
        yield line.decode("utf-8", "replace") if not decoded or isinstance(decoded, Reject) else decoded.text


def _articles(rows: Iterable[dict[str, Any]], path: str, settings: Settings) -> Iterator[Acquired | Reject]:
    repeats = Repeats()
    for number, row in enumerate(rows, 1):
        told = {str(k): plain for k, v in row.items() if (plain := _plain(v)) is not None}
        yield lines.article(told, path, f"{path}#row-{number}", repeats, settings)


def _without_text(path: str, names: list[str]) -> Reject:
    listed = ", ".join(names[:8]) or "none"
    return Reject(path=path, reason="no_text", detail=f"no column `text`; its columns: {listed}")


def _plain(value: Any) -> Any:
    """A cell as JSON could hold it: days and times as ISO writes them, bytes not at all."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    return value if isinstance(value, str | int | float | bool) else None
