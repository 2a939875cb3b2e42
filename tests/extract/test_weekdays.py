"""Weekdays counted from a day that is known."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.weekdays import counted_from, only_day, weekday_of
from onrecord.types import Range, TimeExpr, day_range

DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


def test_a_bare_weekday_is_read_from_its_value() -> None:
    told = TimeExpr(start=0, end=6, text="Friday", type="DATE", value="XXXX-WXX-5")
    assert weekday_of(told) == 5
    assert weekday_of(TimeExpr(start=0, end=4, text="2018", type="DATE", value="2018")) is None


@given(DAYS, st.integers(1, 7))
def test_a_week_holds_one_day_of_each_name(first: date, weekday: int) -> None:
    found = only_day(Range(first, first + timedelta(6)), weekday)
    assert found.start == found.end
    assert found.start
    assert found.start.isoweekday() == weekday


@given(DAYS, st.integers(1, 7), st.booleans())
def test_the_weekday_counted_lies_within_a_week_of_its_anchor(day: date, weekday: int, ahead: bool) -> None:
    wide = Range(day - timedelta(30), day + timedelta(30))
    found = counted_from(wide, weekday, day_range(day), ahead=ahead)
    assert found.start
    gap = (found.start - day).days
    assert 1 <= abs(gap) <= 7
    assert (gap > 0) == ahead


def test_a_day_outside_what_was_told_is_not_taken() -> None:
    told = Range(date(2019, 5, 1), date(2019, 5, 31))
    assert counted_from(told, 3, day_range(date(2019, 3, 8)), ahead=True) == told
