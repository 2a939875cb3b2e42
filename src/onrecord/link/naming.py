"""Names of one article on their way to actors: people, states, bodies; what descriptions build on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from onrecord.facts import letters
from onrecord.facts.actors import Registry, slug
from onrecord.link import bodies, coreference, people, roles
from onrecord.link.cast import Cast
from onrecord.link.scene import Scene
from onrecord.link.spelling import is_person, only_short, spelled
from onrecord.types import Actor, Mention, Parsed, Range, day_range

if TYPE_CHECKING:
    pass


def article_range(parsed: Parsed) -> Range | None:
    """The days on which the article may have appeared, None where nothing is known."""
    a = parsed.article
    return day_range(a.published) if a.published else a.published_range


class Names:
    """One article's mentions, and the people, states and bodies behind those that are names."""

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
            if self._is_language(m):
                continue
            if key.startswith(("state:", "gov:", "org:", "armed:")) and key != "org:?":
                actor = self.registry.actor(key)
                found.add(actor.country if actor else None)
            elif key.startswith("group:") and key[6:9] in self.registry.countries:
                found.add(key[6:9])
            elif key.startswith(("office:", "role:")):
                whose = key.partition("@")[2].removeprefix("state:")
                found.add(whose if whose in self.registry.countries else None)
            elif key.startswith("person:") and " " in m.text:
                found |= {t.country for t in self.registry.offices(key)}
        return frozenset(f for f in found if f)

    def _is_language(self, mention: Mention) -> bool:
        """Whether a state's adjective stands for its language: "in Spanish", "translated from Spanish"."""
        uses = {e.use for e in self.registry.forms.get(mention.text, ())}
        if "adjective" not in uses or "name" in uses:
            return False
        head = self.scene.head(mention)
        return head.dep_ == "pobj" and head.head.lower_ in ("in", "from", "into")

    def _short_names(self, places: Iterable[int]) -> dict[int, str]:
        """Whom the short names at some places mean, empty where that is open."""
        called = {n: self.cast.called(spelled(self.mentions[n].text)) for n in places}
        return {n: found[0] if len(found) == 1 else "" for n, found in called.items()}

    def _told(self, mention: Mention) -> roles.Told:
        return roles.beside(mention, self.scene, self.beside, self.registry)

    def _introduce(self, mention: Mention, told: roles.Told) -> str:
        candidates = [k for k in mention.keys if k.startswith("person:") and k != "person:?"]
        if " " not in mention.text:
            candidates = []
        name = spelled(mention.text)
        known = candidates or people.bearers(name, self.registry) or people.by_initial(name, self.cast)
        actor = people.identify(name, known, told, self.cast)
        figure = self.cast.enter(actor, name)
        figure.gender = figure.gender or told.gender
        figure.roles += [r for r in told.roles if r not in figure.roles]
        return actor.id

    def _named(self, mention: Mention) -> Mention:
        """States, governments, organisations, media."""
        key = mention.keys[0]
        ministry = bodies.MINISTRY.fullmatch(mention.text) if key == "org:?" else None
        if ministry:
            whose = self.registry.country(ministry[1]) if ministry[1] else None
            state = whose.iso3 if whose else None if ministry[1] else self._state_here(mention)
            if state is None:
                return given(mention, None, "a ministry of a state not told")
            key = bodies.ministry_key(ministry, state)
        actor = None if key == "org:?" else self.registry.actor(key, self.cast.at)
        if actor is None and (" " not in mention.text or mention.text.islower()):
            same = self._body_called(mention.text)
            if same is not None:
                return given(mention, same, "short name of a body named before")
        if actor is None:
            name = mention.text.removeprefix("the ").removeprefix("The ")
            home = bodies.home(self._told(mention), self.registry)
            actor = Actor(id=f"org:{slug(name) or 'unnamed'}", name=name, kind="organisation", country=home)
            return given(mention, self.cast.add(actor), "an organisation the registry does not know")
        return given(mention, self.cast.add(actor), mention.form)

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
        if " " in mention.text and not only_short(mention, self.registry):
            return given(mention, who := self._introduce(mention, told), people.how_known(who, told))
        called = self.cast.called(spelled(mention.text), told.gender)
        if called:
            chosen = self._most_spoken_of(called)
            figure = self.cast.figures[chosen]
            figure.bare += 1
            figure.gender = figure.gender or told.gender
            figure.roles += [r for r in told.roles if r not in figure.roles]
            return given(mention, chosen, "short name of somebody named in full")
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
                return given(mention, actor.id, why)
            return given(
                mention, self._introduce(mention, told), f"{why}; taken for somebody of this article"
            )
        return given(mention, self._introduce(mention, told), "a name the registry does not know")

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

    def _at(self, i: int) -> Mention | None:
        """The mention at a token, as far as it has been linked."""
        return self.mentions[self.at_token[i]] if i in self.at_token else None

    def _apposed(self, mention: Mention) -> str | None:
        """The person whose name stands in apposition to a description, before or after it."""
        head = self.scene.head(mention)
        near = [c for c in head.children if c.dep_ == "appos"]
        near += [coreference.last_before(head)] if head.dep_ == "appos" else []
        near += coreference.complements(head) + coreference.named_behind(mention, self.scene)
        for token in near:
            other = self._at(token.i)
            if other is not None and other is not mention and is_person(other):
                if other.actor:
                    return other.actor
                return self._person(other, self._told(other)).actor
        return None


def given(mention: Mention, actor: str | None, reason: str) -> Mention:
    """A mention with an actor, or with the reason why it has none."""
    return msgspec.structs.replace(mention, actor=actor, reason=reason)
