"""Whom the words of an article name: mentions and places by character, and the states that actors belong to.

Where the text tells more of an actor than the actor tables do (its country, that it stands above states), or
names a state that no mention gives, the actor as told is kept in `made`.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec

from onrecord.facts.actors import Registry
from onrecord.types import Actor, Mention, Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

Ids = tuple[str, ...]
ABOVE_STATES = frozenset({"IGO", "NGO"})


class Named:
    """Mentions and places of one article by character, and what is known of their actors."""

    def __init__(self, parsed: Parsed, registry: Registry) -> None:
        self._registry = registry
        text = parsed.article.text
        named = [m for m in parsed.mentions if not text[m.end : m.end + 2].lstrip().startswith("$")]
        self._mentions = sorted(named, key=lambda m: (m.start, m.end))
        self._starts = [m.start for m in self._mentions]
        self._places = parsed.places
        self._place_starts = [p.start for p in parsed.places]
        self._actors = parsed.actors
        self.made: dict[str, Actor] = {}
        """Actors that mentions alone do not give, or of whom the text tells the country."""
        self._pronouns: dict[int, Ids] = {}
        """Actors of pronouns that are told elsewhere, by the pronoun's offset."""

    def mentions(self, token: Token) -> list[Mention]:
        """Mentions that cover a word, the shortest first; currencies ("US $50 million") are none."""
        at = bisect_right(self._starts, token.idx)
        near = self._mentions[max(0, at - 4) : at]
        return sorted((m for m in near if token.idx < m.end), key=lambda m: m.end - m.start)

    def at(self, token: Token) -> Ids:
        """Actors of the mention that a word heads or stands in, else the state a place lies in."""
        for mention in self.mentions(token):
            if (placed := self._pronouns.get(mention.start)) is not None:
                return placed
            if mention.members:
                return mention.members
            if mention.actor:
                return (self._standing(mention.actor),)
            if (country := self._common_country(mention)) is not None:
                return (self._state(country),)
        return self._place(token)

    def _standing(self, actor: str) -> str:
        """A group of people of a body above states gets the body's sector ("United Nations inspectors")."""
        known = self.known(actor)
        if known is not None and known.kind == "group" and known.country is None and actor.count("-") > 1:
            above = self._of_organisation(actor)
            if above in ABOVE_STATES and known.sector != above:
                self.made[actor] = msgspec.structs.replace(known, sector=above)
        return actor

    def _common_country(self, mention: Mention) -> str | None:
        """The state that all bearers of an unresolved name or title act for ("President Bush", "the U.S.
        envoy").
        """
        found: set[str | None] = set()
        for key in mention.keys:
            office, _, where = key.partition("@")
            where = where.removeprefix("state:")
            known = self._registry.actor(key) if not office.startswith("office:") else None
            found.add(where if len(where) == 3 else known.country if known else None)
        country = found.pop() if len(found) == 1 else None
        return country if country in self._registry.countries else None

    def _place(self, token: Token) -> Ids:
        at = bisect_right(self._place_starts, token.idx) - 1
        if at < 0 or token.idx >= self._places[at].end:
            return ()
        country = self._places[at].country
        return (self._state(country),) if country and country in self._registry.countries else ()

    def _state(self, country: str) -> str:
        state = f"state:{country}"
        if state not in self._actors:
            self.made.setdefault(state, self._registry.state(country))
        return state

    def states(self, token: Token) -> Ids:
        """Actors of known country that a word names, a state's adjective among them."""
        found = self.at(token)
        return found if any(self.country(a) for a in found) else self._named_state(token)

    def _named_state(self, token: Token) -> Ids:
        """The state whose name or adjective a word is, where no mention covers the word."""
        if token.pos_ not in ("ADJ", "PROPN") or not token.text[:1].isupper():
            return ()
        found = self._registry.country(token.text)
        return (self._state(found.iso3),) if found else ()

    def known(self, actor: str) -> Actor | None:
        """An actor by id, with what the text told of it."""
        return self.made.get(actor) or self._actors.get(actor)

    def country(self, actor: str) -> str | None:
        """ISO3 of an actor, its sector where it stands above states, None while unknown."""
        known = self.known(actor)
        if known is None:
            return None
        above = known.sector if known.sector in ABOVE_STATES else None
        if above == "NGO" and known.kind == "group":
            above = None  # any group of people has that sector while nothing more is known of it
        return known.country or above or self._of_organisation(actor)

    def _of_organisation(self, actor: str) -> str | None:
        """Country or standing of the organisation whose people a group is ("group:org-un-officials")."""
        parts = actor.removeprefix("group:").split("-")
        if actor.startswith("group:") and len(parts) > 2:
            for end in range(len(parts) - 1, 1, -1):
                if found := self._registry.organisations.get(f"{parts[0]}:{'-'.join(parts[1:end])}"):
                    return found.country or (found.sector if found.sector in ABOVE_STATES else None)
                for entry in self._registry.forms.get(" ".join(parts[:end]).title(), ()):
                    if found := self._registry.organisations.get(entry.key):
                        return found.country or (found.sector if found.sector in ABOVE_STATES else None)
        return None

    def _placed(self, actor: str, country: str) -> str:
        known = self.known(actor)
        if known is None or self.country(actor):
            return actor
        if country in ABOVE_STATES:
            self.made[actor] = msgspec.structs.replace(known, sector=country)
            return actor
        if known.kind != "group":
            self.made[actor] = msgspec.structs.replace(known, country=country)
            return actor
        new = f"group:{country}-{actor.removeprefix('group:')}"
        self.made.setdefault(new, msgspec.structs.replace(known, id=new, country=country))
        return new
