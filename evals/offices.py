"""Where our terms of office and a PETRARCH actor dictionary with dated roles disagree.

    python -m evals.offices Phoenix.Countries.actors.txt [--days 45] [--all]

For every person of `offices.csv` whom the dictionary knows under a government role of the same state, the
first and last days of our terms are compared with the role's. Each of our boundaries that no boundary of
theirs meets within `--days`, and that lies outside all their ranges, is one of three kinds:

    another term   none of their ranges overlaps ours: they know the person from other years only
    clipped        their lists of ministers begin in January 2003, and so does the range that overlaps ours
    contradiction  the rest, for a person to decide on

Contradictions are printed with what was decided (DECIDED), the others with `--all`. Terms that begin after
the dictionary's last update, and other offices, are not compared.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from onrecord.facts.actors import Registry, Term, petrarch, slug
from onrecord.facts.actors.rows import first_day, last_day
from onrecord.types import Range

LAST_UPDATE = date(2014, 1, 30)
LISTS_BEGIN = date(2003, 1, 1)
"""The first month of the lists of ministers that the dictionary was made from."""


OTHER_OFFICE = "kept: their range is of another office, which the person held before or after"
LISTS_LAG = "kept: their lists by month notice a change late, or break off"
DECIDED = {
    **dict.fromkeys((
        ("Yitzhak Shamir", "foreign minister"), ("James Baker", "finance minister"),
        ("Shimon Peres", "foreign minister"), ("Sosuke Uno", "foreign minister"),
        ("John Major", "finance minister"), ("Alain Juppé", "foreign minister"),
        ("Tsutomu Hata", "foreign minister"), ("Kim Jong Il", "supreme leader"),
        ("Saeb Erekat", "chief negotiator"), ("Yevgeny Primakov", "foreign minister"),
        ("Lamberto Dini", "foreign minister"), ("Inder Kumar Gujral", "foreign minister"),
        ("Keizo Obuchi", "foreign minister"), ("Pervez Musharraf", "army chief"),
        ("Abdullah Gül", "foreign minister"),
    ), OTHER_OFFICE),
    **dict.fromkeys((
        ("Nkosazana Dlamini-Zuma", "foreign minister"), ("Bill Graham", "foreign minister"),
        ("Vecdi Gönül", "defence minister"), ("Celso Amorim", "foreign minister"),
        ("Ban Ki-moon", "foreign minister"), ("M. K. Narayanan", "national security adviser"),
        ("Adam Daniel Rotfeld", "foreign minister"), ("Jorge Taiana", "foreign minister"),
        ("Joel Fitzgibbon", "defence minister"), ("S. M. Krishna", "foreign minister"),
        ("Petro Poroshenko", "foreign minister"),
    ), LISTS_LAG),
    ("Mohamed Morsi", "president"): "kept: a slip of theirs, 30 October for 30 June 2012",
}  # fmt: skip
"""(name, office) → what was decided on a contradiction, November 2026."""


class Disagreement(NamedTuple):
    """One boundary of a term of ours that the dictionary does not bear out."""

    kind: str
    term: Term
    edge: str
    day: date
    theirs: list[Range]

    def line(self) -> str:
        """The boundary beside the dictionary's ranges."""
        t, ranges = self.term, ", ".join(f"{r.start or ''}…{r.end or ''}" for r in self.theirs)
        told = f"{self.kind:13} {t.name:24} {t.office:18} {t.country} {self.edge} {self.day}"
        return f"{told}   theirs: {ranges}"


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


def disagreements(
    registry: Registry, told: dict[str, list[tuple[str, Range]]], days: int
) -> Iterator[Disagreement | None]:
    """For each term compared, its disagreements, then None."""
    for term in registry.terms:
        theirs = [
            r
            for state, r in told.get(slug(term.name), ())
            if state == term.country and r != Range(None, None)
        ]
        if not theirs or term.sector not in ("GOV", "MIL") or (term.range.start or date.max) > LAST_UPDATE:
            continue
        for edge, day in (("from", term.range.start), ("to", term.range.end)):
            if day is not None and day < LAST_UPDATE and not _agrees(day, theirs, days):
                yield Disagreement(_kind(day, term.range, theirs), term, edge, day, theirs)
        yield None


def _kind(day: date, ours: Range, theirs: list[Range]) -> str:
    over = [r for r in theirs if r.overlaps(ours)]
    if not over:
        return "another term"
    return "clipped" if day < LISTS_BEGIN and any(r.start == LISTS_BEGIN for r in over) else "contradiction"


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
    options.add_argument("--all", action="store_true")
    given = options.parse_args()
    found = list(disagreements(Registry.load(), roles(given.dictionary), given.days))
    kinds = Counter(one.kind for one in found if one)
    for one in found:
        if one and (given.all or one.kind == "contradiction"):
            print(one.line())
            print(f"    decided: {DECIDED.get((one.term.name, one.term.office), 'not yet')}")
    print(f"{found.count(None)} terms compared;", ", ".join(f"{k} {n}" for k, n in kinds.most_common()))


if __name__ == "__main__":
    main()
