"""Where a correction holds on: the article's text by its hash, the characters, and the words they cut.

Row ids are made of what a reading says and of the input's path; text, offsets and words outlast both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onrecord.record import codec
from onrecord.types import Anchor, Article, Dispute, Mention, Reading, Span, cut

NEAR = 0.5
"""Share of the characters that two rows must have in common to be taken for one whose bounds moved."""
_SPANS = {"statements": "content", "events": "trigger", "meetings": "evidence", "agreements": "evidence"}
_TOLD = {
    "statements": ("source",),
    "events": ("type", "actors", "recipients"),
    "meetings": ("participants",),
    "agreements": ("subject",),
    "disputes": ("about",),
    "mentions": ("form",),
}
KINDS = tuple(_TOLD)
"""Kinds of rows that a correction can be about."""


def spans_of(row: Any, kind: str) -> tuple[Span, ...]:
    """The characters by which a row is found again."""
    if isinstance(row, Mention):
        return (row.span,)
    if isinstance(row, Dispute):
        return tuple(sorted({e for side in row.sides for e in side.evidence}))
    return tuple(getattr(row, _SPANS[kind]))


def anchor(row: Any, kind: str, article: Article) -> Anchor:
    """The anchor of a row as the extractor has it."""
    spans = spans_of(row, kind)
    return Anchor(
        text_sha256=article.text_sha256, kind=kind, spans=spans, quote=cut(article.text, spans),
        told=_told(row, kind),
    )  # fmt: skip


def find(wanted: Anchor, reading: Reading) -> tuple[int | None, str]:
    """The number of the row that an anchor means among its kind, and how it was found, or why not."""
    if cut(reading.article.text, wanted.spans) != wanted.quote:
        return None, "the quotation is not what these characters cut"
    rows = getattr(reading, wanted.kind)
    exact = [n for n, row in enumerate(rows) if spans_of(row, wanted.kind) == wanted.spans]
    if len(exact) > 1:
        told = [n for n in exact if _told(rows[n], wanted.kind) == wanted.told]
        return (told[0], "") if told else (None, f"{len(exact)} rows stand over these words now")
    if exact:
        return exact[0], ""
    shares = [(_share(spans_of(row, wanted.kind), wanted.spans), n) for n, row in enumerate(rows)]
    near = [(share, n) for share, n in shares if share >= NEAR]
    best = [n for share, n in near if share == max(near)[0]]
    if len(best) == 1:
        return best[0], "found over other bounds than it was made for"
    return None, f"none of the {wanted.kind} stands over these words now"


def _told(row: Any, kind: str) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in _TOLD[kind]}
    plain: dict[str, Any] = codec.from_json(codec.to_json(told), dict[str, Any])
    return plain


def _share(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Characters in both over characters in either."""
    a, b = ({c for s, e in spans for c in range(s, e)} for spans in (one, other))
    return len(a & b) / len(a | b) if a | b else 0.0
