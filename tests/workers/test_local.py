"""Work in processes: in order, bounded, and with errors that arrive."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
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


def slow_where(_: int) -> int:
    time.sleep(0.05)
    return os.getpid()


def print_workers() -> None:
    """Prints the workers' process ids as they come, for ever."""
    for pid in local.map_ordered(slow_where, itertools.count(), workers=2):
        print(pid, flush=True)


def gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has collected yet counts as ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")
def test_workers_end_when_their_parent_is_killed() -> None:
    root = Path(__file__).parents[2]
    code = "from tests.workers import test_local\nif __name__ == '__main__': test_local.print_workers()"
    python = os.environ | {"PYTHONPATH": f"{root}:{root / 'src'}"}
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=root, env=python, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    workers = {int(parent.stdout.readline()) for _ in range(6)}
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 20
    while not all(map(gone, workers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert all(map(gone, workers))
