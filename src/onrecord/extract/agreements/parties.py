"""Who an agreement binds: those named, those who met, the pair that an article is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from onrecord.extract.agreements.grouping import Pact, content_words
from onrecord.extract.scene import Scene
from onrecord.facts.treaties import Treaties
from onrecord.types import Meeting, state_told

_FOR_STATES = ("government", "state")
"""Kinds of actor that a treaty may bind, the one that counts most last."""
_LATER = frozenset({"in_force", "violated", "expired"})
"""States of an agreement that both sides are bound by, whichever of them is told."""
BOTH = re.compile(
    r"\b(?:both|the two) (?:countries|governments|sides|states|nations|capitals"
    r"|(?:\w+ )?(?:leaders|presidents|premiers|ministers))\b",
    re.IGNORECASE,
)
"""Words for the two sides together."""


def parties_of(scene: Scene, pact: Pact, meetings: Sequence[Meeting]) -> tuple[str, ...]:
    """Those named; with one side named or `we`, those of the encounter told in the same sentence."""
    if pact.tellings[0].kind == "marked":
        return _of_marks(scene, pact, meetings)
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
    own = {scene.side(p) for p in told}
    if len(own) < 2 and _is_of_the_pair(scene, pact):
        pair = _pair(scene)
        if own <= {scene.side(p) for p in pair}:
            return (*told, *(p for p in pair if scene.side(p) not in own))
    return told


def _of_marks(scene: Scene, pact: Pact, meetings: Sequence[Meeting]) -> tuple[str, ...]:
    """Those marked in its sentences; else with those beside them, those who met, the article's two states."""
    away = {scene.side(b) for b in brokers_of(scene, pact)}
    told = tuple(p for p in (*pact.merged("parties"), *pact.merged("brokers")) if scene.side(p) not in away)
    own = _placed(scene, told)
    if len(own) >= 2:
        return told
    for more in _beside(scene, pact, meetings, away):
        joined = tuple(dict.fromkeys((*told, *(p for p in more if scene.side(p) not in away))))
        both = _placed(scene, joined)
        if own <= both and (len(both) == 2 or (len(both) == 1 and len(more) > 1)):
            return joined  # of one of two who met the state may not be told
    return told


def _beside(
    scene: Scene, pact: Pact, meetings: Sequence[Meeting], away: Collection[str]
) -> Iterator[tuple[str, ...]]:
    """Those who may be meant where an agreement names one side or none, the likeliest first.

    An article on two states is about creditors and companies too: its pair is meant only by words for the
    two together, or where its people met.
    """
    if any(t.open_to == "none" for t in pact.tellings):
        return
    spans = [scene.span_of(s) for s in scene.sentences]
    here = {n for n, span in enumerate(spans) if span in {t.span for t in pact.tellings}}
    close = {spans[n] for at in here for n in (at - 1, at, at + 1) if 0 <= n < len(spans)}
    held = [m for m in meetings if m.status == "held"]
    yield from (m.participants for m in held if close & set(m.evidence))
    yield pact.merged("near")
    pair = leading_pair(scene, away)
    if any(t.open_to == "pair" for t in pact.tellings):
        yield from (m.participants for m in held)
        yield pair
    elif pair and any(_placed(scene, m.participants) == _placed(scene, pair) for m in held):
        yield pair


def brokers_of(scene: Scene, pact: Pact) -> tuple[str, ...]:
    """Those who mediated; of marked ones only such as are a third side beside the parties."""
    told = pact.merged("brokers")
    if pact.tellings[0].kind != "marked":
        return told
    sides_of = _placed(scene, pact.merged("parties")) or _placed(scene, leading_pair(scene))
    return tuple(b for b in told if scene.side(b) not in sides_of)


def _placed(scene: Scene, ids: Sequence[str]) -> set[str]:
    """The sides of actors, without people of whom no state is known."""
    known = ((one, scene.actor(one)) for one in ids)
    return {scene.side(one) for one, a in known if a and (a.country or a.kind != "person")}


def leading_pair(scene: Scene, away: Collection[str] = ()) -> tuple[str, ...]:
    """The two states that an article is about: named, with their people, more often than any third."""
    times: Counter[str] = Counter()
    stands: dict[str, str] = {}
    ranks = {"state": 0, "government": 1, "person": 2}
    for mention in scene.parsed.mentions:
        for one in scene.ids(mention) or (state_told(mention) or "",):
            actor = scene.actor(one)
            if actor is None or not actor.country or actor.country in away:
                continue
            times[actor.country] += 1
            held = scene.actor(stands[actor.country]) if actor.country in stands else None
            if actor.kind in ranks and (held is None or ranks[actor.kind] < ranks[held.kind]):
                stands[actor.country] = one
    ranked = [(c, n) for c, n in times.most_common() if c in stands]
    if len(ranked) < 2 or (len(ranked) > 2 and ranked[2][1] >= ranked[1][1]):
        return ()
    return tuple(sorted(stands[c] for c, _ in ranked[:2]))


def _is_of_the_pair(scene: Scene, pact: Pact) -> bool:
    """`the two states concluded`; a treaty kept, broken or run out; `no agreement on apples`."""
    for told in pact.tellings:
        if told.kind == "pact" and told.state == "not_agreed" and content_words(told.subject):
            return True
        # a treaty with a name of its own may have many parties
        bilateral = told.kind == "truce" or (told.kind == "pact" and not told.named)
        if bilateral and told.definite and told.state in _LATER:
            return True
        if told.kind in ("pact", "consent") and BOTH.search(scene.text[told.span.start : told.span.end]):
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
    if not (open_matter or BOTH.search(scene.text[first.span.start : first.span.end])):
        return ()
    held = [m for m in meetings if m.status == "held"]
    pairs = {frozenset(scene.side(p) for p in m.participants) for m in held}
    one = next(iter(pairs), frozenset[str]())
    return held[0].participants if len(pairs) == 1 and len(one) == 2 else ()


def bound(scene: Scene, pact: Pact, parties: Sequence[str]) -> tuple[str, ...]:
    """A treaty binds the states whose presidents or ministers signed, keep or leave it, where they are named.

    One of the table of treaties binds its parties too, of which the article may name one only.
    """
    treaty = Treaties.load().named_in(pact.subject)
    named = any(t.kind == "pact" and t.named for t in pact.tellings)
    if not (treaty or named or any(t.kind == "pact" and "sign" in t.rule for t in pact.tellings)):
        return tuple(parties)
    mentioned = [a for m in scene.parsed.mentions if m.actor and (a := scene.actor(m.actor))]
    states = {a.country: a.id for kind in _FOR_STATES for a in mentioned if a.kind == kind and a.country}
    whole = []
    for one in parties:
        actor = scene.actor(one)
        person = actor is not None and actor.kind == "person" and actor.sector in ("GOV", "MIL", None)
        whole.append(states.get(actor.country or "", one) if actor and person else one)
    told = {scene.side(one) for one in whole}
    of_table = (states[c] for c in treaty.parties if c in states and c not in told) if treaty else ()
    return tuple(dict.fromkeys((*whole, *of_table)))


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
