"""What the evaluations share: figures with intervals, floors, and tables beside other systems' figures.

Figures are in percent and rise as a system gets better. A row of a tally is what may be drawn again: an
article, where the data have articles, else a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

Tally = np.ndarray[Any, Any]
Measure = Callable[[Tally], float]
DRAWS, SEED = 1000, 7
MARGIN = 0.3
"""Points between a measured figure and the floor made of it: less than any change worth a commit."""
FLOORS = Path(__file__).with_name("floors.json")
Floors = dict[str, dict[str, float]]


class Figures(dict[str, float]):
    """Figures by name, with 95 % intervals of those whose rows can be drawn again, and remarks."""

    def __init__(self) -> None:
        super().__init__()
        self.intervals: dict[str, tuple[float, float]] = {}
        self.notes: list[str] = []

    def put(self, name: str, tallies: Tally, measure: Measure) -> None:
        """The measure of the rows' sum, and its interval."""
        self[name] = measure(tallies.sum(axis=0))
        self.intervals[name] = interval(tallies, measure)


def interval(
    tallies: Tally, measure: Measure, *, draws: int = DRAWS, seed: int = SEED
) -> tuple[float, float]:
    """95 % of a measure over rows drawn with replacement (percentile bootstrap)."""
    chance = np.random.default_rng(seed)
    size = len(tallies)
    told = sorted(measure(tallies[chance.integers(0, size, size)].sum(axis=0)) for _ in range(draws))
    return told[int(0.025 * draws)], told[int(0.975 * draws) - 1]


def share(hit: int, of: int) -> Measure:
    """Column `hit` as a percentage of column `of`; nothing to hit is 0."""
    return lambda c: 100.0 * float(c[hit]) / float(c[of]) if c[of] else 0.0


def f1(hit: int, told: int, due: int) -> Measure:
    """F1 in percent of hits among what was told and what was due."""
    return lambda c: 200.0 * float(c[hit]) / float(c[told] + c[due]) if c[told] + c[due] else 0.0


def macro_f1(tally: Tally) -> float:
    """Mean F1 in percent over the types that are due; `tally` is (types, [hit, told, due])."""
    due = tally[tally[:, 2] > 0]
    return float((200.0 * due[:, 0] / (due[:, 1] + due[:, 2])).mean()) if len(due) else 0.0


def type_tallies(pairs: Sequence[tuple[str, str]]) -> Tally:
    """(gold, told) pairs → (pairs, types, [hit, told, due]), for `macro_f1`."""
    types = {t: i for i, t in enumerate(sorted({t for pair in pairs for t in pair}))}
    made = np.zeros((len(pairs), len(types), 3))
    for row, (gold, told) in zip(made, pairs, strict=True):
        row[types[gold], 2] += 1
        row[types[told], 1] += 1
        row[types[told], 0] += gold == told
    return made


@dataclass(frozen=True)
class Others:
    """Fixed figures of other systems, the target last; `note` says what they were measured on."""

    columns: tuple[str, ...] = ()
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Evaluation:
    """One evaluation: its name, what it reads below the data folder, and how it is measured."""

    name: str
    what: str
    needs: tuple[str, ...]
    measure: Callable[[Path], Figures]
    others: Others = Others()


def table(told: Figures, others: Others, floors: Mapping[str, float]) -> Iterator[str]:
    """Lines: figure, value, 95 % interval, floor, then the other systems."""
    width = max(map(len, [*told, "figure"]))
    rims = [max(7, len(c)) for c in others.columns]
    head = "  ".join(f"{c:>{w}}" for c, w in zip(others.columns, rims, strict=True))
    yield f"  {'figure':{width}}  onrecord   95 % interval    floor  {head}".rstrip()
    for name, value in told.items():
        low, high = told.intervals.get(name, (None, None))
        spread = f"{low:5.1f} … {high:5.1f}" if low is not None else ""
        floor = f"{floors[name]:.1f}" if name in floors else "–"
        beside = others.rows.get(name, ())
        rest = "  ".join(f"{c:>{w}}" for c, w in zip(beside, rims, strict=False))
        yield f"  {name:{width}}  {value:8.1f}   {spread:13}   {floor:>6}  {rest}".rstrip()
    if others.note:
        yield f"  ({others.note})"
    yield from (f"  {note}" for note in told.notes)


def load_floors(path: Path = FLOORS) -> Floors:
    """Evaluation → figure → floor; empty where no file is yet."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def below(told: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """A line for each figure under its floor, or with a floor and not measured."""
    lost = [f"{name} was not measured (floor {floors[name]:.1f})" for name in floors if name not in told]
    return lost + [
        f"{name} is {told[name]:.2f}, under its floor of {floor:.1f}"
        for name, floor in floors.items()
        if name in told and told[name] < floor
    ]


def raised(
    told: Mapping[str, float], floors: Mapping[str, float], *, margin: float = MARGIN
) -> dict[str, float]:
    """Floors `margin` below what was measured; none is ever lowered."""
    new = {name: round(value - margin, 1) for name, value in told.items()}
    return {name: max(floors.get(name, 0.0), new.get(name, 0.0)) for name in [*floors, *new]}


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    """As JSON, sorted by evaluation."""
    path.write_text(
        json.dumps(dict(sorted(floors.items())), indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
