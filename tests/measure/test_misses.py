"""The report of misses: each in its class, its text escaped, nothing fetched from outside."""

from __future__ import annotations

import pytest

from onrecord.measure import misses
from onrecord.measure.attributions import Gold, Roles
from onrecord.measure.events import Coding
from onrecord.measure.gold import Strings
from onrecord.measure.misses import classed
from onrecord.measure.report import page
from onrecord.types import TimeExpr

TEXT = "Berg <b>said</b> the port was shut & dark."
DUE = Roles(source=((0, 4),), cue=((8, 12),), content=((17, 34),))


@pytest.mark.parametrize(
    ("found", "kinds"),
    [
        ([], ["missed"]),
        ([DUE], []),
        ([Roles((), DUE.cue, DUE.content)], ["wrong source"]),
        ([Roles(DUE.source, DUE.cue, ((17, 41),))], ["boundary"]),
        ([DUE, Roles((), (), ((35, 41),))], ["spurious"]),
    ],
)
def test_each_miss_has_its_class(found: list[Roles], kinds: list[str]) -> None:
    assert [kind for kind, *_ in classed(Gold(TEXT, (DUE,)), found)] == kinds


def test_the_page_escapes_the_text_and_stands_alone() -> None:
    missed = list(misses.of_statements("a<b", Gold(TEXT, (DUE,)), []))
    told = page("Statements", missed, misses.STATEMENTS, sure=[(0.5, 0.4, 3)])
    assert "<b>" not in told and "&lt;b&gt;" in told and "&amp; dark" in told
    assert "<svg" in told and "http" not in told and "<script" not in told


def test_the_page_holds_no_character_that_html_bars() -> None:
    missed = list(misses.of_statements("a\x1b", Gold(TEXT.replace("&", "\x0b"), (DUE,)), []))
    told = page("Statements", missed, misses.STATEMENTS)
    assert "\x1b" not in told and "\x0b" not in told and "\ufffd dark" in told


def test_a_time_is_missed_or_has_another_value_type_or_bounds() -> None:
    gold = [
        {"start": 0, "end": 4, "type": "DATE", "value": "2001"},
        {"start": 10, "end": 20, "type": "DATE", "value": "2002"},
        {"start": 30, "end": 34, "type": "DATE", "value": "2003"},
    ]
    found = [
        TimeExpr(start=0, end=4, text="x", type="DATE", value="2009"),
        TimeExpr(start=12, end=20, text="x", type="DATE", value="2002"),
        TimeExpr(start=40, end=44, text="x", type="DATE", value="2004"),
    ]
    kinds = [m.kind for m in misses.of_times("a", TEXT, gold, found)]
    assert kinds == ["wrong value", "boundary", "missed", "spurious"]


def test_an_event_has_another_type_or_other_countries() -> None:
    france = frozenset({"FRA"})
    due = [Coding("AID", france), Coding("ACCUSE", france), Coding("PROTEST")]
    told = [Coding("AID"), Coding("REJECT", france)]
    kinds = [m.kind for m in misses.of_events("a", TEXT, due, told)]
    assert kinds == ["wrong countries", "wrong type", "missed"]


def test_strings_are_lost_or_kept() -> None:
    gold = Strings(within=("Berg <b>said</b>", "dark."), without=("the port",))
    kinds = [m.kind for m in misses.of_passages("a", TEXT, gold, "the  port dark.")]
    assert kinds == ["lost", "kept"]
