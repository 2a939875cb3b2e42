"""One reading on the screen: as JSON, or as a page for eyes."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import msgspec

from onrecord.review.phrasing import days
from onrecord.types import Article, Reading, day_range


def reading_json(reading: Reading) -> None:
    """All layers as one JSON object on one line."""
    sys.stdout.buffer.write(msgspec.json.encode(reading) + b"\n")
    sys.stdout.buffer.flush()


def reading(reading: Reading) -> None:
    """The article's head, and then each layer in a few words."""
    article = reading.article
    by = ", ".join(article.authors) or "no author named"
    print(article.title or article.path)
    print(f"  {article.publisher or 'publisher not known'} · {published(article)} · {by}")
    for name, lines in layers(reading):
        told = list(lines)
        print(f"\n{name} ({len(told)})")
        for line in told:
            print(f"  {line}")


def layers(reading: Reading) -> Iterator[tuple[str, Iterator[str]]]:
    """Each layer's name with one line a row."""
    names = {a.id: a.name for a in reading.actors}

    def who(*ids: str | None) -> str:
        return ", ".join(names.get(i or "", i or "not known") for i in ids) or "–"

    said = reading.statements
    yield "Statements", (f"{who(*s.said_by)} [{s.act}] {' '.join(s.quote.split())}" for s in said)
    yield (
        "Meetings",
        (
            f"[{m.status}] {who(*m.participants)} · {m.place or 'place not told'} · {days(m.date)} · "
            f"{m.length_told or 'length not told'}"
            for m in reading.meetings
        ),
    )
    yield "Agreements", (f"[{a.state}] {who(*a.parties)}: {a.subject}" for a in reading.agreements)
    yield (
        "Events",
        (
            f"{e.type} [{e.status}] {who(*e.actors)} → {who(*e.recipients)} · {days(e.date)}: "
            f"{e.trigger_text}"
            for e in reading.events
        ),
    )
    yield (
        "Disputes",
        (f"{d.about}: " + " / ".join(f"{who(s.actor)}: {s.told}" for s in d.sides) for d in reading.disputes),
    )


def published(article: Article) -> str:
    """The article's date with how it is known."""
    if article.published:
        return f"{days(day_range(article.published))} ({article.published_basis})"
    reason = article.published_reason or "no clue"
    return f"{days(article.published_range)} ({article.published_basis}: {reason})"
