"""One row an encounter, however many tell of it; two encounters never become one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.merge import merge
from onrecord.types import MergedMeeting
from tests.merge.making import Pile, days, meeting, said


def pile_of(*told: tuple[str, str, dict[str, Any]]) -> Pile:
    """(published, participants, fields) of one article each."""
    pile = Pile()
    for n, (published, names, fields) in enumerate(told):
        name = pile.article(f"a{n}", published=published)
        pile.add(name, meeting(name, names, **fields))
    return pile


def merged(*told: tuple[str, str, dict[str, Any]]) -> tuple[MergedMeeting, ...]:
    return merge(pile_of(*told)).meetings


def test_the_same_day_and_people_are_one_meeting_with_two_accounts() -> None:
    (one,) = merged(
        ("2019-03-09", "orlov mercer", {"date": "2019-03-08", "place": "Vienna"}),
        ("2019-03-10", "mercer orlov sorokin", {"date": "2019-03-08", "minutes": 136}),
    )
    assert (one.articles, one.independent, one.minutes, one.place) == (2, 2, 136, "Vienna")
    assert set(one.participants) == {"person:orlov", "person:mercer", "person:sorokin"}
    assert [a.article for a in one.accounts] == ["a0", "a1"]


def test_a_state_stands_for_its_people() -> None:
    (one,) = merged(
        ("2019-03-09", "orlov mercer", {"date": "2019-03-08"}),
        ("2019-03-09", "RUS USA", {"date": "2019-03-08"}),
    )
    assert one.participants == ("person:orlov", "person:mercer")


def test_an_announcement_joins_the_meeting_that_took_place() -> None:
    (one,) = merged(
        ("2019-03-01", "orlov mercer", {"date": "2019-03-08", "place": "Vienna", "status": "prospective"}),
        ("2019-03-09", "orlov mercer", {"date": "2019-03-08", "status": "held"}),
    )
    assert one.status == "held"
    assert [a.told["status"] for a in one.accounts] == ["prospective", "held"]


def test_talks_told_without_a_day_are_those_planned_for_that_month() -> None:
    plan = {"date": "2019-03-01/2019-03-31", "place": "Vienna", "status": "prospective"}
    (one,) = merged(("2019-02-20", "orlov mercer", plan), ("2019-03-09", "orlov mercer", {"minutes": 240}))
    assert (one.status, one.place, one.minutes) == ("held", "Vienna", 240)


def test_a_plan_to_travel_is_no_telephone_call() -> None:
    call = {"date": "2019-03-05", "medium": "call"}
    held = {"date": "2019-03-18", "place": "Vienna"}
    plan = ("2019-03-01", "orlov mercer", {"status": "prospective"})
    told = merged(plan, ("2019-03-06", "orlov mercer", call), ("2019-03-19", "orlov mercer", held))
    assert sorted((m.medium or "", m.articles) for m in told) == [("", 2), ("call", 1)]


def test_a_house_and_its_town_are_one_place_of_one_day_only() -> None:
    house, town = {"date": "2019-03-08", "place": "City Hall"}, {"date": "2019-03-08", "place": "Vienna"}
    (one,) = merged(("2019-03-09", "orlov mercer", house), ("2019-03-09", "orlov mercer", town))
    assert one.place == "City Hall, Vienna"
    month = town | {"date": "2019-03-01/2019-03-31"}
    assert len(merged(("2019-03-09", "orlov mercer", house), ("2019-04-09", "orlov mercer", month))) == 2


def test_talks_told_before_the_planned_month_are_others() -> None:
    plan = {"date": "2019-03-01/2019-03-31", "status": "prospective"}
    assert len(merged(("2019-02-10", "orlov mercer", plan), ("2019-02-20", "orlov mercer", {}))) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"date": "2019-03-08"}, {"date": "2019-11-10"}),
        ({"date": "2019-03-08", "place": "Vienna"}, {"date": "2019-03-08", "place": "Lisbon"}),
        ({"date": "2019-03-08", "medium": "call"}, {"date": "2019-03-08", "medium": "in_person"}),
        ({"date": "2019-03-05", "medium": "call"}, {"date": "2019-03-02/2019-03-09", "medium": "call"}),
        ({"date": "2019-03-08", "occasion": "G20 summit"}, {"date": "2019-03-08", "occasion": "APEC forum"}),
        ({}, {}),
        ({"date": "2019-03-01/2019-03-31"}, {"date": "2019-03-08"}),
    ],
)
def test_what_may_be_two_meetings_stays_two(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert len(merged(("2019-03-09", "orlov mercer", one), ("2019-03-10", "orlov mercer", other))) == 2


def test_the_same_two_told_without_a_day_within_two_weeks_met_once() -> None:
    day = {"date": "2019-03-08"}
    assert len(merged(("2019-03-09", "orlov mercer", day), ("2019-03-10", "orlov mercer", {}))) == 1
    assert len(merged(("2019-03-09", "orlov mercer", day), ("2019-04-01", "orlov mercer", {}))) == 2


def test_other_people_are_another_meeting() -> None:
    assert len(merged(("2019-03-09", "orlov mercer", {"date": "2019-03-08"}),
                      ("2019-03-09", "orlov tanabe", {"date": "2019-03-08"}))) == 2  # fmt: skip


def test_a_shared_place_joins_what_was_written_in_the_same_weeks_only() -> None:
    here = {"place": "Vienna"}
    assert len(merged(("2019-03-09", "orlov mercer", here), ("2019-03-12", "orlov mercer", here))) == 1
    assert len(merged(("2019-03-09", "orlov mercer", here), ("2020-03-12", "orlov mercer", here))) == 2


def test_one_article_keeps_its_encounters_apart() -> None:
    pile = Pile()
    name = pile.article("a", published="2019-03-09")
    pile.add(name, meeting(name, "orlov mercer", date="2019-03-08"))
    pile.add(name, meeting(name, "orlov mercer", at=40, date="2019-03-08"))
    assert len(merge(pile).meetings) == 2


def test_a_vague_row_that_fits_two_meetings_joins_neither() -> None:
    found = merged(
        ("2019-03-09", "orlov mercer", {"date": "2019-03-04", "place": "Vienna"}),
        ("2019-03-09", "orlov mercer", {"date": "2019-03-08", "place": "Vienna"}),
        ("2019-03-10", "orlov mercer", {"place": "Vienna"}),
    )
    assert len(found) == 3


def test_lengths_that_differ_are_no_majority_vote() -> None:
    pile = pile_of(
        ("2019-03-09", "orlov mercer", {"date": "2019-03-08", "minutes": 90, "length_told": "90 minutes"}),
        (
            "2019-03-09",
            "orlov mercer",
            {"date": "2019-03-08", "minutes": 90, "length_told": "an hour and a half"},
        ),
        ("2019-03-09", "orlov mercer", {"date": "2019-03-08", "minutes": 136, "length_told": "136 minutes"}),
    )
    found = merge(pile)
    assert found.meetings[0].minutes is None
    (differ,) = found.disputes
    assert differ.about_row == found.meetings[0].id
    assert "136 minutes" in {s.told for s in differ.sides}


def test_rounding_is_no_dispute() -> None:
    pile = pile_of(
        ("2019-03-09", "orlov mercer", {"date": "2019-03-08", "minutes": 136}),
        ("2019-03-09", "orlov mercer", {"date": "2019-03-08", "minutes": 135}),
        ("2019-03-09", "orlov mercer", {"date": "2019-03-08", "length_told": "more than two hours"}),
    )
    assert not merge(pile).disputes


def test_copies_count_once_as_independent() -> None:
    pile = Pile()
    for n in range(3):
        text = "Two presidents met and parted in good spirits after a long day. " * 9
        name = pile.article(f"a{n}", published="2019-03-09", text=text)
        pile.add(name, meeting(name, "orlov mercer", date="2019-03-08"))
    (one,) = merge(pile).meetings
    assert (one.articles, one.independent) == (3, 1)


TOLD = st.fixed_dictionaries(
    {},
    optional={
        "date": st.sampled_from(["2019-03-08", "2019-03-09", "2019-03-01/2019-03-31"]),
        "place": st.sampled_from(["Vienna", "Lisbon"]),
        "minutes": st.sampled_from([90, 136]),
        "status": st.sampled_from(["prospective", "held", "cancelled"]),
        "medium": st.sampled_from(["call", "in_person"]),
    },
)


@given(st.lists(st.tuples(st.sampled_from(["orlov mercer", "RUS USA", "orlov tanabe"]), TOLD), max_size=6))
def test_the_order_of_articles_changes_nothing(told: list[tuple[str, dict[str, Any]]]) -> None:
    pile = pile_of(*(("2019-03-09", names, dict(fields)) for names, fields in told))
    assert merge(pile) == merge(pile.turned())


@given(st.lists(st.tuples(st.sampled_from(["orlov mercer", "RUS USA"]), TOLD), max_size=6))
def test_every_row_is_told_in_exactly_one_merged_meeting(told: list[tuple[str, dict[str, Any]]]) -> None:
    pile = pile_of(*(("2019-03-09", names, dict(fields)) for names, fields in told))
    accounts = [a.row for m in merge(pile).meetings for a in m.accounts]
    assert sorted(accounts) == sorted(row.id for _, row in pile.held)


def test_no_accounts_of_a_merged_meeting_have_days_that_exclude_each_other() -> None:
    found = merged(
        *(("2019-03-09", "orlov mercer", {"date": f"2019-03-0{n}/2019-03-0{n + 1}"}) for n in range(1, 8))
    )
    for one in found:
        for account in one.accounts:
            told = days("/".join(account.told["date"]))
            assert one.date
            assert told
            assert told.overlaps(one.date)


def test_a_plan_without_a_day_is_the_meeting_that_the_same_people_then_held() -> None:
    pile = Pile()
    pile.article("a", published="2019-03-01")
    pile.article("b", published="2019-03-13")
    pile.add("a", meeting("a", "orlov mercer", status="prospective"))
    pile.add("b", meeting("b", "orlov mercer", date="2019-03-12"))
    (one,) = merge(pile).meetings
    assert (one.status, one.articles) == ("held", 2)


def test_a_plan_without_a_day_is_none_of_two_meetings_that_followed() -> None:
    pile = Pile()
    pile.article("a", published="2019-03-01")
    pile.article("b", published="2019-03-25")
    pile.add("a", meeting("a", "orlov mercer", status="prospective"))
    pile.add(
        "b",
        meeting("b", "orlov mercer", date="2019-03-12"),
        meeting("b", "orlov mercer", 30, date="2019-03-22"),
    )
    assert len(merge(pile).meetings) == 3


def test_a_meeting_says_on_whose_word_it_rests() -> None:
    pile = Pile()
    pile.article("a", published="2019-03-13")
    claim = said("a", "orlov", "that he met Mercer on Tuesday")
    pile.add("a", claim, meeting("a", "orlov mercer", date="2019-03-12", on_word_of=claim.id))
    assert merge(pile).meetings[0].told_by == ("RUS",)


def test_a_telling_without_a_day_joins_by_place_though_another_telling_names_none() -> None:
    told = {"date": "2019-03-08"}
    (one,) = merged(
        ("2019-03-09", "orlov mercer", {**told, "place": "Vienna"}),
        ("2019-03-09", "orlov mercer", told),
        ("2019-03-10", "orlov mercer", {"place": "Vienna"}),
    )
    assert one.articles == 3


def test_a_telling_without_a_day_in_another_city_stays_apart() -> None:
    told = {"date": "2019-03-08"}
    rows = merged(
        ("2019-03-09", "orlov mercer", {**told, "place": "Vienna"}),
        ("2019-03-09", "orlov mercer", told),
        ("2019-03-10", "orlov mercer", {"place": "Lisbon"}),
    )
    assert [m.articles for m in rows] == [2, 1]
