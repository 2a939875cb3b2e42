"""From text to windows of word-pieces, as the encoder reads them.

Training and run time share this file, so that a window looks the same to both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Range = tuple[int, int]

CLS, SEP = 101, 102  # ids in the uncased BERT vocabulary
MAX_PIECES = 254  # a window with its [CLS] and [SEP]s; the encoder was tuned on short texts

OPENING, CLOSING, TOGGLING = "\u201c\u201e\u00ab\u201f", "\u201d\u00bb", '"'

PARAGRAPH = re.compile(
    r"[^\n\r]+(?:\r?\n(?=[a-z])[^\n\r]+)*"
)  # a line, and lines wrapped after it (lower-case start)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word-pieces of one paragraph: ids, characters [start, end) in the article, and surface types (0–7)."""

    ids: Ints
    starts: Ints
    ends: Ints
    types: Ints
    glued: bool  # ends with a colon or a comma: what is said stands in the next paragraph

    def cut(self, low: int, high: int, *, glued: bool = False) -> Pieces:
        """Pieces low to high (exclusive)."""
        part = slice(low, high)
        return Pieces(self.ids[part], self.starts[part], self.ends[part], self.types[part], glued)


@dataclass(frozen=True, slots=True)
class Window:
    """What the encoder reads at once. Special pieces have start = end = -1."""

    ids: Ints
    types: Ints
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.ids)


def paragraphs(text: str, regions: Iterable[Range]) -> list[Range]:
    """Non-empty paragraphs of the regions, trimmed of white space: characters [start, end)."""
    found = []
    for low, high in regions:
        for match in PARAGRAPH.finditer(text, low, high):
            body = match.group()
            start = match.start() + len(body) - len(body.lstrip())
            end = match.end() - len(body) + len(body.rstrip())
            if start < end:
                found.append((start, end))
    return found


def quoted(text: str) -> NDArray[np.bool_]:
    """For every character: within double quotation marks of any kind, the marks included."""
    inside = np.zeros(len(text), dtype=bool)
    opener = ""
    for at, mark in enumerate(text):
        if (mark in OPENING and opener != "\u201e") or (mark in TOGGLING and not opener):
            opener = mark
        elif opener and (mark in CLOSING or mark in TOGGLING or mark in OPENING):
            inside[at] = True
            opener = ""
        inside[at] |= bool(opener)
    return inside


def shape(piece: str) -> int:
    """0 lower case or digits, 1 capitalised, 2 all capitals, 3 neither letter nor digit."""
    if piece[:1].isupper():
        return 2 if len(piece) > 1 and piece.isupper() else 1
    return 0 if piece[:1].isalnum() else 3


def pieces(text: str, span: Range, ids: Sequence[int], offsets: Sequence[Range]) -> Pieces:
    """One paragraph's pieces; `offsets` count from the paragraph's start."""
    low, high = span
    body = text[low:high]
    inside = quoted(body)
    types = [shape(body[s:e]) + 4 * int(s < len(body) and inside[s]) for s, e in offsets]
    bounds = np.array(offsets, dtype=np.int64).reshape(-1, 2) + low
    return Pieces(
        np.array(ids, dtype=np.int64),
        bounds[:, 0],
        bounds[:, 1],
        np.array(types, dtype=np.int64),
        body[-1] in ":,",
    )


def split_long(paragraph: Pieces, text: str, limit: int) -> list[Pieces]:
    """A paragraph longer than a window, cut after the last sentence end that fits."""
    parts = []
    while len(paragraph.ids) > limit:
        ends = [i + 1 for i in range(limit // 2, limit) if text[paragraph.ends[i] - 1] in ".!?\u201d"]
        at = ends[-1] if ends else limit
        parts.append(paragraph.cut(0, at))
        paragraph = paragraph.cut(at, len(paragraph.ids), glued=paragraph.glued)
    return [*parts, paragraph]


def pack(parts: Sequence[Pieces], *, limit: int = MAX_PIECES, first: int | None = None) -> list[Window]:
    """Whole paragraphs, as many as fit, to a window; one that ends with a colon stays with the next."""
    room = (first or limit) - 1
    windows: list[Window] = []
    held: list[Pieces] = []
    used = 0

    def close(upto: int) -> None:
        nonlocal held, used
        windows.append(join(held[:upto]))
        held = held[upto:]
        used = sum(len(p.ids) + 1 for p in held)

    for part in parts:
        while held and used + len(part.ids) + 1 > room:
            close(len(held) - 1 if held[-1].glued and len(held) > 1 else len(held))
            room = limit - 1
        held.append(part)
        used += len(part.ids) + 1
    if held:
        close(len(held))
    return windows


def join(parts: Sequence[Pieces]) -> Window:
    """[CLS] first [SEP] second [SEP] …"""
    sep = np.array([-1])

    def row(head: int, values: Iterable[Ints], tail: int) -> Ints:
        cells = [np.array([head])]
        for value in values:
            cells += [value, sep * 0 + tail]
        return np.concatenate(cells).astype(np.int64)

    return Window(
        ids=row(CLS, (p.ids for p in parts), SEP),
        types=row(0, (p.types for p in parts), 0),
        starts=row(-1, (p.starts for p in parts), -1),
        ends=row(-1, (p.ends for p in parts), -1),
    )


Encode = Callable[[list[str]], list[tuple[Sequence[int], Sequence[Range]]]]


def cut_windows(
    text: str, regions: Iterable[Range], encode: Encode, *, limit: int = MAX_PIECES, first: int | None = None
) -> list[Window]:
    """The regions of a text as windows; `encode` gives ids and offsets without special pieces."""
    spans = paragraphs(text, regions)
    encoded = encode([text[s:e] for s, e in spans])
    parts = [
        part
        for span, (ids, offsets) in zip(spans, encoded, strict=True)
        if len(ids)
        for part in split_long(pieces(text, span, ids, offsets), text, limit - 2)
    ]
    return pack(parts, limit=limit, first=first)
