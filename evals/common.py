"""What the evaluations share beside `onrecord.measure`: floors, and tables with other systems' figures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.measure.figures import Figures, Measure, Tally, f1, interval, macro_f1, share, type_tallies

__all__ = [
    "Evaluation", "Figures", "Floors", "Measure", "Others", "Tally", "below", "f1", "interval", "load_floors",
    "macro_f1", "raised", "rows_of", "share", "table", "type_tallies", "write_floors",
]  # fmt: skip
MARGIN = 0.3
"""Points between a measured figure and the floor made of it: less than any change worth a commit."""
FLOORS = Path(__file__).with_name("floors.json")
Floors = dict[str, dict[str, float]]


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
