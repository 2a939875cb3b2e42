"""Agreements of one article: what was agreed, by whom, from when, and what was not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from onrecord.extract import agreements, meetings
from onrecord.facts.happenings import Happenings
from onrecord.facts.issues import Taxonomy
from onrecord.types import Agreement, Range, cut
from tests.extract.making import actor_id, parsed, statement

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "agreements.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("expected", "marked"), CASES, ids=[c[1][:60] for c in CASES])
def test_case(expected: str, marked: str) -> None:
    found = agreements.extract(parsed(marked), ())
    wanted = [] if expected == "-" else expected.split(" ; ")
    assert len(found) == len(wanted), [(a.parties, a.state, a.subject) for a in found]
    for told, agreement in zip(wanted, found, strict=True):
        _check(told.split(), agreement)


def _check(told: list[str], agreement: Agreement) -> None:
    parties = set() if told[0] == "()" else {actor_id(n) for n in told[0].split("+")}
    assert set(agreement.parties) == parties
    assert agreement.state == told[1]
    for more in told[2:]:
        key, _, value = more.partition(":")
        if key == "by":
            assert set(agreement.brokers) == {actor_id(n) for n in value.split("+")}
        elif key == "about":
            assert value in agreement.subject
        else:
            field = {"made": "made_on", "from": "effective", "until": "expires"}[key]
            first, _, last = value.partition("/")
            days = Range(date.fromisoformat(first), date.fromisoformat(last or first))
            assert getattr(agreement, field) == days


def test_both_governments_are_those_of_the_only_pair_that_met() -> None:
    one_pair = "[Halvorsen] met [Petrenko] on {Friday|2019-03-08}."
    for told, bound in ((one_pair, 1), (f"{one_pair} [Keller] met [Wei] in May.", 0)):
        read = parsed(f"{told} Both governments agreed to share the river's water.")
        found = agreements.extract(read, (), meetings.extract(read, (), Happenings.of(()), Taxonomy.load()))
        assert [a.parties for a in found] == [(actor_id("Halvorsen"), actor_id("Petrenko"))] * bound


@pytest.mark.parametrize(
    "told",
    [
        "[Russia] regrets it. [Mercer] withdrew [the United States] from the INF Treaty.",
        "[Russia] and [the United States] are no friends. [Mercer] withdrew from the INF Treaty.",
    ],
)
def test_a_known_treaty_binds_its_parties_where_the_article_names_them(told: str) -> None:
    (found,) = agreements.extract(parsed(told), ())
    assert set(found.parties) == {actor_id("the United States"), actor_id("Russia")}
    assert found.state == "withdrawn"


def test_a_treaty_of_no_table_binds_the_state_of_who_left_it_and_nobody_else() -> None:
    (found,) = agreements.extract(
        parsed(
            "[Russia] regrets it. [Mercer] took [the United States] by surprise and left the Larch Treaty."
        ),
        (),
    )
    assert set(found.parties) == {actor_id("the United States")}


def test_an_agreement_told_in_two_sentences_is_one_row() -> None:
    one = parsed("[Egypt] and [Sudan] signed a water treaty. The treaty takes effect on {Monday|2019-03-11}.")
    (found,) = agreements.extract(one, ())
    assert found.effective == Range(date(2019, 3, 11), date(2019, 3, 11))
    assert len(found.evidence) == 2


def test_what_rests_on_a_statement_names_it() -> None:
    one = parsed("[Silva] said [Brazil] and [Kenya] had signed a coffee pact.")
    said = statement(one.article.text, "Brazil and Kenya had signed a coffee pact", speaker="Silva")
    (found,) = agreements.extract(one, [said])
    assert found.on_word_of == said.id


@pytest.mark.parametrize("marked", [c[1] for c in CASES])
def test_evidence_is_cut(marked: str) -> None:
    one = parsed(marked)
    for found in agreements.extract(one, ()):
        assert found.text == cut(one.article.text, found.evidence)
