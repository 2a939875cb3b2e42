"""An article that takes too much is given up by name, and the pile goes on."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from onrecord import building, limits
from onrecord.settings import Settings
from onrecord.types import Acquired, Article, Reject

FAST = Settings(fast=True)


def acquired(path: str) -> Acquired:
    return Acquired(article=Article(id=path, path=path, text="Talks went on."), passages=())


def loop() -> None:
    while True:
        pass


def swallow() -> None:
    """Answers every error there is, as careless readers do."""
    while True:
        try:
            loop()
        except Exception:
            continue


@pytest.mark.parametrize("work", [loop, swallow, lambda: re.fullmatch("(a|a)+b", "a" * 60)])
def test_work_without_end_is_broken_off(work: Any) -> None:
    with pytest.raises(limits.TooSlow), limits.within(0.2):
        work()


def test_memory_without_end_is_refused() -> None:
    with pytest.raises(limits.TooLarge), limits.within(60, growth=200 << 20):
        bytearray(400 << 20)
    assert bytearray(400 << 20), "the limit is gone afterwards"


def test_limits_within_limits_leave_the_outer_clock_running() -> None:
    with pytest.raises(limits.TooSlow, match="0 seconds"), limits.within(0.4):
        with limits.within(30):
            pass
        loop()


def test_a_thread_that_gets_no_signals_works_on_without_limits() -> None:
    done = []

    def work() -> None:
        with limits.within(0.001):
            done.append(sum(range(100_000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done


def test_an_article_that_takes_too_much_is_told_and_its_neighbours_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def route(chunk: Sequence[Acquired], _: object) -> Iterator[Any]:
        for one in chunk:
            if one.article.path == "endless":
                loop()
            if one.article.path == "huge":
                raise MemoryError
            yield one.article.path

    monkeypatch.setattr(building, "_tools", lambda _: None)
    monkeypatch.setattr(building, "_route", route)
    monkeypatch.setattr(limits, "GRACE_SECONDS", 0.2)
    results: list[Any] = building.read_chunk(FAST, [acquired(p) for p in ("a", "endless", "huge", "b")])
    assert [r if isinstance(r, str) else (r.path, r.reason) for r in results] == [
        "a", ("endless", "too_slow"), ("huge", "too_large"), "b",
    ]  # fmt: skip
    assert all(r.detail for r in results if isinstance(r, Reject))
