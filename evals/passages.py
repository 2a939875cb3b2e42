"""How well an article is told from the web's furniture, from text alone.

    python -m evals.passages PAGES.jsonl [--clean FOLDER --folds 6]

A line of PAGES.jsonl is a page dumped as text (`text`, `title`, `site`), with strings that belong to its
article (`with`) and strings that do not (`without`), as in the evaluation data of trafilatura. A `with`
string found among what is read counts as right, a `without` string as wrong; white space does not count. The
weights that ship were fitted on the open pages, so the honest figure is that of `--folds`: pages of sites
that the weights have not seen. It fits them anew a fold and needs clean articles, as training/passages.py.
"""

from __future__ import annotations

import argparse
import contextlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.common import Figures, Others, f1, rows_of, share, table
from onrecord.acquire.passages import label
from onrecord.acquire.sequence import Weights
from onrecord.facts.table import read_table
from onrecord.measure.passages import count
from onrecord.types import READ_ROLES
from training import passages as fitting

PAGES = Path("passages/furniture.open.jsonl")
CLEAN = Path("polnear/train/text")
FOLDS = 6
OTHERS = Others(
    columns=("everything", "jusText", "segments", "trafilatura*", "target"),
    rows={"F1": ("68.2", "78.8", "85.0", "94.1", "92")},
    note="the others on the same pages; *sees the HTML",
)


def tally(row: dict[str, Any], weights: Weights | None = None) -> list[int]:
    """The counts of one page as it is read."""
    found = label(row["text"], title=row.get("title"), weights=weights)
    kept = "\n".join(row["text"][p.start : p.end] for p in found if p.role in READ_ROLES)
    return count(row["with"], row["without"], kept)


def figures(counts: Sequence[Sequence[int]]) -> Figures:
    """F1, precision, recall; a row drawn again is a page."""
    tallies, told = np.array(counts, float), Figures()
    told.put("F1", tallies, f1(0, 1, 2))
    told.put("precision", tallies, share(0, 1))
    told.put("recall", tallies, share(0, 2))
    told.notes = [f"{len(tallies)} pages"]
    return told


def measure(data: Path) -> Figures:
    """The weights that ship, on the pages they were fitted on."""
    return figures([tally(row) for row in rows_of(data / PAGES)])


def measure_unseen(data: Path) -> Figures:
    """Weights fitted anew without a sixth of the sites, on that sixth."""
    return figures(cross_validated(rows_of(data / PAGES), data / CLEAN, FOLDS))


def cross_validated(rows: Sequence[dict[str, Any]], clean: Path, folds: int) -> list[list[int]]:
    """Counts of each page by weights that have not seen its site."""
    marks = {m.page: m for m in read_table(fitting.MARKS, fitting.Mark)}
    pages = [fitting.page_of(row, marks.get(row["page"])) for row in rows]
    texts = sorted(clean.glob("*.txt"))
    others = [fitting.clean_page(p) for p in texts[:: max(1, len(texts) // fitting.CLEAN_PAGES)]]
    sites = sorted({page.site for page in pages})
    counts: list[list[int]] = []
    for fold in range(folds):
        out = set(sites[fold::folds])
        taught = [page for page in pages if page.site not in out]
        with contextlib.redirect_stdout(io.StringIO()):  # its steps
            weights = fitting.fit(taught + fitting.composites(taught, texts[2::5]) + others)
        counts += [tally(row, weights) for row, page in zip(rows, pages, strict=True) if page.site in out]
    return counts


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("pages", type=Path)
    options.add_argument("--clean", type=Path, help="folder of clean articles, for --folds")
    options.add_argument("--folds", type=int, default=0)
    given = options.parse_args()
    rows = rows_of(given.pages)
    print(*table(figures([tally(row) for row in rows]), OTHERS, {}), sep="\n")
    if given.folds and given.clean:
        print("  sites not seen:")
        print(*table(figures(cross_validated(rows, given.clean, given.folds)), OTHERS, {}), sep="\n")


if __name__ == "__main__":
    main()
