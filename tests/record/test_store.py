"""The store: whole articles, read back as they were; refusals that help."""

from __future__ import annotations

import os
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from onrecord.errors import RecordError
from onrecord.record import Filters, Store, schema
from onrecord.record.coverage import Run
from onrecord.types import (
    Article,
    Event,
    EventCluster,
    MergedAgreement,
    MergedDispute,
    MergedMeeting,
    Position,
    Reject,
    Statement,
)
from tests.record.making import TEXT, article, merged, reading


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "r.db"


def test_a_reading_is_read_back_as_it_was(path: Path) -> None:
    one = reading()
    with Store.open(path, write=True) as store:
        store.write(one)
    with Store.open(path) as store:
        assert store.reading(one.article.id) == one


def test_merged_rows_are_read_back_as_they_were(path: Path) -> None:
    a, b = reading("a.txt"), reading("b.txt")
    told = merged(a, b)
    with Store.open(path, write=True) as store:
        store.write(a, b)
        store.write_merged(told)
        store.write_merged(told)
    with Store.open(path) as store:
        for kind, rows in (
            (EventCluster, told.events),
            (MergedMeeting, told.meetings),
            (MergedAgreement, told.agreements),
            (MergedDispute, told.disputes),
            (Position, told.positions),
        ):
            assert [row for _, row in store.rows(kind)] == list(rows)  # type: ignore[type-var]
        assert tuple(sorted(store.copies(), key=lambda c: c.article)) == tuple(
            sorted(told.copies, key=lambda c: c.article)
        )
        assert {q.statement for q in store.same_quotes()} == {q.statement for q in told.quotes}
        assert {e.id: store.cluster(e.id) for _, e in store.rows(Event)} == told.clusters


def test_a_new_reading_of_an_article_takes_the_place_of_the_old_one(path: Path) -> None:
    one = reading()
    with Store.open(path, write=True) as store:
        store.write(one)
        store.write(replace(one, statements=(), disputes=(), agreements=(), events=()))
        assert store.count(Statement) == 0
        assert store.count(Article) == 1
        orphans = store.connection.execute("PRAGMA foreign_key_check").fetchall()
        left = store.connection.execute("SELECT count(*) FROM events_actors").fetchone()
        found = list(store.rows(Statement, Filters(text="fish")))
    assert (orphans, left, found) == ([], (0,), [])


def test_rows_come_by_article_id_and_then_by_place_whatever_was_written_first(tmp_path: Path) -> None:
    readings = [reading(f"{n}.txt") for n in range(6)]
    orders = []
    for name, written in (("a", readings), ("b", readings[::-1])):
        with Store.open(tmp_path / name, write=True) as store:
            store.write(*written)
            orders.append(list(store.rows(Event)))
    assert orders[0] == orders[1]
    assert [a for a, _ in orders[0]] == sorted(a for a, _ in orders[0])


def test_a_failure_within_a_batch_writes_nothing_of_it(path: Path) -> None:
    good, bad = reading("a.txt"), reading("b.txt")
    clash = replace(bad, meetings=(replace(bad.meetings[0], id=good.meetings[0].id),))
    with Store.open(path, write=True) as store:
        with pytest.raises(RecordError, match="cannot write"):
            store.write(good, clash)
        assert store.count(Article) == 0


@pytest.mark.parametrize("text", ["a\ud800b met", "nul \0 met", "\u202e met \u200f", "met " * 3])
def test_any_text_is_kept_character_for_character(path: Path, text: str) -> None:
    one = replace(reading(), article=article("odd.txt", text), **dict.fromkeys(KINDS_OF_ROWS, ()))
    with Store.open(path, write=True) as store:
        store.write(one)
    with Store.open(path) as store:
        assert store.reading(one.article.id) == one


KINDS_OF_ROWS = ("passages", "actors", "mentions", "times", "statements", "events", "meetings", "agreements",
                 "commitments", "disputes", "issues")  # fmt: skip


def test_the_newest_article_s_view_of_an_actor_is_the_record_s(path: Path) -> None:
    old = reading("a.txt", published=date(2015, 1, 1), published_range=(date(2015, 1, 1), date(2015, 1, 1)))
    new = reading("b.txt")
    new = replace(
        new, actors=tuple(replace(a, role="prime minister") if a.id == "mira" else a for a in new.actors)
    )
    with Store.open(path, write=True) as store:
        store.write(new, old)
        assert store.actors()["mira"].role == "prime minister"
        assert store.actors_of(old.article.id)["mira"].role == "minister"


def test_an_article_that_tells_no_country_takes_nobody_s_country_away(path: Path) -> None:
    old = reading("a.txt", published=date(2015, 1, 1), published_range=(date(2015, 1, 1), date(2015, 1, 1)))
    new = reading("b.txt")
    known = next(a for a in old.actors if a.id == "mira").country
    bare = tuple(replace(a, country=None, role="envoy") if a.id == "mira" else a for a in new.actors)
    with Store.open(path, write=True) as store:
        store.write(replace(new, actors=bare), old)
        assert known
        assert store.actors()["mira"].country == known
        assert store.actors(["mira"])["mira"].country == known
        assert store.actors_of(new.article.id)["mira"].country is None


def test_any_row_is_found_by_its_id(path: Path) -> None:
    a = reading()
    with Store.open(path, write=True) as store:
        store.write(a)
        store.write_merged(merged(a))
        for row in (a.statements[0], a.meetings[0], a.agreements[0], a.events[1]):
            found = store.row(row.id)
            assert found is not None
            assert found[1:] == (a.article.id, row)
        assert store.row("mm-1")[0].name == "merged_meetings"  # type: ignore[index]
        assert store.row("nothing") is None


def test_reading_a_record_that_is_not_there_says_how_to_make_one(path: Path) -> None:
    with pytest.raises(RecordError, match="onrecord build"):
        Store.open(path)
    assert not path.exists()


def test_another_program_s_database_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE shopping (item TEXT)")
    for write in (False, True):
        with pytest.raises(RecordError, match="not a record"):
            Store.open(path, write=write)
    assert sqlite3.connect(path).execute("SELECT count(*) FROM sqlite_schema").fetchone() == (1,)


def test_a_record_of_a_newer_schema_is_refused(path: Path) -> None:
    with Store.open(path, write=True) as store:
        store.connection.execute("PRAGMA user_version = 99")
    with pytest.raises(RecordError, match="upgrade onrecord"):
        Store.open(path)


def test_a_reader_cannot_write(path: Path) -> None:
    with Store.open(path, write=True) as store:
        store.write(reading())
    with Store.open(path) as store, pytest.raises(RecordError, match="readonly"):
        store.write(reading("b.txt"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_record_in_a_folder_that_cannot_be_written_can_be_read(path: Path) -> None:
    with Store.open(path, write=True) as store:
        store.write(reading())
    path.parent.chmod(0o500)
    try:
        with Store.open(path) as store:
            assert store.count(Article) == 1
    finally:
        path.parent.chmod(0o700)


def test_a_left_over_lock_file_locks_nothing(path: Path) -> None:
    path.with_name("r.db.lock").touch()
    with Store.open(path, write=True) as store:
        store.write(reading())


def test_rejects_of_a_run_stand_in_place_of_earlier_ones(path: Path) -> None:
    def reject(path: str, reason: str = "empty") -> Reject:
        return Reject(path=path, reason=reason)

    with Store.open(path, write=True) as store:
        store.write_rejects([reject("a"), reject("b")])
        store.write_rejects([reject("b", "binary")], instead_of=["b", "c"])
        assert [(r.path, r.reason) for r in store.rejects()] == [("a", "empty"), ("b", "binary")]
        store.write_rejects([reject("f#line-1"), reject("f.x"), reject("f")], instead_of=[])
        store.write_rejects([], instead_of=["f"])
        assert [r.path for r in store.rejects()] == ["a", "b", "f.x"]
        store.write_rejects([])
        assert list(store.rejects()) == []


def test_every_migration_has_a_number_of_its_own_from_one_on() -> None:
    assert [number for number, _, _ in schema.migrations()] == list(range(1, schema.current() + 1))


def test_letters_that_look_alike_are_warned_of_after_a_run(path: Path) -> None:
    one = reading(text=TEXT.replace("Mira", "M\u0456ra"))
    strange = replace(one.mentions[0], text="M\u0456ra Solberg")
    with Store.open(path, write=True) as store:
        store.write(replace(one, mentions=(strange, *one.mentions[1:])))
        told = store.coverage(Run(read=1))
    assert told.look_alikes == 1
    assert any("look alike: 1" in line for line in told.lines())


def test_actors_by_id_and_all_actors_are_known_by_the_same_article(tmp_path: Path) -> None:
    with Store.open(tmp_path / "r.db", write=True) as store:
        for n in range(6):
            dated = {} if n % 2 else {"published": None, "published_range": None}
            told = reading(f"{n}.txt", **dated)
            cast = tuple(replace(a, role=f"role {n}") for a in told.actors)
            store.write(replace(told, actors=cast))
        assert store.actors(a.id for a in reading().actors) == store.actors()
