"""Pronouns of the third person that may stand for an actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.annotate.names.spans import Found

if TYPE_CHECKING:
    from spacy.tokens import Doc

PRONOUNS = frozenset("he she they him her them his their hers theirs himself herself themselves".split())
_IMPERSONAL = frozenset("rain snow seem appear happen matter turn".split())


def find(doc: Doc) -> list[Found]:
    """He, she, they and their forms wherever they stand; `it` as the subject of a verb somebody does."""
    found = []
    for token in doc:
        word = token.lower_
        if word in PRONOUNS or (
            word == "it"
            and token.dep_ == "nsubj"
            and token.head.lemma_ not in _IMPERSONAL
            and token.head.pos_ == "VERB"
        ):
            found.append(Found(token.idx, token.idx + len(token), "pronoun", (), 0, "pronoun"))
    return found
