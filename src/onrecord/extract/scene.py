"""An article's syntax, mentions and statements side by side: what extractors of encounters ask for.

A token is a spaCy token; the helpers answer with plain values, so that extractors read like rules.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.types import Actor, Mention, Parsed, Span, Statement, TimeExpr

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token

ARGUMENTS = frozenset(
    {"pobj", "dobj", "conj", "appos", "nsubj", "nsubjpass", "attr", "poss", "nmod", "dative"}
)
"""Dependency labels (ClearNLP scheme, as in spaCy's English models) through which a phrase goes on."""

BEARERS = frozenset(
    {
        "leader", "president", "premier", "minister", "chancellor", "king", "queen", "prince", "emir", "head",
        "official", "delegation", "envoy", "ambassador", "diplomat", "representative", "negotiator", "team",
        "government", "counterpart", "chief", "delegate", "spokesman", "spokeswoman", "foreign", "secretary",
        "mediator", "people", "side", "party", "general", "commander", "state", "country", "member",
    }
)  # fmt: skip
"""Nouns through which `of` and `from` lead to the actor: the leaders of A, a delegation from B."""

_COUNTERPARTS = frozenset({"counterpart", "colleague"})

_TELLINGS = frozenset({"account", "story", "tale", "memory", "claim", "version", "recollection"})

STEERING = frozenset(
    {"ask", "urge", "tell", "invite", "force", "want", "allow", "help", "persuade", "order", "send", "press",
     "encourage", "advise", "authorise", "authorize", "instruct", "expect", "call"}
)  # fmt: skip
"""Verbs whose object does what their infinitive says."""
BLAMING = frozenset(
    {"accuse", "suspect", "blame", "condemn", "criticise", "criticize", "prevent", "stop", "keep"}
)
"""Verbs whose object does what stands after `of`, `for` or `from`."""

DOMESTIC = frozenset({"OPP", "REB", "CVL", "LEG", "JUD"})
"""PLOVER sectors that may stand against their own government as a side of its own."""


class Scene:
    """One parsed article with its statements, indexed by token and by character."""

    def __init__(self, parsed: Parsed, statements: Iterable[Statement] = ()) -> None:
        self.parsed = parsed
        self.text = parsed.article.text
        self.statements = tuple(statements)
        self._lemmas: dict[frozenset[str], list[int]] = {}
        self.standing: dict[str, str] = {}
        """People whose state is told nowhere → the side on which a reader of this article sees them."""

    @cached_property
    def sentences(self) -> tuple[Run, ...]:
        """Sentences that hold more than blanks."""
        return tuple(s for s in self.parsed.doc.sents if s.text.strip())

    @cached_property
    def _starts(self) -> list[int]:
        return [int(i) for i in self.parsed.doc.to_array("IDX")]

    def of_lemma(self, run: Run, lemmas: frozenset[str]) -> Iterator[Token]:
        """A run's tokens with one of some lemmas, in any case; the Doc is gone through once a set."""
        at = self._with_lemma(lemmas)
        for i in at[bisect_left(at, run.start) : bisect_left(at, run.end)]:
            yield self.parsed.doc[i]

    def of_lemma_in(self, start: int, end: int, lemmas: frozenset[str]) -> Iterator[Token]:
        """Tokens of some lemmas that begin within [start, end)."""
        at = self._with_lemma(lemmas)
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        for i in at[bisect_left(at, low) : bisect_left(at, high)]:
            yield self.parsed.doc[i]

    def _with_lemma(self, lemmas: frozenset[str]) -> list[int]:
        known = self._lemmas.get(lemmas)
        if known is None:
            doc = self.parsed.doc
            told = doc.to_array("LEMMA").tolist()
            wanted = {h for h in set(told) if doc.vocab.strings[h].lower() in lemmas}
            known = self._lemmas[lemmas] = [i for i, h in enumerate(told) if h in wanted]
        return known

    @cached_property
    def mention_of(self) -> dict[int, Mention]:
        """Token index → the longest mention that covers it."""
        covered: dict[int, Mention] = {}
        for m in sorted(self.parsed.mentions, key=lambda m: (m.end - m.start, -m.start)):
            for i in range(bisect_left(self._starts, m.start), bisect_left(self._starts, m.end)):
                covered[i] = m
        return covered

    def span_of(self, run: Run) -> Span:
        """A sentence's characters, without the blanks around it."""
        first = next(t for t in run if not t.is_space)
        last = next(run.doc[i] for i in range(run.end - 1, run.start - 1, -1) if not run.doc[i].is_space)
        return Span(first.idx, last.idx + len(last))

    def token_at(self, offset: int) -> Token:
        return self.parsed.doc[max(0, bisect_right(self._starts, offset) - 1)]

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """Tokens that begin within [start, end)."""
        return list(self.parsed.doc[bisect_left(self._starts, start) : bisect_left(self._starts, end)])

    @cached_property
    def chunks(self) -> tuple[Run, ...]:
        """Noun chunks of the whole article: a sentence's own would be looked for in all of it each time."""
        return tuple(self.parsed.doc.noun_chunks)

    def times_of(self, run: Run) -> list[TimeExpr]:
        span = self.span_of(run)
        return list(self.parsed.times_in(span.start, span.end))

    def head_of(self, start: int, end: int) -> Token | None:
        """The token of [start, end) that hangs from outside it."""
        tokens = self.tokens_in(start, end)
        return next((t for t in tokens if t.head not in tokens or t.head == t), tokens[0] if tokens else None)

    def actor(self, actor_id: str) -> Actor | None:
        return self.parsed.actors.get(actor_id)

    def ids(self, mention: Mention) -> tuple[str, ...]:
        """The actors a mention stands for: several for `the two leaders`, none while unlinked."""
        members: tuple[str, ...] = getattr(mention, "members", ())
        return members or ((mention.actor,) if mention.actor else ())

    def statement_at(self, offset: int) -> Statement | None:
        """The innermost statement whose content covers a character."""
        return next((s for start, end, s in self._contents if start <= offset < end), None)

    @cached_property
    def _contents(self) -> list[tuple[int, int, Statement]]:
        """Each fragment of a content with its statement, innermost (shortest content) first."""
        sized = sorted(self.statements, key=lambda s: (sum(c.end - c.start for c in s.content), s.id))
        return [(c.start, c.end, s) for s in sized for c in s.content]

    def introduced_by(self, offset: int) -> Statement | None:
        """The statement whose cue covers a character."""
        return next((s for s in self.statements if any(c.start <= offset < c.end for c in s.cue)), None)

    def phrase(self, token: Token) -> Iterator[Token]:
        """A token and what is joined to it by conjunction or apposition."""
        yield token
        for child in token.children:
            if child.dep_ in ("conj", "appos"):
                yield from self.phrase(child)

    def named(self, token: Token) -> tuple[str, ...]:
        """Actors that an argument names: its own mention, conjuncts, and `leaders of A and B`."""
        found: list[str] = []
        for part in self.phrase(_antecedent(token)):
            mention = self.mention_of.get(part.i) or self._titled(part)
            own = (self.ids(mention) or self.state_of(mention)) if mention else ()
            behind = tuple(self._through(part))
            if mention and mention.form == "group" and len({self.side(a) for a in behind}) >= 2:
                own = ()  # `the ministers of A and B` are both states' people, not one group
            found += own or behind or self._counterpart(part)
            found += self._beside(part)
        return tuple(dict.fromkeys(found))

    def state_of(self, mention: Mention) -> tuple[str, ...]:
        """The state, last of the keys, of somebody told by it alone: "the Polish minister", never named."""
        last = mention.keys[-1] if mention.keys and mention.form in ("title", "pronoun") else ""
        return (last,) if last.startswith("state:") and self.actor(last) else ()

    def _titled(self, token: Token) -> Mention | None:
        """`President A`, where the parser takes the title for the argument, not the name."""
        if token.pos_ != "PROPN" or token.i + 1 >= len(token.doc) or token.lemma_.lower() not in BEARERS:
            return None
        after = self.mention_of.get(token.i + 1)
        return after if after and after.form == "name" and after.start == token.doc[token.i + 1].idx else None

    def _beside(self, token: Token) -> Iterator[str]:
        """`President A of X and President B of Y`, where the parser joins B to X: B."""
        for prep in token.children:
            for goal in prep.children if prep.dep_ == "prep" and prep.lower_ == "of" else ():
                for other in goal.conjuncts:
                    mention = self.mention_of.get(other.i)
                    for one in self.ids(mention) if mention else ():
                        actor = self.actor(one)
                        if actor and actor.kind == "person" and self.mention_of.get(token.i):
                            yield one

    def _counterpart(self, token: Token) -> tuple[str, ...]:
        """`her Slovenian counterpart`, `his counterpart in Minsk, B`: B, else the state that is told."""
        if token.lemma_.lower() not in _COUNTERPARTS:
            return ()
        behind = [o for c in token.children if c.lower_ == "in" for o in c.children if o.dep_ == "pobj"]
        beside = tuple(a for o in behind for c in o.children if c.dep_ == "appos" for a in self.named(c))
        known = any((a := self.actor(i)) and a.kind == "person" for i in beside)
        states = (m for c in token.children if c.dep_ == "amod" and (m := self.mention_of.get(c.i)))
        return beside if known else tuple(i for m in states for i in self.ids(m))

    def state_of_place(self, run: Iterable[Token]) -> tuple[str, ...]:
        """The state, known to the article as an actor, of the first city or state named in some tokens."""
        for token in run:
            place = next((p for p in self.parsed.places if p.start <= token.idx < p.end), None)
            mention = self.mention_of.get(token.i)
            actor = self.actor(mention.actor) if mention and mention.actor else None
            country = place.country if place else actor.country if actor and actor.kind == "state" else None
            hosts = [a.id for a in self.parsed.actors.values() if a.kind == "state" and a.country == country]
            if country and hosts:
                return (min(hosts),)
        return ()

    def _through(self, token: Token) -> Iterator[str]:
        """`the presidents of A and B`, `officials from A`: the actors behind an unlinked noun."""
        if token.lemma_.lower() not in BEARERS:
            return
        for prep in token.children:
            if prep.dep_ == "prep" and prep.lower_ in ("of", "from"):
                for target in prep.children:
                    if target.dep_ == "pobj":
                        yield from self.named(target)

    def side(self, actor_id: str) -> str:
        """What an actor stands on the side of: its country, or itself; home opponents count apart."""
        actor = self.actor(actor_id)
        if actor is None or actor.country is None:
            return self.standing.get(actor_id, actor_id)
        apart = actor.kind == "armed_group" or (actor.sector in DOMESTIC and actor.kind != "person")
        return actor_id if apart else actor.country


def _antecedent(token: Token) -> Token:
    """For `who`, `which`, `that` in a relative clause: the noun it stands for."""
    if token.tag_ in ("WP", "WDT") and token.head.dep_ == "relcl":
        return token.head.head
    return token


def clause_of(token: Token) -> Token:
    """The verb that governs a token (itself for a verb), the sentence's root where there is none."""
    at = token
    while at.pos_ not in ("VERB", "AUX") and at.head != at:
        at = at.head
    return at


def subjects(verb: Token) -> list[Token]:
    """Subjects of a verb; of a joined, controlled or participle clause, those of the clause it hangs on."""
    seen: set[int] = set()
    at = verb
    while at.i not in seen:
        seen.add(at.i)
        own = [c for c in at.children if c.dep_ in ("nsubj", "nsubjpass")]
        if own:
            return own
        steered = [c for c in at.head.children if c.dep_ == "dobj"]
        told = at.pos_ == "NOUN" and at.lemma_ in _TELLINGS and verb.pos_ == "VERB"
        owners = [c for c in at.children if c.dep_ == "poss"] if told else []
        if owners:
            return owners  # `her account of meeting B`
        if at.dep_ == "xcomp" and steered and at.head.lemma_ in STEERING:
            return steered  # `asked the envoy to meet`: the envoy meets
        if at.dep_ == "pcomp" and at.head.head.lemma_ in BLAMING:
            return [c for c in at.head.head.children if c.dep_ in ("dobj", "nsubjpass")]
        if at.dep_ in ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "pobj", "acomp", "dobj", "attr"):
            at = at.head
        elif at.dep_ in ("acl", "relcl"):
            return [at.head]
        else:
            return []
    return []


def is_negated(verb: Token) -> bool:
    """`not`, `never`, `no longer` on the verb itself."""
    return any(c.dep_ == "neg" or c.lower_ in ("never", "neither", "nor") for c in verb.children)


def auxiliaries(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
