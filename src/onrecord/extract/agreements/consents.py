"""Consent told by a verb: `A and B agreed to …`, `A offered … and B accepted`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.extract.agreements import sides, words
from onrecord.extract.agreements.days import between, is_ahead
from onrecord.extract.agreements.states import yet_to_be
from onrecord.extract.agreements.telling import Telling, telling
from onrecord.extract.agreements.wording import is_time, noun_phrase, phrase_of
from onrecord.extract.scene import BEARERS, Scene, is_negated, subjects
from onrecord.types import AgreementState

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token


def of_agree(scene: Scene, verb: Token) -> Telling | None:
    """`A and B agreed to …`, `the two sides agreed on …`, `A agreed with B that …`."""
    if is_unreal(verb):
        return None  # `unless they agree on who pays`
    subject = [a for s in subjects(verb) for a in scene.named(s)]
    partner = [a for c in verb.children if c.lower_ == "with" for o in c.children for a in scene.named(o)]
    parties = sides.able(scene, subject + partner)
    together = any(
        s.lower_ in ("both", "they", "we", "two") or (s.tag_ == "NNS" and s.lemma_ in BEARERS)
        for s in subjects(verb)
    )
    known = len(sides.sides(scene, parties))
    accepts = verb.lemma_ == "accept"
    lone = known < 2 and not together  # one side's consent, told in the article's own voice
    if lone and (known == 0 or accepts or scene.statement_at(verb.idx)):
        return None
    kinds = ("dobj",) if accepts else ("xcomp", "ccomp", "prep", "advcl")
    what = [c for c in verb.children if c.dep_ in kinds and c.i > verb.i]
    what = [c for c in what if c.dep_ != "prep" or (c.lower_ in ("on", "to", "upon") and not is_time(c))]
    if what and what[0].lemma_ in words.NO_DEED | {"visit", "attend"} and what[0].pos_ == "VERB":
        return None  # an encounter ahead, told as such
    if lone and what and what[0].dep_ != "prep" and not any(t.lemma_ in _TALKED for t in verb.sent):
        return None  # what one does, not told as an outcome of talks
    if what and (_points_back(what[0]) or (accepts and what[0].lemma_.lower() in words.PRIVATE)):
        return None  # `did not agree on that`
    if accepts and any(is_pact(o) for o in what):
        return None
    if not what or any(c.lower_ == "with" for c in what):
        return None
    if what[0].dep_ == "prep" and any(is_pact(o) for o in what[0].children if o.dep_ == "pobj"):
        return None  # `agreed to a cease-fire`: the noun tells it
    refused = is_negated(verb) or verb.head.lemma_ == "fail" or yet_to_be(verb)
    if is_ahead(verb) and not refused:
        return None
    state: AgreementState = "not_agreed" if refused else "agreed"
    return telling(
        scene, verb, kind="consent", subject=_agreed_on(scene, verb, what[0]), state=state, rule="agreed",
        parties=parties, made=verb, sure=0.8 if known >= 2 else 0.5,
    )  # fmt: skip


def offer_taken(scene: Scene, sentence: Run) -> Telling | None:
    """`A offered B a waiver; within the hour B had accepted`."""
    for verb in (t for t in sentence if t.lemma_ == "offer" and t.pos_ == "VERB"):
        gift = next((c for c in verb.children if c.dep_ == "dobj"), None)
        after = (t for t in sentence if t.lemma_ == "accept" and t.i > verb.i)
        yes = next((t for t in after if t.tag_ in ("VBD", "VBN")), None)
        if gift is None or yes is None or is_negated(yes) or is_ahead(yes):
            continue
        to = [c for c in verb.children if c.dep_ == "dative" or c.lower_ == "to"]
        told = [o for c in to for o in (c.children if c.pos_ == "ADP" else [c])]
        giver = sides.able(scene, [a for s in subjects(verb) for a in scene.named(s)])
        taker = sides.able(scene, [a for s in subjects(yes) for a in scene.named(s)])
        receiver = sides.sides(scene, [a for o in told for a in scene.named(o)])
        other = [c for c in yes.children if c.dep_ == "dobj" and c.lower_ not in ("it", "this", "that")]
        if receiver and receiver == sides.sides(scene, taker) != sides.sides(scene, giver) and not other:
            told_as = telling(
                scene, verb, kind="consent", subject=noun_phrase(scene, gift), state="agreed",
                rule="offered and accepted", parties=(*giver, *taker), made=None, sure=0.7,
            )  # fmt: skip
            effective, expires = between(scene, verb)
            return replace(told_as, effective=effective, expires=expires) if effective else told_as
    return None


def is_unreal(verb: Token) -> bool:
    """A verb under `if`, `unless`, `until` and the like."""
    return any(c.dep_ == "mark" and c.lower_ in words.UNREAL for c in verb.children)


_TALKED = frozenset({"talk", "negotiation"})
"""Nouns with which one side's consent is told as an outcome."""


def _points_back(phrase: Token) -> bool:
    """`on that`, `to it`, `to the arrangement`: words that name nothing by themselves."""
    definite = any(t.lower_ in ("the", "this", "that") for t in phrase.subtree)
    return all(
        t.pos_ in ("PRON", "DET", "ADP", "PUNCT", "PART") or (definite and t.lemma_.lower() in words.NOUNS)
        for t in phrase.subtree
    )


def _agreed_on(scene: Scene, verb: Token, what: Token) -> str:
    """The words of what was agreed; of `the pipeline they agreed to build`, the pipeline too."""
    told = phrase_of(scene, what)
    missing = (
        verb.dep_ == "relcl" and what.dep_ == "xcomp" and not any(c.dep_ == "dobj" for c in what.children)
    )
    thing = verb.doc[max(0, verb.left_edge.i - 1)]
    return f"{noun_phrase(scene, thing)}: {told}" if missing and thing.pos_ == "NOUN" else told


def is_pact(noun: Token) -> bool:
    """A noun that names an agreement whatever verb it stands under."""
    lemma = noun.lemma_.lower()
    if lemma == "fire":
        return is_cease_fire(noun)
    return lemma in words.NOUNS - words.WEAK and noun.pos_ in ("NOUN", "PROPN")


def is_cease_fire(noun: Token) -> bool:
    """`cease-fire` in three tokens, or `cease fire` in two."""
    before = noun.doc[max(0, noun.i - 2) : noun.i]
    return any(t.lower_ in ("cease", "cease-") for t in before)
