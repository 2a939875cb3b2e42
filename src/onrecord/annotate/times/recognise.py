"""Finding time expressions in the whole text of an article, before its date is known."""

from __future__ import annotations

from dataclasses import replace

from onrecord.annotate.times.calendar import days_of
from onrecord.annotate.times.filters import is_time
from onrecord.annotate.times.grammar import find
from onrecord.annotate.times.normalise import underspecified
from onrecord.types import Parsed, TimeExpr


def recognise(parsed: Parsed) -> Parsed:
    """The article with its time expressions, in text order; values are as far as the words alone tell.

    Passages that are not read (bylines, datelines, furniture) are searched too: the listing covers the
    whole text. Whoever uses times asks `Parsed.role_at` where that matters.
    """
    text = parsed.article.text
    found = tuple(
        TimeExpr(
            start=start,
            end=end,
            text=text[start:end],
            type=meaning.type,
            value=(value := underspecified(meaning)),
            mod=meaning.mod,
            range=days_of(value, meaning.mod) if meaning.type in ("DATE", "TIME") else None,
        )  # fmt: skip
        for start, end, meaning in find(text)
        if is_time(text, start, end, meaning, parsed.doc)
    )
    return replace(parsed, times=found)
