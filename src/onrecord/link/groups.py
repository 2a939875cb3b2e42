"""Groups: unnamed ones become actors of their own; "the two leaders", "both sides" name their members."""

from __future__ import annotations

from onrecord.link.cast import Cast
from onrecord.types import Actor, Mention

_LEADERS = frozenset({
    "leaders", "presidents", "men", "women", "heads", "premiers", "pair", "duo", "rivals", "candidates",
    "allies", "chiefs",
})  # fmt: skip
_MINISTERS = frozenset({
    "ministers", "diplomats", "secretaries", "envoys", "negotiators", "officials", "counterparts",
})  # fmt: skip
_STATES = frozenset({
    "governments", "countries", "nations", "sides", "states", "capitals", "powers", "neighbors",
    "neighbours",
})  # fmt: skip
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


def members(mention: Mention, order: list[str], states: list[str], cast: Cast) -> tuple[str, ...]:
    """The two known actors that "the two leaders", "both sides" stand for, in the order they were named."""
    words = mention.text.lower().split()
    if not {"two", "both"} & set(words):
        return ()
    noun = words[-1]
    if noun in _STATES:
        return _last_two(states)
    if noun in _LEADERS:
        top = [p for p in order if _holds_top(p, cast)]
        return _last_two(top) or _last_two(order)
    return _last_two(order) if noun in _MINISTERS else ()


def _holds_top(person: str, cast: Cast) -> bool:
    return cast.at is not None and any(
        t.office in _TOP and t.range.overlaps(cast.at) for t in cast.registry.offices(person)
    )


def _last_two(ids: list[str]) -> tuple[str, ...]:
    distinct = list(dict.fromkeys(reversed(ids)))[:2]
    return tuple(sorted(distinct, key=ids.index)) if len(distinct) == 2 else ()
