"""Two readers of one sentence: the learnt one's marks first, rules on words and syntax second."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.extract.meetings import words
from onrecord.extract.meetings.joining import joined
from onrecord.extract.meetings.marked import (
    Marked,
    both_sides,
    encounters,
    medium_of,
    people_of,
    place_people,
    points_back,
    subject_of,
)
from onrecord.extract.meetings.people import is_person
from onrecord.extract.meetings.sightings import is_series
from onrecord.extract.meetings.sightings import triggers as by_rules
from onrecord.extract.meetings.trigger import Trigger
from onrecord.extract.scene import Scene, clause_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Run


SURE = 0.85
"""Least confidence of a mark that no rule shares and that leans on who is told elsewhere in the article."""


def triggers(scene: Scene, sentence: Run) -> list[Trigger]:
    """All words of a sentence that tell of an encounter, in text order.

    Without marks the rules speak alone. With marks they add people and media to what is marked, and words of
    their own: of these two more were right than wrong on the two newest sets of clusters.
    """
    rules = list(by_rules(scene, sentence))
    if not scene.parsed.marks:
        return rules
    every = encounters(scene, sentence, [r.token for r in rules])
    place_people(scene, every)
    taken = [t for told in every for t in told.tokens]
    found = [r for r in rules if not any(r.token in (t, clause_of(t)) for t in taken)]
    for told in every:
        own = [r for r in rules if _is_of(r, told)]
        beside = max(own, key=lambda r: len(_people(scene, r)), default=None)
        one = _completed(scene, beside, told) if beside else _trigger(scene, told)
        if beside is None and _is_other_sense(told):
            continue
        if beside or (told.sure >= SURE if one.definite else not is_series(told.token, sentence)):
            found.append(one)
    return sorted(found, key=lambda t: t.token.i)


def _is_other_sense(told: Marked) -> bool:
    """`a news conference`; `the others in the room were …`, which tells who was there too."""
    before = {c.lower_ for c in told.token.children if c.dep_ in ("compound", "amod", "nmod")}
    return bool(before & words.NOT_ENCOUNTERS) or told.token.pos_ in ("ADP", "DET", "PRON")


def _people(scene: Scene, rule: Trigger) -> set[str]:
    """Persons of both sides that a rule finds: `to visit Lima for talks with B` has them in its `talks`."""
    return {a for a in rule.left + rule.right if is_person(scene, a)}


def _is_of(rule: Trigger, told: Marked) -> bool:
    """A rule's word that is marked, or the verb of the clause that a marked noun stands in."""
    return any(rule.token in (t, clause_of(t)) for t in told.tokens)


def _completed(scene: Scene, rule: Trigger, told: Marked) -> Trigger:
    """A rule's find with the marks beside it, and with the people marked where it has not both sides."""
    if both_sides(scene, rule.left + rule.right):
        return replace(rule, marked=told)
    beside = joined(scene, rule.token)
    people = tuple(a for a in people_of(scene, told.people) if a not in beside) + rule.left + rule.right
    if both_sides(scene, people):
        return replace(rule, left=people, right=(), echo=False, marked=told)
    echo = rule.echo and rule.definite
    return replace(rule, left=people, right=(), definite=True, echo=echo, marked=told)


def _trigger(scene: Scene, told: Marked) -> Trigger:
    people = people_of(scene, told.people)
    if not both_sides(scene, people):
        with_subject = people + subject_of(scene, told)
        people = with_subject if both_sides(scene, with_subject) else people
    whole = both_sides(scene, people)
    return Trigger(
        token=told.token,
        left=people,
        right=(),
        rule="marked",
        definite=not whole,
        echo=not whole and points_back(scene, told),
        medium=medium_of(told),
        marked=told,
    )
