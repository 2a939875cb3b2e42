"""Who is bound by an agreement, and who brokered it, by syntax around its noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract.agreements import words
from onrecord.extract.scene import Scene, clause_of, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

_DOING = words.MAKE | words.LEAVE | words.BREAK | words.KEEP | words.PROPOSE | words.REFUSE | {"have"}
_ENCOUNTERS = frozenset({"meeting", "talk", "summit", "negotiation", "discussion", "conversation", "visit"})


def parties(scene: Scene, noun: Token, governing: Token | None) -> tuple[str, ...]:
    """`between A and B`, `with B`, `the A-B accord`, and the subject of the verb of agreeing or leaving."""
    found: list[str] = []
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("between", "with", "among"):
            found += [a for o in child.children for a in scene.named(o)]
        if child.dep_ == "poss":
            found += scene.named(child)
    found += _partners(scene, noun, governing)
    front = [t for t in noun.subtree if t.i < noun.i and t.dep_ != "poss"]
    paired = list(dict.fromkeys(a for t in front if (m := scene.mention_of.get(t.i)) for a in scene.ids(m)))
    brokered = any(t.lemma_ in words.BROKER for t in front)
    if len(sides(scene, paired)) >= 2 and not brokered:
        found += paired
    found += _under_which(scene, noun)
    if governing is not None and noun.dep_ != "nsubj":
        lemma = governing.lemma_.lower()
        if lemma in words.LEAVING | words.PROLONGING:
            found += _leavers(scene, governing)
        elif lemma in _DOING and (
            lemma not in words.BROKER or any(c.lower_ == "with" for c in governing.children)
        ):
            found += _doers(scene, governing)
    return able(scene, found)


def _under_which(scene: Scene, noun: Token) -> list[str]:
    """`the arrangement under which A bought B's flour`: A and B."""
    clause = under_which(noun)
    if clause is None:
        return []
    found = [a for t in clause.subtree if (m := scene.mention_of.get(t.i)) for a in scene.ids(m)]
    return found if len(sides(scene, found)) == 2 else []


def under_which(noun: Token) -> Token | None:
    """The verb of `… under which A bought flour`."""
    for verb in (c for c in noun.children if c.dep_ == "relcl"):
        for prep in verb.children:
            if prep.lower_ == "under" and any(o.lower_ == "which" for o in prep.children):
                return verb
    return None


def _partners(scene: Scene, noun: Token, governing: Token | None) -> list[str]:
    """`offered a contract to B`, `a deal that A reached with B`: the other side behind the verb."""
    if governing is None:
        return []
    lemma = governing.lemma_.lower()
    offered = lemma in ("propose", "offer") and noun.dep_ == "dobj"
    # `brokered by A with B` makes A a party
    made = lemma in words.MAKE
    behind = [c for t in (noun, governing) for c in t.children if c.lower_ == "to"] if offered else []
    behind += [c for c in governing.children if c.lower_ == "with"] if made else []
    return [a for c in behind for o in c.children if o.dep_ == "pobj" for a in scene.named(o)]


def _leavers(scene: Scene, deed: Token) -> list[str]:
    """`A's withdrawal from`, `the A administration's proposed exit from`, `A resists renewal of`."""
    owners = [c for c in deed.children if c.dep_ == "poss"]
    found: list[str] = []
    for owner in owners:  # `the A administration's`: A, where the administration itself is nobody known
        own = able(scene, list(scene.named(owner)))
        found += own or [x for t in owner.children for x in scene.named(t)]
    verb = deed.head
    if not found and deed.dep_ in ("dobj", "nsubjpass") and verb.pos_ == "VERB":
        found = [a for s in subjects(verb) for a in scene.named(s)]
    return found


def _doers(scene: Scene, verb: Token) -> list[str]:
    """Who did it: the subject, or the agent of a passive."""
    agents = [a for c in verb.children if c.dep_ == "agent" for o in c.children for a in scene.named(o)]
    own = any(c.dep_ == "nsubj" for c in verb.children)  # `a contract that the two governments signed`
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children) or (verb.dep_ == "acl" and not own):
        return agents
    if agents:
        return agents
    doers = subjects(verb)
    met = [c for s in doers if s.lemma_ in _ENCOUNTERS for c in s.children]
    if met:  # `his talks with B produced a deal`
        owners = [c for c in met if c.dep_ == "poss"]
        return [a for o in owners for a in scene.named(o)] + [
            a for c in met if c.lower_ in ("with", "between") for o in c.children for a in scene.named(o)
        ]
    return [a for s in doers for a in scene.named(s)]


def brokers(scene: Scene, noun: Token) -> tuple[str, ...]:
    """`brokered by A and B`, `an A-brokered truce`, `A mediated the deal`."""
    found: list[str] = []
    near = [
        t for t in noun.subtree if t.lemma_ in words.BROKER or t.lower_.endswith(("brokered", "mediated"))
    ]
    if clause_of(noun).lemma_ in words.BROKER:
        near.append(clause_of(noun))
    for verb in near:
        found += [a for c in verb.children if c.dep_ == "agent" for o in c.children for a in scene.named(o)]
        if verb.i < noun.i and verb in noun.subtree:
            front = [t for t in noun.subtree if t.i < verb.i]
            found += [a for t in front if (m := scene.mention_of.get(t.i)) for a in scene.ids(m)]
        elif verb == clause_of(noun) and noun.dep_ == "dobj":
            found += [a for s in subjects(verb) for a in scene.named(s)]
    return able(scene, found)


def able(scene: Scene, ids: list[str]) -> tuple[str, ...]:
    kept = []
    for one in dict.fromkeys(ids):
        actor = scene.actor(one)
        if actor and actor.kind != "medium" and not (actor.kind == "group" and not actor.country):
            kept.append(one)
    return tuple(kept)


def sides(scene: Scene, ids: tuple[str, ...] | list[str]) -> set[str]:
    return {scene.side(a) for a in ids}
