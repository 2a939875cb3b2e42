"""One telling of an agreement: its trigger, parties, days, state and conditions, as one sentence has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from onrecord.extract.agreements import sides, words
from onrecord.extract.agreements.days import Day, day_from, day_of, made_on
from onrecord.extract.agreements.states import LATER
from onrecord.extract.agreements.wording import conditions
from onrecord.extract.scene import Scene, clause_of
from onrecord.types import AgreementState, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Kind = Literal["truce", "pact", "consent", "it", "marked"]

OpenTo = Literal["pair", "beside", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one sentence tells of an agreement."""

    trigger: int
    """Token index."""
    span: Span
    """The sentence."""
    kind: Kind
    subject: str
    state: AgreementState
    rule: str
    gist: frozenset[str] = frozenset()
    """Stems of the words of a marked subject that tell it from others."""
    parties: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()
    """The sides that the parties stand on."""
    open_to: OpenTo = "beside"
    """Of a marked one: who else may be its parties."""
    near: tuple[str, ...] = ()
    """Parties and participants marked in the sentences beside it."""
    brokers: tuple[str, ...] = ()
    definite: bool = False
    anchored: bool = True
    """Tells enough to stand alone; else it only adds to one told before."""
    named: bool = False
    """A truce, or a treaty with a name of its own."""
    made_on: Day | None = None
    effective: Day | None = None
    expires: Day | None = None
    conditions: tuple[str, ...] = ()
    on_word_of: str | None = None
    sure: float = 0.8


def telling(
    scene: Scene, trigger: Token, *, kind: Kind, subject: str, state: AgreementState, rule: str,
    parties: tuple[str, ...], made: Token | None, brokers: tuple[str, ...] = (), definite: bool = False,
    anchored: bool = True, named: bool = False, sure: float,
) -> Telling:  # fmt: skip
    said = scene.statement_at(trigger.idx)
    return Telling(
        trigger=trigger.i,
        span=scene.span_of(trigger.sent),
        kind=kind,
        subject=subject,
        state=state,
        rule=rule,
        parties=parties,
        states=frozenset(sides.sides(scene, parties)),
        brokers=brokers,
        definite=definite,
        anchored=anchored,
        named=named,
        made_on=_made_on(scene, trigger, made, state),
        effective=day_of(scene, trigger, words.BEGIN | {"take", "come", "enter", "go"})
        or _from(scene, trigger),
        expires=day_of(scene, trigger, words.EXPIRE | {"run"}),
        conditions=conditions(scene, trigger),
        on_word_of=said.id if said else None,
        sure=sure,
    )


def _made_on(scene: Scene, trigger: Token, made: Token | None, state: AgreementState) -> Day | None:
    """The day of its making: under the verb that made it, or `the pact of August 9`."""
    if state in ("agreed", "not_agreed") or (state in LATER and made and made.lemma_ not in words.RENEW):
        found = made_on(scene, made)
        if found:
            return found
    if trigger.pos_ == "VERB" or state not in ("agreed", *LATER):
        return None
    below = {o.i for c in trigger.children if c.lower_ == "of" for o in c.subtree}
    return next(
        (Day(t.range, None, ahead=False) for t in scene.times_of(trigger.sent)
         if t.type == "DATE" and t.range and t.range.days == 1 and (h := scene.head_of(t.start, t.end))
         and h.i in below), None,
    )  # fmt: skip


def _from(scene: Scene, trigger: Token) -> Day | None:
    """The day from which a consent holds, or what is done under an agreement."""
    if trigger.pos_ == "VERB":
        return day_from(scene, trigger)
    under = trigger.dep_ == "pobj" and trigger.head.lower_ == "under"
    return day_from(scene, clause_of(trigger)) if under else None
