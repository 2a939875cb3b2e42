"""Agreements read from marks of a learnt reader: made by hand here, whatever the words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from onrecord.extract import agreements
from onrecord.types import Agreement, Mark, Parsed, Range
from tests.extract.making import actor_id, parsed, statement


def with_marks(told: str, *marks: str, sure: float = 0.99) -> Parsed:
    """The article with marks as `tag:words`, each at the first place of its words."""
    read = parsed(told)
    found = []
    for mark in marks:
        tag, _, words = mark.partition(":")
        start = read.article.text.index(words)
        found.append(Mark(start=start, end=start + len(words), tag=tag, confidence=sure))  # type: ignore[arg-type]
    return replace(read, marks=tuple(sorted(found, key=lambda m: m.start)))


def found_in(told: str, *marks: str) -> list[Agreement]:
    return list(agreements.extract(with_marks(told, *marks), ()))


def test_any_words_of_agreement_bind_those_marked_beside_them() -> None:
    (one,) = found_in(
        "[Norway] and [Brazil] clasped hands over a cod quota of the northern fleet.",
        "agreed:clasped hands", "party:Norway", "party:Brazil", "subject:cod quota",
    )  # fmt: skip
    assert set(one.parties) == {actor_id("Norway"), actor_id("Brazil")}
    assert one.state == "agreed"
    assert one.subject == "cod quota of the northern fleet"


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("not_agreed", "[Norway] and [Brazil] parted without a word on the cod quota."),
        ("violated", "[Norway] and [Brazil] saw a word broken on the cod quota."),
        ("expired", "For [Norway] and [Brazil] the word on the cod quota ran out."),
    ],
)
def test_the_state_is_that_of_the_mark(state: str, told: str) -> None:
    (one,) = found_in(told, f"{state}:word", "party:Norway", "party:Brazil", "subject:cod quota")
    assert one.state == state


def test_what_is_agreed_and_what_is_not_are_two_rows_of_one_sentence() -> None:
    found = found_in(
        "[Kenya] and [India] settled on tea, but of rice there is no word.",
        "agreed:settled", "not_agreed:no word", "subject:tea", "subject:rice", "party:Kenya", "party:India",
    )  # fmt: skip
    assert [(a.subject, a.state) for a in found] == [("tea", "agreed"), ("rice", "not_agreed")]


def test_words_that_point_back_add_to_what_was_told_before() -> None:
    (one,) = found_in(
        "[Kenya] and [India] settled on a tea levy. The bargain runs until {May 1|2020-05-01}.",
        "agreed:settled", "subject:tea levy", "party:Kenya", "party:India", "agreed:bargain",
    )  # fmt: skip
    assert one.expires == Range(date(2020, 5, 1), date(2020, 5, 1))
    assert len(one.evidence) == 2


def test_the_other_side_stands_in_the_sentence_before() -> None:
    (one,) = found_in(
        "[Silva] came to see [Keller]. [Brazil] will get the turbines, it was settled.",
        "held:came to see", "participant:Silva", "participant:Keller",
        "party:Brazil", "agreed:settled", "subject:turbines",
    )  # fmt: skip
    assert {actor_id("Brazil"), actor_id("Keller")} <= set(one.parties)


def test_words_for_both_sides_mean_the_two_states_an_article_is_about() -> None:
    told = "[Kenya] is glad. [India] is glad. The two sides settled on a tea levy."
    marks = ("party:The two sides", "agreed:settled", "subject:tea levy")
    (one,) = found_in(told, *marks)
    assert set(one.parties) == {actor_id("Kenya"), actor_id("India")}
    assert not found_in(told.replace("[India] is", "[India] and [Egypt] are"), *marks)
    assert not found_in(told.replace("The two sides", "The creditors"), "party:The creditors", *marks[1:])


@pytest.mark.parametrize(
    "told",
    [
        "[Halvorsen] said that [Petrenko] had accepted a tea levy at the talks.",
        "[Petrenko] accepted a tea levy.",
        "[Petrenko] and [Halvorsen] would have accepted a tea levy.",
    ],
)
def test_what_one_side_accepts_outside_an_encounter_is_not_agreed(told: str) -> None:
    marks = ("party:Petrenko", "agreed:accepted", "subject:tea levy")
    read = with_marks(told, *marks)
    said = (
        [statement(read.article.text, "accepted a tea levy", speaker="Halvorsen")] if "said" in told else []
    )
    assert not agreements.extract(read, said)


def test_an_unsure_word_tells_of_no_agreement_by_itself() -> None:
    told = "[Norway] and [Brazil] clasped hands over a cod quota."
    marks = ("agreed:clasped hands", "party:Norway", "party:Brazil", "subject:cod quota")
    assert agreements.extract(with_marks(told, *marks), ())
    assert not agreements.extract(with_marks(told, *marks, sure=0.8), ())


def test_one_state_with_nobody_beside_it_has_agreed_on_nothing() -> None:
    assert not found_in("[Kenya] settled on a tea levy.", "agreed:settled", "subject:tea levy", "party:Kenya")


def test_a_mediator_is_no_side() -> None:
    (one,) = found_in(
        "Through [Egypt], [Kenya] and [India] settled on a tea levy.",
        "broker:Egypt", "party:Kenya", "party:India", "agreed:settled", "subject:tea levy",
    )  # fmt: skip
    assert one.brokers == (actor_id("Egypt"),)
    assert set(one.parties) == {actor_id("Kenya"), actor_id("India")}


def test_a_day_to_come_is_the_one_from_which_it_holds() -> None:
    (one,) = found_in(
        "[Kenya] and [India] settled on {Friday|2019-03-08} that a tea levy starts on {May 1|2019-05-01}.",
        "agreed:settled", "subject:tea levy", "party:Kenya", "party:India",
    )  # fmt: skip
    assert one.made_on == Range(date(2019, 3, 8), date(2019, 3, 8))
    assert one.effective == Range(date(2019, 5, 1), date(2019, 5, 1))


@pytest.mark.parametrize("subject", ["common understanding", "it"])
def test_a_subject_that_names_nothing_is_no_agreement(subject: str) -> None:
    told = f"[Kenya] and [India] settled on {subject}."
    assert not found_in(told, "agreed:settled", f"subject:{subject}", "party:Kenya", "party:India")
