"""`onrecord evaluate`: how well onrecord reads a sample that was coded by hand."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.serve import options

if TYPE_CHECKING:
    from onrecord.evaluating import Evaluation


class Task(StrEnum):
    """What is measured."""

    statements = "statements"
    events = "events"
    times = "times"
    passages = "passages"


def add_to(app: typer.Typer) -> None:
    """Adds `evaluate`."""
    app.command(rich_help_panel="Code by hand and by machine")(evaluate)


def evaluate(
    task: Annotated[Task, typer.Argument(metavar="statements|events|times|passages", show_default=False)],
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="Texts coded by hand: see below.", show_default=False)
    ],
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE.html", help="Each miss in its sentence, by class."),
    ] = None,
    coder: Annotated[
        str | None,
        typer.Option("--coder", metavar="NAME", help="Whose coding is the gold; default: the first by name."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="The figures as one JSON object.")] = False,
    fast: Annotated[bool, typer.Option("--fast", help="Rules only, no model of ours.")] = False,
    model: Annotated[
        str | None, typer.Option("--model", help="Another installed spaCy pipeline.", metavar="NAME")
    ] = None,
) -> None:
    """Measure onrecord on a sample of your own: precision, recall, F1 with 95 % intervals.

    Where a text has several coders, their agreement (Krippendorff's alpha) is told too.

    statements: a brat folder, or CSV (file or text, content, source, cue, coder). events: CSV (text or file,
    type, source, target, coder), a brat folder, or JSON records. times: TimeML, or JSON lines. passages: JSON
    lines (text, with, without), or CSV (file or text, string, article, coder). docs/evaluate.md has examples.

    Example: onrecord evaluate statements my-coding/ --report misses.html
    """
    import msgspec

    from onrecord import evaluating
    from onrecord.measure.report import page
    from onrecord.measure.scores import reliability
    from onrecord.settings import LANGUAGE_MODEL, Settings

    settings = Settings(fast=fast, language_model=model or LANGUAGE_MODEL)
    made = evaluating.evaluate(task.value, gold, settings=settings, coder=coder)
    if report is not None:
        title = f"{task.value.capitalize()}, {made.texts} texts"
        sure = reliability(made.sure)
        text = page(title, made.misses, made.kinds, scores=made.scores, agreement=made.agreement, sure=sure)
        report.write_bytes(text.encode("utf-8", "replace"))
        options.note(f"wrote {report}")
    if json:
        sys.stdout.write(msgspec.json.encode(_object(made)).decode() + "\n")
    else:
        _print(made)


def _object(made: Evaluation) -> dict[str, object]:
    misses = {kind: sum(m.kind == kind for m in made.misses) for kind in made.kinds}
    return {
        "task": made.task, "texts": made.texts, "coders": made.coders, "coder": made.coder,
        "scores": [s._asdict() for s in made.scores], "shared": made.shared, "alpha": made.agreement,
        "misses": misses,
    }  # fmt: skip


def _print(made: Evaluation) -> None:
    from onrecord.measure.report import HEAD, cells

    print(f"{made.task}: {made.texts} texts, percent with 95 % intervals (bootstrap over texts)")
    _table([HEAD, *map(cells, made.scores)])
    if made.agreement:
        each = made.agreement.items()
        told = ", ".join(f"{k} {'not defined' if v is None else f'{v:.3f}'}" for k, v in each)
        print(f"Krippendorff's alpha on {made.shared} texts with several coders: {told}")
    print("misses: " + ", ".join(f"{k} {sum(m.kind == k for m in made.misses)}" for k in made.kinds))


def _table(rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        (name, size), *rest = zip(row, widths, strict=True)
        print("  ".join([name.ljust(size), *(cell.rjust(width) for cell, width in rest)]).rstrip())
