"""How well time expressions are found and normalised, against TIMEX3 gold.

    python -m evals.times FOLDER [--errors N]

FOLDER holds `*.text.jsonl` ({"doc", "dct_date", "text"} a line) and `*.gold.jsonl` ({"doc", "timexes":
[{"start", "end", "type", "value"}]}). Measures as in TempEval-3: strict spans, relaxed spans (one character
in common, one to one), and relaxed spans whose value, or type, is right too; micro-averaged.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from evals.common import Figures, Others, f1, rows_of, table
from onrecord.annotate import syntax, times
from onrecord.settings import LANGUAGE_MODEL
from onrecord.types import Acquired, Article, Parsed, Passage, Range, TimeExpr

Gold = dict[str, Any]
MEASURES = ("strict", "relaxed", "value", "type")
OTHERS = Others(
    columns=("HeidelTime", "recognizers", "dateparser", "target"),
    rows={
        "strict": ("85.3", "65.8", "29.7", "88"),
        "relaxed": ("91.9", "86.0", "57.3", "94"),
        "value": ("79.5", "62.6", "29.6", "85"),
        "type": ("89.7", "80.4", "47.1", "92"),
    },
    note="the others on the same texts; HeidelTime with TreeTagger, the two next adapted",
)


def acquired(row: dict[str, Any]) -> Acquired:
    """A text with its date, all of it body."""
    day = date.fromisoformat(row["dct_date"]) if row.get("dct_date") else None
    article = Article(
        id=row["doc"], path=row["doc"], text=row["text"], published=day,
        published_range=Range(day, day) if day else None,
    )  # fmt: skip
    return Acquired(article=article, passages=(Passage(start=0, end=len(row["text"]), role="body"),))


def pairs(gold: Sequence[Gold], found: Sequence[TimeExpr]) -> list[tuple[Gold, TimeExpr]]:
    """One-to-one pairs that share a character: exact ones first, then by longer overlap."""
    candidates = []
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            overlap = min(g["end"], f.end) - max(g["start"], f.start)
            if overlap > 0:
                exact = (g["start"], g["end"]) == (f.start, f.end)
                candidates.append((not exact, -overlap, g["start"], f.start, i, j))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    matched = []
    for *_, i, j in sorted(candidates):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            matched.append((gold[i], found[j]))
    return matched


def count(
    gold: Sequence[Gold], found: Sequence[TimeExpr], counts: Counter[str]
) -> list[tuple[Gold, TimeExpr]]:
    """Adds one document's figures to the counts; returns the pairs whose value is wrong."""
    counts.update(gold=len(gold), found=len(found))
    wrong = []
    for g, f in pairs(gold, found):
        counts["relaxed"] += 1
        counts["strict"] += (g["start"], g["end"]) == (f.start, f.end)
        counts["type"] += g["type"] == f.type
        counts["value"] += g["value"] == f.value
        if g["value"] != f.value:
            wrong.append((g, f))
    return wrong


@dataclass(frozen=True)
class Run:
    """One pair of files: a count for each text, wrong values, and speed."""

    name: str
    counts: tuple[Counter[str], ...]
    wrong: tuple[tuple[str, Gold, TimeExpr], ...]
    words_a_second: float

    def figures(self) -> Figures:
        """F1 by measure; a row drawn again is a text."""
        columns = (*MEASURES, "found", "gold")
        tallies = np.array([[c[name] for name in columns] for c in self.counts], float)
        told = Figures()
        for at, name in enumerate(MEASURES):
            told.put(name, tallies, f1(at, len(MEASURES), len(MEASURES) + 1))
        found, gold = (sum(c[name] for c in self.counts) for name in ("found", "gold"))
        told.notes = [
            f"{self.name}: {len(self.counts)} texts, {gold} expressions, {found} found, "
            f"{self.words_a_second:,.0f} words a CPU-second beyond spaCy"
        ]
        return told


def run(texts: Path) -> Run:
    """Reads `X.text.jsonl` and compares with `X.gold.jsonl` beside it."""
    rows = rows_of(texts)
    gold_path = texts.with_name(texts.name.replace(".text.", ".gold."))
    gold = {row["doc"]: row["timexes"] for row in rows_of(gold_path)}
    done, seconds = read(list(syntax.parse(map(acquired, rows), LANGUAGE_MODEL)))
    counts = [Counter[str]() for _ in done]
    wrong = [
        (p.article.id, *pair)
        for p, counted in zip(done, counts, strict=True)
        for pair in count(gold[p.article.id], p.times, counted)
    ]
    words = sum(len(row["text"].split()) for row in rows)
    return Run(texts.name, tuple(counts), tuple(wrong), words / max(seconds, 1e-9))


def read(parsed: Sequence[Parsed]) -> tuple[list[Parsed], float]:
    """The articles with their times, and the CPU-seconds it took beyond spaCy."""
    start = time.process_time()
    done = [times.normalise(times.recognise(p)) for p in parsed]
    return done, time.process_time() - start


def measure(data: Path) -> Figures:
    """F1 on TimeBank."""
    return run(data / "times" / "TimeBank.text.jsonl").figures()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=os.environ.get("ONRECORD_TIMES_GOLD"))
    parser.add_argument("--errors", type=int, default=0, help="print so many wrong values")
    given = parser.parse_args()
    if given.folder is None:
        parser.error("name a folder, or set ONRECORD_TIMES_GOLD")
    for texts in sorted(Path(given.folder).glob("*.text.jsonl")):
        done = run(texts)
        print(*table(done.figures(), OTHERS, {}), sep="\n")
        for name, g, f in done.wrong[: given.errors]:
            print(f"{name}\t{f.text}\t{f.value}, not {g['value']}")


if __name__ == "__main__":
    main()
