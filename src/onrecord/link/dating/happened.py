"""Clues from happenings an article names: it was written after what it tells as past, before what is to
come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from onrecord.facts.happenings import Happening, Happenings, Named
from onrecord.link.dating import counted, tense
from onrecord.link.dating import days as d
from onrecord.link.dating.clues import Clue
from onrecord.link.dating.spoken import Deictic, sentence_of
from onrecord.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

UNEXPECTED = frozenset(
    {"attack", "war", "incident", "death", "crisis", "disaster", "test", "sanction", "resolution"}
)
"""Kinds that nobody announces: a text that names one was written after it."""
AGREED = frozenset({"accord", "treaty"})
"""Kinds that are spoken of as past from the day they are agreed, up to `AGREED_AHEAD` days before they
start.
"""
TOPICS = AGREED | {"crisis", "war", "trial"}
"""Kinds that stay in the news as topics for years."""
TOPIC_SHARE = 0.12
ANNOUNCED = frozenset(
    {"election", "vote", "convention", "summit", "sport", "state_visit", "inauguration", "debate", "award"}
)
"""Kinds whose day is known long before: an article that names one may well be written weeks ahead."""
SHARE = 0.55
SHARES = {
    **dict.fromkeys(("attack", "war", "crisis", "trial", "disaster", "incident"), 0.25),
    **dict.fromkeys(("accord", "treaty", "test", "sanction", "resolution", "law", "affair", "death"), 0.35),
    **dict.fromkeys(("summit", "state_visit", "talks", "call", "debate", "vote", "convention"), 0.8),
}
"""Share of the articles naming a happening of a kind that are written near it. Of 32 attacks and crises named
in 84 articles on one campaign 20 were over a year old; of 17 summits and visits named in our own articles of
all years one was.
"""
SPOKEN_AHEAD = frozenset({"endorsement", "resignation", "appointment", "ruling", "law"})
TALKED_ABOUT, AHEAD_TALK = 0.3, 150
"""Kinds that are asked for and denied before they happen, and the weight of the days before them."""
REACH, REACH_AHEAD = 12.0, 45.0
"""Days within which most articles that name a happening are written after it, and before an announced one."""
AGREED_AHEAD = 7
WRONG = 0.01
"""Weight of days on which a happening told as past had not happened, or one to come was over: the name may
mean something else."""
WRONG_VERB = 0.1
"""That weight for what is known long before, where only the verb tells (`they said that in Cleveland`)."""
WEEK, BY_CHANCE = 7, 0.02
"""Days between two happenings that weekdays of one article may both speak of, and how often they would fit an
article of another week: about (2/7)² for each pair of weekdays, less what the weekdays alone count for.
"""
SAME_WEEK = 0.3
"""Weight of the days outside the week of a happening whose weekday is told; with several weekdays, as often
as they fit by chance.
"""
OPEN_AHEAD = 500
"""Days before a planned happening from which it is spoken of without saying that it is to come."""
REPEAT_AFTER = 420
"""A name shared by several happenings (`Iowa caucuses`) mostly means one of the last, or next, so many
days.
"""

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


def clues(text: str, doc: Doc, happenings: Happenings, spoken: Sequence[Deictic]) -> Iterator[Clue]:
    """A clue for each happening a text names; `text` has everything that is not to be read blanked."""
    named = happenings.named_in(text)
    weeks: list[tuple[Happening, Clue]] = []
    for (start, end), group in groupby(_outermost(named), key=lambda n: (n.start, n.end)):
        meant = [n.happening for n in group]
        span = Span(start, end)
        looks = _looks(text, doc, span, meant)
        yield _clue(span, meant, looks)
        yield from _dated_by_words(text, span, meant, spoken)
        yield from counted.from_name(text, span, meant)
        weeks += [(meant[0], clue) for clue in _same_week(span, meant, looks, spoken)]
    yield from (clue for _, clue in weeks)
    yield from _one_week(weeks)


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


def _clue(span: Span, meant: Sequence[Happening], looks: float) -> Clue:
    starts = [d.number(h.start) for h in meant]
    ends = sorted(d.number(h.end) for h in meant)
    after, before = d.since(starts), d.until(ends)
    name = meant[0].name if len(meant) == 1 else meant[0].aliases[0] if meant[0].aliases else meant[0].name
    told = f"{name} ({meant[0].start}/{meant[0].end})" if len(meant) == 1 else name
    far = np.log(0.2) if len(meant) > 1 else 0.0
    reach = REACH
    share = min(TOPIC_SHARE if h.kind in TOPICS else SHARES.get(h.kind, SHARE) for h in meant)
    announced = all(h.kind in ANNOUNCED for h in meant)
    wrong = np.log(WRONG if abs(looks) == 1 or not announced else WRONG_VERB)
    if all(h.kind in SPOKEN_AHEAD for h in meant):
        ahead = np.where(before <= AHEAD_TALK, np.log(TALKED_ABOUT), np.log(WRONG))
        bound = np.where(after < d.NEVER, 0.0, ahead)
        return Clue(span, f"about {told}", bound, np.minimum(after, before / TALKED_ABOUT), reach, share)
    if looks < 0:
        if meant[0].kind in AGREED:
            after = d.since([at - AGREED_AHEAD for at in starts])
        bound = np.where(after < d.NEVER, np.where(after > REPEAT_AFTER, far, 0.0), wrong)
        return Clue(span, f"after {told}", bound, after, reach, share)
    if looks > 0:
        lead = np.where(before > OPEN_AHEAD, np.log(0.05), 0.0)
        bound = np.where(before < d.NEVER, lead, wrong)
        return Clue(
            span, f"before the end of {told}", bound, before, REACH_AHEAD if announced else 20.0, share
        )
    before_near = before * (REACH / REACH_AHEAD) if announced else before
    near = np.minimum(after, before)
    bound = np.where(
        (after < d.NEVER) | (before <= OPEN_AHEAD), np.where(near > REPEAT_AFTER, far, 0.0), np.log(0.03)
    )
    return Clue(span, f"about {told}", bound, np.minimum(after, before_near), reach, share)


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
        outside = 0.015 if distance <= 12 else 0.25 if distance <= 60 else 0.5
        what = short[0].name if len(short) == 1 else text[span.start : span.end]
        yield Clue(
            Span(min(span.start, nearest.span.start), max(span.end, nearest.span.end)),
            f"'{text[nearest.span.start : nearest.span.end]}' of {' '.join(what.split())}",
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
        yield Clue(span, f"weekdays of {short[0].name}", d.inside(windows, outside))


def _one_week(weeks: Sequence[tuple[Happening, Clue]]) -> Iterator[Clue]:
    """Two happenings a few days apart, each with a weekday of its own that fits: hardly by chance."""
    for n, (one, clue) in enumerate(weeks):
        for other, second in weeks[n + 1 :]:
            if one.id != other.id and abs((one.start - other.start).days) <= WEEK:
                both = np.where((clue.bound == 0) & (second.bound == 0), 0.0, np.log(BY_CHANCE))
                yield Clue(clue.span, f"weekdays of {one.name} and {other.name}", both)
                return


def _fits(spoken: Deictic, looks: float, happening: Happening) -> bool:
    """True when a weekday may speak of the happening: both past, or both to come."""
    if spoken.looks == "past":
        return looks <= 0
    return spoken.looks == "future" and (looks > 0 or happening.kind in AGREED)


def _distance(a: Span, b: Span) -> int:
    return max(0, max(a.start, b.start) - min(a.end, b.end))
