"""Who does it and to whom: noun heads for each role of a trigger, best evidence first.

Roles are words, not yet actors; `who` turns a head into actors. A step is left for the next one when none of its
heads names an actor, so that "imposed a curfew in Haiti" finds Haiti behind the curfew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.events import grammar
from onrecord.extract.events.lexicon import Match
from onrecord.extract.events.modality import Reading, carrier

if TYPE_CHECKING:
    from spacy.tokens import Token

Names = Callable[["Token"], bool]
"""Whether a noun phrase, by its head, stands for an actor."""

TOWARDS = (
    "against", "with", "on", "upon", "at", "to", "toward", "towards", "into", "from", "between", "for", "over", "of",
    "in", "inside", "near", "outside", "across", "along", "around", "through", "about", "off",
)  # fmt: skip
"""Prepositions that lead to the other side, best first."""
BY_TYPE = {
    "AID": ("to", "for", "in", "from", "with"),
    "RETREAT": ("from", "to", "in", "with", "of", "on"),
    "REQUEST": ("on", "upon", "to", "from", "of", "for", "with", "in"),
    "CONSULT": ("with", "to", "in", "between", "at", "for"),
    "SANCTION": ("on", "against", "to", "from", "with", "in", "for"),
    "AGREE": ("with", "to", "in", "for", "from", "on", "between", "against"),
    "PROTEST": ("against", "at", "over", "in", "of", "from", "outside", "for", "to"),
}
OWNERS = ("by", "from", "of")


@dataclass(frozen=True)
class Roles:
    """Heads of the phrases on each side; `why` says how they were found."""

    sources: tuple[Token, ...]
    targets: tuple[Token, ...]
    together: bool = False
    """Both sides do it to each other."""


def assign(match: Match, reading: Reading, type_id: str, names: Names) -> Roles:
    """Sources and targets of a trigger."""
    head = match.head
    verb = carrier(head)
    nominal = head.pos_ in ("NOUN", "PROPN")
    sources = _noun_sources(head, verb, names) if nominal else _verb_sources(head, names)
    if reading.obliged and type_id == "REQUEST" and reading.speaker is not None:
        told = _named(grammar.subjects(reading.speaker), names)
        return Roles(tuple(told), tuple(_named(grammar.subjects(head), names)))
    taken = {t.i for t in sources}
    steps = _noun_targets(head, verb, type_id) if nominal else _verb_targets(head, type_id)
    targets: list[Token] = []
    for step in steps:
        targets = [t for t in _named(step, names) if t.i not in taken]
        if targets:
            break
    if not sources and reading.speaker is not None and not grammar.passive(verb):
        sources = _named(grammar.subjects(reading.speaker), names)
    if match.entry.roles == "swap":
        sources, targets = targets, sources
    if match.entry.roles == "self":
        targets = []
    return Roles(tuple(sources), tuple(targets), match.entry.roles == "recip")


def _named(heads: Iterable[Token], names: Names) -> list[Token]:
    seen: dict[int, Token] = {}
    for head in heads:
        if head.i not in seen and names(head):
            seen[head.i] = head
    return list(seen.values())


def _verb_sources(verb: Token, names: Names) -> list[Token]:
    if verb.pos_ in ("ADJ", "ADV"):
        verb = carrier(verb)
    found = _named(grammar.subjects(verb), names)
    if found:
        return found
    if grammar.passive(verb):
        for preposition in ("from", "in", "on"):
            if preposition == "from" and (
                told := _named((n for p, n in grammar.prepositions(verb) if p == preposition), names)
            ):
                return told
    return []


def _verb_targets(verb: Token, type_id: str) -> Iterable[list[Token]]:
    if verb.pos_ in ("ADJ", "ADV"):
        yield from _below(verb, type_id)
        yield from _clause_targets(verb, type_id)
        return
    yield grammar.datives(verb)
    objects = grammar.objects(verb)
    yield objects
    yield from _below(verb, type_id)
    for held in objects:
        yield from _below(held, type_id)
    yield from _clause_targets(verb, type_id)


def _below(token: Token, type_id: str) -> Iterable[list[Token]]:
    told = grammar.prepositions(token)
    for wanted in (*BY_TYPE.get(type_id, ()), *TOWARDS):
        yield [n for p, n in told if p == wanted]


def _clause_targets(verb: Token, type_id: str, depth: int = 0) -> Iterable[list[Token]]:
    for clause in grammar.complements(verb):
        yield [c for c in clause.children if c.dep_ in grammar.SUBJECTS | grammar.PASSIVE_SUBJECTS]
        yield grammar.datives(clause)
        yield grammar.objects(clause)
        yield from _below(clause, type_id)
        for held in grammar.objects(clause):
            yield from _below(held, type_id)
        if depth < 2:
            yield from _clause_targets(clause, type_id, depth + 1)
    for clause in (c for c in verb.children if c.dep_ == "advcl"):
        yield [c for c in clause.children if c.dep_ in grammar.SUBJECTS]
        if depth < 1:
            yield grammar.objects(clause)
            yield from _below(clause, type_id)


def _noun_sources(noun: Token, verb: Token, names: Names) -> list[Token]:
    own = _named((m for c in noun.children if c.dep_ in ("poss",) for m in grammar.conjoined(c)), names)
    own = own or _named((n for p, n in grammar.prepositions(noun) if p == "by"), names)
    own = own or _named(
        (m for c in noun.children if c.dep_ in ("amod", "compound", "nmod") for m in grammar.conjoined(c)),
        names,
    )
    own = own or _named((n for p, n in grammar.prepositions(noun) if p == "between"), names)
    if own:
        return own
    if verb is not noun and noun.dep_ in ("dobj", "pobj", "attr", "nsubjpass"):
        return _named((s for s in grammar.subjects(verb) if s.i != noun.i), names)
    return _named((n for p, n in grammar.prepositions(noun) if p in OWNERS), names)


def _noun_targets(noun: Token, verb: Token, type_id: str) -> Iterable[list[Token]]:
    yield from _below(noun, type_id)
    if verb is not noun and noun.dep_ in ("dobj", "pobj"):
        yield grammar.datives(verb)
        yield from _below(verb, type_id)
