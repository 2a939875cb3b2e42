"""Who carries the work: processes of this machine (default), or a Dask cluster's workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from onrecord.errors import UsageError
from onrecord.workers import cluster, local

ENGINES = ("local", "dask")
Carrier = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]
"""Gives a function's results for chunks, in the order of the chunks."""


def carrier(engine: str = "local", *, workers: int = 1, scheduler: str | None = None) -> Carrier:
    """Who carries the work.

    Raises:
        UsageError: no such engine, or Dask without a scheduler's address.
    """
    if engine not in ENGINES:
        raise UsageError.unknown("engine", engine, ENGINES)
    if engine == "local":
        return partial(local.map_ordered, workers=workers)
    if scheduler is None:
        raise UsageError("--engine dask needs --scheduler ADDRESS, as tcp://host:8786")
    return partial(cluster.map_ordered, scheduler=scheduler)
