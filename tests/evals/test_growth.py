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
    assert growth._first(pile, 2, tmp_path).read_text() == "a\nb\n"
