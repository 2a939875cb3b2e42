"""The agreements that a sentence tells by its words: rules on nouns of agreements and the verbs over them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.extract.agreements import sides, words
from onrecord.extract.agreements.consents import is_cease_fire, is_unreal, of_agree, offer_taken
from onrecord.extract.agreements.days import maker
from onrecord.extract.agreements.states import (
    LATER,
    governing_of,
    is_blamed,
    set_off_behind,
    state_behind,
    state_of,
    tried,
)
from onrecord.extract.agreements.telling import Telling, telling
from onrecord.extract.agreements.undecided import left_open, not_scheduled
from onrecord.extract.agreements.wording import noun_phrase
from onrecord.extract.scene import Scene, is_negated

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token


def tellings(scene: Scene, sentence: Run) -> Iterator[Telling]:
    """All agreements that a sentence says something of, in text order."""
    for token in sentence:
        found = _of_noun(scene, token) if token.pos_ in ("NOUN", "PROPN") else None
        if token.pos_ == "VERB" and token.lemma_ in words.CONSENTS:
            found = of_agree(scene, token)
        if found:
            yield found
        elif token.pos_ == "VERB":
            found = _of_it(scene, token)
            if found:
                yield found
    taken = offer_taken(scene, sentence)
    if taken:
        yield taken
    undecided = left_open(scene, sentence) or not_scheduled(scene, sentence)
    if undecided:
        yield undecided


def _of_it(scene: Scene, verb: Token) -> Telling | None:
    """`It is to begin on Sunday`, `It expires in May`: a day for the agreement told last before."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.lower_ not in ("it", "this", "that") or is_negated(verb):
        return None
    begins = verb.lemma_ in words.BEGIN | {"take", "come", "enter", "go"}
    ends = verb.lemma_ in words.EXPIRE | {"run"}
    if not (begins or ends):
        return None
    told = telling(
        scene, verb, kind="it", subject="", state="agreed", rule=f"it: {verb.text}", parties=(), made=None,
        definite=True, sure=0.5,
    )  # fmt: skip
    return told if told.effective or told.expires else None


def _of_noun(scene: Scene, noun: Token) -> Telling | None:  # noqa: PLR0912  one reason a line
    lemma = noun.lemma_.lower()
    if lemma == "fire" and not is_cease_fire(noun):
        return None
    if lemma not in words.NOUNS or noun.dep_ == "compound":
        return None
    if (
        lemma in ("agreement",)
        and noun.dep_ == "pobj"
        and noun.head.lower_ == "in"
        and not list(noun.children)
    ):
        return None
    if noun.tag_ == "NNS" and lemma in ("deal", "agreement", "contract") and not _is_definite(noun):
        return None  # deals in general
    if lemma == "deal" and any(c.lower_ in ("good", "great", "big", "real") for c in noun.children):
        return None  # `a great deal of`, `a big deal`
    governing = governing_of(noun)
    state = state_of(noun, governing)
    behind = set_off_behind(noun) if state is None else None
    if behind is not None:  # `the memorandum, signed in May and still in force`
        governing, state = behind, state_behind(behind)
    parties = sides.parties(scene, noun, governing)
    brokers = sides.brokers(scene, noun)
    if state is None and brokers:
        state = "agreed"
    if state in ("proposed", "agreed") and governing is not None and is_unreal(governing):
        return None  # `if it wanted a trade deal with A`
    if state is None or (
        _is_one_sided(noun, governing) and len(sides.sides(scene, parties)) < 2 and not brokers
    ):
        return None
    if state == "withdrawn" and is_blamed(scene, noun, governing, parties):
        state = "violated"
    pointing = _is_definite(noun) and noun.dep_ in ("nsubj", "nsubjpass")
    if lemma in words.WEAK and len(sides.sides(scene, parties)) < 2 and not brokers and not pointing:
        return None
    anchored = bool(parties or brokers or _is_named(noun) or lemma in words.TRUCES or state == "not_agreed")
    if lemma in words.WEAK and len(sides.sides(scene, parties)) < 2 and not brokers:
        anchored = False  # `the contract takes effect in July` adds to one that was told before
    # in an article on two states, a treaty kept, broken or run out is theirs
    anchored = anchored or (_is_definite(noun) and lemma not in words.WEAK and state in LATER)
    if not anchored and not _is_definite(noun):
        return None
    return telling(
        scene, noun, kind="truce" if lemma in words.TRUCES else "pact", subject=noun_phrase(scene, noun),
        state=state, rule=f"{noun.text}: {governing.text if governing else 'named'}", parties=parties,
        brokers=brokers, made=maker(noun, governing), definite=_is_definite(noun), anchored=anchored,
        named=lemma in words.TRUCES or _is_named(noun), sure=0.8 if parties or brokers else 0.6,
    )  # fmt: skip


def _is_one_sided(noun: Token, governing: Token | None) -> bool:
    """A treaty that one side alone offers or turns down: its position, nothing that two sides agreed."""
    if governing is None or noun.lemma_.lower() in words.TRUCES or _is_named(noun):
        return False
    lemma = governing.lemma_.lower()
    above = tried(governing) or ""
    return lemma in ("reject", "refuse", "propose", "offer") or above in ("offer", "propose", "refuse")


def _is_definite(noun: Token) -> bool:
    return any(c.lower_ in ("the", "that", "this", "its", "their") for c in noun.children)


def _is_named(noun: Token) -> bool:
    """A treaty with a name of its own: `the 1987 Treaty on …`, `New START treaty`."""
    own = [t for t in noun.subtree if t.pos_ == "PROPN" and t.i <= noun.i and t.ent_type_ != "PERSON"]
    return noun.pos_ == "PROPN" or any(t.dep_ in ("compound", "nmod") for t in own)
