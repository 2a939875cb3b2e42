"""Opposite answers of two sides in two articles about one meeting: `had agreed`, `had not agreed`.

Read off the words of statements, with no syntax, so it is strict: one past verb of agreeing, raising or
promising in each, one negated and the other not, and the same matter in the words that follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from onrecord.merge.ground import Ground
from onrecord.types import Account, MergedDispute, MergedMeeting, Side, Statement, row_id

SHARED = 0.6
"""Share of the shorter matter's words that must stand in the other one."""
MIN_SHARED = 2
"""Words of the matter that must be shared at least."""

_QUESTIONS = {
    "agree": "agreed", "agreed": "agreed", "accept": "agreed", "accepted": "agreed", "raise": "raised",
    "raised": "raised", "discuss": "raised", "discussed": "raised", "mention": "raised",
    "mentioned": "raised",
    "promise": "promised", "promised": "promised", "pledge": "promised", "pledged": "promised",
    "apologise": "apologised", "apologised": "apologised", "apologize": "apologised",
    "apologized": "apologised", "offer": "offered", "offered": "offered",
}  # fmt: skip
_VERB = re.compile(r"\b(?:" + "|".join(_QUESTIONS) + r")\b")
_CLAIM = re.compile(
    r"(?P<before>(?:\w+\s+){0,3})\b(?P<verb>" + "|".join(_QUESTIONS) + r")\b(?P<after>.*)", re.DOTALL
)
_MADE = re.compile(
    r"\b(?:made|gave|given|been)\s+(?P<no>no|a|any)\s+(?P<noun>promise|pledge|offer|apology)\b"
)
_NOUNS = {"promise": "promised", "pledge": "promised", "offer": "offered", "apology": "apologised"}
_ANYTHING = re.compile(r"\s*(?:\w+\s+){0,2}(?:anything|anybody|anyone)\b", re.IGNORECASE)
"""Right behind the verb of a denial: it answers every claim of that kind."""
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
    question: str | None
    """None where only its proposition is compared."""
    yes: bool = False
    matter: frozenset[str] = frozenset()
    """Stems of what was agreed, raised or promised: behind the verb, of a passive before it."""
    around: frozenset[str] = frozenset()
    """Stems of all its words."""
    whole: bool = False
    """Denies everything of its kind: `promised nothing`, `did not promise anything`."""

    @property
    def side_actor(self) -> str | None:
        """The speaker, or the state that the source speaks for."""
        tells = self.statement.proposition
        return tells.actor if tells else self.statement.speaker


AFTER = 7
"""Days after a meeting within which an article that does not tell it may still speak of it."""
POSSIBLE = 0.4
"""Confidence of a dispute whose two matters are not plainly one; listed on demand only."""


def disputes(
    claims: Iterable[Claim], meetings: Sequence[MergedMeeting], ground: Ground
) -> Iterator[MergedDispute]:
    """Opposite claims of two sides that met, told in two articles of or about the days of that meeting."""
    homes = _Homes(meetings, ground)
    about: dict[str, list[Claim]] = {}
    for told in (c for c in claims if c.question):
        for meeting in homes.of(told):
            about.setdefault(meeting, []).append(told)
    known: Mapping[str, MergedMeeting] = {m.id: m for m in meetings}
    seen: set[tuple[str, ...]] = set()
    for meeting_id in sorted(about):
        ordered = sorted(about[meeting_id], key=lambda c: (c.article, c.statement.id))
        for one, other in combinations(ordered, 2):
            sure = opposed(one, other, known[meeting_id], ground)
            if sure is None:
                continue
            key = (*sorted((str(one.statement.speaker), str(other.statement.speaker))), str(one.question))
            if key not in seen:
                seen.add(key)
                yield _dispute(one, other, meeting_id, ground, sure)


class _Homes:
    """Meetings by the articles that tell them, and by one of their sides and the days after them."""

    def __init__(self, meetings: Sequence[MergedMeeting], ground: Ground) -> None:
        self.ground = ground
        self.told: dict[str, list[str]] = {}
        self.by_side: dict[tuple[str, date], list[str]] = {}
        for meeting in meetings:
            for article in {a.article for a in meeting.accounts}:
                self.told.setdefault(article, []).append(meeting.id)
            day = meeting.date.start if meeting.date and meeting.date.days == 1 else None
            if day is None:
                continue
            for side in sorted({ground.side(p) for p in meeting.participants}):
                self.by_side.setdefault((side, day), []).append(meeting.id)

    def of(self, claim: Claim) -> list[str]:
        """Meetings that a claim may speak of: told in its article, or held by its side days before."""
        found = list(self.told.get(claim.article, ()))
        written = self.ground.written(claim.article)
        if written and written.start and written.days == 1:
            side = self.ground.side(str(claim.statement.speaker))
            for back in range(AFTER + 1):
                found += self.by_side.get((side, written.start - timedelta(days=back)), ())
        return list(dict.fromkeys(found))


def claims(rows: Iterable[tuple[str, Statement]]) -> Iterator[Claim]:
    """What statements answer or tell of two sides' dealings, of those that do."""
    for article, statement in rows:
        found = claim(article, statement)
        if found is None and statement.proposition:
            found = Claim(article, statement, None)
        if found:
            yield found


def claim(article: str, statement: Statement) -> Claim | None:
    """What a statement answers, None where it answers nothing, or speaks of what is not real."""
    if not statement.speaker or statement.hedged:
        return None
    made = _MADE.search(statement.quote)
    if made is not None:
        yes = (made["no"] == "no") == (statement.act == "deny")
        matter = _stems(statement.quote[made.end() :])
        return Claim(article, statement, _NOUNS[made["noun"]], yes, matter, _stems(statement.quote))
    # Most statements hold no such verb; words before one are looked for only where there is one.
    found = _CLAIM.search(statement.quote) if _VERB.search(statement.quote) else None
    if found is None:
        return None
    before, verb = found["before"], found["verb"]
    negated = bool(_NO.search(before))
    past = verb.endswith("ed") or (negated and re.search(r"\b(?:did|didn't)\b", before))
    if not past or _UNREAL.search(before):
        return None
    passive = bool(_PASSIVE.search(before))
    matter = _stems(statement.quote[: found.start("verb")] if passive else found["after"])
    yes = negated == (statement.act == "deny")
    whole = negated and not passive and bool(_ANYTHING.match(found["after"]))
    return Claim(article, statement, _QUESTIONS[verb], yes, matter, _stems(statement.quote), whole)


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
    no = other if one.yes else one
    both = all(c.article in {a.article for a in meeting.accounts} for c in (one, other))
    if no.whole and both:
        return 0.6  # `did not promise A anything`
    shared = one.matter & other.matter
    if both and one.question == "raised" and shared and min(len(one.matter), len(other.matter)) == 1:
        return 0.6  # `the fishermen were never raised`
    if len(shared) >= max(MIN_SHARED, SHARED * min(len(one.matter), len(other.matter))):
        return 0.7
    return POSSIBLE if both and len(one.around & other.around) >= MIN_SHARED else None


def _about(statement: Statement) -> str:
    """A claim as a question: its first run of words, without quotation marks and an opening `that`."""
    span = statement.content[0]
    run = statement.quote if len(statement.content) == 1 else statement.quote[: span.end - span.start]
    return "whether " + " ".join(run.split()).strip(' ,.;“”"').removeprefix("that ")


def _dispute(one: Claim, other: Claim, meeting: str, ground: Ground, sure: float) -> MergedDispute:
    yes, no = (one, other) if one.yes else (other, one)
    why = f"opposite answers in two articles: {one.question}"
    return dispute_of(yes, no, meeting, why, sure, ground)


def dispute_of(
    yes: Claim, no: Claim, meeting: str | None, why: str, sure: float, ground: Ground
) -> MergedDispute:
    """A claim and the other side's denial of it, each in its own article, as a dispute."""
    pair = sorted((yes, no), key=lambda c: (c.article, c.statement.id))
    return MergedDispute(
        id=row_id("d", "", meeting or "", *(c.statement.id for c in pair)),
        about=_about(yes.statement),
        kind="contradiction",
        sides=tuple(
            Side(actor=c.side_actor, told=c.statement.quote, statement=c.statement.id,
                 evidence=c.statement.content, article=c.article)
            for c in pair
        ),
        confidence=sure,
        why=why,
        about_row=meeting,
        articles=len({c.article for c in pair}),
        independent=ground.independent(c.article for c in pair),
        accounts=tuple(
            Account(article=c.article, row=c.statement.id, actor=c.side_actor, statement=c.statement.id,
                    told={"words": c.statement.quote}, evidence=c.statement.content)
            for c in pair
        ),
    )  # fmt: skip
