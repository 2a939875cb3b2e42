"""Which fields of which rows a person may set, and what their values look like."""

from __future__ import annotations

from typing import Any

import msgspec

from onrecord.errors import UsageError
from onrecord.facts import plover
from onrecord.record import codec
from onrecord.record.kinds import KINDS
from onrecord.types import Actor, Span

SETTABLE: dict[str, tuple[str, ...]] = {
    "statements": ("speaker", "act", "negated", "hedged", "said_on", "said_at", "content", "source", "cue"),
    "events": ("type", "status", "actors", "recipients", "date", "place", "trigger"),
    "meetings": ("participants", "status", "date", "place", "minutes", "medium", "occasion"),
    "agreements": ("parties", "state", "made_on", "effective", "expires"),
    "mentions": ("actor",),
}
ACTORS = {("statements", "speaker"), ("mentions", "actor")}
MANY_ACTORS = {("events", "actors"), ("events", "recipients"), ("meetings", "participants"),
               ("agreements", "parties")}  # fmt: skip
SPANS = {"content": "quote", "source": "source_text", "cue": "cue_text", "trigger": "trigger_text"}
"""A field of characters → the field of the words that they cut."""
_NEEDED = {"content", "trigger"}


def check_field(kind: str, field: str) -> None:
    """Sees that a field can be set.

    Raises:
        UsageError: it cannot, or rows of this kind cannot be changed.
    """
    if kind not in SETTABLE:
        raise UsageError(f"fields of {kind} follow from other rows; correct those, or reject the row")
    if field not in SETTABLE[kind]:
        raise UsageError.unknown(f"field of {kind} that can be corrected", field, SETTABLE[kind])


def converted(kind: str, field: str, value: Any) -> Any:
    """A value from JSON as the row's type has it; actors as actors.

    Raises:
        UsageError: the field cannot be set, or the value is none for it.
    """
    check_field(kind, field)
    hint: Any = hint_of(kind, field)
    try:
        made = msgspec.convert(value, hint)
    except msgspec.ValidationError as error:
        raise UsageError(f"{field} cannot be {value!r}: {error}") from error
    if field in _NEEDED and not made:
        raise UsageError(f"{field} needs characters; reject the row if it is none")
    if field == "type" and made not in plover.ontology().types:
        raise UsageError.unknown("type of event", str(made), plover.ontology().types)
    return made


def hint_of(kind: str, field: str) -> Any:
    """The type of a field, with actors in place of their ids."""
    if (kind, field) in ACTORS:
        return Actor | None
    if (kind, field) in MANY_ACTORS:
        return tuple[Actor, ...]
    if field in SPANS:
        return tuple[Span, ...]
    of = next(f for f in codec.fields(KINDS[kind].type) if f.name == field)
    return of.hint | None if of.optional else of.hint
