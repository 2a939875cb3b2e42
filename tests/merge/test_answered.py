"""What one side tells was, and another side's article says was not."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from onrecord.merge import merge
from onrecord.types import MergedDispute, Proposition, Statement
from tests.merge.making import Pile, meeting, said

SURE = 0.5


def told(
    article: str, who: str, words: str, *, was: str = "", was_not: str = "", about: str = ""
) -> Statement:
    side = {"mercer": "USA", "orlov": "RUS"}[who]
    tells = Proposition(
        side=side, actor=f"person:{who}", was=tuple(sorted(was.split())),
        was_not=tuple(sorted(was_not.split(","))) if was_not else (),
        words=tuple(sorted(about.split())), among=("RUS", "USA"),
    )  # fmt: skip
    return replace(said(article, who, words, speech="indirect"), proposition=tells)


def disputes(
    yes: dict[str, str],
    no: dict[str, str],
    *,
    days: tuple[str, str] = ("2019-03-09", "2019-03-11"),
    met: bool = False,
) -> list[MergedDispute]:
    pile = Pile()
    for name, day in zip(("a", "b"), days, strict=True):
        pile.article(name, published=day)
        if met:
            pile.add(name, meeting(name, "orlov mercer", date="2019-03-08"))
    pile.add("a", told("a", "mercer", "they were spared the levy", **yes))
    pile.add("b", told("b", "orlov", "no such thing was said", **no))
    return [d for d in merge(pile).disputes if d.confidence >= SURE]


YES = {"was": "=bound promis promis@RUS", "about": "promis levy"}
NO = {"was_not": "=bound,pledg", "about": "pledg levy"}


def test_a_deed_that_one_side_tells_and_the_other_denies_on_one_matter() -> None:
    (found,) = disputes(YES, NO)
    assert {(s.article, s.actor) for s in found.sides} == {("a", "person:mercer"), ("b", "person:orlov")}
    assert found.about == "whether they were spared the levy"


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        (YES, {**NO, "about": "pledg grain"}),
        (YES, {**NO, "was_not": "=raised,rais"}),
        ({**YES, "was": "=bound =bound@USA"}, {**NO, "was_not": "=bound,=bound@RUS"}),
        ({**YES, "was": "=bound =bound>barge"}, {**NO, "was_not": "=bound,=bound>ferry"}),
        ({**YES, "was": "promis"}, {**NO, "was_not": "promis"}),
    ],
    ids=["another matter", "another deed", "the deeds of two", "done to two things", "a word, not a deed"],
)
def test_what_can_both_hold_is_none(yes: dict[str, str], no: dict[str, str]) -> None:
    assert not disputes(yes, no)


def test_weeks_apart_one_shared_word_is_too_little_unless_both_tell_the_meeting() -> None:
    later = ("2019-03-09", "2019-04-09")
    assert not disputes(YES, NO, days=later)
    (found,) = disputes(YES, NO, days=later, met=True)
    assert found.about_row
    assert disputes({**YES, "about": "levy barge"}, {**NO, "about": "levy barge"}, days=later)


def test_a_thing_that_there_was_not_needs_no_other_word_in_one_meeting() -> None:
    yes, no = {"was": "apolog", "about": "apolog"}, {"was_not": "apolog,no apolog", "about": "apolog"}
    assert disputes(yes, no, met=True)
    assert not disputes(yes, no)
