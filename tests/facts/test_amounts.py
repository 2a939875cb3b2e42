"""Numbers with what they count, and when two of them exclude each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.facts.amounts import counts, exclude, read


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("to buy 1.5 million barrels", {"barrel": 1_500_000}),
        ("to open three crossings", {"crossi": 3}),
        ("to pay $300 million rent", {"rent": 300_000_000}),
        ("by March 12 boats", {}),
        ("the 2004 treaty", {}),
        ("between 20 and 40 ships", {}),
        ("40 ships and 12 ships", {}),
    ],
)
def test_counts_are_exact_numbers_of_something(text: str, told: dict[str, float]) -> None:
    assert counts(text) == told


@given(st.integers(1, 10**7), st.integers(1, 10**7))
def test_no_number_excludes_itself_or_depends_on_who_is_asked_first(one: int, other: int) -> None:
    assert not exclude(one, one)
    assert exclude(one, other) == exclude(other, one)


@given(st.integers(1, 10**7), st.integers(1, 6))
def test_a_rounded_number_never_excludes_the_one_it_was_made_of(number: int, digits: int) -> None:
    assert not exclude(number, float(f"{number:.{digits - 1}e}"))


def test_a_number_tells_whether_it_may_be_a_year_or_a_day() -> None:
    assert [(a.number, a.year, a.day) for a in read("3 May 2019, 12,400 people, two million tonnes")] == [
        (3, False, True), (2019, True, False), (12_400, False, False), (2_000_000, False, False),
    ]  # fmt: skip
