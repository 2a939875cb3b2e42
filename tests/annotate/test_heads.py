"""Places where a pattern can begin: none is missed, and most others are left out."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.times import grammar, heads
from onrecord.annotate.times.heads import Heads

PIECES = (
    "the ", "early ", "mid-", "last ", "week", "monday", "july 7", ", 2017", "7:15 p.m.", "two years", " ago",
    "'88", "1990s", "at least ", "no", "fiscal ", "٣", "\n", "-", "a ", "ten ", "quarter", "x", ".", "@",
    "christmas",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map("".join))
def test_expressions_are_found_as_by_trying_every_place(text: str) -> None:
    low = grammar.lowered(text)
    found = [m.span() for m in grammar.expressions(low)]
    assert found == [m.span() for m in grammar.EXPRESSION.finditer(low)]


@pytest.mark.parametrize(
    ("pattern", "text", "places"),
    [
        ("two|three", "one two three", [4, 8]),
        (r"\d+ days", "in 12 days and ٣ days", [3, 4, 15]),
        (r"(?:the )?end", "the end", [0, 4]),
        (r"(?:so ){1,2}on", "so on, so so on", [0, 7, 10]),
        (r"[^a]b", "ab cb", [0, 1, 2, 3, 4]),
        (r"a?", "ba", [0, 1]),
        (r"ends(?= now)", "ends now", [0]),
    ],
)
def test_a_pattern_can_begin_where_its_first_characters_stand(
    pattern: str, text: str, places: list[int]
) -> None:
    assert list(Heads(pattern, 4).places(text)) == places


def test_hardly_a_word_of_plain_news_is_tried() -> None:
    text = "the minister told reporters that his country would not send troops, and left without a word."
    assert len(list(grammar._heads().places(text))) <= 4


def test_every_digit_and_space_that_a_pattern_may_mean_is_told() -> None:
    wide = [c for c in map(chr, range(sys.maxunicode + 1)) if c.isdecimal() or c.isspace()]
    assert set(heads.told("".join(wide))) == {"0", " "}
