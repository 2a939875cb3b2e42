"""Pronouns of the third person, relative ones, and counted ones ("the two", "neither"), for an actor."""

from __future__ import annotations

from onrecord.annotate.names.spans import Found, Page

PERSONAL = frozenset({
    "he", "she", "they", "him", "her", "them", "his", "their", "hers", "theirs", "himself", "herself",
    "themselves", "both",
})  # fmt: skip
COUNTED = frozenset({"two", "three", "pair", "duo", "trio", "neither"})
"""Words that stand alone for as many as have been told of: "the two", "the pair", "neither"."""
RELATIVE = frozenset({"who", "which", "whom", "whose", "that"})
_SUBJECTS = ("nsubj", "nsubjpass")
_IMPERSONAL = frozenset({
    "rain", "snow", "seem", "appear", "happen", "matter", "turn", "be", "take", "make",
})  # fmt: skip


def find(page: Page) -> list[Found]:
    """He, she, they and their forms; `it` where it does something; who, which at the start of a clause."""
    found = []
    for i, word in enumerate(page.lower):
        if word in COUNTED and (span := _counted(page, i)) is not None:
            found.append(Found(page.starts[span[0]], page.end(span[1]), "pronoun", (), 2, "pronoun"))
        if word in PERSONAL or word == "it" or word in RELATIVE:
            token = page.tokens[i]
            if page.words[i] == "HE" and not all(
                w.isupper() for w in page.words[i + 1 : i + 4] if w.isalpha()
            ):
                continue  # His or Her Excellency
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


def _counted(page: Page, i: int) -> tuple[int, int] | None:
    """First and last token of a number that stands for people told before; None where it counts a noun.

    "The two", "all three", "the two of them", "the pair", "neither" as a subject; not "the two men",
    "a pair of shoes", "neither side", "one of the two boats".
    """
    word, token = page.lower[i], page.tokens[i]
    if word == "neither":
        return (i, i) if token.dep_ in _SUBJECTS and token.pos_ != "CCONJ" else None
    if not i or page.lower[i - 1] not in ("the", "these", "those", "all") or token.is_sent_start:
        return None
    if token.dep_ in ("nummod", "compound", "amod", "quantmod", "nmod", "npadvmod", "advmod"):
        return None
    if page.lower[i + 1 : i + 3] in (["of", "them"], ["of", "us"], ["of", "you"]):
        return (i - 1, i + 2)
    after = page.tokens[i + 1] if i + 1 < len(page.tokens) else None
    if after is not None and (
        after.lower_ in ("of", "-", "’s", "'s") or after.pos_ in ("NOUN", "NUM", "ADJ")
    ):
        return None
    return (i - 1, i)
