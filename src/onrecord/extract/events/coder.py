"""From a sentence to its event candidates: trigger, reading, roles, score. The heart of the event coder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.extract.events import grammar
from onrecord.extract.events.lexicon import Lexicon, Match
from onrecord.extract.events.modality import MEANT, OBLIGATION, Operators, Reading, carrier, reading_of, shift
from onrecord.extract.events.roles import Names, Roles, assign
from onrecord.facts.plover import Entry, Ontology, ontology
from onrecord.types import EventStatus

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

DOMINATING = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})
"""Types whose clause below tells what is agreed, asked, refused or threatened, and no event of its own."""
EMBEDDED = 0.8
"""Score lost for each clause between trigger and root (saying verbs not counted)."""
NOUN = 0.6
"""Score lost by a noun: "attack" names an event less surely than "attacked"."""
ASIDE = 0.7
"""Score lost in relative and adverbial clauses."""
BOTH, ONE = 1.2, 0.5
"""Score gained when both sides, or one, name an actor."""


OBLIGED = Entry(words=("must",), pos="V", type="REQUEST", mode="demand", weight=1.8)
"""What any verb under "must" tells when somebody says so ("said the rebels must disarm")."""


@dataclass(frozen=True)
class Candidate:
    """One possible event: what the trigger says, who is on each side, and how sure the rules are."""

    head: Token
    tokens: tuple[Token, ...]
    base: str
    """The trigger's own type, before modality."""
    type: str
    mode: str | None
    status: EventStatus
    roles: Roles
    reading: Reading
    score: float
    rule: str
    dominated: bool = False


@dataclass(frozen=True)
class Coder:
    """An ontology made ready: lexicon and operators."""

    known: Ontology
    lexicon: Lexicon
    operators: Operators

    def candidates(self, sentence: Span | Iterable[Token], names: Names) -> list[Candidate]:
        """Candidates of a sentence, the surest first; `names` tells whom noun phrases name."""
        matches = {m.head.i: m for m in self._matches(sentence)}
        found = [c for m in matches.values() if (c := self._candidate(m, matches, names)) is not None]
        return sorted(_once(found), key=lambda c: (-c.score, c.head.i))

    def _matches(self, sentence: Iterable[Token]) -> Iterator[Match]:
        hyphen = False
        for token in sentence:
            joined, hyphen = hyphen, token.text == "-"
            if not joined and token.dep_ != "ccomp" and not self.lexicon.may_match(token):
                continue
            found = self.lexicon.match(token)
            if found is None and token.dep_ == "ccomp" and grammar.auxiliaries(token) & OBLIGATION:
                found = Match(token, (token,), OBLIGED, OBLIGED.weight)
            if found is not None and not _to_itself(found):
                yield found

    def _candidate(self, match: Match, matches: dict[int, Match], names: Names) -> Candidate | None:
        head, entry = match.head, match.entry
        if head.pos_ in ("NOUN", "PROPN") and _told_by_verb(head, matches):
            return None
        if head.pos_ == "VERB" and (head.dep_ == "amod" or self._by_nature(head, entry)):
            return None
        reading = reading_of(head, self.operators)
        if entry is OBLIGED and (reading.speaker is None or not reading.obliged or reading.negated):
            return None
        if match.entry.pos == "A" and head.pos_ in ("VERB", "AUX"):
            reading = replace(reading, negated=grammar.negated(head))
        type_id, mode, status, rule = shift(entry.type, entry.mode, reading, self.known)
        if reading.obliged and reading.speaker is not None and not reading.negated:
            type_id, mode, status, rule = "REQUEST", "demand", "happened", "said that another must → REQUEST"
        type_id, mode, status, rule = self._below(head, matches, (type_id, mode, status, rule))
        if type_id in ("AGREE", "THREATEN") and status == "happened" and head.lemma_.lower() in MEANT:
            status = "planned"
        if type_id not in self.known.types:
            type_id, mode, rule = entry.type, entry.mode, f"{rule}, unknown here"
        roles = assign(match, reading, type_id, names)
        dominated = any(
            g.i in matches and matches[g.i].entry.type in DOMINATING and matches[g.i].entry.weight > 0.9
            for g in reading.governors
        )
        score = match.rank - EMBEDDED * reading.embedded + _sides(roles)
        score -= NOUN * (head.pos_ in ("NOUN", "PROPN"))
        score -= ASIDE * (carrier(head).dep_ in ("relcl", "advcl", "acl"))
        score -= 1.5 * dominated + 1.0 * (status == "hypothetical") + 0.3 * (status == "denied")
        words = " ".join(t.text for t in match.tokens)
        why = f"{words!r}: {entry.type}" + (f" ({rule})" if rule else "")
        return Candidate(
            head=head, tokens=match.tokens, base=entry.type, type=type_id, mode=mode, status=status,
            roles=roles,
            reading=reading, score=score, rule=why, dominated=dominated,
        )  # fmt: skip

    def _by_nature(self, verb: Token, entry: Entry) -> bool:
        """Whether what does the harm is a storm, a disease or an accident."""
        if self.known.types[entry.type].cooperative:
            return False
        harm = self.known.classes.get("nature", frozenset())
        named = [*grammar.subjects(verb), *(c for c in verb.lefts if c.dep_ == "npadvmod")]
        words = {w.lower_ for s in named for w in s.children if w.dep_ == "compound"}  # "a heart attack"
        return any(s.lemma_.lower() in harm for s in named) or not words.isdisjoint(harm)

    def _below(
        self, head: Token, matches: dict[int, Match], told: tuple[str, str | None, EventStatus, str]
    ) -> tuple[str, str | None, EventStatus, str]:
        """A promise of conflict is a threat, a promise not to cooperate a rejection."""
        if (
            told[0] != "AGREE"
            or told[2] == "hypothetical"
            or self.operators.effect(head) not in ("intend", None)
        ):
            return told
        for clause in grammar.complements(head):
            under = matches.get(clause.i)
            if under is None:
                continue
            kind = self.known.types[under.entry.type]
            negated = grammar.negated(clause)
            if kind.id == "SANCTION" and head.lemma_ == "agree" and not negated and told[2] == "happened":
                return kind.id, under.entry.mode, "happened", "agreed by those who impose it → SANCTION"
            if kind.material and not kind.cooperative and not negated and kind.id != "MOBILIZE":
                return "THREATEN", None, told[2], f"readiness for {kind.id} → THREATEN"
            if kind.cooperative and negated:
                return "REJECT", "refuse", told[2], f"promise of no {kind.id} → REJECT"
        return told


def _once(found: list[Candidate]) -> list[Candidate]:
    """A deed that is the subject of a verb of its type is one event ("the *bombing* by B *killed* five")."""
    by_head = {c.head.i: c for c in found}
    gone: set[int] = set()
    for deed in found:
        verb = by_head.get(deed.head.head.i)
        if deed.head.dep_ != "nsubj" or verb is None or verb is deed or verb.base != deed.base:
            continue
        if deed.roles.targets and not verb.roles.targets:
            by_head[deed.head.i] = replace(deed, score=max(deed.score, verb.score))
            gone.add(verb.head.i)
        elif verb.roles.targets:
            gone.add(deed.head.i)
    return [c for i, c in by_head.items() if i not in gone]


def _to_itself(match: Match) -> bool:
    """Whether somebody does harm or good to himself, which is no event between sides."""
    held = grammar.objects(match.head) if match.head.pos_ == "VERB" and match.entry.type in _ON_OTHERS else ()
    return match.head.lemma_ != "blow" and any(o.lower_.endswith(("self", "selves")) for o in held)


_ON_OTHERS = frozenset({"ASSAULT", "AID"})


def _told_by_verb(noun: Token, matches: dict[int, Match]) -> bool:
    """Whether a noun is the object of a verb that already tells the event ("held talks")."""
    verb = noun.head
    if noun.dep_ == "pobj" and verb.pos_ == "ADP":
        above = verb.head
        if above.lemma_.lower() in grammar.TRANSPARENT:
            return _told_by_verb(above, matches)
        if above.pos_ == "VERB" and above.i in matches:
            return any(n.slot == verb.lower_ for n in _slots(matches[above.i]))
        return False
    if noun.dep_ == "conj":
        return _told_by_verb(verb, matches) if verb.pos_ in ("NOUN", "PROPN") else False
    told = matches.get(verb.i)
    if told is None or noun.dep_ not in ("dobj", "nsubjpass"):
        return False
    return any(n.slot in ("obj", "any", "mod") for n in _slots(told))


def _slots(match: Match) -> tuple[_Slot, ...]:
    return tuple(_Slot(n.lstrip("!").partition(":")[0]) for n in match.entry.needs if not n.startswith("!"))


@dataclass(frozen=True)
class _Slot:
    slot: str


def _sides(roles: Roles) -> float:
    if roles.sources and (roles.targets or roles.unplaced):
        return BOTH
    if roles.together and roles.several:
        return BOTH
    return ONE if roles.sources or roles.targets or roles.unplaced else 0.0


@lru_cache(maxsize=4)
def coder(more: tuple[Path, ...] = (), instead: tuple[Path, ...] = ()) -> Coder:
    """The coder of the shipped ontology with a user's own tables (`Ontology.load`); made once."""
    known = ontology(more, instead)
    return Coder(known=known, lexicon=Lexicon(known), operators=Operators(known))
