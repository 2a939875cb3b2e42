"""Evidence is cut: every row's spans are checked against the article's text before the row is written.

A row that fails is refused, never mended: `sound` drops it from the reading and says why, so that the record
keeps the refusal in its coverage; `check` raises instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

import msgspec

from onrecord.errors import Ungrounded
from onrecord.record.kinds import ROW_KINDS, Kind
from onrecord.types import Mention, Passage, Reading, Side, Span, TimeExpr, cut

WORDS = {
    "quote": "content",
    "source_text": "source",
    "cue_text": "cue",
    "trigger_text": "trigger",
    "text": "evidence",
    "what": "content",
}
"""A field of words → the field of spans that cut them."""
SPANS = ("source", "cue", "content", "condition", "trigger", "evidence")
MAY_BE_EMPTY = {"source", "cue", "condition"}
"""A quotation may stand without source or cue, a forecast without condition; all else needs words."""


class Refused(NamedTuple):
    """A row that was left out, and why."""

    kind: str
    row: str
    reason: str


def check(reading: Reading) -> None:
    """Sees that every row of a reading is grounded.

    Raises:
        Ungrounded: the first row that is not, with its reason.
    """
    for refused in sound(reading)[1]:
        raise Ungrounded(f"{refused.kind} {refused.row} of article {reading.article.id}: {refused.reason}")


def sound(reading: Reading) -> tuple[Reading, list[Refused]]:
    """The reading without its ungrounded rows, and these with their reasons.

    A row that leans on a refused one (`within`, `on_word_of`, a side's statement) keeps its own evidence
    but no longer names it.
    """
    kept: dict[str, tuple[Any, ...]] = {}
    refused: list[Refused] = []
    known = frozenset(a.id for a in reading.actors)
    for kind in ROW_KINDS:
        assert kind.reading
        rows = []
        for row in _unique(getattr(reading, kind.reading), kind, refused):
            reason = problem(row, reading.article.text, kind, known)
            if reason is None:
                rows.append(row)
            else:
                refused.append(Refused(kind.name, _name(row), reason))
        kept[kind.reading] = tuple(rows)
    if not refused:
        return reading, refused
    statements = {s.id for s in kept["statements"]}
    kept["statements"] = _without(kept["statements"], "within", statements)
    for name in ("events", "meetings", "agreements", "commitments"):
        kept[name] = _without(kept[name], "on_word_of", statements)
    kept["commitments"] = _without(kept["commitments"], "agreement", {a.id for a in kept["agreements"]})
    kept["disputes"] = tuple(
        msgspec.structs.replace(d, sides=_without(d.sides, "statement", statements)) for d in kept["disputes"]
    )
    return msgspec.structs.replace(reading, **kept), refused


def problem(row: Any, text: str, kind: Kind, actors: frozenset[str]) -> str | None:
    """Why a row is not grounded in its article, None when it is; `actors` are those of its reading."""
    for reason in chain(_span_problems(row, text), _word_problems(row, text)):
        return reason
    strange = (a for a in actors_of(row, kind) if a not in actors) if kind.actors else ()
    return next((f"names actor {a!r}, which the reading does not hold" for a in strange), None)


def _span_problems(row: Any, text: str) -> Iterator[str]:
    for name, spans in _spans_of(row):
        if not spans and name not in MAY_BE_EMPTY:
            yield f"{name} has no characters"
        for start, end in spans:
            if not 0 <= start < end <= len(text):
                yield f"{name} [{start}, {end}) does not lie in a text of {len(text)} characters"


def _spans_of(row: Any) -> Iterator[tuple[str, tuple[Span, ...]]]:
    if isinstance(row, Mention | TimeExpr | Passage):
        yield "span", (Span(row.start, row.end),)
    for name in SPANS:
        if hasattr(row, name):
            yield name, getattr(row, name)
    for side in getattr(row, "sides", ()):
        yield "side's evidence", side.evidence


def _word_problems(row: Any, text: str) -> Iterator[str]:
    if isinstance(row, Mention | TimeExpr) and row.text != text[row.start : row.end]:
        yield f"text {_short(row.text)} is not what its span cuts: {_short(text[row.start : row.end])}"
    for words, spans in WORDS.items():
        if hasattr(row, words) and hasattr(row, spans):
            told, found = getattr(row, words), cut(text, getattr(row, spans))
            if told != found:
                yield f"{words} {_short(told)} is not what its spans cut: {_short(found)}"


def actors_of(row: Any, kind: Kind) -> list[str]:
    """Ids of the actors that a row names, in order, doubles included."""
    return [a for _, a in named_actors(row, kind)]


def named_actors(row: Any, kind: Kind) -> Iterator[tuple[str, str]]:
    """(field, actor id) for every actor that a row names."""
    for name in kind.actors:
        value = getattr(row, name)
        if value is None:
            continue
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, dict):
            yield from ((name, a) for ids in value.values() for a in ids)
        else:
            yield from ((name, a) for a in (_actor_of(v) for v in value) if a is not None)


def _actor_of(value: str | Side) -> str | None:
    return value.actor if isinstance(value, Side) else value


def _unique(rows: Iterable[Any], kind: Kind, refused: list[Refused]) -> Iterator[Any]:
    """Rows without those whose id an earlier one has."""
    if not (kind.identified or kind.name in ("actors", "issues")):
        yield from rows
        return
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            refused.append(Refused(kind.name, row.id, "another row of the article has this id"))
        else:
            seen.add(row.id)
            yield row


def _without(rows: Iterable[Any], field: str, known: set[str]) -> tuple[Any, ...]:
    drop: Callable[[Any], Any] = lambda row: msgspec.structs.replace(row, **{field: None})  # noqa: E731
    return tuple(drop(r) if getattr(r, field) not in known and getattr(r, field) else r for r in rows)


def _name(row: Any) -> str:
    return str(row.id) if hasattr(row, "id") else f"[{row.start}, {row.end})"


def _short(words: str) -> str:
    return repr(words if len(words) <= 60 else words[:57] + "…")
