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
        of_body = figure.actor.sector == "IGO" or any(owner for _, owner in figure.roles)
        if holds and not of_body and not stage.side(actor) and not _ABROAD & set(nouns):
            cast.settle(actor, next(iter(home)))


def part(two: tuple[str, ...], told_states: frozenset[str], cast: Cast) -> None:
    """Enters the state of one of "ministers Lind and Example" where the other is of the other of two told."""
    words = cast.registry.words
    roles = {noun for a in two if a in cast.figures for noun, _ in cast.figures[a].roles}
    if len(two) != 2 or not any(n in words and words[n].plural == n for n in roles) or len(told_states) != 2:
        return
    stage = Stage((), cast)
    sides = [stage.side(a) for a in two]
    for actor, across in zip(two, reversed(sides), strict=True):
        if across in told_states and not stage.side(actor):
            cast.settle(actor, next(iter(told_states - {across})))


_ABROAD = frozenset(
    {"spokesman", "spokeswoman", "spokesperson", "ambassador", "envoy", "mediator", "official"}
)
"""Roles in which people of third states stand in such an article, too."""
