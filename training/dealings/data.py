"""Marked paragraphs as windows with labels.

`marked/*.txt`, a paragraph a line, words marked as `{X:words}`; a line `#` stands between articles. Written
for this project by several hands; people and events are invented. The letters:

    H held  F foreseen  C called off  O put off  N denied                      words that name an encounter
    G agreed  Q proposed  X not agreed  B broken  R left  E expired            words that name an agreement
    W participant  P place  D day  L length  Y party  T subject  K broker      what belongs to them
    Z differing                                                                accounts that part
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from onrecord.extract.statements.marks import TAGS
from onrecord.extract.statements.windows import Encode, Ints, Window, cut_windows
from training.statements.data import IGNORED, MARKS

HERE = Path(__file__).parent / "marked"
LETTERS = "HFCONGQXBREWPDLYTKZ"
"""One for each of `TAGS`, in their order."""
TRIGGERS = LETTERS[:11]
MARK = re.compile(r"\{([A-Z]):([^{}]+)\}")
CLASSES = 1 + 2 * len(TAGS)

Spans = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Paragraph:
    """Text without marks, and its marks as (start, end, letter)."""

    text: str
    spans: Spans = ()


def parsed(line: str) -> Paragraph:
    """A marked line.

    Raises:
        ValueError: a brace belongs to no mark, or a letter is not known.
    """
    text, spans, at = "", [], 0
    for found in MARK.finditer(line):
        text += line[at : found.start()]
        spans.append((len(text), len(text) + len(found[2]), found[1]))
        text += found[2]
        at = found.end()
    text += line[at:]
    if "{" in text or "}" in text or any(letter not in LETTERS for _, _, letter in spans):
        raise ValueError(f"not a marked paragraph: {line[:80]}")
    return Paragraph(text, tuple(spans))


def load(path: Path) -> list[list[Paragraph]]:
    """A file's articles, each as its paragraphs; a file without `#` holds paragraphs that stand alone."""
    articles: list[list[Paragraph]] = [[]]
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    alone = "#" not in lines
    for line in lines:
        if line == "#":
            articles.append([])
        elif alone:
            articles.append([parsed(line)])
        else:
            articles[-1].append(parsed(line))
    return [a for a in articles if a]


def plain(folder: Path, marked: Iterable[Paragraph], count: int, *, seed: int) -> list[list[Paragraph]]:
    """Unmarked paragraphs of real news: those without any word that marks a dealing elsewhere."""
    told = Counter(
        word.lower()
        for p in marked
        for start, end, letter in p.spans
        if letter in TRIGGERS
        for word in re.findall(r"[A-Za-z]{3,}", p.text[start:end])
    )
    words = {word for word, times in told.items() if times >= 2}
    paragraphs = [
        Paragraph(line.strip())
        for path in sorted(folder.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if 60 < len(line) < 700 and not words & set(re.findall(r"[a-z]{3,}", line.lower()))
    ]
    return [[p] for p in random.Random(seed).sample(paragraphs, min(count, len(paragraphs)))]


def window(paragraphs: Sequence[Paragraph], encode: Encode, *, limit: int) -> tuple[Window, Ints]:
    """The paragraphs (as many as fit) in one window, and the class of each piece."""
    text, spans, regions = "", [], []
    for p in paragraphs:
        regions.append((len(text), len(text) + len(p.text)))
        spans += [(len(text) + start, len(text) + end, letter) for start, end, letter in p.spans]
        text += p.text + "\n"
    read = cut_windows(text, regions, encode, limit=limit)[0]
    labels = np.where(read.starts < 0, IGNORED, 0)
    for start, end, letter in spans:
        inside = np.flatnonzero((read.starts < end) & (read.ends > start) & (read.starts >= 0))
        if len(inside):
            labels[inside] = 2 + 2 * LETTERS.index(letter)
            labels[inside[0]] -= 1
    return read, labels


def varied(paragraph: Paragraph, rng: random.Random) -> Paragraph:
    """With other quotation marks and dashes, a quarter of the time; offsets hold."""
    if rng.random() > 0.25:
        return paragraph
    return Paragraph(paragraph.text.translate(rng.choice(MARKS)), paragraph.spans)
