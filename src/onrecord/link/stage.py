"""Who is on stage: the people, and states of unnamed ones, that an article has told of so far.

What relations ("her host"), numbers ("the two") and sides ("both governments") mean is worked out from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from onrecord.link.cast import Cast
from onrecord.link.coreference import Seen
from onrecord.types import Mention

REACH = 40
"""Sentences back: a pair that an article is about is told again at its end."""
NEAR = 10
"""Sentences back from which people make up a number: in long reports others have come in between."""
_TELLING = frozenset({
    "spokesman", "spokeswoman", "spokesperson", "reporter", "correspondent", "journalist", "analyst",
    "expert",
    "editor", "columnist", "commentator", "historian", "professor", "researcher", "economist", "strategist",
    "pollster", "author", "writer", "interpreter", "observer", "witness",
})  # fmt: skip
"""Roles of people who tell of a dealing; they are no side of it."""
_DEALING = frozenset({"GOV", "MIL", "LEG", "IGO", "REB", "OPP", "JUD"})
"""PLOVER sectors whose people deal for a side."""


class Stage:
    """The participants told so far, latest first; made for one question, as it only holds references."""

    def __init__(self, before: Sequence[Seen], cast: Cast) -> None:
        self.before = before
        self.cast = cast

    def side(self, actor: str) -> str:
        """ISO3 of the state somebody belongs to, as far as it is known; empty otherwise."""
        known = self.cast.actors.get(actor)
        if known is not None and known.country:
            return known.country
        figure = self.cast.figures.get(actor)
        owners = (o for _, o in figure.roles if o.startswith("state:")) if figure else ()
        return next((o.removeprefix("state:") for o in owners), "")

    def deals(self, actor: str) -> bool:
        """Whether somebody is told as one who acts for a side: by office, or as a state's person."""
        figure = self.cast.figures.get(actor)
        if figure is None:
            return self._is_unnamed(actor)
        nouns = {noun for noun, _ in figure.roles}
        if nouns & _TELLING:
            return False
        words = self.cast.registry.words
        sectors = {words[n].sector for n in nouns if n in words}
        titles = any(n in self.cast.registry.titles for n in nouns)
        return bool(titles or sectors & _DEALING or self.side(actor) or self.cast.registry.offices(actor))

    def _is_unnamed(self, actor: str) -> bool:
        known = self.cast.actors.get(actor)
        return known is not None and known.kind in ("group", "state") and known.country is not None

    def told(self, here: int, fits: Callable[[str], bool] = bool, *, reach: int = REACH) -> list[str]:
        """Ids of distinct people told before, latest first; an unnamed one only where its state is told.

        `reach`: sentences back.
        """
        found: dict[str, None] = {}
        for one in reversed(self.before):
            if here - one.sentence > reach:
                break
            for actor in one.members if one.members else (one.actor,):
                is_one = actor in self.cast.figures or (one.gender is not None and self._is_unnamed(actor))
                if is_one and fits(actor):
                    found.setdefault(actor)
        return list(found)

    def pairs(self, here: int) -> Iterator[tuple[str, ...]]:
        """Two people told as dealing with each other, or by one phrase, latest first."""
        for one in reversed(self.before):
            if here - one.sentence > REACH:
                return
            if len(one.members) == 2 and all(
                a in self.cast.figures or self._is_unnamed(a) for a in one.members
            ):
                yield one.members

    def several(
        self, number: int, here: int, fits: Callable[[str], bool], *, barred: frozenset[str] = frozenset()
    ) -> tuple[str, ...]:
        """So many people, in the order they were told: of two the latest and the one across from him.

        Across stands who was told in one clause with him, else the latest person of another side, else the
        only other one who deals.
        """
        allowed = [a for a in self.told(here, fits, reach=NEAR) if a not in barred]
        dealing = [a for a in allowed if self.deals(a)]
        people = dealing if len(dealing) >= number else allowed
        if len(people) < number:
            return ()
        if number > 2:
            return self._in_order(people[:number])
        first = people[0]
        other = self._across(first, people[1:], here)
        if other is None and len(people) > 2:
            first = people[1]
            other = self._across(first, people[2:], here)
        if other is None:
            return ()
        return self._in_order((first, other))

    def _in_order(self, people: Sequence[str]) -> tuple[str, ...]:
        """Some people in the order in which they were first told."""
        order = list(dict.fromkeys(a for one in self.before for a in (one.actor, *one.members)))
        return tuple(sorted(people, key=order.index))

    def _across(self, first: str, others: Sequence[str], here: int) -> str | None:
        with_first = [
            next(a for a in p if a != first) for p in self.pairs(here) if first in p and len(set(p)) > 1
        ]
        joined = next((a for a in with_first if a in others), None)
        if joined is not None and (self.side(joined) != self.side(first) or not self.side(first)):
            return joined
        mine = self.side(first)
        if mine:
            foreign = next((a for a in others if self.side(a) not in ("", mine)), None)
            if foreign is not None:
                return foreign
        open_ = [a for a in others if not mine or not self.side(a)]
        if joined is not None:
            return joined
        return open_[0] if len(open_) == 1 or (open_ and not mine) else None

    def sides(self, here: int, *, only_pairs: bool = False) -> tuple[str, ...]:
        """The two states whose people the latest pair is; empty where they are not two known ones.

        Without such a pair, and unless `only_pairs`, those of all who deal, where they are two.
        """
        for pair in self.pairs(here):
            two = dict.fromkeys(filter(None, map(self.side, pair)))
            if len(two) == 2:
                return tuple(f"state:{s}" for s in two)
        if only_pairs:
            return ()
        known = [a for a in self.told(here) if self.side(a) and self.deals(a)]
        states = dict.fromkeys(self.side(a) for a in known)
        return tuple(f"state:{s}" for s in reversed(list(states))) if len(states) == 2 else ()

    def settle(self, actor: str, state: str) -> None:
        """Enters the state that an article tells of somebody of whom none was known."""
        self.cast.settle(actor, state)


def state_of(mention: Mention) -> str:
    """The state (its id) that a description told, where nobody could be named; empty otherwise.

    It stands last among the keys: "the Polish minister" may stand for Poland.
    """
    last = mention.keys[-1] if mention.keys and not mention.actor and not mention.members else ""
    return last if last.startswith("state:") and mention.form in ("title", "pronoun") else ""
