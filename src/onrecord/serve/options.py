"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import calendar
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.building import Coverage
    from onrecord.record import Store
    from onrecord.settings import Settings
    from onrecord.types import Range

Progress = Callable[[int, int | None], None]
"""Called with (articles read so far, articles in all or None where not known)."""


class TextFormat(StrEnum):
    """How a report is printed."""

    text = "text"
    md = "md"
    html = "html"
    json = "json"


class RowFormat(StrEnum):
    """How rows are printed."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


class Engine(StrEnum):
    """Who carries the work of a build."""

    local = "local"
    dask = "dask"


class ExportFormat(StrEnum):
    """What `export` writes."""

    parquet = "parquet"
    csv = "csv"
    jsonl = "jsonl"
    plover = "plover"
    gdelt = "gdelt"
    dyads = "dyads"
    visits = "visits"
    brat = "brat"
    w3c = "w3c"
    timeline = "timeline"
    ics = "ics"
    site = "site"


RecordPath = Annotated[
    Path, typer.Argument(metavar="RECORD.db", help="A record made by `onrecord build`.", show_default=False)
]
SIDES = "Two sides: ISO codes, names or ids of states, groups of states (EU, NATO) or anybody else."
Between = Annotated[
    tuple[str, str] | None,
    typer.Option("--between", metavar="A B", help=SIDES, show_default=False),
]
Issue = Annotated[
    str | None, typer.Option("--issue", metavar="ID", help="One issue (see `onrecord issues`).")
]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="2017, 2017-07 or 2017-07-07.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="The last day, month or year.")]
BriefFormat = Annotated[TextFormat, typer.Option("--format", help="How to print it.")]
Rows = Annotated[RowFormat, typer.Option("--format", help="table is for eyes; jsonl and csv print all rows.")]


def note(text: str) -> None:
    """A line for the person: to stderr, so stdout holds results only."""
    print(text, file=sys.stderr)


def period(text: str) -> Range:
    """`2017`, `2017-07` or `2017-07-07` → the days it covers.

    Raises:
        UsageError: no such day, month or year.
    """
    from onrecord.types import Range

    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text.strip())
    try:
        if found is None:
            raise ValueError
        year, month, day_of_month = (int(g) if g else None for g in found.groups())
        assert year is not None
        if month is None:
            return Range(date(year, 1, 1), date(year, 12, 31))
        if day_of_month is None:
            return Range(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        return Range(date(year, month, day_of_month), date(year, month, day_of_month))
    except ValueError as error:
        raise UsageError(f"no date {text!r}; write 2017, 2017-07 or 2017-07-07") from error


def day(text: str | None, *, last: bool = False) -> date | None:
    """The first (or last) day of a period, None where none was given."""
    if text is None:
        return None
    covered = period(text)
    return covered.end if last else covered.start


def settings(
    actors: list[Path] | None,
    happenings: list[Path] | None,
    issues: list[Path] | None,
    event_words: list[Path] | None,
    ontology: list[Path] | None,
    fast: bool,
    model: str | None,
    min_confidence: float,
    workers: int,
) -> Settings:
    """The settings that the options ask for; tables are looked for at once, so a typo costs no time."""
    from onrecord.settings import LANGUAGE_MODEL, Settings

    tables = {
        "actors": actors, "happenings": happenings, "issues": issues, "event-words": event_words,
        "ontology": ontology,
    }  # fmt: skip
    for option, paths in tables.items():
        for path in paths or []:
            if not path.is_file():
                raise UsageError(f"--{option}: no file {path}")
    return Settings(
        language_model=model or LANGUAGE_MODEL,
        fast=fast,
        min_confidence=min_confidence,
        actor_tables=tuple(actors or ()),
        happening_tables=tuple(happenings or ()),
        issue_tables=tuple(issues or ()),
        event_tables=tuple(event_words or ()),
        ontology_tables=tuple(ontology or ()),
        workers=workers,
    )


@contextmanager
def progress(label: str) -> Iterator[Progress | None]:
    """A progress bar on stderr, or nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    """A record, open for reading.

    Raises:
        UsageError: there is none.
    """
    from onrecord.record import Store

    where = url(path)
    if "://" not in where and not path.exists():
        raise UsageError(f"no record {path}; make one with `onrecord build INPUT… -o {path}`")
    with Store.open(where) as store:
        yield store


def url(path: Path) -> str:
    """A path as it was given: the slashes of `s3://bucket/folder` are one as a path."""
    return re.sub(r"^([a-z][a-z0-9+]+):/(?!/)", r"\1://", str(path))


def report_coverage(coverage: Coverage, record: Path | str) -> None:
    """What was read and what was left out, to stderr; ends the command with its exit code."""
    for line in coverage.lines():
        note(line)
    note(f"record: {record}")
    if coverage.exit_code:
        raise typer.Exit(coverage.exit_code)
