"""Who can take part in an encounter, and on which side."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from onrecord.extract.scene import Scene
from onrecord.types import Actor

GUESSED = ("a name the registry does not know", "a family name; nothing in the article tells")
"""How reasons open of names taken for a person's for want of anything better: behind `in` they are towns."""

_STANDS_FOR = ("state", "group")
"""Kinds of actors that stand for a state where nobody of it is named, the first before the second."""
_ARMED = frozenset({"MIL", "REB"})
_AT_HOME = frozenset({"LEG", "JUD", "CVL"})


def participants(scene: Scene, ids: Iterable[str]) -> tuple[str, ...]:
    """Those who can meet; a state steps back behind its own people."""
    able = [a for a in dict.fromkeys(ids) if _can_meet(scene, a)]
    manned = {scene.side(a) for a in able if (actor := scene.actor(a)) and actor.kind == "person"}
    return tuple(a for a in able if is_person(scene, a) or scene.side(a) not in manned)


def sides(scene: Scene, ids: Iterable[str]) -> set[str]:
    """The sides that actors stand on."""
    return {scene.side(a) for a in ids}


def state_sides(scene: Scene, ids: Collection[str]) -> set[str]:
    """The sides of which somebody deals for a state, a body of states or an armed group.

    A donor, a beauty queen or a chamber of the same state's parliament is no side of its own.
    """
    found = set()
    for one in ids:
        actor = scene.actor(one)
        body = actor is not None and (actor.sector == "IGO" or actor.kind == "armed_group")
        body = body or (actor is not None and actor.kind != "person" and actor.sector in _ARMED)
        told = actor is not None and (
            actor.country or body or one in scene.standing or _heads_body(scene, one)
        )
        if actor is None or not told:
            continue
        at_home = actor.sector in _AT_HOME and actor.kind != "armed_group"
        found.add((actor.country if at_home else None) or scene.side(one))
    return found | _unplaced(scene, ids)


def the_two_states(scene: Scene, told: Collection[str]) -> tuple[str, ...]:
    """The two states whose meeting was called off, where an article names two and no third.

    `Haiti cancelled a meeting of foreign ministers`: whoever is told must be of one of them.
    """
    named = dict.fromkeys(m.actor for m in scene.parsed.mentions if m.actor)
    told_of = [a for i in named if (a := scene.actor(i)) and a.country and a.kind in (*_STANDS_FOR, "person")]
    ranked = sorted((a for a in told_of if a.kind in _STANDS_FOR), key=lambda a: _STANDS_FOR.index(a.kind))
    stands: dict[str, str] = {}
    for one in ranked:
        stands.setdefault(one.country or "", one.id)
    both = tuple(sorted(stands.values()))
    two = len({a.country for a in told_of}) == len(both) == 2
    return both if two and sides(scene, told) <= sides(scene, both) else ()


def _unplaced(scene: Scene, ids: Collection[str]) -> set[str]:
    """Officials whose state is not told beside their names, in an article that names two states and no third.

    "Kenya's foreign minister said … Achieng Mutua told reporters after she met Ethiopia's minister." On 360
    articles of campaign news this brought one encounter, a false one; with anybody of unknown country two.
    """
    states = {a.country for a in scene.parsed.actors.values() if a.country and a.kind in ("state", "person")}
    people = [a for a in map(scene.actor, ids) if a is not None and a.kind == "person"]
    if len(states) != 2 or not any(a.country or a.sector == "GOV" for a in people):
        return set()
    return {a.id for a in people if not a.country and (a.sector == "GOV" or _holds_office(scene, a))}


def _holds_office(scene: Scene, person: Actor) -> bool:
    """A name beside `counterpart`, or in an article with an office that nobody in it is known to hold."""
    if person.sector is not None:
        return False
    text, mentions = scene.parsed.article.text, scene.parsed.mentions
    beside = any(
        "counterpart" in text[max(0, m.start - 16) : m.start] for m in mentions if m.actor == person.id
    )
    return beside or any(m.form == "title" and m.actor is None for m in mentions)


def _heads_body(scene: Scene, actor_id: str) -> bool:
    """`the president of the European Commission, A`: a body of states stands right before the name."""
    told = scene.parsed
    bodies = {m.end for m in told.mentions if m.actor and (a := scene.actor(m.actor)) and a.sector == "IGO"}
    own = [m.start for m in told.mentions if m.actor == actor_id and m.form == "name"]
    return any(
        (start - gap) in bodies and told.article.text[start - gap : start].strip() in ("", ",")
        for start in own
        for gap in (1, 2)
    )


def is_public(scene: Scene, actor_id: str) -> bool:
    """True for those who deal for a state or a body of states; two companies' talks are no meeting here."""
    actor = scene.actor(actor_id)
    return actor is not None and (bool(actor.country) or actor.sector in ("GOV", "IGO", "MIL", "REB"))


def is_person(scene: Scene, actor_id: str) -> bool:
    """Whether an actor is one human being."""
    actor = scene.actor(actor_id)
    return actor is not None and actor.kind == "person"


def _can_meet(scene: Scene, actor_id: str) -> bool:
    actor = scene.actor(actor_id)
    if actor is None or actor.kind == "medium":
        return False
    if actor.kind == "group":
        return actor.country is not None
    return True
