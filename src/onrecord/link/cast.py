"""Who appears in one article: each person once, with the names, roles and gender the article tells."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import msgspec

from onrecord.facts.actors import FAMILY_NAME_FIRST, Registry, short_names, slug
from onrecord.types import Actor, Range


@dataclass
class Figure:
    """A person of the article, as far as it has been read."""

    actor: Actor
    gender: str = ""
    roles: list[tuple[str, str]] = field(default_factory=list)
    """(noun or title, owner's key) told beside the name: ("spokesman", "org:usa-state-department")."""
    first: str = ""
    """Given name, where a full name was told."""
    bare: int = 0
    """How often the family name alone has stood for this person."""


class Cast:
    """The people, by the names they go by, and all other actors met."""

    def __init__(self, registry: Registry, at: Range | None, article: str) -> None:
        self.registry = registry
        self.article = article
        self.at = at
        self.actors: dict[str, Actor] = {}
        self.figures: dict[str, Figure] = {}
        self.by_family: dict[str, list[str]] = defaultdict(list)
        self.by_given: dict[str, list[str]] = defaultdict(list)
        self.by_middle: dict[str, list[str]] = defaultdict(list)
        """Words between first and last: the family name where the mother's follows it (Ana Pérez Ruiz)."""
        self.seen: Counter[str] = Counter()

    def add(self, actor: Actor) -> str:
        """Enters an actor that is no person; its id."""
        self.actors.setdefault(actor.id, actor)
        return actor.id

    def holds(self, actor: str) -> bool:
        """Whether an actor is of the article; a state whose government was named enters it."""
        if actor not in self.actors and (listed := self.registry.actor(actor)) is not None:
            self.add(listed)
        return actor in self.actors

    def enter(self, actor: Actor, name: str) -> Figure:
        """The figure of a person named so, entered when new."""
        figure = self.figures.get(actor.id)
        if figure is None:
            figure = self.figures[actor.id] = Figure(
                actor=actor, gender=self.registry.gender.get(actor.id, "")
            )
            self.actors[actor.id] = actor
        words = name.split()
        if len(words) > 1:
            figure.first = figure.first or words[0]
        given = words[0] if len(words) > 1 else actor.name.split()[0]
        if not figure.gender and not (len(words) < 2 and actor.country in FAMILY_NAME_FIRST):
            figure.gender = self.registry.given.get(given, "")
        families = {words[-1], *short_names(actor.name, actor.country), actor.name.split()[-1]}
        families.update(s for s in self.registry.shorts.get(actor.id, ()) if s[:1].isupper())
        if len(words) > 2 and words[-2].islower():
            families.add(" ".join(words[-2:]))
        for family in sorted(families):
            _append(self.by_family[family], actor.id)
        if len(words) > 1:
            _append(self.by_given[words[0]], actor.id)
        for middle in words[1:-1]:
            if len(middle) > 2 and middle[0].isupper():
                _append(self.by_middle[middle], actor.id)
        return figure

    def settle(self, actor: str, state: str) -> None:
        """Enters the state (ISO3) of a person of whom none was known."""
        figure = self.figures[actor]
        if figure.actor.country is None:
            figure.actor = self.actors[actor] = msgspec.structs.replace(figure.actor, country=state)

    def same_person(self, name: str) -> str | None:
        """The id of somebody already entered whose name differs in a middle name or initial only."""
        words = name.split()
        for candidate in self.by_family.get(words[-1], ()):
            if self.figures[candidate].actor.name.endswith(f" {name}"):
                return candidate
        for candidate in self.by_family.get(words[-1], ()):
            if self.figures[candidate].first in (words[0], words[0].rstrip(".")):
                return candidate
        return None

    def called(self, family: str, gender: str = "") -> list[str]:
        """Ids of those who go by a family name (or a given name nobody shares), fitting a gender."""
        found = self.by_family.get(family, [])
        if not found and family[:3].lower() in ("al-", "el-"):
            found = self.by_family.get(family[3:], [])
        if not found:
            given, middle = self.by_given.get(family, []), self.by_middle.get(family, [])
            found = given if len(given) == 1 else middle if len(middle) == 1 else []
        fitting = [f for f in found if not gender or self.figures[f].gender in ("", gender)]
        exact = [f for f in fitting if gender and self.figures[f].gender == gender]
        return exact or fitting


def _append(to: list[str], value: str) -> None:
    if value not in to:
        to.append(value)


def unknown_person(
    name: str,
    country: str | None,
    role: str | None,
    sector: str | None,
    *,
    article: str,
    called: str = "",
    alone: bool = False,
) -> Actor:
    """Somebody the registry does not know: an id of the name (`called`, if told) without middle initials.

    A single word tells too little to be the same person in another article, so such an id holds its article,
    and so does one that is to stand `alone`.
    """
    words = (called or name).replace("’", "'").split()
    core = [w for n, w in enumerate(words) if not (0 < n < len(words) - 1 and len(w.rstrip(".")) == 1)]
    own = (
        ""
        if len(words) > 1 and not alone
        else "-" + hashlib.blake2s(article.encode(), digest_size=3).hexdigest()
    )
    return Actor(
        id=f"person:{slug(' '.join(core))}{own}",
        name=name,
        kind="person",
        country=country,
        sector=sector,
        role=role,
    )
