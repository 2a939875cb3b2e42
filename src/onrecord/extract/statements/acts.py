"""What a statement does: its act, whether it is denied to have been made, and whether the article hedges it.

The act is that of the word that introduces it (tables/cues.csv); a few things around the word change it:
what one did not mention is an omission, what one would not say is declined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.facts.cues import Cues
from onrecord.types import Act

if TYPE_CHECKING:
    from spacy.tokens import Token

SAYING = frozenset("say comment answer discuss elaborate reveal disclose respond specify speculate tell talk "
                   "address identify name explain divulge reply provide give".split())  # fmt: skip
MENTIONING = frozenset("mention address raise cite discuss name refer note say bring specify acknowledge "
                       "elaborate touch comment explain identify".split())  # fmt: skip
ANSWERING = frozenset({"respond", "reply", "answer", "return", "comment"})
HEDGES = frozenset("reportedly allegedly apparently supposedly purportedly presumably seemingly "
                   "ostensibly".split())  # fmt: skip
SEEMING = frozenset({"appear", "seem"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "nobody", "none"})
_POS = {
    "VERB": "verb",
    "AUX": "verb",
    "NOUN": "noun",
    "ADJ": "adj",
    "ADP": "prep",
    "SCONJ": "prep",
    "PROPN": "noun",
}


class Reading(NamedTuple):
    act: Act
    negated: bool
    hedged: bool


def read(cue: list[Token], content: list[Token], cues: Cues) -> Reading:
    """Act, negation and hedge of a statement from the tokens of its cue and content."""
    lemmas = [t.lemma_.lower() for t in cue]
    negated = any(t.lower_ in NEGATIONS or t.dep_ == "neg" for t in cue) or any(
        c.dep_ == "neg" for t in cue if t.pos_ in ("VERB", "AUX") for c in t.children
    )
    hedged = _hedged(cue)
    first = next((t.lemma_.lower() for t in content if t.pos_ in ("VERB", "AUX") and t.lower_ != "to"), "")
    if {"decline", "refuse"} & set(lemmas):
        verb = next((w for w in lemmas if w in SAYING), first)
        return Reading("decline" if "decline" in lemmas or verb in SAYING else "reject", False, hedged)
    if negated and (set(lemmas) & ANSWERING or (set(lemmas) & {"would", "will"} and set(lemmas) & SAYING)):
        return Reading("decline", True, hedged)
    if negated and set(lemmas) & MENTIONING:
        return Reading("omit", True, hedged)
    return Reading(_act(cue, cues), negated, hedged)


def _act(cue: list[Token], cues: Cues) -> Act:
    """The act of the most telling word: the last one in the table that is more than `say`."""
    known = [(t, cues.act(_POS.get(t.pos_, "verb"), t.lemma_.lower())) for t in cue]
    acts = [act for _, act in known if act]
    if not acts:
        acts = [
            act for t in cue for pos in ("verb", "noun", "adj") if (act := cues.act(pos, t.lemma_.lower()))
        ]
    return next((a for a in reversed(acts) if a != "say"), "say")


def _hedged(cue: list[Token]) -> bool:
    for token in cue:
        if token.lower_ in HEDGES:
            return True
        if token.pos_ in ("VERB", "AUX"):
            if any(c.lower_ in HEDGES for c in token.children):
                return True
            if token.dep_ == "xcomp" and token.head.lemma_ in SEEMING:
                return True
    return False
