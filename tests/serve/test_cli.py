"""The command line as people and scripts call it: what goes to stdout, what to stderr, which exit code."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from onrecord.serve import cli
from onrecord.serve.listings import KINDS

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


class Ended(NamedTuple):
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


def onrecord(*words: str | Path, stdin: str = "") -> Ended:
    """The command in this process, from its entry point on: a process each would load the model each time."""
    streams = {n: io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for n in ("stdin", "stdout", "stderr")}
    streams["stdin"].write(stdin)
    streams["stdin"].seek(0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "120")
        patch.setattr(sys, "argv", ["onrecord", *map(str, words)])
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        try:
            cli.main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
    told = []
    for name in ("stdout", "stderr"):
        streams[name].flush()
        told.append(streams[name].buffer.getvalue().decode())  # type: ignore[attr-defined]
    return Ended(code, *told)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "demo.db"
    made = onrecord(
        "build", EXAMPLES / "articles", "-o", path, "--actors", EXAMPLES / "office-holders.csv", "--fast"
    )
    assert made.returncode == 0, made.stderr
    assert made.stdout == ""
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_jsonl_prints_rows_and_nothing_but_rows(record: Path, kind: str) -> None:
    listed = onrecord(kind, record, "--format", "jsonl")
    rows = [json.loads(line) for line in listed.stdout.splitlines()]
    assert listed.returncode == 0
    assert rows or kind == "positions"
    if kind in ("statements", "times", "passages", "mentions"):
        assert all({"id", "path", "title", "publisher", "published"} == row["article"].keys() for row in rows)


def test_csv_has_a_header_and_as_many_rows_as_jsonl(record: Path) -> None:
    table = list(csv.DictReader(io.StringIO(onrecord("statements", record, "--format", "csv").stdout)))
    assert len(table) == len(onrecord("statements", record, "--format", "jsonl").stdout.splitlines())
    assert {"id", "speaker", "act", "quote"} <= table[0].keys()


def test_actors_stand_as_objects_in_listings(record: Path) -> None:
    first = json.loads(onrecord("meetings", record, "--format", "jsonl").stdout.splitlines()[0])
    assert all({"id", "name", "kind", "country", "sector"} <= p.keys() for p in first["participants"])


@pytest.mark.parametrize("format", ["text", "md", "html", "json"])
def test_a_brief_comes_in_every_format(record: Path, format: str) -> None:
    made = onrecord("brief", record, "--between", "KEN", "Ethiopia", "--format", format)
    assert made.returncode == 0
    assert "Achieng Mutua" in made.stdout


def test_a_comparison_names_its_issues(record: Path) -> None:
    at = ["--at", "2023-03", "2023-09"]
    made = onrecord("compare", record, "--between", "KEN", "ETH", *at, "--format", "json")
    assert json.loads(made.stdout)["between"] == ["KEN", "ETH"]


def test_a_row_is_explained_down_to_its_characters(record: Path) -> None:
    row = json.loads(onrecord("statements", record, "--format", "jsonl", "--limit", "1").stdout)
    told = onrecord("explain", record, row["id"]).stdout
    assert row["article"]["path"] in told
    assert str(row["content"][0][0]) in told


def test_one_sentence_through_a_pipe_is_an_article() -> None:
    command = [sys.executable, "-m", "onrecord.serve.cli", "read", "-", "--json", "--fast"]
    sentence = "Peru met Chile in Lima on 3 May 2011."
    made = subprocess.run(command, input=sentence, capture_output=True, text=True, check=True)
    assert json.loads(made.stdout)["article"]["text_sha256"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["brief", "none.db"], "no record none.db"),
        (["build", "examples", "-o", "x.db", "--actors", "nobody.csv"], "nobody.csv"),
        (["statements", "none.db", "--format", "xml"], "xml"),
        (["bild"], "bild"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(words: list[str], told: str) -> None:
    made = onrecord(*words)
    assert made.returncode == 2
    assert told in made.stderr
    assert "Traceback" not in made.stderr


def test_bad_inputs_are_named_and_the_rest_is_built(tmp_path: Path) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "good.txt").write_text("Peru's foreign minister met Chile's in Lima on 3 May 2011.")
    (pile / "empty.txt").write_text("")
    (pile / "broken.jsonl").write_text('{"id": "1", "text": "A."\n{"id": "2"}\n')
    (pile / "binary.txt").write_bytes(bytes(range(256)) * 8)
    made = onrecord("build", pile, "-o", tmp_path / "r.db", "--fast")
    assert made.returncode == 3
    for name in ("empty.txt", "broken.jsonl", "binary.txt"):
        assert name in made.stderr
    assert len(onrecord("articles", tmp_path / "r.db", "--format", "jsonl").stdout.splitlines()) == 1


SENTENCES = """sentence\tsource\ttarget
Brazil signed a fishing accord with Uruguay on Monday.\tBrazil\tUruguay
"Troops from Chad shelled a ""border post"" in Sudan."\tTroops from Chad\tSudan
Nothing of note happened.\t\t
"""


def test_each_hand_marked_sentence_gets_a_type_in_its_order() -> None:
    coded = [json.loads(line) for line in onrecord("code", "-", stdin=SENTENCES).stdout.splitlines()]
    assert [c["type"] for c in coded[:2]] == ["SUPPORT", "ASSAULT"]
    assert len(coded) == 3
    assert all(len(c["scores"]) == 16 and abs(sum(c["scores"].values()) - 1) < 0.01 for c in coded)


def test_sentences_without_their_columns_are_refused_with_those_needed() -> None:
    made = onrecord("code", "-", stdin="text\nPeru met Chile.\n")
    assert made.returncode == 2
    assert "sentence, source, target" in made.stderr


def test_help_names_every_command_with_an_example() -> None:
    told = onrecord("--help").stdout
    for command in ("build", "add", "read", "brief", "compare", "explain", "export", "doctor", *KINDS):
        assert command in told
        if command != "doctor":
            assert "Example" in onrecord(command, "--help").stdout
