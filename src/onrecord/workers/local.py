"""Processes of this machine: results come in the order of the work, whoever finishes first."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from typing import TypeVar

from onrecord.errors import OnrecordError

A = TypeVar("A")
B = TypeVar("B")
LOOK_AHEAD = 2
"""Chunks a worker may be ahead of the one that is waited for; bounds memory, keeps every worker busy."""


def map_ordered(function: Callable[[A], B], chunks: Iterable[A], *, workers: int = 1) -> Iterator[B]:
    """`function` of each chunk, in the order of the chunks, whatever the number of workers.

    Args:
        function: importable by name (or a `functools.partial` of such), since each worker is a fresh process;
            what it loads should be kept by the function itself (`cache`): it is then loaded once a worker.
        chunks: read only as far ahead as the workers need.
        workers: 1 works in this very process.

    Raises:
        OnrecordError: a worker died, for instance for want of memory; what was yielded before is sound.
    """
    if workers <= 1:
        yield from map(function, chunks)
        return
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_end_with_parent)
    try:
        under_way: deque[Future[B]] = deque()
        for chunk in chunks:
            under_way.append(pool.submit(function, chunk))
            if len(under_way) >= workers * LOOK_AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except BrokenProcessPool as error:
        raise OnrecordError(
            "a worker process ended before its time, perhaps for want of memory; what was read is kept: "
            "run the same command again, with fewer --workers"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    """Ends this worker when its parent is gone, which a killed parent cannot ask for."""
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
