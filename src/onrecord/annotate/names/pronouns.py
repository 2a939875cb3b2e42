"""Pronouns of the third person, and relative ones, that may stand for an actor."""

from __future__ import annotations

from onrecord.annotate.names.spans import Found, Page

PERSONAL = frozenset({
    "he", "she", "they", "him", "her", "them", "his", "their", "hers", "theirs", "himself", "herself",
    "themselves", "both",
})  # fmt: skip
RELATIVE = frozenset({"who", "which", "whom", "whose", "that"})
_SUBJECTS = ("nsubj", "nsubjpass")
_IMPERSONAL = frozenset({
    "rain", "snow", "seem", "appear", "happen", "matter", "turn", "be", "take", "make",
})  # fmt: skip


def find(page: Page) -> list[Found]:
    """He, she, they and their forms; `it` where it does something; who, which at the start of a clause."""
    found = []
    for i, word in enumerate(page.lower):
        if word in PERSONAL or word == "it" or word in RELATIVE:
            token = page.tokens[i]
            if word == "it" and not (
                token.dep_ in _SUBJECTS and token.head.lemma_ not in _IMPERSONAL and token.head.pos_ == "VERB"
            ):
                continue
            if word in RELATIVE and not (
                (token.dep_ in _SUBJECTS and token.head.dep_ == "relcl")
                or (word in ("who", "whose", "whom") and i and not token.is_sent_start and _follows(page, i))
            ):
                continue
            if word == "both" and token.dep_ not in _SUBJECTS:
                continue
            found.append(Found(page.starts[i], page.end(i), "pronoun", (), 0, "pronoun"))
    return found


def _follows(page: Page, i: int) -> bool:
    """Whether a noun stands right before a relative pronoun, with or without a comma."""
    before = i - 2 if page.lower[i - 1] in (",", "—", "–", "-", ")") and i > 1 else i - 1
    return page.tokens[before].pos_ in ("NOUN", "PROPN") or page.lower[before] in ("'s", "’s")
