"""Whose minister one is whose state no words tell: of the state that an article writes from."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.link.cast import Cast
from onrecord.link.stage import Stage
from onrecord.types import Mention


def settle(mentions: Iterable[Mention], told_states: frozenset[str], cast: Cast) -> None:
    """Enters the state of office-holders told without one, where an article names two states only.

    Writers leave out the state of their own ministers: where one of the two stands beside offices ("the
    Chilean foreign minister") and the other never does, an "Economy Minister Ann Example" is the other's.
    """
    if len(told_states) != 2:
        return
    beside = {key.rpartition("@")[2].removeprefix("state:") for m in mentions for key in m.keys if "@" in key}
    beside |= {o.removeprefix("state:") for f in cast.figures.values() for _, o in f.roles}
    home = told_states - beside
    if len(home) != 1:
        return
    stage = Stage((), cast)
    words, titles = cast.registry.words, cast.registry.titles
    for actor, figure in cast.figures.items():
        nouns = [noun for noun, _ in figure.roles]
        one = [
            n for n in nouns if n not in words or words[n].plural != n
        ]  # "ministers A and B" are two states'
        holds = any(n in titles or (n in words and words[n].sector in ("GOV", "MIL")) for n in one)
        if holds and not stage.side(actor) and not _ABROAD & set(nouns):
            cast.settle(actor, next(iter(home)))


_ABROAD = frozenset(
    {"spokesman", "spokeswoman", "spokesperson", "ambassador", "envoy", "mediator", "official"}
)
"""Roles in which people of third states stand in such an article, too."""
