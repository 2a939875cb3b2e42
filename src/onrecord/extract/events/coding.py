"""Types for sentences whose actor and recipient are marked by hand, and heads trained on users' own coding.

The caller brings the parser (`parse`: texts in, spaCy documents out, in order), so that this room needs none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from onrecord.errors import UsageError
from onrecord.extract.events import features
from onrecord.extract.events.coder import coder
from onrecord.extract.events.features import Matrix
from onrecord.extract.events.head import Head, fit
from onrecord.extract.events.marked import Marked
from onrecord.facts.table import TABLES

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[Iterable[str]], Iterator["Doc"]]
WEIGHTS = TABLES / "plover_head.npz"
"""The shipped head; training/events.py makes it, docs/model-card.md names its data."""
NEEDED = ("sentence", "source", "target")
OLDER_TYPES = {
    "DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT", "REDUCE":
    "SANCTION",
}  # fmt: skip
"""Names of older PLOVER lists; YIELD, which holds CONCEDE and RETREAT, is settled by the rules."""


class Coding(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for one hand-marked sentence: one JSON line of `onrecord code`."""

    type: str
    scores: dict[str, float]
    """Probability of each type; they add up to 1 but for rounding."""


@dataclass(frozen=True)
class Trained:
    """A head with what cross-validation says about it."""

    head: Head
    sentences: int
    accuracy: float
    macro_f1: float
    per_type: Mapping[str, tuple[int, float, float]]
    """Type → sentences, recall, precision."""


def code(
    rows: Iterable[Mapping[str, str]],
    *,
    parse: Parse,
    head: Head | None = None,
    lexica: tuple[Path, ...] = (),
    instead: tuple[Path, ...] = (),
) -> Iterator[Coding]:
    """One coding a row, in the order of the rows; the type is one of the ontology's, never null.

    Args:
        rows: sentence, source and target, the two as they stand in the sentence (or empty).
        parse: texts to spaCy documents.
        head: weights of the user's own training; the shipped ones by default. An ontology of other types has
            the rules' scores alone until a head is trained for it.
        lexica: tables added to the ontology (settings.event_tables).
        instead: tables that stand in for those of the ontology (settings.ontology_tables).

    Raises:
        UsageError: a row lacks a column, or the head is for other types.
    """
    using = coder(lexica, instead)
    types = tuple(using.known.types)
    if head is not None and set(head.types) != set(types):
        raise UsageError(
            f"the head is for the types {', '.join(head.types)}; the ontology has {', '.join(types)}"
        )
    chosen = head or (shipped() if set(shipped().types) == set(types) else None)
    types = chosen.types if chosen else types
    for _, marked in _marked(rows, parse):
        row = features.vector(marked, using, types)
        log = chosen.log_probabilities(row[None, :])[0] if chosen else _by_rules(row, types)
        told = np.exp(log.astype(float))
        scores = {t: round(float(p), 4) for t, p in zip(types, told / told.sum(), strict=True)}
        yield Coding(type=types[int(told.argmax())], scores=scores)


def _by_rules(row: Matrix, types: tuple[str, ...]) -> Matrix:
    """The rules' scores as log-odds, where no head knows the types."""
    return row[features.COLUMNS : features.COLUMNS + len(types)] * features.RULE_SCALE


def train(
    rows: Sequence[Mapping[str, str]],
    *,
    parse: Parse,
    folds: int = 5,
    lexica: tuple[Path, ...] = (),
    instead: tuple[Path, ...] = (),
) -> Trained:
    """A head fitted on hand-coded sentences, with figures from cross-validation.

    Every fold-th row is held back in turn; the shipped lexicon is the same in all folds. Rows whose sides are
    not marked (empty, or no such columns) are read by the names in the sentence.

    Raises:
        UsageError: fewer rows than folds, no sentence, or a type that the ontology does not know.
    """
    using = coder(lexica, instead)
    types = tuple(using.known.types)
    if len(rows) < 2 * folds:
        raise UsageError(f"{len(rows)} sentences are too few to train on; bring at least {2 * folds}")
    vectors: list[Matrix] = []
    labels: list[str] = []
    for row, marked in _marked(({"source": "", "target": "", **row} for row in rows), parse):
        vector = features.vector(marked, using, types)
        vectors.append(vector)
        labels.append(_label(row, vector, types))
    matrix = np.stack(vectors)
    told = cross_validated(matrix, labels, types, folds)
    per_type = _per_type(labels, told)
    scores = [2 * r * p / (r + p) if r + p else 0.0 for _, r, p in per_type.values()]
    return Trained(
        head=fit(matrix, labels, types),
        sentences=len(labels),
        accuracy=sum(a == b for a, b in zip(labels, told, strict=True)) / len(labels),
        macro_f1=sum(scores) / len(scores),
        per_type=per_type,
    )


def cross_validated(matrix: Matrix, labels: Sequence[str], types: Sequence[str], folds: int) -> list[str]:
    """The type of each row from a head that has not seen it; row n is held back in fold n modulo folds."""
    told = [""] * len(labels)
    place = np.arange(len(labels)) % folds
    for fold in range(folds):
        kept = np.flatnonzero(place != fold)
        head = fit(matrix[kept], [labels[int(i)] for i in kept], types)
        for i in np.flatnonzero(place == fold):
            told[i] = types[int(head.log_probabilities(matrix[i : i + 1])[0].argmax())]
    return told


@lru_cache(maxsize=1)
def shipped() -> Head:
    """The head that comes with onrecord."""
    return Head.read(WEIGHTS)


def _marked(rows: Iterable[Mapping[str, str]], parse: Parse) -> Iterator[tuple[Mapping[str, str], Marked]]:
    kept = list(rows)
    for number, row in enumerate(kept, start=1):
        for column in NEEDED:
            if row.get(column) is None:
                raise UsageError(f"row {number} has no column {column!r}; needed: {', '.join(NEEDED)}")
    for row, doc in zip(kept, parse(r["sentence"] for r in kept), strict=True):
        yield row, Marked.of_words(doc, row["source"], row["target"])


def _label(row: Mapping[str, str], vector: Matrix, types: tuple[str, ...]) -> str:
    told = (row.get("type") or "").strip().upper()
    told = told if told in types else OLDER_TYPES.get(told, told)
    if told == "YIELD" and {"CONCEDE", "RETREAT"} <= set(types):
        at = {t: features.COLUMNS + types.index(t) for t in ("CONCEDE", "RETREAT")}
        return max(at, key=lambda t: (vector[at[t]], t))
    if told not in types:
        raise UsageError.unknown("event type", row.get("type") or "", types)
    return told


def _per_type(gold: Sequence[str], told: Sequence[str]) -> dict[str, tuple[int, float, float]]:
    found: dict[str, tuple[int, float, float]] = {}
    for kind in sorted(set(gold)):
        count, named = sum(g == kind for g in gold), sum(t == kind for t in told)
        hit = sum(g == t == kind for g, t in zip(gold, told, strict=True))
        found[kind] = (count, hit / count, hit / named if named else 0.0)
    return found
