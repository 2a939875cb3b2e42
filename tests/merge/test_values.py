"""Disputes over values: what two accounts tell of one meeting or agreement and cannot both hold."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.merge import merge
from onrecord.merge.values import POSSIBLE
from onrecord.types import MergedDispute, row_id
from tests.merge.making import Pile, agreement, meeting, said


def told_by(one: str, other: str) -> tuple[Pile, dict[str, str]]:
    """Two articles, each with a statement of one speaker (`-`: none); statement ids by article."""
    pile, words = Pile(), {}
    for name, speaker, day in (("a", one, "2019-03-09"), ("b", other, "2019-03-10")):
        pile.article(name, published=day)
        if speaker != "-":
            row = said(name, speaker, f"So it was, says {speaker}.")
            pile.add(name, row)
            words[name] = row.id
    return pile, words


def agreed(subjects: tuple[str, str], speakers: tuple[str, str] = ("orlov", "mercer"), **days: Any) -> Any:
    """Disputes over one agreement told in two articles; `effective=("…", "…")` gives each its day."""
    pile, words = told_by(*speakers)
    for n, (article, subject) in enumerate(zip("ab", subjects, strict=True)):
        told = {name: pair[n] for name, pair in days.items()}
        pile.add(article, agreement(article, "RUS USA", subject, on_word_of=words.get(article), **told))
    return merge(pile).disputes


def test_days_from_which_a_truce_holds_are_disputed_by_its_two_sides() -> None:
    (one,) = agreed(
        ("cease-fire at the dam", "cease-fire at the dam"), effective=("2019-03-11", "2019-03-15")
    )
    assert (one.about, sorted(s.told for s in one.sides)) == (
        "from when it holds",
        ["2019-03-11", "2019-03-15"],
    )
    assert {s.actor for s in one.sides} == {"person:orlov", "person:mercer"}
    assert one.confidence > POSSIBLE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2019-03-11", "2019-03-12"),  # the date line
        ("2019-03-11", "2019-03-01/2019-03-31"),  # a month that holds the day
        ("2019-03-11", None),
    ],
)
def test_days_that_can_both_hold_are_no_dispute(one: str, other: str | None) -> None:
    assert not agreed(("cease-fire at the dam", "cease-fire at the dam"), effective=(one, other))


def test_days_told_by_outlets_in_their_own_voice_make_a_possible_dispute() -> None:
    made = ("2019-03-08", "2019-03-08")
    (one,) = agreed(
        ("cease-fire at the dam", "cease-fire at the dam"), ("-", "-"), made_on=made,
        effective=("2019-03-11", "2019-03-15"),
    )  # fmt: skip
    assert one.confidence == POSSIBLE


def test_numbers_of_the_same_things_are_disputed() -> None:
    (one,) = agreed(("to release 600 prisoners of war", "to release 400 prisoners of war"))
    assert (one.about, [s.told for s in one.sides]) == ("how many or how much", ["600", "400"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("to release 600 prisoners of war", "to release about 400 prisoners of war"),
        ("to release 600 prisoners of war", "to release at least 400 prisoners of war"),
        ("to release 600 prisoners of war", "to release 580 prisoners of war"),
        ("to release 600 prisoners of war", "to release 400 more prisoners of war"),
        ("to release 600 prisoners of war", "to release prisoners of war in 90 camps"),
        ("to release prisoners within 30 days", "to release prisoners within 60 minutes"),
    ],
)
def test_numbers_that_can_both_hold_are_no_dispute(one: str, other: str) -> None:
    assert not agreed((one, other))


def met(speakers: tuple[str, str], *, day: str | None = "2019-03-08") -> Any:
    """What is merged from `held` in one article and `denied`, on some day, in another."""
    pile, words = told_by(*speakers)
    held = {"date": "2019-03-08", "medium": "call", "on_word_of": words.get("a")}
    pile.add("a", meeting("a", "orlov mercer", **held))
    pile.add("b", meeting("b", "orlov mercer", status="denied", date=day, on_word_of=words.get("b")))
    return merge(pile)


def test_a_meeting_that_one_side_tells_and_the_other_denies_is_one_row_and_a_dispute() -> None:
    for day in ("2019-03-08", None):
        found = met(("orlov", "mercer"), day=day)
        (one,), (dispute,) = found.meetings, found.disputes
        assert (one.status, [a.told["status"] for a in one.accounts]) == ("denied", ["held", "denied"])
        assert (dispute.about, dispute.about_row) == ("whether they met", one.id)
        assert [(s.actor, s.told) for s in dispute.sides] == [
            ("person:orlov", "held"), ("person:mercer", "denied"),
        ]  # fmt: skip


def test_what_an_article_tells_in_its_own_voice_stays_held_though_a_side_denies_it() -> None:
    found = met(("-", "mercer"))
    assert found.meetings[0].status == "held"
    assert [d.confidence for d in found.disputes] == [POSSIBLE]


def test_a_side_that_contradicts_itself_is_no_dispute_of_two_sides() -> None:
    assert not met(("orlov", "sorokin")).disputes


def days_of(one: str, other: str) -> list[MergedDispute]:
    pile, words = told_by("orlov", "mercer")
    for article, day in (("a", one), ("b", other)):
        told = {"date": day, "place": "Vienna", "on_word_of": words[article]}
        pile.add(article, meeting(article, "orlov mercer", **told))
    return [d for d in merge(pile).disputes if d.id.startswith("d")]


def test_one_place_on_two_days_may_be_one_encounter_or_two_and_is_only_possible() -> None:
    (one,) = days_of("2019-03-04", "2019-03-07")
    assert (one.about, one.confidence) == ("on which day they met", POSSIBLE)
    assert not days_of("2019-03-04", "2019-03-05")
    assert not days_of("2019-02-04", "2019-03-07")


def test_a_dispute_over_a_value_has_an_id_of_its_row_and_matter() -> None:
    (one,) = agreed(("to release 600 prisoners of war", "to release 400 prisoners of war"))
    assert one.id == row_id("d", "", one.about_row, one.about)
