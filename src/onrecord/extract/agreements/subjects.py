"""What a marked agreement is about, in the article's words: the phrase or clause around the marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.extract.agreements.wording import is_time
from onrecord.extract.scene import Scene, clause_of
from onrecord.types import Mark

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WIDENING = frozenset({"compound", "amod", "nummod", "nmod", "quantmod"})
_AWAY = frozenset({"relcl", "appos", "advcl", "parataxis"})
_JOINED = 24
"""Characters between two marks of one subject: `the ferry and, from May, the trains`."""


def in_runs(scene: Scene, marks: Sequence[Mark], away: Sequence[Mark]) -> list[list[Mark]]:
    """Marks that stand close together, where one subject was marked in pieces; `away` parts them."""
    runs = [[marks[0]]]
    for mark in marks[1:]:
        low, high = runs[-1][-1].end, mark.start
        parted = "." in scene.text[low:high] or any(low <= m.start < high for m in away)
        if high - low <= _JOINED and not parted:
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return runs


def around(scene: Scene, run: Sequence[Mark], trigger: Token) -> list[Token]:
    """Marked words with the phrase or clause that they stand in, from its first word to its last."""
    inside = scene.tokens_in(run[0].start, run[-1].end)
    if not inside:
        return []
    own = {t.i for t in inside}
    first, last = inside[0].i, inside[-1].i
    whole = set(own)
    for token in inside:
        if token.head.i in own and token.head != token:
            continue  # not a head of the marked words
        clause = _own_clause(token, trigger)
        whole |= _whole_phrase(token, first) if clause is None else clause
    # only what joins on without a gap
    while first - 1 in whole:
        first -= 1
    while last + 1 in whole:
        last += 1
    return _trimmed(inside[0].doc, first, last)


def _trimmed(doc: Doc, first: int, last: int) -> list[Token]:
    while first < last and doc[first].lower_ in _LEADING:
        first += 1
    return list(doc[first : last + 1])


def _own_clause(token: Token, trigger: Token) -> set[int] | None:
    """The clause of its own that a marked noun stands in: `it is agreed: lorries will pay one fee`."""
    verb = clause_of(token)
    if verb == token or verb.pos_ not in ("VERB", "AUX") or trigger == verb or trigger in verb.subtree:
        return None
    if not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return None
    out = {t.i for c in verb.children if c.dep_ in (*_AWAY, "conj", "cc", "mark") for t in c.subtree}
    return {t.i for t in verb.subtree} - out


def by_syntax(trigger: Token) -> list[Token]:
    """What a word of agreement is about where no subject is marked.

    `an accord on tea`, `the tea accord`, `agreed to buy tea`, `the purchase, agreed in May`; of `this was
    decided` nothing.
    """
    if trigger.pos_ in ("NOUN", "PROPN"):
        about = [c for c in trigger.children if c.dep_ == "prep" and c.lower_ in _ABOUT]
        named = [c for c in trigger.children if c.dep_ in ("compound", "amod", "nmod") and c.i < trigger.i]
        if about:
            return _phrase(about[0], first=about[0].i + 1)
        return [*(t for c in named for t in c.subtree), trigger] if named else []
    if trigger.pos_ not in ("VERB", "AUX"):
        return []
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in trigger.children)
    for child in trigger.children:
        what = child.dep_ in ("dobj", "xcomp", "ccomp") and child.i > trigger.i
        on = child.dep_ == "prep" and child.lower_ in _ABOUT | {"to", "upon"} and not is_time(child)
        if what or on or (passive and child.dep_ == "nsubjpass"):
            return _phrase(child, first=child.left_edge.i + on)
    for child in trigger.children:  # `a pause agreed on Thursday`, taken for a clause
        if child.dep_ == "nsubj" and child.pos_ == "NOUN" and not child.ent_type_ and child.tag_ == "NN":
            return _phrase(child, first=child.left_edge.i, last=trigger.i - 1)
    if trigger.dep_ == "acl" and trigger.tag_ == "VBN":
        return _phrase(trigger.head, first=trigger.head.left_edge.i, last=trigger.i - 1)
    return []


_ABOUT = frozenset({"on", "about", "over", "for", "concerning", "regarding"})


def _phrase(head: Token, first: int, last: int | None = None) -> list[Token]:
    """A phrase without pronouns alone, nor clauses set off."""
    kept = _whole_phrase(head, first) if head.pos_ in ("VERB", "AUX") else {t.i for t in head.subtree}
    out = {t.i for t in head.subtree if t.dep_ in _AWAY for t in t.subtree}
    run = [head.doc[i] for i in sorted(kept - out) if first <= i <= (last or len(head.doc))]
    while run and (run[0].lower_ in _LEADING or run[0].is_punct):
        run.pop(0)
    while run and (run[-1].is_punct or run[-1].is_space):
        run.pop()
    return run if any(t.pos_ in ("NOUN", "PROPN", "VERB") for t in run) else []


_LEADING = frozenset({"the", "a", "an", "to", "that", "on", "of", "about", "over", "its", "their"})
"""Words that a subject does not begin with."""


def _whole_phrase(head: Token, first: int) -> set[int]:
    """A noun with what tells it apart; a verb with all behind `first` that hangs on it; nothing set off."""
    if head.pos_ in ("VERB", "AUX"):
        out = {t.i for c in head.children if c.dep_ in _AWAY or c.dep_ == "conj" for t in c.subtree}
        return {t.i for t in head.subtree if t.i >= first} - out
    out = {
        t.i
        for c in head.children
        if c.dep_ in (*_AWAY, "conj", "cc", "punct") or (c.i < head.i and c.dep_ not in _WIDENING)
        for t in c.subtree
    }
    below = {t.i for t in head.subtree} - out
    return {i for i in below if not any(a.dep_ in _AWAY for a in _between(head.doc[i], head))}


def _between(token: Token, head: Token) -> Iterator[Token]:
    at = token
    while at not in (head, at.head):
        yield at
        at = at.head
