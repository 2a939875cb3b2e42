"""Corrections in the browser: forms that work without JavaScript, and what they send.

A form is offered where the record can be written and the server was not started read-only. What it sends
carries a token made from a secret of this process, so that a page of another site cannot send it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, get_args
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.correcting import desk, making
from onrecord.correcting.fields import SETTABLE, hint_of
from onrecord.errors import RecordError, UsageError
from onrecord.record import Store, lookup
from onrecord.review import phrasing
from onrecord.serve import correcting
from onrecord.serve.web import asking
from onrecord.serve.web.rendering import Utf8, page, to
from onrecord.types import Correction, Reading, Statement, Value

MAX_FORM = 16_384
"""Bytes of a form."""
MAX_FIELDS = 40
CORRECTABLE = (*SETTABLE, "disputes")
"""Kinds whose pages have a form."""
NAME = "onrecord_name"
"""The cookie that keeps who corrects, so that it is written once."""
_LABELS = {"said_on": "said on", "said_at": "said at", "made_on": "made on", "effective": "takes effect"}
_HINTS = {"date": "2017-07-07, 2017-07 or 2017-07-07..2017-07-10", "participants": "names, with ; between"}
_BY_WORDS = {"content": "quote", "source": "source_text", "cue": "cue_text", "trigger": "trigger_text"}


class Field(Value, frozen=True, kw_only=True):
    """One field of a form, with what stands in it now."""

    name: str
    label: str
    value: str
    options: tuple[str, ...] = ()
    """What can be chosen; none: free."""
    hint: str = ""
    long: bool = False
    names: bool = False
    """Whether names of actors are offered."""


class Form(Value, frozen=True, kw_only=True):
    """What can be put right in a row."""

    row: str
    kind: str
    fields: tuple[Field, ...]
    names: tuple[str, ...] = ()
    token: str = ""
    who: str = ""
    others: tuple[tuple[str, str], ...] = ()
    """Meetings that may be the same one: id and words."""
    tellings: tuple[tuple[str, str], ...] = ()
    """Tellings of it that may be of another: row id and outlet."""
    actor: bool = False


def can_write(request: Request) -> bool:
    """Whether corrections can be made: the server allows it, and the file can be written."""
    at = asking.desk(request)
    folder = at.record.resolve().parent
    return at.corrections and os.access(at.record, os.W_OK) and os.access(folder, os.W_OK)


def token(request: Request) -> str:
    """What a form has to send back."""
    return hmac.new(asking.desk(request).secret, b"corrections", hashlib.sha256).hexdigest()


def form(
    request: Request, row: Any, kind: str, known: Mapping[str, str], *, names: Iterable[str] = (), **more: Any
) -> Form | None:
    """The form of a row; None where nothing can be written or put right.

    Args:
        request: whose server and cookie.
        row: as it holds now.
        kind: as in the record, of the article's own rows.
        known: actor id → name.
        names: offered where an actor is asked for.
        more: see `Form`.
    """
    if not can_write(request):
        return None
    fields = tuple(_field(row, kind, name, known) for name in SETTABLE.get(kind, ()))
    return Form(
        row=row.id, kind=kind, fields=fields, names=tuple(sorted(set(names))), token=token(request),
        who=request.cookies.get(NAME, ""), **more,
    )  # fmt: skip


def _field(row: Any, kind: str, name: str, known: Mapping[str, str]) -> Field:
    value = getattr(row, _BY_WORDS.get(name, name))
    label = "words" if name == "content" else _LABELS.get(name, name.replace("_", " "))
    return Field(
        name=name, label=label, value=shown(name, value, known), options=_options(kind, name),
        hint=_HINTS.get(name, ""), long=name == "content",
        names=name in ("speaker", "actors", "recipients", "participants", "parties"),
    )  # fmt: skip


def _options(kind: str, name: str) -> tuple[str, ...]:
    hint = hint_of(kind, name)
    if hint is bool:
        return ("no", "yes")
    choices = get_args(hint) or ()
    if name == "medium":
        return ("", *get_args(get_args(hint)[0]))
    return tuple(c for c in choices if isinstance(c, str))


def shown(name: str, value: Any, known: Mapping[str, str]) -> str:
    """A value as it stands in a form: what `correcting.value_of` reads back."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case (start, end) if name in ("date", "said_on", "made_on", "effective", "expires"):
            days = [d.isoformat() if d else "" for d in (start, end)]
            return days[0] if days[0] == days[1] else "..".join(days)
        case tuple():
            return "; ".join(known.get(v, str(v)) for v in value)
    return known.get(value, str(value)) if name == "speaker" else str(value)


# --- pages -----------------------------------------------------------------------------------------------


def listed(request: Request) -> Response:
    """`/corrections`: what was put right, by whom, and whether it still finds its words."""
    with asking.desk(request).opened() as store:
        found: dict[str, list[Any]] = {}
        for place in store.corrections.found():
            found.setdefault(place.correction, []).append(place)
        rows = [
            (c, phrasing.correction(c), found.get(c.id, []), _address(store, c, found.get(c.id, [])))
            for c in reversed(store.corrections.all())
        ]
        return page(
            "corrections", rows=rows, waiting=store.corrections.waiting,
            token=token(request) if can_write(request) else None,
        )  # fmt: skip


def _address(store: Store, correction: Correction, found: list[Any]) -> str | None:
    """Where the corrected row can be seen."""
    rows = [f.row for f in found if f.row]
    for row in rows[:1]:
        got = store.row(row)
        if got is None:
            continue
        if isinstance(got[2], Statement):
            return to("statements", row)
        if got[0].name == "meetings":
            home = making.merged_into(store, row)
            return to("meetings", home) if home else to("explain", row)
        return to("explain", row)
    articles = [f.article for f in found if f.article]
    return to("articles", articles[0]) if articles else None


def file(request: Request) -> Response:
    """`/corrections.jsonl`: all of them, as `onrecord correct --from` takes them."""
    with asking.desk(request).opened() as store:
        lines = b"".join(desk.lines_of(store.corrections.all()))
    name = {"content-disposition": 'attachment; filename="corrections.jsonl"'}
    return Utf8(lines, media_type="application/x-ndjson", headers=name)


# --- what forms send -------------------------------------------------------------------------------------


async def make(request: Request) -> Response:
    """`POST /corrections`: what a form of a row sent; leads back to the row."""
    sent = await _sent(request)
    by = making.By(sent.get("who", ""), _now(), sent.get("why", ""))
    if not by.who.strip():
        raise HTTPException(400, "Say who corrects: the field “Your name” is empty.")
    makes = _asked(sent, by)
    if not makes:
        raise HTTPException(400, "Nothing was changed in the form, so there is nothing to correct.")
    made = await _carried_out(request, lambda path: desk.correct(path, *makes))
    back = await run_in_threadpool(_back, request, made, sent.get("row", ""))
    answer = RedirectResponse(back, 303)
    answer.set_cookie(NAME, _cookie(by.who), httponly=True, samesite="strict", max_age=31_536_000)
    return answer


async def undo(request: Request) -> Response:
    """`POST /corrections/undo`: takes one correction back."""
    sent = await _sent(request)
    await _carried_out(request, lambda path: desk.undo(path, [sent.get("id", "")]))
    return RedirectResponse("/corrections", 303)


def _asked(sent: Mapping[str, str], by: making.By) -> list[desk.Make]:
    """The corrections that a form asks for: each field that says something else than it did."""
    row = sent.get("row", "")
    if sent.get("reject"):
        return [lambda store: making.reject(store, row, by)]
    if other := sent.get("same_as"):
        return [lambda store: making.same_meeting(store, row, other, by)]
    if telling := sent.get("other_meeting"):
        return [lambda store: making.other_meeting(store, telling, by)]
    if to_whom := sent.get("is"):
        return [lambda store: making.same_actor(store, row, to_whom, by)]
    return [
        _setting(row, name.removeprefix("was_"), sent.get(name.removeprefix("was_"), ""), by)
        for name, was in sent.items()
        if name.startswith("was_") and _folded(sent.get(name.removeprefix("was_"), "")) != _folded(was)
    ]


def _setting(row: str, field: str, text: str, by: making.By) -> desk.Make:
    if field in _BY_WORDS:
        return lambda store: making.set_field(store, row, field, _found(store, row, field, text), by)
    value = correcting.value_of(field, text)
    return lambda store: making.set_field(store, row, field, value, by)


def _found(store: Store, row: str, field: str, text: str) -> list[list[int]]:
    """Where words stand in the row's article, nearest to where the row has them.

    Raises:
        UsageError: they do not stand in it.
    """
    got = store.row(row)
    reading: Reading | None = store.reading(got[1]) if got else None
    if got is None or reading is None:
        raise UsageError(f"no row {row!r} in this record")
    near = next((s.start for s in getattr(got[2], field)), 0)
    article, spans = reading.article.text, []
    for part in filter(None, (p.strip() for p in text.replace("\r\n", "\n").split(" … "))):
        starts = _places(article, part)
        if not starts:
            raise UsageError(f"these words do not stand in the article one after the other: {part[:80]!r}")
        start = min(starts, key=lambda s: abs(s - near))
        spans.append([start, start + len(part)])
    return spans


def _places(text: str, part: str) -> list[int]:
    places, at = [], text.find(part)
    while at >= 0:
        places.append(at)
        at = text.find(part, at + 1)
    return places


def _folded(text: str) -> str:
    return " ".join(text.split())


def _back(request: Request, made: list[Correction], row: str) -> str:
    """The page of the row that was corrected, as it is called now."""
    with asking.desk(request).opened() as store:
        found = [f for f in store.corrections.found() if f.correction in {m.id for m in made}]
        if made[0].what in ("same_actor", "other_actor"):
            return to("actors", made[0].value["id"])
        if lookup.row_object(store, row) is not None and store.row(row):
            got = store.row(row)
            if got and isinstance(got[2], Statement):
                return to("statements", row)
        address = _address(store, made[0], found)
        return address if address and made[0].what != "reject" else "/corrections"


async def _carried_out(request: Request, work: Callable[[Any], Any]) -> Any:
    try:
        return await run_in_threadpool(work, asking.desk(request).record)
    except RecordError as error:
        told = "The record is being written by another process, or cannot be written. Try again later."
        raise HTTPException(503, told) from error


async def _sent(request: Request) -> dict[str, str]:
    """A form's fields, if it is one of ours.

    Raises:
        HTTPException: too large, from elsewhere, or the record cannot be written.
    """
    if not can_write(request):
        raise HTTPException(403, "This record can only be read.")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_FORM:
            raise HTTPException(413, "The form is too large.")
    try:
        told = parse_qs(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS * 2
        )
    except ValueError as error:
        raise HTTPException(400, "The form cannot be read.") from error
    sent = {name: values[-1] for name, values in told.items()}
    elsewhere = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    if elsewhere or not hmac.compare_digest(sent.get("token", "").encode(), token(request).encode()):
        raise HTTPException(403, "This form is too old, or not from here. Go back, reload, send it again.")
    return sent


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _cookie(name: str) -> str:
    """A name as a cookie holds it: plain letters only."""
    return "".join(c for c in name.strip()[:60] if c.isascii() and (c.isalnum() or c in " .-'"))
