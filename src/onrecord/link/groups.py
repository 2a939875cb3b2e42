"""Groups: unnamed ones become actors of their own; "the two leaders", "both sides" name their members."""

from __future__ import annotations

import re

from onrecord.link.cast import Cast
from onrecord.types import Actor, Mention

_LEADERS = frozenset({
    "leaders", "presidents", "men", "women", "heads", "premiers", "pair", "duo", "rivals", "candidates",
    "allies", "chiefs",
})  # fmt: skip
_MINISTERS = frozenset({
    "ministers", "diplomats", "secretaries", "envoys", "negotiators", "officials", "counterparts",
})  # fmt: skip
STATES = frozenset({
    "governments", "countries", "nations", "sides", "states", "capitals", "powers", "neighbors",
    "neighbours",
})  # fmt: skip
PEOPLE = _LEADERS | _MINISTERS | {"premiers", "guests", "interlocutors", "ambassadors", "delegates"}
"""Plural nouns for those who deal with each other."""
_GOES_ON = re.compile(r"\s+(?:and|or)\s")
_TOP = ("president", "prime minister", "chancellor", "supreme leader", "king", "general secretary")


def actor_of(mention: Mention, cast: Cast) -> Actor:
    """An unnamed group as an actor; its country stands in its key where the words tell one."""
    key = mention.keys[0]
    first = key.removeprefix("group:").partition("-")[0]
    noun = key.rpartition("-")[2].removeprefix("group:")
    word = cast.registry.words.get(noun)
    return Actor(
        id=key,
        name=mention.text,
        kind="group",
        country=first if first in cast.registry.countries else None,
        sector=word.sector if word else None,
    )


def goes_on(mention: Mention, text: str) -> bool:
    """Whether another noun is joined to a plural ("both men and women"), which then names nobody known."""
    return _GOES_ON.match(text, mention.end) is not None


def members(
    mention: Mention,
    order: list[str],
    states: list[str],
    cast: Cast,
    pair: tuple[str, ...],
    sides: tuple[str, ...],
    text: str,
) -> tuple[str, ...]:
    """The two known actors that "the two leaders", "both sides" stand for, in the order they were named.

    "Two men" and "both men and women" are nobody known. States are a `pair` that a sentence nearby names
    alone, else the `sides` of the people who deal with each other, else the two most spoken of so far.
    """
    words = mention.text.lower().split()
    if goes_on(mention, text):
        return ()
    if words[0] not in ("both", "the", "these", "those") or not {"two", "both"} & set(words):
        return ()
    noun = words[-1]
    if noun in STATES:
        return pair or sides or _most_told(states)
    if noun == "candidates":
        return _last_two([p for p in order if _runs(p, cast)]) or _last_two(order)
    if noun in _LEADERS:
        top = [p for p in order if _holds_top(p, cast)]
        return _last_two(top) or _last_two(order)
    return _last_two(order) if noun in _MINISTERS else ()


def _holds_top(person: str, cast: Cast) -> bool:
    return cast.at is not None and any(
        t.office in _TOP and t.range.overlaps(cast.at) for t in cast.registry.offices(person)
    )


def _runs(person: str, cast: Cast) -> bool:
    return cast.at is not None and any(
        ("candidate" in t.office or "nominee" in t.office) and t.range.overlaps(cast.at)
        for t in cast.registry.offices(person)
    )


def _most_told(ids: list[str]) -> tuple[str, ...]:
    """The two most often told, of those told as often the last."""
    last = {one: n for n, one in enumerate(ids)}
    chosen = sorted(last, key=lambda one: (-ids.count(one), -last[one]))[:2]
    return tuple(sorted(chosen, key=ids.index)) if len(chosen) == 2 else ()


def _last_two(ids: list[str]) -> tuple[str, ...]:
    distinct = list(dict.fromkeys(reversed(ids)))[:2]
    return tuple(sorted(distinct, key=ids.index)) if len(distinct) == 2 else ()
