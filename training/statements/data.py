"""PolNeAR as windows with labels."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.extract.statements import decode
from onrecord.extract.statements.windows import MAX_PIECES, Encode, Window, cut_windows

IGNORED = -100
ENTITY = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t")
# The corpus has curly and straight marks; the run time meets all kinds. One character for one: offsets hold.
MARKS = (
    str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''"),
    str.maketrans("\u201c\u201d", "\u00ab\u00bb"),
    str.maketrans("\u201c\u201d", "\u201e\u201c"),
    str.maketrans("\u2014", "-"),
)

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Gold:
    """One attribution: spans by role, in the order of `decode.ROLES`."""

    roles: tuple[Spans, Spans, Spans]


@dataclass(frozen=True)
class Version:
    """One annotator's reading of an article."""

    attributions: list[Gold]
    discard: Spans


@dataclass(frozen=True)
class Article:
    """An article with all its annotators' versions, the first by file name first."""

    name: str
    text: str
    versions: list[Version]


@dataclass(frozen=True)
class Example:
    """A window, its tags [T, 3 roles], and for each cue its place and the tags [T, 3] of its attribution."""

    window: Window
    tags: NDArray[np.int64]
    cues: list[tuple[int, int]]
    linked: NDArray[np.int64]


def read_version(path: Path) -> Version:
    """Brat standoff: T lines are spans, E lines tie roles. Attributions without content are left out."""
    spans: dict[str, tuple[str, Spans]] = {}
    discard: Spans = []
    events: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if match := ENTITY.match(line):
            parts = [tuple(map(int, part.split())) for part in match[3].split(";")]
            spans[match[1]] = (match[2], parts)  # type: ignore[assignment]
            if match[2] == "Discard":
                discard += parts  # type: ignore[arg-type]
        elif line.startswith("E"):
            events.append(line.split("\t")[1].split()[1:])
    found = []
    for arguments in events:
        roles: dict[str, Spans] = {role: [] for role in decode.ROLES}
        for argument in arguments:
            role, _, key = argument.partition(":")
            role = role.rstrip("0123456789").lower()
            if role in roles and key in spans:
                roles[role] += spans[key][1]
        if roles["content"]:
            found.append(Gold(tuple(sorted(roles[r]) for r in decode.ROLES)))  # type: ignore[arg-type]
    return Version(found, discard)


def read(folder: Path) -> list[Article]:
    """Articles of a part of the corpus (`text/*.txt`, `attributions/*_xxxx.ann`), by name."""
    files: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        files[path.stem[:-5]].append(path)
    articles = []
    for path in sorted((folder / "text").glob("*.txt")):
        if versions := files.get(path.stem):
            with path.open(encoding="utf-8", newline="") as stream:
                articles.append(Article(path.stem, stream.read(), [read_version(v) for v in versions]))
    return articles


def hold_out(articles: list[Article], every: int = 20) -> tuple[list[Article], list[Article]]:
    """Train and held-out articles: of each publisher every 20th by date, so that all months are met."""
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        publisher, date, _ = article.name.split("_", 2)
        groups[publisher].append(article)
        assert date[:2] == "20", article.name
    held = {
        article.name
        for group in groups.values()
        for article in sorted(group, key=lambda a: a.name.split("_", 2)[1:])[every // 2 :: every]
    }
    return [a for a in articles if a.name not in held], [a for a in articles if a.name in held]


def encoder_of(tokenizer: Tokenizer) -> Encode:
    """Ids and offsets of paragraphs, without special pieces."""
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def encode(texts: list[str]) -> list[tuple[list[int], list[tuple[int, int]]]]:
        return [(e.ids, e.offsets) for e in tokenizer.encode_batch(texts, add_special_tokens=False)]

    return encode  # type: ignore[return-value]


def covered(window: Window, span: tuple[int, int]) -> NDArray[np.int64]:
    """Indices of the window's pieces that overlap the characters of the span."""
    return np.nonzero((window.starts < span[1]) & (window.ends > span[0]) & (window.starts >= 0))[0]


def label(window: Window, version: Version) -> Example:
    """Tags of one window."""
    tags = np.zeros((len(window), 3), dtype=np.int64)
    cues: list[tuple[int, int]] = []
    linked: list[NDArray[np.int64]] = []
    for gold in version.attributions:
        own = np.zeros_like(tags)
        for role, spans in enumerate(gold.roles):
            for span in spans:
                at = covered(window, span)
                own[at, role] = decode.I
                own[at[:1], role] = decode.B
        np.copyto(tags, own, where=(own == decode.B) | ((own == decode.I) & (tags != decode.B)))
        cue = decode.runs(own[:, decode.CUE].tolist())
        if cue and own[:, decode.CONTENT].any():
            cues.append(cue[0])
            linked.append(own)
    for span in version.discard:
        tags[covered(window, span)] = IGNORED
    tags[window.starts < 0] = IGNORED
    stack = np.stack(linked) if linked else np.zeros((0, *tags.shape), dtype=np.int64)
    stack[:, window.starts < 0] = IGNORED
    return Example(window, tags, cues, stack)


def examples(articles: list[Article], encode: Encode, rng: random.Random) -> list[Example]:
    """One epoch: a version drawn for each article, windows packed anew, quotation marks varied."""
    found = []
    for article in articles:
        version = rng.choice(article.versions)
        text = article.text
        if rng.random() < 0.25:
            text = text.translate(rng.choice(MARKS))
        first = rng.randint(48, MAX_PIECES)
        for window in cut_windows(text, [(0, len(text))], encode, first=first):
            if len(window) > 3:
                found.append(label(window, version))
    return found


def batches(found: list[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Batches of windows of like length, in random order."""
    order = sorted(found, key=lambda e: len(e.window) + rng.random() * 24)
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    return groups
