"""Attributions by syntax and rules: what `--fast` uses, and what runs where the tagger is not installed.

First the quotations that stand on their own look for the verb that introduces them; then every verb, noun and
adjective in the table of cues is asked whether it stands in a frame in which it usually introduces a statement;
"according to" comes last. Spans follow PolNeAR's conventions: the source is the whole noun phrase, the cue the
verb with its auxiliaries, the content without the punctuation around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.statements import frames, spoken, weights
from onrecord.extract.statements.frames import Frame
from onrecord.extract.statements.page import Page
from onrecord.extract.statements.quotes import Quote
from onrecord.facts.cues import Cues, shipped
from onrecord.types import Attribution, Parsed, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

MIN_PROBABILITY = 0.4
SPEECH_RATE = 0.5
"""A verb may introduce a quotation when its clauses are statements at least that often."""
_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adj"}


@dataclass(slots=True)
class Found:
    """An attribution in the making; token indices, save for the content."""

    cue: list[int]
    source: list[int]
    content: list[Span]
    rate: float
    rule: str


@dataclass(slots=True)
class Candidate:
    """A word in one of its frames, before it is known whether it introduces a statement."""

    word: Token
    frame: Frame
    rate: float
    found: Found
    features: list[str]


class RuleAttributor:
    """The attributor called `rules`: no model of ours, only the parse, quotation marks, a table of cues."""

    def __init__(self, cues: Cues | None = None) -> None:
        self.cues = cues or shipped()
        self.weights = weights.shipped()

    def attributions(self, parsed: Parsed) -> list[Attribution]:
        """Attributions of one article, in text order of their contents."""
        page = Page.of(parsed)
        found = self._by_quotes(page)
        taken = {i for one in found for i in one.cue}
        found += self._by_frames(page, taken)
        found += _according(page)
        made = [
            Attribution(
                source=page.spans(one.source),
                cue=page.spans(one.cue),
                content=tuple(one.content),
                confidence=round(one.rate, 3),
                why=one.rule,
            )
            for one in found
            if one.content
        ]
        return sorted(made, key=lambda a: (a.content, a.cue, a.source))

    def _by_frames(self, page: Page, taken: set[int]) -> Iterator[Found]:
        for candidate in self.candidates(page, taken):
            p = weights.probability(candidate.rate, iter(candidate.features), self.weights)
            if p >= MIN_PROBABILITY:
                candidate.found.rate = p
                yield candidate.found

    def candidates(self, page: Page, taken: set[int]) -> Iterator[Candidate]:
        """Words of the table that stand in one of their frames, outside quotations and words already taken."""
        first_line = page.paragraphs[0].end if page.paragraphs else 0
        for token in page.doc:
            pos = _POS.get(token.pos_)
            if pos is None or token.i in page.quote_of or token.i in taken:
                continue
            cue = self.cues.get(pos, token.lemma_.lower())
            if cue is None:
                continue
            known = [(cue.frames.get(f.kind, 0.0), f) for f in self._frames(token, pos)]
            rated = [(rate, f) for rate, f in known if rate > 0 and f.content]
            if not rated:
                continue
            rate, frame = max(rated, key=lambda rf: (rf[0], len(rf[1].content)))
            if frame.kind in ("to", "ing", "pass:to") and self._completed(token):
                continue
            found = _spanned(page, token, frame, rate)
            if found is None:
                continue
            told = list(
                weights.features(
                    page.doc,
                    token,
                    frame,
                    found.source,
                    quoted=any(i in page.quote_of for i in frame.content),
                    headline=token.idx < first_line,
                    inner=self._inner(token),
                )
            )
            yield Candidate(token, frame, rate, found, told)

    def _frames(self, token: Token, pos: str) -> list[Frame]:
        return frames.frames(token) if pos == "verb" else list(frames.noun_frames(token))

    def _inner(self, token: Token) -> bool:
        """Another cue governs the clause that the word heads."""
        at = token
        for _ in range(6):
            if at.dep_ in ("ccomp", "xcomp", "pcomp", "dobj", "pobj") and at.i != at.head.i:
                cue = self.cues.get("verb", at.head.lemma_.lower()) if at.head.pos_ == "VERB" else None
                if cue and max(cue.frames.values(), default=0.0) > 0.5 and at.dep_ in ("ccomp", "dobj"):
                    return True
            if at.head.i == at.i:
                return False
            at = at.head
        return False

    def _completed(self, verb: Token) -> bool:
        """Its infinitive is itself a cue with something said: `declined to say when …` is one attribution."""
        for child in verb.children:
            if child.dep_ == "xcomp":
                cue = self.cues.get("verb", child.lemma_.lower())
                if cue and any(cue.frames.get(f.kind, 0.0) >= MIN_PROBABILITY for f in frames.frames(child)):
                    return True
        return False

    def _speaks(self, token: Token) -> bool:
        """A verb that may introduce a quotation."""
        if token.pos_ not in ("VERB", "AUX"):
            return False
        cue = self.cues.get("verb", token.lemma_.lower())
        return cue is not None and cue.frames.get("clause", 0.0) >= SPEECH_RATE

    def _by_quotes(self, page: Page) -> list[Found]:
        """Quotations that stand on their own, with the verb beside them; the rest join the one before."""
        found: list[Found] = []
        last: Found | None = None
        of_verb: dict[int, Found] = {}
        last_end = 0
        for q in page.quotes:
            if q.single:
                continue
            verb = self._verb_after(page, q) or self._verb_before(page, q)
            if verb is not None:
                one = of_verb.get(verb.i)
                if one is None:
                    source = spoken.source(page, verb) or spoken.beside(page, verb)
                    one = Found(spoken.cue(verb), source, [], 0.95, "quotation beside a verb of speech")
                    of_verb[verb.i] = one
                    found.append(one)
                one.content.append(q.span)
                last, last_end = one, q.end
            elif last is not None and spoken.stands_alone(page, q) and spoken.follows(page, last_end, q):
                last.content.append(q.span)
                last_end = q.end
        return found

    def _verb_after(self, page: Page, q: Quote) -> Token | None:
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
            if self._speaks(token):
                return token
        return None

    def _verb_before(self, page: Page, q: Quote) -> Token | None:
        """The cue in `X said: "…"`: the last verb of speech before the comma or colon that opens it."""
        if page.text[max(0, q.start - 8) : q.start].rstrip(" ")[-1:] not in (",", ":"):
            return None
        i = page.first_at(q.start) - 1
        while i >= 0 and i not in page.quote_of:
            token = page.doc[i]
            if "\n" in page.text[token.idx : q.start]:
                return None
            if self._speaks(token):
                return token
            if token.is_sent_start:
                return None
            i -= 1
        return None


def _spanned(page: Page, token: Token, frame: Frame, rate: float) -> Found | None:
    """The spans of a candidate, None when nothing is said."""
    if token.pos_ in ("NOUN", "ADJ"):
        source, words = spoken.noun_parts(page, token)
    else:
        source, words = spoken.source(page, token), spoken.cue(token)
    if frame.sourceless:
        source = []
    words = sorted({*words, *frame.extra_cue})
    apart = {*source, *words}
    content = page.content(i for i in frame.content if i not in apart)
    if not content:
        return None
    return Found(words, source, content, rate, f"{token.lemma_}, {frame.kind}")


def _according(page: Page) -> Iterator[Found]:
    """`…, according to X`."""
    for token in page.doc:
        if token.lower_ != "according" or token.i + 1 >= len(page.doc) or token.i in page.quote_of:
            continue
        to = page.doc[token.i + 1]
        who = [i for c in to.children if c.dep_ == "pobj" for i in frames.indices(c)]
        if to.lower_ != "to" or not who:
            continue
        own = set(frames.indices(token))
        content = page.content(i for i in spoken.clause_of(page, token) if i not in own)
        yield Found([token.i, to.i], who, content, 0.95, "according to")
