"""Meetings read from marks: whom marked words mean, and which marks belong to which encounter."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from onrecord.extract import meetings
from onrecord.facts.happenings import Happenings
from onrecord.facts.issues import Taxonomy
from onrecord.types import Mark, MarkTag, Meeting, Parsed
from tests.extract.making import actor_id, parsed

TAXONOMY = Taxonomy.load()
NONE = Happenings.of(())


def marked(text: str, *marks: tuple[MarkTag, str]) -> Parsed:
    """A Parsed with the first place of each phrase after the one before it marked (in text order by tag)."""
    one = parsed(text)
    told, last = [], dict.fromkeys((tag for tag, _ in marks), 0)
    for tag, words in marks:
        start = one.article.text.index(words, last[tag])
        last[tag] = start + len(words)
        told.append(Mark(start=start, end=start + len(words), tag=tag, confidence=0.97))
    return replace(one, marks=tuple(sorted(told, key=lambda m: (m.start, m.end))))


def read(text: str, *marks: tuple[MarkTag, str]) -> tuple[Meeting, ...]:
    return meetings.extract(marked(text, *marks), (), NONE, TAXONOMY)


def people(meeting: Meeting) -> set[str]:
    return set(meeting.participants)


def ids(*names: str) -> set[str]:
    return {actor_id(n) for n in names}


def test_a_word_no_rule_knows_is_an_encounter_where_it_is_marked() -> None:
    (one,) = read(
        "[Halvorsen] rode out with [Petrenko] to the stables in <Geneva|CHE> on {Friday|2019-03-08}.",
        ("participant", "Halvorsen"), ("held", "rode out"), ("participant", "Petrenko"),
        ("place", "Geneva"), ("day", "Friday"),
    )  # fmt: skip
    assert people(one) == ids("Halvorsen", "Petrenko")
    assert (one.status, one.place) == ("held", "Geneva")
    assert one.date is not None
    assert one.date.start.isoformat() == "2019-03-08"  # type: ignore[union-attr]


def test_a_rule_s_word_counts_where_it_is_not_marked() -> None:
    _, other = read(
        "[Halvorsen] met [Petrenko]. [Silva] spoke with [Keller].",
        ("participant", "Halvorsen"), ("held", "met"), ("participant", "Petrenko"),
    )  # fmt: skip
    assert people(other) == ids("Silva", "Keller")


def test_two_encounters_of_one_sentence_keep_their_own_people_and_days() -> None:
    first, second = read(
        "[Halvorsen] dined with [Petrenko] on {Friday|2019-03-08}"
        " and telephoned [Silva] on {Saturday|2019-03-09}.",
        ("participant", "Halvorsen"), ("held", "dined"), ("participant", "Petrenko"), ("day", "Friday"),
        ("held", "telephoned"), ("participant", "Silva"), ("day", "Saturday"),
    )  # fmt: skip
    assert people(first) == ids("Halvorsen", "Petrenko")
    assert people(second) == ids("Halvorsen", "Silva")
    assert [m.date.start.day for m in (first, second) if m.date and m.date.start] == [8, 9]
    assert second.medium == "call"


def test_verb_and_noun_of_one_act_are_one_encounter() -> None:
    (one,) = read(
        "[Halvorsen] sat down with [Petrenko] for a conversation of {two hours|PT2H}.",
        ("participant", "Halvorsen"), ("held", "sat down"), ("participant", "Petrenko"),
        ("held", "conversation"), ("length", "two hours"),
    )  # fmt: skip
    assert one.minutes == 120


def test_the_two_are_those_who_were_told_to_meet() -> None:
    (one,) = read(
        "[Halvorsen] greeted [Petrenko]. The two were together for {40 minutes|PT40M}.",
        ("participant", "Halvorsen"), ("held", "greeted"), ("participant", "Petrenko"),
        ("participant", "The two"), ("held", "were together"), ("length", "40 minutes"),
    )  # fmt: skip
    assert people(one) == ids("Halvorsen", "Petrenko")
    assert one.minutes == 40


def test_one_side_meets_the_only_other_side_of_the_article_with_less_confidence() -> None:
    (one,) = read(
        "[Norway] and [Ukraine] share a sea. [Halvorsen] saw her visitor at ten.",
        ("participant", "Halvorsen"), ("held", "saw"), ("participant", "her visitor"),
    )  # fmt: skip
    assert people(one) == ids("Halvorsen", "Ukraine")
    assert one.confidence == 0.5


def test_an_unnamed_other_side_is_not_guessed_among_two() -> None:
    assert not read(
        "[Norway], [Brazil] and [Ukraine] share a sea. [Halvorsen] saw her visitor.",
        ("participant", "Halvorsen"), ("held", "saw"), ("participant", "her visitor"),
    )  # fmt: skip


def test_a_title_stands_for_the_state_that_it_names() -> None:
    text = "[Halvorsen] received the Ukrainian envoy. [Ukraine] confirmed it."
    one = marked(
        text, ("participant", "Halvorsen"), ("held", "received"), ("participant", "the Ukrainian envoy")
    )
    at = one.article.text.index("the Ukrainian envoy")
    title = msgspec.structs.replace(
        one.mentions[0], start=at, end=at + 19, text="the Ukrainian envoy", form="title", actor=None,
        keys=("office:envoy@UKR", "role:envoy@state:UKR"),
    )  # fmt: skip
    (found,) = meetings.extract(replace(one, mentions=(*one.mentions, title)), (), NONE, TAXONOMY)
    assert people(found) == ids("Halvorsen", "Ukraine")


@pytest.mark.parametrize("status", ["held", "prospective", "cancelled", "postponed", "denied"])
def test_the_status_is_the_mark_s(status: MarkTag) -> None:
    (one,) = read(
        "[Halvorsen] and [Petrenko]: a coffee.",
        ("participant", "Halvorsen"), ("participant", "Petrenko"), (status, "coffee"),
    )  # fmt: skip
    assert one.status == status


def test_who_stayed_away_does_not_undo_the_meeting_of_the_others() -> None:
    (one,) = read(
        "[Halvorsen] met [Petrenko]. [Silva] did not attend.",
        ("participant", "Halvorsen"), ("held", "met"), ("participant", "Petrenko"),
        ("participant", "Silva"), ("denied", "attend"),
    )  # fmt: skip
    assert one.status == "held"
    assert people(one) == ids("Halvorsen", "Petrenko")


def test_states_told_by_their_bare_names_are_left_to_the_rules() -> None:
    assert not read(
        "[Norway], [Ukraine] and others were invited to the gathering.",
        ("participant", "Norway"), ("participant", "Ukraine"), ("held", "gathering"),
    )  # fmt: skip


def test_the_8th_is_the_last_one_before_the_article() -> None:
    (one,) = read(
        "[Halvorsen] dined with [Petrenko] on the 8th.",
        ("participant", "Halvorsen"), ("held", "dined"), ("participant", "Petrenko"), ("day", "the 8th"),
    )  # fmt: skip
    assert one.date is not None
    assert one.date.start.isoformat() == "2019-03-08"  # type: ignore[union-attr]


def test_a_part_of_an_hour_is_no_hour() -> None:
    (one,) = read(
        "[Halvorsen] dined with [Petrenko] for three quarters of {an hour|PT1H}.",
        ("participant", "Halvorsen"), ("held", "dined"), ("participant", "Petrenko"),
        ("length", "three quarters of an hour"),
    )  # fmt: skip
    assert (one.minutes, one.length_told) == (None, "three quarters of an hour")


def test_an_encounter_that_nobody_fixed_is_none_that_was_denied() -> None:
    told = read(
        "[Halvorsen] and [Petrenko] did not schedule a next encounter.",
        ("participant", "Halvorsen"), ("participant", "Petrenko"), ("denied", "encounter"),
    )  # fmt: skip
    assert told == ()
