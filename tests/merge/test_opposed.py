"""Opposite answers across articles: strict, and only between sides that met."""

from __future__ import annotations

import pytest

from onrecord.merge import merge
from tests.merge.making import Pile, meeting, said


def pile_of(one: str, other: str, *, second: str = "orlov") -> Pile:
    pile = Pile()
    for name in ("a", "b"):
        pile.article(name, published="2019-03-09")
        pile.add(name, meeting(name, "orlov mercer", date="2019-03-08"))
    pile.add("a", said("a", "mercer", one, speech="indirect"))
    pile.add("b", said("b", second, other, speech="indirect"))
    return pile


def test_agreed_and_not_agreed_is_a_dispute_about_the_meeting() -> None:
    pile = pile_of(
        "Orlov had agreed to open the strait for grain", "he had not agreed to open the strait for grain"
    )
    (found,) = merge(pile).disputes
    assert found.about == "whether Orlov had agreed to open the strait for grain"
    assert found.about_row == merge(pile).meetings[0].id
    assert {s.article for s in found.sides} == {"a", "b"}


@pytest.mark.parametrize(
    ("one", "other", "second"),
    [
        ("he had raised the arrested fishermen", "the price of grain was not raised", "orlov"),
        ("Orlov had agreed to open the strait", "he would not agree to open the strait", "orlov"),
        ("Orlov had agreed to open the strait", "he agreed to open the strait", "orlov"),
        ("Orlov had agreed to open the strait", "Orlov had not agreed to open the strait", "whitlock"),
        ("Orlov had agreed to open the strait", "Japan had not agreed to open the strait", "tanabe"),
        ("Orlov had agreed", "he had not agreed", "orlov"),
    ],
)
def test_what_can_both_hold_is_no_dispute(one: str, other: str, second: str) -> None:
    assert not merge(pile_of(one, other, second=second)).disputes


def test_the_subject_of_a_passive_is_what_was_not_raised() -> None:
    pile = pile_of("he had raised the killing of park rangers", "The killing of park rangers was not raised")
    (found,) = merge(pile).disputes
    assert found.confidence >= 0.5


def test_matters_that_are_not_plainly_one_make_a_possible_dispute() -> None:
    pile = pile_of(
        "at the lake on the border Orlov had agreed", "he had not agreed to a thing at the lake on the border"
    )
    assert [d.confidence < 0.5 for d in merge(pile).disputes] == [True]


def test_a_denial_written_days_after_a_meeting_answers_though_its_article_tells_of_none() -> None:
    pile = Pile()
    pile.article("a", published="2019-03-09")
    pile.article("b", published="2019-03-10")
    pile.add("a", meeting("a", "orlov mercer", date="2019-03-08"))
    pile.add("a", said("a", "mercer", "Russia had agreed to lower the water behind the dam"))
    pile.add("b", said("b", "orlov", "Russia had agreed to lower the water behind its dam", act="deny"))
    (found,) = merge(pile).disputes
    assert found.about_row == merge(pile).meetings[0].id


def test_no_promise_made_answers_a_promise_told() -> None:
    pile = pile_of(
        "Russia had promised to hand over two fugitives", "Russia made no promise to hand anybody over"
    )
    assert [d.confidence >= 0.5 for d in merge(pile).disputes] == [True]


def test_nothing_promised_answers_every_promise_told_of_that_meeting() -> None:
    pile = pile_of("Russia promised an open sky until May", "Russia did not promise anything about flights")
    assert [d.confidence >= 0.5 for d in merge(pile).disputes] == [True]
