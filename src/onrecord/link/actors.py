"""Who each mention is: names, titles, groups and pronouns become actors, or stay unknown with a reason.

Full names are identified first, over the whole article, so that a headline's bare "Lavrov" finds the person
whose full name stands below it; everything else is linked in the order of the text.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import msgspec

from onrecord.facts import letters
from onrecord.facts.actors import Registry
from onrecord.link import ahead, bodies, coreference, genders, groups, home, others, roles, titles, together
from onrecord.link.naming import Names, given
from onrecord.link.spelling import as_written, is_person, only_short, spelled
from onrecord.link.stage import Stage, state_of
from onrecord.types import Mention, Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token


def resolve(parsed: Parsed, registry: Registry) -> Parsed:
    """The article with an actor, or a reason, for every mention, and all its actors."""
    linker = _Linker(parsed, registry)
    linked = linker.run()
    used = {m.actor for m in linked} | {member for m in linked for member in (*m.members, state_of(m))}
    actors = {k: a for k, a in sorted(linker.cast.actors.items()) if k in used}
    return dataclasses.replace(parsed, mentions=linked, actors=actors)


class _Linker(Names):
    """One article's mentions on their way to actors; lives for one call of `resolve`."""

    def run(self) -> tuple[Mention, ...]:
        told = {
            n: self._told(m)
            for n, m in enumerate(self.mentions)
            if is_person(m) and not letters.strangers(m.text)
        }
        in_full = [
            n
            for n in told
            if " " in self.mentions[n].text and not only_short(self.mentions[n], self.registry)
        ]
        who = {
            n: self._introduce(self.mentions[n], told[n])
            for n in sorted(in_full, key=lambda n: -self.mentions[n].text.count(" "))
        }
        genders.learn(self.mentions, who | self._short_names(told.keys() - who.keys()), self.scene, self.cast)
        home.settle(self.mentions, self.told_states, self.cast)
        for n, m in enumerate(self.mentions):
            linked = self._link(m, told.get(n, roles.Told()))
            self.mentions[n] = linked
            self._remember(linked)
        home.settle(self.mentions, self.told_states, self.cast)
        return tuple(map(as_written, self.written, self.mentions))

    def _link(self, mention: Mention, told: roles.Told) -> Mention:
        if letters.strangers(mention.text):
            return given(mention, None, "a name that no Latin letters spell")
        if mention.form == "pronoun":
            return self._pronoun(mention)
        if mention.form == "title":
            return self._title(mention)
        if mention.form == "group":
            return self._group(mention)
        return self._person(mention, told) if is_person(mention) else self._named(mention)

    def _title(self, mention: Mention) -> Mention:
        same = self._apposed(mention)
        if same is not None:
            return given(mention, same, "stands beside the name")
        noun, _ = titles.role_of(mention)
        if noun == "national":
            return self._national(mention)
        if noun in bodies.SIDES and (side := self._side(mention)) is not None:
            return side
        if noun in others.RELATIONS and not others.is_of_a_thing(mention, self.scene):
            whose = self.order[-1] if self.order else None
            office = titles.counterpart(mention, whose, self.cast) if noun == "counterpart" else None
            return given(mention, *office) if office and office.actor else self._other(mention)
        likeliest = coreference.ranked(mention, self.before, self.scene, self.cast)
        barred = others.beside(mention, self.before, self.scene)
        order = [a for a in dict.fromkeys([*likeliest, *reversed(self.order)]) if a not in barred]
        found = titles.resolve(mention, order, self.cast, barred)
        if found.actor is None:
            other = self._said_before(mention, noun)
            if other is not None:
                return other
            if noun in self.registry.words and not self.registry.words[noun].body:
                return self._other(mention)
        return given(mention, found.actor, found.reason)

    def _other(self, mention: Mention) -> Mention:
        """Who is told by relation or state; where nobody fits, the state stands last among the keys."""
        found = others.resolve(
            mention, self.before, self.order, self.scene, self.cast, self.told_states, self._behind(mention)
        )
        state = others.state_told(mention, self.before, self.scene, self.cast)
        if found.actor in self.cast.figures and state:
            self.cast.settle(found.actor, state)
        if found.actor is None and state:
            mention = msgspec.structs.replace(mention, keys=(*mention.keys, f"state:{state}"))
        return given(mention, *found)

    def _behind(self, mention: Mention) -> frozenset[str]:
        """People named after a mention in its sentence, or in the next one where it stands in a quotation."""
        if not mention.text.lower().startswith(("my ", "our ")):
            return frozenset()
        here, quoted = self.scene.sentence[self.scene.index(mention.start)], self.scene.quoted(mention.start)
        near = {here, here + 1} if quoted is not None else {here}
        after = (m for m in self.mentions if m.start > mention.end and is_person(m))
        named = (m for m in after if self.scene.sentence[self.scene.index(m.start)] in near)
        called = (self.cast.called(spelled(m.text.split()[-1])) for m in named)
        return frozenset(a for found in called for a in found[:1])

    def _side(self, mention: Mention) -> Mention | None:
        """The state that "the Polish side" tells; its unnamed team for "the Polish delegation"."""
        noun, owner = titles.role_of(mention)
        if not owner.startswith("state:"):
            return None
        state = self.registry.state(owner.removeprefix("state:"))
        if noun == "side":
            return given(mention, self.cast.add(state), "a side of the name of its state")
        self.cast.add(state)
        keys = (*mention.keys, state.id)
        return given(msgspec.structs.replace(mention, keys=keys), None, f"a {noun} of {state.id}")

    def _national(self, mention: Mention) -> Mention:
        """The person of a state told by it alone ("the Cuban"), else the state."""
        found = self._other(mention)
        if found.actor in self.cast.figures:
            return found
        actor = self.registry.actor(mention.keys[1])
        assert actor is not None
        return given(mention, self.cast.add(actor), "name")

    def _said_before(self, mention: Mention, noun: str) -> Mention | None:
        """Who is told again: "the official" after "an official", "the airline" after its name."""
        kinds = bodies.KINDS.get(noun)
        body = coreference.body(mention, self.before, self.scene, self.cast, kinds=kinds) if kinds else None
        if body:
            return given(mention, body, "the body spoken of")
        state = titles.role_of(mention)[1].removeprefix("state:")
        for one in reversed(self.before):
            if not one.actor.startswith("group:") or (state and self.cast.actors[one.actor].country != state):
                continue
            if one.actor.rpartition("-")[2].removeprefix("group:") == noun:
                return given(mention, one.actor, "the one spoken of before")
        if noun in self.registry.words and self.registry.words[noun].body:
            same = self._body_called(noun)
            if same is not None:
                return given(mention, same, "short name of a body named before")
        if noun in _EPITHETS:
            gender = self.registry.words[noun].gender if noun in self.registry.words else ""
            actor = coreference.person(mention, self.before, self.scene, self.cast, gender=gender)
            return given(mention, actor, "the person spoken of") if actor else None
        return None

    def _group(self, mention: Mention) -> Mention:
        same = self._apposed(mention) if not self._is_plural(mention) else None
        if same is not None:
            return given(mention, same, "stands beside the name")
        beside = self._listed(mention)
        pair = coreference.states(mention, self.before, self.scene, self.cast)
        sides: tuple[str, ...] = ()
        if mention.text.lower().split()[-1] in groups.STATES:
            here = self.scene.sentence[self.scene.index(mention.start)]
            sides = Stage(self.before, self.cast).sides(here)
        two = groups.members(mention, self.order, self.states, self.cast, pair, sides, self.scene.text)
        members = beside or two or self._together(mention)
        if members and all(map(self.cast.holds, members)):
            return msgspec.structs.replace(mention, actor=None, members=members, reason="the two spoken of")
        actor = groups.actor_of(mention, self.cast)
        return given(mention, self.cast.add(actor), "a group without a name")

    def _listed(self, mention: Mention) -> tuple[str, ...]:
        """The people of a list that stands beside a plural ("the ministers, Ann Example and Bob Sample")."""
        head = self.scene.head(mention)
        first = next((c for c in head.children if c.dep_ == "appos"), None)
        first = head.head if head.dep_ == "appos" else first
        if first is None or not self._is_plural(mention):
            return ()
        named = [self._at(t.i) for t in (first, *first.conjuncts)]
        found = [m for m in named if m is not None and m is not mention and is_person(m)]
        linked = [m.actor or self._person(m, self._told(m)).actor for m in found]
        people = tuple(dict.fromkeys(a for a in linked if a))
        return people if len(people) > 1 else ()

    def _together(self, mention: Mention) -> tuple[str, ...]:
        """Those who deal with each other, told by a plural or a number."""
        barred = together.subjects_here(mention, self.before, self.scene)
        stage = Stage(self.before, self.cast)
        return together.members(
            mention, stage, self.scene, self.beside, told_states=self.told_states, barred=barred
        )

    def _is_scene(self, mention: Mention) -> bool:
        """Whether a state is told as the place of something ("in Belarus")."""
        return (head := self.scene.head(mention)).dep_ == "pobj" and head.head.lower_ in _WHERE

    def _is_plural(self, mention: Mention) -> bool:
        word = self.registry.words.get(noun := mention.text.lower().split()[-1])
        return word is not None and word.plural == noun

    def _pronoun(self, mention: Mention) -> Mention:
        word = mention.text.lower()
        if together.number_of(word) and word != "both":
            members = self._together(mention)
            reason = "those spoken of" if members else "who they are is not told apart"
            return msgspec.structs.replace(mention, members=members, reason=reason)
        if word in ("who", "which", "that", "whose", "whom"):
            same = coreference.antecedent(mention, self.scene, self._at)
            if same is None or same.start >= mention.start:
                return given(mention, None, "no actor before it in the sentence")
            return msgspec.structs.replace(
                mention, actor=same.actor, members=same.members, reason="relative clause"
            )
        if word in coreference.GENDER:
            actor = ahead.named_after(mention, self.before, self.scene, self.cast, self._people_at)
            barred = ahead.objects_beside(mention, self.scene, self._people_at)
            actor = actor or coreference.person(mention, self.before, self.scene, self.cast, barred=barred)
            if actor and actor.startswith("state:"):
                mention = msgspec.structs.replace(mention, keys=(actor,))
                return given(mention, None, f"somebody of {actor}, whom no name tells")
            return given(mention, actor, "pronoun" if actor else "nobody fits the pronoun")
        if word == "both":
            members = coreference.pair(mention, self.before, self.scene, self.cast)
            reason = "the two named before" if members else "no two people named before"
            return msgspec.structs.replace(mention, members=members, reason=reason)
        if word in coreference.PLURAL:
            one = coreference.plural(mention, self.before, self.scene)
            if one is None:
                members = self._two_nearby(mention)
                reason = "the two spoken of" if members else "nobody fits the pronoun"
                return msgspec.structs.replace(mention, members=members, reason=reason)
            return msgspec.structs.replace(
                mention, actor=one.actor or None, members=one.members, reason="pronoun"
            )
        actor = coreference.body(mention, self.before, self.scene, self.cast)
        return given(mention, actor, "pronoun" if actor else "may stand for no actor")

    def _two_nearby(self, mention: Mention) -> tuple[str, ...]:
        """The two people of different sides told last, two sentences back at most."""
        here = self.scene.sentence[self.scene.index(mention.start)]
        if self.scene.quoted(mention.start) is not None:
            return ()
        stage = Stage([one for one in self.before if here - one.sentence <= 2], self.cast)
        sides = {stage.side(a) for a in stage.told(here) if stage.deals(a)} - {""}
        return stage.several(2, here, stage.deals) if len(sides) == 2 else ()

    def _people_at(self, token: Token) -> list[str]:
        """Ids of those whom a name at a token may mean, linked or not, among people of the article."""
        named = self._at(token.i)
        if named is None or not is_person(named):
            return []
        return [named.actor] if named.actor else self.cast.called(spelled(named.text.split()[-1]))

    def _remember(self, mention: Mention) -> None:
        actor = mention.actor
        state = state_of(mention)
        if state:
            gender = self._unnamed(mention)
            mention = msgspec.structs.replace(mention, members=(state,))
            self.before.append(coreference.seen(mention, self.scene, False, gender))
            return
        if actor is None and not mention.members:
            return
        if actor is not None:
            self.cast.seen[actor] += 1
            if actor in self.cast.figures:
                self.order.append(actor)
            kind = self.cast.actors[actor].kind
            country = self.cast.actors[actor].country
            if kind in ("state", "government") and country and not self._is_scene(mention):
                self.states.append(f"state:{country}")
        is_plural = bool(mention.members) or (
            actor is not None
            and self._unnamed(mention) is None
            and self.cast.actors[actor].kind in ("group", "organisation", "armed_group", "government")
        )
        self.before.append(coreference.seen(mention, self.scene, is_plural, self._unnamed(mention)))
        both = self._joined(mention) or self._across(mention)
        if both:
            home.part(both, self.told_states, self.cast)
            pair = msgspec.structs.replace(mention, actor=None, members=both)
            self.before.append(coreference.seen(pair, self.scene, True)._replace(role="subject"))

    def _unnamed(self, mention: Mention) -> str | None:
        """The gender that words for one unnamed person tell ("a spokeswoman"); None for anything else."""
        if mention.form not in ("group", "title") or mention.members or mention.actor in self.cast.figures:
            return None
        head = self.scene.head(mention)
        if head.dep_ == "attr" or (head.dep_ == "pobj" and head.head.lower_ == "as"):
            return None
        word = self.registry.words.get(mention.text.lower().split()[-1])
        noun = word if word is not None and not word.body else None
        return noun.gender if noun is not None and not self._is_plural(mention) else None

    def _across(self, mention: Mention) -> tuple[str, ...]:
        """The subject of a clause and the one it deals with, both people who may be a side."""
        found = together.joined(mention, self.scene, self._at)
        if not found:
            return ()
        stage = Stage(self.before, self.cast)
        sides = [stage.side(a) for a in found]
        return found if any(sides) and len(set(sides)) > 1 and all(map(stage.deals, found)) else ()

    def _joined(self, mention: Mention) -> tuple[str, ...]:
        """The people of a list that ends with a mention ("Ann Example and Bob Sample")."""
        found = [mention.actor or ""]
        head = self.scene.head(mention)
        while head.dep_ == "conj" and head.head.i < head.i:
            head = head.head
            other = self._at(head.i)
            found.append(other.actor or "" if other else "")
        people = [a for a in reversed(found) if a in self.cast.figures]
        return tuple(dict.fromkeys(people)) if len(set(people)) > 1 and len(people) == len(found) else ()


_WHERE = frozenset({"in", "at", "near", "to", "from", "across", "into"})
_EPITHETS = frozenset({
    "diplomat", "billionaire", "mogul", "businessman", "businesswoman", "tycoon", "politician",
    "candidate", "nominee", "statesman", "hopeful",
})  # fmt: skip
"""Nouns that a writer puts for the person spoken of, for variety."""
