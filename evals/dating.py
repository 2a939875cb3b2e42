"""How well undated articles are dated from their text alone.

    python -m evals.dating ARTICLES.jsonl [MORE.jsonl …] [--errors N]

Each line holds `text` and the true `date` (hidden from the reader). Printed: the share answered,
the share of those whose range holds the true day, the shares of all articles with a range of at most
10 and 31 days and how many of those are right, and, to compare with, the best constant guess: the 31 days
of the file itself that hold most of its dates (a guesser would have to be told them).
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from evals.common import Figures, Others, rows_of, share, table
from onrecord.acquire.article import Told, acquire
from onrecord.annotate import syntax, times
from onrecord.facts.actors import Registry
from onrecord.facts.happenings import Happenings
from onrecord.link import dating
from onrecord.settings import LANGUAGE_MODEL, Settings
from onrecord.types import Acquired, Parsed, Range

UNDATED = Path(__file__).parent / "undated" / "articles.jsonl"
EVERY = 3
"""Of PolNeAR's articles every third is dated: all of them take five CPU-minutes and say the same."""
LIMITS = (10, 31)
COLUMNS = ("all", "answered", "right", "within 10", "right 10", "within 31", "right 31")
OTHERS = Others(
    columns=("simple rule*", "neighbours", "target"),
    rows={
        "answered": ("29", "100", "–"),
        "right of answered": ("–", "–", "≥ 95"),
        "range ≤ 10 days": ("–", "27", "≥ 35"),
        "range ≤ 31 days": ("–", "–", "≥ 60"),
    },
    note="*told the year, median error 13 days; neighbours: dated TF-IDF neighbours, within 7 days",
)


@dataclass
class Score:
    """An article a row: whether it was answered, rightly, and with how short a range."""

    rows: list[tuple[int, ...]] = field(default_factory=list)
    truths: list[date] = field(default_factory=list)
    seconds: float = 0.0
    words: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, name: str, truth: date, found: Range | None, reason: str | None) -> None:
        self.truths.append(truth)
        if found is None or found.start is None or found.end is None:
            self.rows.append((1, *[0] * (len(COLUMNS) - 1)))
            return
        right = found.start <= truth <= found.end
        short = [(found.days or 0) <= limit for limit in LIMITS]
        self.rows.append((1, 1, right, *(n for s in short for n in (s, s and right))))
        if not right:
            self.errors.append(f"{name}: {truth}, given {found.start}/{found.end} ({reason})")

    def figures(self) -> Figures:
        tallies, told = np.array(self.rows, float), Figures()
        told.put("answered", tallies, share(1, 0))
        told.put("right of answered", tallies, share(2, 1))
        for limit, at in zip(LIMITS, (3, 5), strict=True):
            told.put(f"range ≤ {limit} days", tallies, share(at, 0))
            told.put(f"right of ≤ {limit} days", tallies, share(at + 1, at))
        told.notes = [
            f"{len(self.rows)} articles; the best constant guess of 31 days, told to nobody, holds "
            f"{constant_guess(self.truths):.1%}",
            f"{self.words / max(self.seconds, 1e-9):,.0f} words a CPU-second",
        ]
        return told


def constant_guess(dates: list[date], days: int = 31) -> float:
    """Share of dates within the best window of so many days."""
    return max(sum(0 <= (d - start).days < days for d in dates) for start in dates) / len(dates)


def own() -> list[dict[str, Any]]:
    """Our own undated articles."""
    return rows_of(UNDATED)


def polnear(data: Path, *, kept: bool = True) -> list[dict[str, Any]]:
    """Every third article of PolNeAR's train and dev parts, by name, with its true date, or the others; the
    offsets are fitted on both (`training.dating --check` measures).
    """
    with (data / "polnear" / "metadata.tsv").open(encoding="utf-8", newline="") as file:
        dated = {row["filename"]: row["publication_date"] for row in csv.DictReader(file, delimiter="\t")}
    paths = sorted((data / "polnear").glob("*/text/*.txt"), key=lambda p: p.name)
    return [
        {"id": p.stem, "date": dated[p.stem], "text": p.read_bytes().decode("utf-8")}
        for n, p in enumerate(p for p in paths if p.stem in dated)
        if (n % EVERY == 0) is kept
    ]


def measure_own(_: Path) -> Figures:
    """Our own undated articles; nothing of the data folder is read."""
    return dated(own()).figures()


def measure(data: Path) -> Figures:
    """Articles of PolNeAR, their dates hidden."""
    return dated(polnear(data)).figures()


def dated(rows: Sequence[dict[str, Any]]) -> Score:
    """Dates all articles without what was told about them."""
    registry, happenings, score = Registry.load(()), Happenings.load(()), Score()
    for name, truth, parsed in undated(rows):
        start = time.process_time()
        found = dating.date_article(parsed, registry, happenings).article
        score.seconds += time.process_time() - start
        score.words += len(found.text.split())
        score.add(name, truth, found.published_range, found.published_reason)
    return score


def undated(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[str, date, Parsed]]:
    """Name, true date, and the article as it is read without it."""
    truth = {f"undated/{n}": (str(r.get("id", n)), date.fromisoformat(r["date"])) for n, r in enumerate(rows)}
    read = (acquire(row["text"], f"undated/{n}", Told(), Settings()) for n, row in enumerate(rows))
    bare = (_without_date(one) for one in read if isinstance(one, Acquired))
    for parsed in syntax.parse(bare, LANGUAGE_MODEL):
        yield (*truth[parsed.article.path], times.recognise(parsed))


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
        score = dated(rows_of(path))
        print(f"== {path.name}")
        print(*table(score.figures(), OTHERS, {}), sep="\n")
        print(*score.errors[: given.errors], sep="\n")


if __name__ == "__main__":
    main()
