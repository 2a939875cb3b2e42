"""Who tells what, side by side: statements with the state their source speaks for, and claims told by nouns.

A source need not be a known person: `Cuba's vice president`, `the Turkish minister`, `Ankara`, `In Baku the
ministry` each speak for a state that the words name. `claims from Jakarta that she had said sorry` is a
telling of Jakarta's, whoever repeats it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.extract.scene import Scene, clause_of, subjects
from onrecord.types import Mention, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

CLAIMS = frozenset(
    {
        "claim", "report", "statement", "version", "account", "allegation", "assertion", "announcement",
        "remark", "suggestion", "accusation", "charge", "contention", "story", "word", "insistence",
        "complaint", "comment",
    }
)  # fmt: skip
"""Nouns for what somebody told; with a clause behind them they say what."""
_OF_STATE = re.compile(r"@(?:state:)?([A-Z]{3})$")
"""How the key of an office or role ends that belongs to a state."""
_NEXT = 7
"""Words between `claims` and the `that` of what is claimed: `claims from the foreign minister of A that`."""
_OWNED_BY = frozenset({"from", "by", "of", "in"})
_BODIES = frozenset(
    {
        "ministry",
        "government",
        "official",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "minister",
        "embassy",
        "presidency",
        "chancellery",
        "cabinet",
        "diplomat",
        "authority",
    }
)
"""Sources that speak for the state whose town stands beside the verb: `In Baku the ministry says`."""
UNKNOWN = ""
"""The side of an official of whom no state is told."""
_PAIR = 2
_OF_STATES = ("state", "government", "person")
_ANYBODY = frozenset({"", "it", "they", "people", "one"})
"""Sources that name nobody: `In Almaty it is said that …`."""
_NOUNS = ("NOUN", "PROPN")
_SERVING = frozenset({"lead", "head", "run", "represent", "chair", "serve", "command", "oversee"})
"""Verbs of those who act for the state that is named behind them."""
_BEFORE = ("poss", "amod", "compound", "nmod")
_OURS = frozenset({"its", "our", "their", "my"})
_SELF = frozenset({"i", "it", "he", "she"})
"""Subjects that are the teller, where they stand for nobody else."""
_ASKING = frozenset({"ask", "expect", "forecast", "omit"})
"""Acts that tell nothing of what was."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What one side tells of what was."""

    side: str
    """ISO3, or the id of an actor that is a side of its own."""
    actor: str
    tokens: tuple[Token, ...]
    sentence: int
    statement: Statement | None
    denies: bool = False
    """Its words stand under `denies`, `rejected`: they are what it says is not so."""
    repeated: bool = False
    """Told by a noun (`claims from Jakarta that …`) in somebody else's or the article's words."""

    @property
    def span(self) -> Span:
        """From its first to its last word."""
        return Span(self.tokens[0].idx, self.tokens[-1].idx + len(self.tokens[-1]))


class Tellings:
    """All tellings of an article in text order, and the sides of its sources."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._numbers = {t.i: n for n, s in enumerate(scene.sentences) for t in s}
        told = [*self._statements(), *self._nouns()]
        self.all = tuple(sorted(told, key=lambda t: (t.tokens[0].i, t.repeated)))
        self.states = frozenset(
            a.country for a in scene.parsed.actors.values() if a.country and a.kind in _OF_STATES
        )

    def number(self, token: Token) -> int:
        """The place of a token's sentence among all sentences."""
        return self._numbers.get(token.i, -1)

    def _statements(self) -> Iterator[Telling]:
        for said in self.scene.statements:
            if said.act in _ASKING:
                continue
            side = self.side_of(said) or self._unknown(said)
            tokens = _words(t for c in said.content for t in self.scene.tokens_in(c.start, c.end))
            if side and tokens:
                denies = (said.act in ("deny", "reject")) != said.negated
                yield Telling(*side, tokens, self.number(tokens[0]), said, denies)

    def _nouns(self) -> Iterator[Telling]:
        """`A's claim that P`, `claims from A that P`, `an A report that P`."""
        for number, sentence in enumerate(self.scene.sentences):
            for noun in self.scene.of_lemma(sentence, CLAIMS):
                clause = _clause_behind(noun) if noun.pos_ == "NOUN" else None
                side = self.owner(noun) if clause is not None else None
                if side and clause is not None:
                    tokens = _words(clause.subtree)
                    yield Telling(*side, tokens, number, None, repeated=True)

    def owner(self, noun: Token) -> tuple[str, str] | None:
        """The side whose claim, version or word it is."""
        beside = [c for c in noun.children if c.dep_ in ("poss", "amod", "compound", "nmod")]
        behind = [o for c in noun.children if c.lower_ in _OWNED_BY for o in c.children]
        for token in (*beside, *behind):
            side = self.side_in(token.subtree)
            if side:
                return side
        return None

    def side_of(self, said: Statement) -> tuple[str, str] | None:
        """The side that a statement speaks for, and an actor of it."""
        actor = self.scene.actor(said.speaker) if said.speaker else None
        if actor and (actor.country or actor.kind == "armed_group"):
            return self.scene.side(actor.id), actor.id
        own = [t for s in said.source for t in self.scene.tokens_in(s.start, s.end)]
        side = self.side_in(own) or (self._described(actor.id) if actor and actor.kind == "person" else None)
        if side is None and self._has_no_name(own):
            side = self._side_beside(said)
        return side

    def side_in(self, tokens: Iterable[Token]) -> tuple[str, str] | None:
        """The one state that some words name or speak for; None where they name two.

        Where two are named, one stands only for a place: `the Russian embassy in Helsinki` is Russia's.
        """
        told = list(tokens)
        found = self._named(told)
        if len(found) > 1:
            found = self._named([t for t in told if not _is_scene(t)])
        return next(iter(found.items())) if len(found) == 1 else None

    def doer(self, telling: Telling, verb: Token) -> str | None:
        """The side of a verb's subject in a telling, None where the words do not tell."""
        standing = [s for s in subjects(verb) if s.dep_ == "nsubj"]
        return self.whose(telling, standing[0])[0] if standing else None

    def whose(self, telling: Telling, token: Token) -> tuple[str | None, bool]:
        """The side of an argument, and whether it is the teller's by `its`, `our`.

        `it` in the words of a state is that state; `I` and `he` are the teller where they are nobody else.
        """
        words = [token, *(c for c in token.children if c.dep_ in _BEFORE)]
        words += [o for c in token.children if c.dep_ == "prep" for o in c.subtree]
        if token.lower_ == "it" and telling.actor.startswith(("state:", "gov:")):
            return telling.side, False
        side = self.side_in(words)
        if side:
            return side[0], False
        own = bool({w.lower_ for w in words} & _OURS)
        mine = own or (token.lower_ in _SELF and token.dep_ == "nsubj")
        return telling.side if mine else None, own

    def named(self, telling: Telling) -> frozenset[str]:
        """The sides that a telling names."""
        return frozenset(self._named(telling.tokens))

    def _named(self, tokens: Iterable[Token]) -> dict[str, str]:
        """The sides that words name or speak for, each with an actor."""
        found: dict[str, str] = {}
        for token in tokens:
            mention = self.scene.mention_of.get(token.i)
            known = [a for i in self.scene.ids(mention) if (a := self.scene.actor(i))] if mention else []
            for actor in known:
                if actor.country or actor.kind == "armed_group":
                    found.setdefault(self.scene.side(actor.id), actor.id)
            country = None if known else self._country_at(token, mention)
            if country:
                found.setdefault(country, f"state:{country}")
        return found

    def _country_at(self, token: Token, mention: Mention | None) -> str | None:
        """The state of an office that nobody is known to hold (`the Danish envoy`), or of a place."""
        keys = mention.keys if mention else ()
        offices = {m[1] for k in keys if (m := _OF_STATE.search(k))}
        if len(offices) == 1:
            return offices.pop()
        return next((p.country for p in self.scene.parsed.places if p.start <= token.idx < p.end), None)

    def _unknown(self, said: Statement) -> tuple[str, str] | None:
        """An official of no told state: of which one, what he answers may tell."""
        own = [t for s in said.source for t in self.scene.tokens_in(s.start, s.end)]
        mentions = [m for t in own if (m := self.scene.mention_of.get(t.i))]
        known = [self.scene.actor(i) for m in mentions for i in self.scene.ids(m)]
        is_other = any(a and a.kind in ("organisation", "medium") for a in known)
        return (UNKNOWN, "") if self._is_official(own) and not is_other else None

    def answering(self, one: Telling, other: Telling) -> Telling:
        """What an official of no told state answers to one side: in an article on two states, the other's."""
        rest = self.states - {one.side}
        if other.side != UNKNOWN or len(self.states) != _PAIR or len(rest) != 1:
            return other
        side = next(iter(rest))
        return replace(other, side=side, actor=f"state:{side}")

    def _described(self, person: str) -> tuple[str, str] | None:
        """The state of a person's office where it stands beside the name: `the Thai envoy, N`."""
        for mention in self.scene.parsed.mentions:
            if mention.actor != person or mention.form != "name":
                continue
            name = self.scene.head_of(mention.start, mention.end)
            side = self._by_office(name, mention) or self._by_service(name) if name is not None else None
            if side:
                return side
        return None

    def _by_office(self, name: Token, mention: Mention) -> tuple[str, str] | None:
        """`the Thai envoy, N`, `the U.S. envoy for the Gulf, N`: what stands before the name."""
        head = name
        for _ in range(4):
            if head.dep_ in ("appos", "compound") and head.head.pos_ in _NOUNS:
                head = head.head
            elif (
                head.dep_ == "pobj"
                and any(t.text == "," for t in head.lefts)
                and head.head.head.pos_ in _NOUNS
            ):
                head = head.head.head
        return self.side_in(t for t in head.subtree if t.idx < mention.end)

    def _by_service(self, name: Token) -> tuple[str, str] | None:
        """`N, who leads Iran's delegation`."""
        noun = next((c for c in name.children if c.dep_ == "appos"), name)
        for verb in (c for n in (name, noun) for c in n.children if c.dep_ == "relcl"):
            if verb.lemma_.lower() in _SERVING:
                return self.side_in(t for c in verb.children if c.dep_ in ("dobj", "prep") for t in c.subtree)
        return None

    def _has_no_name(self, source: list[Token]) -> bool:
        return " ".join(t.lower_ for t in source) in _ANYBODY or self._is_official(source)

    def _is_official(self, source: list[Token]) -> bool:
        return any(t.lower_ in _BODIES or t.lemma_.lower() in _BODIES for t in source)

    def _side_beside(self, said: Statement) -> tuple[str, str] | None:
        """`In Baku the ministry says`, `In Almaty it is said`: the state of the town beside the verb."""
        cues = [t for s in said.cue for t in self.scene.tokens_in(s.start, s.end) if t.pos_ == "VERB"]
        for verb in cues:
            for prep in verb.children:
                if prep.lower_ == "in" and prep.i < verb.i:
                    return self.side_in(o for c in prep.children for o in c.subtree)
        return None


def _clause_behind(noun: Token) -> Token | None:
    """`a report that …`, `claims from A that …`: the verb of the clause, whatever the parser hangs it on."""
    for token in noun.doc[noun.i + 1 : noun.i + 1 + _NEXT]:
        if token.pos_ in ("VERB", "AUX", "PUNCT"):
            return None
        if token.lower_ == "that":
            verb = token.head if token.dep_ == "mark" else clause_of(token)
            return verb if verb.i > token.i else None
    return None


def _is_scene(token: Token) -> bool:
    """`in Helsinki`, `to Oslo`: where somebody is, not whose."""
    return token.dep_ == "pobj" and token.head.lower_ in ("in", "at", "to", "near")


def _words(tokens: Iterable[Token]) -> tuple[Token, ...]:
    return tuple(t for t in tokens if not t.is_space)
