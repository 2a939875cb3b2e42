"""From attributions to statements: who speaks, how, what act, when, where, to whom; alike for every attributor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from onrecord.extract.statements import acts, quotes
from onrecord.extract.statements.quotes import Quote
from onrecord.extract.statements.words import Words, head
from onrecord.facts.cues import groups, shipped
from onrecord.facts.issues import Taxonomy
from onrecord.types import (
    READ_ROLES,
    Attribution,
    Mention,
    Parsed,
    Range,
    Span,
    Speech,
    Statement,
    cut,
    row_id,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_PLACES = frozenset({"GPE", "LOC", "FAC"})


def statements(
    parsed: Parsed, attributions: Sequence[Attribution], taxonomy: Taxonomy
) -> tuple[Statement, ...]:
    """Statements in text order, nested ones pointing at the one they stand in."""
    text = parsed.article.text
    found = quotes.pair(text, quotes.paragraphs(text, parsed.passages, READ_ROLES))
    words = Words.of(parsed.doc)
    made = [_statement(parsed, words, found, a, taxonomy) for a in attributions if a.content]
    unique = list({s.id: s for s in made}.values())
    return tuple(_nested(s, unique) for s in sorted(unique, key=lambda s: (s.content, s.cue, s.source)))


def _statement(
    parsed: Parsed, words: Words, found: list[Quote], told: Attribution, taxonomy: Taxonomy
) -> Statement:
    text = parsed.article.text
    cue, content = words.within(told.cue), words.within(told.content)
    act, negated, hedged = acts.read(cue, content, shipped(), words.within(told.source))
    who, reason = speaker(parsed, words, told.source)
    main = next((t for t in cue if t.pos_ == "VERB"), head(cue))
    quote = cut(text, told.content)
    return Statement(
        id=row_id("s", parsed.article.id, told.source, told.cue, told.content),
        source=told.source,
        cue=told.cue,
        content=told.content,
        speaker=who,
        speech=speech(text, found, told.content),
        act=act,
        negated=negated,
        hedged=hedged,
        addressee=_addressees(parsed, main, told) if main is not None else (),
        said_on=_said_on(parsed, main, told) if main is not None else None,
        said_at=_said_at(main, told) if main is not None else None,
        issues=tag(taxonomy, quote),
        confidence=told.confidence,
        quote=quote,
        source_text=cut(text, told.source),
        cue_text=cut(text, told.cue),
        speaker_reason=reason,
        why=told.why or "model",
    )


def tag(taxonomy: Taxonomy, text: str) -> tuple[str, ...]:
    """Issues that words touch on."""
    tagger: Callable[[str], tuple[str, ...]] | None = getattr(taxonomy, "tag", None)
    return tagger(text) if tagger else ()


def speech(text: str, found: Sequence[Quote], content: Sequence[Span]) -> Speech:
    """Direct when the content is nothing but quotations, mixed when it holds one, else indirect."""
    inside = [q for q in found if any(q.span.overlaps(c) for c in content)]
    if not inside:
        return "indirect"
    bare = sum(
        text[i].isalnum() and not any(q.start <= i < q.end for q in inside)
        for start, end in content
        for i in range(start, end)
    )
    return "mixed" if bare else "direct"


def speaker(parsed: Parsed, words: Words, source: Sequence[Span]) -> tuple[str | None, str]:
    """The actor a source names, and how it was found or why it is not known."""
    if not source:
        return None, "the article names no source"
    mention = mention_at(parsed, words, Span(source[0].start, source[-1].end))
    if mention is None:
        return None, "no known actor in the source's words"
    if mention.actor is None:
        return None, mention.reason or "the source's words are not linked to an actor"
    return mention.actor, mention.reason or "named in the source"


def mention_at(parsed: Parsed, words: Words, span: Span) -> Mention | None:
    """The mention at the head of a span."""
    given: Callable[[Span], Mention | None] | None = getattr(parsed, "mention_at", None)
    if given is not None:
        return given(span)
    inside = list(parsed.mentions_in(span.start, span.end))
    top = head(words.within([span]))
    held = [m for m in inside if top is not None and m.start <= top.idx < m.end]
    return next(iter(held or inside), None)


def _outside(told: Attribution, start: int, end: int) -> bool:
    return not any(s < end and start < e for s, e in (*told.content, *told.source))


def _addressees(parsed: Parsed, verb: Token, told: Attribution) -> tuple[str, ...]:
    """Actors that the cue's object, or `to …`, names."""
    if verb.lemma_ not in groups()["addressing"]:
        return ()
    heads = [c for c in verb.children if c.dep_ in ("dobj", "dative", "nsubjpass")]
    heads += [
        o
        for p in verb.children
        if p.dep_ in ("prep", "dative") and p.lower_ == "to"
        for o in p.children
        if o.dep_ == "pobj"
    ]
    ids = []
    for token in heads:
        if _outside(told, token.idx, token.idx + 1):
            low, high = token.left_edge.idx, token.right_edge.idx + len(token.right_edge)
            ids += [m.actor for m in parsed.mentions_in(low, high) if m.actor and m.end >= token.idx]
    return tuple(dict.fromkeys(ids))


def _said_on(parsed: Parsed, verb: Token, told: Attribution) -> Range | None:
    """The days of a time expression that hangs from the cue, outside what is said."""
    sent = verb.sent
    low, high = sent[0].idx, sent[-1].idx + len(sent[-1])
    near = [
        t
        for t in parsed.times_in(low, high)
        if t.range is not None and t.type in ("DATE", "TIME") and _outside(told, t.start, t.end)
    ]
    if not near:
        return None
    best = min(near, key=lambda t: (min(abs(t.start - verb.idx), abs(t.end - verb.idx)), t.start))
    return best.range


def _said_at(verb: Token, told: Attribution) -> str | None:
    """The place in `said in Minsk`."""
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.lower_ in ("in", "at", "from", "on"):
            for place in prep.children:
                if (
                    place.dep_ == "pobj"
                    and place.ent_type_ in _PLACES
                    and _outside(told, place.idx, place.idx + 1)
                ):
                    ent = [t for t in place.subtree if t.ent_type_ in _PLACES]
                    text: str = place.doc[ent[0].i : place.i + 1].text
                    return text
    return None


def _nested(inner: Statement, all_of_them: Sequence[Statement]) -> Statement:
    """The statement with `within` set to the smallest one whose content holds its cue and content."""
    spans = (*inner.cue, *inner.content)
    holders = [
        s
        for s in all_of_them
        if s.id != inner.id and all(any(c.contains(x) for c in s.content) for x in spans)
    ]
    if not holders:
        return inner
    smallest = min(holders, key=lambda s: (sum(e - b for b, e in s.content), s.id))
    return msgspec.structs.replace(inner, within=smallest.id)
