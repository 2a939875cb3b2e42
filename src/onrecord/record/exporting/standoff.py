"""Articles as brat standoff: NAME.txt, NAME.ann, annotation.conf; `onrecord evaluate` reads it back.

Statements are `Attribution` events with Source, Cue and Content, as in PolNeAR; events carry their PLOVER
type; what has no place in the format (speaker, act, dates, actors) stands in notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from onrecord.facts.plover import ontology
from onrecord.record.exporting.job import Job, file_names
from onrecord.record.exporting.quoting import short
from onrecord.types import Actor, Event, Reading, Span, Statement

_MENTION = {"person": "Person", "state": "State", "government": "Government", "medium": "Medium",
            "organisation": "Organisation", "armed_group": "Armed_group", "group": "Group"}  # fmt: skip
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
"""What stands between two ends of lines: a span of brat never crosses one."""


def write(job: Job) -> None:
    """Two files an article and the configuration.

    Of an article without an open licence only NAME.ann is written, with its longer spans quoted in part: who
    holds the text puts it beside as NAME.txt (the manifest has its hash) and has the whole.
    """
    used = job.store.connection.execute("SELECT DISTINCT type FROM events ORDER BY type")
    job.write("annotation.conf", configuration(kind for (kind,) in used).encode())
    rows = job.store.connection.execute("SELECT id FROM articles ORDER BY id").fetchall()
    names = file_names(row[0] for row in rows)
    for article, name in names.items():
        reading = job.store.reading(article)
        assert reading is not None
        is_closed = article in job.closed
        if is_closed:
            job.left_out["texts of articles without an open licence"] += 1
        else:
            job.write(f"{name}.txt", reading.article.text.encode("utf-8", "replace"))
        job.write(f"{name}.ann", lines_of(reading, cut_long=is_closed).encode("utf-8", "replace"))


def configuration(used: Iterable[str] = ()) -> str:
    """`annotation.conf`: entities, events with their arguments; `used` types beside the shipped ones too."""
    types = dict.fromkeys([*ontology().types, *used])
    events = "\n".join(f"{kind}\tActor*:<ENTITY>, Recipient*:<ENTITY>" for kind in types)
    entities = "\n".join(["Source", "Cue", "Content", "Time", *sorted(_MENTION.values()), "Unlinked"])
    return (
        f"[entities]\n{entities}\n\n[relations]\n\n[events]\n"
        f"Attribution\tSource*:Source, Cue*:Cue, Content*:Content\n{events}\n\n[attributes]\n"
    )


def lines_of(reading: Reading, *, cut_long: bool = False) -> str:
    """The .ann file of an article, its rows in the order of the record."""
    page = _Page(reading.article.text, cut_long)
    actors = {a.id: a for a in reading.actors}
    spans: dict[str, list[tuple[Span, str]]] = {}
    for mention in reading.mentions:
        kind = _MENTION.get(actors[mention.actor].kind, "Group") if mention.actor in actors else "Unlinked"
        if key := page.bound(kind, [mention.span]):
            page.note(key, mention.actor or mention.reason or "")
            spans.setdefault(mention.actor or "", []).append((mention.span, key))
    for time in reading.times:
        if key := page.bound("Time", [time.span]):
            page.note(key, f"{time.type} {time.value}")
    for statement in reading.statements:
        _statement(page, statement, actors)
    for event in reading.events:
        _event(page, event, spans)
    return "".join(f"{line}\n" for line in page.lines)


def _statement(page: _Page, row: Statement, actors: dict[str, Actor]) -> None:
    parts = {"Source": row.source, "Cue": row.cue, "Content": row.content}
    keys = {role: key for role, spans in parts.items() if (key := page.bound(role, spans))}
    trigger = page.bound("Attribution", row.cue or row.content)
    if trigger and "Content" in keys:
        event = page.event("Attribution", trigger, keys.items())
        speaker = ", ".join(actors[a].name for a in row.said_by if a in actors) or "speaker not known"
        said = " not" * row.negated + " hedged" * row.hedged
        page.note(event, f"{row.id} {speaker}: {row.act}{said}, {row.speech}, {row.confidence:g}")


def _event(page: _Page, row: Event, spans: dict[str, list[tuple[Span, str]]]) -> None:
    trigger = page.bound(row.type, row.trigger)
    if trigger is None:
        return
    roles = (("Actor", row.actors), ("Recipient", row.recipients))
    found = [(role, a, _near(row, spans.get(a, ()))) for role, ids in roles for a in ids]
    event = page.event(row.type, trigger, [(role, key) for role, _, key in found if key])
    far = [f"{role.lower()} {a}" for role, a, key in found if not key]
    days = f", {row.date.start}..{row.date.end}" if row.date else ""
    page.note(event, "; ".join([f"{row.id} {row.mode or 'no mode'}, {row.status}{days}", *far]))


def _near(event: Event, mentions: Iterable[tuple[Span, str]]) -> str | None:
    """The mention of an actor nearest to an event's trigger, within the event's evidence."""
    at = event.trigger[0].start
    inside = [(abs(s.start - at), key) for s, key in mentions if any(e.contains(s) for e in event.evidence)]
    return min(inside)[1] if inside else None


@dataclass
class _Page:
    """The lines of one .ann file, with running numbers."""

    text: str
    cut_long: bool
    lines: list[str] = field(default_factory=list)
    bounds: int = 0
    events: int = 0
    notes: int = 0

    def bound(self, kind: str, spans: Iterable[Span]) -> str | None:
        """A T line; None where the spans hold no visible character."""
        parts = [part for span in sorted(spans) for part in _lines_of(self.text, span)]
        if not parts:
            return None
        self.bounds += 1
        words = " ".join(self.text[s:e] for s, e in parts)
        places = ";".join(f"{s} {e}" for s, e in parts)
        self.lines.append(f"T{self.bounds}\t{kind} {places}\t{short(words) if self.cut_long else words}")
        return f"T{self.bounds}"

    def event(self, kind: str, trigger: str, roles: Iterable[tuple[str, str]]) -> str:
        """An E line; a role that comes again is numbered."""
        self.events += 1
        seen: dict[str, int] = {}
        told = []
        for role, key in roles:
            seen[role] = seen.get(role, 0) + 1
            told.append(f"{role}{seen[role] if seen[role] > 1 else ''}:{key}")
        self.lines.append(" ".join([f"E{self.events}\t{kind}:{trigger}", *told]))
        return f"E{self.events}"

    def note(self, key: str, words: str) -> None:
        """A # line."""
        if words:
            self.notes += 1
            self.lines.append(f"#{self.notes}\tAnnotatorNotes {key}\t{' '.join(words.split())}")


def _lines_of(text: str, span: Span) -> Iterator[Span]:
    """A span line by line, from visible character to visible character."""
    for line in _LINE.finditer(text, span.start, span.end):
        words = line[0].strip()
        if words:
            start = line.start() + line[0].index(words)
            yield Span(start, start + len(words))
