"""Who does it and to whom: noun heads for each role of a trigger, best evidence first.

Roles are words, not yet actors; `who` turns a head into actors. A step is left for the next one when none
of its
heads names an actor, so that "imposed a curfew in Haiti" finds Haiti behind the curfew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from onrecord.extract.events import grammar
from onrecord.extract.events.lexicon import Match
from onrecord.extract.events.modality import Reading, carrier

if TYPE_CHECKING:
    from spacy.tokens import Token


class Names(Protocol):
    """What roles ask about a noun phrase, by its head."""

    def grade(self, head: Token) -> int:
        """How well it names an actor: 0 nobody, 1 somebody of unknown country, 2 somebody placed."""
        ...

    def of(self, head: Token) -> tuple[str, ...]:
        """The actors it stands for."""
        ...


TOWARDS = (
    "against", "with", "on", "upon", "at", "to", "toward", "towards", "into", "from", "between", "for",
    "over", "of",
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
OCCASIONS = frozenset(
    {"sideline", "sidelines", "margin", "margins", "fringe", "fringes", "eve", "occasion", "anniversary"}
)
"""What tells when or beside what sides met, and nobody whom they met."""
UNDERGOING = frozenset(
    {"experience", "suffer", "see", "face", "witness", "endure", "sustain", "survive", "fear"}
)
"""Verbs whose subject the event of their object befalls ("suffered an attack")."""


BY_AUTHORITIES = frozenset({"arrest", "deport", "sentence"})
"""Modes of a passive without agent that only the authorities of the place can do ("was arrested in
Lebanon").
"""
HOME = frozenset({"in", "near", "at", "inside", "outside", "across", "around", "along", "of"})
"""Prepositions whose object is where the other side lives, rather than the other side."""


@dataclass(frozen=True)
class Roles:
    """Heads of the phrases on each side."""

    sources: tuple[Token, ...]
    targets: tuple[Token, ...]
    unplaced: tuple[Token, ...] = ()
    """Heads found on the target's side whose country is not known, nearer than `targets`."""
    at_home: bool = False
    """Whether `targets` is only where the unplaced ones are."""
    together: bool = False
    """Both sides do it to each other."""


@dataclass(frozen=True)
class Step:
    """Heads to try for a role together; `place` when they tell where."""

    heads: list[Token]
    place: bool = False


def assign(match: Match, reading: Reading, type_id: str, names: Names) -> Roles:
    """Sources and targets of a trigger."""
    head = match.head
    verb = carrier(head)
    nominal = head.pos_ in ("NOUN", "PROPN")
    sources = _noun_sources(head, verb, names) if nominal else _verb_sources(match, verb, names)
    if reading.obliged and type_id == "REQUEST" and reading.speaker is not None:
        told = _named(grammar.subjects(reading.speaker), names)
        return Roles(tuple(told), tuple(_named(grammar.surface_subjects(head), names)))
    if not sources and not nominal and reading.speaker is not None and not grammar.passive(verb):
        sources = _named(grammar.subjects(reading.speaker), names)
    taken = {t.i for t in sources}
    actors = {a for t in sources for a in names.of(t)}
    crowd = match.entry.roles == "recip" and len(actors) > 1
    weak: list[Token] = []
    targets: list[Token] = []
    at_home = False
    for step in _noun_targets(head, verb, type_id) if nominal else _verb_targets(head, type_id):
        if crowd and (step.place or (type_id != "CONSULT" and any(t.dep_ == "dobj" for t in step.heads))):
            continue  # who signed is told; "a treaty in Lima" names no further side
        named = [t for t in _named(step.heads, names) if t.i not in taken and not _same(t, actors, names)]
        targets = [t for t in named if names.grade(t) > 1]
        if targets:
            at_home = step.place
            break
        weak += [t for t in named if not step.place]
    if match.entry.roles == "swap":
        return Roles(tuple(targets or weak), tuple(sources))
    if match.entry.roles == "self":
        return Roles(tuple(sources), ())
    return Roles(tuple(sources), tuple(targets), tuple(weak), at_home, match.entry.roles == "recip")


def _same(head: Token, actors: set[str], names: Names) -> bool:
    """Whether a phrase stands for the source itself ("its troops")."""
    own = names.of(head)
    return bool(own) and actors.issuperset(own)


def _named(heads: Iterable[Token], names: Names) -> list[Token]:
    return [h for h in {h.i: h for h in heads}.values() if names.grade(h)]


def _verb_sources(match: Match, verb: Token, names: Names) -> list[Token]:
    if match.entry.pos == "A":
        return _named(grammar.surface_subjects(verb), names)
    found = _named(grammar.subjects(verb), names)
    if not found and grammar.passive(verb):
        where = ("from", "in") if match.entry.mode in BY_AUTHORITIES else ("from",)
        for preposition in where:
            found = found or _named((n for p, n in grammar.prepositions(verb) if p == preposition), names)
    return [h for h in found if names.grade(h) > 1] or found


def _verb_targets(verb: Token, type_id: str) -> Iterable[Step]:
    if verb.pos_ not in ("ADJ", "ADV"):
        yield Step(grammar.datives(verb))
        objects = grammar.objects(verb)
        yield Step(objects)
        yield from _below(verb, type_id)
        for held in objects:
            yield from _below(held, type_id)
    else:
        objects = []
        yield from _below(verb, type_id)
    yield from _clause_targets(verb, type_id)
    for held in [*objects, *(n for _, n in grammar.prepositions(verb))]:
        yield from _clause_targets(held, type_id)


def _below(token: Token, type_id: str) -> Iterable[Step]:
    told = grammar.prepositions(token)
    for wanted in (*BY_TYPE.get(type_id, ()), *TOWARDS) if told else ():
        if heads := [n for p, n in told if p == wanted and n.lemma_.lower() not in OCCASIONS]:
            yield Step(heads, wanted in HOME or (wanted == "to" and type_id == "CONSULT"))


def _clause_targets(verb: Token, type_id: str, depth: int = 0) -> Iterable[Step]:
    for clause in grammar.complements(verb):
        yield Step([c for c in clause.children if c.dep_ in grammar.SUBJECTS | grammar.PASSIVE_SUBJECTS])
        yield Step(grammar.datives(clause))
        yield Step(grammar.objects(clause))
        yield from _below(clause, type_id)
        for held in grammar.objects(clause):
            yield from _below(held, type_id)
        if depth < 2:
            for inner in (clause, *grammar.objects(clause)):
                yield from _clause_targets(inner, type_id, depth + 1)
    for clause in (c for c in verb.children if c.dep_ == "advcl"):
        yield Step([c for c in clause.children if c.dep_ in grammar.SUBJECTS])
        if depth < 1:
            yield Step(grammar.objects(clause))
            yield from _below(clause, type_id)


def _noun_sources(noun: Token, verb: Token, names: Names) -> list[Token]:
    for labels in (("poss",), (), ("amod", "compound", "nmod")):
        if labels:
            heads = [m for c in noun.children if c.dep_ in labels for m in grammar.conjoined(c)]
        else:
            heads = [n for p, n in grammar.prepositions(noun) if p == "by"]
        if own := [h for h in _named(heads, names) if names.grade(h) > 1]:
            return own
    if own := _named((n for p, n in grammar.prepositions(noun) if p == "between"), names):
        return own
    taking_part = noun.dep_ == "pobj" and noun.head.lower_ in ("in", "on", "for")
    if verb.lemma_ in UNDERGOING and noun.dep_ == "dobj":
        return []
    if verb is not noun and (taking_part or noun.dep_ in ("dobj", "attr", "nsubjpass")):
        return _named((s for s in grammar.subjects(verb) if s.i != noun.i), names)
    return _named((n for p, n in grammar.prepositions(noun) if p in OWNERS), names)


def _noun_targets(noun: Token, verb: Token, type_id: str) -> Iterable[Step]:
    yield from _below(noun, type_id)
    if verb.lemma_ in UNDERGOING and noun.dep_ == "dobj":
        yield Step(grammar.subjects(verb))
    if verb is not noun and noun.dep_ in ("dobj", "pobj"):
        yield Step(grammar.datives(verb))
        yield from _below(verb, type_id)
