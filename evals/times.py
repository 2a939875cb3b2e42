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
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.common import Figures, Others, f1, rows_of, table
from onrecord.annotate import syntax, times
from onrecord.measure.times import MEASURES, Timex, acquired, pairs, tally
from onrecord.settings import LANGUAGE_MODEL
from onrecord.types import Parsed, TimeExpr

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


def wrong_values(gold: Sequence[Timex], found: Sequence[TimeExpr]) -> list[tuple[Timex, TimeExpr]]:
    """Pairs whose value is not the gold's."""
    return [(g, f) for g, f in pairs(gold, found) if g["value"] != f.value]


@dataclass(frozen=True)
class Run:
    """One pair of files: counts of each text, wrong values, and speed."""

    name: str
    counts: tuple[list[list[float]], ...]
    """(measures, [right, found, due]) of each text."""
    wrong: tuple[tuple[str, Timex, TimeExpr], ...]
    words_a_second: float

    def figures(self) -> Figures:
        """F1 by measure; a row drawn again is a text."""
        tallies = np.array(self.counts, float)
        told = Figures()
        for at, name in enumerate(MEASURES):
            told.put(name, tallies[:, at], f1(0, 1, 2))
        _, found, gold = (int(n) for n in tallies[:, 0].sum(axis=0))
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
    given = (acquired(row["doc"], row["text"], row.get("dct_date")) for row in rows)
    done, seconds = read(list(syntax.parse(given, LANGUAGE_MODEL)))
    counts = [tally(gold[p.article.id], p.times) for p in done]
    wrong = [(p.article.id, *pair) for p in done for pair in wrong_values(gold[p.article.id], p.times)]
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
