"""The clock of the benchmark, its line of history, and facts by source."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from evals import facts, speed
from evals.speed import Clock, Speed, history_line


def test_stages_are_counted_while_watched_and_then_put_back() -> None:
    room = SimpleNamespace(__name__="onrecord.room", work=lambda: sum(range(10)))
    before = room.work
    clock = Clock()
    with clock.watching([(room, "work")]):
        assert room.work() == 45
        assert room.work is not before
    counted = dict(clock.spent)
    room.work()
    assert room.work is before
    assert clock.spent == counted
    assert list(counted) == ["room.work"]


def run(build: float | None) -> Speed:
    stages = {"annotate.syntax.parse": 10.0, "extract.statements.extract": 15.0}
    return Speed(articles=4, words=1000, bare=10.0, acquire=1.0, stages=stages, build=build, memory=300.0)


def test_speeds_are_told_against_bare_spacy() -> None:
    told = run(40.0).figures()
    assert (told["read"], told["build"]) == (0.4, 0.25)
    assert (told["bare_words"], told["build_words"]) == (100.0, 25.0)
    assert told["stage extract.statements.extract"] == 1.5


def test_part_of_a_folder_tells_nothing_of_a_whole_build() -> None:
    assert "build" not in run(None).figures()
    assert not any("build" in line for line in run(None).lines())


def test_line_of_history_has_the_day_it_was_given() -> None:
    row = json.loads(history_line(run(40.0), day=date(2001, 2, 3), fast=True))
    assert (row["date"], row["fast"]) == ("2001-02-03", True)
    assert set(row["versions"]) >= {"python", "onrecord", "spacy"}


def test_history_without_a_day_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.argv", ["speed", str(tmp_path), "--history", str(tmp_path / "h.jsonl")])
    with pytest.raises(SystemExit):
        speed.main()
    assert not (tmp_path / "h.jsonl").exists()


def test_facts_are_counted_by_where_they_were_read(tmp_path: Path) -> None:
    for file in facts.NAMED.values():
        rows = "id,source\n1,https://example.org/a\n2,https://example.org/b\n3,unverified\n4,\n"
        (tmp_path / file).write_text("# comment\n" + rows, encoding="utf-8")
    first, *_ = facts.counts(tmp_path)
    assert (first.rows, first.verified) == (4, 2)
    assert first.by_source == {"example.org": 2, "unverified": 2}
