"""Words that tell a promise: who gives it, to whom, and the words of what is promised.

Three shapes: a verb of promising or agreeing (its act is that of the statement it introduces, else that of
the table of cues), what is to be done under an agreement, and a promise as a thing that is kept or broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.agreements import sides, words
from onrecord.extract.agreements.days import AHEAD
from onrecord.extract.scene import BEARERS, Scene, auxiliaries, clause_of, is_negated, subjects
from onrecord.facts.cues import shipped
from onrecord.types import CommitmentState

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise as a sentence tells it, for all who give it."""

    verb: Token
    """The word that tells it."""
    deed: Token
    """Head of what is promised."""
    left_out: tuple[Token, ...]
    """Heads of what stands within but is not promised itself: `if …`, `in exchange for …`."""
    promisers: tuple[str, ...]
    to: tuple[str, ...]
    rule: str
    together: bool = False
    """Given by `we`, `both sides`: those of the agreement told in the same words."""
    act: str
    """`promise`, `agree`, or `under` an agreement."""
    state: CommitmentState = "promised"


def promises(scene: Scene, sentence: Run) -> Iterator[Promise]:
    """All promises of a sentence, in text order."""
    for token in sentence:
        if token.pos_ == "VERB":
            yield from _under_agreement(scene, token)
            yield from _by_verb(scene, token)
        elif token.pos_ == "NOUN" and token.lemma_.lower() in words.PROMISES:
            yield from _by_noun(scene, token)


def _by_verb(scene: Scene, verb: Token) -> Iterator[Promise]:
    """`A agreed to halt drilling`, `A pledged $30 million to B`, `A assured B that it will pay`."""
    act = _act(scene, verb)
    if act is None or _is_not_given(verb):
        return
    given = _doers(scene, verb)
    told = _told(scene, verb)
    content = _content(verb, act)
    together = not given and any(_is_together(s) for s in subjects(verb))
    if content is None or not (given or together):
        return
    clause = content.dep_ == "ccomp"
    promisers = _of_clause(scene, content, given, act) if clause else given
    if clause and together:
        return
    if not clause and content.pos_ == "VERB" and not _is_deed(content):
        return
    rule = f"{act}: {verb.text}"
    yield Promise(verb=verb, deed=content, left_out=_hangs_on(verb, content), promisers=promisers,
                  together=together, to=told, rule=rule, act=act)  # fmt: skip


def _act(scene: Scene, verb: Token) -> str | None:
    """`promise` or `agree`: the act of the statement that the verb introduces, else that of the table."""
    lemma = verb.lemma_.lower()
    found = shipped().act("verb", lemma)
    said = scene.introduced_by(verb.idx)
    act = said.act if said else found
    if act == "promise" and found == "promise":
        return "promise"
    return "agree" if act in ("agree", "promise") and lemma in words.CONSENT else None


def _is_not_given(verb: Token) -> bool:
    """Denied, still to come, wished for, refused or asked about."""
    helpers = {a.lower_ for a in auxiliaries(verb)}
    wished = verb.tag_ == "VB" and verb.dep_ in ("xcomp", "ccomp", "advcl", "acl", "pcomp", "csubj", "ROOT")
    unreal = any(c.dep_ == "mark" and c.lower_ in words.UNREAL for c in verb.children)
    seeming = verb.dep_ == "xcomp" and verb.head.lemma_ in words.SEEMING
    asked = verb.sent.text.rstrip("”\"' ").endswith("?")
    return is_negated(verb) or bool(helpers & (AHEAD | {"do"})) or wished or seeming or unreal or asked


def _doers(scene: Scene, verb: Token) -> tuple[str, ...]:
    """Who promises: the subject, or the agent of a passive."""
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children) or (
        verb.tag_ == "VBN" and verb.dep_ == "acl"
    ):
        found = [a for c in verb.children if c.dep_ == "agent" for o in c.children for a in scene.named(o)]
    else:
        found = [a for s in subjects(verb) if s.i < verb.i for a in scene.named(s)]
    return sides.able(scene, found)


def _is_together(subject: Token) -> bool:
    return subject.lower_ in ("we", "they", "both", "two") or (
        subject.tag_ == "NNS" and subject.lemma_ in BEARERS
    )


def _told(scene: Scene, verb: Token) -> tuple[str, ...]:
    """To whom: `assured B that`, `promised B aid`, `pledged … to B`, `agreed with B to`, `A was promised`."""
    objects = [c for c in verb.children if c.dep_ in ("dobj", "dative", "nsubjpass")]
    content = any(c.dep_ in ("ccomp", "xcomp") for c in verb.children) or len(objects) > 1
    near = [c for c in objects if c.dep_ in ("dative", "nsubjpass") or content]
    near += behind((verb, *(c for c in objects if c.dep_ == "dobj")), ("to", "with"))
    return sides.able(scene, [a for o in near for a in scene.named(o)])


def behind(over: Iterable[Token], prepositions: Sequence[str]) -> list[Token]:
    """What stands behind one of some prepositions right under a verb or its objects: `… to *B*`."""
    return [
        noun
        for head in over
        for prep in head.children
        if prep.dep_ in ("prep", "dative") and prep.lower_ in prepositions
        for noun in prep.children
        if noun.dep_ == "pobj"
    ]


def _content(verb: Token, act: str) -> Token | None:
    """Head of what is promised: an infinitive, a clause that looks ahead, or, of a promise, a thing."""
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.dep_ == "xcomp" and any(a.lower_ == "to" for a in auxiliaries(child)):
            return child
        if child.dep_ == "ccomp" and {a.lower_ for a in auxiliaries(child)} & words.WILL:
            return child
    if act != "promise" or verb.lemma_ not in words.GIVING:
        return None
    things = [c for c in verb.children if c.dep_ == "dobj" and c.pos_ in ("NOUN", "PROPN", "SYM", "NUM")]
    return things[0] if things and things[0].i > verb.i else None


def _of_clause(scene: Scene, deed: Token, given: tuple[str, ...], act: str) -> tuple[str, ...]:
    """Who is to do it: of `A promised that it will`, A; of `A and B agreed that B will`, B; else nobody."""
    own = [c for c in deed.children if c.dep_ in ("nsubj", "nsubjpass")]
    if any(c.dep_ == "nsubjpass" for c in own):
        return ()
    named = sides.able(scene, [a for s in own for a in scene.named(s)])
    mine = {scene.side(a) for a in given}
    if named:
        fits = {scene.side(a) for a in named} <= mine
        return (named if act == "agree" else given) if fits else ()
    pronoun = len(own) == 1 and own[0].lower_ in ("it", "he", "she", "we", "i", "they")
    return given if pronoun and (len(mine) == 1 or own[0].lower_ in ("we", "they")) else ()


def _hangs_on(verb: Token, deed: Token) -> tuple[Token, ...]:
    """Heads of conditions and of what is given in return, of the promise or of the deed."""
    found = []
    for over in {verb, deed}:
        for child in over.children:
            if child.dep_ == "advcl" and any(
                m.dep_ == "mark" and m.lower_ in words.UNLESS | words.AFTER for m in child.children
            ):
                found.append(child)
    for token in deed.subtree:
        if _is_exchange(token) or (token.lower_ == "provided" and token.dep_ in ("prep", "mark")):
            found.append(token)
    found += [c for c in verb.children if _is_exchange(c)]
    return tuple(sorted({*found, *_torn(deed)}, key=lambda t: t.i))


def _is_exchange(token: Token) -> bool:
    """`in exchange for …`, `in return for …`; `in return` alone says not for what."""
    noun = next((c for c in token.children if c.lower_ in ("exchange", "return")), None)
    return token.lower_ == "in" and noun is not None and any(t.lower_ == "for" for t in token.subtree)


def _is_deed(head: Token) -> bool:
    """Something that one side does; talks to be held are an encounter."""
    talks = any(c.dep_ == "dobj" and c.lemma_.lower() in words.TALKS for c in head.children)
    return head.lemma_ not in words.NO_DEED and not (talks and head.lemma_ in words.HOLDING)


def _under_agreement(scene: Scene, verb: Token) -> Iterator[Promise]:
    """`under the deal A will open the road`, `the accord requires B to disarm`."""
    if _binds(verb):
        for bound in (c for c in verb.children if c.dep_ in ("dobj", "nsubj")):
            deed = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.i > verb.i), None)
            if bound.dep_ == "dobj" and deed is not None:
                yield _due(scene, verb, deed, scene.named(bound))
        inner = next((c for c in verb.children if c.dep_ == "ccomp" and c.tag_ == "VB"), None)
        if inner is not None and not any(c.dep_ == "dobj" for c in verb.children):
            doers = [a for c in inner.children if c.dep_ == "nsubj" for a in scene.named(c)]
            yield _due(scene, verb, inner, doers)
        return
    if _act(scene, verb) or not ({a.lower_ for a in auxiliaries(verb)} & words.WILL) or not _is_under(verb):
        return
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    if any(c.dep_ == "nsubjpass" for c in own) and verb.lemma_ not in words.OBLIGED:
        return
    deed = verb
    if verb.lemma_ in words.OBLIGED:
        deed = next((c for c in verb.children if c.dep_ == "xcomp"), verb)
    given_up = deed.lemma_ in words.LEAVE and any(
        c.dep_ == "dobj" and c.lemma_.lower() in words.DUTIES | words.NOUNS for c in deed.children
    )
    if _is_deed(deed) and not given_up:
        yield _due(scene, verb, deed, _who_will(scene, verb))


def _who_will(scene: Scene, verb: Token) -> list[str]:
    """The subject; of a joined clause the name before its `will`, which the parser may join to a noun."""
    own = [c for c in verb.children if c.dep_ == "nsubj"]
    will = next((a for a in auxiliaries(verb) if a.lower_ in words.WILL), None)
    if not own and verb.dep_ == "conj" and will is not None and will.i > 0:
        before = verb.doc[will.i - 1]
        if before.dep_ != "cc" and not before.is_punct:
            return list(scene.named(before)) if before.i in scene.mention_of else []
    return [a for s in subjects(verb) for a in scene.named(s)]


def _torn(deed: Token) -> list[Token]:
    """The subject of a clause joined behind, where the parser took it for part of the deed's object."""
    wills = [a for c in deed.conjuncts if c.i > deed.i for a in auxiliaries(c) if a.lower_ in words.WILL]
    before = [a.doc[a.i - 1] for a in wills if a.i > 0]
    return [t for t in before if t.dep_ == "conj" and t in deed.subtree]


def _binds(verb: Token) -> bool:
    """The agreement itself is the subject of a verb of obliging, in the present or the past."""
    lemma = verb.lemma_.lower()
    if lemma not in words.BINDING or is_negated(verb) or {a.lower_ for a in auxiliaries(verb)} & {"may"}:
        return False
    bearers = [s for s in subjects(verb) if s.i < verb.i]
    return any(s.lemma_.lower() in words.NOUNS - {"plan", "exchange"} for s in bearers)


def _due(scene: Scene, verb: Token, deed: Token, named: Sequence[str]) -> Promise:
    return Promise(
        verb=verb, deed=deed, left_out=_hangs_on(verb, deed), promisers=sides.able(scene, list(named)),
        to=(), rule=f"under an agreement: {verb.text}", act="under",
    )  # fmt: skip


def _is_under(verb: Token) -> bool:
    """A clause with `under the agreement`, or joined to one."""
    at = verb
    while True:
        for prep in at.subtree:
            if prep.dep_ != "prep" or prep.lower_ not in ("under", "as") or clause_of(prep) != at:
                continue
            below = (t for t in prep.subtree if t.pos_ in ("NOUN", "PROPN") and t.i < prep.i + 8)
            pact = any(t.lemma_.lower() in words.NOUNS - {"plan"} and _is_object(t, prep) for t in below)
            if pact and prep.head.lemma_ not in words.DUTIES:
                return True
        if at.dep_ not in ("conj", "ccomp") or at.head == at or at.head.pos_ != "VERB":
            return False
        at = at.head


def _is_object(noun: Token, prep: Token) -> bool:
    """`under the deal`, `as part of the deal`."""
    return noun.dep_ == "pobj" and (noun.head == prep or noun.head.head.lower_ == "part")


def _by_noun(scene: Scene, noun: Token) -> Iterator[Promise]:
    """`A broke its promise to pay`, `A has kept its pledge to B to withdraw`."""
    over = noun.head if noun.dep_ == "dobj" else noun.head.head if noun.dep_ == "pobj" else noun
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is None or over.pos_ != "VERB" or _is_not_given(over):
        return
    lemma = over.lemma_.lower()
    state = next((s for s, verbs in words.LATER.items() if lemma in verbs), None)
    # `its pledge to B to withdraw`: the parser gives the infinitive to the verb
    below = [*noun.children, *(c for c in over.children if c.dep_ == "advcl" and c.i > noun.i)]
    deed = next((c for c in below if c.tag_ == "VB" and any(a.lower_ == "to" for a in auxiliaries(c))), None)
    if state is None or deed is None or not _is_deed(deed):
        return
    given = scene.named(owner)
    if not given and owner.tag_ == "PRP$":
        given = _doers(scene, over)
    near = [c for t in (noun, over) for c in t.children if c.lower_ == "to" and noun.i < c.i < deed.i]
    yield Promise(
        verb=noun, deed=deed, left_out=_hangs_on(noun, deed), state=state, act="promise",
        promisers=sides.able(scene, list(given)), rule=f"{noun.text}: {over.text}",
        to=sides.able(scene, [a for c in near for o in c.children for a in scene.named(o)]),
    )  # fmt: skip
