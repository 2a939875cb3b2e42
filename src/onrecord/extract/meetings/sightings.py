"""One telling of an encounter: a verb or noun that shows it, and who takes part by syntax."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.meetings import words
from onrecord.extract.meetings.acts import ACTS, act, addressed, joined_to, sees_each_other
from onrecord.extract.meetings.gatherings import is_gathering
from onrecord.extract.meetings.people import is_person, is_public, participants, sides, state_sides
from onrecord.extract.meetings.pointing import is_echo, is_second_of
from onrecord.extract.meetings.taking_part import (
    REACH,
    doers,
    has_prep,
    other_side,
    quoted_speaker,
    taking_part,
    with_whom,
)
from onrecord.extract.meetings.trigger import Trigger
from onrecord.extract.scene import Scene, clause_of, is_negated, subjects
from onrecord.types import Medium, MeetingStatus, Range, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token

_SERIES = re.compile(
    r"\b(?:(?:many|several|numerous|countless|multiple|\w+teen|dozens? of|two|three|four|five|six) times"
    r"|often|regularly|repeatedly|frequently|always|routinely|sometimes|on several occasions"
    r"|over the years)\b",
    re.IGNORECASE,
)


ROOM = frozenset({"boast", "confide", "say", "tell", "explain", "complain", "put", "propose", "hand"})
"""Verbs of people who speak to each other in one room."""
POSSIBLE = frozenset().union(
    words.MEET, words.SPEAK, words.HOST, words.PHONE, words.TRAVEL, words.VISIT, words.NOUNS,
    words.PLURAL_ONLY, ROOM, ACTS, {"sit", "spend", "see", "call", "shake", "last", "run", "meets", "talks"},
)  # fmt: skip
"""Lemmas that can tell of an encounter; no other token is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What one sentence tells of an encounter."""

    trigger: int
    """Token index."""
    span: Span
    """The sentence."""
    participants: tuple[str, ...]
    joined: tuple[str, ...] = ()
    """Actors told to have been there too."""
    whole: bool = True
    """Names both sides, so that it can stand alone."""
    definite: bool = False
    """Points back at an encounter (`the talks`), so it needs not name both sides."""
    echo: bool = False
    """Names its people by a word for those told of last (`they met`, `their talks`)."""
    implied: bool = False
    """People of two sides speaking in one room; counts only when `the meeting` follows."""
    plural: bool = False
    ordinal: str | None = None
    date: Range | None = None
    date_basis: str | None = None
    weekday: int | None = None
    """1 (Monday) … 7 where the words tell a weekday of a week that is not known."""
    place: str | None = None
    hall: str | None = None
    occasion: str | None = None
    minutes: int | None = None
    length_told: str | None = None
    length_planned: str | None = None
    start: str | None = None
    medium: Medium | None = None
    status: MeetingStatus = "held"
    firm: bool = True
    """The words tell by themselves whether it took place."""
    on_word_of: str | None = None
    present: tuple[str, ...] = ()
    """Persons named in the sentence, whatever they do in it."""
    marked: bool = False
    """Marked by the learnt reader, whether or not rules tell it too."""
    ruled: bool = False
    """Marked, and seen by a rule too."""
    open_side: bool = False
    """Surely an encounter with somebody whom a marked phrase tells without naming him."""
    sure: float = 0.9


def triggers(scene: Scene, sentence: Run) -> Iterator[Trigger]:
    """All words of a sentence that tell of an encounter, in text order."""
    for token in scene.of_lemma(sentence, POSSIBLE):
        found = act(scene, token) or _verb(scene, token) or _noun(scene, token) or _implied(scene, token)
        if found and not is_series(token, sentence):
            yield found


def is_series(token: Token, sentence: Run) -> bool:
    """True for words about many encounters or about none in particular."""
    clause = " ".join(t.text for t in sorted(clause_of(token).subtree, key=lambda t: t.i))
    if token.pos_ in ("VERB", "AUX"):
        return bool(_SERIES.search(clause))
    mods = {c.lower_ for c in token.children}
    if token.tag_ == "NNS" and token.lemma_ != "talk" and mods & words.MANY:
        return True
    return bool(mods & {"no", "any", "every", "each", "respective", "annual", "regular", "never"})


def _verb(scene: Scene, token: Token) -> Trigger | None:
    lemma = token.lemma_.lower()
    if token.lower_ in ("meet", "meets") and token.pos_ in ("NOUN", "PROPN"):
        return _mistagged_meet(scene, token)
    if token.pos_ != "VERB":
        return None
    if lemma in ("last", "run"):
        lasting = any(t.type == "DURATION" for t in scene.times_of(token.sent))
        own = lasting and any(s.lower_ in ("it", "this") for s in subjects(token))
        return Trigger(token, (), (), "it lasted", definite=True) if own else None
    if lemma in ROOM:
        return None
    subject = tuple(a for s in subjects(token) for a in scene.named(s))
    if lemma in words.MEET or (lemma == "see" and sees_each_other(scene, token)):
        return _met(scene, token, subject)
    if lemma in words.SPEAK:
        if _is_going_on(token):
            return None
        return _spoke(scene, token, subject)
    if lemma == "spend":
        return _spent(scene, token, subject)
    if lemma == "sit" and any(c.lower_ in ("down", "together") for c in token.children):
        other = with_whom(scene, token)
        echo = not other and any(is_echo(s) for s in subjects(token))
        return Trigger(token, subject, other, "sat down", definite=echo, medium="in_person", echo=echo)
    if lemma in words.VISIT or lemma in words.TRAVEL:
        return _visited(scene, token, subject, lemma)
    if lemma in words.HOST or lemma in words.PHONE or lemma == "call":
        return _transitive(scene, token, subject, lemma)
    if lemma == "shake" and any(c.lemma_ == "hand" for c in token.children):
        return Trigger(token, subject, with_whom(scene, token), "shook hands", medium="in_person")
    return None


def _met(scene: Scene, token: Token, subject: tuple[str, ...]) -> Trigger | None:
    if token.doc[token.i : token.i + 3].text.lower() == "meet the press":
        return None  # a broadcast
    objects = [c for c in token.children if c.dep_ in ("dobj", "dative") and c.lemma_ not in words.NOUNS]
    facing = [c for c in token.children if c.lower_ == "face"]  # `meet face to face`
    objects = [c for c in objects if c not in facing]
    named = tuple(a for o in objects for a in scene.named(o))
    named = named or _just_behind(scene, token)
    if objects and not named and objects[0].lower_ not in ("each", "one", "other", "another"):
        return None
    passive = tuple(
        a for c in token.children if c.dep_ == "agent" for o in c.children for a in scene.named(o)
    )
    if passive:
        return None  # `was met by protests`, `was met at the airport by`
    other = named + with_whom(scene, token)
    if not other and token.dep_ == "relcl" and len(sides(scene, subject)) < 2:
        subject += joined_to(scene, token.head)
    echo = not other and any(is_echo(s) for s in subjects(token))
    medium: Medium | None = "in_person" if facing else None
    return Trigger(token, subject, other, "met", definite=echo, medium=medium, echo=echo)


def _spent(scene: Scene, token: Token, subject: tuple[str, ...]) -> Trigger | None:
    """`A and B spent two hours on lumber`, `A spent two hours with B`: people of two sides, for a time."""
    people = tuple(a for a in (*subject, *with_whom(scene, token)) if is_person(scene, a))
    long = any(
        t.type == "DURATION" and t.value.startswith(("PT", "~PT")) and (h := scene.head_of(t.start, t.end))
        and h.dep_ == "dobj" and h.head == token
        for t in scene.times_of(token.sent)
    )  # fmt: skip
    both = len(sides(scene, people)) >= 2 and long and all(is_public(scene, a) for a in people)
    return Trigger(token, people, (), "spent hours") if both else None


def _just_behind(scene: Scene, verb: Token) -> tuple[str, ...]:
    """The name that follows `met` behind a title, where the parser lost its way in it."""
    for token in verb.doc[verb.i + 1 : verb.i + REACH]:
        mention = scene.mention_of.get(token.i)
        if mention and mention.form == "name" and any(is_person(scene, a) for a in scene.ids(mention)):
            return scene.ids(mention)
        if token.pos_ not in ("PROPN", "ADJ") and token.lower_ not in ("with", "of", "the", "'s", "’s"):
            return ()
    return ()


def _mistagged_meet(scene: Scene, token: Token) -> Trigger | None:
    """`A and B meet at …` in captions and headlines, where the tagger takes the verb for a noun."""
    before = tuple(
        a
        for t in token.sent
        if t.i < token.i and (m := scene.mention_of.get(t.i)) and m.form != "metonym"
        for a in scene.ids(m)
    )
    return Trigger(token, before, with_whom(scene, token), "met")


def _is_going_on(token: Token) -> bool:
    """`they are talking to a crowd`, `what they're talking about`: speaking, not one encounter told of."""
    return (
        token.tag_ == "VBG"
        and token.lemma_ in ("talk", "speak")
        and any(a.lemma_ == "be" for a in token.children if a.dep_ == "aux")
    )


def _spoke(scene: Scene, token: Token, subject: tuple[str, ...]) -> Trigger | None:
    if token.lemma_ == "negotiate" and any(c.dep_ == "dobj" for c in token.children):
        return None  # `negotiate a better deal with B`: an aim, no encounter
    other = with_whom(scene, token)
    if not other and token.lemma_ == "talk":
        other = tuple(
            a for a in with_whom(scene, token, ("to",)) if is_person(scene, a)
        )  # `to a crowd` is a speech
    told = {t.lower_ for t in token.subtree}
    video = bool(told & words.VIDEOS)
    phone = video or bool(told & (words.CALLS | {"call"}))
    medium: Medium | None = "video" if video else "call" if phone else None
    if other:
        people_only = all(is_person(scene, a) for a in other)
        if token.lemma_ in ("speak", "discuss") and not (people_only or phone):
            return None
        return Trigger(token, subject, other, "spoke", medium=medium)
    if not (phone or token.lemma_ in ("talk", "confer", "negotiate") or _takes_time(scene, token)):
        return None
    if token.lemma_ == "negotiate" and token.tag_ not in ("VBD", "VBN"):
        return None  # `are willing to negotiate`
    echo = any(is_echo(s) for s in subjects(token))
    if not echo and len(sides(scene, participants(scene, subject))) < 2:
        return None
    return Trigger(token, subject, (), "spoke", definite=echo, medium=medium, echo=echo)


def _takes_time(scene: Scene, verb: Token) -> bool:
    """`A and B spoke for less than an hour`: to each other, where two sides are the subject."""
    spans = [t for t in scene.times_of(verb.sent) if t.type == "DURATION" and "T" in t.value]
    heads = (scene.head_of(t.start, t.end) for t in spans)
    return verb.lemma_ == "speak" and any(h is not None and h.head.head == verb for h in heads)


def _visited(scene: Scene, token: Token, subject: tuple[str, ...], lemma: str) -> Trigger | None:
    """`A visited Lima`, `A flew to Lima for talks`: a person who deals for a state, and the host's state."""
    able = tuple(a for a in subject if is_person(scene, a) and is_public(scene, a))
    if not able:
        return None
    if lemma in words.VISIT:
        goals = [c for c in token.children if c.dep_ == "dobj"]
    else:
        preps = [c for c in token.children if c.lower_ in ("to", "in", "for")]
        goals = [o for c in preps if c.lower_ != "for" for o in c.children if o.dep_ == "pobj"]
        below = [
            t for t in token.subtree if t.lemma_ in ("talk", "meeting", "summit", "visit", "negotiation")
        ]
        if not any(t.dep_ == "pobj" and t.head.lower_ in ("for", "on") for t in below):
            return None
        if any(with_whom(scene, t) for t in below):
            return None  # the noun tells with whom
    host = tuple(h for h in scene.state_of_place(goals) if scene.side(h) not in {scene.side(a) for a in able})
    return Trigger(token, able, host, "visited", medium="in_person") if host else None


def _transitive(scene: Scene, token: Token, subject: tuple[str, ...], lemma: str) -> Trigger | None:
    objects = [c for c in token.children if c.dep_ == "dobj"]
    named = tuple(a for o in objects for a in scene.named(o) if is_person(scene, a))
    passive = tuple(
        a for c in token.children if c.dep_ == "agent" for o in c.children for a in scene.named(o)
    )
    if passive and lemma != "call":
        return Trigger(token, passive, subject, lemma, medium=None if lemma in words.PHONE else "in_person")
    if not named:
        return None
    if lemma == "call":
        # `called him a partner`, `called on him`, `called for talks` are no telephone calls
        busy = {"oprd", "acomp", "attr", "xcomp", "ccomp", "prt", "prep"}
        others = [c for c in token.children if c.dep_ in busy and c.lower_ not in ("on", "in", "after", "to")]
        preps = [c for c in token.children if c.lower_ in ("on", "for", "off", "out", "upon")]
        dated = any(o.ent_type_ in ("DATE", "TIME") for c in preps for o in c.children)
        if others or (preps and not dated):
            return None
    medium: Medium = "call" if lemma == "call" or lemma in words.PHONE else "in_person"
    return Trigger(token, subject, named, lemma, medium=medium)


def _noun(scene: Scene, token: Token) -> Trigger | None:
    lemma = "talk" if token.lower_ == "talks" else token.lemma_.lower()
    plural = token.tag_ in ("NNS", "NNPS")
    named_so = lemma in words.NOUNS or (lemma in words.PLURAL_ONLY and plural)
    if not named_so or token.pos_ not in ("NOUN", "PROPN") or token.dep_ == "compound":
        return None
    before = {c.lower_ for c in token.children if c.dep_ in ("compound", "amod", "nmod") and c.i < token.i}
    if before & words.NOT_ENCOUNTERS or is_gathering(scene, token):
        return None
    held = token.dep_ == "dobj" and token.head.lemma_ in words.LIGHT
    phoned = before & (words.CALLS | words.VIDEOS) or has_prep(token, ("with", "between"))
    lasted = token.dep_ == "nsubj" and token.head.lemma_ in ("last", "take")
    if lemma == "call" and not (phoned or lasted or (held and token.head.lemma_ in ("hold", "have"))):
        return None
    if _is_other_sense(token, lemma, before):
        return None
    if lemma in words.MEALS and not has_prep(token, ("with", "between")):
        return None
    owner = tuple(a for c in token.children if c.dep_ == "poss" for a in scene.named(c))
    between = (
        with_whom(scene, token, ("between",)) or with_whom(scene, token, ("of",)) if lemma != "visit" else ()
    )
    other = other_side(scene, token, lemma)
    compound = _paired(scene, token)
    left = owner + between + compound
    if not participants(scene, owner) and (other or lemma == "visit"):
        left += taking_part(scene, token)
    elif (held or _is_within(token)) and not participants(scene, left):
        both = taking_part(scene, token) + (addressed(scene, token) if _is_within(token) else ())
        left += both if len(state_sides(scene, participants(scene, both))) >= 2 else ()
    determiner = next((c.lower_ for c in token.children if c.dep_ in ("det", "poss")), "")
    if plural and not other and not left and lemma not in words.ONE_IN_PLURAL:
        return None
    definite = determiner in ("the", "that", "this", "their", "those", "these") or bool(owner)
    if (
        not determiner
        and lemma == "talk"
        and token.head.lower_ in ("after", "during", "following", "in", "at")
    ):
        definite = True  # `said after talks in Mombasa`
    if other and not participants(scene, left):
        left += quoted_speaker(scene, token)
    medium = _medium(token, before)
    if lemma == "visit":
        definite = False  # a visit told with its visitor alone points at no one encounter
    owners = [c for c in token.children if c.dep_ == "poss"]
    if any(c.lower_ == "their" for c in owners) and not other:
        # `said A and B after their talks`, `A raised it with B at their talks`
        near = taking_part(scene, token)
        near += with_whom(scene, clause_of(token)) if len(sides(scene, participants(scene, near))) < 2 else ()
        left = near if len(sides(scene, participants(scene, near))) >= 2 else left
    pointing = owners or (doers(clause_of(token)) if _is_within(token) and not left else [])
    beside = not left and not other and is_second_of(token)
    definite = definite or beside
    echo = beside or (not other and any(is_echo(o) for o in pointing))
    return Trigger(token, left, other, lemma, definite=definite, medium=medium, echo=echo)


def _is_within(token: Token) -> bool:
    """`said after talks`, `signed at a meeting`: those who did it were in the room."""
    return token.dep_ == "pobj" and token.head.lower_ in ("after", "following", "during", "at")


def _is_other_sense(token: Token, lemma: str, before: set[str]) -> bool:
    """An audience that listens, a gathering or news conference."""
    if lemma == "audience":
        return not has_prep(token, ("with", "of"))
    return lemma == "conference" and not before & (words.CALLS | words.VIDEOS)


def _medium(token: Token, before: set[str]) -> Medium | None:
    if before & words.VIDEOS or "video" in token.lemma_.lower():
        return "video"
    if before & words.CALLS or token.lemma_.lower() in ("call", "teleconference"):
        return "call"
    face = {t.lower_ for t in token.subtree if t.i < token.i} & words.FACES
    return "in_person" if face or token.lemma_.lower() in ("summit", "handshake", "sit-down") else None


def _paired(scene: Scene, token: Token) -> tuple[str, ...]:
    """`the Trump-Putin summit`, `U.S.-Russia talks`: two actors joined by a hyphen before the noun."""
    front = [t for t in token.subtree if t.i < token.i and t.dep_ != "poss"]
    named = [m for t in front if (m := scene.mention_of.get(t.i)) and m.end <= token.idx]
    ids = tuple(dict.fromkeys(a for m in named for a in scene.ids(m)))
    paired = len(sides(scene, ids)) >= 2
    return ids if paired or has_prep(token, ("with",)) else ()


def _implied(scene: Scene, token: Token) -> Trigger | None:
    """`In the palace, A boasted to B that …`: people of two sides in one room."""
    if token.pos_ != "VERB" or token.lemma_ not in ROOM:
        return None
    heard = [o for c in token.children if c.lower_ == "to" for o in c.children if o.dep_ == "pobj"] + [
        c for c in token.children if token.lemma_ == "tell" and c.dep_ in ("dobj", "dative")
    ]
    other = tuple(a for o in heard for a in scene.named(o) if is_person(scene, a))
    subject = tuple(a for s in subjects(token) for a in scene.named(s))
    subject = tuple(
        a for a in subject if is_person(scene, a) or (token.lemma_ == "say" and is_public(scene, a))
    )
    if not other or not subject or is_negated(token):
        return None
    return Trigger(token, subject, other, "spoke in one room", implied=True, medium="in_person")
