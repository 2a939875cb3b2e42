"""Whose pronouns an article uses for whom: people's gender, where no table and no title tells it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from onrecord.link.cast import Cast
from onrecord.link.coreference import GENDER
from onrecord.link.scene import SUBJECTS, Scene
from onrecord.types import Mention

MAJORITY = 2
"""How many times more often one gender must be told than the other."""


def learn(mentions: Sequence[Mention], who: Mapping[int, str], scene: Scene, cast: Cast) -> None:
    """Enters the gender of people whom a pronoun tells beyond doubt, because nobody else could be meant.

    A pronoun speaks for somebody where he is the only person named before it in its sentence ("Mutua met her
    counterpart"), or where its sentence opens with it and the one before names one person alone, its subject.
    People whose gender is known and another do not compete. `who`: the person of each mention of the article
    that is a person's name, by the mention's index, empty where several may be meant.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    here: list[int] = []
    before: list[int] = []
    number = -1
    for n, mention in enumerate(mentions):
        place = scene.index(mention.start)
        if scene.sentence[place] != number:
            before = here if scene.sentence[place] == number + 1 else []
            here, number = [], scene.sentence[place]
        gender = GENDER.get(scene.tokens[place].lower_) if mention.form != "name" else None
        if gender is not None:
            meant = _sole(here, gender, mentions, who, scene, cast)
            if not here and scene.tokens[place].dep_ in SUBJECTS:
                meant = _sole(before, gender, mentions, who, scene, cast)
                if meant is not None and not _is_subject(mentions[meant], scene):
                    meant = None
            if meant is not None and scene.quoted(mentions[meant].start) == scene.quoted(mention.start):
                votes[who[meant]][gender] += 1
        if mention.form != "pronoun":
            here.append(n)
    for actor, told in votes.items():
        (gender, most), *rest = told.most_common()
        if not rest or most >= MAJORITY * rest[0][1]:
            cast.figures[actor].gender = gender


def _sole(
    places: Sequence[int],
    gender: str,
    mentions: Sequence[Mention],
    who: Mapping[int, str],
    scene: Scene,
    cast: Cast,
) -> int | None:
    """The first mention of the only person among some who may be of a gender; None where others may be."""
    found: int | None = None
    for n in places:
        if n not in who:
            if _is_somebody_else(mentions[n], scene, cast):
                return None
            continue
        figure = cast.figures.get(who[n])
        if figure is None:
            return None
        if figure.gender not in ("", gender):
            continue
        if found is not None and who[found] != who[n]:
            return None
        found = n if found is None else found
    return found if found is not None and not cast.figures[who[found]].gender else None


def _is_somebody_else(mention: Mention, scene: Scene, cast: Cast) -> bool:
    """Whether words that are no name may stand for one person, other than one named beside them."""
    if mention.form == "title":
        head = scene.head(mention)
        return head.dep_ != "appos" and not any(c.dep_ == "appos" for c in head.children)
    if mention.form == "group":
        noun = mention.text.lower().split()[-1]
        word = cast.registry.words.get(noun)
        return word is not None and word.plural != noun and scene.head(mention).dep_ != "appos"
    return False


def _is_subject(mention: Mention, scene: Scene) -> bool:
    head = scene.head(mention)
    while head.dep_ == "appos" and head.head.i != head.i:
        head = head.head
    return head.dep_ in SUBJECTS
