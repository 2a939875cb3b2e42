"""What turns a position on a matter that no taxonomy knows, and what does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.merge import merge, performed
from onrecord.merge.stances import target
from onrecord.types import Act, Span
from tests.merge.making import Pile, event, said


def turns(*told: tuple[Act, str]) -> list[tuple[str, str | None, str]]:
    """(issue, from, to) of what one Russian minister says in articles a month apart."""
    pile = Pile()
    for n, (act, words) in enumerate(told):
        article = pile.article(f"a{n}", published=f"2019-0{n + 1}-10")
        pile.add(article, said(article, "orlov", words, act))
    return [(p.issue, p.shift_from, p.stance) for p in merge(pile).positions if p.shift_from]


@pytest.mark.parametrize(
    ("first", "second", "turned"),
    [
        (
            ("warn", "Russia will take Ukraine to court over the pulp mills unless building stops"),
            ("propose", "to send engineers to look at the mills together"),
            ("topic:mills", "threatens", "offers"),
        ),
        (
            ("say", '"A treaty on the Teesta is out of the question this spring,"'),
            ("propose", "to sign a treaty on the Teesta before the end of the year"),
            ("topic:treaty Teesta", "rejects", "offers"),
        ),
        (
            ("reject", "payments for students"),
            ("say", "Russia is willing to pay and offered payments of five million"),
            ("topic:payments", "rejects", "offers"),
        ),
        (
            ("reject", "a plea to reopen the border, closed in spring"),
            ("agree", "to reopen the border of the republic with Norway at two places"),
            ("topic:border", "rejects", "agrees"),
        ),
        (
            ("praise", "Colombia's border police"),
            ("accuse", "Colombia's border police of killing two drivers"),
            ("topic:Colombia's police", "praises", "accuses"),
        ),
    ],
)
def test_a_stance_turns_on_the_same_thing(
    first: tuple[Act, str], second: tuple[Act, str], turned: tuple[str, str, str]
) -> None:
    assert turns(first, second) == [turned]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # a warning of what others or the weather will do
        (("warn", "the mills will close unless rain falls"), ("propose", "to look at the mills together")),
        # another river
        (("reject", "a treaty on the Ganges"), ("propose", "to sign a treaty on the Teesta")),
        (("say", "A treaty on the Teesta is not out of the question"), ("propose", "a treaty on the Teesta")),
        # another border, and a market on it
        (("reject", "a plea to open the border with Finland"), ("agree", "to open the border with Norway")),
        (("reject", "to open the border market"), ("agree", "to open the border")),
        # other people's police
        (("praise", "Colombia's police"), ("accuse", "Peru's police of theft")),
        (("praise", "the police"), ("accuse", "the police of theft")),
    ],
)
def test_another_thing_or_no_stance_turns_nothing(first: Any, second: Any) -> None:
    assert turns(first, second) == []


def article_of(pile: Pile, name: str, published: str, *rows: tuple[str, Act, str, dict[str, Any]]) -> None:
    pile.article(name, published=published)
    for n, (speaker, act, words, more) in enumerate(rows):
        pile.add(name, said(name, speaker, words, act, at=200 * n, **more))


OIL: dict[str, Any] = {"issues": ("oil",)}


@pytest.mark.parametrize(
    ("speaker", "cue", "turned"),
    [
        ("orlov", "gave the promise to", 1),
        ("orlov", "gave a promise to", 0),  # another one
        ("tanabe", "gave the promise to", 0),  # another side's
    ],
)
def test_the_promise_told_before_is_what_a_promise_is_about(speaker: str, cue: str, turned: int) -> None:
    pile = Pile()
    article_of(pile, "a", "2019-01-10", (speaker, "reject", "a cut in oil output by a barrel", OIL))
    article_of(
        pile,
        "b",
        "2019-02-10",
        ("sorokin", "promise", "to lower oil output by a barrel", OIL),
        (speaker, "promise", "the secretary of the club", {"cue_text": cue}),
    )
    assert len([p for p in merge(pile).positions if p.shift_from]) == turned


@pytest.mark.parametrize(
    ("first", "turned"), [("Russia will not lower oil output", 1), ("Russia may lower oil output", 0)]
)
def test_a_request_rejected_is_for_what_the_speaker_will_not_do(first: str, turned: int) -> None:
    pile = Pile()
    cue = {"cue_text": "rejected a request from Tokyo"}
    article_of(
        pile,
        "a",
        "2019-01-10",
        ("orlov", "say", first, OIL),
        ("orlov", "reject", "that producers share the burden", cue),
    )
    article_of(pile, "b", "2019-02-10", ("orlov", "promise", "to lower oil output a little", OIL))
    assert len([p for p in merge(pile).positions if p.shift_from]) == turned


@pytest.mark.parametrize(
    ("told", "turned"),
    [
        # what was denied is confirmed, in words that both share
        (
            [("deny", "that a mill had sold laser parts"), ("confirm", "that one mill had sold laser parts")],
            1,
        ),
        ([("deny", "that a mill had sold laser parts"), ("confirm", "that the mill stays open")], 0),
        (
            [
                ("say", "Reports that a mill had sold laser parts were untrue"),
                ("confirm", "it sold laser parts"),
            ],
            1,
        ),
        (
            [
                ("say", "Reports that a mill sold laser parts were not untrue"),
                ("confirm", "it sold laser parts"),
            ],
            0,
        ),
        # to confirm turns nothing else, and to deny takes no consent back
        ([("reject", "that a mill sells laser parts"), ("confirm", "that a mill sells laser parts")], 0),
        ([("agree", "that no mill sells laser parts"), ("deny", "that a mill sells laser parts")], 0),
        ([("deny", "that a mill sells laser parts"), ("agree", "that a mill sells laser parts")], 1),
    ],
)
def test_what_was_denied_is_confirmed(told: list[tuple[Act, str]], turned: int) -> None:
    pile = Pile()
    for n, (act, words) in enumerate(told):
        article_of(pile, f"a{n}", f"2019-0{n + 1}-10", ("orlov", act, words, OIL))
    assert len([p for p in merge(pile).positions if p.shift_from]) == turned


def test_a_denial_goes_on_in_the_next_statement_of_its_speaker() -> None:
    for speaker, issue in (("orlov", "oil"), ("sorokin", "topic:abroad")):
        pile = Pile()
        words = "Stories of laser parts sold abroad were … invented"
        article_of(
            pile, "a", "2019-01-10", ("orlov", "deny", "any role in it", OIL), (speaker, "say", words, {})
        )
        article_of(
            pile, "b", "2019-02-10", (speaker, "confirm", "that laser parts had been sold abroad", OIL)
        )
        assert [p.issue for p in merge(pile).positions if p.shift_from] == [issue]


def test_blame_after_consent_is_no_turn() -> None:
    pile = Pile()
    for n, act in enumerate(("agree", "accuse", "reject")):
        article = pile.article(f"a{n}", published=f"2019-0{n + 1}-10")
        pile.add(article, said(article, "orlov", "refugees", act, issues=("migration",)))
    turned = [(p.shift_from, p.stance) for p in merge(pile).positions if p.shift_from]
    assert turned == [("agrees", "rejects")]


def test_a_turn_needs_words_in_common_and_somebody_with_a_name() -> None:
    one, same, other = "the bill on visas for nurses", "visas for nurses", "the walls at sea"
    for speaker, second, turned in (("orlov", same, 1), ("orlov", other, 0), ("-", same, 0)):
        pile = Pile()
        for n, (act, words) in enumerate((("reject", one), ("agree", second))):
            article = pile.article(f"a{n}", published=f"2019-0{n + 1}-10")
            row = said(article, speaker, words, act, issues=("migration",))  # type: ignore[arg-type]
            pile.add(article, row if speaker != "-" else replace(row, speaker="group:RUS-officials"))
        assert len([p for p in merge(pile).positions if p.shift_from]) == turned


@pytest.mark.parametrize(("speaker", "stands"), [("orlov", 1), ("scholar", 0), ("stranger", 0)])
def test_who_only_looks_on_and_who_is_a_stranger_stand_for_nothing(speaker: str, stands: int) -> None:
    pile = Pile()
    article = pile.article("a", published="2019-03-10")
    pile.add(article, said(article, speaker, "visas for nurses", "reject", issues=("migration",)))
    assert len(merge(pile).positions) == stands


STANCES = [
    [part.strip() for part in line.split(" | ")]
    for line in (Path(__file__).parent / "cases" / "stances.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]


@pytest.mark.parametrize(("stance", "cue", "words"), STANCES)
def test_what_words_perform(stance: str, cue: str, words: str) -> None:
    row = replace(said("a", "orlov", words), cue_text=cue, speech="mixed")
    found = performed.by_cue(row, cue) or performed.by_words(row)
    assert (found[0] if found else "-") == stance


DAM = "KESH, March - The dam at Tarma, its sluices and the eels in them were all that anybody spoke of. "
ELSEWHERE = (
    "VARDO, May - Teachers want a pension and longer holidays; the union has called a strike in all schools. "
)


@pytest.mark.parametrize(
    ("one", "other", "turned"),
    [
        (DAM, DAM, 1),  # the article tells what "it" is
        (DAM, ELSEWHERE, 0),
    ],
)
def test_a_bare_yes_turns_on_what_its_article_is_about(one: str, other: str, turned: int) -> None:
    pile = Pile()
    pile.article("a", text=one + "x" * 200, published="2019-03-01")
    pile.article("b", text=other + "x" * 200, published="2019-03-20")
    pile.add("a", said("a", "orlov", "to open a gate for the eels in spring", "reject"))
    pile.add("b", said("b", "orlov", '"I agreed because my mother asked me to,"'))
    assert len([p for p in merge(pile).positions if p.shift_from]) == turned


@pytest.mark.parametrize(
    ("who", "words", "turned"),
    [
        ("orlov", '"We are not afraid of a few eels,"', 1),
        ("orlov", '"I reject the sluices and all that swims in them,"', 0),  # he says otherwise
        ("mercer", '"We are not afraid of a few eels,"', 0),  # of another state
    ],
)
def test_who_speaks_for_his_state_stands_for_what_it_stands_for(who: str, words: str, turned: int) -> None:
    pile = Pile()
    pile.article("a", published="2019-03-01")
    pile.article("b", published="2019-03-20")
    pile.add("a", said("a", who, "the sluices at the dam", "reject"))
    pile.add("b", replace(said("b", "-", "to build the sluices at the dam", "propose"), speaker="state:RUS"))
    pile.add("b", said("b", who, words, at=90))
    found = [p.actor for p in merge(pile).positions if p.shift_from]
    assert found == [f"person:{who}"] * turned


def test_who_tells_what_his_state_offers_stands_for_it() -> None:
    for inner, turned in ((20, ["person:orlov"]), (300, [])):
        pile = Pile()
        pile.article("a", published="2019-03-01")
        pile.article("b", published="2019-03-20")
        pile.add("a", said("a", "orlov", "the sluices at the dam", "reject"))
        words = "that Russia offers to build the sluices at the dam"
        pile.add("b", said("b", "orlov", words, at=10, speech="indirect"))
        offer = said("b", "-", "to build the sluices at the dam", "propose", at=inner)
        pile.add("b", replace(offer, speaker="state:RUS", cue=(Span(inner - 6, inner),)))
        assert [p.actor for p in merge(pile).positions if p.shift_from] == turned


@pytest.mark.parametrize(
    ("words", "turned"),
    [
        (None, ["agrees"]),
        ("I reject the sluices at the dam", []),  # on the same day he says otherwise
        ("to build the sluices at the dam", ["offers"]),  # the words tell it better
    ],
)
def test_a_deed_turns_what_its_doer_said(words: str | None, turned: list[str]) -> None:
    pile = Pile()
    pile.article("a", published="2019-03-01")
    pile.article("b", published="2019-03-20")
    pile.add("a", said("a", "orlov", "the sluices at the dam", "reject"))
    text = "Orlov consented to the sluices at the dam"
    told: dict[str, Any] = {
        "text": text,
        "trigger": (Span(6, 15),),
        "trigger_text": "consented",
        "evidence": (Span(0, 41),),
    }
    pile.add("b", event("b", "CONCEDE", "orlov", "mercer", status="happened", confidence=0.8, **told))
    if words:
        act: Act = "reject" if words.startswith("I") else "propose"
        pile.add("b", said("b", "orlov", words, act, at=90))
    assert [p.stance for p in merge(pile).positions if p.shift_from] == turned


def test_a_denial_turns_into_consent_and_not_into_a_promise() -> None:
    acts: tuple[tuple[Act, int], ...] = (("agree", 1), ("promise", 0))
    for act, turned in acts:
        pile = Pile()
        article_of(pile, "a", "2019-01-10", ("orlov", "deny", "the sluices at the dam", {}))
        article_of(pile, "b", "2019-02-10", ("orlov", act, "the sluices at the dam", {}))
        assert len([p for p in merge(pile).positions if p.shift_from]) == turned


def test_a_target_needs_its_owner() -> None:
    assert target("Colombia's border police of killing") == ("Colombia's police",)
    assert target("the border police of killing") == ()
