"""Commitments of one article: who promised what to whom, by when, on what condition."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from onrecord.extract import agreements
from onrecord.types import Commitment, Parsed, Range, Statement, cut
from tests.extract.making import actor_id, parsed, statement

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "commitments.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def commitments(of: Parsed, said: tuple[Statement, ...] = ()) -> tuple[Commitment, ...]:
    return agreements.commitments(of, said, agreements.extract(of, said))


@pytest.mark.parametrize(("expected", "marked"), CASES, ids=[c[1][:60] for c in CASES])
def test_case(expected: str, marked: str) -> None:
    of = parsed(marked)
    found = commitments(of)
    wanted = [] if expected == "-" else expected.split(" ; ")
    assert len(found) == len(wanted), [(c.promiser, c.beneficiary, c.what) for c in found]
    for told, one in zip(wanted, found, strict=True):
        _check(told.split(), one, of.article.text)


def _check(told: list[str], one: Commitment, text: str) -> None:
    promiser, _, to = told[0].partition(">")
    assert one.promiser == actor_id(promiser)
    assert set(one.beneficiary) == (set() if to == "()" else {actor_id(n) for n in to.split("+")})
    assert one.state == told[1]
    assert one.negated == ("not" in told)
    for more in told[2:]:
        key, _, value = more.partition(":")
        if key == "about":
            assert value in one.what
        elif key == "if":
            assert value in cut(text, one.condition)
        elif key != "not":
            field = {"made": "made_on", "from": "effective", "until": "expires", "due": "due"}[key]
            day = date.fromisoformat(value)
            assert getattr(one, field) == Range(day, day)


@pytest.mark.parametrize("marked", [c[1] for c in CASES])
def test_every_row_s_words_are_cut_from_the_article(marked: str) -> None:
    of = parsed(marked)
    for one in commitments(of):
        assert one.what == cut(of.article.text, one.content)
        assert one.text == cut(of.article.text, one.evidence)


def test_what_is_promised_under_an_agreement_names_it() -> None:
    of = parsed("[Egypt] and [Sudan] signed a water pact. Under the pact [Egypt] will open two canals.")
    (agreed,) = agreements.extract(of, ())
    (found,) = agreements.commitments(of, (), (agreed,))
    assert found.agreement == agreed.id


def test_a_promise_and_what_became_of_it_are_one_row() -> None:
    of = parsed(
        "[India] promised [Pakistan] to release the fishermen. "
        "[India] kept its pledge to release the fishermen."
    )
    (found,) = commitments(of)
    assert (found.state, len(found.evidence)) == ("kept", 2)


def test_a_promise_told_in_a_statement_rests_on_it() -> None:
    of = parsed("[Silva] said [Brazil] had promised [Kenya] to buy its coffee.")
    said = statement(of.article.text, "Brazil had promised Kenya to buy its coffee", speaker="Silva")
    (found,) = commitments(of, (said,))
    assert found.on_word_of == said.id


def test_the_act_of_the_statement_decides() -> None:
    """A verb of promising that introduces what the classification took for something else is none."""
    of = parsed("[Brazil] promised [Kenya] to buy its coffee.")
    said = statement(of.article.text, "to buy its coffee", speaker="Silva", act="demand", cue="promised")
    assert commitments(of, (said,)) == ()
