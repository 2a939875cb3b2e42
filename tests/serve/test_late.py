"""The start of the command line: what is asked for is built and loaded, nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from onrecord.serve import late

ASK = """
import json, sys
from onrecord.serve import cli
sys.argv[0] = "onrecord"
try:
    cli.main()
except SystemExit:
    pass
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names)))
print(json.dumps(sorted(name for name in sys.modules if name.startswith("onrecord."))))
"""
DOORS = {"errors", "serve"} | {
    f"serve.{name}"
    for name in ("caring", "cli", "coding", "correcting", "judging", "late", "listings", "options")
}
TYPERS_OWN = {
    "annotated_doc", "annotated_types", "pydantic", "pydantic_core", "shellingham", "typing_extensions",
    "typing_inspection",
}  # fmt: skip
PYTHONS_OWN = {"__main__", "_distutils_hack", "sitecustomize"}


def loaded(*words: str) -> tuple[set[str], set[str]]:
    """Packages from outside the standard library, and modules of ours, after a command ended."""
    ran = subprocess.run([sys.executable, "-c", ASK, *words], capture_output=True, text=True, check=True)
    packages, ours = (set(json.loads(line)) for line in ran.stdout.splitlines()[-2:])
    return {p for p in packages if not p.startswith(("__editable__", "_sysconfigdata"))}, ours


def test_help_loads_typer_and_thin_doors_only() -> None:
    packages, ours = loaded("--help")
    assert packages - PYTHONS_OWN == {"annotated_doc", "onrecord", "shellingham", "typer"}
    assert ours <= {f"onrecord.{name}" for name in DOORS}


@pytest.mark.parametrize("command", ["build", "train", "serve", "export", "statements", "doctor"])
def test_help_of_a_command_loads_beside_them_what_typer_checks_options_with(command: str) -> None:
    packages, ours = loaded(command, "--help")
    assert packages - PYTHONS_OWN - TYPERS_OWN == {"onrecord", "typer"}
    assert ours <= {f"onrecord.{name}" for name in DOORS}


def app_of(called: list[str]) -> typer.Typer:
    commands = typer.Typer()
    app = late.late(commands, rich_markup_mode=None)

    @commands.command()
    def meet_again(times: int = 1) -> None:
        """Meet once more. And say nothing."""
        called.append(f"met {times}")

    inner = typer.Typer(help="What is below.")

    @inner.command()
    def talk() -> None:
        """Talk."""
        called.append("talked")

    @inner.command()
    def rest() -> None:
        """Rest."""

    commands.add_typer(inner, name="inner")
    return app


def test_help_lists_commands_by_name_and_first_sentence_and_builds_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("built")

    monkeypatch.setattr(late, "get_command_from_info", refuse)
    monkeypatch.setattr(late, "get_group_from_info", refuse)
    told = CliRunner().invoke(app_of([]), ["--help"])
    assert told.exit_code == 0
    assert [line.split(maxsplit=1) for line in told.stdout.split("Commands:\n")[1].splitlines()] == [
        ["meet-again", "Meet once more."], ["inner", "What is below."]
    ]  # fmt: skip


def test_a_command_runs_with_its_options_and_so_does_one_of_a_group() -> None:
    called: list[str] = []
    app = app_of(called)
    assert CliRunner().invoke(app, ["meet-again", "--times", "2"]).exit_code == 0
    assert CliRunner().invoke(app, ["inner", "talk"]).exit_code == 0
    assert called == ["met 2", "talked"]


def test_a_mistyped_command_is_answered_with_the_nearest() -> None:
    told = CliRunner().invoke(app_of([]), ["meet-agian"])
    assert told.exit_code == 2
    assert "Did you mean 'meet-again'?" in told.output


def test_a_command_is_built_once() -> None:
    made: list[int] = []
    commands = late.Commands({"one": lambda: made.append(1) or object()})
    assert commands["one"] is commands["one"]
    assert made == [1] and list(commands) == ["one"]
