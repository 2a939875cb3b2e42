"""Who each mention is: names, titles, groups and pronouns become actors, or stay unknown with a reason.

Full names are identified first, over the whole article, so that a headline's bare "Lavrov" finds the person
whose full name stands below it; everything else is linked in the order of the text.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from onrecord.facts import letters
from onrecord.facts.actors import Registry, slug
from onrecord.link import ahead, bodies, coreference, genders, groups, people, roles, titles
from onrecord.link.cast import Cast
from onrecord.link.scene import Scene
from onrecord.types import Actor, Mention, Parsed, Range, day_range

if TYPE_CHECKING:
    from spacy.tokens import Token


def resolve(parsed: Parsed, registry: Registry) -> Parsed:
    """The article with an actor, or a reason, for every mention, and all its actors."""
    linker = _Linker(parsed, registry)
    linked = linker.run()
    used = {m.actor for m in linked} | {member for m in linked for member in m.members}
    actors = {k: a for k, a in sorted(linker.cast.actors.items()) if k in used}
    return dataclasses.replace(parsed, mentions=linked, actors=actors)


def article_range(parsed: Parsed) -> Range | None:
    """The days on which the article may have appeared, None where nothing is known."""
    a = parsed.article
    return day_range(a.published) if a.published else a.published_range


class _Linker:
    """One article's mentions on their way to actors; lives for one call of `resolve`."""

    def __init__(self, parsed: Parsed, registry: Registry) -> None:
        self.registry = registry
        self.cast = Cast(registry, article_range(parsed), parsed.article.id)
        self.scene = Scene(parsed)
        self.mentions = [msgspec.structs.replace(m, text=letters.latin(m.text)) for m in parsed.mentions]
        self.written = [m.text for m in parsed.mentions]
        self.at_token: dict[int, int] = {}
        for n, m in enumerate(self.mentions):
            for i in range(self.scene.index(m.start), self.scene.index(m.end - 1) + 1):
                self.at_token[i] = n
        self.beside = {i: self.mentions[n] for i, n in self.at_token.items()}
        self.told_states = self._told_states()
        self.order: list[str] = []
        self.states: list[str] = []
        self.before: list[coreference.Seen] = []

    def _told_states(self) -> frozenset[str]:
        """ISO3 of every state that the article names, itself or by its bodies and well-known people."""
        found = set()
        for m in self.mentions:
            key = m.keys[0] if m.keys else ""
            if key.startswith(("state:", "gov:", "org:", "armed:")) and key != "org:?":
                actor = self.registry.actor(key)
                found.add(actor.country if actor else None)
            elif key.startswith("group:") and key[6:9] in self.registry.countries:
                found.add(key[6:9])
            elif key.startswith(("office:", "role:")):
                found.add(key.partition("@")[2].removeprefix("state:"))
            elif key.startswith("person:") and " " in m.text:
                found |= {t.country for t in self.registry.offices(key)}
        return frozenset(f for f in found if f)

    def run(self) -> tuple[Mention, ...]:
        told = {
            n: self._told(m)
            for n, m in enumerate(self.mentions)
            if _is_person(m) and not letters.strangers(m.text)
        }
        in_full = [
            n
            for n in told
            if " " in self.mentions[n].text and not _only_short(self.mentions[n], self.registry)
        ]
        who = {
            n: self._introduce(self.mentions[n], told[n])
            for n in sorted(in_full, key=lambda n: -self.mentions[n].text.count(" "))
        }
        genders.learn(self.mentions, who | self._short_names(told.keys() - who.keys()), self.scene, self.cast)
        for n, m in enumerate(self.mentions):
            linked = self._link(m, told.get(n, roles.Told()))
            self.mentions[n] = linked
            self._remember(linked)
        return tuple(map(_as_written, self.written, self.mentions))

    def _short_names(self, places: Iterable[int]) -> dict[int, str]:
        """Whom the short names at some places mean, empty where that is open."""
        called = {n: self.cast.called(_spelled(self.mentions[n].text)) for n in places}
        return {n: found[0] if len(found) == 1 else "" for n, found in called.items()}

    def _told(self, mention: Mention) -> roles.Told:
        return roles.beside(mention, self.scene, self.beside, self.registry)

    def _introduce(self, mention: Mention, told: roles.Told) -> str:
        candidates = [k for k in mention.keys if k.startswith("person:") and k != "person:?"]
        if " " not in mention.text:
            candidates = []
        name = _spelled(mention.text)
        actor = people.identify(name, candidates or people.bearers(name, self.registry), told, self.cast)
        figure = self.cast.enter(actor, name)
        figure.gender = figure.gender or told.gender
        figure.roles += [r for r in told.roles if r not in figure.roles]
        return actor.id

    def _link(self, mention: Mention, told: roles.Told) -> Mention:
        if letters.strangers(mention.text):
            return _set(mention, None, "a name that no Latin letters spell")
        if mention.form == "pronoun":
            return self._pronoun(mention)
        if mention.form == "title":
            return self._title(mention)
        if mention.form == "group":
            return self._group(mention)
        return self._person(mention, told) if _is_person(mention) else self._named(mention)

    def _named(self, mention: Mention) -> Mention:
        """States, governments, organisations, media."""
        key = mention.keys[0]
        ministry = bodies.MINISTRY.fullmatch(mention.text) if key == "org:?" else None
        if ministry:
            whose = self.registry.country(ministry[1]) if ministry[1] else None
            state = whose.iso3 if whose else None if ministry[1] else self._state_here(mention)
            if state is None:
                return _set(mention, None, "a ministry of a state not told")
            key = bodies.ministry_key(ministry, state)
        actor = None if key == "org:?" else self.registry.actor(key, self.cast.at)
        if actor is None and (" " not in mention.text or mention.text.islower()):
            same = self._body_called(mention.text)
            if same is not None:
                return _set(mention, same, "short name of a body named before")
        if actor is None:
            name = mention.text.removeprefix("the ").removeprefix("The ")
            home = bodies.home(self._told(mention), self.registry)
            actor = Actor(id=f"org:{slug(name) or 'unnamed'}", name=name, kind="organisation", country=home)
            return _set(mention, self.cast.add(actor), "an organisation the registry does not know")
        return _set(mention, self.cast.add(actor), mention.form)

    def _body_called(self, words: str) -> str | None:
        """The body named before whose name begins or ends with some words ("the Post", "the department")."""
        for one in reversed(self.before):
            actor = self.cast.actors.get(one.actor)
            if actor is not None and actor.kind in ("organisation", "medium", "government"):
                name = actor.name.lower() if words.islower() else actor.name
                if name != words and (name.endswith(f" {words}") or name.startswith(f"{words} ")):
                    return actor.id
        return None

    def _state_here(self, mention: Mention) -> str | None:
        """ISO3 of the one state told in a sentence, or the only one told so far."""
        here = self.scene.sentence[self.scene.index(mention.start)]
        near = {k[6:] for m in self.mentions for k in m.keys[:1] if k.startswith("state:")
                and self.scene.sentence[self.scene.index(m.start)] == here}  # fmt: skip
        found = near or {s[6:] for s in self.states}
        return next(iter(found)) if len(found) == 1 else None

    def _person(self, mention: Mention, told: roles.Told) -> Mention:
        if " " in mention.text and not _only_short(mention, self.registry):
            return _set(mention, who := self._introduce(mention, told), people.how_known(who, told))
        called = self.cast.called(_spelled(mention.text), told.gender)
        if called:
            chosen = self._most_spoken_of(called)
            figure = self.cast.figures[chosen]
            figure.bare += 1
            figure.gender = figure.gender or told.gender
            figure.roles += [r for r in told.roles if r not in figure.roles]
            return _set(mention, chosen, "short name of somebody named in full")
        candidates = [k for k in mention.keys if k.startswith("person:") and k != "person:?"]
        if candidates:
            known, why = people.known_by_short_name(
                candidates,
                told.gender,
                self.cast,
                states=self.told_states,
                is_common=mention.text in people.COMMON,
                in_company=self._in_company(mention),
            )
            actor = self.registry.actor(known, self.cast.at) if known else None
            if actor is not None:
                self.cast.enter(actor, mention.text)
                return _set(mention, actor.id, why)
            return _set(mention, self._introduce(mention, told), f"{why}; taken for somebody of this article")
        return _set(mention, self._introduce(mention, told), "a name the registry does not know")

    def _in_company(self, mention: Mention) -> bool:
        """Whether the sentence names somebody else who is in office at the article's date."""
        here = self.scene.sentence[self.scene.index(mention.start)]
        return any(
            people.closeness(m.keys[0], self.cast.at, self.registry) >= 3
            for m in self.mentions
            if m.text != mention.text and m.keys[:1] and m.keys[0].startswith("person:")
            and m.keys[0] != "person:?" and self.scene.sentence[self.scene.index(m.start)] == here
        )  # fmt: skip

    def _most_spoken_of(self, called: list[str]) -> str:
        """Of several who go by one name the one so called before, else the one spoken of last or first."""
        if len(called) == 1:
            return called[0]
        recent = next((a for a in reversed(self.order) if a in called), called[0])
        most = max(called, key=lambda a: (self.cast.figures[a].bare, a == recent))
        return most

    def _title(self, mention: Mention) -> Mention:
        same = self._apposed(mention)
        if same is not None:
            return _set(mention, same, "stands beside the name")
        noun, _ = titles.role_of(mention)
        if noun == "counterpart":
            whose = self.order[-1] if self.order else None
            return _set(mention, *titles.counterpart(mention, whose, self.cast))
        likeliest = coreference.ranked(mention, self.before, self.scene, self.cast)
        order = list(dict.fromkeys([*likeliest, *reversed(self.order)]))
        found = titles.resolve(mention, order, self.cast)
        if found.actor is None:
            other = self._said_before(mention, noun)
            if other is not None:
                return other
        return _set(mention, found.actor, found.reason)

    def _said_before(self, mention: Mention, noun: str) -> Mention | None:
        """Who is told again: "the official" after "an official", "the airline" after its name."""
        kinds = bodies.KINDS.get(noun)
        body = coreference.body(mention, self.before, self.scene, self.cast, kinds=kinds) if kinds else None
        if body:
            return _set(mention, body, "the body spoken of")
        for one in reversed(self.before):
            if one.actor.startswith("group:") and one.actor.rpartition("-")[2].removeprefix("group:") == noun:
                return _set(mention, one.actor, "the one spoken of before")
        if noun in self.registry.words and self.registry.words[noun].body:
            same = self._body_called(noun)
            if same is not None:
                return _set(mention, same, "short name of a body named before")
        if noun in _EPITHETS:
            gender = self.registry.words[noun].gender if noun in self.registry.words else ""
            actor = coreference.person(mention, self.before, self.scene, self.cast, gender=gender)
            return _set(mention, actor, "the person spoken of") if actor else None
        return None

    def _at(self, i: int) -> Mention | None:
        """The mention at a token, as far as it has been linked."""
        return self.mentions[self.at_token[i]] if i in self.at_token else None

    def _apposed(self, mention: Mention) -> str | None:
        """The person whose name stands in apposition to a description, before or after it."""
        head = self.scene.head(mention)
        near = [c for c in head.children if c.dep_ == "appos"]
        near += [coreference.last_before(head)] if head.dep_ == "appos" else []
        for token in near:
            other = self._at(token.i)
            if other is not None and other is not mention and _is_person(other):
                if other.actor:
                    return other.actor
                return self._person(other, self._told(other)).actor
        return None

    def _group(self, mention: Mention) -> Mention:
        same = self._apposed(mention) if not self._is_plural(mention) else None
        if same is not None:
            return _set(mention, same, "stands beside the name")
        pair = coreference.states(mention, self.before, self.scene, self.cast)
        members = groups.members(mention, self.order, self.states, self.cast, pair, self.scene.text)
        if members and all(map(self.cast.holds, members)):
            return msgspec.structs.replace(mention, actor=None, members=members, reason="the two spoken of")
        actor = groups.actor_of(mention, self.cast)
        return _set(mention, self.cast.add(actor), "a group without a name")

    def _is_scene(self, mention: Mention) -> bool:
        """Whether a state is told as the place of something ("in Belarus")."""
        return (head := self.scene.head(mention)).dep_ == "pobj" and head.head.lower_ in _WHERE

    def _is_plural(self, mention: Mention) -> bool:
        word = self.registry.words.get(noun := mention.text.lower().split()[-1])
        return word is not None and word.plural == noun

    def _pronoun(self, mention: Mention) -> Mention:
        word = mention.text.lower()
        if word in ("who", "which", "that", "whose", "whom"):
            same = coreference.antecedent(mention, self.scene, self._at)
            if same is None or same.start >= mention.start:
                return _set(mention, None, "no actor before it in the sentence")
            return msgspec.structs.replace(
                mention, actor=same.actor, members=same.members, reason="relative clause"
            )
        if word in coreference.GENDER:
            actor = ahead.named_after(mention, self.before, self.scene, self.cast, self._people_at)
            others = ahead.objects_beside(mention, self.scene, self._people_at)
            actor = actor or coreference.person(mention, self.before, self.scene, self.cast, barred=others)
            return _set(mention, actor, "pronoun" if actor else "nobody fits the pronoun")
        if word == "both":
            members = coreference.pair(mention, self.before, self.scene, self.cast)
            reason = "the two named before" if members else "no two people named before"
            return msgspec.structs.replace(mention, members=members, reason=reason)
        if word in coreference.PLURAL:
            one = coreference.plural(mention, self.before, self.scene)
            if one is None:
                return _set(mention, None, "nobody fits the pronoun")
            return msgspec.structs.replace(
                mention, actor=one.actor or None, members=one.members, reason="pronoun"
            )
        actor = coreference.body(mention, self.before, self.scene, self.cast)
        return _set(mention, actor, "pronoun" if actor else "may stand for no actor")

    def _people_at(self, token: Token) -> list[str]:
        """Ids of those whom a name at a token may mean, linked or not, among people of the article."""
        named = self._at(token.i)
        if named is None or not _is_person(named):
            return []
        return [named.actor] if named.actor else self.cast.called(_spelled(named.text.split()[-1]))

    def _remember(self, mention: Mention) -> None:
        actor = mention.actor
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
            and self.cast.actors[actor].kind in ("group", "organisation", "armed_group", "government")
        )
        self.before.append(coreference.seen(mention, self.scene, is_plural, self._unnamed(mention)))
        others = self._joined(mention)
        if others:
            pair = msgspec.structs.replace(mention, actor=None, members=others)
            self.before.append(coreference.seen(pair, self.scene, True))

    def _unnamed(self, mention: Mention) -> str | None:
        """The gender that words for one unnamed person tell ("a spokeswoman"); None for anything else."""
        if mention.form not in ("group", "title") or mention.members or mention.actor in self.cast.figures:
            return None
        word = self.registry.words.get(mention.text.lower().split()[-1])
        noun = word if word is not None and not word.body else None
        return noun.gender if noun is not None and not self._is_plural(mention) else None

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
_ORDINAL = re.compile(r"^(\S+ .*\S) (?:II|III|IV)$")
_EPITHETS = frozenset({
    "diplomat", "billionaire", "mogul", "businessman", "businesswoman", "tycoon", "politician",
    "candidate", "nominee", "statesman", "hopeful",
})  # fmt: skip
"""Nouns that a writer puts for the person spoken of, for variety."""


def _spelled(name: str) -> str:
    """A name as it is usually written: straight apostrophes, no word all in capitals, no "III" at its end."""
    plain = _ORDINAL.sub(r"\1", name.replace("’", "'"))
    return plain.title() if plain.isupper() and len(plain) > 3 else plain


def _is_person(mention: Mention) -> bool:
    return mention.form == "name" and any(k.startswith("person:") for k in mention.keys[:1])


def _only_short(mention: Mention, registry: Registry) -> bool:
    """Whether the words are a family name of two words ("van Rompuy")."""
    entries = registry.forms.get(mention.text, ())
    first = mention.text.split()[0]
    return (bool(entries) and all(e.use == "short" for e in entries)) or first.islower()


def _as_written(text: str, mention: Mention) -> Mention:
    """A mention in the article's own letters, with a warning where some are of another alphabet."""
    if text == mention.text and text.isascii():
        return mention
    strange = letters.strangers(text)
    reason = f"{mention.reason}; holds {', '.join(strange)}" if strange else mention.reason
    return msgspec.structs.replace(mention, text=text, reason=reason)


def _set(mention: Mention, actor: str | None, reason: str) -> Mention:
    return msgspec.structs.replace(mention, actor=actor, reason=reason)
