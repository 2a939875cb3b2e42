"""Attributions by syntax and rules: what `--fast` uses, and what runs where the tagger is not installed.

First the quotations that stand on their own look for the verb that introduces them; then every verb, noun
and adjective in the table of cues is asked whether it stands in a frame in which it usually introduces a
statement; "according to" comes last. Spans follow PolNeAR's conventions: the source is the whole noun phrase,
the cue the verb with its auxiliaries, the content without the punctuation around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.statements import colon, frames, signed, spoken, weights
from onrecord.extract.statements.combine import NESTED
from onrecord.extract.statements.frames import Frame
from onrecord.extract.statements.page import Found, Page
from onrecord.extract.statements.speech import spoken_quotes
from onrecord.facts.cues import Cues, shipped
from onrecord.types import Attribution, Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

MIN_PROBABILITY = 0.4
"""Best F1 on held-out news lies between 0.35 and 0.45; lower finds more, higher is right more often."""
NESTED_RATE = 0.6
_ACCORDING = re.compile(r"\baccording\b", re.IGNORECASE)
_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adj"}


@dataclass(slots=True)
class Candidate:
    """A word in one of its frames, before it is known whether it introduces a statement."""

    word: Token
    frame: Frame
    rate: float
    found: Found
    features: list[str]

    @property
    def nested(self) -> bool:
        """A statement within a statement: somebody said to have said a whole clause.

        Annotators of news mark only one in five of these, so the weights speak against them; a reader who
        follows chains of sources wants them all.
        """
        who = any(f in self.features for f in ("source:named", "source:proper", "source:he", "source:plural"))
        whole = self.frame.kind in ("clause", "to") and self.rate >= NESTED_RATE
        return "inner" in self.features and whole and who


class RuleAttributor:
    """The attributor called `rules`: no model of ours, only the parse, quotation marks, a table of cues."""

    def __init__(self, cues: Cues | None = None) -> None:
        self.cues = cues or shipped()
        self.weights = weights.shipped()

    def attributions(self, parsed: Parsed) -> list[Attribution]:
        """Attributions of one article, in text order of their contents."""
        return self.found(Page.of(parsed))

    def found(self, page: Page) -> list[Attribution]:
        """The same, of a page laid out already."""
        laid_out = [*signed.quotations(page), *colon.turns(page)]
        dashes = [one.content for one in laid_out if one.rule == signed.SIGNED]
        spoken_by = spoken_quotes(page, self.cues)
        found = [one for one in spoken_by if one.content not in dashes] + laid_out
        taken = {i for one in found for i in one.cue}
        found += self._by_frames(page, taken)
        found += _according(page)
        made = [
            Attribution(
                source=page.spans(one.source),
                cue=(one.bare_cue,) if one.bare_cue else page.spans(one.cue),
                content=tuple(one.content),
                confidence=round(one.rate, 3),
                why=one.rule,
            )
            for one in found
            if one.content
        ]
        return sorted(made, key=lambda a: (a.content, a.cue, a.source))

    def _by_frames(self, page: Page, taken: set[int]) -> Iterator[Found]:
        """The likelier first; a word belongs to one cue only."""
        rated = [
            (weights.probability(c.rate, iter(c.features), self.weights), c)
            for c in self.candidates(page, taken)
        ]
        used: set[int] = set()
        for p, candidate in sorted(rated, key=lambda pc: (-pc[0], pc[1].word.i)):
            if (p >= MIN_PROBABILITY or candidate.nested) and used.isdisjoint(candidate.found.cue):
                used.update(candidate.found.cue)
                candidate.found.rate = p
                candidate.found.rule += NESTED if candidate.nested else ""
                yield candidate.found

    def candidates(self, page: Page, taken: set[int]) -> Iterator[Candidate]:
        """Words of the table in one of their frames, outside quotations and words already taken."""
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
            if self._gives_way(token, frame, rate):
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
        at = token.head if token.pos_ == "NOUN" and token.dep_ == "dobj" else token  # voiced concern
        for _ in range(6):
            if at.dep_ in ("ccomp", "xcomp", "pcomp", "dobj", "pobj") and at.i != at.head.i:
                cue = self.cues.get("verb", at.head.lemma_.lower()) if at.head.pos_ == "VERB" else None
                if cue and max(cue.frames.values(), default=0.0) > 0.5 and at.dep_ in ("ccomp", "dobj"):
                    return True
            if at.head.i == at.i:
                return False
            at = at.head
        return False

    def _gives_way(self, token: Token, frame: Frame, rate: float) -> bool:
        """Another word beside it is the better cue, so that one statement does not become two.

        `declined to say when …`: the infinitive, which has something said of its own. `decided to recall its
        envoy`: the verb above. `voiced concern about …`: the noun.
        """
        if frame.kind in ("to", "ing", "pass:to"):
            return any(
                c.dep_ == "xcomp" and self._says(c, ("clause", "prep", "quote")) for c in token.children
            )
        if frame.kind.startswith("obj") and token.pos_ == "VERB":
            if (
                token.dep_ == "xcomp"
                and token.head.pos_ == "VERB"
                and self._rate(token.head, "to") >= MIN_PROBABILITY
            ):
                return True
            objects = [c for c in token.children if c.dep_ == "dobj" and c.pos_ == "NOUN"]
            return any(self._noun_rate(c) > max(0.3, rate - 0.2) for c in objects)
        return False

    def _rate(self, verb: Token, kind: str) -> float:
        cue = self.cues.get("verb", verb.lemma_.lower())
        return cue.frames.get(kind, 0.0) if cue else 0.0

    def _says(self, verb: Token, kinds: tuple[str, ...]) -> bool:
        return any(
            f.kind.split(":")[0] in kinds and self._rate(verb, f.kind) >= MIN_PROBABILITY
            for f in frames.frames(verb)
        )

    def _noun_rate(self, noun: Token) -> float:
        cue = self.cues.get("noun", noun.lemma_.lower())
        if cue is None:
            return 0.0
        return max((cue.frames.get(f.kind, 0.0) for f in frames.noun_frames(noun)), default=0.0)


def _spanned(page: Page, token: Token, frame: Frame, rate: float) -> Found | None:
    """The spans of a candidate, None when nothing is said."""
    if token.pos_ in ("NOUN", "ADJ"):
        source, words = spoken.noun_parts(page, token)
    else:
        source, words = spoken.source(page, token), spoken.cue(token)
    if frame.sourceless:
        source = spoken.agent(token)
    words = sorted({*words, *frame.extra_cue})
    apart = {*source, *words}
    content = page.content(i for i in frame.content if i not in apart)
    if not content:
        return None
    return Found(words, source, content, rate, f"{token.lemma_}, {frame.kind}")


def _according(page: Page) -> Iterator[Found]:
    """`…, according to X`."""
    for match in _ACCORDING.finditer(page.text):
        at = page.first_at(match.start())
        if at + 1 >= len(page.doc) or at in page.quote_of or page.doc[at].idx != match.start():
            continue
        token = page.doc[at]
        to = page.doc[token.i + 1]
        who = [i for c in to.children if c.dep_ == "pobj" for i in frames.indices(c)]
        if to.lower_ != "to" or not who:
            continue
        own = set(frames.indices(token))
        content = page.content(i for i in spoken.clause_of(page, token) if i not in own)
        yield Found([token.i, to.i], who, content, 0.95, "according to")
