"""Agreements across articles: one row a treaty, truce or consent, with its state as told later."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence

from onrecord.facts.stems import stem, stems
from onrecord.merge.ground import Ground, Told, common, day_key, first_told
from onrecord.types import Account, Agreement, AgreementState, MergedAgreement, Range, row_id

Row = Told[Agreement]

SHARED = 0.6
"""Share of the shorter subject's own words that two tellings of one agreement have in common."""

_OVER: frozenset[AgreementState] = frozenset({"violated", "expired", "withdrawn"})

NEWS_DAYS = 7
"""Days between two articles in which two sides tell of one agreement as news."""

SAME_DAY_WORDS = 2
"""Words in common that are enough where the same two sides agreed on one and the same day."""

NAMED = 0.34
"""Share of a subject's own words that stand in the sentences in which another article tells of it; within
`NEWS_DAYS` one word is enough."""

BARE_DAYS = 60
"""Days between two articles in which `the pact` of the same two sides is one pact."""

_KINDS = frozenset({"agreement", "deal", "accord", "treaty", "pact", "protocol", "memorandum"})
_DAY = re.compile(
    r"\b(?:of|on|signed|dated|last|in)?\s*(?:\d{1,2}\s+)?"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?(?:\s+\d{1,2})?(?:,?\s+\d{4})?\b"
)
_WORD = re.compile(r"[\w\-]+")
_EMPTY = frozenset(
    {
        "a", "an", "and", "the", "of", "on", "in", "to", "for", "with", "by", "its", "their", "new",
        "agreement", "deal", "accord", "treaty", "pact", "that", "which", "was", "is", "be", "between",
        "two", "sides", "draft", "final", "protocol", "memorandum", "understanding",
    }
)  # fmt: skip
_EMPTY_STEMS = frozenset(stem(w) for w in _EMPTY)
_TRUCE = re.compile(r"\b(?:cease-?\s?fires?|truces?|armistices?)\b", re.IGNORECASE)


def merge(rows: Iterable[tuple[str, Agreement]], ground: Ground) -> tuple[MergedAgreement, ...]:
    """All agreements, by the day they were made and id."""
    told = sorted((Told(a, r) for a, r in rows), key=lambda t: (day_key(_day(t.row)), t.article, t.row.id))
    groups: list[list[Row]] = []
    index: dict[Hashable, list[int]] = {}
    for row in told:
        keys = list(blocks(row, ground))
        near = sorted({n for key in keys for n in index.get(key, ())})
        home = next((n for n in near if _joins(row, groups[n], ground)), None)
        if home is None:
            home = len(groups)
            groups.append([])
        groups[home].append(row)
        for key in keys:
            held = index.setdefault(key, [])
            if home not in held:
                held.append(home)
    merged = (_merged(g, ground) for g in groups)
    return tuple(sorted(merged, key=lambda a: (day_key(_day(a)), a.id)))


def _joins(row: Row, group: Sequence[Row], ground: Ground) -> bool:
    """Nothing in the group speaks against it, and something tells of the same."""
    return all(fits(row, m, ground) for m in group) and any(alike(row, m, ground) for m in group)


def _in_one_age(one: Row, other: Row) -> bool:
    """Both over, or neither: what has run out is not what was just signed."""
    return (one.row.state in _OVER) == (other.row.state in _OVER)


def _one_pair(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """The same two sides, of which one telling may leave one out."""
    return len(mine | theirs) == 2 and bool(mine & theirs)


def _pair(told: Row, ground: Ground) -> frozenset[str]:
    """The sides of its parties; people of unknown country count where nobody else is told."""
    known = frozenset(
        a.country or a.id
        for p in told.row.parties
        if (a := ground.actors.get(p)) and (a.country or a.kind != "person")
    )
    return known or frozenset(ground.side(p) for p in told.row.parties)


def _in_days(one: Row, other: Row, ground: Ground, most: int = NEWS_DAYS) -> bool:
    """Written within days of each other."""
    days = [d.start for t in (one, other) if (d := ground.written(t.article)) and d.start and d.end]
    return len(days) == 2 and abs((days[0] - days[1]).days) <= most


def _day(agreement: Agreement) -> Range | None:
    return agreement.made_on or agreement.effective


def words(subject: str) -> frozenset[str]:
    """The words that tell one agreement from another; all truces share one."""
    low = _TRUCE.sub(" truce ", subject.lower())
    return frozenset(w for w in _WORD.findall(low) if w not in _EMPTY and len(w) > 1)


def _bare_kind(subject: str) -> str | None:
    """The noun of an agreement that no word but a day tells apart: `pact`, `pact of August 9`."""
    found = [w for w in _WORD.findall(subject.lower()) if w in _KINDS]
    return found[0] if found and not words(_DAY.sub(" ", subject)) else None


def blocks(row: Row, ground: Ground) -> Iterator[Hashable]:
    """Blocks: every telling word of the subject, and the two sides in a stretch of time, not-agreed apart."""
    refused = row.row.state == "not_agreed"
    for word in sorted(words(row.row.subject)):
        yield word, refused
    kind = _bare_kind(row.row.subject)
    if kind:
        yield "bare", kind
    yield from _pair_blocks(row, ground)


def _pair_blocks(row: Row, ground: Ground) -> Iterator[Hashable]:
    """Each of two sides in the stretch of time in which an article tells of them, and in the next."""
    days, pair = ground.written(row.article), _pair(row, ground)
    if 1 <= len(pair) <= 2 and days and days.start:
        stretch = days.start.toordinal() // BARE_DAYS
        yield from (("side", one, n) for one in sorted(pair) for n in (stretch, stretch + 1))


def same(one: Row, other: Row, ground: Ground) -> bool:
    """True when two articles tell of one agreement: nothing speaks against it, and words for it."""
    return fits(one, other, ground) and alike(one, other, ground)


def fits(one: Row, other: Row, ground: Ground) -> bool:
    """Nothing speaks against one agreement: parties and days."""
    a, b = one.row, other.row
    if one.article == other.article or (
        _is_refused(one) != _is_refused(other) and not _is_denial(one, other)
    ):
        return False
    sides = [{ground.side(p) for p in (*r.parties, *r.brokers)} for r in (a, b)]
    if not (sides[0] & sides[1]):
        return False
    mine, theirs = _pair(one, ground), _pair(other, ground)
    if len(mine & theirs) < min(2, len(mine), len(theirs)):
        return False
    if a.made_on and b.made_on and not a.made_on.overlaps(b.made_on):
        return False
    apart = a.effective and b.effective and not a.effective.overlaps(b.effective)
    # from which day it holds may itself be disputed; then something else has to say that it is one agreement
    return not apart or _one_day(a.made_on, b.made_on) or _two_sides_tell(one, other, ground)


def _is_refused(told: Row) -> bool:
    return told.row.state == "not_agreed"


def _is_denial(one: Row, other: Row) -> bool:
    """`Nothing was agreed about fees`, says one side of what the other says was: another account of it."""
    denied, claimed = (one, other) if _is_refused(one) else (other, one)
    own = stems(denied.row.subject) - _EMPTY_STEMS
    shared = own & stems(claimed.row.subject)
    told = denied.row.on_word_of is not None and claimed.row.state in ("agreed", "in_force")
    return told and bool(shared) and 2 * len(shared) >= len(own)


def alike(one: Row, other: Row, ground: Ground) -> bool:
    """It is told as one: by words of the subjects, or of one subject in the sentences of the other."""
    a, b = one.row, other.row
    mine, theirs = _pair(one, ground), _pair(other, ground)
    kinds = {_bare_kind(r.subject) for r in (a, b)}
    if len(kinds) == 1 and None not in kinds:
        return mine == theirs and len(mine) == 2 and _in_days(one, other, ground, BARE_DAYS)
    one_words, other_words = words(a.subject), words(b.subject)
    shared = one_words & other_words
    fewer = min(len(one_words), len(other_words))
    if _one_pair(mine, theirs):
        if _one_day(a.made_on, b.made_on) and len(shared) >= SAME_DAY_WORDS:
            return True
        near = _in_one_age(one, other) and _in_days(one, other, ground, BARE_DAYS)
        if near and (_names(one, other, ground) or _names(other, one, ground)):
            return True
    return bool(shared) and len(shared) >= SHARED * fewer and (len(shared) >= 2 or fewer == 1)


def _names(one: Row, other: Row, ground: Ground) -> bool:
    """Whether words of one's subject stand in the sentences that tell the other."""
    sides = frozenset(s for p in one.row.parties if (a := ground.actors.get(p)) for s in stems(a.name))
    own = stems(one.row.subject) - _EMPTY_STEMS - sides
    found = own & stems(other.row.text)
    return bool(found) and (len(found) >= NAMED * len(own) or _in_days(one, other, ground))


def _two_sides_tell(one: Row, other: Row, ground: Ground) -> bool:
    """Each rests on the word of another of its two sides, written within days of each other."""
    voices = [ground.speakers.get(t.row.on_word_of or "") for t in (one, other)]
    told = {ground.side(v) for v in voices if v}
    days = [d.start for t in (one, other) if (d := ground.written(t.article)) and d.start and d.end]
    if len(days) != 2 or len(told) != 2 or not told <= {ground.side(p) for p in one.row.parties}:
        return False
    return abs((days[0] - days[1]).days) <= NEWS_DAYS


def _one_day(one: Range | None, other: Range | None) -> bool:
    """Both told, and the same single day."""
    return one is not None and one == other and one.days == 1


def _merged(group: Sequence[Row], ground: Ground) -> MergedAgreement:
    told = first_told(group, ground)
    rows = [t.row for t in told]
    lead = max(rows, key=lambda r: (len(words(r.subject)), r.confidence, r.id))
    return MergedAgreement(
        id=row_id("a", "", *sorted(r.id for r in rows)),
        parties=tuple(dict.fromkeys(p for r in rows for p in r.parties)),
        subject=lead.subject,
        made_on=common(r.made_on for r in rows if r.made_on),
        effective=common(r.effective for r in rows if r.effective),
        expires=common(r.expires for r in rows if r.expires),
        state=_state(rows),
        on_word_of=rows[0].on_word_of if all(r.on_word_of for r in rows) else None,
        brokers=tuple(dict.fromkeys(p for r in rows for p in r.brokers)),
        conditions=tuple(dict.fromkeys(c for r in rows for c in r.conditions)),
        evidence=lead.evidence,
        text=lead.text,
        confidence=max(r.confidence for r in rows),
        why="; ".join(dict.fromkeys(r.why for r in rows if r.why)),
        told_by=ground.told_by((t.article, t.row.on_word_of) for t in told),
        articles=len({t.article for t in told}),
        independent=ground.independent(t.article for t in told),
        accounts=tuple(_account(t, ground) for t in told),
    )


def _state(rows: Sequence[Agreement]) -> AgreementState:
    """The state furthest along its life: a passing `agreed` does not undo what came later."""
    life: tuple[AgreementState, ...] = (
        "not_agreed", "proposed", "agreed", "in_force", "violated", "expired", "withdrawn",
    )  # fmt: skip
    return max((r.state for r in rows), key=life.index)


def _account(told: Row, ground: Ground) -> Account:
    r = told.row
    fields = {
        "subject": r.subject, "parties": r.parties, "state": r.state, "made_on": r.made_on,
        "effective": r.effective, "expires": r.expires, "brokers": r.brokers, "conditions": r.conditions,
    }  # fmt: skip
    return ground.account(told, fields, r.on_word_of)
