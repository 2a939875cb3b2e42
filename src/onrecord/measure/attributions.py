r"""Scoring of attributions against brat standoff, as PolNeAR is published.

Tokens are `\w+|[^\w\s]`. An attribution is found where contents have a Jaccard index of 0.5 or more over
tokens and sources overlap or are both empty, one to one (maximum matching); it is strict where all three
roles are equal once trimmed to letters and digits. Exact spans are trimmed contiguous spans of a role, each
once an article. Passages that the annotators set aside do not count. Of several annotators, the first by file
name is the gold.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from onrecord.measure import brat
from onrecord.measure.brat import Spans
from onrecord.measure.figures import Tally
from onrecord.types import Attribution

ROLES = ("source", "cue", "content")
QUOTED = ("direct", "mixed", "indirect")
MEASURES = (
    *ROLES, "micro", "attribution", "strict", *(f"exact {r}" for r in ROLES),
    *(f"recall {q}" for q in QUOTED),
)  # fmt: skip
NEAR = 0.5
DOUBLE, SINGLE = '"\u201c\u201d\u201e\u201f\u00ab\u00bb', "'\u2018\u2019`"
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Roles:
    """Spans of one attribution by role."""

    source: Spans
    cue: Spans
    content: Spans

    @classmethod
    def of(cls, found: Attribution) -> Roles:
        """The spans of what an attributor found."""
        return cls(*(tuple((s.start, s.end) for s in getattr(found, r)) for r in ROLES))

    def __getitem__(self, role: str) -> Spans:
        spans: Spans = getattr(self, role)
        return spans


@dataclass(frozen=True)
class Gold:
    """One article as annotated."""

    text: str
    attributions: tuple[Roles, ...]
    discarded: Spans = ()


def load(folder: Path) -> dict[str, Gold]:
    """Annotated articles of a brat folder, by name in order; of several coders the first by file name."""
    found: dict[str, Gold] = {}
    for name, text, coders in brat.files(folder):
        first = next(iter(coders.values()))
        told = brat.parse(first.read_bytes().decode("utf-8"), first.name)
        found[name] = Gold(text.read_bytes().decode("utf-8"), *of_standoff(told))
    return found


def of_standoff(found: brat.Standoff) -> tuple[tuple[Roles, ...], Spans]:
    """Attributions with a content, and the passages set aside (`Discard`), of one brat file."""
    made = []
    for event in found.events:
        parts: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for role, target in event.roles:
            bound = found.bounds.get(target)
            parts[role.lower()] += bound.spans if bound else ()
        if parts["content"]:
            made.append(Roles(*(tuple(sorted(parts[r])) for r in ROLES)))
    discarded = tuple(s for b in found.bounds.values() if b.label == "Discard" for s in b.spans)
    return tuple(made), discarded


class View:
    """One text as tokens and trimmed spans."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [m.start() for m in _TOKEN.finditer(text)]

    def tokens(self, spans: Spans) -> set[int]:
        """Numbers of the tokens that begin in the spans."""
        return {n for s, e in spans for n in range(bisect_left(self.starts, s), bisect_left(self.starts, e))}

    def trimmed(self, spans: Spans) -> Spans:
        """From letter to letter, joined where nothing but marks and white space lies between."""
        out: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            held = [i for i in range(start, end) if self.text[i].isalnum()]
            if not held:
                continue
            first, last = held[0], held[-1] + 1
            if out and not any(c.isalnum() for c in self.text[out[-1][1] : first]):
                first, last = out[-1][0], max(out.pop()[1], last)
            out.append((first, last))
        return tuple(out)


def quoted(text: str, content: Spans) -> str:
    """`direct` between quotation marks, `mixed` with some, else `indirect`."""
    start, end = min(content)[0], max(content)[1]
    words = " ".join(text[s:e] for s, e in sorted(content))
    edges = [text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]]
    doubled = [any(c in DOUBLE for c in edge) for edge in edges]
    single = words[:1] in SINGLE and words[-1:] in SINGLE
    typed = words.startswith(("''", "``")) and words.endswith("''")
    if all(doubled) or single or typed:
        return "direct"
    return "mixed" if any(doubled) or any(c in words for c in (*DOUBLE, "''", "``")) else "indirect"


def matched(fits: Sequence[Sequence[int]]) -> set[int]:
    """Rows that get a column of their own in a maximum matching; `fits`: each row's columns, best first."""
    holder: dict[int, int] = {}

    def seat(row: int, tried: set[int]) -> bool:
        for column in fits[row]:
            if column in tried:
                continue
            tried.add(column)
            if column not in holder or seat(holder[column], tried):
                holder[column] = row
                return True
        return False

    for row in range(len(fits)):
        seat(row, set())
    return set(holder.values())


def tally(gold: Gold, found: Sequence[Roles]) -> Tally:
    """(measures, [right, told, due]) of one article; recalls fill right and due."""
    view = View(gold.text)
    aside = view.tokens(gold.discarded)
    due = [one for r in gold.attributions if (one := _Seen.of(r, view, aside))]
    told = [one for r in found if (one := _Seen.of(r, view, aside))]
    counts = dict.fromkeys(MEASURES, np.zeros(3))
    for role in ROLES:
        words = [set().union(*(s.tokens[role] for s in side)) - aside for side in (due, told)]
        counts[role] = _overlap(*words)
        counts["micro"] = counts["micro"] + counts[role]
        spans = [{span for s in side for span in s.trimmed[role]} for side in (due, told)]
        counts[f"exact {role}"] = _overlap(*spans)
    near = matched([_nearest(one, told) for one in due])
    same = matched([[i for i, other in enumerate(told) if other.trimmed == one.trimmed] for one in due])
    counts["attribution"] = np.array([len(near), len(told), len(due)], float)
    counts["strict"] = np.array([len(same), len(told), len(due)], float)
    for n, one in enumerate(due):
        name = f"recall {quoted(gold.text, one.content)}"
        counts[name] = counts[name] + np.array([n in near, 0, 1], float)
    return np.array([counts[name] for name in MEASURES])


def judged(gold: Gold, found: Sequence[Roles]) -> list[bool | None]:
    """Whether each answer is a gold attribution found; None for what stands aside."""
    view = View(gold.text)
    aside = view.tokens(gold.discarded)
    due = [one for r in gold.attributions if (one := _Seen.of(r, view, aside))]
    seen = [_Seen.of(r, view, aside) for r in found]
    right = matched([_nearest(one, due) if one else [] for one in seen])
    return [n in right if one else None for n, one in enumerate(seen)]


def _overlap(due: AbstractSet[object], told: AbstractSet[object]) -> Tally:
    return np.array([len(due & told), len(told), len(due)], float)


@dataclass(frozen=True)
class _Seen:
    """One attribution as the scorer sees it."""

    content: Spans
    tokens: dict[str, set[int]]
    trimmed: dict[str, Spans]

    @classmethod
    def of(cls, roles: Roles, view: View, aside: set[int]) -> _Seen | None:
        """Nothing where the content is empty, or more than half of all words stand aside."""
        tokens = {r: view.tokens(roles[r]) for r in ROLES}
        whole = set().union(*tokens.values())
        if not tokens["content"] or 2 * len(whole & aside) > len(whole):
            return None
        return cls(roles.content, tokens, {r: view.trimmed(roles[r]) for r in ROLES})


def _nearest(one: _Seen, told: Sequence[_Seen]) -> list[int]:
    fits = []
    for i, other in enumerate(told):
        jaccard = len(one.tokens["content"] & other.tokens["content"]) / len(
            one.tokens["content"] | other.tokens["content"]
        )
        sources = one.tokens["source"], other.tokens["source"]
        if jaccard >= NEAR and (sources[0] & sources[1] or not any(sources)):
            fits.append((-jaccard, i))
    return [i for _, i in sorted(fits)]
