"""Neutrality: the two sides' names, adjectives, capitals and people swapped throughout a cluster.

State names, adjectives, names of peoples and capitals change places in every article, and the office-holders
of the one country are given to the other. The rows must come out the same with the sides swapped.
"""

from __future__ import annotations

import csv
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from evals.relationship.scoring import FIELDS, Pile
from onrecord import pipeline
from onrecord.facts.actors import Registry
from onrecord.facts.sides import Side
from onrecord.facts.table import TABLES
from onrecord.review.material import gather
from onrecord.review.tone import deeds, mean
from onrecord.settings import Settings
from onrecord.types import (
    Actor,
    Article,
    Copy,
    Merged,
    MergedAgreement,
    MergedDispute,
    MergedMeeting,
    Position,
    Range,
    SameQuote,
)

T = TypeVar("T")

FORMS = ("name", "adjectives", "demonyms", "capital")


@cache
def _states() -> Mapping[str, Mapping[str, str]]:
    lines = (TABLES / "countries.csv").read_text(encoding="utf-8").splitlines()
    return {r["iso3"]: r for r in csv.DictReader(line for line in lines if not line.startswith("#"))}


def can_turn(cluster: Mapping[str, Any]) -> bool:
    """Whether both sides are states: a union has no adjective to exchange for a state's."""
    return all(side in _states() for side in cluster["pair"])


def words_of(one: str, other: str) -> dict[str, str]:
    """Every form of each state's name → the other's first form of that kind."""
    states = _states()
    told: dict[str, str] = {}
    for a, b in ((states[one], states[other]), (states[other], states[one])):
        for kind in FORMS:
            targets = _forms(b, kind)
            for form in _forms(a, kind):
                if targets:
                    told.setdefault(form, targets[0])
    return told


def _forms(row: Mapping[str, str], kind: str) -> list[str]:
    """Forms of one kind, the one that news uses first: a name of one word before a longer one."""
    forms = [f for f in row[kind].split("|") if f]
    if kind == "name":
        forms += [f for f in row["aliases"].split("|") if f]
        forms.sort(key=lambda f: " " in f)
    return forms


def turn(text: str, words: Mapping[str, str]) -> str:
    """A text with both sides' words in each other's place, longest first, capitals as they stood."""
    both = dict(words) | {k.upper(): v.upper() for k, v in words.items()}
    pattern = r"\b(?:" + "|".join(re.escape(w) for w in sorted(both, key=len, reverse=True)) + r")\b"
    return re.sub(pattern, lambda m: both[m.group()], text)


def turned(cluster: dict[str, Any]) -> dict[str, Any]:
    """The cluster with its sides swapped; its gold is left behind."""
    words = words_of(*cluster["pair"])
    return {**cluster, "article": [{**a, "text": turn(a["text"], words)} for a in cluster["article"]]}


def office_holders(path: Path, pair: list[str], folder: Path) -> Path:
    """The table with the two countries of a pair in each other's place."""
    other = dict(zip(pair, reversed(pair), strict=True))
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    made = folder / path.name
    with made.open("w", encoding="utf-8", newline="") as out:
        out.write("\n".join(head) + "\n")
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows({**r, "country": other.get(r["country"], r["country"])} for r in rows)
    return made


def rows(merged: Merged, turn_ids: Mapping[str, str], words: Mapping[str, str]) -> Counter[tuple[Any, ...]]:
    """What a reader sees of each row, with ids and names of states put through two tables."""
    return Counter(_rows(merged, turn_ids, words))


def _rows(merged: Merged, ids: Mapping[str, str], words: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    def who(actors: Any) -> tuple[str, ...]:
        return tuple(sorted(_id(a, ids) for a in actors if a))

    def place(name: str | None) -> str | None:
        told = turn(name, words) if name and words else name
        return unicodedata.normalize("NFD", told).encode("ascii", "ignore").decode() if told else None

    for m in merged.meetings:
        yield "meeting", who(m.participants), _day(m.date), m.status, m.minutes, m.medium, place(m.place)
    for a in merged.agreements:
        yield "agreement", who(a.parties), _day(a.made_on), _day(a.effective), _day(a.expires), a.state
    for d in merged.disputes:
        yield "dispute", who(s.actor for s in d.sides), d.kind
    for p in merged.positions:
        yield "position", who([p.actor]), p.issue, _day(p.range), p.stance, p.shift_from
    for e in merged.events:
        yield "event", who(e.actors), who(e.recipients), e.type, _day(e.date), e.status
    for size in Counter(q.group for q in merged.quotes).values():
        yield "quotes", size


@dataclass(frozen=True)
class Merging:
    """A pile and what was merged from it, as review reads a record."""

    pile: Pile
    merged: Merged

    def articles(self) -> Iterable[Article]:
        return self.pile.articles()

    def actors(self) -> Mapping[str, Actor]:
        return self.pile.actors()

    def rows(self, kind: type[T]) -> Iterable[tuple[str, T]]:
        if kind in FIELDS:
            return self.pile.rows(kind)
        of = {MergedMeeting: "meetings", MergedAgreement: "agreements", MergedDispute: "disputes",
              Position: "positions"}  # fmt: skip
        return [("", row) for row in getattr(self.merged, of[kind])]  # type: ignore[index]

    def same_quotes(self) -> Iterable[SameQuote]:
        return self.merged.quotes

    def copies(self) -> Iterable[Copy]:
        return self.merged.copies


def tone_of(pile: Pile, merged: Merged, pair: list[str]) -> tuple[float | None, int]:
    """The tone of a cluster over all its days, and the rows behind it."""
    sides = tuple(Side(code=code, name=code) for code in pair)
    made = mean(deeds(gather(Merging(pile, merged), sides, issue=None, since=None, until=None)))
    return made.value, made.rows


_OF_ARTICLE = re.compile(r"(?<=\w)-[0-9a-f]{6}$")
"""The end of the id of a person whom one article tells by a family name alone."""


def _id(actor: str, ids: Mapping[str, str]) -> str:
    """An actor's id with the country code in it swapped: `state:NOR`, `org:nor-foreign-ministry`.

    Of somebody with a family name only, without what stands for the article, whose text the mirror changes.
    """
    actor = _OF_ARTICLE.sub("", actor)
    return (
        re.sub(
            r"(?<![A-Za-z])(?:" + "|".join(ids) + r")(?![A-Za-z])",
            lambda m: ids[m.group().upper()] if m.group().isupper() else ids[m.group().upper()].lower(),
            actor,
            flags=re.IGNORECASE,
        )
        if ids
        else actor
    )


def _day(days: Range | None) -> str | None:
    return f"{days.start}/{days.end}" if days else None


@cache
def _tools(holders: Path) -> pipeline.Tools:
    """Loaded once; a mirror differs in its people only."""
    return pipeline.Tools.load(Settings(actor_tables=(holders,)))


def compare(
    cluster: dict[str, Any], holders: Path, read: Any, merge: Any
) -> tuple[int, int, bool, list[str]]:
    """(rows that come out the same, rows of both, same tone, differences) of a cluster and its mirror."""
    one, other = cluster["pair"]
    with tempfile.TemporaryDirectory() as folder:
        table = office_holders(holders, cluster["pair"], Path(folder))
        plain = _tools(holders)
        mirrored = replace(plain, registry=Registry.load((table,)), settings=Settings(actor_tables=(table,)))
        piles = read(cluster, plain), read(turned(cluster), mirrored)
    merged = merge(piles[0]), merge(piles[1])
    here, there = rows(merged[0], {}, {}), rows(merged[1], {one: other, other: one}, words_of(one, other))
    tones = [tone_of(p, m, cluster["pair"]) for p, m in zip(piles, merged, strict=True)]
    same = sum((here & there).values())
    differ = [f"{cluster['name']}: - {r}" for r in (here - there).elements()]
    differ += [f"{cluster['name']}: + {r}" for r in (there - here).elements()]
    differ += [f"{cluster['name']}: tone {tones[0]}, swapped {tones[1]}"] if tones[0] != tones[1] else []
    return same, max(here.total(), there.total()), tones[0] == tones[1], differ
