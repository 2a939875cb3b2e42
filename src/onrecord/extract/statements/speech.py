"""Quotations that stand on their own: direct speech, with the verb beside it.

    "…," said Berg.   Berg said: "…"   Berg said:⏎"…"   "…," Berg said. "…"   and what follows without a verb

A quotation in the middle of a clause is part of what some cue says and left to `rules`; titles and single
words in marks introduce nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract.statements import colon, spoken
from onrecord.extract.statements.page import Found, Page
from onrecord.extract.statements.quotes import Quote
from onrecord.facts.cues import Cues

if TYPE_CHECKING:
    from spacy.tokens import Token

SPEECH_RATE = 0.5
"""A verb may introduce a quotation when at least this share of those it stood beside were its content."""
REACH = 30
"""Tokens between a quotation and its verb (`…," Anna Berg, who has led the talks since May, said`)."""
CONFIDENCE = 0.93
"""Share of quotations beside a verb of speech that were annotated as its content."""
_TITLE_WORDS = 9
_ENDS = ",?!-—–…'’"


def spoken_quotes(page: Page, cues: Cues) -> list[Found]:
    """Attributions of quotations that stand on their own; those without a verb join the one before."""
    found: list[Found] = []
    of_verb: dict[int, Found] = {}
    last: Found | None = None
    last_end = 0
    for q in page.quotes:
        if title(page, q) or (q.single and not stands_alone(page, q)):
            continue
        verb = None
        if not q.single and (of_name := colon.bracketed(page, q)):
            found.append(of_name)
            continue
        if not embedded(page, q):
            verb = _after(page, q, cues) or _before(page, q, cues) or _any_verb_after(page, q)
            by_colon = colon.introduced(page, q, cues) if verb is None and not q.single else None
            if by_colon is not None:
                found.append(by_colon)
                last, last_end = by_colon, q.end
                continue
        if verb is not None:
            one = of_verb.get(verb.i)
            if one is None:
                who = spoken.source(page, verb) or spoken.beside(page, verb, q.end)
                one = Found(spoken.cue(verb), who, [], CONFIDENCE, "quotation beside a verb of speech")
                of_verb[verb.i] = one
                found.append(one)
            one.content.append(q.span)
            last, last_end = one, q.end
        elif last is not None and not q.single and stands_alone(page, q) and follows(page, last_end, q):
            last.content.append(q.span)
            last_end = q.end
        elif not page.same_line(last_end, q.start):
            last = None
    return found


def speaks(token: Token, cues: Cues) -> bool:
    """A verb that may introduce a quotation."""
    if token.pos_ not in ("VERB", "AUX"):
        return False
    cue = cues.get("verb", token.lemma_.lower())
    return cue is not None and cue.frames.get("quote", 0.0) >= SPEECH_RATE


def embedded(page: Page, q: Quote) -> bool:
    """Part of a clause that begins outside it: `called the plan "reckless," …`."""
    before = page.before(q.start)
    return before.isalnum() or before in ("'", "’", "$", "%")


def title(page: Page, q: Quote) -> bool:
    """The name of a book, film, programme: every longer word capitalised, no sentence mark but a comma."""
    inner = page.text[q.inner.start : q.inner.end].rstrip(",.")
    words = [w for w in inner.split() if w[:1].isalpha()]
    if not 1 < len(words) <= _TITLE_WORDS or any(c in inner for c in ".?!") or not embedded(page, q):
        return False
    return all(w[0].isupper() for w in words if len(w) > 3) and words[0][0].isupper()


def stands_alone(page: Page, q: Quote) -> bool:
    """A whole sentence in quotation marks, not words quoted in the middle of one."""
    if q.continues:
        return True
    first = page.text[q.inner.start : q.inner.start + 1]
    return page.before(q.start) in ("", ".", "!", "?", "”", '"', ":", "'") and not first.islower()


def follows(page: Page, end: int, q: Quote) -> bool:
    """In the same line as the last quotation, or opening the next one."""
    between = page.text[end : q.start]
    if "\n" not in between:
        return True
    return not any(c.isalnum() for c in between.partition("\n")[2])


def _after(page: Page, q: Quote, cues: Cues) -> Token | None:
    """The verb in `"…," X said`: the first verb of speech between this quotation and the sentence's end."""
    closed = page.text[q.inner.end - 1 : q.inner.end] in _ENDS
    closed = closed or page.text[q.end : q.end + 2].lstrip()[:1] in (",", "—", "–", "-")
    first = page.first_at(q.end)
    for i in range(first, min(first + (REACH if closed else 6), len(page.doc))):
        token = page.doc[i]
        if i in page.quote_of or not page.same_line(q.end, token.idx):
            return None
        if i > first + 1 and token.is_sent_start and page.before(token.idx) in (".", "!", "?"):
            return None
        if not closed and (token.text in (".", ";") or page.text[q.inner.end - 1] in ".;"):
            return None
        if speaks(token, cues):
            return token
    return None


def _before(page: Page, q: Quote, cues: Cues) -> Token | None:
    """The verb in `X said: "…"`: the last verb of speech before the comma or colon that opens it.

    A colon at the end of the line above introduces what opens this line.
    """
    start = q.start
    if page.before(start) == "":
        start = len(page.text[:start].rstrip())
    if page.text[max(0, start - 8) : start].rstrip(" \u00a0")[-1:] not in (
        (",", ":") if start == q.start else (":",)
    ):
        return None
    i = page.first_at(start) - 1
    while i >= 0 and i not in page.quote_of:
        token = page.doc[i]
        if not token.is_space:
            if not page.same_line(token.idx, start):
                return None
            if speaks(token, cues):
                return token
            if token.is_sent_start:
                return None
        i -= 1
    return None


def _any_verb_after(page: Page, q: Quote) -> Token | None:
    """Whatever verb stands in `…!" the crowd roared.`: nothing but its subject between quotation and verb."""
    if page.text[q.inner.end - 1 : q.inner.end] not in ",?!—":
        return None
    first = page.first_at(q.end)
    for i in range(first, min(first + 8, len(page.doc))):
        token = page.doc[i]
        if i in page.quote_of or not page.same_line(q.end, token.idx) or token.is_punct:
            return None
        if token.pos_ == "VERB" and token.tag_ in ("VBD", "VBZ") and i > first:
            subject = spoken.source(page, token)
            inside = bool(subject) and all(first <= j < i for j in subject)
            return (
                token
                if inside and not any(c.dep_ in ("dobj", "ccomp") and c.i > i for c in token.children)
                else None
            )
    return None
