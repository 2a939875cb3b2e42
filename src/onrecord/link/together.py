"""Several people, or sides, told by one phrase: "the two", "both governments", "the ministers of A and B"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord.link import groups
from onrecord.link.coreference import Seen
from onrecord.link.others import holder
from onrecord.link.scene import SUBJECTS, Scene
from onrecord.link.stage import Stage, state_of
from onrecord.types import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

NUMBERS = {"two": 2, "both": 2, "pair": 2, "duo": 2, "neither": 2, "three": 3, "trio": 3}
SIDES = groups.STATES | {"delegations", "parties", "teams", "ministries"}
"""Nouns for what deals through people: the sides themselves are meant."""
ALONE = frozenset({"sides", "parties", "delegations", "interlocutors", "ministers", "leaders", "presidents",
                   "guests", "counterparts", "premiers"})  # fmt: skip
"""Nouns that name those who deal with each other with no number beside them, too: "the ministers met"."""
_ANY = frozenset({
    "men", "women", "guests", "hosts", "interlocutors", "visitors", "officials", "diplomats", "negotiators",
    "envoys", "counterparts", "colleagues", "leaders", "statesmen", "politicians", "rivals", "delegates",
    "representatives", "people",
})  # fmt: skip
"""Nouns that fit whoever deals, whatever his office."""
_DEFINITE = frozenset(
    {"neither", "either", "the", "both", "these", "those", "all", "his", "her", "their", "its", "our"}
)
_GENDER = {"men": "m", "women": "f", "statesmen": "m"}
_OF_BOTH = re.compile(r"\s+(?:of|from)\s+(?:the\s+two|both|the)\s+(\w+)")
_BOTHS = re.compile(r"(?:the two|both) (\w+)(?:'|’)s? ")


def number_of(words: str) -> int:
    """How many a phrase counts, 0 where it tells no number."""
    found = (NUMBERS[w] for w in re.findall(r"[a-z]+", words.lower()) if w in NUMBERS)
    return next(found, 0)


def members(
    mention: Mention,
    stage: Stage,
    scene: Scene,
    others: Mapping[int, Mention],
    *,
    told_states: frozenset[str],
    barred: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """The actors that a plural description or a number stands for; empty where they are not told.

    Those of named states are the people of these states ("the ministers of Peru and Chile"), or the states.
    """
    words = mention.text.lower().split()
    noun = _plural(re.sub(r"[^\w-]|-?'s?$", "", words[-1]), words[0], stage)
    head, here = scene.head(mention), scene.sentence[scene.index(mention.start)]
    named = _states_of(head, others) or _states_before(mention, scene, others)
    if len(named) > 1:
        return tuple(_person(s, noun, mention, stage) for s in named)
    of_both = _OF_BOTH.match(scene.text, mention.end)
    if mention.form == "group" and words[0] not in _DEFINITE and noun not in SIDES and not of_both:
        return ()
    if groups.goes_on(mention, scene.text):
        return ()
    if noun in ("guests", "visitors"):
        barred |= {one.actor for one in stage.before if one.sentence == here and one.actor}
    number = number_of(mention.text)
    both_of = _BOTHS.match(mention.text.lower())
    owners = of_both or both_of
    if owners and owners[1] in SIDES - {"parties", "states"}:
        people = _people(noun, 2, here, stage, barred) if noun in groups.PEOPLE else ()
        if people:
            return people
        sides = stage.sides(here) or _two(told_states)
        return tuple(_person(s.removeprefix("state:"), noun, mention, stage) for s in sides)
    if words[0] == "their" and noun in groups.PEOPLE:
        sides = stage.sides(here)
        return tuple(_person(s.removeprefix("state:"), noun, mention, stage) for s in sides)
    if not number and not (noun in ALONE and words[0] == "the" and len(words) < 4):
        return ()
    if noun in SIDES:
        within = re.match(r"\s+(?:in|of|within)\s", scene.text[mention.end :])
        if within:
            return ()
        if noun == "parties":  # those of a legislature, too, so that two people must be told to deal
            return stage.sides(here, only_pairs=True)
        return stage.sides(here) or _two(told_states)
    people = _people(noun, number or 2, here, stage, barred)
    return people or _one_and_a_state(noun, number, here, mention, stage, told_states)


def _one_and_a_state(
    noun: str, number: int, here: int, mention: Mention, stage: Stage, states: frozenset[str]
) -> tuple[str, ...]:
    """The only minister told and the other of an article's two states, where it says "the two ministers"."""
    is_pair = number == 2 and noun in groups.PEOPLE and mention.form == "group"
    if not is_pair or len(states) != 2:
        return ()
    sides = {a: stage.side(a) for a in stage.told(here) if stage.deals(a)}
    if not set(sides.values()) <= states:
        return ()
    return tuple(_person(s, noun, mention, stage) for s in sorted(states))


def _plural(noun: str, first: str, stage: Stage) -> str:
    """A noun as it stands, or the plural of one that "neither" and "either" count."""
    word = stage.cast.registry.words.get(noun)
    noun = word.plural if word is not None and first in ("neither", "either") else noun
    return noun.rpartition("-")[2] if word is None else noun


def _states_before(mention: Mention, scene: Scene, others: Mapping[int, Mention]) -> tuple[str, ...]:
    """ISO3 of both states of "the Thai and Malaysian ministers", the first of which stands before it."""
    at = scene.index(mention.start)
    own = next((k[6:9] for k in mention.keys if k.startswith("group:") and k[9:10] == "-"), "")
    if not own.isupper() or at < 2 or scene.tokens[at - 1].lower_ != "and" or at - 2 not in others:
        return ()
    key = others[at - 2].keys[:1]
    return (key[0].removeprefix("state:"), own) if key and key[0].startswith("state:") else ()


def _two(states: frozenset[str]) -> tuple[str, ...]:
    return tuple(f"state:{s}" for s in sorted(states)) if len(states) == 2 else ()


def _people(noun: str, number: int, here: int, stage: Stage, barred: frozenset[str]) -> tuple[str, ...]:
    word = stage.cast.registry.words.get(noun)
    one = word.word if word else noun
    gender = _GENDER.get(noun, "")

    def fits(actor: str) -> bool:
        figure = stage.cast.figures.get(actor)
        if noun in NUMBERS or noun in _ANY or noun == "them":
            return not gender or figure is None or figure.gender in ("", gender)
        if figure is None:
            return actor.startswith("state:")  # its unnamed minister
        told = {w for role, _ in figure.roles for w in role.replace("-", " ").split()}
        held = {w for t in stage.cast.registry.offices(actor) for w in t.office.split()}
        return one in told | held or not (told or held)

    return stage.several(number, here, fits, barred=barred)


def _person(state: str, noun: str, mention: Mention, stage: Stage) -> str:
    """Who of a state is meant by a plural noun for office-holders, else the state itself."""
    word = stage.cast.registry.words.get(noun)
    one = word.word if word else noun
    if noun in SIDES or noun not in groups.PEOPLE:
        return f"state:{state}"
    for actor in (*stage.told(10**6), *stage.cast.figures):
        figure = stage.cast.figures.get(actor)
        if figure is None or stage.side(actor) != state:
            continue
        told = {w for role, _ in figure.roles for w in role.replace("-", " ").split()}
        held = {w for t in stage.cast.registry.offices(actor) for w in t.office.split()}
        if one in told | held or noun in _ANY:
            return actor
    words = [*mention.text.lower().split()[:-1], one]
    for n in range(len(words) - (one in ("minister", "secretary"))):
        held_by = holder(" ".join(words[n:]), state, stage.cast)
        if held_by is not None and held_by.actor:
            return held_by.actor
    return f"state:{state}"


def _states_of(head: Token, others: Mapping[int, Mention]) -> tuple[str, ...]:
    """ISO3 of the states that "of A and B" names behind a noun."""
    found: dict[str, None] = {}
    for prep in (c for c in head.children if c.dep_ == "prep" and c.lower_ in ("of", "from")):
        for goal in (c for c in prep.children if c.dep_ == "pobj"):
            for token in (goal, *goal.conjuncts):
                key = others[token.i].keys[:1] if token.i in others else ()
                if key and key[0].startswith(("state:", "gov:")):
                    found.setdefault(key[0].partition(":")[2])
    return tuple(found)


def joined(mention: Mention, scene: Scene, at: Callable[[int], Mention | None]) -> tuple[str, ...]:
    """Two people told in one clause as its subject and one it deals with ("Ann saw Bob off"); else empty."""
    token = scene.head(mention)
    while token.dep_ in ("appos", "conj") and token.head.i < token.i:
        token = token.head
    if token.dep_ not in ("dobj", "dative", "pobj", "agent"):
        return ()
    verb = token
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i and verb.dep_ != "poss":
        verb = verb.head
    for _ in range(4):
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        if subject is not None:
            break
        if verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "prep", "dobj", "acl", "pobj"):
            return ()
        verb = verb.head
    first = at(subject.i) if subject is not None else None
    one, other = (_somebody(m) if m is not None else "" for m in (first, mention))
    return (one, other) if one and other and one != other else ()


def _somebody(mention: Mention) -> str:
    """Id of the person a mention is, or of the state of somebody unnamed; empty for states and bodies."""
    actor = mention.actor or ""
    return actor if actor.startswith("person:") else state_of(mention)


def subjects_here(mention: Mention, before: Sequence[Seen], scene: Scene) -> frozenset[str]:
    """Who is the subject of a number's own clause, where it is not: "Cho went between the two"."""
    token = scene.head(mention)
    if token.dep_ in SUBJECTS:
        return frozenset()
    above = {a.i for a in token.ancestors}
    here = scene.sentence[token.i]
    nearest = max(
        (one for one in before if one.actor and one.sentence == here and one.role == "subject"
         and scene.head_at(one.place).head.i in above),
        key=lambda one: one.place, default=None,
    )  # fmt: skip
    return frozenset({nearest.actor}) if nearest is not None else frozenset()
