"""Words that point at people or encounters told of before: `they`, `the two ministers`, `their talks`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract.meetings import words
from onrecord.extract.scene import BEARERS

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_echo(token: Token) -> bool:
    """`they`, `the two`, `both`, `the two presidents`, `their ministers`: people told of before."""
    known = any(c.lower_ in ("two", "both", "the", "their") for c in token.children)
    if token.lower_ == "plan" and any(c.lower_ in ("two", "both") for c in token.children):
        return True  # `the two plan to meet`, where the tagger takes the verb for a noun
    people = token.tag_ == "NNS" and token.lemma_ in BEARERS
    return token.lower_ in ("they", "two", "both", "pair", "their") or (known and people)


def is_second_of(token: Token) -> bool:
    """`their second meeting after an encounter in May`: an encounter beside another of the same people."""
    prep = token.head
    if token.dep_ != "pobj" or prep.lower_ not in ("after", "since", "following"):
        return False
    beside = prep.head
    return beside.pos_ == "NOUN" and beside.lemma_.lower() in words.NOUNS | {"talk"}


def is_where_clause(trigger: Token) -> bool:
    """`in Lima, where they met`."""
    return trigger.dep_ == "relcl" and any(c.lower_ == "where" for c in trigger.children)
