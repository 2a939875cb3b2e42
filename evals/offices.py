"""Where our terms of office and a PETRARCH actor dictionary with dated roles disagree.

    python -m evals.offices Phoenix.Countries.actors.txt [--days 45]

For every person of `offices.csv` whom the dictionary knows under a government role of the same state, the
first and last days of our terms are compared with the role's. A line is printed for each of our boundaries
that no boundary of theirs meets within `--days` and that lies outside all their ranges, for a person to
decide on. Terms that begin after the dictionary's last update, and other offices, are not compared.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from onrecord.facts.actors import Registry, petrarch, slug
from onrecord.facts.actors.rows import first_day, last_day
from onrecord.types import Range

LAST_UPDATE = date(2014, 1, 30)


def roles(dictionary: Path) -> dict[str, list[tuple[str, Range]]]:
    """Slug of a name → (state, days) of every dated government role."""
    found: dict[str, list[tuple[str, Range]]] = defaultdict(list)
    lines = dictionary.read_text(encoding="utf-8", errors="replace").splitlines()
    for entry in petrarch.entries(lines):
        for role in entry.roles if entry else ():
            if role.role[:3] in ("GOV", "MIL", "LEG", "JUD") and (role.start or role.end):
                held = Range(first_day(role.start), last_day(role.end))
                for name in entry.names if entry else ():
                    found[slug(name)].append((role.state, held))
    return found


def disagreements(registry: Registry, told: dict[str, list[tuple[str, Range]]], days: int) -> Iterator[str]:
    """A line for every boundary of ours that theirs contradict."""
    compared = 0
    for term in registry.terms:
        ours = [
            r
            for state, r in told.get(slug(term.name), ())
            if state == term.country and r != Range(None, None)
        ]
        if not ours or term.sector not in ("GOV", "MIL") or (term.range.start or date.max) > LAST_UPDATE:
            continue
        compared += 1
        for which, day in (("from", term.range.start), ("to", term.range.end)):
            if day is not None and day < LAST_UPDATE and not _agrees(day, ours, days):
                ranges = ", ".join(f"{r.start or ''}…{r.end or ''}" for r in ours)
                yield f"{term.name:28} {term.office:20} {term.country} {which} {day}   theirs: {ranges}"
    yield f"{compared} terms compared"


def _agrees(day: date, theirs: list[Range], days: int) -> bool:
    near = timedelta(days=days)
    at_boundary = any(b is not None and abs(b - day) <= near for r in theirs for b in r)
    inside = any((r.start or date.min) <= day <= (r.end or date.max) for r in theirs)
    return at_boundary or inside


def main() -> None:
    """Prints the disagreements."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("dictionary", type=Path)
    options.add_argument("--days", type=int, default=45)
    given = options.parse_args()
    for line in disagreements(Registry.load(), roles(given.dictionary), given.days):
        print(line)


if __name__ == "__main__":
    main()
