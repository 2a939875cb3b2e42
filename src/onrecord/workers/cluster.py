"""A Dask cluster's workers: results come in the order of the work; what a lost worker had is done again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, TypeVar

from onrecord.errors import MissingPart, OnrecordError

A = TypeVar("A")
B = TypeVar("B")
LOOK_AHEAD = 3
"""Chunks under way for each worker; bounds memory, keeps every worker busy."""
WAIT = 30
"""Seconds in which a scheduler has to answer, and a first worker to show up."""


def map_ordered(function: Callable[[A], B], chunks: Iterable[A], *, scheduler: str) -> Iterator[B]:
    """`function` of each chunk, in the order of the chunks, on the workers of a scheduler.

    A chunk whose worker is lost is done again by another, so the function has to give the same when it is run
    twice.

    Args:
        function: importable on the workers, where this version of onrecord is installed.
        chunks: read only as far ahead as the workers need.
        scheduler: its address, as `tcp://host:8786`.

    Raises:
        MissingPart: Dask is not installed.
        OnrecordError: the scheduler is not reached, or lost, or a chunk cost several workers their lives.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise MissingPart("no Dask; install onrecord[dask], or build with --engine local") from error
    broken = (OSError, distributed.KilledWorker, distributed.client.FutureCancelledError, TimeoutError)
    try:
        with distributed.Client(scheduler, timeout=WAIT, set_as_default=False) as client:
            client.wait_for_workers(1, timeout=WAIT)
            ahead = LOOK_AHEAD * max(1, sum(client.nthreads().values()))
            under_way: deque[Any] = deque()
            for chunk in chunks:
                under_way.append(client.submit(function, chunk, pure=False))
                if len(under_way) >= ahead:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
    except broken as error:
        raise OnrecordError(
            f"the cluster at {scheduler} was lost or not reached ({type(error).__name__}: {error}); "
            "what was read is kept: run the same command again"
        ) from error
