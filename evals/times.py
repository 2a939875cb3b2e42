"""How well time expressions are found and normalised, against TIMEX3 gold.

    python -m evals.times FOLDER [--errors N]

FOLDER holds `*.text.jsonl` ({"doc", "dct_date", "text"} a line) and `*.gold.jsonl` ({"doc", "timexes":
[{"start", "end", "type", "value"}]}). Measures as in TempEval-3: strict spans, relaxed spans (one character
in common, one to one), and relaxed spans whose value, or type, is right too; micro-averaged.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.annotate import syntax, times
from onrecord.settings import LANGUAGE_MODEL
from onrecord.types import Acquired, Article, Parsed, Passage, Range, TimeExpr

Gold = dict[str, Any]


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


def f1(hits: int, found: int, gold: int) -> float:
    return 200 * hits / (found + gold) if found + gold else 0.0


def read(parsed: Sequence[Parsed]) -> tuple[list[Parsed], float]:
    """The articles with their times, and the CPU-seconds it took beyond spaCy."""
    start = time.process_time()
    done = [times.normalise(times.recognise(p)) for p in parsed]
    return done, time.process_time() - start


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
        rows = [json.loads(line) for line in texts.read_text(encoding="utf-8").splitlines()]
        gold_path = texts.with_name(texts.name.replace(".text.", ".gold."))
        gold = {
            r["doc"]: r["timexes"]
            for r in map(json.loads, gold_path.read_text(encoding="utf-8").splitlines())
        }
        done, seconds = read(list(syntax.parse(map(acquired, rows), LANGUAGE_MODEL)))
        counts: Counter[str] = Counter()
        wrong = [(p, *w) for p in done for w in count(gold[p.article.id], p.times, counts)]
        words = sum(len(r["text"].split()) for r in rows)
        print(f"== {texts.name}: {len(rows)} texts, {counts['gold']} expressions, {counts['found']} found")
        for name in ("strict", "relaxed", "value", "type"):
            print(f"{name:8}F1 {f1(counts[name], counts['found'], counts['gold']):5.1f}")
        print(f"{words / seconds:,.0f} words a CPU-second beyond spaCy")
        for p, g, f in wrong[: given.errors]:
            print(f"{p.article.id}\t{f.text}\t{f.value}, not {g['value']}")


if __name__ == "__main__":
    main()
