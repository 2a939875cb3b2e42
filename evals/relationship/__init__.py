"""How well a relationship is read out of several articles: gold clusters, and the run over them.

    python -m evals.relationship [--kept | --file FILE.toml | --swap] [--errors]

Each cluster is read as one pile by the whole route (acquire to merge). What its gold holds, how rows are
matched with it and how clusters of another file are run stands in README.md beside this file. Clusters marked
`kept` are run only with `--kept`, and reported apart.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import tempfile
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from evals.common import Figures, f1
from evals.relationship import swap
from evals.relationship.scoring import KINDS, Pile, Score, score
from onrecord import acquire, pipeline
from onrecord.merge import merge
from onrecord.settings import Settings
from onrecord.types import Acquired

HERE = Path(__file__).parent
OWN = HERE / "clusters.toml"
HOLDERS = HERE / "office-holders.csv"


def read(cluster: dict[str, Any], tools: pipeline.Tools) -> Pile:
    """The readings of a cluster's articles, by the whole route; ids rest on one and the same path."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        path = Path("cluster.jsonl")
        lines = (
            {
                "id": a["id"],
                "date": a["date"],
                "publisher": a["publisher"],
                "text": a["text"].strip(),
            }
            for a in cluster["article"]
        )
        path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
        found = [a for a in acquire.read([str(path)], settings=tools.settings) if isinstance(a, Acquired)]
    return Pile(tuple(sorted(pipeline.read(found, tools), key=lambda r: r.article.id)))


@dataclass(frozen=True)
class Clusters:
    """Clusters of one file, with the table of the people invented for them."""

    told: tuple[dict[str, Any], ...]
    holders: Path

    @classmethod
    def load(cls, path: Path = OWN, *, kept: bool | None = None) -> Clusters:
        """Those kept back, the others, or (None) all; people come from the CSV of the same name.

        A file without such a table is read with `office-holders.csv`.
        """
        told = tomllib.loads(path.read_text(encoding="utf-8"))["cluster"]
        own = path.with_suffix(".csv")
        chosen = tuple(c for c in told if kept is None or c.get("kept", False) == kept)
        return cls(chosen, own if own.exists() else HOLDERS)

    @property
    def size(self) -> str:
        return f"{len(self.told)} clusters, {sum(len(c['article']) for c in self.told)} articles"

    def scores(self) -> list[Score]:
        """A score a cluster, read and merged one after the other."""
        tools = pipeline.Tools.load(Settings(actor_tables=(self.holders,)))
        scores = []
        for cluster in self.told:
            pile = read(cluster, tools)
            scores.append(score(cluster, pile, merge(pile)))
        return scores


def measure(_: Path) -> Figures:
    """F1 by kind over the clusters that are not kept back; nothing of the data folder is read."""
    chosen = Clusters.load(kept=False)
    scores = chosen.scores()
    told = Figures()
    for kind in KINDS:
        rows = [(s.right[kind], s.wrong[kind], s.missed[kind]) for s in scores]
        if not any(map(any, rows)):
            continue
        told.put(kind, np.array([(r, r + w, r + m) for r, w, m in rows], float), f1(0, 1, 2))
    told.notes = [chosen.size]
    return told


def neutrality(chosen: Clusters, *, errors: bool) -> None:
    """Prints the share of rows that come out the same with the two sides swapped throughout."""
    of_states = [c for c in chosen.told if swap.can_turn(c)]
    told = [swap.compare(c, chosen.holders, read, merge) for c in of_states]
    same, every = sum(t[0] for t in told), sum(t[1] for t in told)
    print(f"{len(told)} clusters: {same} of {every} rows the same with sides swapped ({same / every:.3f})")
    print(f"tone and its rows the same in {sum(t[2] for t in told)} of {len(told)}")
    if errors:
        print("\n".join(line for _, _, _, lines in told for line in lines))


def main() -> None:
    """Runs the clusters and prints a line a kind."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--kept", action="store_true", help="the clusters kept back, instead of the others")
    which.add_argument("--file", type=Path, help="all clusters of another file")
    parser.add_argument("--errors", action="store_true", help="every miss and every row beyond the gold")
    parser.add_argument("--swap", action="store_true", help="neutrality: all clusters, sides swapped")
    parser.add_argument("--only", metavar="NAME", help="clusters with these words in their name")
    options = parser.parse_args()
    kept = None if options.swap or options.file else options.kept
    chosen = Clusters.load(options.file or OWN, kept=kept)
    if options.only:
        chosen = replace(chosen, told=tuple(c for c in chosen.told if options.only in c["name"]))
    if options.swap:
        neutrality(chosen, errors=options.errors)
        return
    total = Score.of(chosen.scores())
    print(chosen.size)
    print("\n".join(total.line(kind) for kind in KINDS if total.counts(kind)))
    if options.errors:
        print("\n".join(total.errors))
