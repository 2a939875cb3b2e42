"""Clues from happenings an article names: it was written after what it tells as past, before what is to
come.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from onrecord.facts.happenings import Happening, Happenings, Named
from onrecord.link.dating import counted, offsets, tense
from onrecord.link.dating import days as d
from onrecord.link.dating.bare import named_by_class
from onrecord.link.dating.clues import Clue
from onrecord.link.dating.spoken import Deictic, sentence_of
from onrecord.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

UNEXPECTED = frozenset(
    {"attack", "war", "incident", "death", "crisis", "disaster", "test", "sanction", "resolution"}
)
"""Kinds that nobody announces: a text that names one was written after it."""
SETTLED = frozenset({"accord", "treaty"})
"""Kinds spoken of as past when weekdays of days to come are told."""
GROUPS = {
    **dict.fromkeys(UNEXPECTED | {"trial"}, "struck"),
    **dict.fromkeys(("accord", "treaty", "law", "ruling"), "settled"),
    **dict.fromkeys(("summit", "state_visit", "talks", "call", "award", "sport"), "gathered"),
    **dict.fromkeys(
        ("affair", "speech", "appointment", "resignation", "endorsement", "deal", "rates"), "news"
    ),
}
"""Kinds that age alike; all others belong to elections (`voted`)."""
ASKED_FOR = frozenset({"endorsement", "resignation", "appointment", "ruling", "law"})
"""Kinds that are asked for and denied before they happen: their tense bounds nothing."""
AGREED_AHEAD = 7
"""Days before its start from which an accord is told as past: it is agreed before it is signed."""
WRONG = 0.01
"""Weight of days on which what is told as past had not happened, or what is to come was over: the name may
mean something else.
"""
WRONG_VERB = 0.1
"""The same where only the verb tells (`they said that in Cleveland`)."""
LEAD, CLOSE = 700, 60
"""Characters from the start of the text that make its lead; between a name and a day told beside it."""
RECENT = {"days": 3, "week": 10, "month": 31, "season": 100}
"""Days within which happenings told as past, or as yet to come, count as of one time."""
MANY, MANY_UNKNOWN, MANY_OVER = 5, 5, 4
OFTEN = 3
WEEK, BY_CHANCE = 7, 0.1
"""Days between two happenings that weekdays of one article may both speak of, and how often they would fit an
article of another week: about (2/7)² for each pair of weekdays; a table of several happenings a week holds
such pairs often.
"""
SAME_WEEK = 0.3
"""Weight of the days outside the week of a happening whose weekday is told; with several weekdays, as often
as they fit by chance.
"""

_STALE = re.compile(
    r"\b(?:19|20)\d\d\b|\bago\b|\blast (?:year|fall|spring|summer|winter)\b|"
    r"\b(?:decade|anniversary|years (?:after|since|before))\b",
    re.I,
)
"""Words of a sentence that looks back further."""
_AHEAD = re.compile(
    r"\b(?:(?:upcoming|up-coming|forthcoming|looming|impending|approaching|coming|planned|"
    r"scheduled)\s+(?:[\w.'’-]+\s+){0,3}|"
    r"(?:ahead of|in advance of|in the run-?up to|run-?up to|leading up to|heading into|going into|"
    r"prepar\w+ for|"
    r"(?<!this )(?<!last )(?<!next )(?:days?|weeks?|months?) (?:before|until|away from))"
    r"\s+(?:[\w.'’-]+\s+){0,3}|"
    r"next (?:week|month|year|spring|summer|fall|winter|\w+day)(?:['’]s)?\s+(?:[\w.'’-]+\s+){0,2})$",
    re.I,
)
_AHEAD_AFTER = re.compile(
    r"^[^.;:,]{0,12}\b(?:next (?:week|month|year|spring|summer|fall)|is scheduled|are scheduled|"
    r"approach(?:es|ing)|looms?|"
    r"draws near|later this (?:week|month|year))\b",
    re.I,
)
_NOT_YET = re.compile(r"\b(?:before|until|till|prior to|up to|for|to)\s+(?:[\w'’-]+\s+){0,3}$", re.I)
"""What was done before, or for, a happening does not tell whether it is over."""
_JUST_BEHIND = re.compile(
    r"\b(?:last (?:week|month|year|night|spring|summer|fall|winter|\w+day)|yesterday)['’]s\s+"
    r"(?:[\w.'’-]+\s+){0,2}$",
    re.I,
)
_BEHIND = re.compile(
    r"\b(?:(?:after|since|following|in the wake of|in the aftermath of|days after|weeks after|months after)|"
    r"(?:last (?:week|month|year|night|spring|summer|fall|winter|\w+day)(?:['’]s)?|yesterday['’]s|recent))\s+"
    r"(?:[\w.'’-]+\s+){0,4}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Naming:
    """A place that names a happening, or several of which it means one."""

    span: Span
    meant: tuple[Happening, ...]
    looks: float
    """-1 past, 1 to come, 0 untold; half of it where only the verb tells."""
    fresh: int
    """0: its sentence looks back further; 1: nothing told; 2: in the lead; 3: a day told beside it; 4: both.
    """
    bare: bool = False
    """Named by its class alone."""


def clues(text: str, doc: Doc, happenings: Happenings, spoken: Sequence[Deictic]) -> Iterator[Clue]:
    """Clues of the happenings a text names; `text` has everything that is not to be read blanked."""
    namings = list(_namings(text, doc, happenings, spoken))
    weeks: list[tuple[Happening, Clue]] = []
    for n in namings:
        yield from _dated_by_words(text, n.span, n.meant, spoken)
        yield from counted.from_name(text, n.span, n.meant)
        weeks += [(n.meant[0], clue) for clue in _same_week(n.span, n.meant, n.looks, spoken)]
    yield from (clue for _, clue in weeks)
    yield from _one_week(weeks)
    yield from _offsets(namings)


def _namings(text: str, doc: Doc, happenings: Happenings, spoken: Sequence[Deictic]) -> Iterator[_Naming]:
    lead = len(text) - len(text.lstrip()) + LEAD
    for span, meant, bare in _spans(text, happenings, spoken):
        low, high = sentence_of(text, span)
        told = any(
            low <= s.span.start and s.span.end <= high and _distance(s.span, span) < CLOSE
            for s in spoken
            if s.weekday is not None or s.unit == "D"
        )
        fresh = 0 if _STALE.search(text, low, high) else 1 + (span.start < lead) + 2 * told
        yield _Naming(span, meant, _looks(text, doc, span, meant), fresh, bare)


def _spans(
    text: str, happenings: Happenings, spoken: Sequence[Deictic]
) -> Iterator[tuple[Span, tuple[Happening, ...], bool]]:
    """What names happenings, by their names or, where no name stands, by their class alone."""
    named = _outermost(happenings.named_in(text))
    taken = []
    for (start, end), group in groupby(named, key=lambda n: (n.start, n.end)):
        taken.append(Span(start, end))
        yield taken[-1], tuple(n.happening for n in group), False
    for span, meant in named_by_class(text, happenings, spoken):
        if not any(span.start < t.end and t.start < span.end for t in taken):
            yield span, meant, True


def _offsets(namings: Sequence[_Naming]) -> Iterator[Clue]:
    """One clue a day of happenings, by its freshest naming, and what all of them tell together."""
    freshest: dict[tuple[date, ...], _Naming] = {}
    often: Counter[tuple[date, ...]] = Counter()
    for n in namings:
        key = tuple(h.start for h in n.meant)
        often[key] += 1
        if key not in freshest or n.fresh > freshest[key].fresh:
            freshest[key] = n
    gaps = [(n, *_days_of(n.meant)) for n in freshest.values()]
    for key, (n, after, before) in zip(freshest, gaps, strict=True):
        kind = n.meant[0].kind
        rows = (
            f"kind {kind}",
            f"group {GROUPS.get(kind, 'voted')}",
            f"looks {n.looks:g}",
            f"fresh {n.fresh}",
            f"fresh {n.fresh} looks {n.looks:g}",
            "one of several" if len(n.meant) > 1 else "one alone",
            f"named {min(often[key], OFTEN)}",
            *(("by its class",) if n.bare else ()),
        )
        told = ("to come" if n.looks > 0 else "past") + (" by its verb" if abs(n.looks) < 1 else "")
        yield Clue(n.span, _why(n), told, _bound(n), rows, offsets.pair(after, before, n.looks))
    if gaps:
        yield from _together(gaps)


def _together(gaps: Sequence[tuple[_Naming, d.Days, d.Days]]) -> Iterator[Clue]:
    """The nearest happening told as past, how many are recent, not known yet, or over too soon."""
    span = gaps[0][0].span
    never = np.full(d.SIZE, d.NEVER)
    past = [(n.fresh, after) for n, after, _ in gaps if n.looks <= 0]
    ahead = [before for n, _, before in gaps if n.looks >= 0]
    for row, least in (("nearest", 1), ("nearest fresh", 2)):
        nearest = np.minimum.reduce([never, *(after for fresh, after in past if fresh >= least)])
        yield Clue(span, "", rows=(row,), bins=offsets.near(nearest))
    for row, flags, most in (
        *((f"recent {time}", [after <= days for _, after in past], MANY) for time, days in RECENT.items()),
        *((f"soon {time}", [before <= days for before in ahead], MANY) for time, days in RECENT.items()),
        ("unknown yet", [after >= d.NEVER for n, after, _ in gaps if n.looks < 0], MANY_UNKNOWN),
        ("over", [before >= d.NEVER for n, _, before in gaps if n.looks > 0], MANY_OVER),
    ):
        number = np.zeros(d.SIZE)
        for flag in flags:
            number += flag
        yield Clue(span, "", rows=(row,), bins=offsets.count(number, most))


def _bound(n: _Naming) -> d.Days | None:
    """What is told as past has happened, what is to come is not over."""
    kinds = {h.kind for h in n.meant}
    if n.looks == 0 or kinds <= ASKED_FOR:
        return None
    if n.looks > 0:
        outside = d.until(sorted(d.number(h.end) for h in n.meant)) >= d.NEVER
    else:
        ahead = AGREED_AHEAD if kinds <= SETTLED else 0
        outside = d.since([d.number(h.start) - ahead for h in n.meant]) >= d.NEVER
    return np.where(outside, np.log(WRONG if abs(n.looks) == 1 else WRONG_VERB), 0.0)


def _days_of(meant: Sequence[Happening]) -> tuple[d.Days, d.Days]:
    starts = np.array([d.number(h.start) for h in meant])
    return d.around(starts, np.array([d.number(h.end) for h in meant]))


def _why(n: _Naming) -> str:
    """`after Lakeside summit (2009-10-16/2009-10-16)`."""
    first = n.meant[0]
    tense = "after" if n.looks < 0 else "before the end of" if n.looks > 0 else "about"
    if len(n.meant) == 1:
        return f"{tense} {first.name} ({first.start}/{first.end})"
    return f"{tense} {first.aliases[0] if first.aliases else first.name}"


def _outermost(named: Sequence[Named]) -> list[Named]:
    """Names that lie within no longer name of another happening."""
    return [
        n
        for n in named
        if not any(
            o.start <= n.start
            and n.end <= o.end
            and (o.end - o.start) > (n.end - n.start)
            and o.end - o.start < 60
            for o in named
        )
    ]


def _looks(text: str, doc: Doc, span: Span, meant: Sequence[Happening]) -> float:
    """+1: still to come, -1: past, 0: the words do not tell; half of it where only the verb does."""
    if all(h.kind in UNEXPECTED for h in meant):
        return -1
    low, high = sentence_of(text, span)
    before = text[low : span.start]
    if _JUST_BEHIND.search(before):
        return -1
    if _AHEAD.search(before) or _AHEAD_AFTER.search(text[span.end : high]):
        return 1
    if _NOT_YET.search(before):
        return 0
    if _BEHIND.search(before):
        return -1
    return tense.looks(doc, span) / 2


def _dated_by_words(
    text: str, span: Span, meant: Sequence[Happening], spoken: Sequence[Deictic]
) -> Iterator[Clue]:
    """`Friday, at the summit in Hamburg`, `last month's summit`: words counted from the day of writing."""
    low, high = sentence_of(text, span)
    close = [s for s in spoken if low <= s.span.start and s.span.end <= high and _distance(s.span, span)]
    if not close:
        return
    nearest = min(close, key=lambda s: (_distance(s.span, span), s.span.start))
    distance = _distance(nearest.span, span)
    short = [h for h in meant if (h.end - h.start).days <= 20]
    windows = [w for h in short for w in nearest.written(h.range)]
    if nearest.unit != "D" and distance > 15:  # `next month` of something else
        return
    if windows:
        parted = "," in text[min(nearest.span.end, span.end) : max(nearest.span.start, span.start)]
        outside = 0.015 if distance <= 12 and not parted else 0.25 if distance <= 60 else 0.5
        what = short[0].name if len(short) == 1 else text[span.start : span.end]
        yield Clue(
            Span(min(span.start, nearest.span.start), max(span.end, nearest.span.end)),
            f"'{text[nearest.span.start : nearest.span.end]}' of {' '.join(what.split())}",
            "words",
            d.inside(windows, outside),
        )


def _same_week(
    span: Span, meant: Sequence[Happening], looks: float, spoken: Sequence[Deictic]
) -> Iterator[Clue]:
    """A short happening, and elsewhere a bare `Friday` on which it took place, or `Sunday` on which it
    will.
    """
    short = [h for h in meant if (h.end - h.start).days <= 4]
    if not short:
        return
    bare = [s for s in spoken if s.weekday is not None and _fits(s, looks, short[0])]
    windows = [w for h in short for s in bare for w in s.written(h.range)]
    if windows:
        length, told = (short[0].end - short[0].start).days + 1, len({s.weekday for s in bare})
        outside = max(SAME_WEEK, 1 - (6 / 7) ** (told * length))
        yield Clue(span, f"weekdays of {short[0].name}", "weekdays", d.inside(windows, outside))


def _one_week(weeks: Sequence[tuple[Happening, Clue]]) -> Iterator[Clue]:
    """Two happenings a few days apart, each with a weekday of its own that fits: hardly by chance."""
    for n, (one, clue) in enumerate(weeks):
        for other, second in weeks[n + 1 :]:
            if 0 < abs((one.start - other.start).days) <= WEEK:
                both = np.where((clue.bound == 0) & (second.bound == 0), 0.0, np.log(BY_CHANCE))
                yield Clue(clue.span, f"weekdays of {one.name} and {other.name}", "one week", both)
                return


def _fits(spoken: Deictic, looks: float, happening: Happening) -> bool:
    """True when a weekday may speak of the happening: both past, or both to come."""
    if spoken.looks == "past":
        return looks <= 0
    return spoken.looks == "future" and (looks > 0 or happening.kind in SETTLED)


def _distance(a: Span, b: Span) -> int:
    return max(0, max(a.start, b.start) - min(a.end, b.end))
