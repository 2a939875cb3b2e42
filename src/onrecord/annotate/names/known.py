"""Names that the registry knows, and names that the language model sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.annotate.names.spans import Found
from onrecord.facts.actors import Entry, Registry
from onrecord.types import Form

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_BEGIN = re.compile(r"(?<![\w.@#])(?=[A-ZÀ-ÞŁİ]|al-|al |el-)")
_PLACE_WORDS = frozenset(
    "in at near from to outside around inside into through across toward towards via over leave left "
    "outside".split()
)
_NAME_USES: dict[str, Form] = {"metonym": "metonym", "capital": "metonym"}
_HONORIFICS = frozenset(
    "mr mr. mrs mrs. ms ms. dr dr. sir lady lord sen. sens. rep. reps. gov. gen. lt. col. maj. capt. sgt. adm. "
    "president senator secretary minister governor judge justice general colonel professor prof. rev. "
    "ambassador king queen prince princess sheikh ayatollah pope cardinal mayor congressman congresswoman "
    "prime chancellor premier foreign vice speaker director chairman spokesman spokeswoman".split()
)


def matches(doc: Doc, registry: Registry) -> list[Found]:
    """Every place where words of the registry stand, as written there; places that are only places left out."""
    text = doc.text
    tokens = {token.idx: token for token in doc}
    found = []
    for begin in _BEGIN.finditer(text):
        start = begin.start()
        token = tokens.get(start)
        if token is None:
            continue
        form = _longest(text, start, registry)
        if form is None:
            continue
        end = start + len(form)
        entries = tuple(e for e in registry.forms[form] if _fits(e, token, form, text))
        if entries:
            use = entries[0].use
            keys = tuple(dict.fromkeys(e.key for e in entries))
            found.append(Found(start, end, _NAME_USES.get(use, "name"), keys, 2, use))
    return found


def _longest(text: str, start: int, registry: Registry) -> str | None:
    for form in registry.starts.get(text[start : start + 3], ()) + registry.starts.get(
        text[start : start + 2], ()
    ):
        end = start + len(form)
        if text.startswith(form, start) and not (
            end < len(text) and (text[end].isalnum() or text[end] == "_")
        ):
            return form
    return None


def _fits(entry: Entry, token: Token, form: str, text: str) -> bool:
    """Whether a word stands there for what the registry says, as far as its surroundings tell."""
    if entry.use == "capital":
        return acts(token)
    if entry.use == "short":
        return token.pos_ == "PROPN" and token.ent_type_ not in ("DATE", "TIME", "CARDINAL", "MONEY")
    if len(form) == 2 and form.isupper():
        return not text[max(0, token.idx - 12) : token.idx + 14].isupper()
    return True


def acts(token: Token) -> bool:
    """Whether a city's name stands for its government: it does something, owns something, or is dealt with."""
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    if token.ent_type_ == "PERSON" or token.dep_ in ("npadvmod", "appos", "compound", "amod", "nmod"):
        return False
    if token.dep_ == "pobj":
        return token.head.lower_ in ("with", "between", "by", "against")
    return token.dep_ in ("nsubj", "nsubjpass", "poss", "agent", "dative")


def entities(doc: Doc, registry: Registry) -> list[Found]:
    """People and organisations that the language model names."""
    found = []
    for entity in doc.ents:
        if entity.label_ not in ("PERSON", "ORG"):
            continue
        start, end = _trimmed(entity)
        if end <= start:
            continue
        words = doc.text[start:end]
        if words in registry.forms or not words[0].isalpha():
            continue
        key = () if entity.label_ == "PERSON" else ("org:?",)
        found.append(Found(start, end, "name", key, 1, entity.label_.lower()))
    return found


def _trimmed(entity: Span) -> tuple[int, int]:
    """The characters of an entity without titles before it and without a possessive ending."""
    tokens = list(entity)
    while tokens and (
        tokens[-1].lower_ in ("'s", "’s", "'", "’") or tokens[-1].is_space or tokens[-1].is_punct
    ):
        tokens.pop()
    drop = ("the", "a", "an") if entity.label_ == "ORG" else _HONORIFICS
    while tokens and (tokens[0].lower_ in drop or tokens[0].is_space or tokens[0].is_punct):
        tokens.pop(0)
    return (tokens[0].idx, tokens[-1].idx + len(tokens[-1])) if tokens else (0, 0)
