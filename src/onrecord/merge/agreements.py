"""Agreements across articles: one row a treaty, truce or consent, with its state as told later."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence

from onrecord.merge.ground import Ground, Told, common, day_key, first_told
from onrecord.types import Account, Agreement, AgreementState, MergedAgreement, Range, row_id

Row = Told[Agreement]

SHARED = 0.6
"""Share of the shorter subject's own words that two tellings of one agreement have in common."""

NEWS_DAYS = 7
"""Days between two articles in which two sides tell of one agreement as news."""

SAME_DAY_WORDS = 2
"""Words in common that are enough where the same two sides agreed on one and the same day."""

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
_TRUCE = re.compile(r"\b(?:cease-?\s?fires?|truces?|armistices?)\b", re.IGNORECASE)


def merge(rows: Iterable[tuple[str, Agreement]], ground: Ground) -> tuple[MergedAgreement, ...]:
    """All agreements, by the day they were made and id."""
    told = sorted((Told(a, r) for a, r in rows), key=lambda t: (day_key(_day(t.row)), t.article, t.row.id))
    groups: list[list[Row]] = []
    index: dict[Hashable, list[int]] = {}
    for row in told:
        keys = list(blocks(row, ground))
        near = sorted({n for key in keys for n in index.get(key, ())})
        home = next((n for n in near if all(same(row, member, ground) for member in groups[n])), None)
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


def blocks(row: Row, _: Ground) -> Iterator[Hashable]:
    """Blocks: every telling word of the subject, not-agreed apart."""
    for word in sorted(words(row.row.subject)):
        yield word, row.row.state == "not_agreed"
    kind = _bare_kind(row.row.subject)
    if kind:
        yield "bare", kind


def same(one: Row, other: Row, ground: Ground) -> bool:
    """True when two articles tell of one agreement: parties, words and days fit."""
    a, b = one.row, other.row
    if one.article == other.article:
        return False
    sides = [{ground.side(p) for p in (*r.parties, *r.brokers)} for r in (a, b)]
    if not (sides[0] & sides[1]):
        return False
    mine, theirs = ({ground.side(p) for p in r.parties} for r in (a, b))
    if len(mine & theirs) < min(2, len(mine), len(theirs)):
        return False
    if a.made_on and b.made_on and not a.made_on.overlaps(b.made_on):
        return False
    apart = a.effective and b.effective and not a.effective.overlaps(b.effective)
    # from which day it holds may itself be disputed; then something else has to say that it is one agreement
    if apart and not (_one_day(a.made_on, b.made_on) or _two_sides_tell(one, other, ground)):
        return False
    kinds = {_bare_kind(r.subject) for r in (a, b)}
    if len(kinds) == 1 and None not in kinds:
        return mine == theirs and len(mine) == 2 and _near(one, other, ground)
    one_words, other_words = words(a.subject), words(b.subject)
    shared = one_words & other_words
    fewer = min(len(one_words), len(other_words))
    if _one_day(a.made_on, b.made_on) and mine == theirs and len(mine) == 2 and len(shared) >= SAME_DAY_WORDS:
        return True
    return bool(shared) and len(shared) >= SHARED * fewer and (len(shared) >= 2 or fewer == 1)


def _two_sides_tell(one: Row, other: Row, ground: Ground) -> bool:
    """Each rests on the word of another of its two sides, written within days of each other."""
    voices = [ground.speakers.get(t.row.on_word_of or "") for t in (one, other)]
    told = {ground.side(v) for v in voices if v}
    days = [d.start for t in (one, other) if (d := ground.written(t.article)) and d.start and d.end]
    if len(days) != 2 or len(told) != 2 or not told <= {ground.side(p) for p in one.row.parties}:
        return False
    return abs((days[0] - days[1]).days) <= NEWS_DAYS


def _near(one: Row, other: Row, ground: Ground) -> bool:
    """Written within weeks of each other."""
    days = [d.start for t in (one, other) if (d := ground.written(t.article)) and d.start and d.end]
    return len(days) == 2 and abs((days[0] - days[1]).days) <= BARE_DAYS


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
