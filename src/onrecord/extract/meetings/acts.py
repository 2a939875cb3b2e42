"""Acts that show an encounter though no word for one stands there: told by telephone, signed side by side."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.extract.meetings import words
from onrecord.extract.meetings.people import is_person, is_public, sides
from onrecord.extract.meetings.taking_part import doers
from onrecord.extract.meetings.trigger import Trigger
from onrecord.extract.scene import Scene, auxiliaries, clause_of, is_negated, subjects
from onrecord.types import Medium

if TYPE_CHECKING:
    from spacy.tokens import Token

SPOKEN_TO = frozenset(
    {
        "tell", "inform", "explain", "communicate", "convey", "notify", "assure", "warn", "brief", "ask",
        "urge", "congratulate", "thank", "hear", "offer", "give", "hand", "present", "propose", "put",
        "promise", "apologise", "apologize", "complain", "say", "invite", "press", "remind", "reassure",
    }
)  # fmt: skip
"""Verbs whose object, or whose `to` phrase, is spoken to."""
_SIGN = frozenset({"sign", "initial"})
_SETTLE = frozenset({"agree"})
_CONVOKE = frozenset({"invite", "summon"})
ACTS = SPOKEN_TO | _SIGN | _SETTLE | _CONVOKE | {"bring"}
"""Lemmas of verbs that tell of an encounter only with what stands beside them."""

_WIRE = frozenset({"by", "over", "on", "via", "through"})
_JOINT = re.compile(r"(?:\s+of\s+[^,;()]{2,40})?,?\s+and\s+[^,;()]{0,70}")
"""What may stand between two names that a conjunction joins: `A of X and Y's President B`."""


def act(scene: Scene, token: Token) -> Trigger | None:
    """The encounter that an act shows; None for all others."""
    lemma = token.lemma_.lower()
    if token.pos_ != "VERB" or lemma not in ACTS:
        return None
    if lemma in SPOKEN_TO and (found := _by_wire(scene, token)):
        return found
    if lemma in _SIGN | _SETTLE:
        return _side_by_side(scene, token)
    if lemma in _CONVOKE:
        return _convoked(scene, token)
    return _brought_together(scene, token) if lemma == "bring" else None


def _by_wire(scene: Scene, verb: Token) -> Trigger | None:
    """`explained it to B by telephone`, `to hear B out by video link`."""
    medium = _wire(verb)
    if medium is None:
        return None
    goals = _goals(verb)
    other = tuple(a for o in goals for a in scene.named(o) if is_person(scene, a))
    doer = tuple(a for s in subjects(verb) for a in scene.named(s))
    return Trigger(verb, doer, other, "told by wire", medium=medium) if doer and other else None


def _goals(verb: Token) -> list[Token]:
    """Objects of a verb and of its `to` phrases."""
    goals = [c for c in verb.children if c.dep_ in ("dobj", "dative")]
    return goals + [o for c in verb.children if c.lower_ == "to" for o in c.children if o.dep_ == "pobj"]


def _wire(verb: Token) -> Medium | None:
    for prep in verb.children:
        for means in prep.children if prep.lower_ in _WIRE else ():
            told = {means.lower_, *(c.lower_ for c in means.children if c.dep_ in ("compound", "amod"))}
            if told & words.VIDEOS:
                return "video"
            if told & words.CALLS and (means.lower_ in words.CALLS or means.lemma_ in ("call", "line")):
                return "call"
    return None


def _side_by_side(scene: Scene, verb: Token) -> Trigger | None:
    """`signed in Tripoli by A and B`, `A and B had agreed in Moscow`: two people, at one place."""
    people = _joint(scene, doers(verb))
    done = verb.tag_ in ("VBD", "VBN") and not is_negated(verb)
    ahead = {a.lower_ for a in auxiliaries(verb)} & {"will", "would", "may", "might", "could", "should", "to"}
    if not done or ahead or len(sides(scene, people)) < 2 or not all(is_public(scene, a) for a in people):
        return None
    return Trigger(verb, people, (), "side by side", medium="in_person", placed=True)


def _joint(scene: Scene, heads: list[Token]) -> tuple[str, ...]:
    """Two people that a conjunction joins, also where the parser hung the second on the first one's state."""
    named = tuple(a for h in heads for a in scene.named(h) if is_person(scene, a))
    if len(sides(scene, named)) >= 2 or not heads:
        return named
    below = [m for t in heads[0].subtree if (m := scene.mention_of.get(t.i)) and m.form == "name"]
    people = [m for m in dict.fromkeys(below) if any(is_person(scene, a) for a in scene.ids(m))]
    for one, other in pairwise(people):
        if _JOINT.fullmatch(scene.text[one.end : other.start]):
            return scene.ids(one) + scene.ids(other)
    return named


def _convoked(scene: Scene, verb: Token) -> Trigger | None:
    """`invited A and B for November 19`: people of two sides, for a day or to a place."""
    goals = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    people = tuple(a for o in goals for a in scene.named(o) if is_person(scene, a) and is_public(scene, a))
    dated = any(t.type == "DATE" and t.range for t in scene.times_of(verb.sent))
    aimed = any(c.lower_ in ("for", "to") and c.dep_ in ("prep", "dative") for c in verb.children)
    if len(sides(scene, people)) < 2 or not (dated and aimed) or is_negated(verb):
        return None
    return Trigger(verb, people, (), "invited", status="prospective")


def _brought_together(scene: Scene, verb: Token) -> Trigger | None:
    """`A and B had been brought together by C`: the two who were."""
    if not any(c.lower_ == "together" for c in verb.children):
        return None
    goals = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    people = tuple(a for o in goals for a in scene.named(o) if is_person(scene, a) and is_public(scene, a))
    return (
        Trigger(verb, people, (), "brought together", medium="in_person")
        if len(sides(scene, people)) >= 2
        else None
    )


def addressed(scene: Scene, token: Token) -> tuple[str, ...]:
    """`gave the promise to B at a meeting`, `told B during talks`: whoever was spoken to was in the room."""
    verb = clause_of(token)
    if verb.lemma_ not in SPOKEN_TO:
        return ()
    goals = _goals(verb)
    return tuple(a for o in goals for a in scene.named(o) if is_person(scene, a) and is_public(scene, a))


def joined_to(scene: Scene, token: Token) -> tuple[str, ...]:
    """`A and his counterpart, B, who had met in May`: A, where the parser hung the clause on B alone."""
    top = token
    while top.dep_ in ("conj", "appos"):
        top = top.head
    return tuple(a for a in scene.named(top) if is_person(scene, a)) if top != token else ()


def sees_each_other(scene: Scene, token: Token) -> bool:
    """`see each other in Almaty on July 8`, but not `see each other as rivals`, `had not seen each other`."""
    other = [c for c in token.children if c.dep_ == "dobj" and c.lower_ in ("other", "another")]
    mutual = any(c.lower_ in ("each", "one") for o in other for c in o.children)
    told = any(t.type == "DATE" and t.range for t in scene.times_of(token.sent)) or any(
        c.lower_ in ("in", "at") for c in token.children
    )
    return mutual and told and not is_negated(token) and not any(c.lower_ == "as" for c in token.children)
