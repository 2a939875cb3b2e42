"""A tiny reader and merger in place of the real ones: no model, a statement a quotation, a row a text."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from onrecord import building, shards, watching
from onrecord.correcting import desk
from onrecord.settings import Settings
from onrecord.types import (
    Account,
    Acquired,
    Actor,
    Copy,
    Meeting,
    Merged,
    MergedMeeting,
    Reading,
    Reject,
    RowSource,
    Span,
    Statement,
    row_id,
)

SLOW = 0.0
"""Seconds that an article takes."""
READ: list[str] = []
"""Paths of the articles that were read, in order."""


def read_chunk(_: Settings, chunk: Sequence[Acquired]) -> list[Reading | Reject]:
    """Reads quotations as statements of whoever is named last before them."""
    return [read_one(one) for one in chunk]


def read_one(one: Acquired) -> Reading:
    time.sleep(SLOW)
    article, text = one.article, one.article.text
    READ.append(article.path)
    names = sorted(set(re.findall(r"[A-Z][a-z]+ [A-Z][a-z]+", text)))
    said, met = [], []
    for n, quote in enumerate(re.finditer(r"“[^”]*”", text)):
        before = [name for name in names if name in text[: quote.start()]]
        said.append(
            Statement(id=row_id("s", article.id, n), source=(), cue=(), content=(Span(*quote.span()),),
                      quote=quote[0], speaker=before[-1] if before else None, speech="direct", act="say")
        )  # fmt: skip
    for n, word in enumerate(re.finditer(r"\bmet\b", text)):
        met.append(
            Meeting(
                id=row_id("m", article.id, n),
                participants=tuple(names),
                evidence=(Span(*word.span()),),
                text="met",
            )
        )
    return Reading(
        article=article,
        passages=one.passages,
        actors=tuple(Actor(id=name, name=name, kind="person") for name in names),
        statements=tuple(said),
        meetings=tuple(met),
    )


def merge(source: RowSource) -> Merged:
    """Same text: a copy. Same participants: one meeting."""
    first: dict[str, str] = {}
    copies = [
        Copy(article=a.id, of=first.setdefault(a.text_sha256, a.id), kind="exact", similarity=1.0)
        for a in source.articles()
    ]
    told: dict[tuple[str, ...], list[tuple[str, Meeting]]] = {}
    for article, meeting in source.rows(Meeting):
        told.setdefault(meeting.participants, []).append((article, meeting))
    return Merged(
        copies=tuple(copies),
        meetings=tuple(
            MergedMeeting(
                id=row_id("mm", "", *who), participants=who, evidence=rows[0][1].evidence, text="met",
                articles=len(rows), independent=len({first_of(copies, a) for a, _ in rows}),
                accounts=tuple(Account(article=a, row=m.id, evidence=m.evidence) for a, m in rows),
            )
            for who, rows in sorted(told.items())
        ),
    )  # fmt: skip


def first_of(copies: list[Copy], article: str) -> str:
    return next(c.of for c in copies if c.article == article)


def watch(record: Path, feeds: Sequence[str]) -> None:
    """One round of feeds."""
    with watching.Watch(record, feeds) as watched:
        watched.round(print, sleep=lambda _: None)


def main(command: str, record: str, *inputs: str) -> None:
    """A command that writes, with this reader, slowly, for tests that break it off."""
    global SLOW  # noqa: PLW0603
    SLOW = 0.02
    building.read_chunk, building.merge = read_chunk, merge  # type: ignore[assignment]
    building.CHUNK, shards.PART = 2, 4

    def tell(done: int, _: int | None) -> None:
        print(done, flush=True)

    run = {
        "build": lambda: building.build(list(inputs), Path(record), progress=tell),
        "add": lambda: building.add(Path(record), list(inputs), progress=tell),
        "parts": lambda: shards.build(list(inputs), record, progress=tell),
        "gather": lambda: shards.gather(inputs[0], Path(record), progress=tell),
        "correct": lambda: desk.bring_in(Path(record), Path(inputs[0]).read_bytes().splitlines()),
        "watch": lambda: watch(Path(record), inputs),
    }
    run[command]()


if __name__ == "__main__":
    main(*sys.argv[1:])
