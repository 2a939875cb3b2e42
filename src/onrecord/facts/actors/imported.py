"""What comes out of a foreign table of actors: rows, and what was left out and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.facts.actors.registry import Registry
from onrecord.facts.actors.rows import TermRow, slug


class Source(NamedTuple):
    """The file that rows come from, as their `source` names it."""

    name: str

    def person(self, name: str, registry: Registry) -> str | None:
        """The id of the one person of the registry who bears a full name."""
        key = f"person:{slug(name)}"
        if registry.actor(key) is not None:
            return key
        found = {e.key for e in registry.forms.get(name, ()) if e.use == "name" and e.key.startswith("per")}
        return next(iter(found)) if len(found) == 1 else None


@dataclass
class Imported:
    """Rows of `offices.csv` read out of foreign tables."""

    rows: list[TermRow] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    """Reason → entries left out for it."""

    def leave(self, reason: str) -> None:
        """Counts an entry that is left out."""
        self.left_out[reason] += 1

    def extend(self, other: Imported) -> None:
        """Takes in what came out of another file."""
        self.rows += other.rows
        self.left_out += other.left_out
