"""Articles that repeat one another: the same text twice, or a wire story lightly edited or cut by an outlet.

Each article is a set of word shingles. MinHash with banded hashing (Broder 1997; datasketch) proposes pairs
in near-linear time; a pair counts as copy when the shingles themselves, compared exactly, agree. Seeds are
fixed, so the same articles in the same order give the same groups on every machine.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from datasketch import MinHash, MinHashLSH
from numpy.typing import NDArray

from onrecord.types import Copy, text_hash

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


class _Match(NamedTuple):
    shared: float
    place: int


def find_copies(articles: Iterable[tuple[str, str]]) -> tuple[Copy, ...]:
    """Groups of articles that repeat one another; an article without copies has no row.

    Args:
        articles: (article id, words of its readable passages). Their order decides which one is the first
            of its group, the one that `of` names: give them by date, then by id.

    Returns:
        A row for each member of a group, its first one included, in the order given. `similarity` is the
        share of the shorter text's shingles found in the other one; 1.0 for exact copies and for the first.
    """
    index = _Index()
    group: dict[str, str] = {}
    rows: list[Copy] = []
    by_hash: dict[str, str] = {}
    for article, text in articles:
        words = " ".join(text.split())
        if not words:
            continue
        key = text_hash(words)
        if key in by_hash:
            of = group[by_hash[key]]
            group[article] = of
            rows.append(Copy(article=article, of=of, kind="exact", similarity=1.0))
            continue
        by_hash[key] = article
        near = index.nearest(article, words)
        group[article] = group[near[0]] if near else article
        kind_of = group[article]
        similarity = round(near[1], 4) if near else 1.0
        rows.append(
            Copy(article=article, of=kind_of, kind="near" if near else "exact", similarity=similarity)
        )
    shared = {row.of for row in rows if row.of != row.article}
    return tuple(row for row in rows if row.of in shared)


class _Index:
    """Articles seen so far, found again by what they share."""

    def __init__(self) -> None:
        self._lsh = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
        self._names: list[str] = []
        self._shingles: list[Shingles] = []

    def nearest(self, article: str, words: str) -> tuple[str, float] | None:
        """The earlier article that shares most, if it shares enough; then the article is added."""
        own = shingles(words)
        if len(own) < MIN_SHINGLES:
            return None
        signature = MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=int)
        signature.update_batch(own.tolist())
        proposed = sorted(int(str(key)) for key in self._lsh.query(signature))
        found = [_Match(_shared(own, self._shingles[i]), i) for i in proposed]
        best = max(found, key=lambda m: (m.shared, -m.place), default=None)
        self._lsh.insert(len(self._names), signature)
        self._names.append(article)
        self._shingles.append(own)
        if best is None or best.shared < MIN_SHARED:
            return None
        return self._names[best.place], best.shared


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
