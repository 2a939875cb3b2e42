"""Finding time expressions in the whole text of an article, before its date is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.annotate.times.calendar import days_of
from onrecord.annotate.times.direction import outlook
from onrecord.annotate.times.filters import is_time
from onrecord.annotate.times.grammar import find
from onrecord.annotate.times.normalise import underspecified
from onrecord.types import Parsed, TimeExpr

_YEAR = re.compile(r"the (?:fiscal |financial )?year", re.IGNORECASE)
_ENDS = re.compile(r"\s+(?:that |which )?(?:ended|ending|ends)\b")
"""A year told by its end is a length: `the year ended March 31`."""


def recognise(parsed: Parsed) -> Parsed:
    """The article with its time expressions, in text order; values are as far as the words alone tell.

    Passages that are not read (bylines, datelines, furniture) are searched too: the listing covers the
    whole text. Whoever uses times asks `Parsed.role_at` where that matters.
    """
    text = parsed.article.text
    return replace(parsed, times=tuple(_expressions(text, parsed)))


def _expressions(text: str, parsed: Parsed) -> Iterator[TimeExpr]:
    for start, end, meaning in find(text):
        if not is_time(text, start, end, meaning, parsed.doc):
            continue
        value, kind = underspecified(meaning), meaning.type
        if _YEAR.fullmatch(text[start:end]) and _ENDS.match(text, end):
            value, kind = "P1Y", "DURATION"
        dated = kind in ("DATE", "TIME")
        yield TimeExpr(
            start=start,
            end=end,
            text=text[start:end],
            type=kind,
            value=value,
            mod=meaning.mod,
            range=days_of(value, meaning.mod) if dated else None,
            looks=outlook(parsed.doc, start, end) if dated and not value.endswith("_REF") else None,
        )
