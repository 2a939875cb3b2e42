"""An article's text cut at every boundary of its rows, so that each piece can be shown as what it is.

Spans overlap freely (a name within a quotation within an event), and links cannot stand within links: so the
text becomes a sequence of pieces, each with all that holds it, and one of them is where it leads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from onrecord.serve.web.rendering import to
from onrecord.types import Event, Mention, Reading, Span, Statement

CONTEXT = 400
"""Characters shown on either side of a row."""


@dataclass
class Piece:
    """A run of text in which nothing begins or ends."""

    text: str
    classes: list[str] = field(default_factory=list)
    href: str | None = None
    title: str | None = None
    anchors: list[str] = field(default_factory=list)
    """Ids of the rows whose words begin here."""


@dataclass
class Block:
    """A passage, or what stands between two."""

    role: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Mark:
    """A span of one row, ready to be shown."""

    span: Span
    css: str
    row: str
    href: str | None
    title: str
    rank: int
    """Where several lead somewhere, the highest does."""


def marks(reading: Reading, names: Mapping[str, str], *, focus: str | None = None) -> list[Mark]:
    """Every span of an article's statements, mentions and events; `focus` is a row to bring out."""
    made = list[Mark]()
    for statement in reading.statements:
        made += _said(statement, names, statement.id == focus)
    for event in reading.events:
        made += _happened(event)
    for mention in reading.mentions:
        made += _named(mention, names)
    return made


def _said(statement: Statement, names: Mapping[str, str], is_focus: bool) -> Iterator[Mark]:
    who = ", ".join(names[a] for a in statement.said_by if a in names) or "speaker not known"
    title, href = f"{who}: {statement.act}", to("statements", statement.id)
    nested = " within" if statement.within else ""
    for spans, css, rank in (
        (statement.content, f"said{nested}", 2),
        (statement.source, "source", 0),
        (statement.cue, "cue", 1),
    ):
        for span in spans:
            shown = f"{css} focus" if is_focus else css
            yield Mark(span, shown, statement.id, href if rank else None, title, 3 if is_focus else rank)


def _happened(event: Event) -> Iterator[Mark]:
    title = f"{event.type} ({event.status})"
    yield from (Mark(s, "trigger", event.id, to("explain", event.id), title, 4) for s in event.trigger)


def _named(mention: Mention, names: Mapping[str, str]) -> Iterator[Mark]:
    if mention.actor:
        name = names.get(mention.actor, mention.actor)
        yield Mark(mention.span, "mention", "", to("actors", mention.actor), name, 5)
    else:
        yield Mark(mention.span, "unlinked", "", None, f"not linked: {mention.reason or 'not known'}", -1)


def blocks(reading: Reading, marked: Iterable[Mark], *, window: Span | None = None) -> list[Block]:
    """The text of an article, or of a window of it, as passages of pieces."""
    text = reading.article.text
    window = window or Span(0, len(text))
    runs, at = list[tuple[str, Span]](), window.start
    for passage in reading.passages:
        start, end = max(passage.start, window.start), min(passage.end, window.end)
        if start >= end:
            continue
        if at < start:
            runs.append(("between", Span(at, start)))
        runs.append((passage.role, Span(start, end)))
        at = end
    if at < window.end:
        runs.append(("between", Span(at, window.end)))
    ordered = sorted((m for m in marked if m.span.overlaps(window)), key=lambda m: m.span)
    begun = set[str]()
    made = []
    for role, run in runs:
        if role == "between" and not text[run.start : run.end].strip():
            continue
        held = [m for m in ordered if m.span.overlaps(run)]
        made.append(Block(role, list(_pieces(text, run, held, begun))))
    return made


def _pieces(text: str, run: Span, held: list[Mark], begun: set[str]) -> Iterator[Piece]:
    edges = {run.start, run.end}
    for mark in held:
        edges |= {max(mark.span.start, run.start), min(mark.span.end, run.end)}
    cuts = sorted(edges)
    waiting, active = iter(held), list[Mark]()
    upcoming = next(waiting, None)
    for start, end in pairwise(cuts):
        active = [m for m in active if m.span.end > start]
        while upcoming is not None and upcoming.span.start <= start:
            active.append(upcoming)
            upcoming = next(waiting, None)
        piece = Piece(text[start:end])
        leading = max((m for m in active if m.href), key=lambda m: m.rank, default=None)
        piece.classes = sorted({c for m in active for c in m.css.split()})
        piece.href = leading.href if leading else None
        told = leading or max(active, key=lambda m: m.rank, default=None)
        piece.title = told.title if told else None
        for mark in active:
            if mark.row and mark.row not in begun:
                begun.add(mark.row)
                piece.anchors.append(mark.row)
        yield piece


def window_of(reading: Reading, spans: Iterable[Span]) -> Span:
    """The characters around some spans: the passages they stand in, not beyond `CONTEXT` on either side."""
    told = list(spans)
    start, end = min(s.start for s in told), max(s.end for s in told)
    around = [p for p in reading.passages if p.start < end and start < p.end]
    first = min([p.start for p in around] + [start])
    last = max([p.end for p in around] + [end])
    text = reading.article.text
    low, high = max(first, start - CONTEXT), min(last, end + CONTEXT)
    if low > first:  # begin with a whole word
        low = text.find(" ", low, start) + 1 or low
    if high < last:
        high = text.rfind(" ", end, high) if text.rfind(" ", end, high) > 0 else high
    return Span(low, high)
