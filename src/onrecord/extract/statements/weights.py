"""How likely a word introduces a statement here: the table's rate, weighed with what stands around it.

A logistic model with a few dozen weights (tables/cue_weights.csv), fitted on annotated political news; its
inputs can be read off a sentence, so `explain` can name them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from onrecord.extract.statements.frames import RELATIVES, Frame, is_passive
from onrecord.facts.table import TABLES, read_table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_ONESELF = frozenset({"i", "we", "you", "us", "me"})


class Weight(msgspec.Struct, frozen=True):
    """A line of tables/cue_weights.csv: log odds that a feature adds."""

    feature: str
    weight: float


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, float]:
    """The weights that ship, read once."""
    return {row.feature: row.weight for row in read_table(TABLES / "cue_weights.csv", Weight)}


def probability(rate: float, features: Iterator[str], weights: Mapping[str, float]) -> float:
    """0 … 1 from the table's rate and the features present; the rate has a weight of its own."""
    odds = weights.get("bias", 0.0) + weights.get("rate", 1.0) * logit(rate)
    odds += sum(weights.get(f, 0.0) for f in features)
    return 1.0 / (1.0 + math.exp(-odds))


def logit(rate: float) -> float:
    """Log odds of a rate, kept within ±4.6 (0.01 … 0.99)."""
    held = min(max(rate, 0.01), 0.99)
    return math.log(held / (1 - held))


def features(
    doc: Doc, cue: Token, frame: Frame, source: list[int], *, quoted: bool, headline: bool, inner: bool
) -> Iterator[str]:
    """What stands around a cue, as names of weights.

    Args:
        doc: the article's tokens.
        cue: the verb, noun or adjective.
        frame: how it governs what is said.
        source: token indices of who says it.
        quoted: something within quotation marks is among what is said.
        headline: it stands in the article's first line.
        inner: another cue's content holds it.
    """
    yield f"tag:{cue.tag_}"
    yield f"dep:{cue.dep_}"
    yield f"kind:{frame.kind.split(':')[0].split('+')[0] if not frame.kind.startswith('pass:') else 'pass'}"
    raised = frame.sourceless and not source
    yield "source:raised" if raised else f"source:{_source_kind(doc, source)}"
    helpers = {c.lower_ for c in cue.children if c.dep_ in ("aux", "neg")}
    for word in ("would", "will", "to", "could", "may", "might", "should", "can", "do", "did", "has", "have"):
        if word in helpers:
            yield f"aux:{word}"
    if any(c.dep_ == "neg" for c in cue.children):
        yield "negated"
    if quoted:
        yield "quoted"
    if headline:
        yield "headline"
    if inner:
        yield "inner"
    length = len(frame.content)
    yield (
        "length:1"
        if length <= 1
        else "length:2-4"
        if length <= 4
        else "length:5-9"
        if length <= 9
        else "length:10+"
    )
    if is_passive(cue):
        yield "passive"


def _source_kind(doc: Doc, source: list[int]) -> str:
    if not source:
        return "none"
    own = set(source)
    top = next((doc[i] for i in source if doc[i].head.i not in own or doc[i].head.i == i), doc[source[0]])
    if top.lower_ in _ONESELF:
        return "oneself"
    if top.lower_ in RELATIVES:
        return "relative"
    if top.pos_ == "PRON":
        return "he" if top.lower_ in ("he", "she", "they") else "it"
    if top.ent_type_ in _NAMED:
        return "named"
    if top.pos_ == "PROPN":
        return "proper"
    return "plural" if top.tag_ == "NNS" else "common"
