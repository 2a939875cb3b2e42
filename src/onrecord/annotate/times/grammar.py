"""The grammar: one compiled expression that finds time words, and rules that say what they mean.

Each rule is a pattern (for lower-cased text, see `lexicon.compiled`) and a function from its match to a
`Meaning`. Order matters: the first rule that matches at a place is taken, so longer forms stand first.
Modifiers (`early`, `nearly`, `the end of`) are split off in front and behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from onrecord.annotate.times.heads import Heads
from onrecord.annotate.times.lexicon import compiled
from onrecord.annotate.times.meaning import Meaning
from onrecord.annotate.times.table import RULES

_MODS_BEFORE = {
    "START": "earlier in|earlier|(?:the )?early~?|the beginning of|the start of|beginning of",
    "MID": "(?:the )?mid~?|the middle of|(?:the )?middle of",
    "END": "later in|later|(?:the )?late~?|the end of|end of|the close of|(?:the )?latter part of",
    "APPROX": "about|around|approximately|roughly|circa|sometime in|sometime|as recently as",
    "LESS_THAN": "nearly|almost|less than|fewer than|under|just under|not quite|barely",
    "MORE_THAN": r"more than|well over|just over|over(?= (?:\d|an? |half |{CARD}|several ))|longer than",
    "EQUAL_OR_LESS": "no more than|at most|up to|as many as|no later than|as long as",
    "EQUAL_OR_MORE": "at least|no less than|no fewer than|not less than",
}
_MODS_AFTER = {
    "APPROX": " or so",
    "EQUAL_OR_MORE": " or more| or longer",
    "EQUAL_OR_LESS": " or less",
    "ON_OR_AFTER": " and beyond| or later| and later| onwards?",
}


def _alternatives(mods: dict[str, str]) -> str:
    return "|".join(f"(?P<{name.lower()}>{compiled(words)})" for name, words in mods.items())


def _anonymous(pattern: str) -> str:
    """The same pattern without named groups, so that rules can share names in one expression."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


_GAP = r"(?:(?<=[\s-])|\s+)"
_BEFORE = re.compile(rf"(?:{_alternatives(_MODS_BEFORE)}){_GAP}")
_AFTER = re.compile(rf"(?:{_alternatives(_MODS_AFTER)})$")
_COMPILED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Meaning | None]], ...] = tuple(
    (re.compile(compiled(pattern)), build) for pattern, build in RULES
)
_CORE = "|".join(f"(?:{_anonymous(compiled(pattern))})" for pattern, _ in RULES)
_BEHIND = r"(?<![\w$£€.@/'-])"
EXPRESSION = re.compile(
    rf"{_BEHIND}(?:(?:{_anonymous(_BEFORE.pattern)}){{0,2}})(?:{_CORE})"
    rf"(?:{_anonymous(_alternatives(_MODS_AFTER))})?(?![\w@]|-(?:ago|earlier)\b)"
)
"""Every time expression the rules know, in lower-cased text."""
_HEAD = 5
"""Characters by which the places are told where an expression can begin: one word in seven, so that finding
takes half the time. With 6 it would take a tenth less, and the table three times as long to make."""


@lru_cache(maxsize=1)
def _heads() -> Heads:
    return Heads(EXPRESSION.pattern, _HEAD, behind=_BEHIND)


def lowered(text: str) -> str:
    """The text in lower case, character for character; curly apostrophes made straight."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("’", "'").replace("–", "-")


_TO_LAST = re.compile(r"\b(?:to|will|would|could|may|might|can|should|must|not|'ll)\s+$")
"""Words behind which `last` is a verb: "scheduled to last 30 minutes"."""


def find(text: str) -> Iterator[tuple[int, int, Meaning]]:
    """Time expressions of a text as (start, end, meaning), from left to right, none overlapping."""
    low = lowered(text)
    for m in expressions(low):
        start = m.start()
        if low.startswith("last ", start) and _TO_LAST.search(low, max(0, start - 10), start):
            start += len("last ")
        meaning = meaning_of(text[start : m.end()])
        if meaning is not None:
            yield start, m.end(), meaning


def expressions(low: str) -> Iterator[re.Match[str]]:
    """As `EXPRESSION.finditer`, which is tried only where a match can begin."""
    done = 0
    for start in _heads().places(low):
        m = EXPRESSION.match(low, start) if start >= done else None
        if m is not None:
            yield m
            done = m.end()


@lru_cache(maxsize=16384)
def meaning_of(words: str) -> Meaning | None:
    """What the words of one expression mean; None when no rule reads all of them."""
    low, mod = lowered(words), None
    if (core := _core(low)) is not None:
        return core
    while (m := _BEFORE.match(low)) is not None:
        mod, low = str(m.lastgroup).upper(), low[m.end() :]
        if (core := _core(low)) is not None:
            return _modified(core, mod)
    m = _AFTER.search(low)
    if m is None:
        return None
    core = _core(low[: m.start()])
    return None if core is None else _modified(core, mod or str(m.lastgroup).upper())


def _core(low: str) -> Meaning | None:
    for pattern, build in _COMPILED:
        m = pattern.fullmatch(low)
        if m is not None:
            return build(m)
    return None


def _modified(core: Meaning, mod: str) -> Meaning:
    return replace(core, mod=core.mod or mod)
