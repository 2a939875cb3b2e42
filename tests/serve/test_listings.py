"""Rows as the listing commands print them."""

from __future__ import annotations

from typing import Any

from onrecord.serve.listings import first_of_day


def _row(kind: str, day: str | None, left: str = "RUS", right: str = "USA") -> dict[str, Any]:
    who = [[{"id": f"state:{c}", "country": c}] if c else [] for c in (left, right)]
    return {"type": kind, "date": [day, day] if day else None, "actors": who[0], "recipients": who[1]}


def test_of_one_type_dyad_and_day_only_the_first_is_counted() -> None:
    rows = [_row("ACCUSE", "2019-03-08"), _row("ACCUSE", "2019-03-08"), _row("ACCUSE", "2019-03-09")]
    assert [r["same_day"] for r in first_of_day(rows)] == [2, 1]


def test_what_has_no_day_or_one_side_only_stays() -> None:
    rows = [_row("ACCUSE", None), _row("ACCUSE", None), _row("ACCUSE", "2019-03-08", right="")] * 2
    assert len(list(first_of_day(rows))) == 6
