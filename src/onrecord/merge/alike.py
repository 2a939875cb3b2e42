"""Articles that report one happening: they share many names and numbers that few others have.

Events without a day can still be one when two such articles tell them with one word. Names weigh by how rare
they are in the pile (tf-idf, cosine); only articles that share rare ones are compared, so the work grows with
the pile and not with its square.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations

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

_NAME = re.compile(r"(?<=[a-z,;:'’\"”)] )[A-Z][a-zA-Z'\-]{2,}|\b\d[\d,.]*\d\b|\b[A-Z]{2,}\b")


def names_of(text: str) -> frozenset[str]:
    """Capitalised words within sentences, and numbers of two digits or more."""
    return frozenset(m.group().removesuffix("'s").lower() for m in _NAME.finditer(text))


def alike(
    names: Mapping[str, frozenset[str]], written: Mapping[str, Range | None]
) -> frozenset[tuple[str, str]]:
    """Pairs of articles (smaller id first) that report one happening."""
    frequency = Counter(n for own in names.values() for n in own)
    weight = {n: math.log((len(names) + 1) / count) for n, count in frequency.items()}
    length = {a: math.sqrt(sum(weight[n] ** 2 for n in own)) for a, own in names.items()}
    holders: dict[str, list[str]] = {}
    for article, own in names.items():
        for name in own:
            if 1 < frequency[name] <= RARE:
                holders.setdefault(name, []).append(article)
    shared = Counter(pair for group in holders.values() for pair in combinations(sorted(group), 2))
    return frozenset(
        (a, b)
        for (a, b), count in shared.items()
        if count >= MIN_RARE
        and _close(written.get(a), written.get(b))
        and _cosine(names[a], names[b], weight) >= MIN_COSINE * length[a] * length[b]
    )


def _cosine(one: frozenset[str], other: frozenset[str], weight: Mapping[str, float]) -> float:
    """The product of two vectors of weights, not yet divided by their lengths."""
    return sum(weight[n] ** 2 for n in sorted(one & other))


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
