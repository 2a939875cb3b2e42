"""Agreements that one article tells of: who agreed on what, from when to when, in what state.

What was explicitly not agreed or left open is a row too (`not_agreed`). A treaty that is only named, with
nothing said of its making, keeping or ending, is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from onrecord.extract.agreements import sides
from onrecord.extract.agreements.commitments import extract as commitments
from onrecord.extract.agreements.days import Day
from onrecord.extract.agreements.grouping import Pact, content_words, group
from onrecord.extract.agreements.marked import tellings as marked
from onrecord.extract.agreements.parties import BOTH, bound, brokers_of, parties_of
from onrecord.extract.agreements.telling import Telling
from onrecord.extract.agreements.tellings import tellings
from onrecord.extract.meetings.people import state_sides
from onrecord.extract.scene import Scene
from onrecord.extract.weekdays import counted_from
from onrecord.facts.stems import stems
from onrecord.types import (
    Agreement,
    AgreementState,
    Meeting,
    Parsed,
    Range,
    Span,
    Statement,
    cut,
    row_id,
)

__all__ = ["commitments", "extract"]


def extract(
    parsed: Parsed, statements: Sequence[Statement], meetings: Sequence[Meeting] = ()
) -> tuple[Agreement, ...]:
    """All agreements of an article, in the order they are first told.

    Args:
        parsed: the article, linked.
        statements: what it attributes; an agreement told within one rests on it.
        meetings: its encounters: `we have agreed`, said in the very sentence that tells of one, binds those
            who met, and weekdays are counted from a meeting whose day is known.
    """
    scene = Scene(parsed, statements)
    ruled = _public_rows(scene, meetings, (t for s in scene.sentences for t in tellings(scene, s)))
    found = _public_rows(scene, meetings, marked(scene))
    if parsed.marks:
        ruled = [_with_brokers(scene, r, found) for r in ruled]
    more = [a for a in found if not any(_one_deal(scene, a, r) for r in ruled)]
    return tuple(sorted((*ruled, *more), key=lambda a: a.evidence))


def _with_brokers(scene: Scene, ruled: Agreement, found: Sequence[Agreement]) -> Agreement:
    """What rules found, with the mediators that are marked beside the same deal: these are no sides of it."""
    same = [a for a in found if set(a.evidence) & set(ruled.evidence) and (a.state == ruled.state)]
    away = sides.sides(scene, [b for a in same for b in a.brokers])
    if not same or not away & sides.sides(scene, ruled.parties):
        return ruled
    return replace(ruled, parties=same[0].parties, brokers=same[0].brokers)


def _public_rows(scene: Scene, meetings: Sequence[Meeting], told: Iterable[Telling]) -> list[Agreement]:
    pacts = group(told)
    found = [_agreement(scene, pact, meetings) for pact in pacts]
    whole = [(_with_parties(a, found), pact) for a, pact in zip(found, pacts, strict=True)]
    return [a for a, pact in whole if _is_public(scene, a, pact)]


def _one_deal(scene: Scene, one: Agreement, other: Agreement) -> bool:
    """Told in a common sentence, or by common words, between the same sides; both agreed, or both not."""
    if (one.state == "not_agreed") != (other.state == "not_agreed"):
        return False
    shared = sides.sides(scene, one.parties) & sides.sides(scene, other.parties)
    near = set(one.evidence) & set(other.evidence) or stems(one.subject) & stems(other.subject)
    return bool(shared and near)


def _with_parties(agreement: Agreement, found: Sequence[Agreement]) -> Agreement:
    """`Enforcement of the cease-fire remains open`: between those of the cease-fire told beside it."""
    if agreement.parties or agreement.brokers or agreement.state != "not_agreed":
        return agreement
    own = content_words(agreement.subject)
    of = [a for a in found if a.state != "not_agreed" and own & content_words(a.subject)]
    of = [a for a in of if (a.parties or a.brokers) and set(a.evidence) & set(agreement.evidence)]
    if len(of) != 1:
        return agreement
    return replace(agreement, parties=of[0].parties, brokers=of[0].brokers)


def _is_public(scene: Scene, agreement: Agreement, pact: Pact) -> bool:
    """Dealings of states: two sides with a state or a body of states behind them, or one that brokered it.

    One such side is enough for a truce or a treaty with a name of its own, if somebody who can bind a state
    is told to make, keep or leave it. What `they agreed` without a word on who they are stays out, as do two
    companies' deals and what one government agreed with its own people.
    """
    told_of = state_sides(scene, (*agreement.parties, *agreement.brokers))
    if pact.tellings[0].kind == "marked" and not agreement.parties:
        return False
    if len(told_of) >= 2 or (told_of and agreement.brokers):
        return True
    if pact.tellings[0].kind == "marked":
        return bool(told_of) and any(_is_unplaced_official(scene, p) for p in agreement.parties)
    bound = (a for p in agreement.parties if (a := scene.actor(p)))
    able = any(a.country and a.sector not in ("PTY", "OPP", "MED", None) for a in bound)
    return bool(told_of) and able and any(t.named for t in pact.tellings)


def _is_unplaced_official(scene: Scene, actor_id: str) -> bool:
    """Somebody with an office, whose state the article does not tell."""
    actor = scene.actor(actor_id)
    if actor is None or actor.kind != "person" or actor.country:
        return False
    return any(m.actor == actor_id and m.form == "title" for m in scene.parsed.mentions)


def _agreement(scene: Scene, pact: Pact, meetings: Sequence[Meeting]) -> Agreement:
    spans = tuple(sorted({t.span for t in pact.tellings}))
    anchor = _anchor(spans, meetings)
    effective = _narrowest(pact, "effective", anchor)
    first = pact.tellings[0]
    voices = [t.on_word_of for t in pact.tellings]
    article = scene.parsed.article
    return Agreement(
        id=row_id("a", article.id, first.span.start, first.trigger, pact.subject),
        parties=bound(scene, pact, parties_of(scene, pact, meetings)),
        subject=pact.subject,
        made_on=_narrowest(pact, "made_on", anchor) or _met_on(scene, pact, meetings),
        effective=effective,
        expires=_narrowest(pact, "expires", anchor),
        state=_state(pact, _is_ahead(effective, scene.parsed.article.published_range)),
        on_word_of=voices[0] if all(voices) else None,
        brokers=brokers_of(scene, pact),
        conditions=pact.merged("conditions"),
        evidence=spans,
        text=cut(article.text, spans),
        confidence=max(t.sure for t in pact.tellings),
        why="; ".join(dict.fromkeys(t.rule for t in pact.tellings)),
    )


def _anchor(spans: Sequence[Span], meetings: Sequence[Meeting]) -> Range | None:
    """The day of an encounter told in the agreement's own sentences, where it is known."""
    for meeting in meetings:
        if meeting.date and meeting.date.days == 1 and set(spans) & set(meeting.evidence):
            return meeting.date
    return None


def _met_on(scene: Scene, pact: Pact, meetings: Sequence[Meeting]) -> Range | None:
    """The day of the one encounter told, where `the two leaders` agreed, or one did at it."""
    first = pact.tellings[0]
    verb = scene.parsed.doc[first.trigger]
    past = (verb if verb.pos_ == "VERB" else verb.head).tag_ == "VBD"
    held = [m for m in meetings if m.status == "held"]
    days = held[0].date if len(held) == 1 else None
    if first.state != "agreed" or not past or days is None or days.days != 1:
        return None
    told = BOTH.search(scene.text[first.span.start : first.span.end])
    lone = first.rule == "agreed" and len(first.states) == 1
    people = {scene.side(p) for p in held[0].participants}
    return days if (told or lone) and first.states <= people else None


def _narrowest(pact: Pact, name: str, anchor: Range | None) -> Range | None:
    told: list[Day] = [d for t in pact.tellings if (d := getattr(t, name))]
    if not told:
        return None
    best = min(told, key=lambda d: (d.days.days or 10**6, d.days.start or d.days.end))
    if best.weekday and anchor and best.days.days != 1:
        return counted_from(best.days, best.weekday, anchor, ahead=best.ahead)
    return best.days


def _is_ahead(days: Range | None, written: Range | None) -> bool:
    """Days that lie wholly after the article's writing."""
    return bool(days and days.start and written and written.end and days.start > written.end)


def _state(pact: Pact, ahead: bool) -> AgreementState:
    """The state furthest along its life that the article tells; `takes effect in May` is not yet in force."""
    order: tuple[AgreementState, ...] = (
        "withdrawn", "violated", "expired", "in_force", "agreed", "proposed", "not_agreed",
    )  # fmt: skip
    told = {"agreed" if ahead and t.state == "in_force" else t.state for t in pact.tellings}
    return next(s for s in order if s in told)
