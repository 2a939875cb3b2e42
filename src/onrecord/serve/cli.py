"""The command line: `onrecord --help`. Heavy imports wait for the command that needs them."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from onrecord.errors import OnrecordError, UsageError
from onrecord.serve import caring, coding, correcting, judging, late, listings, options

commands = typer.Typer()
"""Where commands are registered; `app` builds the one that is called."""
app = late.late(
    commands,
    name="onrecord",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: importing rich alone costs more than half of `onrecord --help`
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Puts the news on the record: who met whom, who said what, what was agreed, where accounts part.\n\n"
    "Start with `onrecord build FOLDER -o my.db`, then `onrecord brief my.db`. "
    "Notes and progress go to stderr; exit codes: 0 all read or deliberately left out, 3 built but some "
    "inputs could not be read, 2 wrong usage, 1 failed.",
)

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT…",
        help="Files (.txt .html .jsonl .parquet .csv .warc .rss, also .gz), folders, globs, or - for stdin.",
        show_default=False,
    ),
]
Fast = Annotated[bool, typer.Option("--fast", help="Rules only, no model of ours: quicker, finds less.")]
Model = Annotated[
    str | None, typer.Option("--model", help="Another installed spaCy pipeline.", metavar="NAME")
]
Actors = Annotated[
    list[Path] | None,
    typer.Option(
        "--actors", metavar="FILE.csv", help="Office-holders of your own; your rows win. May be repeated."
    ),
]
Happenings = Annotated[
    list[Path] | None, typer.Option("--happenings", metavar="FILE.csv", help="Dated happenings of your own.")
]
Issues = Annotated[
    list[Path] | None,
    typer.Option("--issues", metavar="FILE.csv", help="Issues of your own, with their terms."),
]
OntologyTables = Annotated[
    list[Path] | None,
    typer.Option(
        "--ontology",
        metavar="FILE.csv",
        help="A table of event types, modes, words … instead of the shipped one.",
    ),
]
EventWords = Annotated[
    list[Path] | None,
    typer.Option(
        "--event-words", metavar="FILE.csv", help="Words of your own that bring events; they are tried first."
    ),
]
MinConfidence = Annotated[
    float, typer.Option("--min-confidence", min=0, max=1, help="Leave out statements and events below it.")
]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Worker processes; the record is the same.")]


@commands.command(rich_help_panel="Make a record")
def build(
    inputs: Inputs,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="RECORD.db|FOLDER/",
            help="The record to write: a file, or a folder (or s3://…, gs://…) of Parquet parts.",
        ),
    ],
    actors: Actors = None,
    happenings: Happenings = None,
    issues: Issues = None,
    event_words: EventWords = None,
    ontology: OntologyTables = None,
    fast: Fast = False,
    model: Model = None,
    min_confidence: MinConfidence = 0.0,
    workers: Workers = 1,
    engine: Annotated[
        options.Engine,
        typer.Option("--engine", help="This machine's processes, or a Dask cluster's."),
    ] = options.Engine.local,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="Of Dask, as tcp://host:8786.")
    ] = None,
) -> None:
    """Build a record of a pile of articles.

    On a record that exists it resumes: what is there already is not read again, what is no longer among the
    inputs leaves, corrections stay.

    Example: onrecord build articles/ more/*.html -o my.db
    """
    from onrecord import shards

    settings = options.settings(
        actors, happenings, issues, event_words, ontology, fast, model, min_confidence, workers
    )
    with options.progress("Reading") as progress:
        coverage = shards.build_anywhere(
            inputs, output, settings=settings, engine=engine.value, scheduler=scheduler, progress=progress
        )
    options.report_coverage(coverage, output)


@commands.command(rich_help_panel="Make a record")
def gather(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER/", help="A folder that `build` wrote.", show_default=False)
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="RECORD.db", help="The record to write.")],
) -> None:
    """Make a record of a folder of Parquet parts; the same as if it had been built at once.

    Example: onrecord gather parts/ -o my.db
    """
    from onrecord import shards

    with options.progress("Gathering") as progress:
        coverage = shards.gather(options.url(folder), output, progress=progress)
    options.report_coverage(coverage, output)


@commands.command(rich_help_panel="Make a record")
def add(
    record: options.RecordPath,
    inputs: Inputs,
    workers: Workers = 1,
) -> None:
    """Add articles to a record; the result is the same as building all at once.

    The settings of the record's build are used again.

    Example: onrecord add my.db today/*.html
    """
    from onrecord import building

    with options.progress("Reading") as progress:
        coverage = building.add(record, inputs, workers=workers, progress=progress)
    options.report_coverage(coverage, record)


@commands.command(rich_help_panel="Make a record")
def watch(
    record: Annotated[
        Path,
        typer.Argument(metavar="RECORD.db", help="The record to feed; made if need be.", show_default=False),
    ],
    feeds: Annotated[
        list[str],
        typer.Argument(metavar="FEED…", help="Addresses of RSS or Atom feeds, or files.", show_default=False),
    ],
    once: Annotated[bool, typer.Option("--once", help="One round, then end.")] = False,
    every: Annotated[
        float, typer.Option("--every", metavar="MINUTES", min=5, help="How long to wait between rounds.")
    ] = 60,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also addresses of this machine and of private networks.")
    ] = False,
    workers: Workers = 1,
) -> None:
    """Watch feeds and add what is new to a record, round after round until you stop it.

    New entries are kept in RECORD.db.feeds/ as JSON lines; `build` reads that folder like any other input.

    Example: onrecord watch my.db https://example.org/world.rss --every 30
    """
    from onrecord.watching import Watch

    with Watch(record, feeds, allow_private=allow_private, workers=workers) as watched:
        while not once:
            watched.round(options.note)
            time.sleep(every * 60)
        raise typer.Exit(watched.round(options.note).exit_code)


@commands.command(rich_help_panel="Make a record")
def read(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="One article, or - for stdin.", show_default=False)
    ],
    json: Annotated[bool, typer.Option("--json", help="All layers as one JSON object an article.")] = False,
    actors: Actors = None,
    happenings: Happenings = None,
    issues: Issues = None,
    event_words: EventWords = None,
    ontology: OntologyTables = None,
    fast: Fast = False,
    model: Model = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Read one article and store nothing: passages, actors, times, statements, events, meetings …

    A file of several articles (JSON lines) gives one object a line.

    Example: onrecord read article.txt --json | jq .statements
    """
    from onrecord import building
    from onrecord.serve import show

    settings = options.settings(
        actors, happenings, issues, event_words, ontology, fast, model, min_confidence, 1
    )
    read_any = False
    rejected = []
    for result in building.read([file], settings=settings):
        if isinstance(result, building.Reject):
            rejected.append(result)
            continue
        read_any = True
        show.reading_json(result) if json else show.reading(result)
    for reject in rejected:
        options.note(f"{reject.path}: {reject.reason}: {reject.detail}")
    if rejected:
        raise typer.Exit(3 if read_any else 1)


@commands.command(rich_help_panel="Ask a record")
def brief(
    record: options.RecordPath,
    between: options.Between = None,
    issue: options.Issue = None,
    since: options.Since = None,
    until: options.Until = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="The day to brief for; default: newest article."),
    ] = None,
    format: options.BriefFormat = options.TextFormat.text,
) -> None:
    """A report to read: meetings, what each side said by issue, agreements, disputes, what changed.

    Without --between it takes the pair of states that the record tells most about.

    Example: onrecord brief my.db --between RUS USA --since 2017 --format html > brief.html
    """
    from onrecord import review
    from onrecord.record.between import Between

    with options.opened(record) as store:
        narrowed = Between(store, *(between or review.main_pair(store)))
        made = review.brief(
            narrowed,
            between=narrowed.sides,
            issue=issue,
            since=options.day(since),
            until=options.day(until, last=True),
            as_of=options.day(as_of, last=True),
        )
        sys.stdout.write(review.render_brief(made, format.value))


@commands.command(rich_help_panel="Ask a record")
def compare(
    record: options.RecordPath,
    between: Annotated[tuple[str, str], typer.Option("--between", metavar="A B", help=options.SIDES)],
    at: Annotated[
        tuple[str, str], typer.Option("--at", metavar="T1 T2", help="Two times: a day, month or year.")
    ],
    format: options.BriefFormat = options.TextFormat.text,
) -> None:
    """What changed between two sides from one time to another: issues, positions, tone, meetings.

    Example: onrecord compare my.db --between RUS USA --at 2017-07 2018-11
    """
    from onrecord import review
    from onrecord.record.between import Between

    with options.opened(record) as store:
        narrowed = Between(store, *between)
        days = options.period(at[0]), options.period(at[1])
        made = review.compare(narrowed, between=narrowed.sides, at=days)
        sys.stdout.write(review.render_comparison(made, format.value))


@commands.command(rich_help_panel="Ask a record")
def explain(
    record: options.RecordPath,
    row: Annotated[str, typer.Argument(metavar="ID", help="Any row's id, as the listings print it.")],
    json: Annotated[bool, typer.Option("--json", help="The chain as one JSON object.")] = False,
) -> None:
    """Why a row says what it says: the chain from the article's characters to the row.

    Example: onrecord explain my.db s-1f0c5b7a9d2e
    """
    from onrecord import review

    with options.opened(record) as store:
        made = review.explain(store, row)
        sys.stdout.write(review.render_explanation(made, "json" if json else "text"))


@commands.command(rich_help_panel="Ask a record")
def serve(
    record: options.RecordPath,
    host: Annotated[
        str,
        typer.Option("--host", metavar="ADDRESS", help="Another than this machine's own asks for a token."),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535)] = 8000,
    token: Annotated[
        str | None,
        typer.Option("--token", envvar="ONRECORD_TOKEN", metavar="TOKEN", help="What visitors have to give."),
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="No corrections in the pages.")] = False,
) -> None:
    """Show a record in the browser: pages, search, corrections, free browsing and a JSON API.

    Example: onrecord serve my.db
    """
    if not record.is_file():
        raise UsageError(f"no record {record}; make one with `onrecord build INPUT… -o {record}`")
    from onrecord.serve import web

    web.run(record, host=host, port=port, token=token, corrections=not read_only, started=options.note)


@commands.command(rich_help_panel="Take it away")
def export(
    record: options.RecordPath,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder; made when it does not exist.")],
    to: Annotated[options.ExportFormat, typer.Option("--to", help="The format.")],
    full_text: Annotated[
        bool,
        typer.Option(
            "--full-text", help="Whole texts also where no open licence is known: only with the right."
        ),
    ] = False,
    cow: Annotated[
        bool,
        typer.Option("--cow", help="Correlates of War numbers too (dyads, plover, visits)."),
    ] = False,
) -> None:
    """Write a record as files: its tables, or a form that others read.

    parquet, csv, jsonl: every table. plover, gdelt: events. dyads: events of two states counted by month.
    visits, ics, timeline: meetings. brat, w3c: annotations of the texts. site: the pages of `onrecord serve`
    as files that open from disk.
    Text without an open licence is cut to short quotations unless --full-text is given.

    Example: onrecord export my.db --to parquet my-record/
    """
    from onrecord.record import export as export_record

    with options.opened(record) as store:
        if to is options.ExportFormat.site:
            from onrecord.serve.site import export_site

            paths = export_site(store, folder, full_text=full_text)
        else:
            paths = export_record(store, to.value, folder, full_text=full_text, cow=cow)
    options.note(f"wrote {len(paths)} files to {folder}")


caring.add_to(commands)
coding.add_to(commands)
correcting.add_to(commands)
judging.add_to(commands)
listings.add_to(commands)


def main() -> None:
    """Entry point: errors of ours become one line on stderr and their exit code."""
    try:
        app()
    except OnrecordError as error:
        options.note(f"onrecord: {error}")
        sys.exit(error.exit_code)
    except BrokenPipeError:  # `onrecord statements … | head`
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
