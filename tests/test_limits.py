"""An article that takes too much is given up by name, and the pile goes on."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
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


def in_a_thread(work: Callable[[], object]) -> list[object]:
    """What work in a thread of its own, as in a Dask worker, gives or raises."""
    done: list[object] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:
            done.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return done


@pytest.mark.parametrize("work", [loop, swallow])
def test_work_without_end_is_broken_off_in_a_thread_that_gets_no_signals(work: Callable[[], None]) -> None:
    def limited() -> None:
        with limits.within(0.2):
            work()

    (raised,) = in_a_thread(limited)
    assert isinstance(raised, limits.TooSlow)
    assert "seconds of computing" in str(raised)


def test_a_limit_in_a_thread_is_gone_afterwards() -> None:
    def limited() -> int:
        with limits.within(0.2):
            pass
        return sum(n % 7 for n in range(5_000_000))

    assert in_a_thread(limited) == [sum(n % 7 for n in range(5_000_000))]


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
