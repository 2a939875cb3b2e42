"""Which language a passage is in: English by its function words, others by their letters' n-grams.

Function words settle nearly every English paragraph at no cost; only what has few of them is put to
py3langid (a port of langid.py, Lui and Baldwin 2012, with a model of its own: no look-up elsewhere).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

from onrecord.acquire.features import STOP_WORDS
from onrecord.types import Passage

MIN_ENGLISH = 0.15
"""Share of English function words from which a text is English: 99 % of English news paragraphs of ten words
or more reach it (5,471 tried, 2026-11); the others, and other languages, are put to py3langid."""
MIN_WORDS = 8
"""Shorter lines in Latin letters take the language of the text around them: names decide too little."""
MIN_CERTAIN = 0.9
"""How sure py3langid must be to call a line among others something else than English. English headlines,
rich in names and poor in function words, were never called foreign with more than 0.5 (400 tried)."""
MIN_CERTAIN_ALONE = 0.55
_NEAR_ENGLISH = frozenset({"en", "pcm", "jam", "sco"})
"""Pidgins, creoles and Scots that a short English headline is easily taken for."""
_SAMPLE = 300
_FOREIGN = re.compile(
    "[\u0370-\u1dff\u2c00-\u2dff\u3040-\ua71f\ua800-\uab2f\uabc0-\ufaff\ufb1d-\ufdff\ufe70-\ufefc\U00010000-\U0001efff\U00020000-\U0003ffff]"
)
"""Letters of alphabets and scripts other than the Latin one (blocks of Unicode)."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LETTER = re.compile(r"[^\W\d_]")


def language_of(text: str, *, alone: bool = False) -> str | None:
    """ISO 639-1 code of a text's language, or None where it is too short to tell.

    `alone` asks for the best guess however short the text, since nothing stands around it.
    """
    words = _WORD.findall(text[:_SAMPLE].lower())
    foreign = _foreign_letters(text)
    if not foreign and not alone and len(words) < MIN_WORDS:
        return None
    if not foreign and sum(w in STOP_WORDS for w in words) >= MIN_ENGLISH * len(words):
        return "en"
    code, certain = _identifier().classify(text[:_SAMPLE])
    if code in _NEAR_ENGLISH:
        return "en"
    if foreign or certain >= (MIN_CERTAIN_ALONE if alone else MIN_CERTAIN):
        return str(code)
    return "en" if alone else None


def _foreign_letters(text: str) -> bool:
    """Whether the letters are mostly of another alphabet than the Latin one."""
    if text.isascii():
        return False
    foreign = len(_FOREIGN.findall(text[:_SAMPLE]))
    return foreign > 0 and 2 * foreign > len(_LETTER.findall(text[:_SAMPLE]))


@cache
def _identifier() -> Any:
    """Loaded on first need: it takes a second, and an English pile never needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    load: Any = LanguageIdentifier.from_model_file
    return load(MODEL_FILE, norm_probs=True)


def main_language(text: str, passages: Iterable[Passage]) -> str | None:
    """The language most of the characters are in."""
    size: Counter[str] = Counter()
    for p in passages:
        if p.language:
            size[p.language] += p.end - p.start
    return min(size, key=lambda lang: (-size[lang], lang)) if size else None
