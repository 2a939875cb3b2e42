"""Who takes part in an encounter that a noun tells of, by the clause it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract.meetings import words
from onrecord.extract.scene import Scene, clause_of, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token


def taking_part(scene: Scene, token: Token) -> tuple[str, ...]:
    """The subject of the clause that an encounter with a named other side stands in."""
    head = token.head
    if token.dep_ == "pobj" and head.lower_ == "to" and head.head.lemma_ in ("invite", "summon", "call"):
        guests = [c for c in head.head.children if c.dep_ in ("dobj", "nsubjpass")]
        return tuple(a for s in guests + subjects(head.head) for a in scene.named(s))
    if token.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_ in words.PORTIONS:
        return taking_part(scene, head.head)  # `after a day of talks with B, A said`
    if token.dep_ == "pobj" and head.dep_ == "prep" and head.lower_ in words.WITHIN | words.BEFORE | {"for"}:
        return tuple(a for s in _doers(clause_of(head)) for a in scene.named(s))
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


def _doers(verb: Token) -> list[Token]:
    """Subjects, or the agent of a passive: `a statement made by A and B after talks`."""
    agents = [o for c in verb.children if c.dep_ == "agent" for o in c.children if o.dep_ == "pobj"]
    return agents or subjects(verb)
