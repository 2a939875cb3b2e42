"""Words that look like time but are not: the verb `may`, a price, a count, a habit of speech."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.annotate.times.lexicon import SEASONS
from onrecord.annotate.times.meaning import Meaning

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SEASON_BEFORE = re.compile(r"\b(?:in|by|since|until|of|each|every|through|during)\s+$", re.I)
_RATES = frozenset({"a day", "a week", "a month", "a year", "a night", "an hour", "a minute", "a decade"})
_ADVERBS = frozenset({"annually", "daily", "weekly", "monthly", "yearly", "hourly", "nightly"})
"""They tell a rate behind an amount and before what is counted: `20% annually`, `daily flights`."""
_SHOW = re.compile(r"This [A-Z]")
_SHOW_ENDS = re.compile(r"[,.]?[\"”’']")
_QUOTES = frozenset("\"“‘'")
"""A programme in quotation marks: `ABC's "This Week"`."""
_RATE_BEFORE = re.compile(
    r"(?:\d|\b(?:million|billion|thousand|hundred|dollars?|percent|cents?|times|days?|hours?|once|twice|flights|[a-z]{4,}s))"
    r"\s+$",
    re.I,
)
"""What stands before a rate: `$5 million a year`, `twice a week`."""
_BARE = frozenset({"years", "months", "weeks", "days"})
_OLD_AFTER = re.compile(r"\s+old\b|-old\b")
_OF_AFTER = re.compile(r"\s+of\b")
_AS_AFTER = re.compile(r"\s+(?:as|after)\b")
_AS_BEFORE = re.compile(r"\b(?:as|how|too|so)\s+$", re.I)
_IN_BEFORE = re.compile(r"\b(?:in|since|of|until|before|after|from|to)\s+$", re.I)
_NEED_CAPITAL = frozenset({"may", "march"})


def is_time(text: str, start: int, end: int, meaning: Meaning, doc: Doc) -> bool:
    """True when the expression is really one of time."""
    words = text[start:end]
    low = words.lower()
    if low in _NEED_CAPITAL:
        if not words[0].isupper():
            return False
        token = _token_at(doc, start)
        return token is None or token.tag_ == "NNP"
    if low in SEASONS:
        return bool(_SEASON_BEFORE.search(text, max(0, start - 12), start))
    if low.endswith(("quarter", "quarters")) and meaning.type == "DURATION":
        return not ("-" in low or low.startswith("a ") or meaning.mod) and not _OF_AFTER.match(text, end)
    if low in _RATES:
        return not _RATE_BEFORE.search(text, max(0, start - 30), start)
    if low in _ADVERBS:
        token = _token_at(doc, start)
        before = token.nbor(-1) if token is not None and token.i > 0 else None
        is_rate = before is not None and (before.tag_ in ("NNS", "CD") or before.text == "%")
        return not is_rate and (token is None or token.dep_ not in ("amod", "compound"))
    if _SHOW.match(words):
        return not (text[start - 1 : start] in _QUOTES and _SHOW_ENDS.match(text, end))
    if low in _BARE:
        return not _OLD_AFTER.match(text, end)
    if low == "soon":
        return not _AS_AFTER.match(text, end) and not _AS_BEFORE.search(text, max(0, start - 6), start)
    if low[0] in "'’" and low[1:].isdigit():
        return bool(_IN_BEFORE.search(text, max(0, start - 8), start))
    return True


def _token_at(doc: Doc, offset: int):  # type: ignore[no-untyped-def]
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    return span[0] if span is not None and len(span) and not span[0].is_space else None
