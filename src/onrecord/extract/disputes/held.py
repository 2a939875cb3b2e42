"""Sides that are told to hold to what they said: `stuck to his version`, `A's version has P; B's has Q`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.extract.disputes import denied
from onrecord.extract.disputes.tellings import UNKNOWN, Telling, Tellings
from onrecord.extract.scene import Scene
from onrecord.types import Side, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token

BEFORE = 4
"""Sentences before `stuck to its version` in which the other side tells its own."""
_TOLD = (
    r"(?:version|account|story|statement|claim|denial|telling|report|assertion|readout|note|briefing|words?"
    r"|announcement|communiqu[eé]|press \w+)"
)
_HOLDS = re.compile(
    r"\b(?:st[iu]cks?|stand|stands|stood|holds?|held|keeps?|kept|clings?|clung|adheres?|adhered)\s+"
    r"(?:fast\s+|firmly\s+)?(?:to|by)\s+(?:his|her|its|their)\s+(?:\w+\s+){0,2}?" + _TOLD + r"\b",
    re.IGNORECASE,
)
_VERSIONS = frozenset({"version", "account", "telling", "story", "reading"})


def held(scene: Scene, tellings: Tellings) -> Iterator[tuple[Run, list[Side]]]:
    """Sentences that say so, each with the words of two sides."""
    before: tuple[int, str, Side] | None = None
    for number, sentence in enumerate(scene.sentences):
        sides = _side_by_side(scene, tellings, sentence, scene.sentences[number + 1 : number + 2])
        if len(sides) == 2:
            yield sentence, sides
            continue
        found = _HOLDS.search(scene.text, sentence.start_char, sentence.end_char)
        who = tellings.side_in(t for t in sentence if t.idx < found.start()) if found else None
        if who is None:
            continue
        mine = _own(scene, tellings, sentence, number, who)
        if before and number - before[0] <= 1 and before[1] != who[0]:
            yield sentence, [before[2], mine]
        else:
            other = _other(tellings, number, who[0])
            if other:
                yield sentence, [side_of(scene, other), mine]
        before = (number, who[0], mine)


def side_of(scene: Scene, telling: Telling) -> Side:
    """A telling as one side of a dispute."""
    said = telling.statement
    if said:
        return Side(actor=telling.actor, told=said.quote, statement=said.id, evidence=said.content)
    tokens = telling.tokens[1:] if telling.tokens[0].lower_ == "that" else telling.tokens
    return cut_side(scene, telling.actor, tokens[0].idx, tokens[-1].idx + len(tokens[-1]))


def cut_side(scene: Scene, actor: str, start: int, end: int) -> Side:
    """A run of the text as one side of a dispute."""
    return Side(actor=actor, told=scene.text[start:end], evidence=(Span(start, end),))


def _own(scene: Scene, tellings: Tellings, sentence: Run, number: int, who: tuple[str, str]) -> Side:
    """What the side that holds to its words tells in that sentence; without such words the sentence."""
    own = next((t for t in tellings.all if t.sentence == number and t.side == who[0]), None)
    if own:
        return side_of(scene, own)
    span = scene.span_of(sentence)
    return cut_side(scene, who[1], span.start, span.end)


def _other(tellings: Tellings, number: int, side: str) -> Telling | None:
    """The last telling of another side before a sentence, if it tells of what was or was not."""
    told = [
        t for t in tellings.all if number - BEFORE <= t.sentence < number and t.side not in (side, UNKNOWN)
    ]
    if not told:
        return None
    last = told[-1]
    tells = (
        denied.affirmed(last) or any(True for _ in denied.negations(last)) or denied.points_back(last.tokens)
    )
    return last if tells else None


def _side_by_side(scene: Scene, tellings: Tellings, sentence: Run, after: Sequence[Run]) -> list[Side]:
    """`A's version has P; B's has Q`, in one sentence or two: two owners, the noun told once."""
    owners = [t for t in sentence if t.tag_ == "POS" and t.i > sentence.start]
    owners += [t for s in after for t in s[1:3] if t.tag_ == "POS"]
    named = [(t, side) for t in owners if (side := tellings.side_in([t.doc[t.i - 1]]))]
    for (one, mine), (other, theirs) in pairwise(named):
        first, second = _behind(one), _behind(other)
        told = first is not None and first.lemma_.lower() in _VERSIONS
        if mine[0] == theirs[0] or not told or (second is not None and second.pos_ not in ("AUX", "VERB")):
            continue
        inside = other.i < sentence.end
        span = scene.span_of(sentence if inside else after[0])
        gap = _gap(one, other) if inside else scene.span_of(sentence).end
        if gap:
            return [
                cut_side(scene, mine[1], one.doc[one.i - 1].idx, gap),
                cut_side(scene, theirs[1], other.doc[other.i - 1].idx, span.end),
            ]
    return []


def _behind(mark: Token) -> Token | None:
    return mark.doc[mark.i + 1] if mark.i + 1 < len(mark.doc) else None


def _gap(one: Token, other: Token) -> int | None:
    """Where the first version ends: at the last semicolon, comma or `while` before the second owner."""
    for token in reversed(one.doc[one.i + 2 : other.i]):
        if token.text in (";", ",") or token.lower_ in ("and", "while", "but", "whereas"):
            before = token.doc[token.i - 1]
            return before.idx + len(before)
    return None
