"""What each block is: the article's own parts by their place and form, the rest by the words they use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.acquire.blocks import Block
from onrecord.acquire.dates import WRITTEN
from onrecord.acquire.sequence import ARTICLE
from onrecord.types import Role

MAX_TITLE = 30
"""Words: the longest headline; longer lines are paragraphs."""
MAX_HEADING = 14
_NAME = r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|da|del|van|von|der|den|bin|al|el|la|le|d'))*"
_BYLINE = re.compile(
    rf"^(?:by|words by|written by|posted by|authors?:)[: ]\s*{_NAME}|^{_NAME} (?:\||•|—|–) (?:{_NAME})$",
    re.IGNORECASE,
)
_BY = re.compile(r"^(?:By|BY|by|Words by|Written by|Posted by|Authors?:)\b:?\s*(?=[A-Z])")
_CREDIT = re.compile(
    r"^(?:AP|AFP|Reuters|EPA|Getty|File|Pool)? ?(?:photo(?:graph)?s?|image|illustration|picture|graphic|video)s?\b"
    r"(?: credit)?(?: courtesy)?(?: by|:|/| courtesy of| via)|^(?:\(?(?:photo|image) credit)|"
    r"^©[^.]{2,60}/[^.]{2,60}$|^[^.]{3,60}(?:/| via |\| ?)(?:AP|AFP|Reuters|EPA|Getty(?: Images)?|Shutterstock|Bloomberg)(?: Photo| Images)?\)?\.?$",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"^(?:(?:additional )?(?:reporting|writing|editing) by|\(?(?:reporting|editing) by|"
    rf"(?:{_NAME}(?:,? and |, )?)+ (?:reported|contributed)(?: reporting| to this (?:report|article|story))?\b"
    r"|.{0,80}\bcontributed (?:reporting|to this (?:report|article|story))|this (?:article|story|report) (?:was )?"
    r"(?:originally |first )?(?:appeared|published|ran)\b)",
)
_LICENCE = re.compile(
    r"creative commons|\blicen[sc]ed? under|\blicen[cs]e details?|all rights reserved|some rights reserved|"
    r"\bCC[ -]BY\b|public domain|may not be (?:published|reproduced)|(?:©|copyright|\(c\)) ?(?:\d{4}|[A-Z])",
    re.IGNORECASE,
)
_PERSON_WORK = (
    r"(?:fellow|professor|reporter|correspondent|editor|journalist|writer|columnist|contributor|author|"
    r"expert|researcher|consultant|freelance\w*|analyst|lecturer|scholar|producer|photographer|adviser|advisor|"
    r"chair|director|president|founder|staff writer|bureau chief)"
)
_BIO = re.compile(
    rf"^{_NAME}(?:,[^.]{{3,140}},)? (?:is|was|has been) (?:an?|the|currently|[A-Z])[^.]{{0,120}}\b{_PERSON_WORK}\b"
    rf"|^{_NAME} (?:covers|writes|reports on|teaches|lives in|is based in)\b"
    rf"|^(?:the )?(?:author|writer|reporter)s? (?:is|are|can be)\b",
    re.IGNORECASE,
)
_REACH = re.compile(
    r"\b(?:can be reached|follow (?:him|her|them|me)|on twitter|contact the (?:author|writer|reporter)|@\w{3,})",
    re.IGNORECASE,
)
_TOPICS = re.compile(
    r"^(?:more on|topics?|tags?|tagged|filed under|related topics|read more about|keywords|categories)\b ?:?[^.]{0,60}$",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    r"^(?:(?:published|posted|updated|last (?:updated|modified)|first published|written|date)\b[: ]*(?:on|at)?|"
    r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?,?|[\d:., apmestgu]{1,14})?\s*$",
    re.IGNORECASE,
)
_DATE_FILL = re.compile(
    r"\b(?:\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?|[ap]\.?m\.?|e[sd]?t|gmt|utc|bst|cet|p[sd]?t|at|on|and|min(?:ute)?s? read|"
    r"mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?\b|[\W\d_]",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?P<place>(?:[A-Z][A-Z.'’-]+|St\.)(?:[ ,/]+(?:[A-Z][A-Z.'’-]+|[A-Z][a-z]+\.?|D\.C\.|and|the|of))*)"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?|\d{1,2} [A-Z][a-z]{2,8}\.?(?:,? \d{4})?))?"
    r"(?: ?\((?P<agency>[A-Z][\w./ -]{1,30})\))?(?: ?[-‐–—]{1,2} |:? ?(?:—|–))(?=[\"“‘'A-Z\d(])"
)
"""`GENEVA, July 5 (Reuters) - `, `MIDWAY ATOLL — `: the dateline that opens a wire story's first paragraph."""
_CAPTION_CREDIT = re.compile(
    r"(?<=[.!?\"”)]) (?P<credit>(?:\(?(?:Photo(?:graph)?|Image|Picture)s?\b[^.]{0,60}|(?:[A-Z][\w'’-]+ ){1,4}?(?:[A-Z][\w'’-]+)?/[^.]{2,50}"
    r"|[^.]{2,40}/(?:AP|AFP|Reuters|EPA|Getty)[^.]{0,30}))\.?\)?$"
)


class Piece(NamedTuple):
    """A part of a block with its role; most blocks are one piece."""

    start: int
    end: int
    role: Role


def assign(found: Sequence[Block], states: Sequence[str], title: str | None) -> list[Piece]:
    """Roles for blocks whose place in or outside the article is known."""
    headline = _headline(found, states, title)
    first, last = _bounds(found, states)
    pieces: list[Piece] = []
    topics = 0
    captions = {_caption_text(b) for b in found} - {None}
    for i, b in enumerate(found):
        inside = states[i] in ARTICLE
        if headline is not None and _same(b.text, headline):
            role: Role = "headline"
        elif (own := _by_words(b, i, first, last, inside)) is not None:
            role = own
        elif topics and len(b.words) <= 6 and not b.ends:
            role = "topics"
        elif inside:
            role = _inside(b, i, found, states, captions)
        else:
            role = "furniture"
        topics = 1 if _TOPICS.match(b.text) or (topics and role == "topics") else 0
        if topics and role in ("body", "heading", "furniture"):
            role = "topics"
        pieces += _split(b, role, i == first)
    return pieces


def _bounds(found: Sequence[Block], states: Sequence[str]) -> tuple[int, int]:
    """The article's first and last paragraph of prose (or block, where it has none)."""
    inside = [i for i, s in enumerate(states) if s in ARTICLE]
    prose = [i for i in inside if found[i].is_prose] or inside
    return (prose[0], prose[-1]) if prose else (0, len(found) - 1)


def _headline(found: Sequence[Block], states: Sequence[str], title: str | None) -> str | None:
    """The headline's words: the given title where it stands in the text, else the best line above the lead."""
    if title and any(_same(b.text, title) for b in found):
        return title
    inside = [i for i, s in enumerate(states) if s in ARTICLE]
    if not inside:
        return None
    lead = next((i for i in inside if found[i].is_prose), inside[-1])
    above = [b for b in found[:lead] if 2 <= len(b.words) <= MAX_TITLE and not _furnished(b)]
    twice = [b for b in above if len(b.words) >= 4 and sum(_same(b.text, o.text) for o in above) > 1]
    own = [b for i, b in enumerate(found[:lead]) if states[i] in ARTICLE and b in above]
    best = (twice or own or [None])[0]
    if best is None and len(found) > 1 and inside[0] == 0 and lead > 0:
        best = found[0]
    return best.text if best else None


def _furnished(b: Block) -> bool:
    return bool(_BY.match(b.text) or _CREDIT.match(b.text) or _is_date(b) or _TOPICS.match(b.text))


def _same(a: str, b: str) -> bool:
    """The same words, whatever their case and closing punctuation."""
    return a.casefold().strip(" .…") == b.casefold().strip(" .…")


def _by_words(b: Block, i: int, first: int, last: int, inside: bool) -> Role | None:
    """Roles that a block's own words tell, wherever the block stands."""
    n = len(b.words)
    text = b.text
    if n <= 25 and _BY.match(text) and not b.is_prose and i <= first + 1:
        return "byline"
    if n <= 14 and _is_date(b) and i <= first + 1:
        return "dateline"
    if n <= 25 and (_CREDIT.match(text) or _REPORTED.match(text)):
        return "credit"
    if n <= 60 and _REPORTED.match(text) and i >= last - 1:
        return "credit"
    if _LICENCE.search(text) and (not inside or n <= 45) and not _quoted(text):
        return "licence"
    if (
        n <= 120
        and (i >= last - 2 or not inside)
        and _BIO.match(text)
        and (not inside or _is_bio(text, i, last))
    ):
        return "bio"
    return None


def _is_bio(text: str, i: int, last: int) -> bool:
    """A paragraph of the article about its author: the last one, or one that tells how to reach them."""
    return (i >= last or _REACH.search(text) is not None) and not _quoted(text) and " said" not in text


def _quoted(text: str) -> bool:
    return any(c in text for c in '“”"')


def _is_date(b: Block) -> bool:
    """A line that holds a date and next to nothing else."""
    m = WRITTEN.search(b.text)
    if not m:
        return False
    rest = WRITTEN.sub(" ", b.text)
    rest = re.sub(
        r"\b(?:published|posted|updated|last|modified|first|written|date|created)\b", " ", rest, flags=re.I
    )
    return len(_DATE_FILL.sub("", rest)) <= 12


def _inside(
    b: Block, i: int, found: Sequence[Block], states: Sequence[str], captions: set[str | None]
) -> Role:
    if _CAPTION_CREDIT.search(b.text) and len(b.words) <= 70:
        return "caption"
    if b.text in captions:
        return "caption"
    if len(b.words) <= MAX_HEADING and not b.ends and _followed(i, found, states):
        return "heading"
    return "body"


def _followed(i: int, found: Sequence[Block], states: Sequence[str]) -> bool:
    """Whether a paragraph of the article comes soon after."""
    return any(states[j] in ARTICLE and found[j].is_prose for j in range(i + 1, min(i + 4, len(found))))


def _caption_text(b: Block) -> str | None:
    """A caption without its credit: the same words often stand beside it once more."""
    m = _CAPTION_CREDIT.search(b.text)
    return b.text[: m.start()] if m and len(b.words) <= 70 else None


def _split(b: Block, role: Role, lead: bool) -> list[Piece]:
    """A caption's credit and a lead's dateline are passages of their own."""
    if role == "caption" and (m := _CAPTION_CREDIT.search(b.words_told)):
        return [
            Piece(b.start, b.start + m.start(), "caption"),
            Piece(b.start + m.start("credit"), b.end, "credit"),
        ]
    if role == "body" and lead and (m := _OPENING.match(b.words_told)) and m.end() < len(b.words_told):
        end = len(b.words_told[: m.end()].rstrip())
        return [Piece(b.start, b.start + end, "dateline"), Piece(b.start + m.end(), b.end, "body")]
    return [Piece(b.start, b.end, role)]
