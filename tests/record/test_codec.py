"""Values ⇄ rows: what is written is read back, whatever the characters."""

from __future__ import annotations

import sqlite3
import typing
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.record import codec, schema
from onrecord.record.kinds import KINDS
from onrecord.types import Copy, Range, SameQuote, Span

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)
"""Lone surrogates and NUL included."""
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=2),
)
SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: ANY_TEXT, int: st.integers(-(2**63), 2**63 - 1), bool: st.booleans(), date: DAYS, Any: JSON,
    float: st.floats(allow_nan=False, allow_infinity=False),
    Span: st.tuples(st.integers(0, 999), st.integers(0, 999)).map(lambda t: Span(*t)),
    Range: st.tuples(st.none() | DAYS, st.none() | DAYS).filter(any).map(lambda t: Range(*t)),
}  # fmt: skip
TYPES = [*(k.type for k in KINDS.values()), Copy, SameQuote]


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type, as the types of onrecord use them."""
    arguments = typing.get_args(hint)
    if hint in SIMPLE:
        return SIMPLE[hint]
    if typing.get_origin(hint) is typing.Literal:
        return st.sampled_from(arguments)
    if typing.get_origin(hint) is tuple:
        return st.lists(values_of(arguments[0]), max_size=3).map(tuple)
    if typing.get_origin(hint) is dict:
        return st.dictionaries(values_of(arguments[0]), values_of(arguments[1]), max_size=3)
    if type(None) in arguments:
        return st.none() | values_of(next(a for a in arguments if a is not type(None)))
    hints = typing.get_type_hints(hint)
    return st.builds(hint, **{f.name: values_of(hints[f.name]) for f in msgspec.structs.fields(hint)})


@pytest.fixture(scope="module")
def empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.text_factory = codec.readable
    schema.migrate(connection)
    return connection


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_row_is_its_value(kind: type[Any], empty: sqlite3.Connection, data: st.DataObject) -> None:
    value = data.draw(values_of(kind))
    empty.execute("BEGIN")
    try:
        table = f"trial_{kind.__name__}"
        empty.execute(schema.create_table(table, kind, after=[]))
        empty.execute(codec.insert_sql(table, kind), codec.encode(value))
        row = empty.execute(f"SELECT {codec.select_list(kind)} FROM {table} t").fetchone()
    finally:
        empty.execute("ROLLBACK")
    assert codec.decode(kind, row) == value


def test_every_field_has_its_column(empty: sqlite3.Connection) -> None:
    """If not: a released schema gets a new migration, an unreleased one `schema.ddl()` anew."""
    for kind in KINDS.values():
        found = {row[1] for row in empty.execute(f"PRAGMA table_info({kind.table})")}
        assert set(codec.columns(kind.type)) <= found, f"{kind.table} lacks a column"


def test_the_migrations_make_the_schema_that_the_types_ask_for(empty: sqlite3.Connection) -> None:
    fresh = sqlite3.connect(":memory:")
    fresh.executescript(schema.ddl())

    def told(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            (name, *map(str, column[1:4]))
            for name in names
            for column in connection.execute(f"PRAGMA table_info({name})")
        }

    assert told(empty) == told(fresh)


def test_json_is_compact_and_keeps_letters() -> None:
    assert codec.to_json({"who": "Łukasz", "n": [1, 2]}) == '{"who":"Łukasz","n":[1,2]}'


def test_json_with_a_lone_surrogate_is_escaped_and_read_back() -> None:
    told = codec.to_json(["a\ud800b"])
    assert told.isascii()
    assert codec.from_json(told, list[str]) == ["a\ud800b"]
