"""The table of treaties and their parties."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from onrecord.facts.table import TABLES, read_table
from onrecord.facts.treaties import Treaties, Treaty

ROWS = list(read_table(TABLES / "treaties.csv", Treaty))


def test_every_party_is_a_state_of_the_table_of_countries() -> None:
    lines = (TABLES / "countries.csv").read_text(encoding="utf-8").splitlines()
    known = {row["iso3"] for row in csv.DictReader(line for line in lines if not line.startswith("#"))}
    assert {p for t in ROWS for p in t.parties} <= known


def test_ids_and_aliases_are_told_once_and_days_are_days() -> None:
    assert len({t.id for t in ROWS}) == len(ROWS)
    aliases = [a.casefold() for t in ROWS for a in t.aliases]
    assert len(set(aliases)) == len(aliases)
    assert all(date.fromisoformat(t.signed) and len(t.parties) > 1 for t in ROWS)


@pytest.mark.parametrize(
    ("text", "treaty"),
    [
        ("early renewal of the New START treaty", "new-start"), ("talks on START II", "start-2"),
        ("the 1987 Treaty on Intermediate-Range Nuclear Forces (INF)", "inf"),
        ("the Good Friday agreement", "good-friday"), ("a new start for the treaty", None),
        ("start ii of the season", None), ("the treaty", None),
    ],
)  # fmt: skip
def test_a_treaty_is_known_by_its_name(text: str, treaty: str | None) -> None:
    found = Treaties.load().named_in(text)
    assert (found.id if found else None) == treaty
