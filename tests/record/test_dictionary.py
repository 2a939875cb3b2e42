"""The data dictionary says what every column holds."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from onrecord.record import schema

TEXT = (Path(__file__).parents[2] / "docs" / "data-dictionary.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))


def tables() -> dict[str, list[str]]:
    """Table → columns, without the inner tables of the full-text search."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.migrate(connection)
    names = [n for (n,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {
        name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        for name in names
        if not re.search(r"_fts_\w+$|^sqlite_", name)
    }


@pytest.mark.parametrize("name", SECTIONS)
def test_a_table_s_section_names_its_columns_in_full(name: str) -> None:
    told = re.findall(r"^\| `(\w+)` \|", SECTIONS[name], re.MULTILINE)
    assert sorted(told) == sorted(tables()[name])


def test_every_table_is_told() -> None:
    assert [name for name in tables() if f"`{name}`" not in TEXT] == []
