"""What statements carry into the comparison with other articles: their side, what was so and what was not.

Between articles no syntax is left, only rows. A statement that denies something, or tells of a deed between
its side and another, keeps the stems of the words by which the other side's answer is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from onrecord.extract.disputes import denied
from onrecord.extract.disputes.tellings import UNKNOWN, Telling, Tellings
from onrecord.extract.scene import Scene
from onrecord.types import Parsed, Proposition, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token


def propositions(parsed: Parsed, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, those that tell of dealings between sides with their proposition."""
    scene = Scene(parsed, statements)
    tellings = Tellings(scene)
    among = frozenset(a.country for a in parsed.actors.values() if a.country)
    among |= {p.country for p in parsed.places if p.country}
    found = {
        t.statement.id: p
        for t in tellings.all
        if t.statement and t.side != UNKNOWN and (p := _proposition(scene, tellings, t, among))
    }
    return tuple(replace(s, proposition=found[s.id]) if s.id in found else s for s in statements)


def _proposition(
    scene: Scene, tellings: Tellings, told: Telling, among: frozenset[str]
) -> Proposition | None:
    """What a telling says was and was not; None where it has nothing to do with another side."""
    nos = tuple(denied.negations(told))
    was_not = {key for no in nos for key in _denied(tellings, told, no)}
    was: set[str] = set()
    if not told.denies:
        words = denied.affirmed(told)
        affirmed, deeds = denied.stems(words), denied.told_deeds(words)
        if deeds or tellings.named(told) - {told.side}:
            was = {key for s, t in affirmed.items() for key in _at(tellings, told, s, t)}
            was |= {key for d, t in deeds.items() for key in _at(tellings, told, f"={d}", t)}
    if not (was or was_not) or len(among) < 2:
        return None
    return Proposition(
        side=told.side,
        actor=told.actor,
        was=tuple(sorted(was)),
        was_not=tuple(sorted(was_not)),
        words=tuple(sorted(set(_words(scene, _matter(told, nos, was))))),
        among=tuple(sorted(among)),
    )


def _matter(told: Telling, nos: Sequence[denied.No], was: set[str]) -> Iterable[Token]:
    """Words that say what it is about: of a denial those of the clause denied, unless it points back."""
    if was or denied.points_back(told.tokens):
        return told.tokens
    denied_words = {t for no in nos for t in no.verb.subtree}
    return [t for t in told.tokens if t in denied_words]


def _denied(tellings: Tellings, told: Telling, no: denied.No) -> Iterable[str]:
    """Keys of what was not; `no x` for a thing that there was not."""
    for key in (*no.stems, *(f"={d}" for d in no.deeds)):
        yield from _at(tellings, told, key, no.verb)
        if no.noun and key != denied.stem(no.verb):
            yield f"no {key}"


def _at(tellings: Tellings, told: Telling, key: str, word: Token) -> Iterable[str]:
    """A key, and with the side that did it and the thing it was done to where these are told."""
    yield key
    if word.pos_ != "VERB":
        return
    doer = tellings.doer(told, word)
    if doer:
        yield f"{key}@{doer}"
    for thing in word.children:
        if thing.dep_ in ("dobj", "nsubjpass") and thing.pos_ == "NOUN" and not denied.fields(thing):
            yield f"{key}>{denied.stem(thing)}"


def _words(scene: Scene, tokens: Iterable[Token]) -> Iterable[str]:
    """Stems of what it is about: no names of states and people, numbers as `#18`."""
    for token in tokens:
        if token.like_num:
            yield f"#{token.lower_}"
        elif denied.is_matter(token) and not denied.is_named(scene, token) and token.ent_type_ != "DATE":
            yield denied.stem(token)
