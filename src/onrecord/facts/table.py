"""One way to read every table: CSV with a header → frozen rows of a msgspec type."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from onrecord.errors import UsageError

TABLES = Path(__file__).parent / "tables"
R = TypeVar("R", bound=msgspec.Struct)


def split_list(cell: str) -> tuple[str, ...]:
    """`a|b|c` → its parts, stripped; an empty cell has none."""
    return tuple(part for part in (p.strip() for p in cell.split("|")) if part)


def columns(path: Path) -> list[str]:
    """Names in the header of a table.

    Raises:
        UsageError: the file cannot be read.
    """
    return next(csv.reader(_lines(path)), [])


def _lines(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [line for line in file if line.strip() and not line.startswith("#")]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"cannot read table {path.name}: {getattr(error, 'strerror', None) or error}"
        ) from error


def read_table(path: Path, row: type[R]) -> Iterator[R]:
    """Rows of a CSV file (UTF-8, header line, `#` comment lines) as values of `row`.

    Empty cells stand for the field's default; a field typed `tuple[str, ...]` is split at `|`.

    Raises:
        UsageError: the file cannot be read, or a cell does not fit its column; names file and line.
    """
    lists = {f.encode_name for f in msgspec.structs.fields(row) if f.type == tuple[str, ...]}
    known = {f.encode_name for f in msgspec.structs.fields(row)}
    for number, cells in enumerate(csv.DictReader(_lines(path)), start=2):
        given = {k: v for k, v in cells.items() if k in known and v not in ("", None)}
        values = {k: split_list(v) if k in lists else v for k, v in given.items()}
        try:
            yield msgspec.convert(values, row, strict=False)
        except msgspec.ValidationError as error:
            raise UsageError(f"{path.name}, row {number}: {error}") from error
