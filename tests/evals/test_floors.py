"""Floors only rise, and a figure under one is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import __main__ as harness
from evals.common import Evaluation, Figures, Others, below, load_floors, raised, table, write_floors

PERCENT = st.floats(0, 100)
NAMED = st.dictionaries(st.sampled_from(["a", "b", "c"]), PERCENT)


def figures(**told: float) -> Figures:
    made = Figures()
    made.update(told)
    return made


def test_figure_under_its_floor_is_named() -> None:
    assert below({"F1": 79.9, "recall": 90.0}, {"F1": 80.0, "recall": 90.0}) == [
        "F1 is 79.90, under its floor of 80.0"
    ]


def test_figure_with_a_floor_that_was_not_measured_is_named() -> None:
    assert below({}, {"F1": 80.0}) == ["F1 was not measured (floor 80.0)"]


@given(NAMED, NAMED)
def test_no_floor_is_ever_lowered(told: dict[str, float], floors: dict[str, float]) -> None:
    new = raised(told, floors)
    assert all(new[name] >= floor for name, floor in floors.items())


@given(NAMED)
def test_what_was_just_measured_is_never_below_the_floors_made_of_it(told: dict[str, float]) -> None:
    assert below(told, raised(told, {})) == []


def test_floors_read_back_as_written(tmp_path: Path) -> None:
    floors = {"times": {"value": 81.8}, "acts": {"act": 90.0}}
    write_floors(floors, tmp_path / "floors.json")
    assert load_floors(tmp_path / "floors.json") == floors
    assert load_floors(tmp_path / "none.json") == {}


def test_table_sets_other_systems_beside_the_figure() -> None:
    others = Others(columns=("HeidelTime",), rows={"value": ("79.5",)}, note="same texts")
    head, row, note = table(figures(value=82.06), others, {"value": 81.8})
    assert head.split()[-1] == "HeidelTime"
    assert row.split() == ["value", "82.1", "81.8", "79.5"]
    assert "same texts" in note


@pytest.fixture
def one(monkeypatch: pytest.MonkeyPatch) -> None:
    fixed = Evaluation("fixed", "always 50", ("texts",), lambda _: figures(F1=50.0))
    monkeypatch.setattr(harness, "EVALUATIONS", (fixed,))


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.delenv("ONRECORD_DATA", raising=False)
    monkeypatch.setattr("sys.argv", ["evals", *arguments])
    return harness.main()


@pytest.mark.usefixtures("one")
def test_harness_fails_below_a_floor_and_raises_one_when_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "texts").mkdir()
    floors = tmp_path / "floors.json"
    options = ("--data", str(tmp_path), "--floors", str(floors))
    assert run(monkeypatch, *options, "--raise") == 0
    assert load_floors(floors) == {"fixed": {"F1": 49.7}}
    assert run(monkeypatch, *options) == 0
    write_floors({"fixed": {"F1": 60.0}}, floors)
    assert run(monkeypatch, *options) == 1
    assert "BELOW ITS FLOOR fixed: F1 is 50.00, under its floor of 60.0" in capsys.readouterr().out


@pytest.mark.usefixtures("one")
def test_absent_data_are_told_and_an_error_where_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "--data", str(tmp_path), "--floors", str(tmp_path / "f.json")) == 0
    assert "LEFT OUT fixed (no texts)" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="fixed needs texts"):
        run(monkeypatch, "fixed", "--data", str(tmp_path))
    with pytest.raises(SystemExit, match="no evaluation nonsense; known: fixed"):
        run(monkeypatch, "nonsense", "--data", str(tmp_path))
    with pytest.raises(SystemExit):
        run(monkeypatch)
    assert "ONRECORD_DATA" in capsys.readouterr().err
