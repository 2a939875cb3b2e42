"""Whether two stances of one actor are about one thing, where no taxonomy knows it: words in common.

What a statement itself says counts most; its article tells what `I accept it` is about. Words that any
article holds do not count, and no list of matters is kept.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onrecord.facts.common import LETTERS, common_roots
from onrecord.merge import retold

OWN = 2
"""Words in common between what two statements say that make them one matter."""
AROUND = 1
"""Words in common in their articles, or names in the statements, that must stand beside a single own one."""
EMPTY = 17
"""Percent of all articles from which on a word that they hold says nothing of a matter."""
FAR = 1100
"""Days from which on no two statements are laid beside each other."""
NEAR = 62
"""Days within which a single common word, or the article's, may tell the matter.

On 736 articles of campaign news all four turns told by such words over a longer time were false."""
BARE_AROUND = 5
"""As many where a statement does not say what it is about: `I agreed because my pilots asked me to`."""
_NAME = re.compile(r"(?<=[\w,;] )[A-Z][\w’'-]+")
_HEAD = re.compile(
    r"\b([a-z][a-z'’]{2,})(?=\s+(?:of|at|in|on|for|to|with|from|between|by|and|or|if|is|was|are|were|will|would|has|had"
    r"|have|before|after|until|till|since|during|under|over|across|along|through|near|within|without|against|unless"
    r"|while|when|that|which|who|together|again|this|next|last|because|as|but|where|into|onto|around|than|bound|can"
    r"|could|should|must|may|might|do|does|did|now|today|tomorrow|come|came|[A-Z0-9]\w*)\b|[.,;:!?\"”’…)]|\s*$)"
)
_WORD = re.compile(r"(?<![\w'’-])[a-z][a-z'’]{2,}(?![\w-])")


class Matter(NamedTuple):
    """What a statement is about, as roots of words."""

    own: frozenset[str]
    heads: frozenset[str]
    """Of these, the ones that no other noun follows: market of `the border market at Moyale`."""
    around: frozenset[str]
    """Of the article, those that not every article holds; and names in the statement."""
    names: frozenset[str] = frozenset()
    """Of the article."""
    bare: bool = False
    """Whether the statement says yes or no and not to what."""


NOTHING = Matter(frozenset(), frozenset(), frozenset())


def matter(said: str, text: str, *, bare: bool = False) -> Matter:
    """The words of a statement and of its article (empty: not known); `bare`: it does not say what about."""
    rare = _roots(text) - common_roots()
    own = _roots(said) - common_roots(EMPTY)
    heads = own & _roots(" ".join(_HEAD.findall(said)))
    return Matter(own, heads, rare | set(_NAME.findall(said)) if rare else rare, _names(text), bare)


def of_one(one: Matter, other: Matter, *, days: int) -> bool:
    """Whether two statements are about one thing.

    Args:
        one: a statement's.
        other: another one's.
        days: that lie between them; within `NEAR` fewer words are enough.
    """
    own = one.own & other.own
    around = (one.around & other.around) - own
    near = days <= NEAR
    if near and (one.bare or other.bare) and len(around) >= OWN:
        return len(around) + len(one.names & other.names) >= BARE_AROUND
    if not (one.around and other.around):
        return len(own) >= OWN or bool(own & one.heads & other.heads)
    if len(own) < OWN and not own & one.heads & other.heads:
        return near and len(around) > AROUND and bool(own & (one.heads | other.heads))
    if near:
        return len(own) >= OWN or len(around) >= AROUND
    return len(around) > AROUND and (len(own) >= OWN or bool(own - common_roots()))


def label(said: str, one: Matter, other: Matter) -> str:
    """The word that tells a matter best: of those in common the one told first, own before around."""
    own, around = one.own & other.own, one.around & other.around
    heads = own & one.heads & other.heads
    for common in (heads - common_roots(), heads, own, around):
        found = next((w for w in _WORD.findall(said) if retold.root(w, LETTERS) in common), None)
        if found or common:
            return found or min(common)
    return "matter"


@lru_cache(maxsize=1024)
def _roots(text: str) -> frozenset[str]:
    words = {w.replace("’", "'").removesuffix("'s") for w in _WORD.findall(text)}
    return frozenset(retold.root(w, LETTERS) for w in words)


@lru_cache(maxsize=1024)
def _names(text: str) -> frozenset[str]:
    return frozenset(_NAME.findall(text))
