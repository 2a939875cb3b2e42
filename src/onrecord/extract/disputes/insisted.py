"""Two sides told to hold to opposite versions: `A maintains that they came; B, that they did not`.

The second clause points back to what the first one tells, or the two may both hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.extract.scene import Scene, auxiliaries, subjects
from onrecord.types import Side, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token

_INSIST = frozenset({"maintain", "insist", "swear", "claim", "contend"})
_MODAL = frozenset({"will", "would", "shall", "should", "may", "might", "can", "could", "must"})
_BACK = frozenset({"it", "they", "them", "he", "she", "him", "her"})
"""Pronouns with which a second version speaks of what the first one told."""


@dataclass(frozen=True, slots=True)
class _Version:
    """What one side is told to hold to."""

    side: Side
    answers: bool
    """Speaks of what was told before."""


def insisted(scene: Scene) -> Iterator[tuple[Run, list[Side]]]:
    """Two versions of the past held to by two sides, in one sentence or two that follow each other."""
    told = [(n, s, v) for n, s in enumerate(scene.sentences) for v in _versions(scene, s)]
    for (before, sentence, one), (at, _, other) in pairwise(told):
        sides = [scene.side(str(v.side.actor)) for v in (one, other)]
        if at - before <= 1 and sides[0] != sides[1] and other.answers:
            yield sentence, [one.side, other.side]


def _versions(scene: Scene, sentence: Run) -> Iterator[_Version]:
    """`A maintains that P`; `; B, that Q` behind it, where the verb is left out."""
    for verb in scene.of_lemma(sentence, _INSIST):
        if verb.pos_ != "VERB" or {a.lower_ for a in auxiliaries(verb)} & _MODAL:
            continue
        named = [a for s in subjects(verb) for a in scene.named(s) if _speaks(scene, a)]
        clause = next((c for c in verb.children if c.dep_ == "ccomp"), None)
        inside_out = clause is None and verb.dep_ in ("parataxis", "ccomp") and verb.i < verb.head.i
        clause = verb.head if inside_out else clause
        if not named or clause is None:
            continue
        end = sentence.end
        gap = next((t.i for t in sentence if t.text == ";" and t.i > max(verb.i, clause.i)), end)
        # `On Friday, A swears, it was signed`: the words behind the verb
        start = verb.right_edge.i + 1 if clause == verb.head else sentence.start
        inside = [t for t in clause.subtree if start <= t.i < gap and not t.is_punct]
        if inside and _is_past(clause):
            yield _Version(_side(scene, named[0], inside), _answers(scene, inside, named[0]))
            yield from _without_verb(scene, sentence, gap)


def _without_verb(scene: Scene, sentence: Run, gap: int) -> Iterator[_Version]:
    """`; B, that Q`: B holds that Q."""
    doc = sentence.doc
    mention = scene.mention_of.get(gap + 1) if gap + 1 < sentence.end else None
    named = [a for a in scene.ids(mention) if _speaks(scene, a)] if mention else []
    at = next((t.i for t in sentence if mention and t.idx >= mention.end), sentence.end)
    if not named or at + 2 >= sentence.end or doc[at].text != "," or doc[at + 1].lower_ != "that":
        return
    inside = [t for t in sentence if t.i > at + 1 and not t.is_punct and not t.is_space]
    first = next((t for t in inside if t.pos_ in ("VERB", "AUX")), None)
    if first is not None and first.tag_ == "VBD":
        yield _Version(_side(scene, named[0], inside), _answers(scene, inside, named[0]))


def _speaks(scene: Scene, actor_id: str) -> bool:
    """Somebody on the side of a state."""
    actor = scene.actor(actor_id)
    return bool(actor and actor.country and actor.kind in ("person", "government", "state", "group"))


def _is_past(clause: Token) -> bool:
    helpers = {a.lower_ for a in auxiliaries(clause)}
    return not helpers & _MODAL and (
        clause.tag_ == "VBD" or bool(helpers & {"was", "were", "had", "has", "have", "did"})
    )


def _answers(scene: Scene, inside: list[Token], speaker: str) -> bool:
    """A pronoun that is not the speaker."""
    for token in inside:
        if token.lower_ in _BACK and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "attr"):
            mention = scene.mention_of.get(token.i)
            if not mention or speaker not in scene.ids(mention):
                return True
    return False


def _side(scene: Scene, actor: str, inside: list[Token]) -> Side:
    words = [t for t in inside if not t.is_space]
    if words[0].lower_ == "that":
        words = words[1:] or words
    span = Span(words[0].idx, words[-1].idx + len(words[-1]))
    return Side(actor=actor, told=scene.text[span.start : span.end], evidence=(span,))
