"""How many rows of facts name a source that was opened, and how many are unverified.

    python -m evals.facts

Counted by table and source: terms of office, happenings, memberships of groups. What rests on an
unverified row says so in a record; this says how much of that there is.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec
import numpy as np

from evals.common import Figures, share
from onrecord.facts.table import TABLES, read_table

NAMED = {
    "terms of office": "offices.csv",
    "happenings": "happenings.csv",
    "memberships": "memberships.csv",
}
UNVERIFIED = "unverified"


class Sourced(msgspec.Struct, frozen=True):
    """The one column of a table that is read here."""

    source: str = ""


class Count(NamedTuple):
    """Rows of one table by source: `unverified`, the host of a page, a repository, or a file."""

    name: str
    by_source: Counter[str]

    @property
    def rows(self) -> int:
        return self.by_source.total()

    @property
    def verified(self) -> int:
        """Rows whose source was opened."""
        return self.rows - self.by_source[UNVERIFIED]


def counts(folder: Path = TABLES) -> list[Count]:
    """The tables of facts that carry sources."""
    return [
        Count(name, Counter(place(row.source) for row in read_table(folder / file, Sourced)))
        for name, file in NAMED.items()
    ]


def place(source: str) -> str:
    """`https://a.org/b` → a.org; a repository with its owner; no source is an unverified one."""
    at = urlsplit(source)
    if at.hostname == "github.com":
        return "/".join([at.hostname, *at.path.split("/")[1:3]])
    return at.hostname or source.strip() or UNVERIFIED


def measure(_: Path) -> Figures:
    """Percentage of rows with a source that was opened."""
    told = Figures()
    for one in counts():
        told[one.name] = share(0, 1)(np.array([one.verified, one.rows]))
        sources = ", ".join(f"{source} {n}" for source, n in one.by_source.most_common())
        told.notes.append(f"{one.name}: {one.rows} rows; {sources}")
    return told


if __name__ == "__main__":
    print(*measure(Path()).notes, sep="\n")
