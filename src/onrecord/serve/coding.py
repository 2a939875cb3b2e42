"""Commands for users' own coding of events: `onrecord code FILE.tsv` and `onrecord train events FILE.tsv`."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.errors import UsageError
from onrecord.serve import options

if TYPE_CHECKING:
    from onrecord.extract.events.coding import Parse

training = typer.Typer(no_args_is_help=True, help="Fit onrecord to coding of your own.")
Sentences = Annotated[
    str,
    typer.Argument(metavar="FILE.tsv", help="Tab-separated, with a header; - for stdin.", show_default=False),
]
Lexica = Annotated[
    list[Path] | None,
    typer.Option(
        "--lexicon", metavar="FILE.csv", help="Event words, types or modes of your own; they are added."
    ),
]
Instead = Annotated[
    list[Path] | None,
    typer.Option(
        "--ontology", metavar="FILE.csv", help="A table of event types, words … instead of the shipped one."
    ),
]


def add_to(app: typer.Typer) -> None:
    """Adds `code` and `train`."""
    app.command(rich_help_panel="Code by hand and by machine")(code)
    training.command("events")(train_events)
    app.add_typer(training, name="train")


def code(
    file: Sentences,
    head: Annotated[
        Path | None, typer.Option("--head", metavar="HEAD.npz", help="A head made by `train events`.")
    ] = None,
    lexicon: Lexica = None,
    ontology: Instead = None,
) -> None:
    """Give each hand-marked sentence an event type, one JSON line a row, in the same order.

    Columns: sentence, source, target. Each line has `type`, one of the sixteen of PLOVER, and `scores`, a
    probability for each.

    Example: onrecord code sentences.tsv > coded.jsonl
    """
    import msgspec

    from onrecord.extract import events

    chosen = events.Head.read(head) if head else None
    more, instead = tuple(lexicon or ()), tuple(ontology or ())
    for coding in events.code(rows(file), parse=_parser(), head=chosen, lexica=more, instead=instead):
        sys.stdout.buffer.write(msgspec.json.encode(coding) + b"\n")
    sys.stdout.buffer.flush()


def train_events(
    file: Sentences,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="HEAD.npz", help="Where to keep the head.")
    ] = Path("head.npz"),
    lexicon: Lexica = None,
    ontology: Instead = None,
) -> None:
    """Fit the event classifier to sentences coded by hand, and say how well it does on those held back.

    Columns: sentence, source, target, type; source and target may be empty or missing. Figures are from
    five-fold cross-validation.

    Example: onrecord train events coded.tsv -o mine.npz && onrecord code new.tsv --head mine.npz
    """
    from onrecord.extract import events

    more, instead = tuple(lexicon or ()), tuple(ontology or ())
    trained = events.train(list(rows(file)), parse=_parser(), lexica=more, instead=instead)
    trained.head.save(output)
    print(f"{trained.sentences} sentences; cross-validated accuracy {trained.accuracy:.3f}, "
          f"macro-F1 {trained.macro_f1:.3f}")  # fmt: skip
    print(f"{'type':12} {'n':>5} {'recall':>7} {'precision':>10}")
    for name, (count, recall, precision) in trained.per_type.items():
        print(f"{name:12} {count:5} {recall:7.2f} {precision:10.2f}")
    options.note(f"head: {output}")


def rows(file: str) -> Iterator[dict[str, Any]]:
    """Rows of a tab-separated table with a header, quoted as CSV is.

    Raises:
        UsageError: the file cannot be read, or has no column `sentence`.
    """
    csv.field_size_limit(sys.maxsize)
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {file}: {getattr(error, 'strerror', None) or error}") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t")
    if "sentence" not in (reader.fieldnames or ()):
        raise UsageError(f"{file} has no column 'sentence'; needed: sentence, source, target (tab-separated)")
    yield from reader


def _parser() -> Parse:
    from onrecord.annotate import syntax
    from onrecord.settings import LANGUAGE_MODEL

    return syntax.load(LANGUAGE_MODEL).pipe
