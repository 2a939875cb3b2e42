"""The two sides of a question: from what a person types to the actors that belong to a side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from rapidfuzz import process

from onrecord.errors import UsageError
from onrecord.types import Actor, Value

MIN_LIKENESS = 70
"""Names less alike than this (rapidfuzz WRatio, 0–100) are not suggested."""


class Side(Value, frozen=True, kw_only=True):
    """A state with all its people and bodies, or one other actor."""

    code: str
    """ISO 3166-1 alpha-3 for a state, else the actor's id."""
    name: str

    def has(self, actor: Actor | None) -> bool:
        """Whether the actor speaks or acts for this side; media of a country do not speak for it."""
        if actor is None:
            return False
        if actor.id == self.code:
            return True
        return actor.country == self.code and actor.kind != "medium" and actor.sector != "MED"


def side(asked: str, actors: Mapping[str, Actor]) -> Side:
    """The side that a code, a name or an actor id names in this record.

    Raises:
        UsageError: nobody in the record answers to it; names those most alike.
    """
    wanted = asked.strip().casefold()
    for actor in actors.values():
        if actor.kind == "state" and actor.country and wanted in _names(actor):
            return Side(code=actor.country, name=actor.name)
    for actor in actors.values():
        if wanted in _names(actor):
            return Side(code=actor.id, name=actor.name)
    countries = {a.country for a in actors.values() if a.country}
    if asked.upper() in countries:
        return Side(code=asked.upper(), name=asked.upper())
    raise UsageError(f"nobody called {asked!r} in this record{_suggestion(asked, actors)}")


def main_pair(actors: Mapping[str, Actor], dyads: Iterable[tuple[str, str]]) -> tuple[Side, Side] | None:
    """The two states that meet or act on each other most often; ties go by code. None where no two do."""
    counts = Counter(tuple(sorted(d)) for d in dyads if d[0] != d[1])
    if not counts:
        return None
    first, second = min(counts, key=lambda pair: (-counts[pair], pair))
    names = {a.country: a.name for a in actors.values() if a.kind == "state" and a.country}
    return Side(code=first, name=names.get(first, first)), Side(code=second, name=names.get(second, second))


def _names(actor: Actor) -> set[str]:
    told = {actor.id, actor.name, actor.id.partition(":")[2]}
    if actor.kind == "state" and actor.country:
        told.add(actor.country)
    return {t.casefold() for t in told}


def _suggestion(asked: str, actors: Mapping[str, Actor]) -> str:
    names = sorted({a.name for a in actors.values()})
    near = [name for name, score, _ in process.extract(asked, names, limit=3) if score >= MIN_LIKENESS]
    return f"; did you mean {' or '.join(near)}?" if near else "; `onrecord actors RECORD.db` lists them"
