"""Agreements that one article tells of: who agreed on what, from when to when, in what state.

What was explicitly not agreed or left open is a row too (`not_agreed`). A treaty that is only named, with
nothing said of its making, keeping or ending, is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from onrecord.extract.agreements.commitments import extract as commitments
from onrecord.extract.agreements.days import Day
from onrecord.extract.agreements.grouping import Pact, content_words, group
from onrecord.extract.agreements.tellings import tellings
from onrecord.extract.meetings.people import state_sides
from onrecord.extract.scene import Scene
from onrecord.extract.weekdays import counted_from
from onrecord.facts.treaties import Treaties
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

_FOR_STATES = ("government", "state")
"""Kinds of actor that a treaty may bind, the one that counts most last."""
_LATER = frozenset({"in_force", "violated", "expired"})
"""States of an agreement that both sides are bound by, whichever of them is told."""
_BOTH = re.compile(
    r"\b(?:both|the two) (?:countries|governments|sides|states|nations|capitals"
    r"|(?:\w+ )?(?:leaders|presidents|premiers|ministers))\b",
    re.IGNORECASE,
)


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
    told = (t for sentence in scene.sentences for t in tellings(scene, sentence))
    pacts = group(told)
    found = [_agreement(scene, pact, meetings) for pact in pacts]
    whole = [(_with_parties(a, found), pact) for a, pact in zip(found, pacts, strict=True)]
    return tuple(a for a, pact in whole if _is_public(scene, a, pact))


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
    sides = state_sides(scene, (*agreement.parties, *agreement.brokers))
    if len(sides) >= 2 or (sides and agreement.brokers):
        return True
    bound = (a for p in agreement.parties if (a := scene.actor(p)))
    able = any(a.country and a.sector not in ("PTY", "OPP", "MED", None) for a in bound)
    return bool(sides) and able and any(t.named for t in pact.tellings)


def _agreement(scene: Scene, pact: Pact, meetings: Sequence[Meeting]) -> Agreement:
    spans = tuple(sorted({t.span for t in pact.tellings}))
    anchor = _anchor(spans, meetings)
    effective = _narrowest(pact, "effective", anchor)
    first = pact.tellings[0]
    voices = [t.on_word_of for t in pact.tellings]
    article = scene.parsed.article
    return Agreement(
        id=row_id("a", article.id, first.span.start, first.trigger, pact.subject),
        parties=_bound(scene, pact, _parties(scene, pact, meetings)),
        subject=pact.subject,
        made_on=_narrowest(pact, "made_on", anchor) or _met_on(scene, pact, meetings),
        effective=effective,
        expires=_narrowest(pact, "expires", anchor),
        state=_state(pact, _is_ahead(effective, scene.parsed.article.published_range)),
        on_word_of=voices[0] if all(voices) else None,
        brokers=pact.merged("brokers"),
        conditions=pact.merged("conditions"),
        evidence=spans,
        text=cut(article.text, spans),
        confidence=max(t.sure for t in pact.tellings),
        why="; ".join(dict.fromkeys(t.rule for t in pact.tellings)),
    )


def _parties(scene: Scene, pact: Pact, meetings: Sequence[Meeting]) -> tuple[str, ...]:
    """Those named; with one side named or `we`, those of the encounter told in the same sentence."""
    parties = pact.merged("parties")
    brokers = pact.merged("brokers")
    if len({scene.side(p) for p in parties}) >= 2:
        return parties
    if brokers:
        return parties or _pair(scene, without=brokers)
    here = {t.span for t in pact.tellings if t.kind in ("consent", "pact")}
    first = pact.tellings[0]
    if first.rule == "agreed" and first.subject.startswith("to the "):  # what was told just before
        spans = [scene.span_of(s) for s in scene.sentences]
        here |= {spans[n - 1] for n, span in enumerate(spans) if n and span == first.span}
    for meeting in meetings:
        people = meeting.participants
        ours = not parties or {scene.side(p) for p in parties} <= {scene.side(p) for p in people}
        if ours and meeting.status == "held" and here & set(meeting.evidence):
            return tuple(dict.fromkeys((*parties, *people)))
        said = scene.statement_at(scene.parsed.doc[pact.tellings[0].trigger].idx)
        if not parties and said and said.speaker in people and pact.tellings[0].rule == "agreed":
            return people  # `we agreed`, says one who met
    if not parties and (both := _both(scene, pact, meetings)):
        return both
    told = parties if first.rule == "agreed" else (*_speakers_state(scene, pact, parties), *parties)
    sides = {scene.side(p) for p in told}
    if len(sides) < 2 and _is_of_the_pair(scene, pact):
        pair = _pair(scene)
        if sides <= {scene.side(p) for p in pair}:
            return (*told, *(p for p in pair if scene.side(p) not in sides))
    return told


def _is_of_the_pair(scene: Scene, pact: Pact) -> bool:
    """`the two states concluded`; a treaty kept, broken or run out; `no agreement on apples`."""
    for told in pact.tellings:
        if told.kind == "pact" and told.state == "not_agreed" and content_words(told.subject):
            return True
        # a treaty with a name of its own may have many parties
        bilateral = told.kind == "truce" or (told.kind == "pact" and not told.named)
        if bilateral and told.definite and told.state in _LATER:
            return True
        if told.kind in ("pact", "consent") and _BOTH.search(scene.text[told.span.start : told.span.end]):
            return True
    return False


def _pair(scene: Scene, without: Sequence[str] = ()) -> tuple[str, ...]:
    """The two states that an article names, or whose office-holders it names; none where it names more."""
    away = {scene.side(b) for b in without}
    found: dict[str, str] = {}
    mentioned = dict.fromkeys(m.actor for m in scene.parsed.mentions if m.actor)
    named = (scene.actor(i) for i in mentioned)
    known = [a for a in named if a and a.country and a.country not in away]
    for kind in ("state", "government", "person"):
        for actor in known:
            if actor.kind == kind and (kind != "person" or actor.sector in ("GOV", "MIL")):
                found.setdefault(str(actor.country), actor.id)
    return tuple(found.values()) if len(found) == 2 else ()


def _both(scene: Scene, pact: Pact, meetings: Sequence[Meeting]) -> tuple[str, ...]:
    """`both governments agreed`: those of the encounters of the article, where it tells of one pair only."""
    first = pact.tellings[0]
    open_matter = first.state == "not_agreed" and first.kind == "pact"  # `no agreement was reached on apples`
    open_matter = open_matter and not pact.subject.casefold().startswith("such ")  # of one told elsewhere
    if not (open_matter or _BOTH.search(scene.text[first.span.start : first.span.end])):
        return ()
    held = [m for m in meetings if m.status == "held"]
    pairs = {frozenset(scene.side(p) for p in m.participants) for m in held}
    one = next(iter(pairs), frozenset[str]())
    return held[0].participants if len(pairs) == 1 and len(one) == 2 else ()


def _bound(scene: Scene, pact: Pact, parties: Sequence[str]) -> tuple[str, ...]:
    """A treaty binds the states whose presidents or ministers signed, keep or leave it, where they are named.

    One of the table of treaties binds its parties too, of which the article may name one only.
    """
    treaty = Treaties.load().named_in(pact.subject)
    named = any(t.kind == "pact" and t.named for t in pact.tellings)
    if not (treaty or named or any(t.kind == "pact" and "sign" in t.rule for t in pact.tellings)):
        return tuple(parties)
    mentioned = [a for m in scene.parsed.mentions if m.actor and (a := scene.actor(m.actor))]
    states = {a.country: a.id for kind in _FOR_STATES for a in mentioned if a.kind == kind and a.country}
    bound = []
    for one in parties:
        actor = scene.actor(one)
        person = actor is not None and actor.kind == "person" and actor.sector in ("GOV", "MIL", None)
        bound.append(states.get(actor.country or "", one) if actor and person else one)
    told = {scene.side(one) for one in bound}
    of_table = (states[c] for c in treaty.parties if c in states and c not in told) if treaty else ()
    return tuple(dict.fromkeys((*bound, *of_table)))


def _speakers_state(scene: Scene, pact: Pact, parties: Sequence[str]) -> tuple[str, ...]:
    """`There was no agreement with B`, says a minister of A: the other party is A."""
    said = scene.statement_at(scene.parsed.doc[pact.tellings[0].trigger].idx)
    speaker = scene.actor(said.speaker) if said and said.speaker else None
    if speaker is None or not speaker.country or len(parties) != 1 or speaker.sector not in ("GOV", "MIL"):
        return ()
    if scene.side(parties[0]) == speaker.country:
        return ()
    own = [a.id for a in scene.parsed.actors.values() if a.kind == "state" and a.country == speaker.country]
    return (min(own),) if own else ()


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
    told = _BOTH.search(scene.text[first.span.start : first.span.end])
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
