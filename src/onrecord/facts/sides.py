"""The sides of a question: a state with its people, a group of states and its members, or one other actor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

import msgspec
from rapidfuzz import process

from onrecord.errors import UsageError
from onrecord.facts.actors.rows import Country, Organisation
from onrecord.facts.table import TABLES, read_table
from onrecord.types import Actor, Range, Value

MIN_LIKENESS = 70
"""Names less alike than this (rapidfuzz WRatio, 0–100) are not suggested."""


class Membership(msgspec.Struct, frozen=True, kw_only=True, rename={"since": "from", "until": "to"}):
    """A state or body that belongs to a group of states from one day to another, both inclusive."""

    group: str
    member: str
    """ISO 3166-1 alpha-3, or the id of a body of the group."""
    since: date
    until: date | None = None
    source: str

    @property
    def days(self) -> Range:
        return Range(self.since, self.until)


class Side(Value, frozen=True, kw_only=True):
    """A state with all its people and bodies, a group of states with its members, or one other actor."""

    code: str
    """ISO 3166-1 alpha-3 for a state, else the actor's id."""
    name: str

    @property
    def group(self) -> bool:
        """Whether states are members of it."""
        return self.code in _memberships()

    @property
    def members(self) -> frozenset[str]:
        """States (ISO 3166-1 alpha-3) and bodies that belong to it at any time; none but for a group."""
        return frozenset(_memberships().get(self.code, ()))

    @property
    def own(self) -> str:
        """How ids of its unnamed people begin: `EU officials`."""
        return f"group:{self.code.replace(':', '-')}-"

    def has(self, actor: Actor | None, days: Range | None = None) -> bool:
        """Whether the actor speaks or acts for this side; media of a country do not speak for it.

        Args:
            actor: one of the record's.
            days: when; counts for groups of states, whose members come and go. None: whenever.
        """
        if actor is None:
            return False
        if actor.id == self.code:
            return True
        if actor.kind == "medium" or actor.sector == "MED":
            return False
        if ":" not in self.code:
            return actor.country == self.code
        return self._has_own(actor) or self._has_member(actor, days)

    def _has_own(self, actor: Actor) -> bool:
        """A body's people: `EU officials`, or whose office is of it."""
        return actor.id.startswith(self.own) or (actor.role or "").endswith(
            (f" of {self.name}", f" of the {self.name}")
        )

    def _has_member(self, actor: Actor, days: Range | None) -> bool:
        terms = _memberships().get(self.code, {})
        held = terms.get(actor.id) or terms.get(actor.country or "") or ()
        return any(days is None or term.overlaps(days) for term in held)


def side_of(actor: Actor | None, sides: Iterable[Side], days: Range | None = None) -> Side | None:
    """The side that an actor belongs to on some days.

    One that is a side itself comes before a group that it belongs to (Germany beside the EU); who belongs to
    two groups alike belongs to neither.
    """
    found = [s for s in sides if s.has(actor, days)]
    if len(found) > 1 and actor is not None:
        own = [s for s in found if s.code in (actor.id, actor.country)] or [s for s in found if not s.group]
        return own[0] if len(own) == 1 else None
    return found[0] if found else None


def side(asked: str, actors: Iterable[Actor]) -> Side:
    """The side that a code, a name or an actor id names among the actors of a record.

    Raises:
        UsageError: nobody of the record answers to it, or several do; names those most alike.
    """
    known = list(actors)
    wanted = asked.strip().casefold()
    of = listed(asked)
    if of and any(of.has(a) for a in known):
        own = next((a.name for a in known if a.id in (of.code, f"state:{of.code}")), of.name)
        return Side(code=of.code, name=own)
    for spelled in (_exactly, _last_word):
        found = {_code(a): a.name for a in known if wanted in spelled(a)}
        if len(found) > 1:
            told = " or ".join(sorted(found)[:3])
            raise UsageError(f"several are called {asked!r} in this record; name one by its id: {told}")
        for code, name in found.items():
            return Side(code=code, name=name)
    countries = {a.country for a in known if a.country}
    if asked.upper() in countries:
        return Side(code=asked.upper(), name=asked.upper())
    raise UsageError(f"nobody called {asked!r} in this record{_suggestion(asked, known)}")


def listed(asked: str) -> Side | None:
    """The state or organisation of our tables that a code, id or name stands for."""
    code, name = _listed().get(asked.strip().casefold(), ("", ""))
    return Side(code=code, name=name) if code else None


def _code(actor: Actor) -> str:
    return actor.country if actor.kind == "state" and actor.country else actor.id


def _exactly(actor: Actor) -> set[str]:
    told = {actor.id, actor.name, actor.id.partition(":")[2]}
    return {t.casefold() for t in told}


def _last_word(actor: Actor) -> set[str]:
    return {actor.name.rpartition(" ")[2].casefold()}


def _suggestion(asked: str, actors: Iterable[Actor]) -> str:
    names = sorted({a.name for a in actors})
    near = [name for name, score, _ in process.extract(asked, names, limit=3) if score >= MIN_LIKENESS]
    return f"; did you mean {' or '.join(near)}?" if near else "; `onrecord actors RECORD.db` lists them"


@cache
def _listed() -> Mapping[str, tuple[str, str]]:
    """Codes, ids and names of states and organisations in our tables, case-folded → (code, name)."""
    found: dict[str, tuple[str, str]] = {}
    for body in read_table(TABLES / "organisations.csv", Organisation):
        for told in (body.id, body.name, *body.aliases):
            found.setdefault(told.casefold(), (body.id, body.name))
    for state in read_table(TABLES / "countries.csv", Country):
        for told in (state.iso3, f"state:{state.iso3}", *state.names):
            found[told.casefold()] = (state.iso3, state.name)
    return found


@cache
def _memberships() -> Mapping[str, Mapping[str, tuple[Range, ...]]]:
    """Group → member → the days of its membership."""
    found: dict[str, dict[str, tuple[Range, ...]]] = {}
    for row in read_table(TABLES / "memberships.csv", Membership):
        terms = found.setdefault(row.group, {})
        terms[row.member] = (*terms.get(row.member, ()), row.days)
    return found
