"""What the sides are told to have left open, or not to have scheduled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract.agreements import sides, words
from onrecord.extract.agreements.consents import is_unreal
from onrecord.extract.agreements.days import is_modal
from onrecord.extract.agreements.telling import Telling, telling
from onrecord.extract.agreements.wording import noun_phrase, run_of
from onrecord.extract.scene import Scene, clause_of, is_negated, subjects

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token


def left_open(scene: Scene, sentence: Run) -> Telling | None:
    """`X remains a subject of talks`: what the sides have not agreed yet."""
    low = sentence.text.lower()
    found = next((p for p in words.OPEN_ENDED if p in low), None)
    if found is None:
        return None
    verb = scene.token_at(sentence.start_char + low.index(found))
    if _open_question(scene, verb):
        return None
    about = next((c for c in [*verb.children, *verb.head.children] if c.dep_ in ("nsubj", "nsubjpass")), None)
    if about is None or about.pos_ == "PRON":
        return None
    return telling(
        scene, verb, kind="consent", subject=noun_phrase(scene, about), state="not_agreed", rule=found,
        parties=(), made=None, sure=0.6,
    )  # fmt: skip


def not_scheduled(scene: Scene, sentence: Run) -> Telling | None:
    """`A and B did not schedule another meeting`, `A and B set no date`, `A and B left the question open`."""
    for verb in (t for t in sentence if t.pos_ == "VERB"):
        if is_unreal(verb) or is_modal(verb):
            continue
        about = _left_undecided(verb)
        subject = noun_phrase(scene, about) if about is not None else _open_question(scene, verb)
        if subject:
            named = [a for s in subjects(verb) if s != about for a in scene.named(s)]
            return telling(
                scene, verb, kind="consent", subject=subject, state="not_agreed",
                rule=f"not scheduled: {verb.text}", parties=sides.able(scene, named), made=None, sure=0.6,
            )  # fmt: skip
    return None


def _open_question(scene: Scene, verb: Token) -> str | None:
    """`left open when the talks would resume`, `did not decide who would pay`: the clause that asks."""
    lemma = verb.lemma_.lower()
    left = next((c for c in verb.children if c.lower_ == "open"), None) if lemma == "leave" else None
    if left is None and not (lemma in words.DECIDE and is_negated(verb)):
        return None
    behind = (left or verb).i + 1
    asked = next((t for t in verb.doc[behind : behind + 3] if t.lower_ in words.ASKING), None)
    if (
        asked is None
        or asked.sent != verb.sent
        or not all(t.lower_ == "on" for t in verb.doc[behind : asked.i])
    ):
        return None
    clause = clause_of(asked)
    inside = [t for t in clause.subtree if t.i >= asked.i] if clause != verb else []
    return run_of(scene, inside) if len(inside) > 1 else None


def _left_undecided(verb: Token) -> Token | None:
    """What was not scheduled, or left open: the date, the encounter, the question."""
    lemma = verb.lemma_.lower()
    if lemma == "leave" and any(c.lower_ == "open" for c in verb.children):
        things = (c for c in verb.children if c.dep_ in ("dobj", "nsubjpass"))
        return next((c for c in things if c.lemma_.lower() in words.QUESTIONS), None)
    if lemma not in words.SCHEDULE:
        return None
    for thing in verb.children:
        if thing.dep_ in ("dobj", "nsubjpass") and thing.lemma_.lower() in words.SCHEDULED:
            none = any(c.lower_ in ("no", "neither") for c in thing.children)
            return thing if none or is_negated(verb) else None
    return None
