"""Coded events against records: types and countries by text, or types by their triggers.

A country is an actor's ISO 3166-1 alpha-3, or IGO or NGO where it stands above states. The first event of a
text counts as its coding where one is asked for; a text with two records is one row, and its first type is
wrong once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from onrecord.measure.attributions import matched
from onrecord.measure.figures import Tally
from onrecord.types import Actor, Event

BY_TEXT = ("type", "first type", "type and countries", "source country", "target country")
BY_TRIGGER = ("trigger", "type")
RECALL_ONLY = ("first type", "type and countries", "source country", "target country")
"""Gold by text codes one event where a text may hold more, so precision is told for types only."""


@dataclass(frozen=True)
class Coding:
    """Type and countries of one event, and where its trigger stands when that is known."""

    type: str
    sources: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    reciprocal: bool = False
    """The sides act on each other, and are one: `sources`."""
    spans: tuple[tuple[int, int], ...] = ()

    def fits(self, told: Coding) -> bool:
        """Whether an answer has exactly this record's type and countries."""
        if self.reciprocal:
            return told.type == self.type and told.sources | told.targets == self.sources
        return (told.type, told.sources, told.targets) == (self.type, self.sources, self.targets)


def country(actor: Actor | None) -> set[str]:
    """The code that records use for an actor; none while its country is unknown."""
    if actor is None:
        return set()
    bodies = ("IGO", "NGO") if actor.kind == "organisation" else ("IGO",)
    above = actor.sector if actor.sector in bodies else None
    code = actor.country or above
    return {code} if code else set()


def codings(events: Iterable[Event], cast: Mapping[str, Actor]) -> list[Coding]:
    """Events of a text with the codes of their actors, in their order."""

    def codes(ids: Sequence[str]) -> frozenset[str]:
        return frozenset(c for i in ids for c in country(cast.get(i)))

    return [
        Coding(e.type, codes(e.actors), codes(e.recipients), spans=tuple((s.start, s.end) for s in e.trigger))
        for e in events
    ]


def united(told: Sequence[Coding]) -> list[Coding]:
    """One event a type, with the countries of all of them."""
    made: dict[str, Coding] = {}
    for one in told:
        before = made.get(one.type, one)
        made[one.type] = replace(
            before, sources=before.sources | one.sources, targets=before.targets | one.targets
        )
    return list(made.values())


@dataclass
class Outcome:
    """What is counted of one sentence: records, first types right, exact ones, countries found and due."""

    counts: Tally = field(default_factory=lambda: np.zeros(7))
    due: list[str] = field(default_factory=list)
    first: str | None = None
    told: frozenset[str] = frozenset()

    def add(self, record: Coding, told: Sequence[Coding]) -> None:
        """One record of the sentence; every record of it has the same answer."""
        self.first = told[0].type if told else None
        self.told = frozenset(one.type for one in told)
        self.due.append(record.type)
        exact = any(record.fits(one) for one in [*told, *united(told)])
        targets_told = {c for one in told for c in one.targets}
        sources_told = {c for one in told for c in one.sources}
        if record.reciprocal:
            sources_told |= targets_told
        self.counts += [
            1, self.first == record.type, exact,
            len(record.sources & sources_told), len(record.sources),
            len(record.targets & targets_told), len(record.targets),
        ]  # fmt: skip

    def types(self, known: Mapping[str, int], *, whole: bool = False) -> Tally:
        """(types, [hit, told, due]) of the first type, or of all; one that no record has is told once."""
        told = self.told if whole else self.told & {self.first}
        made = np.zeros((len(known), 3))
        for kind in self.due:
            made[known[kind]] += [kind in told, kind in told, 1]
        for kind in told.difference(self.due):
            made[known[kind], 1] += 1
        return made


def has_triggers(documents: Iterable[Any]) -> bool:
    """Whether a coder marked the words that bring the events."""
    return any(event.spans for document in documents for coded in document.by.values() for event in coded)


def measures(documents: Iterable[Any]) -> tuple[str, ...]:
    """Names of what is measured: by trigger where triggers were marked, else by text."""
    return BY_TRIGGER if has_triggers(documents) else BY_TEXT


def by_text(due: Sequence[Coding], told: Sequence[Coding]) -> list[list[float]]:
    """[right, told, due] of one text: types, the first event, countries."""
    outcome = Outcome()
    for record in due:
        outcome.add(record, told)
    records, first, exact, sources, sources_due, targets, targets_due = outcome.counts.tolist()
    kinds = {e.type for e in due}
    found = {e.type for e in told}
    return [
        [len(kinds & found), len(found), len(kinds)],
        [first, records, records], [exact, records, records],
        [sources, sources_due, sources_due], [targets, targets_due, targets_due],
    ]  # fmt: skip


def by_trigger(due: Sequence[Coding], told: Sequence[Coding]) -> list[list[float]]:
    """Events whose triggers share a character, one to one; and those of them with the same type."""

    def met(*, same_type: bool) -> int:
        def fit(one: Coding, other: Coding) -> bool:
            return _meet(one, other) and (not same_type or one.type == other.type)

        return len(matched([[n for n, t in enumerate(told) if fit(d, t)] for d in due]))

    return [[met(same_type=same), len(told), len(due)] for same in (False, True)]


def _meet(one: Coding, other: Coding) -> bool:
    return any(s < d and c < e for s, e in one.spans for c, d in other.spans)
