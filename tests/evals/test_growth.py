"""How growth is told: the exponent, and what a command costs."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from evals import growth


@pytest.mark.parametrize("power", [0.9, 1.0, 2.0])
def test_the_exponent_is_that_of_the_law_that_made_the_times(power: float) -> None:
    sizes = [1000, 5000, 20000]
    assert math.isclose(growth.exponent(sizes, [0.01 * n**power for n in sizes]), power)


def test_a_command_that_fails_ends_the_measuring(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="exit code"):
        growth.cost("gather", str(tmp_path), "-o", str(tmp_path / "r.db"))


def test_the_first_lines_of_a_pile_are_cut_off_it(tmp_path: Path) -> None:
    pile = tmp_path / "pile.jsonl"
    pile.write_text("a\nb\nc\n")
    assert growth.Bench(pile, tmp_path).first(2).read_text() == "a\nb\n"


def test_figures_that_are_known_are_not_taken_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pile, place = tmp_path / "pile.jsonl", tmp_path / "place"
    pile.write_text('{"id": 1, "text": "One."}\n{"id": 2, "text": "Two."}\n')
    place.mkdir()
    asked: list[tuple[str, ...]] = []

    def cost(*command: str) -> growth.Cost:
        asked.append(command)
        return growth.Cost(2.0, 1.0, 100.0)

    monkeypatch.setattr(growth, "cost", cost)
    first = growth.Bench(pile, place).build(2, "2.db")
    assert growth.Bench(pile, place).build(2, "2.db") == first == {"wall": 2.0, "cpu": 1.0, "memory": 100.0}
    assert [command[0] for command in asked] == ["build"]
    assert (place / "2.jsonl").read_text() == pile.read_text()
