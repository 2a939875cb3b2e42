"""Tellings of one article → agreements: which sentences speak of the same one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.extract.agreements import words
from onrecord.extract.agreements.telling import Telling

_LATER = frozenset({"in_force", "violated", "expired"})
_ANY = frozenset({"agreement", "deal", "accord"})


@dataclass(slots=True)
class Pact:
    """Tellings of one agreement, in text order."""

    tellings: list[Telling] = field(default_factory=list)

    @property
    def subject(self) -> str:
        """The fullest name told; of marked ones the surest."""
        if self.tellings[0].kind == "marked":
            named = [t for t in self.tellings if t.gist and not t.definite] or self.tellings
            return max(named, key=lambda t: t.sure).subject
        return max((t.subject for t in self.tellings), key=lambda s: (len(content_words(s)), -len(s)))

    def merged(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(v for t in self.tellings for v in getattr(t, name)))


def content_words(subject: str) -> frozenset[str]:
    """Words that tell one agreement from another."""
    bare = (w.strip(".,;:()“”\"'’").lower().removesuffix("'s").removesuffix("’s") for w in subject.split())
    return frozenset(w for w in bare if w and w not in words.GENERIC)


def group(told: Iterable[Telling]) -> list[Pact]:
    """Agreements in the order they are first told."""
    pacts: list[Pact] = []
    for telling in told:
        home = next((p for p in reversed(pacts) if _same(p, telling)), None)
        if home is None:
            if telling.kind == "marked" and not (telling.subject and telling.gist):
                continue
            empty = not (telling.parties or telling.brokers or content_words(telling.subject))
            # `broke the pact` names one; `the agreement` may be anything told before in other words
            nameless = (
                telling.kind != "marked"
                and empty
                and (telling.state not in _LATER or _ANY & set(telling.subject.lower().split()))
            )
            if telling.kind == "it" or not telling.anchored or (telling.definite and nameless):
                continue
            home = Pact()
            pacts.append(home)
        home.tellings.append(telling)
    return pacts


def _same_deal(pact: Pact, telling: Telling) -> bool:
    """One agreement told again by marked words: no other sides; a subject in common, or none of its own."""
    sides = set(pact.merged("states"))
    if len(sides) > 1 and len(telling.states) > 1 and not sides >= telling.states:
        return False
    known = pact.merged("gist")
    return telling.definite or not known or not telling.gist or bool(telling.gist & set(known))


def _same(pact: Pact, telling: Telling) -> bool:
    if (telling.state == "not_agreed") != any(t.state == "not_agreed" for t in pact.tellings):
        return False
    if telling.kind == "marked":
        return _same_deal(pact, telling)
    if telling.kind == "it":
        return True
    sides = set(pact.merged("states"))
    if telling.kind != pact.tellings[0].kind:
        # `A and B agreed to build a dam. The agreement was signed on Monday`
        named = telling.definite and telling.kind == "pact" and not content_words(telling.subject)
        fits = not (sides and telling.states) or sides == telling.states
        return named and fits and {t.kind for t in pact.tellings} == {"consent"} and telling.state == "agreed"
    if sides and telling.states and not sides & telling.states:
        return False
    mine, known = content_words(telling.subject), content_words(pact.subject)
    if telling.definite and not mine:
        return True
    shared = mine & known
    if telling.kind == "truce":
        return bool(shared) or (telling.definite and len(mine) <= 1)
    return bool(shared) and len(shared) * 2 >= min(len(mine), len(known))
