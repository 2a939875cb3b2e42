"""Who takes part in an encounter that a noun tells of, by the clause it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract.meetings import words
from onrecord.extract.scene import Scene, clause_of, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 9
"""Tokens between a trigger and a `with` phrase that the parser hung elsewhere."""

_TELLING = frozenset({"say", "speak", "report", "recall"})
"""`said of his talks with B`: whoever says so was there."""


def taking_part(scene: Scene, token: Token) -> tuple[str, ...]:
    """The subject of the clause that an encounter with a named other side stands in."""
    head = token.head
    if token.dep_ == "pobj" and head.lower_ == "to" and head.head.lemma_ in ("invite", "summon", "call"):
        guests = [c for c in head.head.children if c.dep_ in ("dobj", "nsubjpass")]
        return tuple(a for s in guests + subjects(head.head) for a in scene.named(s))
    if token.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_ in words.PORTIONS:
        return taking_part(scene, head.head)  # `after a day of talks with B, A said`
    if token.dep_ == "pobj" and head.dep_ == "prep" and head.lower_ in words.WITHIN | words.BEFORE | {"for"}:
        return tuple(a for s in doers(clause_of(head)) for a in scene.named(s))
    if token.dep_ == "pobj" and head.lower_ in ("of", "about") and head.head.lemma_ in _TELLING:
        return tuple(a for s in subjects(head.head) for a in scene.named(s))
    if token.dep_ in ("dobj", "attr", "conj", "xcomp") and clause_of(token).lemma_ in words.LIGHT:
        return tuple(a for s in subjects(clause_of(token)) for a in scene.named(s))
    return ()


def quoted_speaker(scene: Scene, token: Token) -> tuple[str, ...]:
    """`“…,” B told reporters after talks with A`: the speaker, where quotation marks broke the syntax."""
    if token.dep_ != "pobj" or token.head.lower_ not in words.WITHIN:
        return ()
    verb = clause_of(token.head)
    for said in scene.statements:
        if said.speaker and any(c.start <= verb.idx < c.end for c in said.cue):
            return (said.speaker,)
    return ()


def doers(verb: Token) -> list[Token]:
    """Subjects, or the agent of a passive: `a statement made by A and B after talks`."""
    agents = [o for c in verb.children if c.dep_ == "agent" for o in c.children if o.dep_ == "pobj"]
    return agents or subjects(verb)


def has_prep(token: Token, names: tuple[str, ...]) -> bool:
    return any(c.dep_ == "prep" and c.lower_ in names for c in token.children)


def with_whom(scene: Scene, token: Token, names: tuple[str, ...] = ("with",)) -> tuple[str, ...]:
    """Actors of a `with` phrase of the trigger, or of one close behind it in the same clause."""
    for child in token.children:
        if child.lower_ in names and child.dep_ in ("prep", "dative", "agent", "advmod"):
            found = tuple(a for o in child.children if o.dep_ in ("pobj", "pcomp") for a in scene.named(o))
            if found:
                return found
    if names[0] != "with":
        return ()
    for other in token.doc[token.i + 1 : token.i + 1 + REACH]:
        if other.sent != token.sent or other.pos_ in ("VERB", "AUX") or other.lower_ in (";", ":"):
            return ()
        if other.lower_ == "with":
            return tuple(a for o in other.children if o.dep_ == "pobj" for a in scene.named(o))
    return ()


def planned_with(scene: Scene, token: Token) -> tuple[str, ...]:
    """`the talks that she was to hold with B`: the other side, told in the relative clause."""
    clauses = [c for c in token.children if c.dep_ == "relcl"]
    verbs = [t for c in clauses for t in (c, *c.children) if t.pos_ == "VERB" and t.lemma_ in words.LIGHT]
    return next((other for v in verbs if (other := with_whom(scene, v))), ())


def other_side(scene: Scene, token: Token, lemma: str) -> tuple[str, ...]:
    """Those behind `with`, of a visit also behind `to`, but not of `a visit to the border of A and B`."""
    if lemma != "visit":
        return with_whom(scene, token) or planned_with(scene, token)
    return with_whom(scene, token, ("with", "to")) if _is_to_somebody(scene, token) else ()


def _is_to_somebody(scene: Scene, visit: Token) -> bool:
    goals = [o for c in visit.children if c.lower_ in ("to", "with") for o in c.children if o.dep_ == "pobj"]
    return any(scene.mention_of.get(o.i) or o.pos_ == "PROPN" for o in goals)
