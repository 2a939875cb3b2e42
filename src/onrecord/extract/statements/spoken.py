"""Who says it and with which words: source and cue of a word that introduces a statement, as tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract.statements import frames
from onrecord.extract.statements.page import Page

if TYPE_CHECKING:
    from spacy.tokens import Token

_LIGHT = frozenset({"dobj", "pobj", "attr"})


def cue(verb: Token) -> list[int]:
    """The verb with its auxiliaries, negation, particle, adverbs beside it, and the verbs it completes."""
    own = {verb.i}
    for at in (verb, frames.chain(verb)):
        own.update(c.i for c in at.children if c.dep_ in ("aux", "auxpass", "neg", "prt"))
        own.update(c.i for c in at.children if c.dep_ == "advmod" and abs(c.i - at.i) == 1)
    top = frames.chain(verb)
    if top.i < verb.i:
        own.update(range(top.i, verb.i))
    low = min(own)
    own.update(c.i for c in verb.children if c.dep_ == "advmod" and low < c.i < verb.i)
    return sorted(own)


def source(page: Page, verb: Token) -> list[int]:
    """The subject's whole phrase, without a relative clause that holds the verb."""
    if frames.is_passive(verb):
        return agent(verb)
    head = frames.subject(verb)
    if head is None:
        return []
    own = {verb.i}
    at = verb
    while at.i not in (at.head.i, head.i):
        own.add(at.i)
        at = at.head
    below = {i for c in head.children if c.i in own for i in frames.indices(c)}
    return [i for i in frames.indices(head) if i not in below and i not in page.quote_of]


def agent(verb: Token) -> list[int]:
    """`by X` of a passive."""
    return [
        i
        for c in verb.children
        if c.dep_ == "agent"
        for o in c.children
        if o.dep_ == "pobj"
        for i in frames.indices(o)
    ]


def beside(page: Page, verb: Token, quote_end: int) -> list[int]:
    """The noun phrase next to a verb of speech whose subject the parser missed.

    After the verb where it follows the quotation at once (`…," said Anna Berg`), else before it, across an
    insertion between commas (`Anna Berg, a spokeswoman, said`).
    """
    doc = page.doc
    if verb.i == page.first_at(quote_end):
        return _phrase(page, verb.i + 1, 1)
    at = verb.i - 1
    while at >= 0 and doc[at].dep_ in ("aux", "advmod", "neg"):
        at -= 1
    if at >= 0 and doc[at].text == ",":
        comma = next(
            (i for i in range(at - 1, max(at - 25, 0), -1) if doc[i].text == "," or doc[i].is_sent_start), -1
        )
        before = _phrase(page, comma - 1, -1) if comma > 0 and doc[comma].text == "," else []
        return before or _phrase(page, page.first_at(quote_end) if verb.idx > quote_end else at - 1, 1)
    return _phrase(page, at, -1)


def _phrase(page: Page, start: int, step: int) -> list[int]:
    """Nouns, names and what goes with them, from one end of a noun phrase on."""
    doc = page.doc
    if not 0 <= start < len(doc) or doc[start].pos_ not in ("PROPN", "NOUN", "PRON", "DET", "ADJ"):
        return []
    if start in page.quote_of:
        return []
    last = start
    while 0 <= last + step < len(doc) and _in_phrase(page, last + step):
        last += step
    return list(range(min(start, last), max(start, last) + 1))


def _in_phrase(page: Page, i: int) -> bool:
    token = page.doc[i]
    return (
        i not in page.quote_of
        and token.pos_ in ("PROPN", "NOUN", "ADJ", "DET", "PART")
        and not token.is_space
    )


def noun_parts(page: Page, word: Token) -> tuple[list[int], list[int]]:
    """Source and cue of a noun or adjective: `his claim`, `voiced concern`, `is confident`."""
    if word.pos_ == "ADJ":
        verb = (
            word.head
            if word.dep_ in ("acomp", "attr", "oprd") and word.head.pos_ in ("AUX", "VERB")
            else None
        )
        if verb is None:
            return [], [word.i]
        return source(page, verb), sorted({*cue(verb), *range(verb.i, word.i + 1)})
    owner = [c for c in word.children if c.dep_ == "poss"]
    if owner:
        who = frames.indices(owner[0])
        case = [i for i in who if page.doc[i].tag_ == "POS"]
        inner = [c.i for c in word.children if c.dep_ in ("amod", "compound") and c.i > owner[0].i]
        return [i for i in who if i not in case], sorted({*case, *inner, word.i})
    verb = word.head.head if word.head.dep_ == "prep" else word.head
    if word.dep_ in _LIGHT and verb.pos_ == "VERB" and verb.i < word.i and not frames.is_passive(verb):
        return source(page, verb), sorted({*cue(verb), *range(verb.i, word.i + 1)})
    by = [o for c in word.children if c.dep_ == "prep" and c.lower_ in ("by", "from") for o in c.children]
    own = [c.i for c in word.children if c.dep_ in ("amod", "compound", "det")]
    return [i for o in by[:1] for i in frames.indices(o)], sorted({*own, word.i})


def clause_of(page: Page, word: Token) -> tuple[int, ...]:
    """The clause that `according to …` speaks of: the whole sentence when it stands apart."""
    edge, end = word.left_edge.i, word.right_edge.i
    doc, sent = page.doc, word.sent
    apart = edge == sent.start or doc[edge - 1].text in (",", "—", "–", "--", ")")
    if apart:
        at = word.head
        while at.head.i != at.i and at.dep_ not in ("ccomp", "conj", "advcl", "parataxis", "relcl"):
            at = at.head
        if at.dep_ in ("conj", "advcl") and end >= sent.end - 2:
            at = sent.root
        return frames.indices(at)
    return frames.indices(word.head)
