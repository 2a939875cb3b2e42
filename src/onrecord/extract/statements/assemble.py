"""From attributions to statements: who speaks, how, which act, when, where, to whom.

Alike for every attributor: it reads spans, whoever found them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec

from onrecord.extract.statements import acts, quotes
from onrecord.extract.statements.quotes import Quote
from onrecord.extract.statements.tags import tag
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
_TIMES = frozenset({"DATE", "TIME"})
_BOUNDS = frozenset({"since", "until", "till", "for", "before", "by"})
_TITLE = 4
"""Spaces in the longest title before a name: "former Deputy Prime Minister of"."""
_BETWEEN = re.compile(
    r"[,;]|\b(?:of|for|to|by|from|with|against|about|between|among|who|whose)\b|[’']s\b", re.IGNORECASE
)
_AND = re.compile(r"(?:,[^,;]{2,60})*,?\s+(?:and|as well as|along with|together with)\s", re.IGNORECASE)
_JOINT = re.compile(
    r"\s*(?:,|,?\s+(?:and|as well as|along with|together with))"
    r"(?:\s+(?!of\b|for\b|who\b|whose\b)[\w.'’-]+)*\s+",
    re.IGNORECASE,
)
"""What stands between two of a list: a comma or "and", and words of a title, none that hangs on the first."""
_OWNER = re.compile(r"[’']s?\s+(?:own\s+|new\s+|latest\s+|recent\s+)?(?P<thing>[a-z]+)\b", re.IGNORECASE)
_SPEAKS_FOR_OWNER = frozenset({
    "letter", "statement", "speech", "tweet", "message", "book", "remark", "remarks", "comment", "comments",
    "testimony", "post", "memoir", "article", "column", "memo", "email", "address", "answer", "answers",
    "words", "decision", "claim", "claims", "response", "reply", "assertion", "tweets", "argument",
})  # fmt: skip


def statements(
    parsed: Parsed, attributions: Sequence[Attribution], taxonomy: Taxonomy
) -> tuple[Statement, ...]:
    """Statements in text order, nested ones pointing at the one they stand in."""
    text = parsed.article.text
    found = quotes.pair(text, quotes.paragraphs(text, parsed.passages, READ_ROLES))
    words = Words.of(parsed.doc)
    made = [_statement(parsed, words, found, a, taxonomy) for a in attributions if a.content]
    unique = sorted({s.id: s for s in made}.values(), key=lambda s: (s.content, s.cue, s.source))
    spoken = _continued(text, unique)
    return nested(spoken)


def _continued(text: str, told: Sequence[Statement]) -> list[Statement]:
    """Quotations without source and cue that go on where the one before ended have its speaker."""
    found: list[Statement] = []
    for one in told:
        before = found[-1] if found else None
        goes_on = (
            before is not None and before.speech == one.speech == "direct" and not (one.source or one.cue)
        )
        if before is not None and goes_on and before.speaker:
            between = text[before.content[-1].end : one.content[0].start]
            if not any(c.isalnum() for c in between):
                reason = "goes on with the quotation before"
                by = {"speaker": before.speaker, "speakers": before.speakers}
                one = msgspec.structs.replace(one, **by, speaker_reason=reason)  # noqa: PLW2901
        found.append(one)
    return found


def _statement(
    parsed: Parsed, words: Words, found: list[Quote], told: Attribution, taxonomy: Taxonomy
) -> Statement:
    text = parsed.article.text
    cue, content = words.within(told.cue), words.within(told.content)
    act, negated, hedged = acts.read(cue, content, shipped(), words.within(told.source))
    by, reason = speakers(parsed, told.source)
    main = next((t for t in cue if t.pos_ == "VERB"), head(cue))
    quote = cut(text, told.content)
    return Statement(
        id=row_id("s", parsed.article.id, told.source, told.cue, told.content),
        source=told.source,
        cue=told.cue,
        content=told.content,
        speaker=by[0] if by else None,
        speakers=by if len(by) > 1 else (),
        speech=speech(text, found, told.content),
        act=act,
        negated=negated,
        hedged=hedged,
        addressee=_addressees(parsed, cue, told),
        said_on=_said_on(parsed, words, cue, told),
        said_at=_said_at(main, told) if main is not None else None,
        issues=tag(taxonomy, quote),
        confidence=told.confidence,
        quote=quote,
        source_text=cut(text, told.source),
        cue_text=cut(text, told.cue),
        speaker_reason=reason,
        why=told.why or "model",
    )


def speech(text: str, found: Sequence[Quote], content: Sequence[Span]) -> Speech:
    """Direct when the content is nothing but quotations, mixed when it holds one, else indirect."""
    inside = [q for c in content for q in _overlapping(found, c)]
    if not inside:
        return "indirect"
    bare = sum(
        text[i].isalnum() and not any(q.start <= i < q.end for q in inside)
        for start, end in content
        for i in range(start, end)
    )
    return "mixed" if bare else "direct"


def _overlapping(found: Sequence[Quote], span: Span) -> Sequence[Quote]:
    """Of quotations in text order, none within another, those that share a character with a span."""
    first = bisect_right(found, span.start, key=lambda q: q.end)
    return found[first : bisect_left(found, span.end, lo=first, key=lambda q: q.start)]


def speakers(parsed: Parsed, source: Sequence[Span]) -> tuple[tuple[str, ...], str]:
    """The actors a source names, and how they were found or why they are not known."""
    if not source:
        return (), "the article names no source"
    whole = Span(source[0].start, source[-1].end)
    mention = parsed.mention_at(whole)
    if mention is not None and (mention.actor is not None or mention.members):
        by = (mention.actor,) if mention.actor else mention.members
        return by, mention.reason or "named in the source"
    listed = _listed(parsed, whole)
    if listed is not None:
        return listed
    if mention is None:
        return (), "no known actor in the source's words"
    return (), mention.reason or "the source's words are not linked to an actor"


def _listed(parsed: Parsed, source: Span) -> tuple[tuple[str, ...], str] | None:
    """The several whom a source names one by one, or the owner of what speaks.

    "Putin and his aides", "Trump and Putin". "Lind’s letter to the council": whose letter it is. "A critic
    of Lind" is not Lind, and "Trump’s lawyer" is not Trump.
    """
    text = parsed.article.text
    inside = [m for m in parsed.mentions_in(source.start, source.end) if m.actor]
    named = inside[0] if inside else None
    if named is None or text[source.start : named.start].strip().count(" ") > _TITLE:
        return None
    before, after = text[source.start : named.start], text[named.end : source.end]
    if _BETWEEN.search(before) or named.form == "group":
        return None
    if _AND.match(after):
        return tuple(dict.fromkeys(_one_by_one(text, inside))), "named one by one"
    if match := _OWNER.match(after):
        thing = match["thing"].lower()
        if thing in _SPEAKS_FOR_OWNER:
            return (str(named.actor),), f"whose {thing} it is"
    return None


def _one_by_one(text: str, inside: Sequence[Mention]) -> Iterator[str]:
    """Actors of the mentions that only commas, "and" and words of a title part from the one before."""
    last: Mention | None = None
    for one in inside:
        between = text[last.end : one.start] if last else ""
        if last is not None and (not _JOINT.fullmatch(between) or between.count(" ") > _TITLE + 1):
            return
        if one.form != "pronoun":
            yield str(one.actor)
            last = one


def _outside(told: Attribution, start: int, end: int) -> bool:
    return not any(s < end and start < e for s, e in (*told.content, *told.source))


def _addressees(parsed: Parsed, cue: list[Token], told: Attribution) -> tuple[str, ...]:
    """Actors that the object of an addressing verb, or `to …`, names."""
    heads: list[Token] = []
    for verb in cue:
        if verb.pos_ != "VERB" or verb.lemma_ not in groups()["addressing"]:
            continue
        if verb.lemma_ in groups()["telling"]:
            heads += [c for c in verb.children if c.dep_ in ("dobj", "dative", "nsubjpass")]
            heads += [
                o
                for c in verb.children
                if c.dep_ == "ccomp" and any(x.tag_ == "TO" for x in c.children)
                for o in c.children
                if o.dep_ == "nsubj"
            ]
        preps = [p for p in verb.children if p.dep_ in ("prep", "dative") and p.lower_ == "to"]
        heads += [o for p in preps for o in p.children if o.dep_ == "pobj"]
    ids: list[str] = []
    for token in heads:
        if _outside(told, token.idx, token.idx + 1):
            low, high = token.left_edge.idx, token.right_edge.idx + len(token.right_edge)
            named = [m for m in parsed.mentions_in(low, high) if m.actor and m.start <= token.idx < m.end]
            ids += [m.actor for m in named if m.actor]
    return tuple(dict.fromkeys(ids))


def _said_on(parsed: Parsed, words: Words, cue: list[Token], told: Attribution) -> Range | None:
    """The days of a time expression that hangs from the cue, outside what is said.

    It hangs from the cue when no other verb stands between them in the tree: in "opted on Friday to dive
    into talks set for May", Friday is when they opted.
    """
    verbs = {t.i for t in cue if t.pos_ in ("VERB", "AUX")}
    if not verbs:
        return None
    sent = cue[0].sent
    low, high = sent[0].idx, sent[-1].idx + len(sent[-1])
    for time in parsed.times_in(low, high):
        if (
            time.range is None
            or time.type not in ("DATE", "TIME")
            or not _outside(told, time.start, time.end)
        ):
            continue
        top = head(words.within([time.span]))
        passed: list[Token] = []
        while top is not None and top.pos_ not in ("VERB", "AUX") and top.head.i != top.i:
            passed.append(top)
            top = top.head
        if top is not None and top.i in verbs and not any(map(_dates_another, passed)):
            return time.range
    return None


def _dates_another(token: Token) -> bool:
    """A word between a time and the verb that makes it the time of something else.

    "the 1951 Convention obliges", "2015 winner of the prize": of what is named; "has backed her since 2008":
    of a beginning or an end.
    """
    named = token.dep_ in ("nsubj", "nsubjpass", "appos", "attr", "dobj") and token.ent_type_ not in _TIMES
    return named or (token.dep_ == "prep" and token.lower_ in _BOUNDS)


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


def nested(told: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with `within` set to the smallest one whose content holds their cue and content.

    Args:
        told: statements in the order of their content.
    """
    starts = [s.content[0].start for s in told]
    ends = list(accumulate((max(c.end for c in s.content) for s in told), max))
    """How far the statements up to each one reach."""

    def holder(inner: Statement) -> str | None:
        spans = (*inner.cue, *inner.content)
        first, last = min(s.start for s in spans), max(s.end for s in spans)
        holders = []
        for i in range(bisect_right(starts, first) - 1, -1, -1):
            if ends[i] < last:
                break
            s = told[i]
            if s.id != inner.id and all(any(c.contains(x) for c in s.content) for x in spans):
                holders.append((sum(e - b for b, e in s.content), s.id))
        return min(holders)[1] if holders else None

    return tuple(msgspec.structs.replace(s, within=holder(s)) for s in told)
