"""Treaties between few states with their parties: an article that only names one need not say between whom.

A table of facts (`tables/treaties.csv`); `source` names a page that was opened, or `unverified`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from onrecord.facts.table import TABLES, read_table
from onrecord.types import Value


class Treaty(Value, frozen=True, kw_only=True):
    """One treaty: who is bound by it, and the words that name it."""

    id: str
    name: str
    aliases: tuple[str, ...]
    parties: tuple[str, ...]
    """ISO 3166-1 alpha-3; a state and the one that came for it (`SUN`, `RUS`) both."""
    signed: str = ""
    """ISO day."""
    source: str = "unverified"


@dataclass(frozen=True)
class Treaties:
    """The table, found by names in a text."""

    rows: tuple[Treaty, ...]
    _named: tuple[tuple[re.Pattern[str], Treaty], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        longest = sorted(((a, t) for t in self.rows for a in t.aliases), key=lambda p: (-len(p[0]), p[0]))
        object.__setattr__(self, "_named", tuple((_pattern(a), t) for a, t in longest))

    @classmethod
    def load(cls) -> Treaties:
        """The table that is shipped, read once a process."""
        return _load()

    def named_in(self, text: str) -> Treaty | None:
        """The treaty with the longest name that stands in a text."""
        return next((t for pattern, t in self._named if pattern.search(text)), None)


@cache
def _load() -> Treaties:
    return Treaties(tuple(read_table(TABLES / "treaties.csv", Treaty)))


def _pattern(alias: str) -> re.Pattern[str]:
    """Abbreviations as written (`START II`, not `start ii`), all else in any case; hyphens of any kind."""
    parts = []
    for word in alias.split():
        told = re.escape(word).replace(r"\-", "[-–]")
        parts.append(told if sum(c.isupper() for c in word) > 1 or word.isdigit() else f"(?i:{told})")
    return re.compile(r"(?<![\w-])" + r"\s+".join(parts) + r"(?![\w-])")
