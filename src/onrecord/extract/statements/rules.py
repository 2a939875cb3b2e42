"""Attributions by syntax and rules: what `--fast` uses, and what runs where the tagger is not installed.

First the quotations that stand on their own look for the word that introduces them; then every verb in the
table of cues is asked whether it stands in a frame in which that word usually introduces a statement; nouns
and prepositions ("according to") come last. Spans follow PolNeAR's conventions: the source is the whole noun
phrase, the cue the verb with its auxiliaries, the content without the punctuation around it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.extract.statements import frames, quotes
from onrecord.extract.statements.frames import Frame
from onrecord.extract.statements.quotes import Quote
from onrecord.facts.cues import Cues, shipped
from onrecord.types import READ_ROLES, Attribution, Parsed, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MIN_RATE = 0.5
"""A word in a frame counts as a cue when at least this share of such uses introduced a statement."""
SPEECH_RATE = 0.5
"""A verb may introduce a quotation when its clauses are statements at least that often."""
_TRIM = " \t\n\r,;:.—–-…"


@dataclass(slots=True)
class _Found:
    """An attribution in the making; token indices, save for the content."""

    cue: list[int]
    source: list[int]
    content: list[Span]
    rate: float
    rule: str


@dataclass(slots=True)
class _Page:
    """One article while it is read."""

    doc: Doc
    text: str
    quotes: list[Quote]
    starts: list[int]
    quote_of: dict[int, int] = field(default_factory=dict)
    """Token index → index of the quotation it stands in."""

    def first_at(self, offset: int) -> int:
        """Index of the first token that starts at or after a character."""
        return bisect_left(self.starts, offset)

    def span(self, first: int, last: int) -> Span:
        """Characters of tokens first … last."""
        end = self.doc[last]
        return Span(self.doc[first].idx, end.idx + len(end))

    def spans(self, tokens: list[int], *, keep: str = "") -> list[Span]:
        """Runs of tokens as characters, without the punctuation around them."""
        found = []
        for first, last in frames.runs(tokens):
            span = trimmed(self.text, self.span(first, last), keep)
            if span:
                found.append(span)
        return found


class RuleAttributor:
    """The attributor called `rules`: no model of ours, only the parse, quotation marks and a table of cues."""

    def __init__(self, cues: Cues | None = None) -> None:
        self.cues = cues or shipped()

    def attributions(self, parsed: Parsed) -> list[Attribution]:
        """Attributions of one article, in text order of their contents."""
        page = _page(parsed)
        found = self._by_quotes(page)
        taken = {i for one in found for i in one.cue}
        for verb in page.doc:
            if verb.pos_ in ("VERB", "AUX") and verb.i not in page.quote_of and verb.i not in taken:
                one = self._by_frame(page, verb)
                if one:
                    found.append(one)
        found += self._by_preposition(page)
        made = [
            Attribution(
                source=tuple(page.spans(one.source)),
                cue=tuple(page.spans(one.cue)),
                content=tuple(one.content),
                confidence=round(one.rate, 3),
                why=one.rule,
            )
            for one in found
            if one.content
        ]
        return sorted(made, key=lambda a: (a.content, a.cue, a.source))

    def _speech_rate(self, verb: Token) -> float:
        cue = self.cues.get("verb", verb.lemma_.lower())
        return max((cue.frames.get(k, 0.0) for k in ("clause", "quote")), default=0.0) if cue else 0.0

    def _by_quotes(self, page: _Page) -> list[_Found]:
        """Quotations that stand on their own, with the verb beside them; the rest join the one before."""
        found: list[_Found] = []
        last: _Found | None = None
        of_verb: dict[int, _Found] = {}
        last_end = 0
        for q in page.quotes:
            if q.single:
                continue
            verb = self._verb_after(page, q) or self._verb_before(page, q)
            if verb is not None:
                one = of_verb.get(verb.i)
                if one is None:
                    one = _Found(_cue(verb), _source(verb), [], 0.95, "quotation beside a verb of speech")
                    of_verb[verb.i] = one
                    found.append(one)
                one.content.append(q.span)
                last, last_end = one, q.end
            elif last is not None and _stands_alone(page, q) and _follows(page, last_end, q):
                last.content.append(q.span)
                last_end = q.end
        return found

    def _verb_after(self, page: _Page, q: Quote) -> Token | None:
        """The cue in `"…," X said`: the first verb of speech between this quotation and the sentence's end."""
        if page.text[q.inner.end - 1 : q.inner.end] not in (",", "?", "!", "-", "—", "…", "'", "’"):
            after = page.text[q.end : q.end + 2]
            if not after.startswith((",", " —", " –")):
                return None
        first = page.first_at(q.end)
        for i in range(first, min(first + 30, len(page.doc))):
            token = page.doc[i]
            if i in page.quote_of or "\n" in page.text[q.end : token.idx]:
                return None
            if i > first + 1 and token.is_sent_start:
                return None
            if token.pos_ == "VERB" and self._speech_rate(token) >= SPEECH_RATE:
                return token
        return None

    def _verb_before(self, page: _Page, q: Quote) -> Token | None:
        """The cue in `X said: "…"`: the last verb of speech before the comma or colon that opens it."""
        before = page.text[: q.start].rstrip(" ")[-1:]
        if before not in (",", ":"):
            return None
        i = page.first_at(q.start) - 1
        best: Token | None = None
        while i >= 0 and i not in page.quote_of:
            token = page.doc[i]
            if "\n" in page.text[token.idx : q.start]:
                break
            if token.pos_ == "VERB" and self._speech_rate(token) >= SPEECH_RATE:
                best = token
                break
            if token.is_sent_start:
                break
            i -= 1
        return best

    def _by_frame(self, page: _Page, verb: Token) -> _Found | None:
        cue = self.cues.get("verb", verb.lemma_.lower())
        if cue is None:
            return None
        known = [(cue.frames.get(f.kind, 0.0), f) for f in frames.frames(verb)]
        rated = [(rate, f) for rate, f in known if rate >= MIN_RATE and f.content]
        if not rated:
            return None
        rate, frame = max(rated, key=lambda rf: (rf[0], len(rf[1].content)))
        return self._built(page, verb, frame, rate)

    def _built(self, page: _Page, verb: Token, frame: Frame, rate: float) -> _Found | None:
        source = _source(verb)
        cue = sorted({*_cue(verb), *frame.extra_cue})
        apart = {*source, *cue}
        content = content_spans(page, [i for i in frame.content if i not in apart])
        if not content:
            return None
        if frame.kind.startswith("pass:"):
            source = _agent(verb)
        return _Found(cue, source, content, rate, f"{verb.lemma_}, {frame.kind}")

    def _by_preposition(self, page: _Page) -> list[_Found]:
        """`…, according to X`."""
        found = []
        for token in page.doc:
            if token.lower_ != "according" or token.i + 1 >= len(page.doc) or token.i in page.quote_of:
                continue
            to = page.doc[token.i + 1]
            who = [i for c in to.children if c.dep_ == "pobj" for i in frames.indices(c)]
            if to.lower_ != "to" or not who:
                continue
            head = token.head
            own = set(frames.indices(token))
            content = content_spans(page, [i for i in frames.indices(head) if i not in own])
            found.append(_Found([token.i, to.i], who, content, 0.95, "according to"))
        return found


def _page(parsed: Parsed) -> _Page:
    text = parsed.article.text
    found = quotes.pair(text, quotes.paragraphs(text, parsed.passages, READ_ROLES))
    starts = [t.idx for t in parsed.doc]
    page = _Page(parsed.doc, text, found, starts)
    for n, q in enumerate(found):
        for i in range(page.first_at(q.start), page.first_at(q.end)):
            page.quote_of[i] = n
    return page


def trimmed(text: str, span: Span, keep: str = "") -> Span | None:
    """A span without the white space and punctuation around it; None when nothing is left."""
    start, end = span
    cut = "".join(c for c in _TRIM if c not in keep)
    while start < end and text[start] in cut:
        start += 1
    while end > start and text[end - 1] in cut:
        end -= 1
    return Span(start, end) if start < end else None


def content_spans(page: _Page, tokens: list[int]) -> list[Span]:
    """What is said as characters: runs of tokens, grown to the quotations they reach into."""
    found: list[Span] = []
    for first, last in frames.runs(tokens):
        start, end = page.span(first, last)
        for i, low in ((first, True), (last, False)):
            if i in page.quote_of:
                q = page.quotes[page.quote_of[i]]
                start, end = (min(start, q.start), end) if low else (start, max(end, q.end))
        span = trimmed(page.text, Span(start, end))
        if span is None or not any(c.isalnum() for c in page.text[span.start : span.end]):
            continue
        if found and span.start <= found[-1].end + 1:
            found[-1] = Span(found[-1].start, max(span.end, found[-1].end))
        else:
            found.append(span)
    return found


def _cue(verb: Token) -> list[int]:
    """The verb with its auxiliaries, negation, particle and adverbs beside it."""
    own = [c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "prt")]
    beside = {verb.i - 1, verb.i + 1}
    own += [c.i for c in verb.children if c.dep_ == "advmod" and c.i in beside]
    low = min([verb.i, *own])
    return sorted({verb.i, *own, *(c.i for c in verb.children if c.dep_ == "advmod" and low < c.i < verb.i)})


def _source(verb: Token) -> list[int]:
    """The subject's whole phrase, without a relative clause that holds the verb."""
    if frames.is_passive(verb):
        return _agent(verb)
    head = frames.subject(verb)
    if head is None:
        return []
    own = {verb.i}
    at = verb
    while at.head.i != at.i and at.i != head.i:
        own.add(at.i)
        at = at.head
    below = {i for c in head.children if c.i in own for i in frames.indices(c)}
    return [i for i in frames.indices(head) if i not in below]


def _agent(verb: Token) -> list[int]:
    """`by X` of a passive."""
    return [
        i
        for c in verb.children
        if c.dep_ == "agent"
        for o in c.children
        if o.dep_ == "pobj"
        for i in frames.indices(o)
    ]


def _stands_alone(page: _Page, q: Quote) -> bool:
    """A whole sentence in quotation marks, not words quoted in the middle of one."""
    first = page.first_at(q.start)
    before = page.text[: q.start].rstrip(" ")[-1:]
    return (before in ("", "\n", "\r", ".", "!", "?", "”", '"', ":") or q.continues) and (
        page.text[q.inner.start : q.inner.start + 1].isupper() or first == 0 or q.continues
    )


def _follows(page: _Page, end: int, q: Quote) -> bool:
    """In the same paragraph as the last quotation, or opening the next one."""
    between = page.text[end : q.start]
    return "\n" not in between or not any(c.isalnum() for c in between.partition("\n")[2])
