"""Words that any article may hold, whatever it is about."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from onrecord.facts.table import TABLES, read_table

LETTERS = 6
"""Letters of a root in the table."""


class CommonRow(msgspec.Struct, frozen=True):
    """A line of tables/common_words.csv."""

    root: str
    percent: int


@lru_cache(maxsize=8)
def common_roots(percent: int = 3) -> frozenset[str]:
    """Roots (endings cut, at most `LETTERS` letters) that so many articles in a hundred hold; at least 3."""
    rows = read_table(TABLES / "common_words.csv", CommonRow)
    return frozenset(row.root for row in rows if row.percent >= percent)
