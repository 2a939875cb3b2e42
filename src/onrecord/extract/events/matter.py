"""What a deed is about: its own words, object and complements; not who does it, nor other clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.facts.issues import Taxonomy

if TYPE_CHECKING:
    from spacy.tokens import Token

_OTHERS = frozenset(
    {"nsubj", "conj", "cc", "advcl", "relcl", "parataxis", "ccomp", "npadvmod", "punct", "dep"}
)
"""Dependents of a deed's head (ClearNLP labels) that tell of its doer, the next deed, why and when."""
_DOER = frozenset({"poss", "agent", "punct"})
MOST = 3
"""Issues of one deed."""


def issues(head: Token, taxonomy: Taxonomy | None) -> tuple[str, ...]:
    """Ids of the issues that a deed's own words name, in the order of the words; none without a taxonomy."""
    if taxonomy is None:
        return ()
    found = dict.fromkeys(hit.issue for hit in taxonomy.hits(_words(head)))
    return tuple(found)[:MOST]


def _words(head: Token) -> str:
    """`imposed sanctions on B over the missiles` of `A, angry at C, imposed sanctions on B over …`."""
    verb = _verb(head)
    without = _OTHERS if verb.pos_ in ("VERB", "AUX") else _DOER | {"relcl", "conj", "appos"}
    left_out = {t.i for c in verb.children if c.dep_ in without for t in c.subtree}
    return " ".join(t.text for t in verb.subtree if t.i not in left_out and not t.is_space)


def _verb(head: Token) -> Token:
    """The verb whose object a deed's noun is: `imposed` of `sanctions`."""
    above = head.head
    light = head.pos_ in ("NOUN", "PROPN") and head.dep_ in ("dobj", "nsubjpass") and above.pos_ == "VERB"
    return above if light else head
