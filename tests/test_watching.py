"""Watching feeds: what is new goes into the record once, whatever happens in between."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from onrecord import building, watching
from onrecord.errors import RecordError
from onrecord.record import Store
from onrecord.record.locking import WriteLock
from onrecord.watching import Watch
from tests import reader_by_hand
from tests.acquire.test_fetch import Server

ITEM = (
    "<item><guid>{0}</guid><title>Talks {0}</title>"
    "<description>Ana Ruiz met Bo Lind. “Round {0}.”</description></item>"
)


def feed(*names: object) -> bytes:
    items = "".join(map(ITEM.format, names))
    return f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode()


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "read_chunk", reader_by_hand.read_chunk)
    monkeypatch.setattr(building, "merge", reader_by_hand.merge)


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def once(record: Path, *feeds: str) -> tuple[watching.Round, list[str]]:
    told: list[str] = []
    with Watch(record, feeds, allow_private=True) as watched:
        return watched.round(told.append, sleep=lambda _: None), told


def titles(record: Path) -> list[str]:
    with Store.open(record) as store:
        return sorted(str(title) for (title,) in store.connection.execute("SELECT title FROM articles"))


def test_new_entries_are_added_and_old_ones_are_not_read_again(tmp_path: Path, server: Server) -> None:
    record = tmp_path / "my.db"
    url = server.says("/f", feed(1, 2), ETag='"1"')
    assert once(record, url)[0].entries == 2
    server.says("/f", feed(2, 3), ETag='"2"')
    assert once(record, url)[0].entries == 1
    server.says("/f", status=304)
    assert once(record, url)[0].entries == 0
    assert titles(record) == ["Talks 1", "Talks 2", "Talks 3"]
    assert [headers.get("If-None-Match") for _, headers in server.asked] == [None, '"1"', '"2"']
    building.build(tmp_path / "my.db.feeds", tmp_path / "other.db")
    assert titles(tmp_path / "other.db") == titles(record)


def test_a_feed_can_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "f.xml").write_bytes(feed(1))
    assert once(tmp_path / "my.db", str(tmp_path / "f.xml"))[0].entries == 1
    assert titles(tmp_path / "my.db") == ["Talks 1"]


def test_one_feed_that_fails_is_told_and_the_others_are_read(tmp_path: Path, server: Server) -> None:
    good, bad = server.says("/f", feed(1)), server.says("/g?token=secret", status=500)
    done, told = once(tmp_path / "my.db", bad, good, str(tmp_path / "none.xml"))
    assert (done.entries, done.exit_code) == (1, 3)
    assert [r.reason for r in done.failed] == ["not_fetched", "not_found"]
    assert "secret" not in "".join(told)
    kept = b"".join(p.read_bytes() for p in (tmp_path / "my.db.feeds").iterdir())
    assert b"secret" not in kept


def test_a_server_that_wants_to_be_left_alone_is(tmp_path: Path, server: Server) -> None:
    url, now = server.says("/f", status=429, Retry_After="100"), [1000.0]
    with Watch(tmp_path / "my.db", [url], allow_private=True) as watched:
        for now[0] in (1000.0, 1099.0, 1101.0):
            watched.round(lambda _: None, clock=lambda: now[0])
    assert len(server.asked) == 2


def test_servers_are_asked_with_a_pause_between_their_feeds(tmp_path: Path, server: Server) -> None:
    urls, slept = [server.says(f"/{n}", feed(n)) for n in range(3)], list[float]()
    with Watch(tmp_path / "my.db", urls, allow_private=True) as watched:
        watched.round(lambda _: None, sleep=slept.append)
    assert slept == [watching.PAUSE] * 2


@pytest.mark.parametrize("step", range(8))
def test_broken_off_at_any_write_nothing_is_lost_and_nothing_doubled(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Each file's writing and each adding to the record is a step; the run stops right before one."""
    record, url = tmp_path / "my.db", server.says("/f", feed(1, 2))
    left = [step]

    def stopping(do: object) -> object:
        def run(*given: object, **named: object) -> object:
            left[0] -= 1
            if left[0] == -1:
                raise KeyboardInterrupt
            return do(*given, **named)  # type: ignore[operator]

        return run

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", stopping(Path.replace))
        patched.setattr(os, "fsync", stopping(os.fsync))
        patched.setattr(building, "add", stopping(building.add))
        with suppress(KeyboardInterrupt):
            once(record, url)
    once(record, url)
    assert titles(record) == ["Talks 1", "Talks 2"]


def test_a_record_that_another_writes_is_fed_next_time(tmp_path: Path, server: Server) -> None:
    record, url = tmp_path / "my.db", server.says("/f", feed(1))
    lock = WriteLock.take(record)
    done, told = once(record, url)
    lock.release()
    assert (done.entries, done.exit_code) == (1, 1)
    assert "next time" in told[-1]
    server.says("/f", status=304)
    assert once(record, url)[0].exit_code == 0
    assert titles(record) == ["Talks 1"]


def test_two_cannot_watch_for_one_record(tmp_path: Path) -> None:
    with Watch(tmp_path / "my.db", []), pytest.raises(RecordError), Watch(tmp_path / "my.db", []):
        pass
