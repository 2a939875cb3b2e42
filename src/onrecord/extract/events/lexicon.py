"""The lexicon made ready for matching: which entry, if any, a word in its sentence brings.

Entries are indexed by the word that heads them; conditions are tried only where that word stands, so the cost
is one look-up a token.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.events import grammar
from onrecord.facts.plover import Entry, Ontology

if TYPE_CHECKING:
    from spacy.tokens import Token

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN"})
CONTENT = VERBAL | NOMINAL | {"ADJ", "ADV"}
REACH = 5
"""Tokens after a verb within which the other parts of "carry … out" are looked for."""
NEED_BONUS, PART_BONUS = 0.4, 0.6
"""What a fulfilled condition and a further part add to an entry's weight when several entries fit a word."""


@dataclass(frozen=True)
class Need:
    """One condition of an entry: a slot must (or must not) hold one of the words; None is any word."""

    slot: str
    words: frozenset[str] | None
    wanted: bool


@dataclass(frozen=True)
class Pattern:
    """An entry for one of its words."""

    parts: tuple[str, ...]
    needs: tuple[Need, ...]
    entry: Entry
    rank: float


@dataclass(frozen=True)
class Match:
    """An entry found at a word; `tokens` are all its parts in text order."""

    head: Token
    tokens: tuple[Token, ...]
    entry: Entry
    rank: float


def _need(text: str, known: Ontology) -> Need:
    slot, _, told = text.lstrip("!").partition(":")
    values = told.split("/") if told else []
    words: frozenset[str] | None
    if "*" in values:
        words = None
    else:
        words = frozenset().union(*(known.classes[v[1:]] if v[:1] == "@" else {v} for v in values))
    return Need(slot=slot, words=words, wanted=not text.startswith("!"))


def _rank(entry: Entry, parts: tuple[str, ...], needs: tuple[Need, ...]) -> float:
    wanted = sum(1.0 if n.words is not None else 0.5 for n in needs if n.wanted)
    return entry.weight + NEED_BONUS * wanted + PART_BONUS * (len(parts) - 1)


class Lexicon:
    """All patterns by head word and part of speech."""

    def __init__(self, known: Ontology) -> None:
        self._forms: dict[tuple[int, int, int], bool] = {}
        self._verbs: dict[str, list[Pattern]] = defaultdict(list)
        self._nouns: dict[str, list[Pattern]] = defaultdict(list)
        self._adjectives: dict[str, list[Pattern]] = defaultdict(list)
        by_pos = {"V": self._verbs, "N": self._nouns, "A": self._adjectives}
        for entry in known.entries:
            needs = tuple(_need(text, known) for text in entry.needs)
            for words in entry.words:
                parts = tuple(words.split())
                index = parts[-1] if entry.pos == "N" else parts[0]
                by_pos[entry.pos][index].append(Pattern(parts, needs, entry, _rank(entry, parts, needs)))

    def may_match(self, token: Token) -> bool:
        """Whether any entry is headed by a word's form; a cheap look, kept by form, before `match`."""
        form = (token.pos, token.lemma, token.lower)
        known = self._forms.get(form)
        if known is None:
            words = {token.lemma_.lower(), token.lower_, _with_e(token.lower_), _singular(token)}
            indices = (self._verbs, self._nouns, self._adjectives)
            known = token.pos_ in CONTENT and any(w in index for w in words for index in indices)
            self._forms[form] = known
        return known

    def match(self, token: Token) -> Match | None:
        """The best entry at a word; None when none fits or an entry of negative weight takes it out."""
        patterns, pos = self._patterns(token)
        if not patterns:
            return None
        slots = Slots(token)
        best: Match | None = None
        for pattern in patterns:
            if best is not None and pattern.rank <= best.rank and pattern.entry.weight >= 0:
                continue
            tokens = _parts(token, pattern.parts, pos)
            if tokens is None or not all(slots.fulfils(need) for need in pattern.needs):
                continue
            if pattern.entry.weight < 0:
                return None
            best = Match(token, tokens, pattern.entry, pattern.rank)
        return best

    def _patterns(self, token: Token) -> tuple[list[Pattern] | None, str]:
        pos, lemma = token.pos_, token.lemma_.lower()
        if (joined := hyphenated(token)) is not None:
            for by_word, kind in ((self._nouns, "N"), (self._verbs, "V")):
                if found := by_word.get(joined):
                    return found, kind
        if pos in VERBAL:
            return self._verb_patterns(token, lemma), "V"
        if pos in NOMINAL:
            found = self._nouns.get(lemma) or self._nouns.get(token.lower_)
            return found or self._nouns.get(_singular(token)), "N"
        if pos in ("ADJ", "ADV"):
            return self._adjectives.get(lemma), "A"
        return None, ""

    def _verb_patterns(self, token: Token, lemma: str) -> list[Pattern] | None:
        """Verbs; a participle after "be" may be an adjective of the lexicon ("is committed to")."""
        if token.tag_ == "VBN" and token.lower_ in self._adjectives and grammar.passive(token):
            return self._adjectives[token.lower_]
        found = self._verbs.get(lemma)
        if found is None and token.tag_ in ("VBD", "VBN", "VBG"):
            found = self._verbs.get(_with_e(token.lower_))
        return found or self._verbs.get(token.lower_)


def hyphenated(token: Token) -> str | None:
    """The word with its hyphen ("cease-fire"), which the tokenizer cuts into three, seen from its last
    part.
    """
    doc, i = token.doc, token.i
    if i < 2 or doc[i - 1].text != "-" or doc[i - 1].idx + 1 != token.idx:
        return None
    return f"{doc[i - 2].lower_}-{token.lemma_.lower()}"


def _singular(noun: Token) -> str:
    """A noun that the tagger took for a name keeps its plural in the lemma ("Visas for …")."""
    return noun.lower_.removesuffix("s") if noun.pos_ == "PROPN" else noun.lower_


def _with_e(form: str) -> str:
    """The infinitive in -e behind a form that rule lemmatizers cut too short ("staged" → stage, not
    "stag").
    """
    if form.endswith("ied"):
        return form[:-3] + "y"
    if form.endswith("ed"):
        return form[:-1]
    return form[:-3] + "e" if form.endswith("ing") else form


def _parts(token: Token, parts: tuple[str, ...], pos: str) -> tuple[Token, ...] | None:
    """Tokens of a pattern of several words around its head, or None when one is missing."""
    if len(parts) == 1:
        doc = token.doc
        return (doc[token.i - 2], doc[token.i - 1], token) if "-" in parts[0] and token.i > 1 else (token,)
    doc = token.doc
    if pos == "N":
        start = token.i - len(parts) + 1
        if start < 0:
            return None
        if not all(_is(doc[start + n], parts[n]) for n in range(len(parts) - 2, -1, -1)):
            return None
        return tuple(doc[i] for i in range(start, token.i + 1)) if _is(token, parts[-1]) else None
    found, at = [token], token.i + 1
    for part in parts[1:]:
        end = min(at + REACH, token.sent.end if len(parts) > 1 else at)
        hit = next((doc[i] for i in range(at, end) if _is(doc[i], part)), None)
        if hit is None or not (hit.head == token or token.is_ancestor(hit)) or _apart(hit):
            return None
        found.append(hit)
        at = hit.i + 1
    return tuple(found)


def _apart(part: Token) -> bool:
    """Whether a word only looks like a pattern's preposition ("agreed *on* Monday", "agreed *to* meet")."""
    if part.dep_ == "aux":
        return True
    if part.pos_ not in ("ADP", "SCONJ"):
        return False
    return any(c.dep_ == "pobj" and c.lemma_.lower() in grammar.TEMPORAL for c in part.children)


def _is(token: Token, word: str) -> bool:
    return word in (token.lower_, token.lemma_.lower()) or (
        token.pos_ == "PROPN" and word == _singular(token)
    )


class Slots:
    """Lemmas that fill the slots of a word, each looked up once and only when a condition asks."""

    def __init__(self, token: Token) -> None:
        self._token = token
        self._kept: dict[str, frozenset[str]] = {}

    def fulfils(self, need: Need) -> bool:
        """Whether a condition holds."""
        found = self._kept.get(need.slot)
        if found is None:
            found = self._kept[need.slot] = frozenset(self._fill(need.slot))
        hit = bool(found) if need.words is None else not found.isdisjoint(need.words)
        return hit is need.wanted

    def _fill(self, slot: str) -> Iterator[str]:
        maker = _MAKERS.get(slot)
        heads = maker(self._token) if maker else _prepositional(self._token, slot)
        for head in heads:
            yield head.lemma_.lower()
            yield head.lower_
            if (joined := hyphenated(head)) is not None:
                yield joined
            if head.pos_ in NOMINAL:
                yield _singular(head)
                yield from (c.lower_ for c in head.children if c.dep_ == "compound")


def _objects(token: Token) -> Iterator[Token]:
    for head in [*grammar.objects(token), *grammar.datives(token)]:
        yield from grammar.see_through(head)


def _subjects(token: Token) -> Iterator[Token]:
    for head in grammar.subjects(token):
        yield from grammar.see_through(head)


def _clauses(token: Token) -> Iterator[Token]:
    for clause in grammar.complements(token):
        yield clause
        yield from (o for o in grammar.objects(clause) if clause.pos_ == "VERB")


def _modifiers(token: Token) -> Iterator[Token]:
    if token.pos_ in NOMINAL:
        yield from grammar.modifiers(token)
    for head in grammar.objects(token) if token.pos_ in VERBAL else ():
        yield from grammar.modifiers(head)
        yield head


def _adverbs(token: Token) -> Iterator[Token]:
    return (c for c in token.children if c.dep_ in ("advmod", "acomp", "oprd", "xcomp", "prt"))


def _governor(token: Token) -> Iterator[Token]:
    head = token.head
    if token.dep_ in ("dobj", "nsubjpass", "pobj") and head != token:
        yield head.head if head.pos_ == "ADP" else head


def _any(token: Token) -> Iterator[Token]:
    yield from _objects(token)
    yield from (n for _, head in grammar.prepositions(token) for n in grammar.see_through(head))


def _prepositional(token: Token, slot: str) -> Iterator[Token]:
    holders = [token, *grammar.objects(token)] if token.pos_ in VERBAL else [token]
    for holder in holders:
        for name, head in grammar.prepositions(holder):
            if name == slot:
                yield from grammar.see_through(head)


def _clause(token: Token) -> Iterator[Token]:
    return (t for t in token.subtree if t.pos_ in ("NOUN", "VERB", "PROPN", "ADJ"))


MODALS = frozenset({"will", "would", "should", "shall", "must", "'ll", "'d", "may", "can", "could"})


def _facts(token: Token) -> Iterator[Token]:
    """Finite clauses below without a modal: what somebody holds to be so, and not what is to be done."""
    for clause in grammar.complements(token):
        if clause.dep_ == "ccomp" and not grammar.auxiliaries(clause) & (MODALS | {"to"}):
            yield clause


def _names(token: Token) -> Iterator[Token]:
    return (o for o in _objects(token) if o.pos_ == "PROPN")


def _deeds(token: Token) -> Iterator[Token]:
    """Verbs of the clauses below, without what they are done to."""
    return (c for c in grammar.complements(token) if c.pos_ in VERBAL)


def _predicate(token: Token) -> Iterator[Token]:
    """The verb whose subject a noun is ("a truce *took* effect")."""
    if token.dep_ in grammar.SUBJECTS | grammar.PASSIVE_SUBJECTS:
        yield token.head


def _infinitives(token: Token) -> Iterator[Token]:
    for clause in grammar.complements(token):
        if any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.children):
            yield clause


def _other_subjects(token: Token) -> Iterator[Token]:
    """Infinitives that somebody else is to do ("wants *Uganda* to leave")."""
    for clause in _infinitives(token):
        if any(c.dep_ in grammar.SUBJECTS | grammar.PASSIVE_SUBJECTS for c in clause.children):
            yield clause


_MAKERS: dict[str, Callable[[Token], Iterator[Token]]] = {
    "obj": _objects,
    "subj": _subjects,
    "comp": _clauses,
    "mod": _modifiers,
    "adv": _adverbs,
    "verb": _governor,
    "any": _any,
    "clause": _clause,
    "inf": _infinitives,
    "own": _other_subjects,
    "do": _deeds,
    "fact": _facts,
    "name": _names,
    "pred": _predicate,
}
