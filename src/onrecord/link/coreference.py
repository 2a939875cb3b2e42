"""Whom a pronoun means, by gender, number, nearness, and what the candidate does in its sentence.

A scorer with few, readable weights; set by hand on the sources of twenty articles (`evals/speakers`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from onrecord.link.cast import Cast
from onrecord.link.scene import SAYING, SUBJECTS, Scene
from onrecord.types import ActorKind, Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

GENDER = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves", "both"})
POSSESSIVE = frozenset({"his", "her", "their", "its", "whose"})
REFLEXIVE = frozenset({"himself", "herself", "themselves", "itself"})
REACH = 8
"""Sentences back that are searched for a person; beyond it nobody is guessed."""
LOWEST = -6.3

BY_SENTENCE = -0.9
SUBJECT = 1.5
SPEAKER = 0.7
SPEAKER_AGAIN = 1.0
LAST_SUBJECT = 0.3
"""For the subject of the sentence before, where the pronoun speaks: "She refused. ‘Never,’ she said." """
MATRIX_SUBJECT = 1.5
OWNER = -0.8
OWNER_OF_SUBJECT = 0.5
OBJECT = -0.4
INTO_QUOTE = -2.5
OWN_QUOTE = -3.0
PRONOUN_CHAIN = 0.4
OFTEN = 0.12
GENDER_UNTOLD = -0.4
SAME_SENTENCE_OWNER = 0.8
ELSEWHERE = -0.8
"""For a candidate of another paragraph."""
IN_RELATIVE = -1.2
"""For the subject of a relative clause: "Ann, whom Bob had warned, left. She …"."""


class Seen(NamedTuple):
    """A mention already resolved, with what matters for those after it."""

    actor: str
    place: int
    """Index of its head token."""
    sentence: int
    paragraph: int
    role: str
    """subject, owner, object, other."""
    is_relative: bool
    """Whether it is the subject of a relative clause."""
    speaks: bool
    quote: int | None
    is_pronoun: bool
    is_plural: bool
    members: tuple[str, ...] = ()
    gender: str | None = None
    """Of somebody unnamed ("an official", "a spokeswoman"): `m`, `f`, empty; None for everybody else."""


def seen(mention: Mention, scene: Scene, plural: bool, gender: str | None = None) -> Seen:
    """A resolved mention as a candidate for pronouns to come."""
    head = scene.head(mention)
    while head.dep_ in ("conj", "appos") and head.head.i < head.i:
        head = head.head
    role = "subject" if head.dep_ in SUBJECTS else "owner" if head.dep_ == "poss" else "other"
    if head.dep_ in ("dobj", "pobj", "dative", "iobj"):
        role = "object"
    is_relative = role == "subject" and head.head.dep_ == "relcl"
    return Seen(
        actor=mention.actor or "",
        place=scene.index(mention.end - 1),
        sentence=scene.sentence[head.i],
        paragraph=scene.paragraph[head.i],
        role=role,
        is_relative=is_relative,
        speaks=role == "subject" and not is_relative and _says(head.head),
        quote=scene.quoted(mention.start),
        is_pronoun=mention.form == "pronoun",
        is_plural=plural,
        members=mention.members,
        gender=gender,
    )


def last_before(noun: Token) -> Token:
    """Beside whom an apposition stands: of a list the one right before it ("Ann and Bob, the envoy")."""
    return max(
        (c for c in (noun.head, *noun.head.conjuncts) if c.i < noun.i), key=lambda c: c.i, default=noun.head
    )


def complements(noun: Token) -> list[Token]:
    """What a noun is said to be: "That guest was Ann Example"."""
    if noun.dep_ not in SUBJECTS or noun.head.lemma_ != "be":
        return []
    return [c for c in noun.head.children if c.dep_ == "attr"]


_BETWEEN = frozenset({"of", "for", "in", "from", "to", "and"})


def named_behind(mention: Mention, scene: Scene) -> list[Token]:
    """The name that a comma sets behind a description and what belongs to it, however it was parsed.

    "The deputy head of the Cabinet of Peru, Ann Example,": nothing but nouns and their prepositions may stand
    between; the token is the name's last one.
    """
    last = scene.index(mention.end - 1)
    at = last + 1
    while at < len(scene.tokens) and at < last + 12 and scene.tokens[at].lower_ != ",":
        token = scene.tokens[at]
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "DET") and token.lower_ not in _BETWEEN | {"’s", "'s"}:
            return []
        at += 1
    if at + 1 >= len(scene.tokens) or scene.tokens[at].lower_ != "," or scene.tokens[last].is_sent_end:
        return []
    start = at + 1
    while at + 1 < len(scene.tokens) and scene.tokens[at + 1].pos_ == "PROPN" and at < start + 6:
        at += 1
    ends = at + 1 >= len(scene.tokens) or not (
        scene.tokens[at + 1].lower_ in ("and", "or", "’s", "'s") or scene.tokens[at + 1].pos_ == "NOUN"
    )
    return [scene.tokens[at]] if at > start and ends else []


def _says(verb: Token) -> bool:
    """Whether a verb, or one that is joined to it and has no subject of its own, is one of saying."""
    joined = (v for v in verb.conjuncts if v.i > verb.i and not any(c.dep_ in SUBJECTS for c in v.children))
    return verb.lemma_ in SAYING or any(v.lemma_ in SAYING for v in joined)


def person(
    mention: Mention,
    before: list[Seen],
    scene: Scene,
    cast: Cast,
    *,
    gender: str | None = None,
    barred: frozenset[str] = frozenset(),
) -> str | None:
    """The person a singular pronoun (or a description of the given gender) means, None where nobody fits.

    `barred`: ids of people who cannot be meant.
    """
    unnamed = gender is None
    gender = GENDER[mention.text.lower()] if gender is None else gender
    likeliest = ranked(mention, before, scene, cast, gender=gender, unnamed=unnamed)
    return next((a for a in likeliest if a not in barred), None)


def ranked(
    mention: Mention,
    before: list[Seen],
    scene: Scene,
    cast: Cast,
    *,
    gender: str = "",
    unnamed: bool = False,
) -> list[str]:
    """People that a pronoun or description may mean, likeliest first; with `unnamed` ones among them."""
    asked = _asked(mention, scene)
    scores: dict[str, float] = {}
    barred: set[str] = set()
    for one in reversed(before):
        away = asked.sentence - one.sentence
        if away > REACH:
            break
        actor = one.actor or (one.members[0] if one.gender is not None else "")
        figure = cast.figures.get(actor)
        theirs = figure.gender if figure else one.gender if unnamed else None
        if theirs is None or (gender and theirs not in ("", gender)):
            continue
        if _bound(one, asked, scene):
            barred.add(actor)
            continue
        score = _score(one, away, asked, scene) + OFTEN * min(cast.seen[actor], 8)
        score += 0.0 if theirs else GENDER_UNTOLD
        if score > scores.get(actor, LOWEST):
            scores[actor] = score
    return sorted(scores.keys() - barred, key=lambda a: (-scores[a], a))


def plural(mention: Mention, before: list[Seen], scene: Scene) -> Seen | None:
    """The group, organisation or list of people that a plural pronoun means."""
    asked = _asked(mention, scene)
    best, chosen = -2.5, None
    for one in reversed(before):
        away = asked.sentence - one.sentence
        if away > 3:
            break
        if one.is_plural and not _bound(one, asked, scene):
            score = _score(one, away, asked, scene)
            if score > best:
                best, chosen = score, one
    return chosen


def pair(mention: Mention, before: list[Seen], scene: Scene, cast: Cast) -> tuple[str, ...]:
    """The two people that "both" means: a pair told of, or the last two named, here or a sentence before."""
    here = scene.sentence[scene.index(mention.start)]
    near = [one.actor for one in before if here - one.sentence <= 1 and one.actor in cast.figures]
    told = (one for one in reversed(before) if here - one.sentence <= 1 and len(one.members) == 2)
    joined = next((one.members for one in told if cast.figures.keys() >= set(one.members)), None)
    if joined is not None:
        return joined
    distinct = list(dict.fromkeys(reversed(near)))
    return tuple(reversed(distinct[:2])) if len(distinct) >= 2 else ()


def states(mention: Mention, before: list[Seen], scene: Scene, cast: Cast) -> tuple[str, ...]:
    """The only two states that a sentence names, the nearest such one within two sentences back."""
    here = scene.sentence[scene.index(mention.start)]
    for number in range(here, here - 3, -1):
        told = (cast.actors.get(one.actor) for one in before if one.sentence == number)
        named = [a for a in told if a is not None and a.kind in ("state", "government") and a.country]
        countries = dict.fromkeys(f"state:{a.country}" for a in named)
        if len(countries) == 2:
            return tuple(countries)
    return ()


def body(
    mention: Mention,
    before: list[Seen],
    scene: Scene,
    cast: Cast,
    *,
    kinds: tuple[ActorKind, ...] | None = None,
) -> str | None:
    """The state or organisation that `it` or "the company" means: a subject before it, two sentences back."""
    asked = _asked(mention, scene)
    best, chosen = (0.3 if kinds is None else -2.5), None
    for one in reversed(before):
        away = asked.sentence - one.sentence
        if away > 2:
            break
        actor = cast.actors.get(one.actor)
        if (
            actor is None
            or actor.kind in ("person", "group")
            or (kinds and actor.kind not in kinds)
            or one.members
            or _bound(one, asked, scene)
        ):
            continue
        score = _score(one, away, asked, scene)
        if score > best:
            best, chosen = score, one.actor
    return chosen


class _Asked(NamedTuple):
    """A pronoun or description whose meaning is looked for, with what is the same for all candidates."""

    token: Token
    sentence: int
    paragraph: int
    quote: int | None
    speaks: bool
    """Whether it is the subject of a verb of saying."""
    owns: bool


def _asked(mention: Mention, scene: Scene) -> _Asked:
    token = scene.tokens[scene.index(mention.start)]
    return _Asked(
        token=token,
        sentence=scene.sentence[token.i],
        paragraph=scene.paragraph[token.i],
        quote=scene.quoted(mention.start),
        speaks=token.dep_ in SUBJECTS and token.head.lemma_ in SAYING,
        owns=mention.text.lower() in POSSESSIVE,
    )


def _score(one: Seen, away: int, asked: _Asked, scene: Scene) -> float:
    score = BY_SENTENCE * away
    score += ELSEWHERE if one.paragraph != asked.paragraph else 0.0
    score += IN_RELATIVE if one.is_relative and away else 0.0
    if one.role == "subject":
        score += SUBJECT + (SPEAKER if one.speaks else 0.0)
    if one.role == "owner":
        score += OWNER_OF_SUBJECT if scene.tokens[one.place].head.dep_ in SUBJECTS else OWNER
    score += OBJECT if one.role == "object" else 0.0
    score += PRONOUN_CHAIN if one.is_pronoun else 0.0
    if one.quote is not None and asked.quote is None:
        score += INTO_QUOTE
    if asked.quote is not None and one.quote is None and one.speaks and away <= 1:
        score += OWN_QUOTE
    if asked.speaks:
        score += SPEAKER_AGAIN if one.speaks else 0.0
        score += LAST_SUBJECT if away == 1 and one.role == "subject" else 0.0
    if away == 0 and one.role == "subject":
        if _is_matrix(one, asked.token, scene):
            score += MATRIX_SUBJECT
        elif asked.owns:
            score += SAME_SENTENCE_OWNER
    return score


def _is_matrix(one: Seen, token: Token, scene: Scene) -> bool:
    """Whether the candidate is the subject of the clause that the pronoun's clause depends on."""
    verb = scene.tokens[one.place].head
    return verb.i != token.head.i and any(a.i == verb.i for a in token.ancestors)


def _bound(one: Seen, asked: _Asked, scene: Scene) -> bool:
    """Whether grammar forbids it: subject and object of one verb, neither reflexive nor possessive.

    Nor is somebody named in what is told the one who tells it ("A new manager, he said, could …").
    """
    if one.sentence != asked.sentence:
        return False
    token, other = asked.token, scene.tokens[one.place]
    if not one.is_pronoun and _tells(one, token, other):
        return True
    if token.lower_ in POSSESSIVE or token.lower_ in REFLEXIVE:
        return False
    governor = token.head
    while governor.pos_ in ("ADP", "ADJ", "ADV") and governor.head.i != governor.i:
        governor = governor.head
    return (one.role == "subject" and other.head.i == governor.i and token.dep_ not in SUBJECTS) or (
        other.dep_ == "poss" and other.head.i == token.i
    )


def _tells(one: Seen, token: Token, other: Token) -> bool:
    """Whether a token is the subject of a verb of saying that parts another subject from its own verb."""
    verb = token.head
    if one.role != "subject" or token.dep_ not in SUBJECTS or verb.lemma_ not in SAYING:
        return False
    if token.i == 0 or not token.nbor(-1).is_punct or other.i > token.i:
        return False
    return other.head.i > verb.i


def antecedent(mention: Mention, scene: Scene, at: Callable[[int], Mention | None]) -> Mention | None:
    """The mention that "who", "which" begins a clause about."""
    token = scene.tokens[scene.index(mention.start)]
    clause = next((a for a in (token, *token.ancestors) if a.dep_ == "relcl"), None)
    if clause is None:
        last = token.i - 2 if scene.tokens[token.i - 1].is_punct else token.i - 1
        return at(last) if last >= 0 else None
    noun = clause.head
    if noun.pos_ in ("NUM", "PRON", "DET"):
        return None
    beside = at(token.i - 1) or (at(token.i - 2) if token.i > 1 else None)
    near = at(noun.i)
    if near is None and beside is None:
        start = scene.sentence[token.i]
        for i in range(token.i - 1, max(-1, token.i - 15), -1):
            other = at(i)
            if scene.sentence[i] != start:
                break
            if other is not None and other.form == "name" and token.lower_ in ("who", "whose", "whom"):
                return other if other.keys[:1] and other.keys[0].startswith("person") else None
    if (
        beside is not None
        and beside.form == "name"
        and beside.keys[:1]
        and beside.keys[0].startswith("person")
    ):
        return beside
    return near or beside
