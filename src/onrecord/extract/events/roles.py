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
from onrecord.facts.plover import Entry

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

    def owner(self, head: Token) -> tuple[str, ...]:
        """The actors that its possessive pronoun stands for."""
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
OBJECTIVE = frozenset({"ASSAULT", "COERCE", "ACCUSE", "SANCTION"})
"""Types of nouns whose "of" leads to the other side ("the killing of")."""
SUBJECTIVE = frozenset(
    {"attack", "strike", "raid", "offensive", "accusation", "allegation", "aggression", "crackdown", "clash"}
)
"""Nouns of these types whose "of" leads to who does it all the same."""
OWN_FORCES = frozenset({"peacekeeping", "troops", "weapons", "police", "withdraw"})
"""Modes in which an actor moves forces of its own."""
HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "ACCUSE"})
"""Types that are seldom done to what is one's own."""
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
    several: bool = False
    """The sources name more than one actor."""


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
    sources = _noun_sources(match, verb, names) if nominal else _verb_sources(match, verb, names)
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
    swapped = match.entry.roles == "swap"
    for step in _noun_targets(head, verb, type_id) if nominal else _verb_targets(match, type_id):
        if crowd and (step.place or (type_id != "CONSULT" and any(t.dep_ == "dobj" for t in step.heads))):
            continue  # who signed is told; "a treaty in Lima" names no further side
        named = [
            t for t in _named(step.heads, names)
            if t.i not in taken and not _same(t, actors, names, own=type_id not in HOSTILE)
        ]  # fmt: skip
        targets = [t for t in named if names.grade(t) > 1]
        if targets:
            at_home = step.place
            break
        weak += [t for t in named if not step.place]
    if not targets and not nominal:
        told = _of_speaker(head, reading, type_id)
        targets = [t for t in _named(told, names) if not _same(t, actors, names, own=False)]
    if swapped:
        return Roles(tuple(targets or weak), tuple(sources))
    if match.entry.roles == "self":
        return Roles(tuple(sources), ())
    together = match.entry.roles == "recip"
    return Roles(tuple(sources), tuple(targets), tuple(weak), at_home, together, len(actors) > 1)


def _same(head: Token, actors: set[str], names: Names, *, own: bool) -> bool:
    """Whether a phrase stands for the source itself, or (`own`) for what is its own ("its troops")."""
    found = names.of(head)
    return (bool(found) and actors.issuperset(found)) or (own and not actors.isdisjoint(names.owner(head)))


def _of_speaker(verb: Token, reading: Reading, type_id: str) -> list[Token]:
    """The other side as the verb of saying tells it: whose own is harmed, or who is spoken to.

    "Peru said that ships had shelled *its* port"; "Peru told *Chile* that it would pay".
    """
    if reading.speaker is None:
        return []
    if type_id in HOSTILE:
        theirs = any(c.tag_ == "PRP$" for o in grammar.objects(verb) for c in o.children)
        return grammar.subjects(reading.speaker) if theirs else []
    spoken_to = [n for p, n in grammar.prepositions(reading.speaker) if p == "to"]
    return [*grammar.datives(reading.speaker), *grammar.objects(reading.speaker), *spoken_to]


def _named(heads: Iterable[Token], names: Names) -> list[Token]:
    return [h for h in {h.i: h for h in heads}.values() if names.grade(h)]


def _verb_sources(match: Match, verb: Token, names: Names) -> list[Token]:
    if match.entry.pos == "A":
        return _named(grammar.surface_subjects(verb), names)
    found = _named((d for s in grammar.subjects(verb) for d in _doers(s, names)), names)
    if not found and grammar.passive(verb) and _moves_forces(match.entry):
        found = _named(grammar.objects(verb), names)
    if not found and grammar.passive(verb):
        where = ("from", "in") if match.entry.mode in BY_AUTHORITIES else ("from",)
        for preposition in where:
            found = found or _named((n for p, n in grammar.prepositions(verb) if p == preposition), names)
    return [h for h in found if names.grade(h) > 1] or found


def _doers(subject: Token, names: Names) -> list[Token]:
    """Who stands behind a subject that is itself a deed ("the bombing of a village *by planes* killed")."""
    return _named((n for p, n in grammar.prepositions(subject) if p == "by"), names) or [subject]


def _moves_forces(entry: Entry) -> bool:
    """Whether what is sent or withdrawn are forces: told without an agent, they are the actor's own."""
    return entry.type in ("AID", "MOBILIZE", "RETREAT") and entry.mode in OWN_FORCES


def _verb_targets(match: Match, type_id: str) -> Iterable[Step]:
    verb = match.head
    for part in match.tokens[1:]:
        if part.pos_ == "ADP":  # "stood *by Cyprus*"
            yield Step([n for c in part.children if c.dep_ == "pobj" for n in grammar.conjoined(c)])
    if match.entry.roles == "swap":
        yield Step([n for p, n in grammar.prepositions(verb) if p in ("under", "by", "from")])
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
        yield Step([*grammar.objects(clause), *(c for c in clause.children if c.dep_ in ("oprd", "attr"))])
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


def _noun_sources(match: Match, verb: Token, names: Names) -> list[Token]:
    noun = match.head
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
    told = grammar.prepositions(noun)
    for owner in _owners(match):
        if own := _named((n for p, n in told if p == owner), names):
            return own
    return []


def _owners(match: Match) -> tuple[str, ...]:
    """Prepositions that lead from a noun to who does it, surest first; not "the arrest *of*"."""
    kind, noun = match.entry, match.head.lemma_.lower()
    if kind.type == "RETREAT" and kind.mode not in ("release", "access"):
        return ("by", "of", "from")
    undergone = kind.type in OBJECTIVE or kind.mode in ("release", "access")
    return ("by", "from") if undergone and noun not in SUBJECTIVE else ("by", "from", "of")


def _noun_targets(noun: Token, verb: Token, type_id: str) -> Iterable[Step]:
    yield from _below(noun, type_id)
    if verb.lemma_ in UNDERGOING and noun.dep_ == "dobj":
        yield Step(grammar.subjects(verb))
    if verb is not noun and noun.dep_ in ("dobj", "pobj", "nsubjpass"):
        yield Step(grammar.datives(verb))
        yield from _below(verb, type_id)
    for doer in (n for p, n in grammar.prepositions(noun) if p == "by"):
        yield from _below(doer, type_id)  # "a march by nurses *against* the government"
