"""Krippendorff's alpha between coders (Krippendorff 2019, Content Analysis, ch. 12; nominal)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

import numpy as np

from onrecord.measure.attributions import ROLES, Gold, View
from onrecord.measure.events import Coding
from onrecord.measure.gold import Document, Strings
from onrecord.measure.times import Timex

Values = Mapping[str, Sequence[Hashable]]
"""Coder → a value for each unit of one text; coders of a text have the same units."""


def alpha(texts: Iterable[Values]) -> float | None:
    """Alpha over the units of all texts, those coded by one alone left out.

    1 is full agreement, 0 what chance would bring. None where no text has two coders, or where all values
    are one and the same, for then it is not defined.
    """
    import krippendorff

    coded = [values for values in texts if len(values) > 1]
    coders = sorted({coder for values in coded for coder in values})
    numbers: dict[Hashable, int] = {}
    columns = []
    for values in coded:
        size = len(next(iter(values.values())))
        table = np.full((len(coders), size), np.nan)
        for coder, told in values.items():
            table[coders.index(coder)] = [numbers.setdefault(value, len(numbers)) for value in told]
        columns.append(table)
    if not columns or len(numbers) < 2:
        return None
    return float(krippendorff.alpha(np.concatenate(columns, axis=1), level_of_measurement="nominal"))


def of_statements(documents: Iterable[Document[Gold]]) -> dict[str, float | None]:
    """For each role: units are tokens, the value whether the token is part of it."""
    found = [d for d in documents if len(d.by) > 1]
    views = [View(d.text) for d in found]

    def values(document: Document[Gold], view: View, role: str) -> Values:
        told = {c: [s for a in g.attributions for s in a[role]] for c, g in document.by.items()}
        return {c: _inside(view, spans) for c, spans in told.items()}

    return {r: alpha(values(d, v, r) for d, v in zip(found, views, strict=True)) for r in ROLES}


def of_times(documents: Iterable[Document[tuple[Timex, ...]]]) -> dict[str, float | None]:
    """Units are tokens: whether a token is part of an expression, and of one of which value."""
    found = [d for d in documents if len(d.by) > 1]
    views = [View(d.text) for d in found]

    def spans(told: Iterable[Timex]) -> list[tuple[int, int]]:
        return [(t["start"], t["end"]) for t in told]

    def valued(view: View, told: Iterable[Timex]) -> list[Hashable]:
        at = {n: t["value"] for t in told for n in view.tokens(((t["start"], t["end"]),))}
        return [at.get(n) for n in range(len(view.starts))]

    pairs = list(zip(found, views, strict=True))
    return {
        "expression": alpha({c: _inside(v, spans(t)) for c, t in d.by.items()} for d, v in pairs),
        "value": alpha({c: valued(v, t) for c, t in d.by.items()} for d, v in pairs),
    }


def of_events(documents: Iterable[Document[tuple[Coding, ...]]]) -> dict[str, float | None]:
    """Units are texts, the value the set of types told."""
    return {
        "types": alpha(
            {c: [tuple(sorted({e.type for e in coded}))] for c, coded in d.by.items()} for d in documents
        )
    }


def of_passages(documents: Iterable[Document[Strings]]) -> dict[str, float | None]:
    """Units are the strings that every coder of a page judged: of the article or not."""

    def judged(document: Document[Strings]) -> Values:
        each = {c: dict.fromkeys(s.within, True) | dict.fromkeys(s.without, False)
                for c, s in document.by.items()}  # fmt: skip
        shared = sorted(set.intersection(*(set(told) for told in each.values())))
        return {c: [told[s] for s in shared] for c, told in each.items()}

    return {"of the article": alpha(judged(d) for d in documents)}


def _inside(view: View, spans: Iterable[tuple[int, int]]) -> list[bool]:
    held = view.tokens(tuple(spans))
    return [n in held for n in range(len(view.starts))]
