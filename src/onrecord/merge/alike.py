"""Articles that report one happening: they share many names and numbers that few others have.

Events without a day can still be one when two such articles tell them with one word. Names weigh by how rare
they are in the pile (tf-idf, cosine); only articles that share rare ones are compared, so the work grows with
the pile and not with its square.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from onrecord.types import Range

MIN_COSINE = 0.35
"""Likeness of names and numbers at which two articles report one happening. On ECB+ (772 articles) 0.35 links
1,347 pairs, 98 % of them within one happening; 0.30 links 1,843, 96.5 %; 0.40 links 940, 99 % (2026-11)."""
RARE = 25
"""A name in more articles than this proposes no pair."""
MIN_RARE = 3
"""Rare names that two articles must share before they are compared."""
MAX_DAYS = 10
"""Days between their writing at most; reports of one happening come close together."""

Names = NDArray[np.uint32]
_NAME = re.compile(r"(?<=[a-z,;:'’\"”)] )[A-Z][a-zA-Z'\-]{2,}|\b\d[\d,.]*\d\b|\b[A-Z]{2,}\b")


def names_of(text: str) -> Names:
    """Capitalised words within sentences, and numbers of two digits or more, each as a hash; ascending."""
    found = {m.group().removesuffix("'s").lower() for m in _NAME.finditer(text)}
    hashes = (zlib.crc32(name.encode("utf-8", "replace")) for name in found)
    return np.unique(np.fromiter(hashes, np.uint32, len(found)))


def alike(names: Mapping[str, Names], written: Callable[[str], Range | None]) -> frozenset[tuple[str, str]]:
    """Pairs of articles (smaller id first) that report one happening.

    Args:
        names: article → its names.
        written: the days on which an article may have been written.
    """
    articles = sorted(names)
    sizes = np.fromiter((len(names[a]) for a in articles), np.int64, len(articles))
    if not sizes.sum():
        return frozenset()
    told = np.concatenate([names[a] for a in articles])
    holder = np.repeat(np.arange(len(articles)), sizes)
    _, name, counts = np.unique(told, return_inverse=True, return_counts=True)
    weights = np.log((len(articles) + 1) / counts) ** 2
    lengths = np.sqrt(np.bincount(holder, weights[name], len(articles)))
    ends = np.concatenate([[0], np.cumsum(sizes)])
    days = [written(a) for a in articles]
    found = []
    for i, j in _sharing(name, holder, counts, len(articles)):
        if not _close(days[i], days[j]):
            continue
        shared = np.intersect1d(name[ends[i] : ends[i + 1]], name[ends[j] : ends[j + 1]], assume_unique=True)
        if weights[shared].sum() >= MIN_COSINE * lengths[i] * lengths[j]:
            found.append((articles[i], articles[j]))
    return frozenset(found)


def _sharing(
    name: NDArray[np.int64], holder: NDArray[np.int64], counts: NDArray[np.int64], articles: int
) -> list[tuple[int, int]]:
    """Pairs of articles that share enough rare names; `name` and `holder` are parallel, by article."""
    rare = (counts[name] > 1) & (counts[name] <= RARE)
    name, holder = name[rare], holder[rare]
    order = np.argsort(name, kind="stable")
    name, holder = name[order], holder[order]
    starts = np.flatnonzero(np.diff(name, prepend=-1))
    sizes = np.diff(starts, append=len(name))
    pairs = [np.empty(0, np.int64)]
    for size in np.unique(sizes).tolist():
        group = holder[starts[sizes == size][:, None] + np.arange(size)]
        i, j = np.triu_indices(size, 1)
        pairs.append((group[:, i] * articles + group[:, j]).ravel())
    found, times = np.unique(np.concatenate(pairs), return_counts=True)
    return [divmod(pair, articles) for pair in found[times >= MIN_RARE].tolist()]


def _close(one: Range | None, other: Range | None) -> bool:
    if not one or not other or not (one.start and one.end and other.start and other.end):
        return True
    gap = max((other.start - one.end).days, (one.start - other.end).days)
    return gap <= MAX_DAYS


def linked(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Article → the articles alike it."""
    found: dict[str, set[str]] = {}
    for a, b in pairs:
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return {a: frozenset(others) for a, others in found.items()}
