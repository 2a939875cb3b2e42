"""Country numbers of the Correlates of War project, for data that are keyed by them."""

from __future__ import annotations

from functools import cache

from onrecord.facts.table import TABLES, read_table
from onrecord.types import Value


class Member(Value, frozen=True, kw_only=True):
    """A state and its number."""

    iso3: str
    number: int


@cache
def _numbers() -> dict[str, int]:
    return {row.iso3: row.number for row in read_table(TABLES / "cow.csv", Member)}


def cow_number(iso3: str | None) -> int | None:
    """The number of a state by its ISO 3166-1 alpha-3 code; None for what is no state there."""
    return _numbers().get(iso3 or "")
