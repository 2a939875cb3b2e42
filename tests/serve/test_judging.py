"""`onrecord evaluate` on samples made by hand, from the command to the report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from onrecord.errors import UsageError
from onrecord.evaluating import evaluate
from onrecord.record import Store, export
from onrecord.serve.cli import app
from tests.record.making import reading

TEXT = 'Norway\'s minister said on Monday that the talks were "useful".'


def ann(content: str = 'that the talks were "useful"') -> str:
    at = TEXT.index(content)
    return (
        f"T1\tSource 0 17\tNorway's minister\nT2\tCue 18 22\tsaid\n"
        f"T3\tContent {at} {at + len(content)}\t{content}\nT4\tAttribution 18 22\tsaid\n"
        f"E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"
    )


def told(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["evaluate", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a_ines.ann").write_text(ann(), encoding="utf-8")
    (tmp_path / "a_jo.ann").write_text(ann("talks were"), encoding="utf-8")
    return tmp_path


def test_statements_are_measured_with_agreement_and_a_report(folder: Path) -> None:
    report = folder / "misses.html"
    shown = told("statements", str(folder), "--fast", "--report", str(report))
    assert shown.startswith("statements: 1 texts")
    assert "Krippendorff's alpha on 1 texts with several coders: source 1.000, cue 1.000, content 0." in shown
    assert "misses: missed 0" in shown
    page = report.read_text("utf-8")
    assert "<table>" in page and "alpha between the coders" in page and "http" not in page


def test_another_coder_is_another_gold(folder: Path) -> None:
    def exact(coder: str) -> float:
        made = json.loads(told("statements", str(folder), "--fast", "--json", "--coder", coder))
        score: dict[str, Any] = next(s for s in made["scores"] if s["name"] == "exact content")
        return float(score["f1"][0])

    assert (exact("ines"), exact("jo")) == (100.0, 0.0)


def test_a_miss_stands_in_its_sentence(folder: Path) -> None:
    report = folder / "misses.html"
    told("statements", str(folder), "--fast", "--coder", "jo", "--report", str(report))
    page = report.read_text("utf-8")
    assert '<span class="content">talks were</span>' in page
    assert '<span class="content">that the talks were &quot;useful&quot;</span>' in page


def test_events_of_a_table_are_measured(tmp_path: Path) -> None:
    path = tmp_path / "gold.csv"
    path.write_text(
        "text,type,source,target,coder\nFrance accused Mali of lying.,ACCUSE,FRA,MLI,a\n"
        "France accused Mali of lying.,REJECT,FRA,MLI,b\nIt rained.,,,,a\nIt rained.,,,,b\n",
        encoding="utf-8",
    )
    made = json.loads(told("events", str(path), "--json"))
    first = {s["name"]: s["recall"][0] for s in made["scores"]}
    assert first["type"] == first["first type"] == first["type and countries"] == 100.0
    assert made["texts"] == 2 and made["alpha"]["types"] < 1


def test_times_and_passages_are_measured(tmp_path: Path) -> None:
    monday = {"start": 26, "end": 32, "type": "DATE", "value": "2019-05-06"}
    line = {"doc": "a", "text": TEXT, "dct_date": "2019-05-07", "timexes": [monday]}
    times = tmp_path / "times.jsonl"
    times.write_text(json.dumps(line), encoding="utf-8")
    made = {s["name"]: s["f1"][0] for s in json.loads(told("times", str(times), "--json"))["scores"]}
    assert made == {"strict": 100.0, "relaxed": 100.0, "value": 100.0, "type": 100.0}
    pages = tmp_path / "pages.csv"
    pages.write_text(f'text,string,article\n"{TEXT.replace(chr(34), chr(34) * 2)}",talks were,yes\n', "utf-8")
    (score,) = json.loads(told("passages", str(pages), "--json"))["scores"]
    assert score["f1"][0] == 100.0


def test_what_is_exported_as_brat_is_read_back_as_gold(tmp_path: Path) -> None:
    one = reading(licence="CC0-1.0")
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write(one)
        export(store, "brat", tmp_path / "brat")
    statements = evaluate("statements", tmp_path / "brat")
    assert {s.name: s.due for s in statements.scores}["attribution"] == 1
    events = evaluate("events", tmp_path / "brat")
    assert {s.name: s.due for s in events.scores}["trigger"] == 2


@pytest.mark.parametrize(
    ("task", "path", "coder", "said"),
    [
        ("sayings", ".", None, "no task 'sayings'; known: events"),
        ("statements", "nowhere", None, "no gold at nowhere"),
        ("statements", "", "nobody", "no coder 'nobody'; known: ines, jo"),
    ],
)
def test_wrong_usage_names_what_is_known(
    folder: Path, task: str, path: str, coder: str | None, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        evaluate(task, path or folder, coder=coder)
