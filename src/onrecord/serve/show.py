"""One reading on the screen: as JSON, or as a page for eyes."""

from __future__ import annotations

import sys

import msgspec

from onrecord.types import Reading


def reading_json(reading: Reading) -> None:
    """All layers as one JSON object on one line."""
    sys.stdout.buffer.write(msgspec.json.encode(reading) + b"\n")
    sys.stdout.buffer.flush()


def reading(reading: Reading) -> None:
    """The article's head, and then each layer in a few words."""
    article = reading.article
    names = {a.id: a.name for a in reading.actors}

    def who(ids: tuple[str, ...]) -> str:
        return ", ".join(names.get(i, i) for i in ids) or "–"

    print(f"{article.title or article.path}")
    print(
        f"  {article.publisher or 'publisher not known'} · {_published(reading)} · {', '.join(article.authors) or 'no author named'}"
    )
    print(f"\nStatements ({len(reading.statements)})")
    for s in reading.statements:
        print(f"  {names.get(s.speaker or '', s.source_text or 'not known')} [{s.act}] {s.quote}")
    print(f"\nMeetings ({len(reading.meetings)})")
    for m in reading.meetings:
        print(
            f"  [{m.status}] {who(m.participants)} · {m.place or 'place not told'} · {_days(m.date)} · {m.length_told or 'length not told'}"
        )
    print(f"\nAgreements ({len(reading.agreements)})")
    for a in reading.agreements:
        print(f"  [{a.state}] {who(a.parties)}: {a.subject}")
    print(f"\nEvents ({len(reading.events)})")
    for e in reading.events:
        print(
            f"  {e.type} [{e.status}] {who(e.actors)} → {who(e.recipients)} · {_days(e.date)}: {e.trigger_text}"
        )
    print(f"\nDisputes ({len(reading.disputes)})")
    for d in reading.disputes:
        print(f"  {d.about}")
        for side in d.sides:
            print(f"    {names.get(side.actor or '', 'not known')}: {side.told}")


def _published(reading: Reading) -> str:
    article = reading.article
    if article.published:
        return f"{article.published} ({article.published_basis})"
    return f"{_days(article.published_range)} ({article.published_basis}: {article.published_reason or 'no clue'})"


def _days(days: tuple[object, object] | None) -> str:
    if days is None:
        return "date not known"
    return f"{days[0]}" if days[0] == days[1] else f"{days[0] or '…'} – {days[1] or '…'}"
