"""Opposite answers of two sides in two articles about one meeting: `had agreed`, `had not agreed`.

Read off the words of statements, with no syntax, so it is strict: one past verb of agreeing, raising or
promising in each, one negated and the other not, and the same matter in the words that follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from onrecord.merge.ground import Ground
from onrecord.types import Account, MergedDispute, MergedMeeting, Side, Statement, row_id

SHARED = 0.6
"""Share of the shorter matter's words that must stand in the other one."""
MIN_SHARED = 2
"""Words of the matter that must be shared at least."""

_QUESTIONS = {
    "agree": "agreed", "agreed": "agreed", "accept": "agreed", "accepted": "agreed", "raise": "raised",
    "raised": "raised", "discuss": "raised", "discussed": "raised", "promise": "promised",
    "promised": "promised",
}  # fmt: skip
_CLAIM = re.compile(
    r"(?P<before>(?:\w+\s+){0,3})\b(?P<verb>" + "|".join(_QUESTIONS) + r")\b(?P<after>.*)", re.DOTALL
)
_NO = re.compile(r"\b(?:not|never|no|nothing|n't)\b|n't\b", re.IGNORECASE)
_UNREAL = re.compile(
    r"\b(?:will|would|may|might|could|can|should|must|if|to|unless)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_PASSIVE = re.compile(r"\b(?:was|were|been)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{3,}")
_EMPTY = frozenset(
    {
        "the", "and", "for", "that", "this", "with", "from", "was", "were", "had", "has", "have", "not",
        "his", "her", "their", "its", "they", "any", "all", "but", "been", "when", "who", "which",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement's answer to whether something was agreed, raised or promised."""

    article: str
    statement: Statement
    question: str
    yes: bool
    matter: frozenset[str]
    """Stems of what was agreed, raised or promised: behind the verb, of a passive before it."""
    around: frozenset[str] = frozenset()
    """Stems of all its words."""


POSSIBLE = 0.4
"""Confidence of a dispute whose two matters are not plainly one; listed on demand only."""


def disputes(
    rows: Iterable[tuple[str, Statement]], meetings: Sequence[MergedMeeting], ground: Ground
) -> Iterator[MergedDispute]:
    """Opposite claims of two sides that met, told in two articles of that meeting."""
    homes: dict[str, list[MergedMeeting]] = {}
    for meeting in meetings:
        for article in {a.article for a in meeting.accounts} if meeting.articles > 1 else ():
            homes.setdefault(article, []).append(meeting)
    claims: dict[str, list[Claim]] = {}
    for article, statement in rows:
        found = claim(article, statement) if article in homes else None
        for meeting in homes[article] if found else ():
            claims.setdefault(meeting.id, []).extend([found] if found else [])
    known: Mapping[str, MergedMeeting] = {m.id: m for m in meetings}
    seen: set[tuple[str, ...]] = set()
    for meeting_id in sorted(claims):
        ordered = sorted(claims[meeting_id], key=lambda c: (c.article, c.statement.id))
        for one, other in combinations(ordered, 2):
            sure = opposed(one, other, known[meeting_id], ground)
            if sure is None:
                continue
            key = (*sorted((str(one.statement.speaker), str(other.statement.speaker))), one.question)
            if (meeting_id, *key) not in seen:
                seen.add((meeting_id, *key))
                yield _dispute(one, other, meeting_id, ground, sure)


def claim(article: str, statement: Statement) -> Claim | None:
    """What a statement answers, None where it answers nothing, or speaks of what is not real."""
    found = _CLAIM.search(statement.quote)
    if found is None or not statement.speaker or statement.hedged:
        return None
    before, verb = found["before"], found["verb"]
    negated = bool(_NO.search(before))
    past = verb.endswith("ed") or (negated and re.search(r"\b(?:did|didn't)\b", before))
    if not past or _UNREAL.search(before):
        return None
    passive = bool(_PASSIVE.search(before))
    matter = _stems(statement.quote[: found.start("verb")] if passive else found["after"])
    yes = negated == (statement.act == "deny")
    return Claim(article, statement, _QUESTIONS[verb], yes, matter, _stems(statement.quote))


def _stems(words: str) -> frozenset[str]:
    told = (w for w in _WORD.findall(words.lower()) if w not in _EMPTY and w not in _QUESTIONS)
    return frozenset(w[:6] for w in told)


def opposed(one: Claim, other: Claim, meeting: MergedMeeting, ground: Ground) -> float | None:
    """Confidence that two sides of a meeting give opposite answers about one matter in two articles."""
    sides = [ground.side(str(c.statement.speaker)) for c in (one, other)]
    present = {ground.side(p) for p in meeting.participants}
    if one.article == other.article or sides[0] == sides[1] or not set(sides) <= present:
        return None
    if one.question != other.question or one.yes == other.yes:
        return None
    shared = one.matter & other.matter
    if len(shared) >= max(MIN_SHARED, SHARED * min(len(one.matter), len(other.matter))):
        return 0.7
    return POSSIBLE if len(one.around & other.around) >= MIN_SHARED else None


def _about(statement: Statement) -> str:
    """A claim as a question: its first run of words, without quotation marks and an opening `that`."""
    span = statement.content[0]
    run = statement.quote if len(statement.content) == 1 else statement.quote[: span.end - span.start]
    return "whether " + " ".join(run.split()).strip(' ,.;“”"').removeprefix("that ")


def _dispute(one: Claim, other: Claim, meeting: str, ground: Ground, sure: float) -> MergedDispute:
    pair = (one, other)
    told = one.statement if one.yes else other.statement
    return MergedDispute(
        id=row_id("d", "", meeting, one.statement.id, other.statement.id),
        about=_about(told),
        kind="contradiction",
        sides=tuple(
            Side(actor=c.statement.speaker, told=c.statement.quote, statement=c.statement.id,
                 evidence=c.statement.content, article=c.article)
            for c in pair
        ),
        confidence=sure,
        why=f"opposite answers in two articles: {one.question}",
        about_row=meeting,
        articles=len({c.article for c in pair}),
        independent=ground.independent(c.article for c in pair),
        accounts=tuple(
            Account(article=c.article, row=c.statement.id, actor=c.statement.speaker,
                    statement=c.statement.id, told={"words": c.statement.quote}, evidence=c.statement.content)
            for c in pair
        ),
    )  # fmt: skip
