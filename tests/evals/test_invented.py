"""The record that pages are measured on is a sound one, and what is asked of it is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from evals.invented import make
from evals.load import pages_of
from onrecord.record import Store, check, schema
from onrecord.serve.web import application
from onrecord.types import EventCluster, MergedMeeting, Position


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("invented") / "r.db"
    make(path, 400)
    return path


def test_rows_are_grounded_and_name_what_is_there(record: Path, tmp_path: Path) -> None:
    with Store.open(record) as store, Store.open(tmp_path / "empty.db", write=True) as empty:
        readings = [r for a in store.articles() if (r := store.reading(a.id))]
        for reading in readings:
            check(reading)
        assert sum(len(r.statements) for r in readings) == 400
        assert [store.count(k) for k in (EventCluster, MergedMeeting, Position)] == [20, 7, 2]
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        indexes = "SELECT name, sql FROM sqlite_schema ORDER BY name"
        made, usual = (s.connection.execute(indexes).fetchall() for s in (store, empty))
        assert made == usual
        assert schema.version(store.connection) == schema.current()


def test_every_page_that_is_asked_for_is_there(record: Path) -> None:
    with TestClient(application(record), base_url="http://127.0.0.1") as visitor:
        for pages in pages_of(record).values():
            assert visitor.get(pages[-1]).status_code == 200, pages[-1]
