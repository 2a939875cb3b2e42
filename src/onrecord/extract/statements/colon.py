"""Statements that a colon introduces: `Berg: "No."`, headlines (`Berg: no deal`), transcripts (`BERG: …`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import takewhile

from onrecord.extract.statements import spoken
from onrecord.extract.statements.page import Found, Page, trimmed
from onrecord.extract.statements.quotes import Quote
from onrecord.facts.cues import Cues
from onrecord.types import Span

CONFIDENCE = 0.8
BRACKETED = 0.9
"""Nothing else stands in brackets behind a name as a whole sentence in quotation marks."""
_SPEAKERS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_SOURCES = re.compile(
    r"(?i)^(?:[\w.’'\-]+ ){0,4}(?:polls?|reports?|stud(?:y|ies)|surveys?|sources?|officials?|"
    r"minist(?:er|ry)|president|premier|leaders?|spokes(?:man|woman|person)|envoy|ambassador|general|expert|analysts?)$"
)
_LABELS = re.compile(
    r"(?i)^(?:analysis|opinion|live|exclusive|breaking(?: news)?|updates?|factbox|timeline|explainer|video|"
    r"watch|review|interview|q ?& ?a|q|fact[- ]check|photos?|editorial|commentary|column|background|related|"
    r"read more|more|note|topics?|tags?|source|caption|photo|image|credit|by|correction|location|date|where|"
    r"when|what|why|who|how)$"
)
_TURN = re.compile(r"[\"“”«]?(?P<name>[A-Z][\w.’'\-]*(?: [\w.’'\-]+){0,5}(?: ?\([^)]{1,40}\))?) ?: +(?=\S)")
_MARKS = frozenset('"“”«')
_CLOSED = frozenset('.!?…:;,"”»)—–-')
_TURNS = 3
"""Lines that begin `NAME:` before an article counts as a transcript: of two speakers or more, in sentences.

A list of results ("Berg: 1,769") and one of related stories ("Lind: the man who stayed") are none.
"""
TURN = "turn of a transcript"
"""How a turn is marked in `why`."""


def introduced(page: Page, q: Quote, cues: Cues) -> Found | None:
    """A quotation after a colon: a name alone before it, or a verb that is not itself one of speech."""
    at = page.text[: q.start].rstrip()
    if not at.endswith(":"):
        return None
    first = page.first_at(len(at) - 1)
    sent = page.doc[first].sent if first < len(page.doc) else None
    if sent is None:
        return None
    begin = next((i + 1 for i in range(first - 1, sent.start - 1, -1) if i in page.quote_of), sent.start)
    tokens = [t for t in page.doc[begin:first] if not t.is_space]
    bare = Span(len(at) - 1, len(at))
    if not tokens or not page.same_line(tokens[0].idx, len(at)):
        return None
    verb = next((t for t in reversed(tokens) if t.pos_ == "VERB" and t.tag_ in ("VBD", "VBZ", "VBP")), None)
    if verb is None:
        if len(tokens) > 12 or not any(t.pos_ in ("PROPN", "NOUN", "PRON") for t in tokens):
            return None
        who = [t.i for t in tokens]
        return Found([], who, [q.span], CONFIDENCE, "quotation after a name and a colon", bare_cue=bare)
    if cues.get("verb", verb.lemma_.lower()) is None:
        return None
    who = spoken.source(page, verb)
    if not who or not any(
        page.doc[i].ent_type_ in _SPEAKERS or page.doc[i].pos_ in ("PRON", "PROPN") for i in who
    ):
        return None
    return Found(spoken.cue(verb), who, [q.span], 0.6, "quotation after a colon")


def bracketed(page: Page, q: Quote) -> Found | None:
    """A quotation alone in brackets right behind a name: `his guest, Ole Berg ("I said twelve"), …`."""
    before, after = page.text[: q.start].rstrip(), page.text[q.end :].lstrip(" .,")
    if not before.endswith("(") or not after.startswith(")"):
        return None
    first = page.first_at(len(before) - 1)
    inner = [w for w in page.text[q.inner.start : q.inner.end].split() if len(w) > 3]
    if all(w[0].isupper() for w in inner):
        return None  # a title
    if first < 1 or page.doc[first - 1].ent_type_ != "PERSON":
        return None
    last = page.doc[first - 1]
    name = next((e for e in last.sent.ents if e.start <= last.i < e.end), None)
    who = [t.i for t in name] if name is not None else [last.i]
    bare = Span(len(before) - 1, len(before))
    return Found([], who, [q.span], BRACKETED, "quotation in brackets after a name", bare_cue=bare)


def turns(page: Page) -> Iterator[Found]:
    """Turns of a transcript, and a headline that names a speaker before its colon.

    A turn goes on over the lines that follow it, as far as another turn closes it, or each line opens with a
    quotation mark as the turn did. What comes after the last turn may be the article's own voice again.
    """
    lines = [
        (line, match) for line in page.paragraphs if (match := _TURN.match(page.text, line.start, line.end))
    ]
    named = Counter(
        m["name"] for line, m in lines if _speaker_like(m["name"]) and _predicate(page, m.end(), line.end)
    )
    transcript = len(named) > 1 and max(named.values()) > 1 and 2 * named.total() > len(lines) >= _TURNS
    told = {line for line, match in lines if transcript and match["name"] in named}
    for line, match in lines:
        headline = line == page.paragraphs[0] and _headline(page, match["name"], match.end(), line)
        if not headline and line not in told:
            continue
        quoted = any(line.start < q.start <= match.end() < q.end for q in page.quotes if not q.single)
        said = trimmed(page.text, Span(match.end(), line.end))
        if quoted or said is None:
            continue
        tokens = range(page.first_at(match.start("name")), page.first_at(match.end("name")))
        mark = page.text.index(":", match.end("name"))
        parts = [said] if headline else [said, *_going_on(page, line, told)]
        rule = "headline: name and colon" if headline else TURN
        yield Found([], list(tokens), parts, CONFIDENCE, rule, bare_cue=Span(mark, mark + 1))


def _going_on(page: Page, turn: Span, told: AbstractSet[Span]) -> list[Span]:
    """The paragraphs after a turn's first that are still its own."""
    after = page.paragraphs[page.paragraphs.index(turn) + 1 :]
    own = list(takewhile(lambda line: line not in told, after))
    if len(own) == len(after) or page.text[turn.start] in _MARKS:
        own = list(takewhile(lambda line: {page.text[line.start], page.text[turn.start]} <= _MARKS, own))
    spoken = takewhile(lambda line: page.text[line.end - 1] in _CLOSED, own)  # a heading is no speech
    return [part for line in spoken if (part := trimmed(page.text, line))]


def _speaker_like(name: str) -> bool:
    words = name.split()
    return (
        len(name) > 1
        and not _LABELS.match(name)
        and (name.isupper() or all(w[0].isupper() or w[0] == "(" for w in words))
    )


def _headline(page: Page, name: str, said: int, line: Span) -> bool:
    """A person, body or state before the colon, or a word for a source, and a predicate after it."""
    if _LABELS.match(name):
        return False
    if _SOURCES.match(name):
        return True
    tokens = [t for t in page.doc[page.first_at(line.start) : page.first_at(said)] if t.is_alpha]
    kinds = {t.ent_type_ for t in tokens}
    predicate = _predicate(page, said, line.end)
    if name.isupper() and not kinds & _SPEAKERS:
        return False
    if page.text[said].islower() and len(tokens) <= 4 and all(t.text[0].isupper() for t in tokens):
        return True
    if "PERSON" in kinds or all(t.pos_ == "PROPN" for t in tokens):
        return len(tokens) <= 4 and (predicate or "PERSON" in kinds)
    return bool(kinds & _SPEAKERS) and predicate


def _predicate(page: Page, start: int, end: int) -> bool:
    return any(t.pos_ in ("VERB", "AUX") for t in page.doc[page.first_at(start) : page.first_at(end)])
