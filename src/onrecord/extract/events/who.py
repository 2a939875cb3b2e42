"""Who a noun phrase stands for: its head's mention, else the possessor, adjective, apposition or place in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

from onrecord.extract.events import grammar
from onrecord.types import Mention, Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

Ids = tuple[str, ...]
WITHIN = (
    "of", "from", "by", "in", "at", "near", "outside", "around", "between", "on", "against", "with", "throughout",
    "across", "to", "for",
)  # fmt: skip
"""Prepositions searched below a noun that is nobody itself, best first ("opposition groups in Zimbabwe")."""
BORN = ("of", "from", "in", "throughout", "across")
"""Prepositions that tell which state a group belongs to."""


class Who:
    """Mentions and places of one article by character, and the actors of noun phrases."""

    def __init__(self, parsed: Parsed) -> None:
        linked = [m for m in parsed.mentions if m.actor is not None or m.members]
        self._mentions = sorted(linked, key=lambda m: (m.start, m.end))
        self._starts = [m.start for m in self._mentions]
        self._places = parsed.places
        self._place_starts = [p.start for p in parsed.places]
        self._actors = parsed.actors
        self._kept: dict[int, Ids] = {}

    def mentions(self, token: Token) -> list[Mention]:
        """Linked mentions that cover a word, the shortest first."""
        at = bisect_right(self._starts, token.idx)
        near = self._mentions[max(0, at - 4) : at]
        return sorted((m for m in near if token.idx < m.end), key=lambda m: m.end - m.start)

    def at(self, token: Token) -> Ids:
        """Actors of the mention that a word heads or stands in, else the state a place lies in."""
        for mention in self.mentions(token):
            if mention.members:
                return mention.members
            if mention.actor:
                return (mention.actor,)
        return self._place(token)

    def _place(self, token: Token) -> Ids:
        at = bisect_right(self._place_starts, token.idx) - 1
        if at >= 0 and token.idx < self._places[at].end and (country := self._places[at].country):
            state = f"state:{country}"
            return (state,) if state in self._actors else ()
        return ()

    def country(self, actor: str) -> str | None:
        """ISO3 of an actor, its sector where it stands above states, None while unknown."""
        known = self._actors.get(actor)
        if known is None:
            return None
        return known.country or (known.sector if known.sector in ("IGO", "NGO") else None)

    def of(self, head: Token, depth: int = 0) -> Ids:
        """Actors that a noun phrase stands for, by its head word; empty when it names nobody.

        Somebody whose country is not known brings along the state that the phrase names ("Iran's envoy N. N.").
        """
        if depth == 0 and head.i in self._kept:
            return self._kept[head.i]
        found = self._of(head, depth)
        if depth == 0:
            self._kept[head.i] = found
        return found

    def _of(self, head: Token, depth: int) -> Ids:
        own = self.at(head)
        if depth > 2 or (own and all(self.country(a) for a in own)):
            return own
        around = self._before(head, own) or self._beside(head, depth)
        if own:
            states = around or _merged(
                self.of(n, depth + 1) for p, n in grammar.prepositions(head) if p in BORN
            )
            return _merged([own, [a for a in states if self.country(a)]])
        if around:
            return around
        below = grammar.prepositions(head)
        for name in WITHIN:
            if found := _merged(self.of(n, depth + 1) for p, n in below if p == name):
                return found
        return self._in_clause(head, depth)

    def _before(self, head: Token, own: Ids) -> Ids:
        return _merged([a for a in self.at(m) if a not in own] for m in grammar.modifiers(head))

    def _beside(self, head: Token, depth: int) -> Ids:
        for child in head.children:
            if child.dep_ == "appos" and (named := self.of(child, depth + 1)):
                return named
        return ()

    def _in_clause(self, head: Token, depth: int) -> Ids:
        for clause in (c for c in head.children if c.dep_ in ("acl", "relcl")):
            inside = [*grammar.agents(clause), *(c for c in clause.children if c.dep_ == "dobj")]
            inside += [n for _, n in grammar.prepositions(clause)]
            for noun in inside:
                if found := self.of(noun, depth + 1):
                    return found
        return ()


def _merged(parts: Iterable[Iterable[str]]) -> Ids:
    return tuple(dict.fromkeys(a for part in parts for a in part))
