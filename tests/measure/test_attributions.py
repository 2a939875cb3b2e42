"""Scoring of attributions, on one sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.statements import calibration_error
from onrecord.measure import brat
from onrecord.measure.attributions import (
    MEASURES,
    Gold,
    Roles,
    View,
    judged,
    load,
    matched,
    of_standoff,
    quoted,
    tally,
)
from onrecord.measure.scores import reliability

TEXT = 'The envoy said the talks were "useful and frank" on Monday.'


def roles(source: str = "", cue: str = "", content: str = "") -> Roles:
    spans = [((TEXT.index(w), TEXT.index(w) + len(w)),) if w else () for w in (source, cue, content)]
    return Roles(*spans)


WHOLE = roles("The envoy", "said", 'the talks were "useful and frank"')


def counted(
    found: list[Roles], gold: Roles = WHOLE, discarded: tuple[tuple[int, int], ...] = ()
) -> dict[str, list[float]]:
    return dict(zip(MEASURES, tally(Gold(TEXT, (gold,), discarded), found).tolist(), strict=True))


def test_same_spans_are_right_in_every_measure() -> None:
    told = counted([WHOLE])
    assert told["attribution"] == told["strict"] == [1, 1, 1]
    assert told["exact source"] == told["exact cue"] == told["exact content"] == [1, 1, 1]
    assert told["recall mixed"] == [1, 0, 1]


def test_marks_and_white_space_at_the_ends_do_not_count() -> None:
    assert counted([roles("The envoy ", "said", 'the talks were "useful and frank')])["strict"] == [1, 1, 1]


def test_half_of_the_words_is_found_and_less_is_not() -> None:
    # nine tokens of content: the talks were " useful and frank " -> 8; four of them are half
    assert counted([roles("envoy", "said", 'the talks were "')])["attribution"] == [1, 1, 1]
    assert counted([roles("envoy", "said", "the talks were")])["attribution"] == [0, 1, 1]


def test_other_source_is_not_found() -> None:
    assert counted([roles("Monday", "said", 'the talks were "useful and frank"')])["attribution"] == [0, 1, 1]
    assert counted([roles("", "said", 'the talks were "useful and frank"')])["attribution"] == [0, 1, 1]


def test_attribution_without_source_meets_one_without_source() -> None:
    bare = roles("", "said", "the talks")
    assert counted([bare], gold=bare)["attribution"] == [1, 1, 1]


def test_answer_without_content_is_none() -> None:
    assert counted([roles("The envoy", "said")])["attribution"] == [0, 0, 1]


def test_what_annotators_set_aside_counts_neither_way() -> None:
    told = counted([WHOLE], discarded=((0, len(TEXT)),))
    assert told["attribution"] == [0, 0, 0]
    assert told["micro"] == [0, 0, 0]


def test_tokens_are_shared_by_position() -> None:
    told = counted([roles("envoy", "said", 'were "useful')])
    assert told["source"] == [1, 1, 2]
    assert told["content"] == [3, 3, 8]


def test_one_answer_meets_one_gold_only() -> None:
    twice = Gold(TEXT, (WHOLE, WHOLE))
    assert tally(twice, [WHOLE])[MEASURES.index("attribution")].tolist() == [1, 1, 2]


def test_each_answer_is_judged_and_what_stands_aside_is_not() -> None:
    late = roles("", "on", "Monday")
    assert judged(Gold(TEXT, (WHOLE,)), [late, WHOLE]) == [False, True]
    aside = (TEXT.index("on Monday"), len(TEXT))
    assert judged(Gold(TEXT, (WHOLE,), (aside,)), [late, WHOLE]) == [None, True]


def test_calibration_is_the_distance_between_saying_and_being_right() -> None:
    sure = [(0.9, True), (0.9, True), (0.9, False), (0.9, False), (0.2, False)]
    assert reliability(sure) == [(0.2, 0.0, 1), (0.9, 0.5, 4)]
    assert calibration_error(sure) == pytest.approx((4 * 40 + 20) / 5)
    assert calibration_error([]) == 0.0


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("“No deal,” she said.", "No deal", "mixed"),
        ("“No deal”, she said.", "No deal", "direct"),
        ("“No deal”, she said.", "“No deal”", "direct"),
        ("She called it «a farce» twice.", "it «a farce» twice", "mixed"),
        ("She saw no deal.", "no deal", "indirect"),
    ],
)
def test_kind_of_quotation_is_told_by_its_marks(text: str, words: str, kind: str) -> None:
    start = text.index(words)
    assert quoted(text, ((start, start + len(words)),)) == kind


def test_matching_is_as_large_as_can_be() -> None:
    # the first row could take what only the second can
    assert matched([[0, 1], [0]]) == {0, 1}
    assert matched([[0], [0]]) == {0}
    assert matched([[], [1]]) == {1}


@given(st.lists(st.lists(st.integers(0, 4), unique=True), max_size=5))
def test_matching_gives_each_row_a_column_it_fits(fits: list[list[int]]) -> None:
    rows = matched(fits)
    assert all(fits[row] for row in rows)
    assert len(rows) <= len({column for row in rows for column in fits[row]})


@given(st.text(alphabet='ab ."', max_size=20), st.data())
def test_trimmed_spans_begin_and_end_with_a_letter(text: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    for start, end in View(text).trimmed(((ends[0], ends[1]),)):
        assert text[start].isalnum()
        assert text[end - 1].isalnum()


STANDOFF = """\
T1\tSource 0 9\tThe envoy
T2\tCue 10 14\tsaid
T3\tContent 15 29;31 48\tthe talks were useful and frank
T4\tDiscard 49 58\ton Monday
T5\tCue 3 8\tenvoy
E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3
E2\tAttribution:T5 Source2:T1 Cue:T5
"""


def test_standoff_ties_fragments_and_leaves_out_what_has_no_content() -> None:
    (only,), discarded = of_standoff(brat.parse(STANDOFF))
    assert only == Roles(((0, 9),), ((10, 14),), ((15, 29), (31, 48)))
    assert discarded == ((49, 58),)


def test_first_annotator_by_file_name_is_the_gold(tmp_path: Path) -> None:
    for part in ("text", "attributions"):
        (tmp_path / part).mkdir()
    (tmp_path / "text" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "text" / "b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "attributions" / "a_2222.ann").write_text("", encoding="utf-8")
    (tmp_path / "attributions" / "a_1111.ann").write_text(STANDOFF, encoding="utf-8")
    gold = load(tmp_path)
    assert list(gold) == ["a"]
    assert len(gold["a"].attributions) == 1
    assert np.array_equal(tally(gold["a"], gold["a"].attributions)[MEASURES.index("strict")], [1, 1, 1])
