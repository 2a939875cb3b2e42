"""Disputes of one article: only what it reports as differing, or opposite answers of two sides."""

from __future__ import annotations

import re

import pytest

from onrecord.extract import disputes
from onrecord.types import Dispute, cut
from tests.extract.making import actor_id, parsed, statement


def read(marked: str, *quotes: tuple[str, str]) -> tuple[Dispute, ...]:
    one = parsed(marked)
    said = tuple(
        statement(one.article.text, quote, speaker=who, number=n) for n, (who, quote) in enumerate(quotes)
    )
    return disputes.extract(one, said, (), ())


def sides(dispute: Dispute) -> dict[str | None, str]:
    return {s.actor: s.told for s in dispute.sides}


def test_two_versions_in_brackets_are_two_sides() -> None:
    (found,) = read(
        "Depending on whom you ask, [Wei] welcomed the plan ([Sorokin]'s version) or left the room "
        "([Keller]'s version)."
    )
    assert found.kind == "reported_as_differing"
    assert sides(found) == {
        actor_id("Sorokin"): "Wei welcomed the plan",
        actor_id("Keller"): "left the room",
    }


def test_a_contradicted_account_is_a_dispute_with_both_sides_words() -> None:
    (found,) = read(
        "[Silva] said the port had been sold. [Kovacs] contradicted [Silva]'s account. "
        "[Kovacs] said it was leased.",
        ("Silva", "the port had been sold"),
        ("Kovacs", "it was leased"),
    )
    assert sides(found) == {actor_id("Silva"): "the port had been sold", actor_id("Kovacs"): "it was leased"}


def test_accounts_that_differ_take_the_nearest_words_of_each_side() -> None:
    (found,) = read(
        "Accounts of the talks differed. [Orlov] said grain had been settled. "
        "[Mercer] said it had not come up.",
        ("Orlov", "grain had been settled"),
        ("Mercer", "it had not come up"),
    )
    assert len(found.sides) == 2


def test_raised_and_not_raised_contradict() -> None:
    (found,) = read(
        "[Mercer] said he had raised the prisoners. [Orlov] said they did not discuss the prisoners.",
        ("Mercer", "he had raised the prisoners"),
        ("Orlov", "they did not discuss the prisoners"),
    )
    assert found.kind == "contradiction"


def test_two_speakers_of_one_side_do_not_dispute() -> None:
    assert not read(
        "[Mercer] said he had raised the prisoners. [Whitlock] said they did not discuss the prisoners.",
        ("Mercer", "he had raised the prisoners"),
        ("Whitlock", "they did not discuss the prisoners"),
    )


def test_different_matters_do_not_contradict() -> None:
    assert not read(
        "[Mercer] said he had raised the prisoners. [Orlov] said they did not discuss the pipeline.",
        ("Mercer", "he had raised the prisoners"),
        ("Orlov", "they did not discuss the pipeline"),
    )


def test_plans_do_not_contradict_what_was_done() -> None:
    assert not read(
        "[Mercer] said he would raise the prisoners. [Orlov] said they did not discuss the prisoners.",
        ("Mercer", "he would raise the prisoners"),
        ("Orlov", "they did not discuss the prisoners"),
    )


def test_accounts_without_words_of_both_sides_are_no_dispute() -> None:
    assert not read(
        "Accounts of the talks differed. [Orlov] said grain was settled.", ("Orlov", "grain was settled")
    )


def test_evidence_is_what_was_told() -> None:
    one = parsed(
        "Depending on whom you ask, [Wei] left ([Sorokin]'s version) or stayed on ([Keller]'s version)."
    )
    for dispute in disputes.extract(one, (), (), ()):
        assert all(s.told == cut(one.article.text, s.evidence) for s in dispute.sides)


def test_a_deed_claimed_and_denied_at_once_is_a_contradiction() -> None:
    one = parsed("[Silva] said [Wei] had promised a loan. [Wei] denied that any promise was made.")
    text = one.article.text
    said = (
        statement(text, "Wei had promised a loan", speaker="Silva", number=0),
        statement(text, "any promise was made", speaker="Wei", act="deny", number=1),
    )
    (found,) = disputes.extract(one, said, (), ())
    assert found.kind == "contradiction"
    assert found.about == "whether Wei had promised a loan"


@pytest.mark.parametrize(
    ("denied", "found"),
    [
        ("the two had met", 1),
        ("the two had spoken on {Friday|2019-03-08}", 1),
        ("the two had spoken about gas", 0),
        ("the two would meet", 0),
        ("they had signed anything", 0),
    ],
)
def test_an_encounter_told_by_one_and_denied_at_once_by_the_other_is_a_dispute(
    denied: str, found: int
) -> None:
    one = parsed(f"[Mercer] said that he had met [Orlov] in Oslo. [Orlov] denied that {denied}.")
    text = one.article.text
    plain = re.sub(r"\{(\w+)\|[^}]*\}", r"\1", denied)
    said = (
        statement(text, "he had met Orlov in Oslo", speaker="Mercer"),
        statement(text, plain, speaker="Orlov", act="deny", number=1),
    )
    assert len(disputes.extract(one, said, (), ())) == found


def test_two_sides_that_hold_to_opposite_versions_are_a_dispute() -> None:
    (found,) = read(
        "[Orlov] maintains that the riders came from China. "
        "[Wei] maintains that [they=reporters] never left Russia."
    )
    assert sides(found) == {
        actor_id("Orlov"): "the riders came from China",
        actor_id("Wei"): "they never left Russia",
    }


def test_the_second_version_may_leave_out_its_verb() -> None:
    (found,) = read(
        "[Kenya] maintains that the riders came from the north; "
        "[Sudan], that they were Kenyans from start to finish."
    )
    assert sides(found) == {
        actor_id("Kenya"): "the riders came from the north",
        actor_id("Sudan"): "they were Kenyans from start to finish",
    }


def test_a_verb_in_the_middle_of_its_clause() -> None:
    (found,) = read(
        "On Friday, [Orlov] swears, observers were accepted. [Mercer] swears [they=reporters] were not."
    )
    assert sides(found) == {
        actor_id("Orlov"): "observers were accepted",
        actor_id("Mercer"): "they were not",
    }


@pytest.mark.parametrize(
    "marked",
    [
        "[Orlov] insists that inspectors will return. [Mercer] insists that they will stay.",
        "[Orlov] insists that grain was sold. [Mercer] insists that gas was delivered.",
        "[Orlov] insists that grain was sold. [Sorokin] insists that it was given away.",
        "[Orlov] insists that grain was sold. The harbour is full. [Mercer] insists that it was given away.",
        "[Orlov] insists that grain was sold. [Mercer] insists that [he=Mercer] was glad.",
    ],
)
def test_two_who_insist_on_what_can_both_hold_are_none(marked: str) -> None:
    assert not read(marked)


def test_who_is_contradicted_has_a_side() -> None:
    (found,) = read(
        "[Kenya] has not agreed to observers, [Mwangi] said, contradicting [Malhotra].",
        ("Mwangi", "Kenya has not agreed to observers"),
    )
    assert {s.actor for s in found.sides} == {actor_id("Mwangi"), actor_id("Malhotra")}
    assert not read("[Mwangi] said so, contradicting the weather service.")


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("12,400 people were expelled", "the number is 31,000"),
        ("Japan would withhold two hundred thousand barrels", "the figure was wrong"),
    ],
)
def test_a_number_answered_by_the_other_side_is_a_dispute(claim: str, answer: str) -> None:
    (found,) = read(f"[Tanabe] says {claim}. [Wei] says {answer}.", ("Tanabe", claim), ("Wei", answer))
    assert sides(found) == {actor_id("Tanabe"): claim, actor_id("Wei"): answer}
    assert found.about == "how many or how much"


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("12,400 people were expelled", "the number is 12,300"),
        ("12,400 people were expelled", "the harbour is 31,000 years old"),
        ("12,400 people were expelled in 300 days", "the number is 31,000"),
        ("people were expelled on 3 May 2019", "the number is 31,000"),
        ("people were expelled", "the figure was wrong"),
    ],
)
def test_numbers_that_answer_nothing_are_none(claim: str, answer: str) -> None:
    assert not read(f"[Tanabe] says {claim}. [Wei] says {answer}.", ("Tanabe", claim), ("Wei", answer))


@pytest.mark.parametrize(
    "cue",
    ["Depending on whom one believes, grain was settled or not.", "It is her word against his."],
)
def test_one_word_against_the_other(cue: str) -> None:
    (found,) = read(
        f"{cue} [Orlov] said grain had been settled. [Mercer] said it had not come up.",
        ("Orlov", "grain had been settled"),
        ("Mercer", "it had not come up"),
    )
    assert {s.actor for s in found.sides} == {actor_id("Orlov"), actor_id("Mercer")}
