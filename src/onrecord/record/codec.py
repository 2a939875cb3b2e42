"""Values ⇄ table rows: columns follow from the fields of the types, so that a table reads like its type.

Scalars are stored as they are, a day as ISO text, a range as two columns `<field>_start` and `<field>_end`
(an open end is NULL; a range open at both ends says nothing and is stored as none), everything else as
JSON text. Text may hold anything Python can, lone surrogates and NUL included.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Sequence
from datetime import date
from itertools import accumulate
from typing import Any, Literal, NamedTuple, TypeVar

import msgspec

from onrecord.types import Range

T = TypeVar("T")
Cell = str | bytes | int | float | None


class Field(NamedTuple):
    """How one field of a type is stored."""

    name: str
    columns: tuple[tuple[str, str], ...]
    """Names and SQL types of its columns."""
    encode: Callable[[Any], tuple[Cell, ...]]
    decode: Callable[[Sequence[Any]], Any]
    hint: Any
    """The field's type, without `None`."""
    optional: bool


def to_json(value: object) -> str:
    """JSON in one fixed form: compact, keys as given, non-ASCII as it stands; lone surrogates escaped."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value), ensure_ascii=True, separators=(",", ":"))


def from_json(text: str, hint: Any) -> Any:
    """The value that `to_json` wrote, as the type asked for."""
    try:
        return msgspec.json.decode(text, type=hint)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return msgspec.convert(json.loads(text), type=hint)


def storable(text: str) -> str | bytes:
    """Text as sqlite3 takes it; UTF-8 bytes where lone surrogates stand; `CAST(? AS TEXT)` undoes it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def readable(stored: bytes) -> str:
    """The text factory of every connection: the inverse of `storable`."""
    return stored.decode("utf-8", "surrogatepass")


def _unwrap(hint: Any) -> tuple[Any, bool]:
    """A type without `None`, and whether it had it."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        rest = [a for a in typing.get_args(hint) if a is not type(None)]
        if len(rest) == 1 and len(rest) < len(typing.get_args(hint)):
            return rest[0], True
    return hint, False


def is_text(hint: Any) -> bool:
    """Whether a type is text, or one of a few words."""
    return hint is str or typing.get_origin(hint) is Literal


def _range_in(value: Range | None) -> tuple[Cell, ...]:
    start, end = value or (None, None)
    return (start.isoformat() if start else None, end.isoformat() if end else None)


def _range_out(cells: Sequence[Any]) -> Range | None:
    start, end = cells
    if start is None and end is None:
        return None
    return Range(date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)


def _field(name: str, hint: Any) -> Field:
    hint, optional = _unwrap(hint)
    null = "" if optional else " NOT NULL"
    if hint is Range:
        columns = ((f"{name}_start", "TEXT"), (f"{name}_end", "TEXT"))
        return Field(name, columns, _range_in, _range_out, hint, optional)

    def one(sql: str, encode: Callable[[Any], Cell], decode: Callable[[Any], Any]) -> Field:
        return Field(
            name,
            ((name, sql + null),),
            lambda v: (None if v is None else encode(v),),
            lambda c: None if c[0] is None else decode(c[0]),
            hint,
            optional,
        )

    if is_text(hint):
        return one("TEXT", storable, str)
    if hint is bool:
        return one("INTEGER", int, bool)
    if hint is int:
        return one("INTEGER", int, int)
    if hint is float:
        return one("REAL", float, float)
    if hint is date:
        return one("TEXT", date.isoformat, date.fromisoformat)
    from_text = msgspec.json.Decoder(hint)

    def read(text: str) -> Any:
        try:
            return from_text.decode(text)
        except (msgspec.DecodeError, UnicodeEncodeError):
            return from_json(text, hint)

    return one("TEXT", to_json, read)


def fields(kind: type[Any]) -> tuple[Field, ...]:
    """The stored form of every field of a type, in the type's own order."""
    if kind not in _FIELDS:
        hints = typing.get_type_hints(kind)
        _FIELDS[kind] = tuple(_field(f.name, hints[f.name]) for f in msgspec.structs.fields(kind))
    return _FIELDS[kind]


_FIELDS: dict[type[Any], tuple[Field, ...]] = {}


def columns(kind: type[Any]) -> list[str]:
    """Column names of a type's table, in order."""
    return [name for f in fields(kind) for name, _ in f.columns]


def names(kind: type[Any]) -> tuple[str, ...]:
    """Names of a type's fields, in order."""
    return tuple(f.name for f in fields(kind))


def encode(value: object) -> list[Cell]:
    """A value as the cells of its row."""
    return [cell for f in fields(type(value)) for cell in f.encode(getattr(value, f.name))]


def decode(kind: type[T], cells: Sequence[Any]) -> T:
    """The value that a row's cells were made from."""
    if kind not in _CELLS:
        ends = list(accumulate(len(f.columns) for f in fields(kind)))
        _CELLS[kind] = tuple(
            (f.name, f.decode, at, end) for f, at, end in zip(fields(kind), [0, *ends], ends, strict=False)
        )
    return kind(**{name: read(cells[at:end]) for name, read, at, end in _CELLS[kind]})


_CELLS: dict[type[Any], tuple[tuple[str, Callable[[Sequence[Any]], Any], int, int], ...]] = {}
"""Name of each field, how it is read, and the cells that hold it."""


def insert_sql(table: str, kind: type[Any], more: tuple[str, ...] = ()) -> str:
    """An INSERT for `more` columns followed by those of the type; text is cast, see `storable`."""
    if (table, more) not in _INSERTS:
        names = [*more, *columns(kind)]
        sql_types = ["TEXT"] * len(more) + [sql for f in fields(kind) for _, sql in f.columns]
        marks = ["CAST(? AS TEXT)" if sql.startswith("TEXT") else "?" for sql in sql_types]
        listed = ", ".join(map(quoted, names))
        _INSERTS[table, more] = f"INSERT INTO {table} ({listed}) VALUES ({', '.join(marks)})"
    return _INSERTS[table, more]


_INSERTS: dict[tuple[str, tuple[str, ...]], str] = {}


def select_list(kind: type[Any], alias: str = "t") -> str:
    """The type's columns for a SELECT, in `decode`'s order."""
    return ", ".join(f"{alias}.{quoted(c)}" for c in columns(kind))


def quoted(name: str) -> str:
    """A column name as SQL takes it, whatever it is called (`end`, `type` …)."""
    return f'"{name}"'
