"""Past or future: what the verb that governs a time expression tells about its direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FUTURE_AUX = frozenset({"will", "'ll", "’ll", "shall", "wo", "ca"})
_PLANS = frozenset(
    [
        "plan",
        "expect",
        "schedule",
        "set",
        "due",
        "hope",
        "aim",
        "intend",
        "prepare",
        "slate",
        "await",
        "begin",
        "start",
        "vow",
        "pledge",
        "promise",
        "upcoming",
        "agree",
        "want",
        "likely",
        "ready",
        "poise",
    ]
)
"""Verbs and adjectives whose infinitive lies ahead (`is due to meet Friday`)."""


Outlook = Literal["past", "future"] | None
"""Where a verb looks; None where it does not tell."""


def outlook(doc: Doc, start: int, end: int) -> Outlook:
    """The direction told by the verb that governs characters [start, end); None where the text was not
    parsed.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span) or span[0].is_space:
        return None
    if span.start and doc[span.start - 1].lower_ == "effective":
        return "future"
    return _tense_above(span.root)


def _tense_above(token: Token) -> Outlook:
    verb = _verb(token)
    return None if verb is None else _tense(verb)


def _was(token: Token) -> bool:
    """True for `was due`, `had been scheduled`: a plan told as past."""
    above = [token.head, *token.head.children] if token.pos_ != "VERB" else []
    near = [token, *token.children, *above]
    return any(t.lower_ in ("was", "were", "had") for t in near)


def _verb(token: Token) -> Token | None:
    for _ in range(8):
        if token.pos_ in ("VERB", "AUX"):
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _tense(verb: Token) -> Outlook:
    """Tense of a verb group; infinitives and participles look at the verb above them."""
    for _ in range(4):
        auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
        words = {a.lower_ for a in auxiliaries}
        if words & _FUTURE_AUX:
            return "future"
        if verb.tag_ == "VBD" or words & {"was", "were", "had", "did"}:
            return "past"
        if words & {"has", "have", "'ve", "’ve"}:
            return "past"
        if "to" in words:
            above = verb.head
            if above.i == verb.i:
                return "future"
            if above.lemma_ in _PLANS or above.lemma_ == "be" or above.pos_ in ("NOUN", "ADJ"):
                return "past" if _was(above) else "future"
            verb = above
            continue
        if verb.tag_ in ("VBP", "VBZ") or words & {"is", "are", "'s", "’s"}:
            return "future" if verb.tag_ == "VBG" or verb.lemma_ in _PLANS else None
        if words & {"would", "could", "should", "may", "might", "can"}:
            return "future"
        if verb.tag_ in ("VBN", "VBG") and verb.head.i != verb.i and verb.dep_ not in ("ROOT",):
            if verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl"):
                return "future" if verb.lemma_ in _PLANS else "past"
            higher = _verb(verb.head)
            if higher is None:
                return None
            verb = higher
            continue
        return "past" if verb.tag_ == "VBN" else None
    return None
