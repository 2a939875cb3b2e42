"""Fit the head that ships with onrecord: `python -m training.events [--also FILE.tsv …] [--out FILE.npz]`.

By default only training/events_seed.tsv is used: 256 sentences written for this project (CC0). They are
examples of wording; most tell nothing that happened. `--also` adds tables of the same columns, which stay
where they are. Figures of five-fold cross-validation go to stderr.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.annotate import syntax
from onrecord.extract import events
from onrecord.extract.events.coding import WEIGHTS
from onrecord.settings import LANGUAGE_MODEL

SEED = Path(__file__).parent / "events_seed.tsv"


def rows(path: Path) -> list[dict[str, str]]:
    """Rows of a tab-separated table with a header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def parse(texts: Iterable[str]) -> Iterator[Any]:
    """SpaCy documents of sentences, in order."""
    return syntax.load(LANGUAGE_MODEL).pipe(texts)  # type: ignore[no-any-return]


def main() -> None:
    """Train and write the weights."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--also", type=Path, action="append", default=[])
    options.add_argument("--out", type=Path, default=WEIGHTS)
    chosen = options.parse_args()
    table = [row for path in [SEED, *chosen.also] for row in rows(path)]
    trained = events.train(table, parse=parse)
    trained.head.save(chosen.out)
    print(
        f"{trained.sentences} sentences: accuracy {trained.accuracy:.3f}, macro-F1 {trained.macro_f1:.3f}",
        file=sys.stderr,
    )
    for kind, (count, recall, precision) in trained.per_type.items():
        print(f"  {kind:10s} n={count:4d} recall {recall:.2f} precision {precision:.2f}", file=sys.stderr)


if __name__ == "__main__":
    main()
