"""Events, agreements, quotes, disputes and positions across articles."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.merge import merge
from tests.merge.making import Pile, agreement, dispute, event, meeting, said


def two() -> tuple[Pile, str, str]:
    pile = Pile()
    return pile, pile.article("a", published="2019-03-09"), pile.article("b", published="2019-04-20")


def test_the_same_deed_on_the_same_day_is_one_event() -> None:
    pile, a, b = two()
    pile.add(a, event(a, "SANCTION", "USA", "RUS", date="2019-03-08"))
    pile.add(b, event(b, "SANCTION", "mercer", "RUS", date="2019-03-08"))
    found = merge(pile)
    assert len(set(found.clusters.values())) == 1
    assert found.events[0].articles == 2


def test_every_event_has_a_cluster() -> None:
    pile, a, b = two()
    pile.add(
        a, event(a, "SANCTION", "USA", "RUS"), event(a, "ACCUSE", "USA", "RUS", at=30, date="2019-03-08")
    )
    pile.add(b, event(b, "ACCUSE", "RUS", "USA", date="2019-03-08"))
    found = merge(pile)
    assert set(found.clusters) == {e.id for _, e in pile.held}
    assert len(found.events) == 3


def test_an_agreement_goes_on_in_later_articles() -> None:
    pile, a, b = two()
    pile.add(a, agreement(a, "RUS USA", "prisoner swap treaty", made_on="2019-03-08"))
    pile.add(b, agreement(b, "USA RUS", "the prisoner swap treaty of March", state="withdrawn"))
    (one,) = merge(pile).agreements
    assert (one.state, one.articles) == ("withdrawn", 2)
    assert [x.told["state"] for x in one.accounts] == ["agreed", "withdrawn"]


def test_agreements_of_other_words_or_sides_stay_apart() -> None:
    pile, a, b = two()
    pile.add(a, agreement(a, "RUS USA", "prisoner swap treaty"))
    pile.add(b, agreement(b, "RUS USA", "grain corridor treaty"))
    pile.add(b, agreement(b, "RUS JPN", "prisoner swap treaty", at=40))
    assert len(merge(pile).agreements) == 3


def test_a_shortened_quote_is_linked_with_the_long_one() -> None:
    pile, a, b = two()
    pile.add(
        a, said(a, "orlov", "We will not open the strait to any ship that carries arms, and we never shall")
    )
    pile.add(b, said(b, "orlov", "We will not open the strait to any ship that carries arms"))
    linked = merge(pile).quotes
    assert len(linked) == 2
    assert len({q.group for q in linked}) == 1


def test_only_the_very_same_words_of_two_people_of_one_family_name_are_linked() -> None:
    words = "We will not open the strait to any ship that carries arms"
    for told, groups in ((words, 1), (words.replace("any ship", "a ship"), 0)):
        pile, a, b = two()
        pile.add(a, said(a, "orlov", words))
        pile.add(b, said(b, "v-orlov", told))
        assert len({q.group for q in merge(pile).quotes}) == groups


@pytest.mark.parametrize(
    ("one", "other", "linked"),
    [
        (
            "We count the ships, they count the sailors",
            "We're counting ships and they're counting sailors",
            True,
        ),
        ("Salt is dearer than gold", "salt is dearer even than gold", True),
        ("He told me the harbour was open to all", "the harbour is open to all", True),
        ("Salt is dearer than gold", "Salt was never dearer even than gold", False),
        ("Salt is dearer than gold", "Salt is cheaper than gold", False),
        ("We count the ships, they count the sailors", "We count the sailors, they count the ships", False),
        ("Salt is dearer than gold", "When salt is short and gold dearer than ever we all suffer", False),
    ],
)
def test_a_short_quote_in_other_slight_words_is_linked(one: str, other: str, linked: bool) -> None:
    pile = Pile()
    for name, day, words in (("a", "09", one), ("b", "20", other)):
        pile.article(name, published=f"2019-03-{day}")
        pile.add(name, said(name, "orlov", words))
    assert bool(merge(pile).quotes) is linked


def test_slight_words_differ_only_within_a_month_and_for_one_speaker() -> None:
    for who, published in (("orlov", "2019-06-09"), ("mercer", "2019-03-10")):
        pile = Pile()
        pile.add(pile.article("a", published="2019-03-09"), said("a", "orlov", "Salt is dearer than gold"))
        pile.add(pile.article("b", published=published), said("b", who, "salt is dearer even than gold"))
        assert not merge(pile).quotes


def test_a_quote_of_which_another_article_quotes_a_few_words_is_linked() -> None:
    for speech, groups in (("direct", 1), ("mixed", 0)):
        pile = Pile()
        pile.article("a", published="2019-03-09")
        pile.article("b", published="2019-03-20")
        full = "The ink of Vardo was water" if speech == "direct" else 'that the ink of Vardo "was water"'
        pile.add("a", said("a", "orlov", full, speech=speech))
        pile.add("b", said("b", "orlov", 'that the ink of Vardo "was but water"', speech="mixed"))
        assert len({q.group for q in merge(pile).quotes}) == groups


def test_words_between_typed_quotation_marks_are_a_quote() -> None:
    pile, a, b = two()
    pile.add(a, said(a, "orlov", "We will not open the strait to any ship that carries arms"))
    pile.add(b, said(b, "orlov", "they ``will not open the strait to any ship''", speech="mixed"))
    assert len(merge(pile).quotes) == 2


def test_the_same_words_of_another_speaker_are_not_linked() -> None:
    pile, a, b = two()
    pile.add(a, said(a, "orlov", "We will not open the strait to any ship that carries arms"))
    pile.add(b, said(b, "mercer", "We will not open the strait to any ship that carries arms"))
    assert not merge(pile).quotes


def test_a_dispute_told_twice_of_one_meeting_is_one() -> None:
    pile, a, b = two()
    for name in (a, b):
        met = meeting(name, "orlov mercer", date="2019-03-08")
        pile.add(name, met)
        pile.add(
            name,
            dispute(name, "versions", ("orlov", "he agreed"), ("mercer", "he did not"), about_row=met.id),
        )
    (one,) = merge(pile).disputes
    assert one.articles == 2
    assert one.about_row == merge(pile).meetings[0].id


def test_a_turn_from_rejecting_to_agreeing_is_a_shift() -> None:
    pile, a, b = two()
    pile.add(a, said(a, "orlov", "inspectors", "reject", issues=("arms_control",)))
    pile.add(b, said(b, "orlov", "inspectors may come", "agree", issues=("arms_control",)))
    first, second = merge(pile).positions
    assert (first.stance, first.shift_from) == ("rejects", None)
    assert (second.stance, second.shift_from) == ("agrees", "rejects")


def test_a_joint_statement_is_a_position_of_each_who_made_it() -> None:
    pile, a, _ = two()
    joint = replace(
        said(a, "orlov", "inspectors", "reject", issues=("arms_control",)),
        speakers=("person:orlov", "person:tanabe"),
    )
    pile.add(a, joint)
    told = {(p.actor, p.stance, p.accounts[0].actor) for p in merge(pile).positions}
    assert told == {(who, "rejects", who) for who in ("person:orlov", "person:tanabe")}


def test_a_turn_from_refusing_to_being_willing_is_a_shift() -> None:
    pile, a, b = two()
    pile.add(a, said(a, "orlov", "Russia has not agreed to open the bridge", issues=("trade",)))
    pile.add(b, said(b, "orlov", "that Russia was now willing to open the bridge", issues=()))
    pile.add(b, said(b, "mercer", "the bridge means duties", at=90, issues=("trade",)))
    turned = [p for p in merge(pile).positions if p.shift_from]
    assert [(p.actor, p.shift_from, p.stance) for p in turned] == [("person:orlov", "rejects", "offers")]


@pytest.mark.parametrize(
    "words",
    [
        "the United States was now willing to open the bridge",
        "Russia was willing to talk about the bridge",
        "Russia was willing to open the bridge if duties fall",
        "that Mercer had accepted the bridge",
    ],
)
def test_what_others_did_and_what_hangs_on_a_condition_is_no_stance(words: str) -> None:
    pile, a, b = two()
    pile.add(a, said(a, "orlov", "Russia has not agreed to open the bridge", issues=("trade",)))
    pile.add(b, said(b, "orlov", words, issues=("trade",)))
    assert not [p for p in merge(pile).positions if p.shift_from]


def test_a_stance_that_turns_on_a_matter_outside_the_taxonomy_is_a_shift() -> None:
    pile, a, b = two()
    pile.add(a, said(a, "orlov", "to open the border market at the bridge", "reject"))
    pile.add(b, said(b, "orlov", "to open the market on Sundays", "agree"))
    first, second = merge(pile).positions
    assert (first.issue, first.stance) == ("topic:market", "rejects")
    assert (second.stance, second.shift_from) == ("agrees", "rejects")


@pytest.mark.parametrize(
    ("act", "words"), [("agree", "the market"), ("reject", "the tower"), ("praise", "the tower")]
)
def test_without_a_turn_such_a_matter_is_not_told_of(act: Any, words: str) -> None:
    pile, a, b = two()
    pile.add(a, said(a, "orlov", "the tower", "agree"))
    pile.add(b, said(b, "mercer" if act == "reject" else "orlov", words, act))
    assert merge(pile).positions == ()


@pytest.mark.parametrize(
    ("cue", "stances"),
    [("did not even mention", ["did not mention"]), ("never raised", ["did not mention"]),
     ("did not say how", []), ("ignored", [])],
)  # fmt: skip
def test_silence_is_a_position_only_where_the_article_tells_of_it(cue: str, stances: list[str]) -> None:
    pile, a, _ = two()
    silent = said(a, "orlov", "inspectors", "omit", issues=("arms_control",), negated=True, cue_text=cue)
    pile.add(a, silent)
    assert [p.stance for p in merge(pile).positions] == stances


def test_hedged_words_and_mixed_signals_shift_nothing() -> None:
    pile, a, b = two()
    pile.add(a, said(a, "orlov", "inspectors", "reject", issues=("arms_control",)))
    pile.add(a, said(a, "orlov", "some inspectors", "agree", at=30, issues=("arms_control",)))
    pile.add(b, said(b, "orlov", "inspectors may come", "agree", issues=("arms_control",), hedged=True))
    assert not [p for p in merge(pile).positions if p.shift_from]


def test_an_empty_pile_merges_to_nothing() -> None:
    assert merge(Pile()).meetings == ()


def test_undated_deeds_are_one_event_in_articles_that_share_their_rare_names() -> None:
    text = "Police in Tarnow said on 17 May that Ostrava clerk Milena Hrubos and the driver Kaspar Vint fled."
    pile = Pile()
    for n in range(4):
        pile.article(f"other{n}", published="2019-03-09")
    a = pile.article("a", published="2019-03-09", text=text)
    b = pile.article("b", published="2019-03-10", text=f"In the evening, {text} Nobody else was hurt in it.")
    pile.add(a, event(a, "COERCE", "RUS", "mercer", trigger_text="arrested"))
    pile.add(b, event(b, "COERCE", "RUS", "mercer", trigger_text="arrest"))
    pile.add("other1", event("other1", "COERCE", "RUS", "mercer", trigger_text="arrested"))
    found = merge(pile)
    assert sorted(e.articles for e in found.events) == [1, 2]


def test_a_quote_in_another_order_of_words_is_linked_and_its_drift_shown() -> None:
    pile, a, b = two()
    pile.add(a, said(a, "orlov", "We cannot change the road behind us, but we can choose the road in front"))
    pile.add(
        b, said(b, "orlov", "The road behind us we cannot change, but [we] can choose the road in front")
    )
    linked = merge(pile).quotes
    assert len(linked) == 2
    (drift,) = (q.drift for q in linked if q.drift)
    assert "{+[we]+}" in drift


def test_a_shortened_quote_has_not_drifted() -> None:
    pile, a, b = two()
    pile.add(a, said(a, "orlov", "We will not open the strait to any ship, and we never shall"))
    pile.add(b, said(b, "orlov", "“We will not open the strait to any ship,”"))
    assert [q.drift for q in merge(pile).quotes] == [None, None]


def test_charges_of_two_kinds_in_alike_articles_are_two_events() -> None:
    pile = Pile()
    names = "In Oslo Vera Lund, Ole Dahl, Per Berg and Kari Moen of Norsk Kraft saw Nils Foss in Bergen. "
    for name, words in (
        ("a", "charged with murdering several people"),
        ("b", "charged with cruelty towards animals"),
    ):
        pile.article(name, published="2019-03-09", text="text: " + names * 2)
        pile.add(name, event(name, "ACCUSE", "", "orlov", trigger_text="charged", text=words))
    assert len(merge(pile).events) == 2


def test_one_person_one_word_and_one_day_are_one_event_where_nobody_else_is_named() -> None:
    pile, a, b = two()
    for name in (a, b):
        pile.add(name, event(name, "COERCE", "", "orlov", date="2019-03-08", trigger_text="arrested"))
    assert [e.articles for e in merge(pile).events] == [2]


def test_a_pact_told_by_its_bare_name_is_one_where_both_sides_and_the_days_fit() -> None:
    pile = Pile()
    for name, day in (("a", "2019-03-09"), ("b", "2019-03-20"), ("c", "2019-12-20")):
        pile.article(name, published=day)
    pile.add("a", agreement("a", "RUS USA", "pact", made_on="2019-03-08"))
    pile.add("b", agreement("b", "USA RUS", "pact of March 8", made_on="2019-03-08", state="violated"))
    pile.add("b", agreement("b", "RUS JPN", "pact", at=40))
    pile.add("c", agreement("c", "RUS USA", "pact"))
    found = merge(pile).agreements
    assert sorted(len(a.accounts) for a in found) == [1, 1, 2]
    assert next(a for a in found if len(a.accounts) > 1).state == "violated"


def test_a_subject_in_the_sentences_of_another_telling_joins_them() -> None:
    pile = Pile()
    for name, day in (("a", "2019-03-09"), ("b", "2019-03-20"), ("c", "2019-12-20")):
        pile.article(name, published=day)
    pile.add("a", agreement("a", "RUS USA", "two new ferries", text="They settled on two new ferries."))
    pile.add("b", agreement("b", "RUS USA", "line across the strait", text="The ferry line was agreed."))
    pile.add("c", agreement("c", "RUS USA", "line in the sand", text="The ferry line was agreed."))
    assert sorted(len(a.accounts) for a in merge(pile).agreements) == [1, 2]


def test_what_one_side_denies_of_an_agreement_is_another_account_of_it() -> None:
    pile = Pile()
    for name in ("a", "b"):
        pile.article(name, published="2019-03-09")
    denial = said("b", "orlov", "Nothing was agreed about road fees.", act="deny")
    pile.add("a", agreement("a", "RUS USA", "equal road fees"))
    pile.add("b", denial, agreement("b", "RUS USA", "road fees", state="not_agreed", on_word_of=denial.id))
    (one,) = merge(pile).agreements
    assert (one.state, len(one.accounts)) == ("agreed", 2)


def test_pacts_of_two_days_stay_apart() -> None:
    pile = Pile()
    for name, day in (("a", "2019-03-08"), ("b", "2019-03-10")):
        pile.article(name, published="2019-03-12")
        pile.add(name, agreement(name, "RUS USA", "pact", made_on=day))
    assert len(merge(pile).agreements) == 2
