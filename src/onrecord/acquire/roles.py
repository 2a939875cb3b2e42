"""What each block is: the article's own parts by their place and form, the rest by the words they use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.acquire import cues
from onrecord.acquire.blocks import Block
from onrecord.acquire.sequence import ARTICLE
from onrecord.types import Role

MAX_TITLE = 30
"""Words: the longest headline; longer lines are paragraphs."""
MAX_HEADING = 14
MAX_CAPTION = 70
MAX_BIO = 120
MAX_CREDIT = 60
MAX_CALL = 80
MAX_LISTED = 5
"""Teasers that a head such as `Related` may stand above in the midst of an article."""
NEAR_LEAD = 12
MIN_SHARED = 2
"""Content words a line must share with the article's prose to be its headline on that ground alone."""
ABOVE = 6
"""Lines above the first paragraph in which the lead picture's caption may stand."""


class Piece(NamedTuple):
    """A part of a block with its role; most blocks are one piece."""

    start: int
    end: int
    role: Role


def assign(found: Sequence[Block], states: Sequence[str], title: str | None) -> list[Piece]:
    """Roles for blocks whose place in or outside the article is known."""
    named = _headline(found, states, title)
    headline = _plain(named) if named else None
    first, last = _bounds(found, states)
    pieces: list[Piece] = []
    topics, listed = False, 0
    captions = {_caption_text(b) for b in found} - {None}
    for i, b in enumerate(found):
        inside = states[i] in ARTICLE
        if _plain(b.text) == headline:
            role: Role = "headline"
        elif (own := _by_words(b, i, first, last, inside)) is not None:
            role = own
        elif topics and len(b.words) <= 6 and not b.ends:
            role = "topics"
        elif listed and not b.is_prose and not b.ends:
            role = "furniture"
        elif first - ABOVE <= i < last and (_caption_text(b) is not None or b.text in captions):
            role = "caption"
        elif inside:
            role = _inside(b, i, found, states)
        else:
            role = "furniture"
        topics = cues.TOPICS.match(b.text) is not None or (topics and role == "topics")
        is_head = len(b.words) <= 5 and cues.HEAD.match(b.plain) is not None
        listed = MAX_LISTED if is_head else listed - 1 if listed and role == "furniture" else 0
        if topics and role in ("body", "heading", "furniture"):
            role = "topics"
        is_lead = i <= first or all(p.role != "body" for p in pieces)
        pieces += _split(b, role, is_lead)
    return pieces


def _bounds(found: Sequence[Block], states: Sequence[str]) -> tuple[int, int]:
    """The article's first and last paragraph of prose (or block, where it has none)."""
    inside = [i for i, s in enumerate(states) if s in ARTICLE]
    prose = [i for i in inside if found[i].is_prose] or inside
    return (prose[0], prose[-1]) if prose else (0, len(found) - 1)


def _headline(found: Sequence[Block], states: Sequence[str], title: str | None) -> str | None:
    """The headline's words: the given title if it stands there, else the best line above the lead."""
    if title and any(_plain(b.text) == _plain(title) for b in found):
        return title
    inside = [i for i, s in enumerate(states) if s in ARTICLE]
    if not inside:
        return None
    lead = next((i for i in inside if found[i].is_prose), inside[-1])
    above = [b for b in found[:lead] if 2 <= len(b.words) <= MAX_TITLE and not _furnished(b)]
    times = Counter(_plain(b.text) for b in above)
    twice = [b for b in above if len(b.words) >= 4 and times[_plain(b.text)] > 1]
    own = [b for i, b in enumerate(found[:lead]) if states[i] in ARTICLE and b in above]
    if twice or own:
        return (twice or own)[0].text
    return _telling(above[-NEAR_LEAD:], [found[i] for i in inside if found[i].is_prose])


def _telling(above: Sequence[Block], prose: Sequence[Block]) -> str | None:
    """The line above the lead that speaks most of what the article speaks of, if it does at all."""
    told = {w for b in prose for w in b.lowered if len(w) > 3}
    shared = [(len(told & {w for w in b.lowered if len(w) > 3}), b) for b in above if not b.ends]
    most, best = max(shared, key=lambda s: s[0], default=(0, None))
    return best.text if best is not None and most >= MIN_SHARED else None


def _furnished(b: Block) -> bool:
    return bool(
        cues.BY.match(b.text)
        or cues.CREDIT.match(b.text)
        or cues.is_date_line(b.text)
        or cues.TOPICS.match(b.text)
    )


def _plain(words: str) -> str:
    """Words without what does not make them others: case and closing punctuation."""
    return words.casefold().strip(" .…")


def _by_words(b: Block, i: int, first: int, last: int, inside: bool) -> Role | None:
    """Roles that a block's own words tell, wherever the block stands."""
    n, text, ending = len(b.words), b.text, i >= last - 1
    if n <= 25 and i <= first + 1 and not b.is_prose and cues.BY.match(text):
        return "byline"
    if n <= 14 and i <= first + 1 and cues.is_date_line(text):
        return "dateline"
    if (n <= 25 and cues.CREDIT.match(text)) or (n <= MAX_CREDIT and ending and cues.REPORTED.search(text)):
        return "credit"
    if (not inside or n <= 45) and cues.is_licence(b.plain) and not cues.is_quoted(text):
        return "licence"
    if n <= MAX_BIO and (not inside or ending) and _is_bio(b, inside and i < last):
        return "bio"
    if inside and n <= MAX_CALL and cues.is_call(b.plain, n) and not cues.is_quoted(text):
        return "furniture"
    return None


def _is_bio(b: Block, before_end: bool) -> bool:
    """A paragraph about the author; one before the article's last must tell how to reach them."""
    if cues.BIO.match(b.text) is None or cues.is_quoted(b.text) or " said" in b.plain:
        return False
    return not before_end or cues.REACH.search(b.plain) is not None


def _inside(b: Block, i: int, found: Sequence[Block], states: Sequence[str]) -> Role:
    """A short line above paragraphs is a heading; all else that belongs to the article is body."""
    if len(b.words) <= MAX_HEADING and not b.ends and _followed(i, found, states):
        return "heading"
    return "body"


def _followed(i: int, found: Sequence[Block], states: Sequence[str]) -> bool:
    """Whether a paragraph of the article comes soon after."""
    return any(states[j] in ARTICLE and found[j].is_prose for j in range(i + 1, min(i + 4, len(found))))


def _caption_text(b: Block) -> str | None:
    """A caption without its credit: the same words often stand beside it once more."""
    if len(b.words) > MAX_CAPTION or not ("/" in b.text or cues.PICTURE.search(b.plain)):
        return None
    m = cues.CAPTION_CREDIT.search(b.text)
    return b.text[: m.start()] if m else None


def _split(b: Block, role: Role, lead: bool) -> list[Piece]:
    """A caption's credit and a lead's dateline are passages of their own."""
    if role == "caption" and (m := cues.CAPTION_CREDIT.search(b.words_told)):
        return [
            Piece(b.start, b.start + m.start(), "caption"),
            Piece(b.start + m.start("credit"), b.end, "credit"),
        ]
    if role == "body" and lead and (m := cues.OPENING.match(b.words_told)) and m.end() < len(b.words_told):
        end = len(b.words_told[: m.end()].rstrip())
        return [Piece(b.start, b.start + end, "dateline"), Piece(b.start + m.end(), b.end, "body")]
    return [Piece(b.start, b.end, role)]
