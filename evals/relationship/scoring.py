"""Rows of a cluster against its gold: found, wrongly found, missed; and what is told of what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from onrecord.types import (
    Account,
    Actor,
    Agreement,
    Article,
    Commitment,
    Dispute,
    Event,
    IssueWeight,
    Meeting,
    Mention,
    Merged,
    MergedAgreement,
    MergedDispute,
    MergedMeeting,
    Passage,
    Range,
    Reading,
    Statement,
)

NARROW = 3
"""Days of a range that still counts as the gold's day."""
FIELDS = {
    Statement: "statements", Event: "events", Meeting: "meetings", Agreement: "agreements",
    Dispute: "disputes", IssueWeight: "issues", Passage: "passages", Mention: "mentions",
    Commitment: "commitments",
}  # fmt: skip
KINDS = (
    "meetings", "meeting status", "meeting date", "meeting length", "meeting place", "meeting medium",
    "meeting occasion", "meeting accounts", "agreements", "agreement state", "agreement days",
    "agreement brokers", "agreement conditions", "agreement accounts", "disputes", "quotes", "shifts",
)  # fmt: skip
"""What is counted; details (status, days, accounts …) only of rows that were found."""

T = TypeVar("T")
Row = TypeVar("Row", MergedMeeting, MergedAgreement)


@dataclass(frozen=True)
class Pile:
    """A RowSource over readings held in memory."""

    readings: tuple[Reading, ...]

    def articles(self) -> Iterable[Article]:
        return [r.article for r in self.readings]

    def text(self, article_id: str) -> str:
        return next(r.article.text for r in self.readings if r.article.id == article_id)

    def speakers(self) -> Mapping[str, str | None]:
        return {s.id: s.speaker for r in self.readings for s in r.statements}

    def actors(self) -> Mapping[str, Actor]:
        dated = sorted(self.readings, key=lambda r: str(r.article.published_range))
        told = [a for r in dated for a in r.actors]
        # as in a record: the newest article that tells a country, else the newest
        return {a.id: a for a in (*(a for a in told if not a.country), *(a for a in told if a.country))}

    def rows(self, kind: type[T]) -> Iterable[tuple[str, T]]:
        return [(r.article.id, row) for r in self.readings for row in getattr(r, FIELDS[kind])]


@dataclass
class Score:
    """Counts by kind: found and right, wrongly found, missed; and details of what was found."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, scores: Iterable[Score]) -> Score:
        """The sum of several."""
        total = cls()
        for one in scores:
            total.right += one.right
            total.wrong += one.wrong
            total.missed += one.missed
            total.errors += one.errors
        return total

    def counts(self, kind: str) -> int:
        """How many rows of a kind were told or due."""
        return self.right[kind] + self.wrong[kind] + self.missed[kind]

    def line(self, kind: str) -> str:
        tp, fp, fn = self.right[kind], self.wrong[kind], self.missed[kind]
        precision = tp / (tp + fp) if tp + fp else 1.0
        recall = tp / (tp + fn) if tp + fn else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        counts = f"({tp} right, {fp} wrong, {fn} missed)"
        return f"{kind:18} P {precision:.2f}  R {recall:.2f}  F1 {f1:.2f}   {counts}"


def score(cluster: dict[str, Any], pile: Pile, merged: Merged) -> Score:
    """A cluster's counts."""
    total, actors = Score(), pile.actors()
    names = {r.article.id: r.article.path.rpartition("#")[2] for r in pile.readings}
    _meetings(cluster, merged.meetings, actors, names, total)
    _agreements(cluster, merged.agreements, actors, names, total)
    _disputes(cluster, merged.disputes, actors, total)
    _quotes(cluster, pile, merged, names, total)
    _shifts(cluster, merged, actors, total)
    return total


def _paired(
    golds: Iterable[dict[str, Any]],
    rows: Iterable[Row],
    fits: Callable[[Row, dict[str, Any]], bool],
    best: Callable[[Row, dict[str, Any]], Any] = lambda row, gold: 0,
) -> tuple[list[tuple[dict[str, Any], Row | None]], list[Row]]:
    """Each gold row with the row that fits it best (None: missed), each row at most once; and those left."""
    left, paired = list(rows), list[tuple[dict[str, Any], Row | None]]()
    for gold in golds:
        found = max((r for r in left if fits(r, gold)), key=lambda r: best(r, gold), default=None)
        if found is not None:
            left.remove(found)
        paired.append((gold, found))
    return paired, left


def _meetings(
    cluster: dict[str, Any],
    rows: tuple[MergedMeeting, ...],
    actors: Mapping[str, Actor],
    names: Mapping[str, str],
    total: Score,
) -> None:
    paired, left = _paired(
        sorted(cluster["meetings"], key=lambda g: "date" not in g),
        rows,
        lambda row, gold: _is_meeting(row, gold, actors),
        lambda row, gold: _likeness(row, gold=gold, names=names),
    )
    for gold, found in paired:
        if found is None:
            _miss(total, cluster, "meetings", gold)
            continue
        total.right["meetings"] += 1
        _detail(total, cluster, "meeting status", found.status, gold["status"])
        _detail(total, cluster, "meeting date", found.date is not None, "date" in gold)
        if "minutes" in gold:
            _detail(total, cluster, "meeting length", found.minutes, gold["minutes"])
        if "length" in gold:
            _words(total, cluster, "meeting length", found.length_told, gold["length"])
        for name in ("place", "occasion"):
            if name in gold:
                _words(total, cluster, f"meeting {name}", getattr(found, name), gold[name])
        if "medium" in gold:
            _detail(total, cluster, "meeting medium", found.medium, gold["medium"])
        _accounts(total, cluster, "meeting accounts", found.accounts, gold, names)
    _extra(total, cluster, "meetings", [(m.participants, m.date, m.place, m.status) for m in left])


def _likeness(row: MergedMeeting, *, gold: dict[str, Any], names: Mapping[str, str]) -> tuple[bool, int]:
    """Status as in the gold, and how many of the articles that tell the gold meeting tell this row."""
    told = {names[a.article] for a in row.accounts} & set(gold.get("told", ()))
    return row.status == gold["status"], len(told)


def _accounts(
    total: Score,
    cluster: dict[str, Any],
    kind: str,
    accounts: Iterable[Account],
    gold: dict[str, Any],
    names: Mapping[str, str],
) -> None:
    """Articles joined in one row: wrongly joined ones tell of another meeting, or of none."""
    if "told" not in gold:
        return
    found, wanted = {names[a.article] for a in accounts}, set(gold["told"])
    total.right[kind] += len(found & wanted)
    total.wrong[kind] += len(found - wanted)
    total.missed[kind] += len(wanted - found)
    if found != wanted:
        total.errors.append(f"{cluster['name']}: {kind} {sorted(found)}, gold {sorted(wanted)}")


def _is_meeting(row: MergedMeeting, gold: dict[str, Any], actors: Mapping[str, Actor]) -> bool:
    told = [actors[p] for p in row.participants if p in actors]
    names = [a.name for a in told] + [a.country for a in told if a.kind == "state" and a.country]
    if not all(any(_bears(name, w) for name in names) for w in gold["who"]):
        return False
    if "date" not in gold:
        return True
    return _is_day(row.date, gold["date"])


def _bears(name: str, family: str) -> bool:
    """Whether a name begins or ends with a family name, or has it before another: `Ignacio Barragán Luna`."""
    return name.startswith(family) or name.endswith(family) or f" {family} " in name


def _agreements(
    cluster: dict[str, Any],
    rows: tuple[MergedAgreement, ...],
    actors: Mapping[str, Actor],
    names: Mapping[str, str],
    total: Score,
) -> None:
    paired, left = _paired(
        cluster["agreements"],
        rows,
        lambda row, gold: (
            _sides(row.parties, actors) >= set(gold["between"])
            and gold["word"].casefold() in row.subject.casefold()
        ),
    )
    for gold, found in paired:
        if found is None:
            _miss(total, cluster, "agreements", gold)
            continue
        total.right["agreements"] += 1
        _detail(total, cluster, "agreement state", found.state, gold["state"])
        for name in ("made_on", "effective", "expires"):
            if name in gold:
                _detail(total, cluster, "agreement days", _is_day(getattr(found, name), gold[name]), True)
        if "brokers" in gold:
            _detail(total, cluster, "agreement brokers", _sides(found.brokers, actors), set(gold["brokers"]))
        if "condition" in gold:
            _words(total, cluster, "agreement conditions", "; ".join(found.conditions), gold["condition"])
        _accounts(total, cluster, "agreement accounts", found.accounts, gold, names)
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


def _quotes(
    cluster: dict[str, Any], pile: Pile, merged: Merged, names: Mapping[str, str], total: Score
) -> None:
    home = {row.id: article for article, row in pile.rows(Statement)}
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
        total.missed[kind] += 1
        total.errors.append(f"{cluster['name']}: {kind} {told}, gold {gold}")


def _words(total: Score, cluster: dict[str, Any], kind: str, told: str | None, gold: str) -> None:
    """Right when the gold's words stand in what is told."""
    _detail(total, cluster, kind, gold if gold.lower() in (told or "").lower() else told, gold)


def _is_day(days: Range | None, gold: str) -> bool:
    """Whether a range of at most three days holds the gold's day."""
    if days is None or not days.start or not days.end or (days.days or 99) > NARROW:
        return False
    return days.start <= date.fromisoformat(gold) <= days.end
