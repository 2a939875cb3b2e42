"""Agreements that one article tells of: who agreed on what, from when to when, in what state.

What was explicitly not agreed or left open is a row too (`not_agreed`). A treaty that is only named, with
nothing said of its making, keeping or ending, is none.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.agreements.grouping import Pact, group
from onrecord.extract.agreements.tellings import tellings
from onrecord.extract.scene import Scene
from onrecord.types import Agreement, AgreementState, Parsed, Range, Statement, cut, row_id

__all__ = ["extract"]


def extract(parsed: Parsed, statements: Sequence[Statement]) -> tuple[Agreement, ...]:
    """All agreements of an article, in the order they are first told."""
    scene = Scene(parsed, statements)
    told = (t for sentence in scene.sentences for t in tellings(scene, sentence))
    return tuple(_agreement(scene, pact) for pact in group(told))


def _agreement(scene: Scene, pact: Pact) -> Agreement:
    spans = tuple(sorted({t.span for t in pact.tellings}))
    first = pact.tellings[0]
    voices = [t.on_word_of for t in pact.tellings]
    article = scene.parsed.article
    return Agreement(
        id=row_id("a", article.id, first.span.start, first.trigger, pact.subject),
        parties=pact.merged("parties"),
        subject=pact.subject,
        made_on=_narrowest(pact, "made_on"),
        effective=_narrowest(pact, "effective"),
        expires=_narrowest(pact, "expires"),
        state=_state(pact),
        on_word_of=voices[0] if all(voices) else None,
        brokers=pact.merged("brokers"),
        conditions=pact.merged("conditions"),
        evidence=spans,
        text=cut(article.text, spans),
        confidence=max(t.sure for t in pact.tellings),
        why="; ".join(dict.fromkeys(t.rule for t in pact.tellings)),
    )


def _narrowest(pact: Pact, name: str) -> Range | None:
    told: list[Range] = [r for t in pact.tellings if (r := getattr(t, name))]
    return min(told, key=lambda r: (r.days or 10**6, r.start or r.end)) if told else None


def _state(pact: Pact) -> AgreementState:
    """The state furthest along its life that the article tells."""
    order: tuple[AgreementState, ...] = (
        "withdrawn", "violated", "expired", "in_force", "agreed", "proposed", "not_agreed",
    )  # fmt: skip
    told = {t.state for t in pact.tellings}
    return next(s for s in order if s in told)
