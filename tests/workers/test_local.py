"""Work in processes: in order, bounded, and with errors that arrive."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from typing import NoReturn

import pytest

from onrecord.errors import OnrecordError
from onrecord.workers import local


def later_ones_faster(n: int) -> int:
    time.sleep(0.02 * (5 - n % 5))
    return n * n


def where(_: int) -> int:
    return os.getpid()


def fail(n: int) -> NoReturn:
    raise ValueError(f"chunk {n}")


def die(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_one_worker_works_in_this_process() -> None:
    assert set(local.map_ordered(where, range(3), workers=1)) == {os.getpid()}


def test_several_workers_give_results_in_the_order_of_the_work() -> None:
    assert list(local.map_ordered(later_ones_faster, range(10), workers=3)) == [n * n for n in range(10)]


def test_several_workers_are_other_processes() -> None:
    assert os.getpid() not in set(local.map_ordered(where, range(6), workers=2))


def test_chunks_are_read_only_as_far_ahead_as_the_workers_need() -> None:
    taken: list[int] = []

    def chunks() -> Iterator[int]:
        for n in range(20):
            taken.append(n)
            yield n

    results = local.map_ordered(later_ones_faster, chunks(), workers=2)
    next(results)
    assert len(taken) <= 2 * local.LOOK_AHEAD
    results.close()  # type: ignore[attr-defined]


def test_an_error_in_a_worker_arrives_as_it_is() -> None:
    with pytest.raises(ValueError, match="chunk 0"):
        list(local.map_ordered(fail, range(3), workers=2))


def test_a_worker_that_dies_is_told_with_what_to_do() -> None:
    with pytest.raises(OnrecordError, match="fewer --workers"):
        list(local.map_ordered(die, range(3), workers=2))
