"""Letters of another alphabet that look like Latin ones inside a word ("Тrump" with a Cyrillic Т).

The one door to confusable-homoglyphs, which holds Unicode's table of confusable letters (UTS 39).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

_GREEK_OR_CYRILLIC = "\u0370-\u03ff\u0400-\u052f"
_OTHER = re.compile(f"[{_GREEK_OR_CYRILLIC}]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_WORD = re.compile(rf"[\w'’.-]*[{_GREEK_OR_CYRILLIC}][\w'’.-]*")


def latin(text: str) -> str:
    """The text, as long as before, with look-alikes in words that hold Latin letters written as Latin ones.

    A word with a letter that resembles no Latin one stays as it is, as does one wholly in another alphabet.
    """
    return _WORD.sub(lambda word: _as_latin(word.group()), text) if _OTHER.search(text) else text


def strangers(text: str) -> tuple[str, ...]:
    """Names of the Greek and Cyrillic letters in words that hold Latin ones as well, each once, in order."""
    if text.isascii() or not _OTHER.search(text):
        return ()
    mixed = "".join(word for word in _WORD.findall(text) if _LATIN.search(word))
    return tuple(dict.fromkeys(unicodedata.name(c, f"U+{ord(c):04X}") for c in _OTHER.findall(mixed)))


def _as_latin(word: str) -> str:
    if not _LATIN.search(word):
        return word
    told = [_twin(c) if _OTHER.match(c) else c for c in word]
    return "".join(c for c in told if c) if all(told) else word


@lru_cache(maxsize=256)
def _twin(letter: str) -> str:
    """The ASCII letter that a letter is taken for, empty where there is none."""
    from confusable_homoglyphs import confusables  # reads its tables when first imported

    look_up: Callable[..., Any] = confusables.is_confusable
    found = look_up(letter, preferred_aliases=["latin"]) or []
    likes = [h["c"] for one in found for h in one["homoglyphs"]]
    return next((c for c in likes if len(c) == 1 and c.isascii() and c.isalpha()), "")
