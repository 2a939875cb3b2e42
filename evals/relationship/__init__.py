"""How well a relationship is read out of several articles: gold clusters, and the run over them.

    python -m evals.relationship [--kept | --swap] [--errors]

Each cluster of `clusters.toml` is read as one pile by the whole route (acquire to merge). A gold meeting is
found where a merged row holds its people and a day range of at most three days with its date; an agreement
by its two sides and a word of its subject; a dispute by its two sides. Every row beyond the gold counts
against precision. Clusters marked `kept` are run only with `--kept`, and reported apart.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from evals.common import Figures, f1
from evals.relationship import swap
from onrecord import acquire, pipeline
from onrecord.merge import merge
from onrecord.settings import Settings
from onrecord.types import (
    Acquired,
    Actor,
    Agreement,
    Article,
    Dispute,
    Event,
    IssueWeight,
    Meeting,
    Merged,
    MergedAgreement,
    MergedDispute,
    MergedMeeting,
    Passage,
    Reading,
    Statement,
)

HERE = Path(__file__).parent
NARROW = 3
"""Days of a range that still counts as the gold's day."""
FIELDS = {
    Statement: "statements", Event: "events", Meeting: "meetings", Agreement: "agreements",
    Dispute: "disputes", IssueWeight: "issues", Passage: "passages",
}  # fmt: skip

T = TypeVar("T")


@dataclass(frozen=True)
class Pile:
    """A RowSource over readings held in memory."""

    readings: tuple[Reading, ...]

    def articles(self) -> Iterable[Article]:
        return [r.article for r in self.readings]

    def actors(self) -> Mapping[str, Actor]:
        return {a.id: a for r in self.readings for a in r.actors}

    def rows(self, kind: type[T]) -> Iterable[tuple[str, T]]:
        return [(r.article.id, row) for r in self.readings for row in getattr(r, FIELDS[kind])]


@dataclass
class Score:
    """Counts by kind: found and right, wrongly found, missed; and details of what was found."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def line(self, kind: str) -> str:
        tp, fp, fn = self.right[kind], self.wrong[kind], self.missed[kind]
        precision = tp / (tp + fp) if tp + fp else 1.0
        recall = tp / (tp + fn) if tp + fn else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        counts = f"({tp} right, {fp} wrong, {fn} missed)"
        return f"{kind:18} P {precision:.2f}  R {recall:.2f}  F1 {f1:.2f}   {counts}"


def read(cluster: dict[str, Any], tools: pipeline.Tools) -> Pile:
    """The readings of a cluster's articles, by the whole route."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cluster.jsonl"
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


def score(cluster: dict[str, Any], pile: Pile, merged: Merged, total: Score) -> None:
    """Adds a cluster's counts."""
    actors = pile.actors()
    _meetings(cluster, merged.meetings, actors, total)
    _agreements(cluster, merged.agreements, actors, total)
    _disputes(cluster, merged.disputes, actors, total)
    _quotes(cluster, pile, merged, total)
    _shifts(cluster, merged, actors, total)


def _meetings(
    cluster: dict[str, Any],
    rows: tuple[MergedMeeting, ...],
    actors: Mapping[str, Actor],
    total: Score,
) -> None:
    left = list(rows)
    for gold in cluster["meetings"]:
        found = next((m for m in left if _is_meeting(m, gold, actors)), None)
        if found is None:
            _miss(total, cluster, "meetings", gold)
            continue
        left.remove(found)
        total.right["meetings"] += 1
        _detail(total, cluster, "meeting status", found.status, gold["status"])
        if "minutes" in gold:
            _detail(total, cluster, "meeting length", found.minutes, gold["minutes"])
    _extra(
        total,
        cluster,
        "meetings",
        [(m.participants, m.date, m.place, m.status) for m in left],
    )


def _is_meeting(row: MergedMeeting, gold: dict[str, Any], actors: Mapping[str, Actor]) -> bool:
    names = [actors[p].name for p in row.participants if p in actors]
    if not all(any(name.startswith(w) or name.endswith(w) for name in names) for w in gold["who"]):
        return False
    if "date" not in gold:
        return row.date is None or row.status == gold["status"]
    if row.date is None or not row.date.start or not row.date.end or (row.date.days or 99) > NARROW:
        return False
    return row.date.start <= date.fromisoformat(gold["date"]) <= row.date.end


def _agreements(
    cluster: dict[str, Any],
    rows: tuple[MergedAgreement, ...],
    actors: Mapping[str, Actor],
    total: Score,
) -> None:
    left = list(rows)
    for gold in cluster["agreements"]:
        fitting = (
            a for a in left if _sides(a.parties, actors) >= set(gold["between"]) and gold["word"] in a.subject
        )
        found = next(fitting, None)
        if found is None:
            _miss(total, cluster, "agreements", gold)
            continue
        left.remove(found)
        total.right["agreements"] += 1
        _detail(total, cluster, "agreement state", found.state, gold["state"])
    _extra(total, cluster, "agreements", [(a.parties, a.subject, a.state) for a in left])


def _disputes(
    cluster: dict[str, Any],
    rows: tuple[MergedDispute, ...],
    actors: Mapping[str, Actor],
    total: Score,
) -> None:
    left = list(rows)
    for gold in cluster["disputes"]:
        found = next((d for d in left if _is_dispute(d, gold, actors)), None)
        if found is None:
            _miss(total, cluster, "disputes", gold)
        else:
            total.right["disputes"] += 1
            # one matter told as differing in two articles, or in two ways, is not a second dispute
            left = [d for d in left if not _is_dispute(d, gold, actors)]
    _extra(total, cluster, "disputes", [(d.about, [s.told for s in d.sides]) for d in left])


def _is_dispute(row: MergedDispute, gold: list[str], actors: Mapping[str, Actor]) -> bool:
    if gold[0] == "length":
        return row.about.startswith("how long")
    return _sides([s.actor for s in row.sides if s.actor], actors) == set(gold)


def _quotes(cluster: dict[str, Any], pile: Pile, merged: Merged, total: Score) -> None:
    home = {row.id: article for article, row in pile.rows(Statement)}
    names = {r.article.id: r.article.path.rpartition("#")[2] for r in pile.readings}
    groups: dict[str, set[str]] = {}
    for same in merged.quotes:
        groups.setdefault(same.group, set()).add(names[home[same.statement]])
    found = [sorted(g) for g in groups.values()]
    for gold in cluster["quotes"]:
        if sorted(gold) in found:
            found.remove(sorted(gold))
            total.right["quotes"] += 1
        else:
            _miss(total, cluster, "quotes", gold)
    _extra(total, cluster, "quotes", found)


def _shifts(cluster: dict[str, Any], merged: Merged, actors: Mapping[str, Actor], total: Score) -> None:
    found = {
        (actors[p.actor].name.split()[-1], p.shift_from, p.stance) for p in merged.positions if p.shift_from
    }
    wanted = {(s["actor"], s["from"], s["to"]) for s in cluster.get("shifts", ())}
    total.right["shifts"] += len(found & wanted)
    for gold in sorted(wanted - found):
        _miss(total, cluster, "shifts", gold)
    _extra(total, cluster, "shifts", sorted(found - wanted, key=str))


def _sides(ids: Iterable[str], actors: Mapping[str, Actor]) -> set[str]:
    return {actors[i].country or i for i in ids if i in actors}


def _miss(total: Score, cluster: dict[str, Any], kind: str, gold: object) -> None:
    total.missed[kind] += 1
    total.errors.append(f"{cluster['name']}: missed {kind} {gold}")


def _extra(total: Score, cluster: dict[str, Any], kind: str, rows: Iterable[object]) -> None:
    for row in rows:
        total.wrong[kind] += 1
        total.errors.append(f"{cluster['name']}: beyond gold, {kind} {row}")


def _detail(total: Score, cluster: dict[str, Any], kind: str, told: object, gold: object) -> None:
    if told == gold:
        total.right[kind] += 1
    else:
        total.wrong[kind] += 1
        total.errors.append(f"{cluster['name']}: {kind} {told}, gold {gold}")


KINDS = (
    "meetings", "meeting status", "meeting length", "agreements", "agreement state", "disputes", "quotes",
    "shifts",
)  # fmt: skip


def clusters(*, kept: bool) -> list[dict[str, Any]]:
    """Those kept back, or the others."""
    told = tomllib.loads((HERE / "clusters.toml").read_text(encoding="utf-8"))["cluster"]
    return [c for c in told if c.get("kept", False) == kept]


def measure(_: Path) -> Figures:
    """F1 by kind over the clusters that are not kept back; nothing of the data folder is read."""
    tools = pipeline.Tools.load(Settings(actor_tables=(HERE / "office-holders.csv",)))
    chosen = clusters(kept=False)
    scores = [Score() for _ in chosen]
    for cluster, one in zip(chosen, scores, strict=True):
        pile = read(cluster, tools)
        score(cluster, pile, merge(pile), one)
    told = Figures()
    for kind in KINDS:
        rows = [(s.right[kind], s.wrong[kind], s.missed[kind]) for s in scores]
        told.put(kind, np.array([(r, r + w, r + m) for r, w, m in rows], float), f1(0, 1, 2))
    told.notes = [f"{len(chosen)} clusters, {sum(len(c['article']) for c in chosen)} articles"]
    return told


def neutrality(*, errors: bool) -> None:
    """Prints the share of rows that come out the same with the two sides swapped throughout."""
    told = [
        swap.compare(c, HERE / "office-holders.csv", read, merge)
        for c in (*clusters(kept=False), *clusters(kept=True))
    ]
    same, every = sum(t[0] for t in told), sum(t[1] for t in told)
    print(f"{len(told)} clusters: {same} of {every} rows the same with sides swapped ({same / every:.3f})")
    if errors:
        print("\n".join(line for _, _, lines in told for line in lines))


def main() -> None:
    """Runs the clusters and prints a line a kind."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--kept",
        action="store_true",
        help="the clusters kept back, instead of the others",
    )
    parser.add_argument("--errors", action="store_true", help="every miss and every row beyond the gold")
    parser.add_argument("--swap", action="store_true", help="neutrality: all clusters, sides swapped")
    options = parser.parse_args()
    if options.swap:
        neutrality(errors=options.errors)
        return
    tools = pipeline.Tools.load(Settings(actor_tables=(HERE / "office-holders.csv",)))
    total = Score()
    chosen = clusters(kept=options.kept)
    for cluster in chosen:
        pile = read(cluster, tools)
        score(cluster, pile, merge(pile), total)
    print(f"{len(chosen)} clusters, {sum(len(c['article']) for c in chosen)} articles")
    for kind in KINDS:
        print(total.line(kind))
    if options.errors:
        print("\n".join(total.errors))
