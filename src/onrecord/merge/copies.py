"""Which articles of a source repeat which: duplicates are looked for in what is read of each article."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from onrecord.merge.duplicates import find_copies
from onrecord.types import READ_ROLES, Copy, Passage, RowSource


def copies(source: RowSource) -> tuple[Copy, ...]:
    """Copies among the articles, the earliest of each group first; equal dates go by id."""
    read: dict[str, list[Passage]] = {}
    for article, rows in groupby(source.rows(Passage), key=lambda pair: pair[0]):
        read[article] = [p for _, p in rows if p.role in READ_ROLES]
    texts = [
        (a.published or (a.published_range and a.published_range.start) or date.max, a.id,
         " ".join(a.text[p.start : p.end] for p in read.get(a.id, ())))
        for a in source.articles()
    ]  # fmt: skip
    return find_copies((id, text) for _, id, text in sorted(texts))
