"""What looks after a record and what it is read with: `import-actors`, `upgrade`, `doctor`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from onrecord.errors import UsageError
from onrecord.serve import options

PANEL = "Look after it"


def add_to(app: typer.Typer) -> None:
    """Adds the three commands."""
    app.command("import-actors", rich_help_panel=PANEL)(import_actors)
    app.command(rich_help_panel=PANEL)(upgrade)
    app.command(rich_help_panel=PANEL)(doctor)


def import_actors(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…",
            help="CSV (name, office, country, from, to), PETRARCH dictionaries, Wikidata JSON.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.csv", help="Where to; otherwise stdout.")
    ] = None,
) -> None:
    """Turn foreign tables of actors into one that --actors takes.

    Each file's kind is told by its content. What is left out is counted on stderr, with the reason.

    Example: onrecord import-actors Countries.actors.txt query.json -o actors.csv
    """
    from onrecord.facts.actors import importing

    imported = importing.read_actors(files)
    if output is None:
        importing.write_actors(imported.rows, sys.stdout)
    else:
        with output.open("w", encoding="utf-8", newline="") as file:
            importing.write_actors(imported.rows, file)
    people = len({row.id or row.name for row in imported.rows if row.kind == "person"})
    options.note(f"{len(imported.rows)} rows about {people} people, and bodies")
    for reason, times in sorted(imported.left_out.items()):
        options.note(f"left out, {reason}: {times}")


def upgrade(record: options.RecordPath) -> None:
    """Bring a record that an older onrecord wrote to the present tables; a copy is kept beside it.

    `build`, `add` and whatever else writes a record do it by themselves.

    Example: onrecord upgrade my.db
    """
    from onrecord.record import Store, schema

    if not record.is_file():
        raise UsageError(f"no record {record}")
    with Store.open(record, write=True) as store:
        options.note(f"{record} has schema {schema.version(store.connection)}")


def doctor() -> None:
    """Say what is installed, check the models' hashes, and say what to do where something is missing."""
    from onrecord.serve import doctor as examination

    raise typer.Exit(examination.report())
