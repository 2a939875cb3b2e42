"""Articles that repeat another: exact copies by text, for a start."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.types import Article, Copy


def find_copies(articles: Iterable[Article]) -> tuple[Copy, ...]:
    """One Copy an article of a group of two or more with the same text; the first is the smallest id."""
    groups: dict[str, list[str]] = {}
    for article in articles:
        groups.setdefault(article.text_sha256 or article.text, []).append(article.id)
    return tuple(
        Copy(article=one, of=min(ids), kind="exact", similarity=1.0)
        for ids in sorted(groups.values())
        if len(ids) > 1
        for one in sorted(ids)
    )
