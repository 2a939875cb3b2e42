"""A record of every released schema is upgraded with a copy kept, or refused with the command to run.

`kept/schema-NNNN.db.gz` are records as that schema's release wrote them: `making.reading()` of a.txt and
b.txt, their merged rows, one reject, one table of a user's. A new schema adds a file and changes none.
"""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest

from onrecord.errors import RecordError
from onrecord.record import Store, schema
from onrecord.types import Event, Meeting, MergedMeeting
from tests.record.making import reading

KEPT = sorted(Path(__file__).with_name("kept").glob("schema-*.db.gz"))


@pytest.fixture(params=KEPT, ids=lambda path: path.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def version(path: Path) -> int:
    with sqlite3.connect(path) as connection:
        return schema.version(connection)


def tables(path: Path) -> set[tuple[str, str]]:
    """Every table with its columns."""
    with sqlite3.connect(path) as connection:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {(n, column[1]) for n in names for column in connection.execute(f"PRAGMA table_info({n})")}


def test_an_older_record_is_upgraded_whole_and_a_copy_of_it_kept(old: Path, tmp_path: Path) -> None:
    before, was = old.read_bytes(), version(old)
    with Store.open(old, write=True) as store:
        assert schema.version(store.connection) == schema.current()
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        told = [store.reading(a.id) for a in store.articles()]
        assert {r.article.path: len(r.statements) for r in told if r} == {"a.txt": 1, "b.txt": 1}
        assert store.count(MergedMeeting) == 1
        assert [r.path for r in store.rejects()] == ["c.txt"]
    with Store.open(tmp_path / "new.db", write=True):
        pass
    assert tables(old) == tables(tmp_path / "new.db")
    if was < schema.current():
        copy = old.with_name(f"old.db.schema-{was}")
        assert version(copy) == was
        assert len(copy.read_bytes()) >= len(before) // 2


def test_a_record_of_the_first_schema_reads_back_as_it_was_written(old: Path) -> None:
    with Store.open(old, write=True) as store:
        made = reading("a.txt")
        found = store.reading(made.article.id)
        assert found is not None
        assert [m.id for m in found.meetings] == [m.id for m in made.meetings]
        assert {e.id for _, e in store.rows(Event)} >= {e.id for e in made.events}
        assert store.count(Meeting) == 2


def test_reading_an_older_record_names_the_command_that_upgrades_it(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = [*schema.migrations(), (schema.current() + 1, "more", "CREATE TABLE more (x TEXT);")]
    before = old.read_bytes()
    monkeypatch.setattr(schema, "migrations", lambda: newer)
    with pytest.raises(RecordError, match=r"`onrecord upgrade .*old\.db`"):
        Store.open(old)
    assert old.read_bytes() == before


def test_a_migration_that_fails_leaves_the_record_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(old, write=True):
        pass
    was = version(old)
    good, bad = "CREATE TABLE more (x TEXT);", "CREATE TABLE more (y TEXT);"
    newer = [*schema.migrations(), (was + 1, "good", good), (was + 2, "bad", bad)]
    monkeypatch.setattr(schema, "migrations", lambda: newer)
    with pytest.raises(RecordError, match="already exists"):
        Store.open(old, write=True)
    assert version(old) == was
    assert not any(name == "more" for name, _ in tables(old))
    assert version(old.with_name(f"old.db.schema-{was}")) == was


def test_a_new_record_makes_no_copy(tmp_path: Path) -> None:
    with Store.open(tmp_path / "new.db", write=True):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["new.db"]
