"""People told to have been there too, by a verb beside the word for the encounter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract.meetings.people import participants
from onrecord.extract.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token


def joined(scene: Scene, token: Token) -> tuple[str, ...]:
    """`the talks, which included X`, `attended by X`, `accompanied by X`: who was there too."""
    found: list[str] = []
    for verb in token.sent:
        if verb.pos_ != "VERB" or verb.lemma_ not in ("include", "attend", "accompany", "join", "involve"):
            continue
        near = verb == token.head or token in verb.ancestors or verb.dep_ in ("relcl", "acl", "advcl")
        if not near:
            continue
        for child in verb.children:
            if child.dep_ == "dobj":
                found += scene.named(child)
            if child.dep_ == "agent":
                found += [a for o in child.children for a in scene.named(o)]
    return participants(scene, (a for a in found if (x := scene.actor(a)) and x.kind == "person"))
