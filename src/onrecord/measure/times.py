"""Time expressions against TIMEX3 gold, as TempEval-3 measures them.

Strict spans, relaxed spans (one character in common, one to one), and relaxed spans whose value, or type, is
right too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from onrecord.types import Acquired, Article, Passage, Range, TimeExpr

Timex = dict[str, Any]
"""`start`, `end`, `type`, `value`."""
MEASURES = ("strict", "relaxed", "value", "type")


def acquired(name: str, text: str, day: str | None) -> Acquired:
    """A text with its date (ISO), all of it body."""
    published = date.fromisoformat(day) if day else None
    article = Article(
        id=name, path=name, text=text, published=published,
        published_range=Range(published, published) if published else None,
    )  # fmt: skip
    return Acquired(article=article, passages=(Passage(start=0, end=len(text), role="body"),))


def pairs(gold: Sequence[Timex], found: Sequence[TimeExpr]) -> list[tuple[Timex, TimeExpr]]:
    """One-to-one pairs that share a character: exact ones first, then by longer overlap."""
    candidates = []
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            overlap = min(g["end"], f.end) - max(g["start"], f.start)
            if overlap > 0:
                exact = (g["start"], g["end"]) == (f.start, f.end)
                candidates.append((not exact, -overlap, g["start"], f.start, i, j))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    matched = []
    for *_, i, j in sorted(candidates):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            matched.append((gold[i], found[j]))
    return matched


def tally(gold: Sequence[Timex], found: Sequence[TimeExpr]) -> list[list[float]]:
    """[right, told, due] by measure of one text."""
    met = pairs(gold, found)
    right = (
        sum((g["start"], g["end"]) == (f.start, f.end) for g, f in met),
        len(met),
        sum(g["value"] == f.value for g, f in met),
        sum(g["type"] == f.type for g, f in met),
    )
    return [[n, len(found), len(gold)] for n in right]
