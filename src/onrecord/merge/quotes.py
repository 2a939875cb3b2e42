"""The same words in several articles: statements whose quoted words repeat each other, drift included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from onrecord.merge.ground import Ground
from onrecord.types import SameQuote, Statement, row_id

MIN_WORDS = 5
"""Shorter words are said again and again by chance."""
SHINGLE = 4
"""Words of a shingle; two quotes are compared only when they share one."""
MIN_LIKENESS = 88.0
"""rapidfuzz's partial ratio of the normalised words, 0 … 100, at which a quote counts as the same."""
COMMON = 60
"""A shingle in more quotes than this is a phrase, not a quote, and opens no block."""

_QUOTED = re.compile(r"[\"“„«]([^\"”“»]+)[\"”»]")
_WORD = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True)
class Quote:
    article: str
    statement: str
    speaker: str | None
    words: tuple[str, ...]


def merge(rows: Iterable[tuple[str, Statement]], ground: Ground) -> tuple[SameQuote, ...]:
    """Statements that repeat another article's words, by group; the group is named by its first statement."""
    quotes = sorted(
        (q for a, s in rows if (q := _quote(a, s))), key=lambda q: (-len(q.words), q.article, q.statement)
    )
    groups: list[list[Quote]] = []
    index: dict[tuple[str, ...], list[int]] = {}
    for quote in quotes:
        shingles = _shingles(quote.words)
        near = sorted({n for s in shingles for n in index.get(s, ())})
        home = next((n for n in near if _likeness(quote, groups[n][0]) >= MIN_LIKENESS), None)
        if home is None:
            home = len(groups)
            groups.append([])
        groups[home].append(quote)
        for shingle in shingles:
            held = index.setdefault(shingle, [])
            if len(held) < COMMON and home not in held:
                held.append(home)
    return tuple(sorted((s for g in groups for s in _linked(g)), key=lambda s: (s.group, s.statement)))


def _quote(article: str, statement: Statement) -> Quote | None:
    """The words in quotation marks, or all of them for direct speech."""
    inner = " ".join(m.group(1) for m in _QUOTED.finditer(statement.quote))
    told = inner or (statement.quote if statement.speech == "direct" else "")
    words = tuple(_WORD.findall(re.sub(r"\[[^\]]*\]", " ", told).replace("’", "'").lower()))
    return Quote(article, statement.id, statement.speaker, words) if len(words) >= MIN_WORDS else None


def _shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)))


def _likeness(quote: Quote, longer: Quote) -> float:
    if quote.speaker and longer.speaker and quote.speaker != longer.speaker:
        return 0.0
    return fuzz.partial_ratio(" ".join(quote.words), " ".join(longer.words))


def _linked(group: Sequence[Quote]) -> list[SameQuote]:
    """Members of a group that reaches over two articles."""
    if len({q.article for q in group}) < 2:
        return []
    first = group[0]
    name = row_id("q", "", first.statement)
    return [
        SameQuote(
            statement=q.statement,
            group=name,
            similarity=round(_likeness(q, first) / 100 if q != first else 1, 3),
        )
        for q in group
    ]
