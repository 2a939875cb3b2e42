"""Who a noun phrase stands for: its head's mention, else the possessor, adjective, apposition or place in it.

Somebody whose country the actor tables do not know gets it from the phrase ("Iran's envoy N. N.",
"opposition groups in Zimbabwe"), from the place, or from the other side of a domestic event; such actors
are kept in `made`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from onrecord.extract.events import grammar
from onrecord.extract.events.named import ABOVE_STATES, Ids, Named
from onrecord.facts.actors import Registry
from onrecord.types import Actor, Mention, Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

WITHIN = (
    "of", "from", "by", "in", "at", "near", "outside", "around", "between", "on", "against", "with",
    "throughout", "across", "within", "inside", "to", "for",
)  # fmt: skip
"""Prepositions searched below a noun that is nobody itself, best first ("targets in Jericho")."""
BORN = ("of", "from", "in", "at", "throughout", "across", "within", "inside", "near", "outside")
"""Prepositions that tell which state somebody belongs to."""
NOBODY, NAMED, PLACED = 0, 1, 2
"""What a phrase stands for: nobody, somebody of unknown country, somebody of a known one or above
states.
"""


class Who(Named):
    """The actors of one article's noun phrases."""

    def __init__(self, parsed: Parsed, registry: Registry, people: frozenset[str] = frozenset()) -> None:
        super().__init__(parsed, registry)
        self._people = people
        self._kept: dict[int, Ids] = {}
        self._follow_pronouns(parsed)

    def _follow_pronouns(self, parsed: Parsed) -> None:
        """A pronoun for somebody of unknown country is that somebody as last placed by its own phrase."""
        followed = {m.actor for m in self._mentions if m.form == "pronoun"}
        latest: dict[str, Ids] = {}
        for mention in self._mentions:
            actor = mention.actor
            if actor is None or actor not in followed or self.country(actor) is not None:
                continue
            if mention.form == "pronoun":
                if actor in latest:
                    self._pronouns[mention.start] = latest[actor]
            elif (
                span := parsed.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            ) is not None:
                latest[actor] = self.of(span.root)

    def grade(self, head: Token) -> int:
        """NOBODY, NAMED or PLACED."""
        found = self.of(head)
        if any(self.country(a) for a in found):
            return PLACED
        return NAMED if found or self._is_people(head) else NOBODY

    def _is_people(self, head: Token) -> bool:
        return head.tag_ == "NNPS" or (head.pos_ == "NOUN" and head.lemma_.lower() in self._people)

    def settle(self, head: Token, country: str) -> Ids:
        """Actors of a phrase that names nobody of known country, placed in one.

        A body with a name of its own stays where it is: a firm is as often a foreign one.
        """
        found = self.of(head)
        if not found and self._is_people(head):
            found = (f"group:{head.lower_}",)
            self.made.setdefault(found[0], Actor(id=found[0], name=head.lower_, kind="group"))
        return tuple(a if self._is_body(a) else self._placed(a, country) for a in found)

    def _is_body(self, actor: str) -> bool:
        known = self.known(actor)
        return known is not None and known.kind in ("organisation", "medium")

    def of(self, head: Token, depth: int = 0) -> Ids:
        """Actors that a noun phrase stands for, by its head word; empty when it names nobody."""
        if depth == 0 and head.i in self._kept:
            return self._kept[head.i]
        found = self._of(head, depth)
        if depth == 0:
            self._kept[head.i] = found
        return found

    def _of(self, head: Token, depth: int) -> Ids:
        own = self.at(head)
        if depth > 2:
            return own
        if head.lemma_.lower() in grammar.TRANSPARENT and (counted := self._counted(head, depth)):
            return counted
        if own and all(self.country(a) for a in own):
            return self._living(head) or _merged([self._joined(head), own])
        around = self._before(head, own) or self._beside(head, depth)
        if own:
            for states in (around, self._inside(head), self._by_name(head), self._born(head, depth)):
                if countries := [c for a in states if (c := self.country(a))]:
                    return tuple(self._placed(a, countries[0]) for a in own)
            return own
        found = around or self._within(head, depth) or self._owned(head)
        if found and self._is_people(head) and (country := self._only_state(found)):
            actor = f"group:{country}-{head.lower_}"
            self.made.setdefault(actor, Actor(id=actor, name=head.lower_, kind="group", country=country))
            return (actor,)
        return found

    def _only_state(self, actors: Ids) -> str | None:
        """The country of a single state, else None."""
        return (
            actors[0].removeprefix("state:") if len(actors) == 1 and actors[0].startswith("state:") else None
        )

    def _counted(self, head: Token, depth: int) -> Ids:
        """Who a counting noun is of ("a group of *Moroccan diplomats*")."""
        inside = [n for p, n in grammar.prepositions(head) if p == "of"]
        return _merged(self.of(n, depth + 1) for n in inside if self._is_people(n) or n.pos_ == "PROPN")

    def _born(self, head: Token, depth: int) -> Ids:
        return _merged(self.of(n, depth + 1) for p, n in grammar.prepositions(head) if p in BORN)

    def _inside(self, head: Token) -> Ids:
        """States named inside the head's own mention ("Latvian Constitutional Court")."""
        doc, found = head.doc, []
        for mention in self.mentions(head)[:1]:
            at = head.i
            while at > 0 and doc[at - 1].idx >= mention.start:
                at -= 1
            while at < len(doc) and doc[at].idx < mention.end:
                found.append(self._named_state(doc[at]))
                at += 1
            if not any(found):
                found.append(self._named_body(mention))
        return _merged(found)

    def _named_body(self, mention: Mention) -> Ids:
        """The organisation that a mention begins with ("European Community foreign ministers")."""
        words = mention.text.split()
        for end in range(len(words) - 1, 0, -1):
            for entry in self._registry.forms.get(" ".join(words[:end]), ()):
                if (body := self._registry.organisations.get(entry.key)) is not None:
                    known = self._registry.actor(body.id)
                    if known is not None:
                        self.made.setdefault(known.id, known)
                        return (known.id,)
        return ()

    def _by_name(self, head: Token) -> Ids:
        """The state that all known bearers of a name act for."""
        for mention in self.mentions(head)[:1]:
            if mention.form != "pronoun" and (country := self._common_country(mention)) is not None:
                return (self._state(country),)
        return ()

    def _within(self, head: Token, depth: int) -> Ids:
        below = grammar.prepositions(head)
        for name in WITHIN:
            if found := _merged(self.of(n, depth + 1) for p, n in below if p == name):
                return found
        return self._in_clause(head, depth)

    def _joined(self, head: Token) -> Ids:
        """States joined before the head's own adjective: "*Hungarian* and Romanian officials"."""
        inside = self.mentions(head)
        return _merged(
            self.at(m)
            for m in grammar.modifiers(head)
            if (m.dep_ == "conj" or any(c.dep_ == "conj" for c in m.children))
            and not any(_covers(i, m) for i in inside)
        ) or self._of_several(head)

    def _of_several(self, head: Token) -> Ids:
        """Further states that people are of ("the ministers of Peru *and Chile*")."""
        if head.tag_ not in ("NNS", "NNPS") and not self._is_people(head):
            return ()
        of = [n for p, n in grammar.prepositions(head) if p in ("of", "from")]
        return _merged(self.at(n) for n in of if n.dep_ == "conj" and n.pos_ == "PROPN")

    def _living(self, head: Token) -> Ids:
        """A people told with where it lives ("Albanians of southern Serbia"): placed there."""
        if head.tag_ != "NNPS" and not any(c.lower_ == "ethnic" for c in head.children):
            return ()
        if any(a.startswith("person:") for a in self.at(head)):
            return ()  # a family name that ends like a people's: "met Janis *Kalvans* in Riga"
        where = _merged(self.of(n, 1) for p, n in grammar.prepositions(head) if p in ("of", "in", "from"))
        countries = [c for a in where if (c := self.country(a)) and len(c) == 3]
        if not countries:
            return ()
        actor = f"group:{countries[0]}-{head.lower_}"
        self.made.setdefault(actor, Actor(id=actor, name=head.text, kind="group", country=countries[0]))
        return (actor,)

    def at_large(self, country: str) -> Ids:
        """The state itself as the other side; empty for what stands above states."""
        return (self._state(country),) if country in self._registry.countries else ()

    def minority(self, head: Token, country: str) -> Ids:
        """A minority that acts in a state ("ethnic Albanians") belongs there; empty for everybody else."""
        if country in ABOVE_STATES or not any(c.lower_ == "ethnic" for c in head.children):
            return ()
        if living := self._living(head):
            return living
        actor = f"group:{country}-{head.lower_}"
        self.made.setdefault(actor, Actor(id=actor, name=head.text, kind="group", country=country))
        return (actor,)

    def _before(self, head: Token, own: Ids) -> Ids:
        owners = () if own or self._is_people(head) else ("PRP$",)  # "held their first meeting with …"
        found = (self._modifier(m) for m in grammar.modifiers(head) if m.tag_ not in owners)
        return _merged([a for a in ids if a not in own] for ids in found)

    def _modifier(self, token: Token) -> Ids:
        told = self._possessor(token) if token.tag_ == "PRP$" else self.at(token)
        if any(self.country(a) for a in told):
            return told
        return self._named_state(token) or self._by_name(token) or told

    def owner(self, head: Token) -> Ids:
        """Actors that the possessive pronoun of a phrase may stand for: as resolved, and by syntax."""
        own = [c for c in head.children if c.tag_ == "PRP$"]
        if not own or not (self._is_people(head) or self.at(head) or not self._within(head, 0)):
            return ()
        return _merged([*self._resolved(c), *self._subject_above(c)] for c in own)

    def _owned(self, head: Token) -> Ids:
        return _merged(self._possessor(c) for c in head.children if c.tag_ == "PRP$")

    def _possessor(self, pronoun: Token) -> Ids:
        return self._resolved(pronoun) or self._subject_above(pronoun)

    def _resolved(self, pronoun: Token) -> Ids:
        own = (m for m in self.mentions(pronoun) if m.form == "pronoun" and m.start == pronoun.idx)
        return tuple(m.actor for m in own if m.actor)

    def _subject_above(self, pronoun: Token) -> Ids:
        """Subject of the clause that "its" or "their" stands in; above it for one in the subject itself."""
        if pronoun.lower_ not in ("its", "their"):
            return ()
        node = pronoun.head
        while node.pos_ not in ("VERB", "AUX") and node.head != node:
            if node.dep_ in grammar.SUBJECTS | grammar.PASSIVE_SUBJECTS and node.head.head != node.head:
                node = node.head  # "said that *its soldiers* had": not the clause's own subject
            node = node.head
        if node.pos_ not in ("VERB", "AUX"):
            return ()
        owners = [
            s for s in grammar.surface_subjects(node) if not pronoun.is_ancestor(s) and s != pronoun.head
        ]
        found = _merged(self._plainly(s) for s in owners)
        return tuple(a for a in found if (known := self.known(a)) is not None and known.kind != "person")

    def _plainly(self, head: Token) -> Ids:
        """A phrase by its own words and adjectives: looks at no other phrase, so cannot come back here."""
        inside = grammar.see_through(head)
        found = _merged(self.at(n) for n in inside[1:]) or self.at(head)
        if any(self.country(a) for a in found):
            return found
        return (
            _merged(self.states(m) for n in inside for m in grammar.modifiers(n) if m.tag_ != "PRP$") or found
        )

    def _beside(self, head: Token, depth: int) -> Ids:
        for child in head.children:
            if child.dep_ == "appos" and (named := self.of(child, depth + 1)):
                return named
        return ()

    def _in_clause(self, head: Token, depth: int) -> Ids:
        for clause in (c for c in head.children if c.dep_ in ("acl", "relcl")):
            # What a thing did something to is nobody it stands for ("a war that pushed Peru and Chile").
            done_to = [c for c in clause.children if c.dep_ == "dobj" and self._is_people(head)]
            inside = [*grammar.agents(clause), *done_to, *(n for _, n in grammar.prepositions(clause))]
            for noun in inside:
                if found := self.of(noun, depth + 1):
                    return found
        return ()


def _covers(mention: Mention, token: Token) -> bool:
    return mention.start <= token.idx < mention.end


def _merged(parts: Iterable[Iterable[str]]) -> Ids:
    return tuple(dict.fromkeys(a for part in parts for a in part))
