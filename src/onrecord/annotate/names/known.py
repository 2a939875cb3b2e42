"""Names that the registry knows, wherever they stand in a text as they are written there."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from onrecord.annotate.names.spans import Found, Page
from onrecord.facts.actors import Entry, Registry
from onrecord.types import Form

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEGIN = re.compile(r"(?<![\w.@#])(?:[A-ZÀ-ÞŁİ]|al-|al |el-)")
_FORMS: dict[str, Form] = {"metonym": "metonym", "capital": "metonym"}
_DEALT_WITH = frozenset({"with", "between", "by", "against", "among"})
_JOINTS = ("-", "–", "/")
_DONE_TO_GOVERNMENTS = frozenset({
    "warn", "accuse", "urge", "press", "ask", "tell", "blame", "criticize", "criticise", "condemn",
    "threaten", "sanction", "pressure", "persuade", "call", "assure", "inform", "remind", "challenge",
    "anger", "irritate", "provoke", "please", "back", "support", "rebuff", "force", "push", "invite",
    "thank", "praise", "reassure", "implore", "beg", "embarrass", "isolate", "punish", "court", "woo",
    "defy", "alarm", "worry",
})  # fmt: skip
"""Verbs whose object, where it is a capital, is a government: "accused Paris", not "visited Paris"."""
_NOT_A_NAME = frozenset({"DATE", "TIME", "CARDINAL", "MONEY", "ORDINAL", "PERCENT"})
_PEOPLE_NAMED_LIKE_PLACES = frozenset(
    {"Jordan", "Chad", "Georgia", "Israel", "Paris", "Sofia", "Victoria", "Lima"}
)


def matches(page: Page, registry: Registry) -> list[Found]:
    """Every place where words of the registry stand; cities that are no more than places are left out."""
    found = []
    for begin in _BEGIN.finditer(page.text):
        start = begin.start()
        i = page.at.get(start)
        if i is None and page.text[start - 1 : start] in _JOINTS and start:
            i = bisect_right(page.starts, start) - 1
        form = longest(page.text, start, registry) if i is not None else None
        if form is None or i is None:
            continue
        entries = [
            e
            for e in registry.forms[form]
            if _fits(e, page.tokens[i], form, page) and not (e.use == "short" and form in registry.places)
        ]
        if entries:
            keys = tuple(dict.fromkeys(e.key for e in entries))
            use = entries[0].use
            found.append(Found(start, start + len(form), _FORMS.get(use, "name"), keys, 2, use))
    return found


def longest(text: str, start: int, registry: Registry) -> str | None:
    """The longest form of the registry that stands at a place of a text, as whole words."""
    three, two = text[start : start + 3], text[start : start + 2]
    for form in registry.starts.get(three, ()) + (registry.starts.get(two, ()) if two != three else ()):
        end = start + len(form)
        if text.startswith(form, start) and not (
            end < len(text) and (text[end].isalnum() or text[end] == "_")
        ):
            return form
    return None


def _fits(entry: Entry, token: Token, form: str, page: Page) -> bool:
    """Whether a word stands there for what the registry says, as far as its surroundings tell."""
    if entry.use == "capital":
        return acts(token)
    if entry.use == "short":
        return token.pos_ == "PROPN" and token.ent_type_ not in _NOT_A_NAME
    if form in _PEOPLE_NAMED_LIKE_PLACES and token.ent_type_ == "PERSON":
        return not _is_given_name(token, page)
    if len(form) <= 3 and form.isupper():
        around = page.text[max(0, token.idx - 12) : token.idx + 14]
        return not around.isupper()
    return True


def _is_given_name(token: Token, page: Page) -> bool:
    """Whether a state's name is somebody's here: one with a family name stands in the article."""
    return any(e.label_ == "PERSON" and len(e) > 1 and e[0].text == token.text for e in page.doc.ents)


def acts(token: Token) -> bool:
    """Whether a city's name stands for its government: it does or owns something, or is dealt with."""
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    is_person = token.ent_type_ == "PERSON" and token.text in _PEOPLE_NAMED_LIKE_PLACES
    if is_person or token.dep_ in ("npadvmod", "appos", "compound", "amod", "nmod"):
        return False
    if token.dep_ == "pobj":
        return token.head.lower_ in _DEALT_WITH
    if token.dep_ in ("dobj", "ccomp", "xcomp"):
        return token.head.lemma_ in _DONE_TO_GOVERNMENTS
    return token.dep_ in ("nsubj", "nsubjpass", "poss", "agent", "dative")
