"""Meetings of one article: who met whom, and what is no meeting at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from onrecord.extract import meetings
from onrecord.extract.meetings.people import state_sides
from onrecord.facts.happenings import Happenings
from onrecord.facts.issues import Taxonomy
from onrecord.types import Actor, Meeting, Mention, Range
from tests.extract.making import actor_id, parsed

TAXONOMY = Taxonomy.load()
NONE = Happenings.of(())
CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "meetings.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def read(marked: str, table: Happenings = NONE, **options: object) -> tuple[Meeting, ...]:
    return meetings.extract(parsed(marked, **options), (), table, TAXONOMY)  # type: ignore[arg-type]


@pytest.mark.parametrize(("expected", "marked"), CASES, ids=[c[1][:60] for c in CASES])
def test_case(expected: str, marked: str) -> None:
    found = read(marked)
    wanted = [] if expected == "-" else expected.split(" ; ")
    assert len(found) == len(wanted), [(m.participants, m.status, m.date, m.place) for m in found]
    for told, meeting in zip(wanted, found, strict=True):
        _check(told.split(), meeting)


def _check(told: list[str], meeting: Meeting) -> None:
    assert set(meeting.participants) == {actor_id(n.replace("_", " ")) for n in told[0].split("+")}
    assert meeting.status == told[1]
    for more in told[2:]:
        if more[0] == "@":
            assert meeting.place == more[1:]
        elif more[0] == "~":
            assert meeting.medium == more[1:]
        elif more[0] == "#":
            assert (meeting.occasion or "").startswith(more[1:])
        elif more == "?m":
            assert (meeting.minutes, bool(meeting.length_told)) == (None, True)
        elif more[-1] == "m":
            assert meeting.minutes == int(more[:-1])
        else:
            first, _, last = more.partition("/")
            assert meeting.date == Range(date.fromisoformat(first), date.fromisoformat(last or first))


TALKS = "Kenya's minister met her Ethiopian counterpart, Dawit Lemma. Uganda was silent."


@pytest.mark.parametrize(
    ("lemma", "third", "sides"),
    [
        ({"sector": "GOV"}, (), {"KEN", "person:lemma"}),
        ({}, (), {"KEN", "person:lemma"}),  # `counterpart` stands beside the name
        ({"sector": "BUS"}, (), {"KEN"}),
        ({}, ("UGA",), {"KEN"}),
    ],
)
def test_an_official_of_unknown_state_is_a_side_where_two_states_are_named(
    lemma: dict[str, str], third: tuple[str, ...], sides: set[str]
) -> None:
    people = [
        Actor(id="person:mutua", name="Achieng Mutua", kind="person", country="KEN", sector="GOV"),
        Actor(id="person:lemma", name="Dawit Lemma", kind="person", **lemma),
    ]
    states = [Actor(id=f"state:{c}", name=c, kind="state", country=c) for c in ("KEN", "ETH", *third)]
    actors = {a.id: a for a in (*people, *states)}
    start = TALKS.index("Dawit")
    named = Mention(start=start, end=start + 11, text="Dawit Lemma", form="name", actor="person:lemma")
    parsed = SimpleNamespace(actors=actors, mentions=(named,), article=SimpleNamespace(text=TALKS))
    scene = SimpleNamespace(
        parsed=parsed, actor=actors.get, side=lambda a: actors[a].country or a, standing={}
    )
    assert state_sides(scene, [a.id for a in people]) == sides  # type: ignore[arg-type]


def test_here_is_the_city_of_the_dateline() -> None:
    read_in = parsed("VALPARAISO, March 9\n[Silva] met [Tanabe] here on {Friday|2019-03-08}.")
    first, *rest = read_in.passages
    dated = replace(read_in, passages=(msgspec.structs.replace(first, role="dateline"), *rest))
    (one,) = meetings.extract(dated, (), NONE, TAXONOMY)
    assert one.place
    assert one.place.startswith("Valparaiso")
    (undated,) = meetings.extract(read_in, (), NONE, TAXONOMY)
    assert undated.place is None
