"""Propositions of two sides in two articles that cannot both hold: what one says was, the other says was not.

Two statements are one matter when the denied word or deed is what the other affirms, and beside it they share
words. In two tellings of one meeting one word is enough; else, within days of each other on the same two
sides, one that few articles of the pile use, or two; weeks apart two such words. Without a meeting in common
only deeds between governments are sure: to bring up, to bind oneself, to ask, to meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.merge.ground import Ground
from onrecord.merge.opposed import Claim, dispute_of
from onrecord.types import MergedDispute, MergedMeeting, Proposition

NEAR, FAR = 7, 45
"""Days between two articles that speak of one round of dealings, and that may still."""
_BOTH, ENOUGH = 2, 2
"""Sides named in both articles; rare words shared by articles weeks apart."""
RARE = 6
"""Articles of a pile that may use a word in what they claim, for it to tell a matter."""
_SAID, _BY_WORD = "=said", frozenset({"=bound", "=raised"})
"""A promise or a matter raised may be told as words: `A told me we are exempt`."""
_MARKED = re.compile(r"[@>#]|^no ")
"""Keys that tell more of another one."""
SURE, POSSIBLE = 0.65, 0.4


@dataclass(frozen=True, slots=True)
class _Pair:
    """A statement, and the other side's that says no to it."""

    yes: Claim
    no: Claim
    key: str
    meeting: str | None
    sure: float


def disputes(
    claims: Sequence[Claim], meetings: Sequence[MergedMeeting], ground: Ground
) -> Iterator[MergedDispute]:
    """The surest pair of each two sides and denied thing in each two articles' matter."""
    told: dict[str, list[Claim]] = {}
    denying: list[Claim] = []
    for claim in claims:
        tells = claim.statement.proposition
        if tells and tells.was_not:
            denying.append(claim)
        for key in tells.was if tells else ():
            told.setdefault(key, []).append(claim)
    homes = _homes(meetings)
    common = _common(claims)
    best: dict[tuple[str, ...], _Pair] = {}
    for no in sorted(denying, key=lambda c: (c.article, c.statement.id)):
        for pair in _answers(no, told, homes, common, ground):
            sides = sorted((_of(pair.yes).side, _of(no).side))
            place = (*sides, no.statement.id)
            known = best.get(place)
            if known is None or _rank(pair) > _rank(known):
                best[place] = pair
    yield from (_dispute(p, ground) for p in _once(best.values()))


def _once(pairs: Iterable[_Pair]) -> Iterator[_Pair]:
    """One pair a statement that is answered, and two sides."""
    seen: set[tuple[str, ...]] = set()
    for pair in sorted(pairs, key=_rank, reverse=True):
        place = (_of(pair.no).side, _of(pair.yes).side, pair.key)
        if place not in seen:
            seen.add(place)
            yield pair


def _rank(pair: _Pair) -> tuple[float, bool, int, str, str]:
    shared = len(set(_of(pair.yes).words) & set(_of(pair.no).words))
    return pair.sure, pair.meeting is not None, shared, pair.no.statement.id, pair.yes.statement.id


def _of(claim: Claim) -> Proposition:
    tells = claim.statement.proposition
    assert tells is not None
    return tells


def _homes(meetings: Sequence[MergedMeeting]) -> Mapping[str, frozenset[str]]:
    """Article → the meetings it tells."""
    found: dict[str, set[str]] = {}
    for meeting in meetings:
        for account in meeting.accounts:
            found.setdefault(account.article, set()).add(meeting.id)
    return {a: frozenset(m) for a, m in found.items()}


def _common(claims: Iterable[Claim]) -> frozenset[str]:
    """Words that more than a few articles use."""
    holders: dict[str, set[str]] = {}
    for claim in claims:
        for word in _of(claim).words if claim.statement.proposition else ():
            holders.setdefault(word, set()).add(claim.article)
    return frozenset(word for word, articles in holders.items() if len(articles) > RARE)


def _answers(
    no: Claim,
    told: Mapping[str, Sequence[Claim]],
    homes: Mapping[str, frozenset[str]],
    common: frozenset[str],
    ground: Ground,
) -> Iterator[_Pair]:
    """What other articles affirm that a statement denies."""
    keys = [k for k in _of(no).was_not if not _MARKED.search(k)]
    keys += [_SAID] if _BY_WORD & set(keys) and _SAID not in keys else []
    for key, yes in ((k, y) for k in keys for y in told.get(k, ())):
        pair = _pair(yes, no, key, homes, common, ground)
        if pair:
            yield pair


def _pair(
    yes: Claim,
    no: Claim,
    key: str,
    homes: Mapping[str, frozenset[str]],
    common: frozenset[str],
    ground: Ground,
) -> _Pair | None:
    mine, theirs = _of(yes), _of(no)
    named = (mine.side in theirs.among) + (theirs.side in mine.among)
    apart = _apart(yes, no, ground)
    if not named or apart > FAR or not _two_sides(yes, no, ground) or _is_other_deed(mine, theirs, key):
        return None
    shared = (set(mine.words) & set(theirs.words)) - set(theirs.was_not)
    both = sorted(homes.get(yes.article, frozenset()) & homes.get(no.article, frozenset()))
    thing = bool(both) and f"no {key}" in theirs.was_not and not key.startswith("=")
    if not shared and not thing:
        return None
    rare = shared - common
    near = named == _BOTH and apart <= NEAR and bool(rare)
    if not (both or near or len(rare) >= ENOUGH):
        return None
    sure = both or (key.startswith("=") and (near or len(rare) >= ENOUGH))
    return _Pair(yes, no, key, both[0] if both else None, SURE if sure else POSSIBLE)


def _two_sides(yes: Claim, no: Claim, ground: Ground) -> bool:
    """Two sides in two articles of which neither is a copy of the other."""
    copies = ground.copy_of.get(yes.article, yes.article) == ground.copy_of.get(no.article, no.article)
    return not copies and _of(yes).side != _of(no).side


def _apart(yes: Claim, no: Claim, ground: Ground) -> int:
    """Days between two articles at least; many where one of them has no date."""
    days = [ground.written(c.article) for c in (yes, no)]
    ends = [(d.start, d.end) for d in days if d and d.start and d.end]
    if len(ends) < len(days):
        return FAR + 1
    (a, b), (c, d) = ends
    return max((c - b).days, (a - d).days, 0)


def _is_other_deed(mine: Proposition, theirs: Proposition, key: str) -> bool:
    """`A attacked`, `B did not attack`: deeds of two; `fees were raised`, `fares were not`: two things."""
    for mark in "@>":
        told = [
            {k.partition(mark)[2] for k in keys if k.startswith(f"{key}{mark}")}
            for keys in (mine.was, theirs.was_not)
        ]
        if all(told) and not told[0] & told[1]:
            return True
    return False


def _dispute(pair: _Pair, ground: Ground) -> MergedDispute:
    why = f"opposite answers in two articles: {pair.key.removeprefix('=')}"
    return dispute_of(pair.yes, pair.no, pair.meeting, why, pair.sure, ground)
