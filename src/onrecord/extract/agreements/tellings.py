"""One telling of an agreement: the noun or verb that shows it, its parties, days, state and conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from onrecord.extract.agreements import sides, words
from onrecord.extract.agreements.days import (
    Day,
    between,
    day_from,
    day_of,
    is_ahead,
    is_modal,
    made_on,
    maker,
)
from onrecord.extract.agreements.states import (
    LATER,
    governing_of,
    is_blamed,
    set_off_behind,
    state_behind,
    state_of,
    tried,
    yet_to_be,
)
from onrecord.extract.agreements.wording import conditions, is_time, noun_phrase, phrase_of, run_of
from onrecord.extract.scene import BEARERS, Scene, clause_of, is_negated, subjects
from onrecord.types import AgreementState, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token

Kind = Literal["truce", "pact", "consent", "it"]


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
    parties: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()
    """The sides that the parties stand on."""
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


def tellings(scene: Scene, sentence: Run) -> Iterator[Telling]:
    """All agreements that a sentence says something of, in text order."""
    for token in sentence:
        found = _of_noun(scene, token) if token.pos_ in ("NOUN", "PROPN") else None
        if token.pos_ == "VERB" and token.lemma_ in words.CONSENTS:
            found = _of_agree(scene, token)
        if found:
            yield found
        elif token.pos_ == "VERB":
            found = _of_it(scene, token)
            if found:
                yield found
    taken = _offer_taken(scene, sentence)
    if taken:
        yield taken
    left_open = _left_open(scene, sentence) or _not_scheduled(scene, sentence)
    if left_open:
        yield left_open


def _offer_taken(scene: Scene, sentence: Run) -> Telling | None:
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
            told_as = _telling(
                scene, verb, kind="consent", subject=noun_phrase(scene, gift), state="agreed",
                rule="offered and accepted", parties=(*giver, *taker), made=None, sure=0.7,
            )  # fmt: skip
            effective, expires = between(scene, verb)
            return replace(told_as, effective=effective, expires=expires) if effective else told_as
    return None


def _is_unreal(verb: Token) -> bool:
    """A verb under `if`, `unless`, `until` and the like."""
    return any(c.dep_ == "mark" and c.lower_ in words.UNREAL for c in verb.children)


def _of_agree(scene: Scene, verb: Token) -> Telling | None:
    """`A and B agreed to …`, `the two sides agreed on …`, `A agreed with B that …`."""
    if _is_unreal(verb):
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
    if accepts and any(_is_pact(o) for o in what):
        return None
    if not what or any(c.lower_ == "with" for c in what):
        return None
    if what[0].dep_ == "prep" and any(_is_pact(o) for o in what[0].children if o.dep_ == "pobj"):
        return None  # `agreed to a cease-fire`: the noun tells it
    refused = is_negated(verb) or verb.head.lemma_ == "fail" or yet_to_be(verb)
    if is_ahead(verb) and not refused:
        return None
    state: AgreementState = "not_agreed" if refused else "agreed"
    return _telling(
        scene, verb, kind="consent", subject=_agreed_on(scene, verb, what[0]), state=state, rule="agreed",
        parties=parties, made=verb, sure=0.8 if known >= 2 else 0.5,
    )  # fmt: skip


_TALKED = frozenset({"talk", "negotiation"})
"""Nouns with which one side's consent is told as an outcome."""


def _points_back(phrase: Token) -> bool:
    """`on that`, `to it`: words that name nothing by themselves."""
    return all(t.pos_ in ("PRON", "DET", "ADP", "PUNCT", "PART") for t in phrase.subtree)


def _agreed_on(scene: Scene, verb: Token, what: Token) -> str:
    """The words of what was agreed; of `the pipeline they agreed to build`, the pipeline too."""
    told = phrase_of(scene, what)
    missing = (
        verb.dep_ == "relcl" and what.dep_ == "xcomp" and not any(c.dep_ == "dobj" for c in what.children)
    )
    thing = verb.doc[max(0, verb.left_edge.i - 1)]
    return f"{noun_phrase(scene, thing)}: {told}" if missing and thing.pos_ == "NOUN" else told


def _is_pact(noun: Token) -> bool:
    """A noun that names an agreement whatever verb it stands under."""
    lemma = noun.lemma_.lower()
    if lemma == "fire":
        return _is_cease_fire(noun)
    return lemma in words.NOUNS - words.WEAK and noun.pos_ in ("NOUN", "PROPN")


def _of_it(scene: Scene, verb: Token) -> Telling | None:
    """`It is to begin on Sunday`, `It expires in May`: a day for the agreement told last before."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.lower_ not in ("it", "this", "that") or is_negated(verb):
        return None
    begins = verb.lemma_ in words.BEGIN | {"take", "come", "enter", "go"}
    ends = verb.lemma_ in words.EXPIRE | {"run"}
    if not (begins or ends):
        return None
    told = _telling(
        scene, verb, kind="it", subject="", state="agreed", rule=f"it: {verb.text}", parties=(), made=None,
        definite=True, sure=0.5,
    )  # fmt: skip
    return told if told.effective or told.expires else None


def _of_noun(scene: Scene, noun: Token) -> Telling | None:  # noqa: PLR0912  one reason a line
    lemma = noun.lemma_.lower()
    if lemma == "fire" and not _is_cease_fire(noun):
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
    if state in ("proposed", "agreed") and governing is not None and _is_unreal(governing):
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
    return _telling(
        scene, noun, kind="truce" if lemma in words.TRUCES else "pact", subject=noun_phrase(scene, noun),
        state=state, rule=f"{noun.text}: {governing.text if governing else 'named'}", parties=parties,
        brokers=brokers, made=maker(noun, governing), definite=_is_definite(noun), anchored=anchored,
        named=lemma in words.TRUCES or _is_named(noun), sure=0.8 if parties or brokers else 0.6,
    )  # fmt: skip


def _telling(
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


def _is_one_sided(noun: Token, governing: Token | None) -> bool:
    """A treaty that one side alone offers or turns down: its position, nothing that two sides agreed."""
    if governing is None or noun.lemma_.lower() in words.TRUCES or _is_named(noun):
        return False
    lemma = governing.lemma_.lower()
    above = tried(governing) or ""
    return lemma in ("reject", "refuse", "propose", "offer") or above in ("offer", "propose", "refuse")


def _from(scene: Scene, trigger: Token) -> Day | None:
    """The day from which a consent holds, or what is done under an agreement."""
    if trigger.pos_ == "VERB":
        return day_from(scene, trigger)
    under = trigger.dep_ == "pobj" and trigger.head.lower_ == "under"
    return day_from(scene, clause_of(trigger)) if under else None


def _is_cease_fire(noun: Token) -> bool:
    """`cease-fire` in three tokens, or `cease fire` in two."""
    before = noun.doc[max(0, noun.i - 2) : noun.i]
    return any(t.lower_ in ("cease", "cease-") for t in before)


def _is_definite(noun: Token) -> bool:
    return any(c.lower_ in ("the", "that", "this", "its", "their") for c in noun.children)


def _is_named(noun: Token) -> bool:
    """A treaty with a name of its own: `the 1987 Treaty on …`, `New START treaty`."""
    own = [t for t in noun.subtree if t.pos_ == "PROPN" and t.i <= noun.i and t.ent_type_ != "PERSON"]
    return noun.pos_ == "PROPN" or any(t.dep_ in ("compound", "nmod") for t in own)


def _left_open(scene: Scene, sentence: Run) -> Telling | None:
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
    return _telling(
        scene, verb, kind="consent", subject=noun_phrase(scene, about), state="not_agreed", rule=found,
        parties=(), made=None, sure=0.6,
    )  # fmt: skip


def _not_scheduled(scene: Scene, sentence: Run) -> Telling | None:
    """`A and B did not schedule another meeting`, `A and B set no date`, `A and B left the question open`."""
    for verb in (t for t in sentence if t.pos_ == "VERB"):
        if _is_unreal(verb) or is_modal(verb):
            continue
        about = _left_undecided(verb)
        subject = noun_phrase(scene, about) if about is not None else _open_question(scene, verb)
        if subject:
            named = [a for s in subjects(verb) if s != about for a in scene.named(s)]
            return _telling(
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
