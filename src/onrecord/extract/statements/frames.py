"""How a word that can introduce a statement governs its parts: who speaks, and what is said.

Everything here is plain dependency syntax (the labels of spaCy's English pipelines, CLEAR style): no word
lists. `rules` decides which word in which frame introduces a statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
INHERITING = frozenset({"conj", "xcomp", "advcl", "pcomp"})
"""A verb in one of these relations without a subject of its own has that of the word above it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One way a cue governs what is said.

    `kind` is `clause`, `to`, `ing`, `obj`, `prep:<word>`, `obj+<word>`, `about` … and begins with `pass:`
    where the verb is passive. `content` and `extra_cue` are token indices in the doc.
    """

    kind: str
    content: tuple[int, ...]
    extra_cue: tuple[int, ...] = ()


def is_passive(verb: Token) -> bool:
    return any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children) or (
        verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod")
    )


def subject(verb: Token) -> Token | None:
    """The head of the subject, through conjunctions, participles and relative clauses."""
    seen = 0
    at: Token = verb
    while seen < 6:
        for child in at.children:
            if child.dep_ in SUBJECTS or child.dep_ in PASSIVE_SUBJECTS:
                if child.dep_ == "expl":
                    return None
                if child.lower_ in ("who", "which", "that") and at.dep_ == "relcl":
                    return at.head
                return child
        if at.dep_ == "acl":
            return at.head
        if at.dep_ == "xcomp":
            for child in at.head.children:
                if child.dep_ == "dobj" and child.i < at.i:
                    return child
        if at.dep_ == "prep" or at.dep_ in INHERITING:
            at = at.head
            seen += 1
            continue
        return None
    return None


def frames(verb: Token) -> list[Frame]:
    """The frames a verb stands in, what is said with each."""
    passive = is_passive(verb)
    mark = "pass:" if passive else ""
    found: list[Frame] = []
    objects = [c for c in verb.children if c.dep_ in ("dobj", "oprd", "attr", "dative") and c.i > verb.i]
    for child in verb.children:
        dep = child.dep_
        if dep == "ccomp":
            found.append(Frame(f"{mark}clause", indices(child)))
        elif dep == "xcomp":
            kind = (
                "to"
                if any(c.tag_ == "TO" for c in child.children)
                else "ing"
                if child.tag_ == "VBG"
                else "comp"
            )
            found.append(Frame(f"{mark}{kind}", indices(child)))
    if verb.dep_ == "parataxis":
        rest = set(indices(verb))
        whole = tuple(i for i in indices(verb.head) if i not in rest)
        found.append(Frame(f"{mark}clause", whole))
    after = [c for c in verb.children if c.i > verb.i and c.dep_ in ("prep", "agent") and c.dep_ != "agent"]
    if objects:
        first = objects[0]
        tail = [
            c
            for c in verb.children
            if c.i >= first.i and c.dep_ in ("dobj", "oprd", "prep", "dative", "xcomp")
        ]
        found.append(Frame(f"{mark}obj", tuple(sorted(i for c in objects for i in indices(c)))))
        for prep in after:
            found.append(
                Frame(f"{mark}obj+{prep.lower_}", tuple(sorted(i for c in tail for i in indices(c))))
            )
            found.append(Frame(f"{mark}prep:{prep.lower_}", indices(prep)[1:], (prep.i,)))
    else:
        for prep in after:
            body = tuple(i for i in indices(prep) if i != prep.i)
            if body:
                found.append(Frame(f"{mark}prep:{prep.lower_}", body, (prep.i,)))
    if passive:
        heads = [c for c in verb.children if c.dep_ == "nsubjpass"]
        if heads:
            found.append(Frame("pass:subj", indices(heads[0])))
    return found


def indices(token: Token) -> tuple[int, ...]:
    """The token's subtree, in order."""
    return tuple(t.i for t in token.subtree)


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
