"""Happenings named by their class alone, with a day or a state beside it: `Monday night's debate`, `a win in
Wisconsin`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from onrecord.facts.happenings import Happening, Happenings
from onrecord.link.dating import days as d
from onrecord.link.dating.spoken import Deictic
from onrecord.types import Span

CLOSE = 25
"""Characters between a class and the day told with it."""
_KINDS = ("debate", "convention", "election", "summit")
"""Classes that are a kind of happenings."""
_VOTES = {
    "primary": re.compile(r"\b(?:primary|caucuses) \d|Super Tuesday"),
    "caucus": re.compile(r"\bcaucuses \d"),
}
"""Classes of votes, by what the names of such votes hold."""
_CLASS = re.compile(
    r"\b(?:(?P<debate>debates?)|(?P<primary>primar(?:y|ies)|contests?)|(?P<caucus>caucus(?:es)?)|"
    r"(?P<convention>conventions?)|(?P<election>elections?|runoff)|(?P<summit>summit))\b",
    re.I,
)
_CLAUSE = re.compile(r"[.;:()\n]")
_VOTING = re.compile(r"\b(?:caucus\w*|primar(?:y|ies)|delegates?|nomination)\b", re.I)
_VOTE_OF = re.compile(r"(?P<state>[A-Z][\w ]+?) (?:primary|caucuses) \d{4}")


def named_by_class(
    text: str, happenings: Happenings, spoken: Sequence[Deictic]
) -> Iterator[tuple[Span, tuple[Happening, ...]]]:
    """Spans that name a class, and those happenings of it that fall on the weekday told beside it."""
    days = [s for s in spoken if s.weekday is not None]
    if days:
        for m in _CLASS.finditer(text):
            beside = min(days, key=lambda s: (_distance(s.span, m), s.span.start))
            low, high = min(beside.span.end, m.end()), max(beside.span.start, m.start())
            if _distance(beside.span, m) > CLOSE or _CLAUSE.search(text, low, high):
                continue
            meant = _members(happenings).get((str(m.lastgroup), beside.weekday or 0))
            if meant:
                yield Span(min(m.start(), beside.span.start), max(m.end(), beside.span.end)), meant
    yield from _results(text, happenings)


def _results(text: str, happenings: Happenings) -> Iterator[tuple[Span, tuple[Happening, ...]]]:
    """`won Iowa`, `after his loss in New Hampshire`, in a text about nominations."""
    if not _VOTING.search(text):
        return
    pattern, votes = _votes(happenings)
    for m in pattern.finditer(text) if pattern else ():
        yield Span(m.start(), m.end()), votes[m["state"] or m["first"]]


def _distance(span: Span, m: re.Match[str]) -> int:
    return max(0, max(span.start, m.start()) - min(span.end, m.end()))


@lru_cache(maxsize=2)
def _members(happenings: Happenings) -> dict[tuple[str, int], tuple[Happening, ...]]:
    """Class and ISO weekday → its happenings that take in such a day."""
    table: dict[tuple[str, int], list[Happening]] = {}
    for h in happenings:
        for name in _classes(h):
            first = d.number(h.start)
            for at in range(first, min(first + 7, d.number(h.end) + 1)):
                table.setdefault((name, int(d.WEEKDAY[at])), []).append(h)
    return {key: tuple(found) for key, found in table.items()}


def _classes(happening: Happening) -> list[str]:
    if happening.kind == "vote":
        return [name for name, holds in _VOTES.items() if holds.search(happening.name)]
    return [happening.kind] if happening.kind in _KINDS else []


@lru_cache(maxsize=2)
def _votes(happenings: Happenings) -> tuple[re.Pattern[str] | None, dict[str, tuple[Happening, ...]]]:
    """A pattern of results in a state that has held primaries, and the state's primaries."""
    votes: dict[str, list[Happening]] = {}
    for h in happenings:
        if h.kind == "vote" and (m := _VOTE_OF.fullmatch(h.name)):
            votes.setdefault(m["state"], []).append(h)
    if not votes:
        return None, {}
    states = "|".join(sorted(map(re.escape, votes), key=len, reverse=True))
    won = r"(?:win|wins|won|winning|victory|victories|loss|losses|lost|losing|defeat|triumph|showing|finish)"
    pattern = re.compile(
        rf"\b{won} (?:in |of )?(?P<state>{states})\b|\b(?P<first>{states}) (?:win|victory|loss|defeat)\b"
    )
    return pattern, {state: tuple(found) for state, found in votes.items()}
