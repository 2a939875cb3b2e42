"""How a word that can introduce a statement governs its parts: who speaks, and what is said.

Everything here is plain dependency syntax (the labels of spaCy's English pipelines, CLEAR style) with a
handful of grammatical words: no cue lists. `rules` decides which word in which frame introduces a statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
OBJECTS = frozenset({"dobj", "oprd", "dative", "attr"})
COMPLEMENTS = frozenset({"dobj", "oprd", "attr", "acomp", "prep", "xcomp", "dative"})
INHERITING = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "acl"})
"""A verb in one of these relations without a subject of its own has that of the verb above it."""
RELATIVES = frozenset({"who", "which", "that", "whom"})
RAISING = frozenset({"seem", "appear"})
"""Verbs whose subject belongs to what is said."""
_CLIMB = 8
"""Steps up the tree in search of a subject; deeper chains are parser errors."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One way a cue governs what is said.

    `kind` is `clause`, `to`, `ing`, `comp`, `obj`, `obj+<word>` or `prep:<word>`, after `pass:` where the
    verb is passive. `content` and `extra_cue` are token indices in the doc.
    """

    kind: str
    content: tuple[int, ...]
    extra_cue: tuple[int, ...] = ()
    sourceless: bool = False
    """The subject is part of what is said (`the talks seem doomed`, `X is expected to …`)."""


def is_passive(verb: Token) -> bool:
    return any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children) or (
        verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod")
    )


def own_subject(verb: Token) -> Token | None:
    """The verb's own subject, active or passive."""
    return next((c for c in verb.children if c.dep_ in SUBJECTS or c.dep_ in PASSIVE_SUBJECTS), None)


def subject(verb: Token) -> Token | None:
    """The head of the subject: the verb's own, or that of the verb it is joined to."""
    at = verb
    for _ in range(_CLIMB):
        own = own_subject(at)
        if own is not None:
            return own
        impersonal = any(c.dep_ == "expl" for c in at.children)
        if impersonal or at.head.i == at.i or at.dep_ not in INHERITING:
            return None
        if at.dep_ != "acl":
            at = at.head
            continue
        above = _verb_above(at.head) if at.tag_ == "VBG" and _after_comma(at) else None
        if above is None:
            return at.head
        at = above
    return None


def _after_comma(verb: Token) -> bool:
    edge = verb.left_edge.i
    return edge > 0 and verb.doc[edge - 1].text in (",", "—", "–", "-", "--")


def _verb_above(token: Token) -> Token | None:
    at = token
    for _ in range(_CLIMB):
        if at.pos_ in ("VERB", "AUX"):
            return at
        if at.head.i == at.i:
            return None
        at = at.head
    return None


def frames(verb: Token) -> list[Frame]:
    """The frames a verb stands in, and what is said with each."""
    passive = is_passive(verb)
    mark = "pass:" if passive else ""
    children = list(verb.children)
    raised: tuple[int, ...] = ()
    if passive or verb.lemma_ in RAISING:
        own = own_subject(verb)
        raised = indices(own) if own is not None and own.lower_ not in RELATIVES else ()
    found: list[Frame] = []
    for child in children:
        if child.dep_ == "ccomp":
            found.append(Frame(f"{mark}clause", _told(child) if verb.lemma_ == "tell" else _clause(child)))
        elif child.dep_ == "xcomp":
            to = any(c.tag_ == "TO" for c in child.children)
            kind = "to" if to else "ing" if child.tag_ == "VBG" else "comp"
            found.append(Frame(f"{mark}{kind}", raised + indices(child), sourceless=bool(raised)))
        elif child.dep_ in ("acomp", "oprd") and verb.lemma_ in RAISING:
            found.append(Frame(f"{mark}comp", raised + indices(child), sourceless=bool(raised)))
    if verb.dep_ == "parataxis":
        rest = set(indices(verb))
        found.append(Frame(f"{mark}clause", tuple(i for i in indices(verb.head) if i not in rest)))
    found += _objects(verb, mark)
    if passive and raised:
        found.append(Frame("pass:subj", raised, sourceless=True))
    return found


def _objects(verb: Token, mark: str) -> Iterator[Frame]:
    """Objects with all that completes them; prepositions without an object."""
    children = list(verb.children)
    objects = [c for c in children if c.dep_ in OBJECTS and c.i > verb.i]
    preps = [c for c in children if c.dep_ == "prep" and c.i > verb.i]
    if objects:
        first = objects[0].left_edge.i
        tail = [c for c in children if c.dep_ in COMPLEMENTS and c.i >= first]
        ordered = [c for c in tail if c.dep_ == "xcomp" and verb.lemma_ == "tell"]
        if ordered:  # told the envoy to leave: what is said is `to leave`
            yield Frame(f"{mark}to", indices(ordered[0]))
            return
        whole = tuple(sorted(i for c in tail for i in indices(c)))
        for prep in preps:
            yield Frame(f"{mark}obj+{prep.lower_}", whole)
        kind = "obj+to" if any(c.dep_ == "xcomp" for c in tail) else "obj"
        yield Frame(f"{mark}{kind}", whole)
        return
    for prep in preps:
        body = [i for i in indices(prep) if i != prep.i]
        body += [i for c in children if c.dep_ == "xcomp" and c.i > prep.i for i in indices(c)]
        if body:
            yield Frame(f"{mark}prep:{prep.lower_}", tuple(sorted(body)), (prep.i,))


def _told(verb: Token) -> tuple[int, ...]:
    """`told the envoy to leave`: what is said is `to leave`, and the envoy is who was told."""
    own = own_subject(verb)
    to = next((c for c in verb.children if c.tag_ == "TO"), None)
    if own is None or to is None or own.i > to.i:
        return _clause(verb)
    return tuple(i for i in _clause(verb) if i >= to.i)


def _clause(verb: Token) -> tuple[int, ...]:
    """A complement clause without coordinated clauses that have a subject and a complement of their own.

    In "Oslo said the talks had failed, and Bern warned that …" the parser hangs `warned` on `failed`.
    """
    away: set[int] = set()
    for child in verb.children:
        finite = child.dep_ == "conj" and child.tag_ in ("VBD", "VBZ", "VBP")
        if finite and own_subject(child) is not None and any(c.dep_ == "ccomp" for c in child.children):
            away.update(indices(child))
    return tuple(i for i in indices(verb) if i not in away)


def indices(token: Token) -> tuple[int, ...]:
    """The token's subtree, in order."""
    return tuple(t.i for t in token.subtree)


def chain(verb: Token) -> Token:
    """The verb that an infinitive or gerund completes, as far up as it goes: `went on to say` → went."""
    at = verb
    while at.head.pos_ in ("VERB", "AUX", "ADJ") and at.head.i < at.i:
        near = at.dep_ == "advcl" and at.i - at.head.i <= 3 and any(c.tag_ == "TO" for c in at.children)
        if at.dep_ != "xcomp" and not near:
            break
        at = at.head
    return at


def runs(tokens: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Consecutive indices as ranges [first, last]."""
    first = last = None
    for i in sorted(set(tokens)):
        if last is not None and i == last + 1:
            last = i
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = i
    if first is not None and last is not None:
        yield first, last


def noun_frames(word: Token) -> Iterator[Frame]:
    """The frames of a noun or adjective: a clause, an infinitive, or a preposition after it."""
    for child in word.children:
        if child.i < word.i:
            continue
        if child.dep_ in ("acl", "ccomp", "xcomp", "relcl"):
            to = any(c.tag_ == "TO" for c in child.children)
            that = any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children)
            if to and child.dep_ in ("acl", "xcomp"):
                yield Frame("to", indices(child))
            elif that or child.dep_ == "ccomp":
                yield Frame("clause", indices(child))
        elif child.dep_ == "prep":
            body = tuple(i for i in indices(child) if i != child.i)
            if body:
                yield Frame(f"prep:{child.lower_}", body, (child.i,))
