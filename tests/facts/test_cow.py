"""Numbers of the Correlates of War project."""

from __future__ import annotations

import pytest

from onrecord.facts.actors import Registry
from onrecord.facts.cow import cow_number
from onrecord.facts.table import TABLES, read_table
from onrecord.types import Value


class Row(Value, frozen=True, kw_only=True):
    iso3: str
    number: int


@pytest.mark.parametrize(
    ("iso3", "number"),
    [("USA", 2), ("GBR", 200), ("DEU", 255), ("RUS", 365), ("SUN", 365), ("CHN", 710), ("XKX", 347)],
)
def test_states_have_their_number(iso3: str, number: int) -> None:
    assert cow_number(iso3) == number


def test_what_is_no_member_of_the_state_system_has_none() -> None:
    assert cow_number("VAT") is None
    assert cow_number(None) is None


def test_every_row_is_a_state_we_know_and_numbers_are_shared_by_successors_only() -> None:
    rows = list(read_table(TABLES / "cow.csv", Row))
    assert {r.iso3 for r in rows} <= set(Registry.load().countries)
    shared: dict[int, list[str]] = {}
    for row in rows:
        shared.setdefault(row.number, []).append(row.iso3)
    assert [v for v in shared.values() if len(v) > 1] == [["RUS", "SUN"], ["SCG", "SRB", "YUG"]]
