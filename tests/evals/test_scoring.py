"""Rows against gold: each row answers one gold row at most, the one that it fits best."""

from __future__ import annotations

from typing import Any

from evals.relationship.scoring import Pile, _paired
from evals.relationship.swap import tone_of
from onrecord.merge import merge
from onrecord.types import MergedMeeting


def meeting(id: str, place: str) -> MergedMeeting:
    return MergedMeeting(id=id, place=place, evidence=(), articles=1, independent=1)


def fits(row: MergedMeeting, gold: dict[str, Any]) -> bool:
    return gold["place"] in (row.place or "")


def test_a_row_answers_once_and_what_is_left_is_told() -> None:
    rows = [meeting("M-1", "Oslo"), meeting("M-2", "Lima")]
    paired, left = _paired([{"place": "Oslo"}, {"place": "Oslo"}], rows, fits)
    assert [found and found.id for _, found in paired] == ["M-1", None]
    assert [row.id for row in left] == ["M-2"]


def test_of_several_that_fit_the_best_is_taken() -> None:
    rows = [meeting("M-1", "Oslo"), meeting("M-2", "Oslo, city hall")]
    paired, _ = _paired([{"place": "Oslo"}], rows, fits, lambda row, gold: len(row.place or ""))
    assert [found and found.id for _, found in paired] == ["M-2"]


def test_a_pile_is_what_merge_reads() -> None:
    assert merge(Pile(())).meetings == ()


def test_a_pile_gives_every_kind_of_row_that_review_reads() -> None:
    nothing = Pile(())
    assert tone_of(nothing, merge(nothing), ["NOR", "PER"]) == (None, 0)
