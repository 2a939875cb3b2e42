"""Plain text → passages with roles: body told from the web's furniture, by form, place and words."""

from __future__ import annotations

from onrecord.acquire import cues, features, roles, sequence
from onrecord.acquire.blocks import Block, blocks
from onrecord.acquire.languages import language_of
from onrecord.acquire.roles import Piece
from onrecord.acquire.sequence import Weights
from onrecord.types import READ_ROLES, Passage

MIN_BLOCKS = 4
"""Texts of fewer blocks are all article: there is no room for furniture, and too little to tell it by."""

MAX_LAST_WORDS = 2


def label(
    text: str,
    *,
    title: str | None = None,
    language: str | None = None,
    clean: bool = False,
    weights: Weights | None = None,
) -> tuple[Passage, ...]:
    """Every stretch of words of a text with its role and language, in text order, disjoint.

    A passage is a paragraph, a line where lines are paragraphs, or a part of one (a dateline, a caption's
    credit). `title` and `language` are what is known from elsewhere; `clean` says that the menus are gone
    already (a page's body); `weights` stand in for those that ship.
    At least one passage is readable.
    """
    found = blocks(text)
    if not found:
        return ()
    pieces = roles.assign(found, _states(found, title, clean, weights), title)
    if not any(p.role in READ_ROLES for p in pieces):
        longest = max(pieces, key=lambda p: p.end - p.start)
        pieces = [p._replace(role="body") if p is longest else p for p in pieces]
    return _with_languages(text, pieces, language)


def _states(found: list[Block], title: str | None, clean: bool, weights: Weights | None) -> list[str]:
    if clean or len(found) < MIN_BLOCKS:
        return ["first", *["article"] * (len(found) - 1)]
    states = (weights or sequence.load()).best(features.of_blocks(found, title))
    return _with_last_words(found, _with_speech(found, states))


def _with_speech(found: list[Block], states: list[str]) -> list[str]:
    """A paragraph with somebody's words between paragraphs of the article belongs to it."""
    return [
        "article"
        if s == "inserted"
        and b.is_prose
        and cues.tells_speech(b.text)
        and not cues.is_call(b.plain, len(b.words))
        else s
        for b, s in zip(found, states, strict=True)
    ]


def _with_last_words(found: list[Block], states: list[str]) -> list[str]:
    """A sentence or two after the supposed end, and nothing else, are the article's own last words."""
    end = max(i for i, s in enumerate(states) if s in sequence.ARTICLE) + 1
    rest = found[end:]
    if 0 < len(rest) <= MAX_LAST_WORDS and all(b.ends and len(b.words) >= 3 for b in rest):
        return [*states[:end], *["article"] * len(rest)]
    return states


def _with_languages(text: str, pieces: list[Piece], given: str | None) -> tuple[Passage, ...]:
    """Passages too short to tell take the language of the text around them."""
    told = [language_of(text[p.start : p.end]) if p.role in READ_ROLES else None for p in pieces]
    around = next((t for t in told if t), None) or given
    if around is None:
        words = " ".join(text[p.start : p.end] for p in pieces if p.role in READ_ROLES)
        around = language_of(words, alone=True)
    passages = []
    for piece, own in zip(pieces, told, strict=True):
        around = own or around
        passages.append(Passage(start=piece.start, end=piece.end, role=piece.role, language=around))
    return tuple(passages)
