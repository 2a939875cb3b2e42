"""One quotation in several articles: what may differ, and what may not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.merge import merge
from tests.merge.making import Pile, said

CASES = [
    [part.strip() for part in line.split(" | ")]
    for line in (Path(__file__).parent / "cases" / "quotes.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]


def linked(one: str, other: str, **told: Any) -> bool:
    """Whether two wordings of one speaker, told a week apart, are one quotation."""
    pile = Pile()
    for name, published, words in (("a", "2019-03-09", one), ("b", "2019-03-16", other)):
        pile.article(name, published=published)
        who = told.pop("who", "orlov") if name == "b" else "orlov"
        pile.add(name, said(name, who, words, **(told if name == "b" else {})))
    return bool(merge(pile).quotes)


@pytest.mark.parametrize(("verdict", "one", "other"), CASES)
def test_one_quotation_in_two_wordings(verdict: str, one: str, other: str) -> None:
    assert linked(one, other) is (verdict == "same")
    assert linked(other, one) is (verdict == "same")


WALL = "A good wall has a gate in it, and a good gate has a guard"


def test_another_person_by_name_did_not_say_it() -> None:
    assert not linked(WALL, "A good wall has a gate, and a good gate a guard", who="mercer")


def test_a_pronoun_may_stand_for_somebody_else() -> None:
    told = {"who": "mercer", "source_text": "he"}
    assert linked(WALL, "A good wall has a gate, and a good gate a guard", **told)


def test_a_short_one_without_a_speaker_must_stand_whole_in_the_other() -> None:
    full = (
        "I said twelve, he said twelve and the soup was still hot. Whoever adds six has added it by himself"
    )
    for words, found in (
        ("I said 12, he said 12 and the soup was hot", True),
        ("12 and 12 and the soup cold", False),
    ):
        pile = Pile()
        pile.add(pile.article("a", published="2019-03-09"), said("a", "orlov", full))
        pile.add(pile.article("b", published="2019-03-16"), replace(said("b", "-", words), speaker=None))
        assert bool(merge(pile).quotes) is found


def test_words_that_a_statement_calls_words_are_another_s() -> None:
    words = 'the minister\'s remark that a good wall has a gate, "and a good gate a guard"'
    assert linked(WALL, words, speech="mixed", who="mercer")
    assert not linked(WALL, words.replace("remark", "house"), speech="mixed", who="mercer")


def test_a_turn_of_a_transcript_needs_no_quotation_marks() -> None:
    told = {"speech": "indirect", "why": "turn of a transcript"}
    assert linked(WALL, WALL + ". It was never going to be easy.", **told)
    assert not linked(WALL, WALL + ". It was never going to be easy.", speech="indirect")


def test_a_quote_joins_the_group_of_whichever_member_it_repeats() -> None:
    pile = Pile()
    for name, words in (
        ("a", "Our dredgers are ready and our crews are paid. The river is nobody's, it only passes"),
        ("b", "The river is nobody's, it only passes. We have asked the court to measure the silt at Kesh"),
        ("c", "We have asked the court to measure the silt at Kesh"),
    ):
        pile.article(name, published="2019-03-09")
        pile.add(name, said(name, "orlov", words))
    assert len({q.group for q in merge(pile).quotes}) == 1
