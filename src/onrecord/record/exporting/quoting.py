"""Licences travel: whole texts where the licence is open, short quotations where it is not known to be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from onrecord.facts.licences import is_open
from onrecord.record.store import Store
from onrecord.types import Article

SHORT_QUOTATION = 280
"""Characters of a text without an open licence that an export quotes in one piece."""
WORDS = ("quote", "text", "told", "source_text", "cue_text", "trigger_text", "subject", "conditions", "about",
         "stance", "shift_from")  # fmt: skip
"""Fields that hold words of the article."""
Prepare = Callable[[str, Any], Any]
"""Article id (empty for a merged row) and row → the row as it may be passed on."""


def closed(store: Store) -> frozenset[str]:
    """Ids of articles whose licence does not let their text be passed on."""
    rows = store.connection.execute("SELECT id, licence FROM articles")
    return frozenset(article for article, licence in rows if not is_open(licence))


def as_it_is(_: str, row: Any) -> Any:
    """The row with all its words."""
    return row


def quoting(closed: frozenset[str]) -> Prepare:
    """Cuts the words of rows that rest on closed articles to short quotations."""

    def prepare(article: str, row: Any) -> Any:
        told_by = {article} if article else {a.article for a in row.accounts}
        if not told_by & closed:
            return row
        return msgspec.structs.replace(row, text="") if isinstance(row, Article) else short(row)

    return prepare


def short(value: Any) -> Any:
    """A row with its words, and those of its sides and accounts, cut to short quotations."""
    match value:
        case msgspec.Struct():
            names = [f for f in (*WORDS, "sides", "accounts") if hasattr(value, f)]
            return msgspec.structs.replace(value, **{f: short(getattr(value, f)) for f in names})
        case dict():
            return {k: short(v) for k, v in value.items()}
        case list() | tuple():
            return tuple(short(v) for v in value)
        case str() if len(value) > SHORT_QUOTATION:
            return value[: SHORT_QUOTATION - 1] + "…"
    return value
