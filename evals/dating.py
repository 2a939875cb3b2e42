"""How well undated articles are dated from their text alone.

    python -m evals.dating ARTICLES.jsonl [MORE.jsonl …] [--errors N]

Each line holds `text` and the true `date` (hidden from the reader). Printed: the share answered,
the share of those whose range holds the true day, the shares of all articles with a range of at most
10 and 31 days and how many of those are right, and, to compare with, the best constant guess: the 31 days
of the file itself that hold most of its dates (a guesser would have to be told them).
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import msgspec

from onrecord.acquire.article import Told, acquire
from onrecord.annotate import syntax, times
from onrecord.facts.actors import Registry
from onrecord.facts.happenings import Happenings
from onrecord.link import dating
from onrecord.settings import LANGUAGE_MODEL, Settings
from onrecord.types import Acquired, Range

UNDATED = Path(__file__).parent / "undated" / "articles.jsonl"


@dataclass
class Score:
    """Counts over one file."""

    total: int = 0
    answered: int = 0
    right: int = 0
    within: dict[int, list[int]] = field(default_factory=lambda: {10: [0, 0], 31: [0, 0]})
    seconds: float = 0.0
    words: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, name: str, truth: date, found: Range | None, reason: str | None) -> None:
        self.total += 1
        if found is None or found.start is None or found.end is None:
            return
        self.answered += 1
        right = found.start <= truth <= found.end
        self.right += right
        for limit, (given, held) in self.within.items():
            if (found.days or 0) <= limit:
                self.within[limit] = [given + 1, held + right]
        if not right:
            self.errors.append(f"{name}: {truth}, given {found.start}/{found.end} ({reason})")

    def lines(self) -> Iterable[str]:
        yield f"articles {self.total}, answered {self.answered / max(1, self.total):.1%}"
        yield f"true day in the range given: {self.right / max(1, self.answered):.1%} of the answered"
        for limit, (given, held) in self.within.items():
            share, right = given / max(1, self.total), held / max(1, given)
            yield f"range ≤ {limit} days: {share:.1%} of all, {right:.1%} right"
        yield f"dating alone: {self.words / max(self.seconds, 1e-9):,.0f} words a CPU-second"


def constant_guess(dates: list[date], days: int = 31) -> float:
    """Share of dates within the best window of so many days."""
    return max(sum(0 <= (d - start).days < days for d in dates) for start in dates) / len(dates)


def measure(path: Path) -> tuple[Score, list[date]]:
    """Dates all articles of a file without what was told about them."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    known = [date.fromisoformat(row["date"]) for row in rows]
    read = [acquire(row["text"], f"undated/{n}", Told(), Settings()) for n, row in enumerate(rows)]
    registry, happenings, score = Registry.load(()), Happenings.load(()), Score()
    undated = [_without_date(one) for one in read if isinstance(one, Acquired)]
    truths = [day for one, day in zip(read, known, strict=True) if isinstance(one, Acquired)]
    names = [row.get("id", n) for n, row in enumerate(rows)]
    for name, truth, parsed in zip(names, truths, syntax.parse(undated, LANGUAGE_MODEL), strict=False):
        recognised = times.recognise(parsed)
        start = time.process_time()
        found = dating.date_article(recognised, registry, happenings).article
        score.seconds += time.process_time() - start
        score.words += len(found.text.split())
        score.add(str(name), truth, found.published_range, found.published_reason)
    return score, truths


def _without_date(one: Acquired) -> Acquired:
    bare = msgspec.structs.replace(
        one.article, published=None, published_range=None, published_basis="unknown", published_evidence=()
    )
    return msgspec.structs.replace(one, article=bare)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path, default=[UNDATED])
    parser.add_argument("--errors", type=int, default=0, help="print so many wrong ranges")
    given = parser.parse_args()
    for path in given.files:
        score, truths = measure(path)
        print(f"== {path.name}")
        print(*score.lines(), sep="\n")
        print(f"constant guess of the best 31 days: {constant_guess(truths):.1%}")
        print(*score.errors[: given.errors], sep="\n")


if __name__ == "__main__":
    main()
