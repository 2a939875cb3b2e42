"""What deeds show of a stance: positions from events."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.merge import merge
from onrecord.types import Event, Position, Span
from tests.merge.making import Pile, event, said


def stood(kind: str, *, words: dict[str, Any] | None = None, **told: Any) -> list[Position]:
    """Positions from one event of 8 March 2019; `words`: a statement beside it."""
    pile = Pile()
    article = pile.article("a", published="2019-03-09")
    sides = told.pop("sides", ("USA", "RUS"))
    fields = {"date": "2019-03-08", "issues": ("energy",), "confidence": 0.9} | told
    if words:
        row = said(article, **words)
        pile.add(article, row)
        fields["on_word_of"] = row.id
    pile.add(article, event(article, kind, *sides, **fields))
    return [p for p in merge(pile).positions if p.accounts[0].row.startswith("e")]


@pytest.mark.parametrize(
    ("kind", "mode", "stance"),
    [
        ("SANCTION", "embargo", "imposes sanctions"), ("SANCTION", "aid", "suspends"),
        ("SANCTION", "expel", "cuts ties"), ("REJECT", None, "rejects"), ("CONCEDE", "ease", "gives way"),
        ("AID", "economic", "gives aid"), ("ACCUSE", "allege", "accuses"), ("SUPPORT", "praise", "praises"),
    ],
)  # fmt: skip
def test_a_deed_shows_a_stance_of_its_doer(kind: str, mode: str | None, stance: str) -> None:
    (one,) = stood(kind, mode=mode, trigger_text="rejected" if kind == "REJECT" else "did")
    assert (one.actor, one.issue, one.stance) == ("state:USA", "energy", stance)
    assert one.accounts[0].told["stance"] == stance


@pytest.mark.parametrize(
    "told",
    [
        {"status": "planned"}, {"status": "denied"}, {"issues": ()}, {"confidence": 0.1},
        {"sides": ("USA", "mercer")},  # at home
        {"date": "2018-01-01/2018-12-31"},  # long ago, and no day
    ],
)  # fmt: skip
def test_what_did_not_take_place_or_is_nobodys_dealing_with_others_shows_none(told: dict[str, Any]) -> None:
    assert not stood("SANCTION", **told)


@pytest.mark.parametrize(
    ("kind", "word", "before"),
    [
        ("SANCTION", "cutting", "as a way of "), ("SANCTION", "suspend", "Peru was forced to "),
        ("REJECT", "offered", "It will not let the strait be choked off by anybody and "),
    ],
)  # fmt: skip
def test_words_that_tell_no_deed_of_ones_own_will_show_none(kind: str, word: str, before: str) -> None:
    at, end = len(before), len(before) + len(word)
    told = {"trigger": (Span(at, end),), "evidence": (Span(0, end),), "text": before + word}
    assert not stood(kind, trigger_text=word, **told)


def test_force_and_arrests_show_no_stance_on_what_their_sentence_names() -> None:
    assert not stood("ASSAULT", mode="aerial")
    assert not stood("COERCE", mode="arrest")


def test_two_who_failed_to_agree_turned_nothing_down() -> None:
    assert not stood("REJECT", sides=("USA RUS", "USA RUS"))


def test_a_deed_told_by_the_other_side_is_its_account_and_no_stance() -> None:
    assert not stood("SANCTION", words={"speaker": "orlov", "quote": "they cut it"})
    assert stood("SANCTION", words={"speaker": "mercer", "quote": "we cut it"})


def test_a_deed_of_speaking_is_left_to_its_statement() -> None:
    pile = Pile()
    article = pile.article("a", published="2019-03-09")
    told = said(article, "mercer", "the pipeline", "reject", at=20, issues=("energy",))
    row = replace(told, cue=(Span(0, 5),))
    own: Event = event(article, "REJECT", "mercer", "RUS", issues=("energy",), confidence=0.9)
    pile.add(article, row, own)
    (one,) = merge(pile).positions
    assert [a.row for a in one.accounts] == [row.id]


def test_a_statement_that_shows_no_stance_leaves_it_to_the_deed() -> None:
    pile = Pile()
    article = pile.article("a", published="2019-03-09")
    row = replace(said(article, "mercer", "sanctions", at=20, issues=("energy",)), cue=(Span(0, 5),))
    own = event(article, "SANCTION", "mercer", "RUS", mode="embargo", issues=("energy",), confidence=0.9)
    pile.add(article, row, own)
    assert [(p.stance, p.accounts[0].row) for p in merge(pile).positions] == [("imposes sanctions", own.id)]


def test_a_deed_turns_no_stance_and_does_not_hide_a_turn_of_words() -> None:
    pile = Pile()
    a, b = pile.article("a", published="2019-03-09"), pile.article("b", published="2019-04-20")
    pile.add(a, said(a, "mercer", "the pipeline", "reject", issues=("energy",)))
    pile.add(b, event(b, "COOPERATE", "mercer", "RUS", date="2019-04-20", issues=("energy",)))
    assert not [p for p in merge(pile).positions if p.shift_from]
    pile.add(b, said(b, "mercer", "the pipeline", "agree", issues=("energy",)))
    pile.add(b, event(b, "SANCTION", "mercer", "RUS", at=40, date="2019-04-20", issues=("energy",)))
    assert [(p.shift_from, p.stance) for p in merge(pile).positions if p.shift_from] == [
        ("rejects", "agrees")
    ]
