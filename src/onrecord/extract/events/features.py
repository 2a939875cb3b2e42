"""What the classifier sees of a hand-marked sentence: the rules' verdict, and words around both sides.

Words are hashed into a fixed number of columns (CRC-32, so the same everywhere), and the sides' own names are
masked: who acts must not decide what is done. `Encoder` is the seam for sentence vectors.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.extract.events import grammar
from onrecord.extract.events.coder import Candidate, Coder
from onrecord.extract.events.marked import SOURCE, TARGET, Marked

if TYPE_CHECKING:
    from spacy.tokens import Token

Matrix = NDArray[np.float32]
COLUMNS = 1 << 13
"""Hash columns for words; 8,192 keep collisions below 5 % of the words of a thousand sentences."""
RIGHT_SIDE, WRONG_SIDE = 1.0, 1.0
"""What a candidate's score gains when its source (recipient: 0.8) is the marked one, and loses when it is
reversed.
"""
WORD_SCALE = 2.0
"""Length of a row's word part; found by five-fold cross-validation among 1, 2 and 4."""
RULE_SCALE = 3.0
"""Rule scores are divided by it, so that they stand at the size of the word features."""


class Encoder(Protocol):
    """Sentence vectors of a language model, one row a text; texts come with both sides masked."""

    def __call__(self, texts: Sequence[str]) -> Matrix: ...


def rule_scores(marked: Marked, using: Coder) -> dict[str, tuple[float, str]]:
    """The best score of each type, with its reason, when both sides are known."""
    found: dict[str, tuple[float, str]] = {}
    for candidate in _candidates(marked, using):
        score = candidate.score + _fit(candidate, marked)
        if score > found.get(candidate.type, (-99.0, ""))[0]:
            found[candidate.type] = (score, candidate.rule)
    return found


def _candidates(marked: Marked, using: Coder) -> Iterator[Candidate]:
    for sentence in marked.doc.sents:
        yield from using.candidates(sentence, marked)


def _fit(candidate: Candidate, marked: Marked) -> float:
    roles = candidate.roles
    sources = {side for h in roles.sources for side in marked.of(h)}
    targets = {side for h in (*roles.targets, *roles.unplaced) for side in marked.of(h)}
    gained = RIGHT_SIDE * (SOURCE in sources) + 0.8 * (TARGET in targets)
    return gained - WRONG_SIDE * (TARGET in sources and SOURCE not in sources)


def vector(marked: Marked, using: Coder, types: Sequence[str]) -> Matrix:
    """One row: hashed words (COLUMNS), then a score and a first place for each type."""
    row = np.zeros(COLUMNS + 2 * len(types), dtype=np.float32)
    for word in words(marked, using):
        row[zlib.crc32(word.encode()) % COLUMNS] = 1.0
    norm = float(np.sqrt(row.sum())) or 1.0
    row *= WORD_SCALE / norm
    told = rule_scores(marked, using)
    for name, (score, _) in told.items():
        row[COLUMNS + types.index(name)] = max(score, 0.0) / RULE_SCALE
    if told:
        best = max(told, key=lambda t: (told[t][0], t))
        row[COLUMNS + len(types) + types.index(best)] = 1.0
    return row


def words(marked: Marked, using: Coder) -> Iterator[str]:
    """Words of a sentence as features, told apart by what they do in it."""
    masked = [_masked(t, marked) for t in marked.doc if not t.is_punct and not t.is_space]
    for at, word in enumerate(masked):
        yield f"w {word}"
        if at:
            yield f"b {masked[at - 1]} {word}"
    for side, name in ((marked.source, "s"), (marked.target, "t")):
        for root in marked.roots(side)[:2]:
            yield from _path(root, name, marked)
    for candidate in _candidates(marked, using):
        yield f"c {candidate.type} {candidate.head.lemma_.lower()}"
        for held in grammar.objects(candidate.head) if candidate.head.pos_ == "VERB" else ():
            yield f"o {candidate.head.lemma_.lower()} {_masked(held, marked)}"


def _path(root: Token, name: str, marked: Marked) -> Iterator[str]:
    """The words that govern a side, with the labels in between."""
    node, steps = root, 0
    while node.head != node and steps < 3:
        label, node, steps = node.dep_, node.head, steps + 1
        word = _masked(node, marked)
        yield f"{name}{steps} {word}"
        yield f"{name}{steps} {label} {word}"
        if node.pos_ in ("VERB", "AUX"):
            helpers = " ".join(sorted(grammar.auxiliaries(node)))
            yield f"{name}m {word} {helpers} {grammar.negated(node)}"


def _masked(token: Token, marked: Marked) -> str:
    if token.i in marked.source:
        return "SOURCE"
    if token.i in marked.target:
        return "TARGET"
    if not marked.marked and token.pos_ == "PROPN":
        return "NAME"
    return "0" if token.like_num else token.lemma_.lower()
