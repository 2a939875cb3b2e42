"""The listing commands: one a kind of row, all with the same filters and formats."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

import typer

from onrecord.serve import options

KINDS = {
    "articles": "The articles: title, publisher, date and how it is known, licence.",
    "passages": "Runs of the articles by role: headline, body, caption, furniture …",
    "times": "Time expressions with TIMEX3 values and the days they cover.",
    "actors": "Who acts: people, states, governments, organisations, groups.",
    "mentions": "Spans that refer to actors, and how each was linked.",
    "statements": "Who said what, in whose words.",
    "events": "Who did what to whom (PLOVER); --merged: one row an event, however many tell it.",
    "meetings": "Who met whom, where, when, for how long; planned apart from held.",
    "agreements": "What was agreed, from when, until when, in what state.",
    "commitments": "Who promised what to whom, by when, on what condition.",
    "disputes": "Where accounts cannot all hold, or are said to differ.",
    "positions": "What each actor stands for on an issue, over time.",
    "issues": "What is at stake, and how often it comes up.",
}
SHOWN = {
    "articles": ("id", "published", "publisher", "title"),
    "passages": ("article", "role", "start", "end", "language"),
    "times": ("article", "text", "type", "value", "range"),
    "actors": ("id", "name", "kind", "country", "sector", "role"),
    "mentions": ("article", "text", "form", "actor", "reason"),
    "statements": ("id", "speaker", "act", "quote", "article"),
    "events": ("id", "type", "actors", "recipients", "date", "status", "trigger_text"),
    "meetings": ("id", "date", "participants", "place", "length_told", "status", "articles"),
    "agreements": ("id", "parties", "subject", "effective", "state", "articles"),
    "commitments": ("id", "promiser", "beneficiary", "what", "due", "state", "article"),
    "disputes": ("id", "about", "kind", "sides"),
    "positions": ("actor", "issue", "range", "stance", "shift_from"),
    "issues": ("id", "label", "articles", "statements"),
}
SHOWN["event_clusters"] = (*SHOWN["events"], "articles")
"""Columns of the table for eyes; the other formats print every field."""
MAX_CELL = 140
"""Characters of a cell of that table."""
_WIDE = {"text", "quote", "title", "about", "sides", "subject", "what"}
_NARROW = {"id", "published", "type", "act", "kind", "state", "start", "end"}


def add_to(app: typer.Typer) -> None:
    """Adds one command a kind of row."""
    for kind, description in KINDS.items():
        teaching = f"{description}\n\nExample: onrecord {kind} my.db --format jsonl"
        app.command(kind, help=teaching, rich_help_panel="List rows")(_listing(kind))


def _listing(kind: str) -> Any:
    def command(
        record: options.RecordPath,
        between: options.Between = None,
        actor: Annotated[
            str | None,
            typer.Option("--actor", "--speaker", metavar="NAME", help="One actor: id, code or name."),
        ] = None,
        issue: options.Issue = None,
        since: options.Since = None,
        until: options.Until = None,
        act: Annotated[
            str | None, typer.Option("--act", help="Act of a statement: say, deny, accuse …")
        ] = None,
        type: Annotated[str | None, typer.Option("--type", help="Type of an event: AGREE, CONSULT …")] = None,
        status: Annotated[
            str | None, typer.Option("--status", help="Status or state, e.g. held, planned.")
        ] = None,
        article: Annotated[str | None, typer.Option("--article", help="One article's id or path.")] = None,
        min_confidence: Annotated[float | None, typer.Option("--min-confidence", min=0, max=1)] = None,
        merged: Annotated[
            bool, typer.Option("--merged", help="Events: one row an event over all articles.")
        ] = False,
        possible: Annotated[
            bool, typer.Option("--possible", help="Disputes: also those that are only possible.")
        ] = False,
        one_a_day: Annotated[
            bool,
            typer.Option("--one-a-day", help="Events merged: of one type, dyad and day only the first."),
        ] = False,
        limit: Annotated[int | None, typer.Option("--limit", min=0, help="At most so many rows.")] = None,
        format: options.Rows = options.RowFormat.table,
    ) -> None:
        from onrecord.record import Filters, listing

        filters = Filters(
            between=between,
            actor=actor,
            issue=issue,
            since=options.day(since),
            until=options.day(until, last=True),
            act=act,
            type=type,
            status=status,
            article=article,
            min_confidence=min_confidence,
            merged=merged or one_a_day,
            possible=possible,
            limit=limit,
        )
        with options.opened(record) as store:
            rows = listing(store, kind, filters)
            if one_a_day:
                rows = first_of_day(rows)
            _WRITERS[format]("event_clusters" if filters.merged else kind, rows)

    return command


def first_of_day(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Events, of one type, dyad and day only the first, with the number of them all in `same_day`.

    The usual count of event data for series. Rows without a day of their own, or without two sides, all stay.
    """
    kept: list[dict[str, Any]] = []
    at: dict[object, dict[str, Any]] = {}
    for row in rows:
        days = row.get("date")
        sides = [
            tuple(sorted({a["country"] or a["id"] for a in row[role]})) for role in ("actors", "recipients")
        ]
        key = (row["type"], *sides, days[0]) if days and days[0] == days[1] and all(sides) else None
        if key in at:
            at[key]["same_day"] += 1
            continue
        kept.append({**row, "same_day": 1})
        if key:
            at[key] = kept[-1]
    yield from kept


def _jsonl(_: str, rows: Iterable[Mapping[str, Any]]) -> None:
    from onrecord.record import rows_as_json

    sys.stdout.buffer.writelines(rows_as_json(rows))
    sys.stdout.buffer.flush()


def _csv(kind: str, rows: Iterable[Mapping[str, Any]]) -> None:
    from onrecord.record import columns_of, flat

    writer = csv.DictWriter(
        sys.stdout, fieldnames=columns_of(kind), lineterminator="\n", extrasaction="ignore"
    )
    writer.writeheader()
    writer.writerows(flat(row) for row in rows)


def _table(kind: str, rows: Iterable[Mapping[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    from onrecord.review.rendering import shortened

    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in SHOWN[kind]:
        wide = column in _WIDE
        least, most = (30, None) if wide else (None, None if column in _NARROW else 26)
        table.add_column(column, overflow="fold", no_wrap=column in _NARROW, min_width=least, max_width=most)
    count = 0
    for row in rows:
        table.add_row(*(shortened(words(row.get(c)), MAX_CELL) for c in SHOWN[kind]))
        count += 1
    Console(soft_wrap=False).print(table)
    options.note(f"{count} {kind}")


def words(value: Any) -> str:
    """A cell for eyes: names instead of objects, a day instead of a one-day range."""
    match value:
        case None:
            return "–"
        case {"name": name}:
            return str(name)
        case {"title": title, "path": path}:
            return str(title or path)
        case {"actor": actor, "told": told}:
            return f"{words(actor)}: {told}"
        case [start, end] if _is_day(start) or _is_day(end):
            return str(start) if start == end else f"{start or '…'} – {end or '…'}"
        case list() | tuple():
            return ", ".join(words(v) for v in value)
        case float():
            return f"{value:.2f}"
    return str(value)


def _is_day(value: Any) -> bool:
    return len(str(value)) == 10 and str(value)[4:5] == "-"


_WRITERS = {options.RowFormat.jsonl: _jsonl, options.RowFormat.csv: _csv, options.RowFormat.table: _table}
