"""From the marker's scores to marks, in numpy; training and run time share this file.

A word's status is chosen only after it is known that it names an encounter at all: probabilities of all
statuses of encounters (and of all states of agreements) are summed first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from onrecord.extract.statements.decode import Floats, characters
from onrecord.extract.statements.windows import Window
from onrecord.types import AGREEMENTS, ENCOUNTERS, Mark, MarkTag

TAGS: tuple[MarkTag, ...] = (
    "held", "prospective", "cancelled", "postponed", "denied",
    "agreed", "proposed", "not_agreed", "violated", "withdrawn", "expired",
    "participant", "place", "day", "length", "party", "subject", "broker", "differing",
)  # fmt: skip
"""The marker's tags in the order of its classes: O, then B and I of each."""


@dataclass(frozen=True, slots=True)
class MarkSettings:
    """What was fitted with the weights, read from `settings.json`."""

    least: Mapping[str, float]
    """Group (`encounter`, `agreement`, or a tag) → least probability of a piece."""

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> MarkSettings:
        return cls(least={str(k): float(v) for k, v in table["least"].items()})


def group_of(tag: MarkTag) -> str:
    """`encounter` and `agreement` for their statuses; all other tags stand alone."""
    return "encounter" if tag in ENCOUNTERS else "agreement" if tag in AGREEMENTS else tag


GROUPS = tuple(dict.fromkeys(group_of(t) for t in TAGS))
_OF_GROUP = np.array([[group_of(t) == g for t in TAGS] for g in GROUPS], dtype=np.float32)


def marks(window: Window, scores: Floats, text: str, settings: MarkSettings) -> list[Mark]:
    """Marks of one window in text order.

    Args:
        window: what was read.
        scores: [T, 1 + 2 × tags] logits of O, B and I of each tag.
        text: the article as received.
        settings: least probabilities.
    """
    likely = np.exp(scores - scores.max(axis=-1, keepdims=True))
    likely /= likely.sum(axis=-1, keepdims=True)
    begin, inner = likely[:, 1::2], likely[:, 2::2]
    of_tag = begin + inner  # [T, tags]
    of_group = of_tag @ _OF_GROUP.T  # [T, groups]
    found = []
    for low, high, group in _runs(window, of_group, begin @ _OF_GROUP.T, inner @ _OF_GROUP.T, settings):
        within = of_tag[low:high].mean(axis=0) * _OF_GROUP[group]
        span = characters(window, (low, high), text)
        if span is not None:
            sure = round(float(of_group[low:high, group].mean()), 3)
            found.append(
                Mark(start=span.start, end=span.end, tag=TAGS[int(within.argmax())], confidence=sure)
            )
    return found


def _runs(
    window: Window, of_group: Floats, begin: Floats, inner: Floats, settings: MarkSettings
) -> Iterator[tuple[int, int, int]]:
    """(start, end, group) of neighbouring pieces of one group; a piece likelier to begin opens a new run."""
    least = np.array([settings.least.get(g, 0.5) for g in GROUPS], dtype=np.float32)
    best = np.where(of_group >= least, of_group, 0).argmax(axis=-1)
    told = (of_group >= least).any(axis=-1) & (window.starts >= 0)
    labels: Sequence[int] = np.where(told, best, -1).tolist()
    at = 0
    for group, run in groupby(labels):
        size = len(list(run))
        if group >= 0:
            opens = [n for n in range(at, at + size) if n == at or begin[n, group] > inner[n, group]]
            yield from ((low, high, group) for low, high in zip(opens, [*opens[1:], at + size], strict=True))
        at += size
