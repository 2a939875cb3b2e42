"""Whether a sentence tells a happening as past or as still to come, by the verb above its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AHEAD = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_LOOKS_AHEAD = frozenset(
    [
        "plan",
        "expect",
        "schedule",
        "set",
        "due",
        "hope",
        "intend",
        "prepare",
        "slate",
        "poise",
        "begin",
        "want",
    ]
)


_HELD = frozenset(
    ["attend", "dominate", "end", "finish", "hold", "host", "leave", "lose", "open", "skip", "watch", "win"]
)
"""Verbs whose past says that their object took place; one may have sought or planned what is to come."""
_DURING = frozenset({"at", "during", "in", "from", "on", "after", "since", "following"})


def looks(doc: Doc, span: Span) -> int:
    """-1: told as past, +1: still to come, 0: the verb does not tell."""
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    if tokens is None or not len(tokens):
        return 0
    token, governs = tokens.root, True
    for _ in range(10):
        if token.pos_ in ("VERB", "AUX"):
            told = _verb(token)
            if told:
                return told if told > 0 or governs else 0
        governs = governs and _takes_place(token)
        if token.head.i == token.i:
            return 0
        token = token.head
    return 0


def _takes_place(token: Token) -> bool:
    """True when the past of the word above a name says that what is named took place."""
    if token.dep_ in ("dobj", "obj"):
        return token.head.lemma_ in _HELD
    if token.dep_ == "pobj":
        return token.head.lower_ in _DURING
    if token.dep_ == "prep":
        return token.head.pos_ in ("VERB", "AUX")
    return token.dep_ in ("nsubj", "nsubjpass")


def _verb(verb: Token) -> int:
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if helpers & _AHEAD:
        return 1
    if helpers & {"would", "could", "should", "may", "might", "can", "must"}:
        return 0
    if "to" in helpers:
        above = verb.head
        return 1 if above.lemma_ in _LOOKS_AHEAD or above.lemma_ == "be" else 0
    if verb.tag_ == "VBD" or helpers & {"was", "were", "had", "did", "has", "have", "'ve", "’ve"}:
        return -1
    return 0
