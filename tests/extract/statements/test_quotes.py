"""Quotation marks are paired as printers use them."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.statements import quotes
from onrecord.types import READ_ROLES, Passage

MARKED = st.text(alphabet="ab ,.\n\"“”„«»‘’'`", max_size=80)


def pair(text: str) -> list[quotes.Quote]:
    body = [Passage(start=m.start(), end=m.end(), role="body") for m in re.finditer(r"\S[^\n]*", text)]
    return quotes.pair(text, quotes.paragraphs(text, body, READ_ROLES))


@given(MARKED)
def test_quotations_are_in_order_apart_and_hold_what_stands_between_their_marks(text: str) -> None:
    found = pair(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for q in found:
        assert 0 <= q.start <= q.inner.start <= q.inner.end <= q.end <= len(text)
        assert "\n" not in text[q.start : q.end]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("He said “yes” twice.", ["yes"]),
        ('He said "yes" and "no".', ["yes", "no"]),
        ("He said ''yes'' twice.", ["yes"]),
        ("He said „ja“ twice.", ["ja"]),
        ("He said «oui» twice.", ["oui"]),
        ("He said 'yes' twice.", ["yes"]),
        ("The ministers' plan was Lind's.", []),
        ("Back in '98 they 'slept'.", ["slept"]),
        ("“It's the crew's ship,” she said.", ["It's the crew's ship,"]),
        ("“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,"]),
    ],
)
def test_words_between_marks(text: str, inner: list[str]) -> None:
    assert [text[q.inner.start : q.inner.end] for q in pair(text)] == inner


def test_a_quotation_left_open_goes_on_where_the_next_paragraph_opens_with_a_mark() -> None:
    first, second = pair("“One.\n“Two.”")
    assert not first.closed
    assert second.continues
    assert second.closed


def test_a_quotation_left_open_ends_with_its_paragraph() -> None:
    only = pair("“One.\nTwo.")
    assert [(q.start, q.end, q.closed) for q in only] == [(0, 5, False)]
