"""What merging keeps of an article: its place in time, its wording with a signature, its names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from onrecord.merge.alike import Names, names_of
from onrecord.merge.duplicates import Bands, signature, wording
from onrecord.merge.ground import day_key
from onrecord.types import READ_ROLES, Article, Passage, Span, Trace


def read_spans(rows: Iterable[tuple[str, Passage]]) -> dict[str, tuple[Span, ...]]:
    """Article → where the passages stand that are read."""
    spans: dict[str, tuple[Span, ...]] = {}
    for article, passage in rows:
        if passage.role in READ_ROLES:
            spans[article] = (*spans.get(article, ()), Span(passage.start, passage.end))
    return spans


def words(text: str, spans: Sequence[Span] | None) -> str:
    """What is read of an article's text; all of it where nothing is labelled."""
    return "\n".join(text[s.start : s.end] for s in spans) if spans else text


def trace(article: Article, text: str, spans: Sequence[Span] | None, signed: Mapping[str, bytes]) -> Trace:
    """An article's trace; `signed` are signatures of wordings that are known already."""
    told = words(text, spans)
    key = wording(told)
    return Trace(
        article=article.id,
        day=day_key(article.days),
        wording=key,
        bands=signed[key] if key in signed else signature(told).tobytes(),
        names=names_of(text).tobytes(),
    )


def bands(traces: Iterable[Trace]) -> dict[str, Bands]:
    """Wording → signature."""
    return {t.wording: np.frombuffer(t.bands, np.uint32) for t in traces if t.wording}


def names(traces: Iterable[Trace]) -> dict[str, Names]:
    """Article → names."""
    return {t.article: np.frombuffer(t.names, np.uint32) for t in traces}


def in_order(traces: Iterable[Trace]) -> list[tuple[str, str]]:
    """(article, wording), by day and id."""
    return [(t.article, t.wording) for t in sorted(traces, key=lambda t: (t.day, t.article))]
