"""`onrecord correct`: what is written on the command line is what the record keeps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord import building
from onrecord.errors import UsageError
from onrecord.record import Store
from onrecord.serve import correcting
from onrecord.serve.cli import app
from onrecord.types import Merged, Statement
from tests.record import making


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(building, "merge", lambda _: Merged())
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write(making.reading("a.txt"))
    return tmp_path / "r.db"


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["correct", *arguments], catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def only(record: Path) -> Statement:
    with Store.open(record) as store:
        return next(row for _, row in store.rows(Statement))


def test_made_listed_taken_out_undone_and_brought_in_again(record: Path, tmp_path: Path) -> None:
    said = only(record)
    run(
        str(record), said.id, "--speaker", "Juho Aalto", "--set", "act=deny",
        "--by", "Ana", "--on", "2026-11-26", "--why", "the tape",
    )  # fmt: skip
    assert (only(record).speaker, only(record).act) == ("juho", "deny")
    listed = run(str(record))
    assert "Juho Aalto, not Mira Solberg  [applied]" in listed and "Ana, 2026-11-26: the tape" in listed
    run(str(record), "--to", str(tmp_path / "mine.jsonl"))
    ids = [json.loads(line)["id"] for line in (tmp_path / "mine.jsonl").read_text("utf-8").splitlines()]
    run(str(record), *(part for i in ids for part in ("--undo", i)))
    assert only(record) == said
    run(str(record), "--from", str(tmp_path / "mine.jsonl"))
    assert only(record).speaker == "juho"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["s-1", "--reject"], "who corrects"),
        (["s-1", "--by", "Ana"], "what is to be corrected"),
        (["s-1", "--by", "Ana", "--set", "act"], "not FIELD=VALUE"),
        (["s-1", "--by", "Ana", "--reject"], "no row 's-1'"),
        (["--undo", "k-1"], "no correction 'k-1'"),
    ],
)
def test_what_is_asked_wrongly_is_told(record: Path, arguments: list[str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        run(str(record), *arguments)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("date", "2017-07", ["2017-07-01", "2017-07-31"]),
        ("date", "2017-07-07..2017-07-10", ["2017-07-07", "2017-07-10"]),
        ("date", "unknown", None),
        ("content", "120:180, 190:200", [[120, 180], [190, 200]]),
        ("participants", "Ana Ruiz; Bo Lind", ["Ana Ruiz", "Bo Lind"]),
        ("negated", "yes", True),
        ("minutes", "90", 90),
        ("place", " Oslo ", "Oslo"),
    ],
)
def test_values_as_they_are_written(field: str, text: str, value: object) -> None:
    assert correcting.value_of(field, text) == value


@pytest.mark.parametrize(
    ("field", "text"), [("content", "a:b"), ("negated", "perhaps"), ("minutes", "½"), ("date", "x")]
)
def test_values_that_cannot_be_read(field: str, text: str) -> None:
    with pytest.raises(UsageError):
        correcting.value_of(field, text)
