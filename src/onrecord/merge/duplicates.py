"""Articles that repeat one another: the same text twice, or a wire story lightly edited or cut by an outlet.

Each article is a set of word shingles. MinHash with banded hashing (Broder 1997) proposes pairs;
a pair counts as near when the shingles themselves, compared exactly, agree. Which wordings are near hangs on
them alone, so a record keeps signatures and near pairs, and only new wordings are compared; the groups follow
from the pairs and the order of the articles. Seeds are fixed: groups are the same on every machine.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from onrecord.types import Copy, Near, text_hash

SHINGLE = 4
"""Words a shingle: long enough that two reports of one event share few (quotations mostly), short enough that
an edit every other sentence leaves most of them whole."""
MIN_SHARED = 0.5
"""Share of the shorter article's shingles that must stand in the longer one. Of 4,285 pairs that report one
happening (ECB+), 88 % share under 0.1; read by eye, pairs under 0.45 quote the same release or speaker, pairs
over 0.5 are versions of one text (2026-11)."""
MIN_RATIO = 0.25
"""The shorter must have this share of the longer's shingles: a live blog that holds it is no copy."""
MIN_SHINGLES = 25
"""Shorter texts are compared whole only: standing phrases would make copies of unrelated briefs."""
PERMUTATIONS = 96
BANDS, ROWS = 48, 2
"""A pair with Jaccard similarity 0.2 (a story cut to a third) is proposed with 0.86, 0.3 with 0.99; one with
0.01, as unrelated articles have, with 0.005."""
SEED = 1
MIX = np.uint64(0x9E3779B97F4A7C15)
"""An odd number with well-mixed bits (2**64 over the golden ratio; Knuth, multiplicative hashing)."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")
Shingles = NDArray[np.uint32]
Bands = NDArray[np.uint32]
"""A wording's signature: one hash for each band; empty where it is too short to be compared."""


def find_copies(articles: Iterable[tuple[str, str]]) -> tuple[Copy, ...]:
    """Groups of articles that repeat one another; an article without copies has no row.

    Args:
        articles: (article id, words of its readable passages). Their order decides which one is the first
            of its group, the one that `of` names: give them by date, then by id.

    Returns:
        A row for each member of a group, its first one included, in the order given. `similarity` is the
        share of the shorter text's shingles found in the other one; 1.0 for exact copies and for the first.
    """
    texts = {article: text for article, text in articles if text.strip()}
    of = {article: wording(text) for article, text in texts.items()}
    told = {key: texts[article] for article, key in reversed(of.items())}
    bands = {key: signature(text) for key, text in sorted(told.items())}
    pairs = near_pairs(bands, {}, told.__getitem__)
    return grouped(list(of.items()), pairs)


def wording(text: str) -> str:
    """What names a wording: equal for texts that differ in white space alone; empty without a word."""
    words = " ".join(text.split())
    return text_hash(words) if words else ""


def grouped(articles: Sequence[tuple[str, str]], pairs: Iterable[Near]) -> tuple[Copy, ...]:
    """Copies among articles, given as (id, wording) in their order: see `find_copies`."""
    near: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for pair in pairs:
        near[pair.one].append((pair.other, pair.shared))
        near[pair.other].append((pair.one, pair.shared))
    place: dict[str, int] = {}
    first: dict[str, str] = {}
    rows: list[Copy] = []
    for n, (article, key) in enumerate(articles):
        if not key:
            continue
        if key in place:
            rows.append(Copy(article=article, of=first[key], kind="exact", similarity=1.0))
            continue
        earlier = [(shared, -place[other], other) for other, shared in near[key] if other in place]
        place[key] = n
        shared, _, other = max(earlier, default=(1.0, 0, ""))
        first[key] = first[other] if other else article
        kind: Literal["near", "exact"] = "near" if other else "exact"
        rows.append(Copy(article=article, of=first[key], kind=kind, similarity=round(shared, 4)))
    repeated = {row.of for row in rows if row.of != row.article}
    return tuple(row for row in rows if row.of in repeated)


def signature(text: str) -> Bands:
    """The hashes by which a wording finds those that are like it."""
    own = shingles(text)
    if len(own) < MIN_SHINGLES:
        return np.empty(0, np.uint32)
    factors, offsets = _drawn()
    least = (own[:, None] * factors + offsets).min(axis=0).astype(np.uint64).reshape(BANDS, ROWS)
    mixed = np.zeros(BANDS, np.uint64)
    for n in range(ROWS):
        mixed = (mixed + least[:, n] + np.uint64(1)) * MIX
    return (mixed >> np.uint64(32)).astype(np.uint32)


@cache
def _drawn() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Factors (odd) and offsets of permutations of the 32-bit numbers, modulo 2**32."""
    chance = np.random.default_rng(SEED)
    factors = chance.integers(0, 1 << 31, PERMUTATIONS, np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, chance.integers(0, 1 << 32, PERMUTATIONS, np.uint32)


def near_pairs(
    new: Mapping[str, Bands], known: Mapping[str, Bands], words: Callable[[str], str]
) -> tuple[Near, ...]:
    """Pairs of new wordings with each other and with known ones that share enough.

    Args:
        new: wording → signature.
        known: the same of wordings whose pairs among themselves are known.
        words: the words of a wording; asked for those that may be near another.
    """
    cut: dict[str, Shingles] = {}

    def of(key: str) -> Shingles:
        if key not in cut:
            cut[key] = shingles(words(key))
        return cut[key]

    found = []
    for one, other in sorted({(min(p), max(p)) for p in _proposed(new, known)}):
        share = _shared(of(one), of(other))
        if share >= MIN_SHARED:
            found.append(Near(one=one, other=other, shared=share))
    return tuple(found)


def _proposed(new: Mapping[str, Bands], known: Mapping[str, Bands]) -> Iterator[tuple[str, str]]:
    """Pairs with at least one new wording that have a band in common."""
    fresh = [key for key, bands in new.items() if len(bands)]
    if not fresh:
        return
    keys = [*fresh, *(key for key, bands in known.items() if len(bands))]
    table = np.stack([new[key] if n < len(fresh) else known[key] for n, key in enumerate(keys)])
    for band in table.T:
        order = np.argsort(band, kind="stable")
        starts = np.flatnonzero(np.diff(band[order], prepend=-1, append=-1))
        for at in np.flatnonzero(np.diff(starts) > 1):
            alike = order[starts[at] : starts[at + 1]]  # stable: new wordings stand first
            for i, j in combinations(alike.tolist(), 2):
                if i >= len(fresh):
                    break
                yield keys[i], keys[j]


def shingles(text: str) -> Shingles:
    """Sorted 32-bit hashes of the text's runs of `SHINGLE` words; case and punctuation do not count."""
    words = [w.replace("’", "'") for w in _WORD.findall(text.casefold())]
    if len(words) < SHINGLE:
        return np.empty(0, np.uint32)
    known = {w: zlib.crc32(w.encode("utf-8", "replace")) for w in dict.fromkeys(words)}
    each = np.fromiter((known[w] for w in words), np.uint64, len(words))
    mixed = np.zeros(len(words) - SHINGLE + 1, np.uint64)
    for at in range(SHINGLE):  # a polynomial in the words' hashes, modulo 2**64: the order of words counts
        mixed = mixed * MIX + each[at : at + len(mixed)]
    return np.unique((mixed * MIX >> np.uint64(32)).astype(np.uint32))


def _shared(a: Shingles, b: Shingles) -> float:
    """Share of the shorter set that stands in the longer one; 0 where the sizes are too unlike."""
    short, long = sorted((len(a), len(b)))
    if short < MIN_RATIO * long:
        return 0.0
    return len(np.intersect1d(a, b, assume_unique=True)) / short
