"""The day of a signing, lent to an encounter told as `before the ceremony`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.extract.meetings.details import dateline, is_here, places
from onrecord.extract.scene import Scene, auxiliaries, is_negated
from onrecord.types import Range, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_BESIDE = re.compile(
    r"\b(?:before|after|ahead of|following|during|at)\s+(?:the|a|their)\s+"
    r"(?:signing(?:\s+ceremony)?|(?:signature\s+)?ceremony)\b"
    r"|\bsigned\b[^.;]{0,160}\b(?:after|following|during|at)\s+(?:\w+\s+){0,2}(?:talks|meeting|summit)\b",
    re.IGNORECASE,
)
_SIGN = frozenset({"sign", "initial", "ink"})
LOOK_BACK = 20
"""Days before an article's writing beyond which a signing is no news of its own."""


def is_beside(words: str) -> bool:
    """True for words that set an encounter beside a signing."""
    return bool(_BESIDE.search(words))


def signing(scene: Scene) -> tuple[Range, Span] | None:
    """The one day on which an article tells of a signing, and its sentence; None for several."""
    told: dict[Range, Span] = {}
    for sentence in scene.sentences:
        for verb in sentence:
            if verb.pos_ == "VERB" and verb.lemma_ in _SIGN and _is_done(verb):
                for days in _days(scene, verb):
                    told.setdefault(days, scene.span_of(sentence))
    written = scene.parsed.article.published_range
    if len(told) != 1 or not written or not written.start or not written.end:
        return None
    days, span = next(iter(told.items()))
    assert days.start
    fresh = 0 <= (written.end - days.start).days <= LOOK_BACK
    return (days, span) if fresh else None


def place_of_signing(scene: Scene, span: Span) -> str | None:
    """Where the sentence of a signing says that it was: `signed a pact here on Wednesday`."""
    for verb in scene.of_lemma_in(span.start, span.end, _SIGN):
        told = next((p.name for p in places(scene, verb, frozenset()) if not p.hall), None)
        if told or is_here(verb):
            return told or dateline(scene, verb.sent)
    return None


def _is_done(verb: Token) -> bool:
    helpers = {a.lower_ for a in auxiliaries(verb)}
    ahead = helpers & {"will", "would", "may", "might", "could", "can", "should", "must", "to"}
    return verb.tag_ in ("VBD", "VBN") and not ahead and not is_negated(verb)


def _days(scene: Scene, verb: Token) -> list[Range]:
    """Single days that hang on a verb."""
    found = []
    for time in scene.times_of(verb.sent):
        head = scene.head_of(time.start, time.end)
        above = next((t for t in head.ancestors if t.pos_ in ("VERB", "AUX")), None) if head else None
        if time.type == "DATE" and time.range and time.range.days == 1 and above == verb:
            found.append(time.range)
    return found
