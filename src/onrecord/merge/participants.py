"""Who takes part in an encounter told several times: states for their people, family names for full ones."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from onrecord.merge.ground import Ground
from onrecord.types import Meeting


def fit(a: Meeting, b: Meeting, ground: Ground) -> bool:
    """One set of people holds the other, or both name people of two sides in common."""
    one, other = set(a.participants), _as_told(b.participants, a.participants, ground)
    shared = one & other
    if len({ground.side(p) for p in shared}) >= 2:
        return True
    return _stands_for(one, other, ground) or _stands_for(other, one, ground)


def shared_people(a: Meeting, b: Meeting, ground: Ground) -> set[str]:
    """Persons whom both name, as the first one names them."""
    common = set(a.participants) & _as_told(b.participants, a.participants, ground)
    return {p for p in common if ground.is_person(p)}


def everybody(rows: Sequence[Meeting], ground: Ground) -> tuple[str, ...]:
    """Everybody told, in order; a state steps back behind its own people, a family name behind a full one."""
    every = list(dict.fromkeys(p for m in rows for p in m.participants))
    manned = {ground.side(p) for p in every if ground.is_person(p)}
    told = [p for p in every if ground.is_person(p) or ground.side(p) not in manned]
    return tuple(p for p in told if not any(_is_short_for(p, q, ground) for q in told))


def keys(row: Meeting, ground: Ground) -> Iterator[Hashable]:
    """Pairs of the sides and family names of an encounter, so that persons and their states meet."""
    sides = {ground.side(p) for p in row.participants}
    names = {name[-1] for p in row.participants if (name := _name(p, ground))}
    yield from combinations(sorted(sides | names), 2)


def _stands_for(few: set[str], many: set[str], ground: Ground) -> bool:
    """True when everybody of the few is among the many, or is the state of somebody who is."""
    sides = {ground.side(p) for p in many}
    rest = few - many
    return len({ground.side(p) for p in few}) >= 2 and all(
        not ground.is_person(p) and ground.side(p) in sides for p in rest
    )


def _as_told(people: Iterable[str], elsewhere: Iterable[str], ground: Ground) -> set[str]:
    """People by the ids that another telling has for them."""
    known = list(elsewhere)
    return {next((q for q in known if _is_same(p, q, ground)), p) for p in people}


def _is_same(one: str, other: str, ground: Ground) -> bool:
    return one == other or _is_short_for(one, other, ground) or _is_short_for(other, one, ground)


def _is_short_for(short: str, full: str, ground: Ground) -> bool:
    """`Vlachou` or `S. Vlachou` where another article has `Stamatis Vlachou`, of no other state."""
    if short == full:
        return False
    few, many = _name(short, ground), _name(full, ground)
    if not few or not many or few[-1] != many[-1]:
        return False
    a, b = ground.actors[short], ground.actors[full]
    if a.country and b.country and a.country != b.country:
        return False
    if len(few) == 1:
        return len(many) > 1 or (not a.country and bool(b.country))
    first = few[0].rstrip(".")
    return len(first) == 1 and len(many) > 1 and many[0].startswith(first) and many[0] != few[0]


def _name(actor: str, ground: Ground) -> tuple[str, ...]:
    """The words of a person's name, in lower case; empty for all others."""
    return tuple(ground.actors[actor].name.casefold().split()) if ground.is_person(actor) else ()
