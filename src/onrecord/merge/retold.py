"""Whether two wordings are one quotation told twice: cut, translated, in other words; and never its opposite.

Words are compared in order (longest common subsequence of their stems), so that no list says what may change.
What must not change is the polarity: where little else differs, a `not`, a verb that says no (`refuse` beside
`offer`) or an opposite (`open`, `close`) tells two things.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

STEM = 5
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es|s|e)$")
NOT = "not"

_SHORT = re.compile(
    r"n't\b|(?<=\w)'(?:re|m|ve|ll|d)\b|(?<=\bit)'s\b|(?<=he)'s\b|(?<=that)'s\b|(?<=there)'s\b"
)
_LONG = {"n't": " not", "'re": " be", "'m": " be", "'s": " be", "'ve": " have", "'ll": " will", "'d": " will"}
_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_FORMS = {
    **dict.fromkeys(("am", "is", "are", "was", "were", "been", "being"), "be"),
    **dict.fromkeys(("has", "had", "having"), "have"),
    **dict.fromkeys(("shall", "would", "should"), "will"),
    **dict.fromkeys(
        ("no", "never", "nor", "neither", "cannot", "none", "nobody", "nothing", "nowhere", "without"), NOT
    ),
    "could": "can", "ca": "can", "wo": "will", "did": "do", "does": "do", "an": "a",
    **{word: str(n) for n, word in enumerate(_NUMBERS) if n > 1},
}  # fmt: skip
"""Forms in which one quotation is told by two articles, or translated by them."""
_SLIGHT = frozenset(
    {
        "be", "have", "will", "can", "do", "may", "might", "must", "a", "the", "this", "that", "these",
        "those", "i", "me", "my", "we", "us", "our", "you", "your", "he", "him", "his", "she", "her", "it",
        "its", "they", "them", "their", "there", "here", "who", "which", "what", "and", "but", "or", "so",
        "yet", "as", "than", "of", "to", "in", "on", "at", "for", "from", "with", "by", "into", "even",
        "only", "also", "just", "very", "too", "then", "said", "says", "told", "tell", "tells", "one", "1",
    }
)  # fmt: skip
"""Words that come and go when one quotation is told twice; never a `not`."""
_LIGHT = frozenset(
    {
        "not", "know", "think", "thing", "want", "peopl", "perso", "get", "got", "go", "goes", "going",
        "went", "make", "makes", "made", "come", "came", "see", "seen", "look", "like", "good", "bad",
        "time", "year", "years", "day", "days", "today", "tomor", "yeste", "way", "need", "needs", "take",
        "takes", "took", "give", "gave", "let", "lets", "never", "now", "back", "well", "more", "most",
        "much", "many", "all", "any", "some", "every", "each", "if", "when", "where", "why", "how", "becau",
        "about", "up", "out", "over", "down", "off", "throu", "befor", "after", "again", "still", "alway",
        "other", "anoth", "same", "such", "own", "betwe", "both", "first", "last", "new", "big", "great",
        "littl", "long", "put", "use", "used", "find", "found", "work", "help", "keep", "try", "reall",
        "somet", "anyth", "anybo", "someb", "man", "men", "woman", "women", "life", "world",
        "state", "right", "lot", "kind",
    }
)  # fmt: skip
"""Stems that any two speakers share."""
_SPELT = (
    (re.compile(r"(?<=\w{3})our(?=\b|s\b|ed\b|ing\b|able\b|ly\b|hood)"), "or"),
    (re.compile(r"(?<=\w{3})is(?=e|ing|ation)"), "iz"),
)
"""Spellings of one language in two countries: neighbour, organise."""

_DENYING = frozenset(
    {
        "refuse", "reject", "decline", "deny", "oppose", "forbid", "forbade", "fail", "unable", "unwilling",
        "prohibit", "ban", "banned", "dismiss",
    }
)  # fmt: skip
"""Verbs and adjectives that say no to what follows them: told one for another, and as a `not`."""
_OPPOSITES = (
    ("open reopen", "close shut block"),
    ("more higher better larger greater longer", "less fewer lower worse smaller shorter"),
    ("before", "after"), ("yes", "no"), ("always", "seldom rarely"), ("all every each", "few some"),
    ("raise increase rise", "lower reduce cut fall decrease"), ("buy bought", "sell sold"),
    ("begin began begun start", "end stop cease finish"), ("win won", "lose lost"), ("peace", "war"),
    ("friend", "enemy foe"), ("allow permit let", "block prevent stop"), ("lift", "impose"),
    ("give gave", "take took"), ("dearer", "cheaper"), ("strong", "weak"), ("succeed", "fail"),
    ("accept", "refuse reject"),
    ("keep kept hold held", "abandon drop break broke close shut leave left"),
    ("leave left", "stay remain"), ("support", "oppose"), ("first", "last"), ("true", "false"),
    ("right", "wrong"), ("easy", "hard difficult"), ("include", "exclude"), ("confirm", "deny"),
    ("arm", "disarm"), ("agree", "disagree"), ("send sent", "withdraw withdrew recall"),
    ("north", "south"), ("east", "west"), ("buyer", "seller"),
)  # fmt: skip
"""What cannot be one word told twice."""
_UN = ("un", "in", "im", "dis", "non", "ir", "il")


def plain(words: Sequence[str]) -> tuple[str, ...]:
    """Words in lower case with their auxiliaries in one form, contractions and numbers written out."""
    full = " ".join(words)
    if "'" in full:
        full = _SHORT.sub(lambda m: _LONG[m.group()], full)
    return tuple(_FORMS.get(w, w).removesuffix("'s") for w in full.split())


def gist(words: Sequence[str]) -> tuple[str, ...]:
    """Stems of those `plain` words that carry what is said, in order."""
    return tuple(_stem(w) for w in words if w not in _SLIGHT)


def _stem(word: str) -> str:
    found = word if word in _SLIGHT or word == NOT else root(word)
    return NOT if found in _DENIES else found


@cache
def root(word: str, letters: int = STEM) -> str:
    """Its first letters, without an ending, in one spelling: lock of `locked`, jetti of `jetty`."""
    for pattern, other in _SPELT:
        word = pattern.sub(other, word)
    word = _ENDING.sub("", word)
    return (word[:-1] + "i" if word.endswith("y") else word)[:letters]


_DENIES = frozenset(map(root, _DENYING))
_OPPOSED = tuple(tuple(frozenset(root(w) for w in words.split()) for words in pair) for pair in _OPPOSITES)
_COMMON = frozenset(map(root, _LIGHT))


def weighty(stems: Sequence[str]) -> list[str]:
    """Those of a gist that not everybody uses all the time."""
    return [s for s in stems if s not in _COMMON]


class Match(NamedTuple):
    """How two wordings agree."""

    stems: tuple[str, ...]
    """Those in common, in order."""
    share: float
    """Of the stems between the first and the last in common, in both."""
    cover: float
    """Of the shorter wording's stems."""


REORDERED = 0.8
"""Share of the stems of both wordings that must be common where their order is not kept."""


def is_reordered(one: Sequence[str], other: Sequence[str], *, least: int) -> bool:
    """Whether two gists hold the same stems in another order, as often as not each."""
    mine, theirs = Counter(one), Counter(other)
    shared = mine & theirs
    if mine[NOT] != theirs[NOT] or len(weighty([*shared])) < least:
        return False
    return 2 * shared.total() >= REORDERED * (len(one) + len(other))


NONE = Match((), 0.0, 0.0)


def match(one: Sequence[str], other: Sequence[str]) -> Match:
    """How two gists agree, the ends that only one of them has left aside."""
    if not one or not other:
        return NONE
    same = [o for o in LCSseq.opcodes(one, other) if o.tag == "equal"]
    if not same:
        return NONE
    stems = tuple(w for o in same for w in one[o.src_start : o.src_end])
    reach = same[-1].src_end - same[0].src_start + same[-1].dest_end - same[0].dest_start
    return Match(stems, 2 * len(stems) / reach, len(stems) / min(len(one), len(other)))


def is_opposite(one: Sequence[str], other: Sequence[str], *, cut: bool = False) -> bool:
    """Whether two `plain` wordings say yes and no to one thing: `will (not) open`, `refuse` beside `offer`.

    Only where little else differs at that place: a clause left out takes its own `not` with it.

    Args:
        one: words of a wording.
        other: words of the other one.
        cut: whether one of them may begin in the middle of a sentence, its `not` left outside.
    """
    return any(_differs(a, b) for a, b in _gaps(one, other, cut=cut))


def _gaps(
    one: Sequence[str], other: Sequence[str], *, cut: bool
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """What stands at one place in two wordings and differs; what only one has at either end is no place."""
    stems = [[_stem(w) for w in words] for words in (one, other)]
    steps = list(LCSseq.opcodes(*stems))
    held = [n for n, o in enumerate(steps) if o.tag == "equal"]
    if not held:
        return
    gap: tuple[list[str], list[str]] = ([], [])
    for n, step in enumerate(steps):
        if step.tag == "equal":
            if gap[0] or gap[1]:
                at_start = not any(h < n for h in held)
                near = _NEAR if gap[0] and gap[1] else 1
                if not at_start:
                    yield gap
                elif near > 1 or not cut:
                    yield gap[0][-near:], gap[1][-near:]
                gap = ([], [])
            continue
        gap[0].extend(stems[0][step.src_start : step.src_end])
        gap[1].extend(stems[1][step.dest_start : step.dest_end])
    if gap[0] and gap[1]:
        yield gap[0][:_NEAR], gap[1][:_NEAR]


_NEAR = 3
"""Words at either end of two wordings that are still at one place."""


def _differs(one: Sequence[str], other: Sequence[str]) -> bool:
    mine, theirs = _weight(one), _weight(other)
    if len(mine) > 1 or len(theirs) > 1:
        return False
    if _noes(one) % 2 != _noes(other) % 2:
        return True
    return any(_are_opposites(a, b) for a in mine for b in theirs)


def _weight(stems: Sequence[str]) -> list[str]:
    return [s for s in stems if s not in _SLIGHT and s != NOT]


def _noes(stems: Sequence[str]) -> int:
    return sum(s == NOT for s in stems)


def _are_opposites(one: str, other: str) -> bool:
    if any((one in left and other in right) or (one in right and other in left) for left, right in _OPPOSED):
        return True
    return any(
        a.startswith(un) and len(a) >= len(un) + 3 and b.startswith(a.removeprefix(un))
        for a, b in ((one, other), (other, one))
        for un in _UN
    )
