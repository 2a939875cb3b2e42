"""One article's reading with what people put right in it: a pure function of the two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from onrecord.correcting.anchors import find
from onrecord.correcting.fields import ACTORS, MANY_ACTORS, SPANS, converted
from onrecord.errors import UsageError
from onrecord.record.kinds import KINDS
from onrecord.types import Actor, Correction, Found, FoundState, Reading, Side, Span, cut

ROWS = ("mentions", "statements", "events", "meetings", "agreements", "commitments", "disputes")


class Renamed(NamedTuple):
    """Whom an actor of the extractor's is taken for, and by which corrections."""

    to: Actor
    by: tuple[str, ...]


def corrected(
    reading: Reading, corrections: Sequence[Correction], renamed: Mapping[str, Renamed] | None = None
) -> tuple[Reading, list[Found]]:
    """A reading with corrections applied, and where each found its words in it.

    Args:
        reading: as the extractor has it.
        corrections: in the order in which they were made; a later one of the same field wins.
        renamed: actors that are somebody else in all articles.
    """
    work = _Work(reading)
    for correction in corrections:
        work.look_for(correction)
    work.carry_out()
    for old, new in (renamed or {}).items():
        work.rename(old, new)
    return work.reading(), work.found


class _Target(NamedTuple):
    correction: Correction
    n: int
    kind: str
    at: int


class _Work:
    """The rows of one reading while corrections are carried out on them."""

    def __init__(self, reading: Reading) -> None:
        self.before = reading
        self.rows: dict[str, list[Any]] = {kind: list(getattr(reading, kind)) for kind in ROWS}
        self.actors = {a.id: a for a in reading.actors}
        self.targets: list[_Target] = []
        self.found: list[Found] = []

    def look_for(self, correction: Correction) -> None:
        """Notes which rows a correction is about."""
        for n, anchor in enumerate(correction.anchors):
            if anchor.text_sha256 != self.before.article.text_sha256:
                continue
            at, reason = find(anchor, self.before)
            if at is not None:
                self.targets.append(_Target(correction, n, anchor.kind, at))
            self._note(correction, n, anchor.kind, at, reason)

    def _note(self, correction: Correction, n: int, kind: str, at: int | None, reason: str) -> None:
        row = None if at is None else getattr(self.rows[kind][at], "id", None)
        state: FoundState = "lost" if at is None else "applied"
        self.found.append(
            Found(correction=correction.id, n=n, article=self.before.article.id, row=row, state=state,
                  reason=reason)
        )  # fmt: skip

    def carry_out(self) -> None:
        """Fields that are set, rows that are none, then actors who are others."""
        rejected = {(t.kind, t.at) for t in self.targets if t.correction.what == "reject"}
        last = {(t.kind, t.at, t.correction.field): t for t in self.targets if t.correction.what == "set"}
        for target in self.targets:
            correction, place = target.correction, (target.kind, target.at)
            if correction.what == "set":
                if place in rejected or last[*place, correction.field] is not target:
                    self._amend(target, "superseded", "a later correction says otherwise")
                else:
                    self._try_set(target)
        for target in self.targets:
            if target.correction.what == "other_actor":
                old = getattr(self.before, target.kind)[target.at].actor
                if old:
                    to = msgspec.convert(target.correction.value, Actor)
                    self.rename(old, Renamed(to, (target.correction.id,)))
        for target in self.targets:
            if target.correction.what == "reject" and self.rows[target.kind][target.at] is not None:
                self._reject(target)

    def _amend(self, target: _Target, state: FoundState, reason: str) -> None:
        for n, found in enumerate(self.found):
            if (found.correction, found.n) == (target.correction.id, target.n):
                self.found[n] = replace(found, state=state, reason=reason)

    def _try_set(self, target: _Target) -> None:
        try:
            self._set(target)
        except UsageError as error:
            self._amend(target, "lost", str(error))

    def _set(self, target: _Target) -> None:
        correction, row = target.correction, self.rows[target.kind][target.at]
        field = correction.field or ""
        value = converted(target.kind, field, correction.value)
        if (target.kind, field) in ACTORS:
            self._know(value)
            value = value.id if value else None
        elif (target.kind, field) in MANY_ACTORS:
            for actor in value:
                self._know(actor)
            value = tuple(actor.id for actor in value)
        elif field in SPANS:
            self._check(value)
        more = self._follows(row, target.kind, field, value, correction)
        self.rows[target.kind][target.at] = marked(replace(row, **{field: value}, **more), (correction.id,))
        if (target.kind, field) == ("statements", "speaker"):
            self._sides_follow(row, value, correction.id)

    def _follows(self, row: Any, kind: str, field: str, value: Any, correction: Correction) -> dict[str, Any]:
        """Other fields that say what the corrected one says."""
        text = self.before.article.text
        match kind, field:
            case "statements", "speaker":
                return {"speaker_reason": told(correction), "speakers": ()}
            case "mentions", "actor":
                return {"reason": told(correction), "members": ()}
            case _, "content" | "source" | "cue" | "trigger":
                return {SPANS[field]: cut(text, value)}
            case "events" | "meetings", "date":
                return {"date_basis": told(correction)}
            case "meetings", "participants":
                sides: dict[str, tuple[str, ...]] = {}
                for actor in value:
                    side = self.actors[actor].country or actor
                    sides[side] = (*sides.get(side, ()), actor)
                return {"delegations": sides}
            case "meetings", "minutes":
                return {"length_told": None}
        return {}

    def _check(self, spans: tuple[Span, ...]) -> None:
        size = len(self.before.article.text)
        if any(not 0 <= start < end <= size for start, end in spans):
            raise UsageError(f"the corrected characters do not lie in a text of {size} characters")

    def _know(self, actor: Actor | None) -> None:
        if actor is not None:
            self.actors.setdefault(actor.id, actor)

    def _sides_follow(self, said: Any, speaker: str | None, by: str) -> None:
        """A side of a dispute is whoever made the statement that it rests on."""
        for n, dispute in enumerate(self.rows["disputes"]):
            sides = tuple(
                replace(s, actor=speaker) if s.statement == said.id and s.actor == said.speaker else s
                for s in dispute.sides
            )
            if sides != dispute.sides:
                self.rows["disputes"][n] = marked(replace(dispute, sides=sides), (by,))

    def _reject(self, target: _Target) -> None:
        """Takes a row out; what leaned on it keeps its own evidence, but names it no longer."""
        gone = self.rows[target.kind][target.at]
        self.rows[target.kind][target.at] = None
        by = (target.correction.id,)
        for kind, rows in self.rows.items():
            for n, row in enumerate(rows):
                if row is None or target.kind == "mentions":
                    continue
                loose = {f: None for f in ("within", "on_word_of", "about_row", "agreement")
                         if getattr(row, f, None) == gone.id}  # fmt: skip
                if kind == "disputes" and any(s.statement == gone.id for s in row.sides):
                    loose["sides"] = tuple(_without(s, gone.id) for s in row.sides)  # type: ignore[assignment]
                if loose:
                    rows[n] = marked(replace(row, **loose), by)

    def rename(self, old: str, new: Renamed) -> None:
        """One actor in place of another, in every row."""
        if old == new.to.id or old not in self.actors:
            return
        was = self.actors.pop(old)
        self.actors.setdefault(new.to.id, replace(new.to, role=new.to.role or was.role))
        for kind, rows in self.rows.items():
            for n, row in enumerate(rows):
                if row is not None:
                    changes = {
                        f: _swapped(getattr(row, f), old, new.to.id) for f in KINDS[kind].actors
                        if _swapped(getattr(row, f), old, new.to.id) != getattr(row, f)
                    }  # fmt: skip
                    if changes:
                        rows[n] = marked(replace(row, **changes), new.by)

    def reading(self) -> Reading:
        """The reading as it holds now."""
        return replace(
            self.before,
            actors=tuple(self.actors[a] for a in sorted(self.actors)),
            **{kind: tuple(r for r in rows if r is not None) for kind, rows in self.rows.items()},
        )


def marked(row: Any, by: Iterable[str]) -> Any:
    """A row that names the corrections which changed it."""
    return replace(row, corrected=tuple(sorted({*row.corrected, *by})))


def told(correction: Correction) -> str:
    """`corrected by Ana Ruiz, 2026-11-26: he speaks for the ministry`."""
    why = f": {correction.why}" if correction.why else ""
    return f"corrected by {correction.who}, {correction.at[:10]}{why}"


def _without(side: Side, statement: str) -> Side:
    return replace(side, statement=None) if side.statement == statement else side


def _swapped(value: Any, old: str, new: str) -> Any:
    """A field's value with one actor in place of another, and nobody twice."""
    match value:
        case str():
            return new if value == old else value
        case dict():
            return {k: _swapped(v, old, new) for k, v in value.items()}
        case tuple() if value and isinstance(value[0], Side):
            return tuple(replace(s, actor=_swapped(s.actor, old, new)) for s in value)
        case tuple() if old in value:
            return tuple(dict.fromkeys(new if v == old else v for v in value))
    return value
