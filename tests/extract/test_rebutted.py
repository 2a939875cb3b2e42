"""One side tells that something was, the other that it was not: when the two are a dispute."""

from __future__ import annotations

from dataclasses import replace as dataclass_replace

import pytest
from msgspec.structs import replace as struct_replace

from onrecord.extract import disputes
from onrecord.types import Actor, Dispute, Mention, Parsed, Span
from tests.extract.making import actor_id, parsed, statement

SURE = 0.5


def read(marked: str, *told: tuple[str, str]) -> tuple[Dispute, ...]:
    one = parsed(marked)
    said = tuple(
        statement(one.article.text, quote, speaker=who, number=n) for n, (who, quote) in enumerate(told)
    )
    return tuple(d for d in disputes.extract(one, said, (), ()) if d.confidence >= SURE)


def pair(claim: str, answer: str) -> tuple[Dispute, ...]:
    """What Kenya says, and what Brazil says right behind it."""
    marked = f"[Kenya] says {claim}. [Brazil] says {answer}."
    bare = [w.replace("[", "").replace("]", "") for w in (claim, answer)]
    return read(marked, ("Kenya", bare[0]), ("Brazil", bare[1]))


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("[Brazil] had promised a rebate on coffee", "no such promise was made"),
        ("the sluice was opened on purpose", "nothing of the kind happened"),
        ("the envoy read out a list of names", "he did not"),
        ("[Brazil] had moved the marker", "that is untrue"),
        ("it handed over a map", "there was no map"),
        ("[Brazil] invited its auditors to the port", "it sent no invitation"),
        ("the two governments discussed the orchards", "the orchards did not come up"),
        ("[Brazil] agreed to a toll for barges", "it gave no assurance on barges"),
        ("[Brazil]'s gunboat had fired on the ferry", "its gunboat had not fired"),
        ("four barges were seized", "nine barges were seized"),
        ("it had warned [Brazil] twice", "it received no warning"),
    ],
)
def test_opposite_answers_about_what_was(claim: str, answer: str) -> None:
    (found,) = pair(claim, answer)
    assert [s.actor for s in found.sides] == [actor_id("Kenya"), actor_id("Brazil")]


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("[Brazil] had promised a rebate on coffee", "no date had been set"),
        ("[Brazil] had handed over a map", "it would make no such gesture again"),
        ("its gunboat fired on a ferry", "its gunboat had not fired on the harbour"),
        ("exports fell in March", "imports did not fall in March"),
        ("it had agreed to buy barley", "it had not agreed to buy barley"),
        ("two ships were damaged", "none of its ships were damaged"),
        ("the toll should be lifted", "the toll was not lifted"),
        ("the visit will take place", "no visit was planned"),
        ("progress was expected in talks on grain", "it did not expect progress in talks on grain"),
        ("several civilian clerks on the rigs were hurt", "the rigs had no military gear or clerks"),
        ("a ferry had been released", "it had never held a ferry"),
        ("cod stocks had recovered", "herring stocks had not recovered"),
        ("it was told of the raid by television", "its envoy had not been told of the raid"),
        ("twelve drones fell over the port", "forty drones fell over the city"),
        ("it seized four barges", "it seized nine barges"),
        ("four barges were seized in May", "nine barges were seized in June"),
        ("about forty barges were seized", "29 barges were seized"),
    ],
)
def test_what_can_both_hold(claim: str, answer: str) -> None:
    assert not pair(claim, answer)


def test_a_claim_that_the_other_side_puts_off() -> None:
    (found,) = read(
        "There was no survey, [Orlov] said, responding to claims from [China] that one had begun.",
        ("Orlov", "There was no survey"),
    )
    assert {s.actor for s in found.sides} == {actor_id("China"), actor_id("Orlov")}


def test_a_claim_of_what_may_come_or_is_thought_is_no_account() -> None:
    for claim in ("tolls might rise", "it considered the case closed"):
        assert not read(
            f"There was no survey, [Orlov] said, responding to claims from [China] that {claim}.",
            ("Orlov", "There was no survey"),
        )


def test_a_state_named_by_its_town_alone_is_a_side() -> None:
    one = parsed("[Kenya] says a deal was struck. <Lisbon|PRT> says no such deal exists.")
    text = one.article.text
    at = text.index("Lisbon")
    said = (
        statement(text, "a deal was struck", speaker="Kenya"),
        struct_replace(
            statement(text, "no such deal exists", speaker="Kenya", number=1),
            speaker=None, source=(Span(at, at + len("Lisbon")),),
        ),
    )  # fmt: skip
    (found,) = disputes.extract(one, said, (), ())
    assert [s.actor for s in found.sides] == [actor_id("Kenya"), "state:PRT"]


def test_who_holds_to_its_version_disputes_what_the_other_side_told() -> None:
    (found,) = read(
        "[Mwangi] said that no pledge was given. [Malhotra] stuck to his version.",
        ("Mwangi", "that no pledge was given"),
    )
    assert found.kind == "reported_as_differing"
    assert [s.actor for s in found.sides] == [actor_id("Mwangi"), actor_id("Malhotra")]


def test_two_versions_with_one_noun() -> None:
    (found,) = read("[Kenya]'s version has the envoy reading out a bill; [Brazil]'s has no bill at all.")
    assert [s.told for s in found.sides] == [
        "Kenya's version has the envoy reading out a bill",
        "Brazil's has no bill at all.",
    ]


def test_the_second_version_may_stand_in_the_next_sentence() -> None:
    (found,) = read("[Kenya]'s account is that the skipper turned first. [Brazil]'s is the reverse.")
    assert [s.told for s in found.sides] == [
        "Kenya's account is that the skipper turned first.",
        "Brazil's is the reverse.",
    ]


def test_an_official_of_no_told_state_answers_for_the_other_of_two() -> None:
    marked = "[Orlov] asked {M}for a survey, [Russia] says. The spokesperson said there was no such request."
    for more, found in (("", 1), ("[Kenya] and ", 0)):
        one = parsed(marked.replace("{M}", more + "[China] "))
        text = one.article.text
        here = {m.actor for m in one.mentions}
        one = replace_actors(one, here)
        start = text.index("The spokesperson")
        said = (
            statement(text, text[: text.index(", Russia")], speaker="Russia"),
            struct_replace(
                statement(text, "there was no such request", speaker="Russia", number=1),
                speaker=None, source=(Span(start, start + len("The spokesperson")),),
            ),
        )  # fmt: skip
        told = disputes.extract(one, said, (), ())
        assert len(told) == found
        assert not told or [s.actor for s in told[0].sides] == [actor_id("Russia"), "state:CHN"]


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("the [Kenya] envoy for the coast, Ada Quill, said", True),
        ("Ada Quill, who leads [Kenya]'s delegation, said", True),
        ("Ada Quill, who met [Kenya]'s president, said", False),
    ],
)
def test_a_person_is_on_the_side_of_the_office_told_beside_the_name(name: str, known: bool) -> None:
    one = parsed(f"{name} a toll was agreed. [Brazil] says no such toll was agreed.")
    text = one.article.text
    at = text.index("Ada Quill")
    quill = Mention(start=at, end=at + len("Ada Quill"), text="Ada Quill", form="name", actor="person:quill")
    actors = {**one.actors, "person:quill": Actor(id="person:quill", name="Ada Quill", kind="person")}
    one = dataclass_replace(one, mentions=(*one.mentions, quill), actors=actors)
    said = (
        struct_replace(statement(text, "a toll was agreed", speaker="Kenya"), speaker="person:quill"),
        statement(text, "no such toll was agreed", speaker="Brazil", number=1),
    )
    assert bool(disputes.extract(one, said, (), ())) == known


def replace_actors(one: Parsed, here: set[str | None]) -> Parsed:
    """The article with no other actors than those it names."""
    return dataclass_replace(one, actors={k: v for k, v in one.actors.items() if k in here})
