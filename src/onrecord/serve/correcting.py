"""`onrecord correct`: what a person puts right, kept through every build."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.errors import UsageError
from onrecord.serve import options

if TYPE_CHECKING:
    from onrecord.correcting.desk import Make
    from onrecord.correcting.making import By

_RANGES = ("date", "said_on", "made_on", "effective", "expires")
_SPANS = ("content", "source", "cue", "trigger")
_TRUTHS = ("negated", "hedged")
_LISTS = ("actors", "recipients", "participants", "parties")


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("correct", rich_help_panel="Put it right")(correct)


def correct(
    record: options.RecordPath,
    row: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A row's id, or an actor's.", show_default=False)
    ] = None,
    speaker: Annotated[
        str | None, typer.Option("--speaker", metavar="NAME", help="Who said it; `unknown`: nobody knows.")
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="Another value: act=deny, status=held, date=2017-07-07, content=120:180. May be repeated.",
        ),
    ] = None,
    reject: Annotated[bool, typer.Option("--reject", help="It is none: no dispute, no statement …")] = False,
    same_as: Annotated[
        str | None, typer.Option("--same-meeting-as", metavar="ID", help="These two meetings are one.")
    ] = None,
    other: Annotated[
        bool,
        typer.Option("--other-meeting", help="This telling is of another meeting than it is merged with."),
    ] = False,
    is_: Annotated[
        str | None, typer.Option("--is", metavar="ACTOR", help="The actor ID is this one, all through.")
    ] = None,
    article: Annotated[
        str | None, typer.Option("--in", metavar="ARTICLE", help="With --is: in this article only.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", envvar="ONRECORD_NAME", metavar="NAME", help="Who corrects.")
    ] = None,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason.")] = "",
    on: Annotated[
        str | None, typer.Option("--on", metavar="TIME", help="When, ISO 8601; otherwise now.")
    ] = None,
    undo: Annotated[
        list[str] | None, typer.Option("--undo", metavar="ID", help="Take a correction back.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write all as JSON lines; -: stdout.")
    ] = None,
    into: Annotated[Path | None, typer.Option("--from", metavar="FILE", help="Bring in such a file.")] = None,
) -> None:
    """Put a row right, and list, undo, take out or bring in what was put right.

    Without ID or option it lists the corrections. They hold on to the article's words and are applied again
    after every build. ID is what the listings print.

    Example: onrecord correct my.db s-1f0c5b7a9d2e --speaker "Ana Ruiz" --by "B. Lind" --why "she, not he"
    """  # fmt: skip
    from onrecord.correcting import desk

    if undo:
        for correction in desk.undo(record, undo):
            options.note(f"undone: {correction.id}")
    elif into:
        with sys.stdin.buffer if str(into) == "-" else _opened(into) as file:
            options.note(f"{len(desk.bring_in(record, file))} corrections")
        _list(record)
    elif out:
        _write(record, out)
    elif row is None:
        _list(record)
    else:
        at = on or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        makes = _asked(row, by, at, why, speaker, set_ or [], reject, same_as, other, is_, article)
        for made in desk.correct(record, *makes):
            options.note(f"{made.id}: {made.what} {made.field or ''} “{made.anchors[0].quote[:60]}”")


def _asked(
    row: str, by: str | None, at: str, why: str, speaker: str | None, set_: list[str], reject: bool,
    same_as: str | None, other: bool, is_: str | None, article: str | None,
) -> list[Make]:  # fmt: skip
    """What the options ask for, one after the other.

    Raises:
        UsageError: they ask for nothing, or do not say who asks.
    """
    from onrecord.correcting import making

    if not by:
        raise UsageError("say who corrects: --by NAME, or set ONRECORD_NAME")
    told = making.By(by, at, why)
    makes: list[Make] = []
    if speaker is not None:
        set_ = [*set_, f"speaker={speaker}"]
    for pair in set_:
        field, equals, text = pair.partition("=")
        if not equals:
            raise UsageError(f"--set {pair!r} is not FIELD=VALUE")
        makes.append(_set(row, field.strip(), value_of(field.strip(), text), told))
    if reject:
        makes.append(lambda store: making.reject(store, row, told))
    if same_as:
        makes.append(lambda store: making.same_meeting(store, row, same_as, told))
    if other:
        makes.append(lambda store: making.other_meeting(store, row, told))
    if is_:
        makes.append(lambda store: making.same_actor(store, row, is_, told, article=article))
    if not makes:
        raise UsageError(
            "say what is to be corrected: --speaker, --set, --reject … (`onrecord correct --help`)"
        )
    return makes


def _set(row: str, field: str, value: Any, by: By) -> Make:
    from onrecord.correcting import making

    return lambda store: making.set_field(store, row, field, value, by)


def value_of(field: str, text: str) -> Any:
    """A value as it is written on the command line or in a form, as JSON has it; `unknown` is null.

    Days: `2017-07-07`, `2017-07` or `2017-07-07..2017-07-10`. Characters: `120:180`, several with commas.
    Several actors: separated by semicolons.

    Raises:
        UsageError: it cannot be read.
    """
    text = text.strip()
    if field in _LISTS:
        return [part.strip() for part in text.split(";") if part.strip()]
    if field in _SPANS:
        return [_span(part) for part in text.split(",") if part.strip()]
    if text.lower() in ("", "unknown"):
        return None
    if field in _RANGES:
        first, _, last = text.partition("..")
        days = options.period(first), options.period(last or first)
        return [days[0].start.isoformat() if days[0].start else None,
                days[1].end.isoformat() if days[1].end else None]  # fmt: skip
    if field in _TRUTHS:
        if text.lower() not in ("yes", "no", "true", "false"):
            raise UsageError(f"{field} {text!r} is neither yes nor no")
        return text.lower() in ("yes", "true")
    if field == "minutes":
        if not text.isascii() or not text.isdigit():
            raise UsageError(f"minutes {text!r} is no whole number")
        return int(text)
    return text


def _span(text: str) -> list[int]:
    start, _, end = text.partition(":")
    try:
        return [int(start), int(end)]
    except ValueError as error:
        raise UsageError(f"no characters {text!r}; write START:END, e.g. 120:180") from error


def _opened(path: Path) -> Any:
    if not path.is_file():
        raise UsageError(f"no file {path}")
    return path.open("rb")


def _write(record: Path, out: Path) -> None:
    from onrecord.correcting import desk

    with options.opened(record) as store:
        lines = b"".join(desk.lines_of(store.corrections.all()))
    if str(out) == "-":
        sys.stdout.buffer.write(lines)
    else:
        out.write_bytes(lines)
        options.note(f"wrote {out}")


def _list(record: Path) -> None:
    """Each correction in two lines: what, and who says so; those that lost their words say why."""
    from onrecord.review import phrasing

    with options.opened(record) as store:
        found = store.corrections.found()
        for correction in store.corrections.all():
            places = [f for f in found if f.correction == correction.id]
            worst = next((f for f in places if f.state != "applied"), None)
            state = f"{worst.state}: {worst.reason}" if worst else "applied"
            print(f"{correction.id}  {phrasing.correction(correction)}  [{state}]")
            why = f": {correction.why}" if correction.why else ""
            print(f"    {correction.who}, {correction.at}{why}")
