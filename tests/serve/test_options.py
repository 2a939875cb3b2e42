"""Values as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.errors import UsageError
from onrecord.serve import options
from onrecord.serve.listings import words
from onrecord.types import Range


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2017", Range(date(2017, 1, 1), date(2017, 12, 31))),
        ("2016-02", Range(date(2016, 2, 1), date(2016, 2, 29))),
        ("1987-12-08", Range(date(1987, 12, 8), date(1987, 12, 8))),
    ],
)
def test_a_year_a_month_or_a_day_covers_its_days(typed: str, days: Range) -> None:
    assert options.period(typed) == days


@pytest.mark.parametrize("typed", ["", "17", "2017-13", "2017-02-30", "July 2017", "2017-07-07T10:00"])
def test_what_is_no_date_is_refused_with_the_forms_that_are(typed: str) -> None:
    with pytest.raises(UsageError, match="2017-07"):
        options.period(typed)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (["2017-07-07", "2017-07-07"], "2017-07-07"),
        (["2017-07-07", None], "2017-07-07 – …"),
        ({"id": "state:RUS", "name": "Russia"}, "Russia"),
        ([{"name": "Russia"}, {"name": "Jordan"}], "Russia, Jordan"),
    ],
)
def test_a_cell_shows_names_and_days(value: object, shown: str) -> None:
    assert words(value) == shown
