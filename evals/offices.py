"""Where our terms of office and a PETRARCH actor dictionary with dated roles disagree.

    python -m evals.offices Phoenix.Countries.actors.txt [--days 45]

For every person of `offices.csv` whom the dictionary knows under a government role of the same state, the
first and last days of our terms are compared with the role's. A line is printed for each of our boundaries
that no boundary of theirs meets within `--days` and that lies outside all their ranges, for a person to
decide on. Terms that begin after the dictionary's last update, and other offices, are not compared.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from onrecord.facts.actors import Registry, slug
from onrecord.types import Range

LAST_UPDATE = date(2014, 1, 30)
_ROLE = re.compile(r"\[([A-Z]{3})(GOV|MIL|LEG|JUD)\w*\s*([<>]?)(\d{6,8})?(?:-(\d{6,8}))?\]")


def roles(dictionary: Path) -> dict[str, list[tuple[str, Range]]]:
    """Slug of a name → (state, days) of every dated government role."""
    found: dict[str, list[tuple[str, Range]]] = defaultdict(list)
    names: list[str] = []
    told = False
    for raw in dictionary.read_text(encoding="utf-8", errors="replace").splitlines():
        line = raw.split("#", 1)[0].rstrip()
        if not line.strip():
            continue
        if not line.startswith((" ", "\t")):
            name = slug(line.split("[")[0].lstrip("+").replace("_", " "))
            names = [*names, name] if line.startswith("+") and not told else [name]
            told = False
        for state, _, sign, start, end in _ROLE.findall(line):
            told = True
            if start:
                for name in names:
                    found[name].append((state, _range(sign, start, end)))
    return found


def _range(sign: str, start: str, end: str) -> Range:
    first, last = _day(start), _day(end) if end else None
    if sign == "<":
        return Range(None, first)
    return Range(first, last)


def _day(told: str) -> date | None:
    """`070101` or `20070101` as a day; two-digit years up to 29 are of this century."""
    year, rest = (told[:4], told[4:]) if len(told) == 8 else (told[:2], told[2:])
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 30 else 1900)
    try:
        return date(full, int(rest[:2]), int(rest[2:]))
    except ValueError:
        return None


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
