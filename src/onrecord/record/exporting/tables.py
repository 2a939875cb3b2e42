"""Every table of a record as it is: JSON lines, CSV, Parquet (docs/data-dictionary.md has the columns)."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from typing import Any

from onrecord.record import frames
from onrecord.record.exporting.job import Job
from onrecord.record.kinds import LISTED, listed
from onrecord.record.listing import columns_of, flat, listing, rows_as_json

ROW_GROUP = 10_000
"""Rows of a Parquet row group; bounds memory."""


def json_lines(job: Job) -> None:
    """A file a table, an object a line, as the listings print them."""
    for name in LISTED:
        with job.file(f"{name}.jsonl") as file:
            file.writelines(rows_as_json(_rows(job, name)))


def csv_files(job: Job) -> None:
    """A file a table, lists and mappings as JSON text."""
    for name in LISTED:
        columns = [*columns_of(name), "text"] if name == "articles" else columns_of(name)
        job.table(f"{name}.csv", columns, (flat(row) for row in _rows(job, name)))


def parquet_files(job: Job) -> None:
    """A file a table, typed: days as dates, lists as lists, spans as lists of {start, end}."""
    pa, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    for name in LISTED:
        kind = listed(name)
        schema = frames.arrow_schema(kind)
        rows = frames.table_rows(job.store, kind, prepare=job.prepare)
        with (
            job.file(f"{name}.parquet") as file,
            parquet.ParquetWriter(file, schema, compression="zstd") as writer,
        ):
            for group in _groups(rows):
                writer.write_table(pa.Table.from_pylist(group, schema=schema))


def _rows(job: Job, name: str) -> Iterator[dict[str, Any]]:
    return listing(job.store, name, prepare=job.prepare, texts=True)


def _groups(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while group := list(islice(rows, ROW_GROUP)):
        yield group
