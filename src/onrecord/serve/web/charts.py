"""Charts as plain values that a template draws as inline SVG: no library, no script, marks that are links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.types import MergedMeeting, Range

WIDTH, MARGIN, LANE = 960, 40, 18
"""In the chart's own units; it is drawn as wide as the page."""
SHADES = 5
"""Steps of a heat map, besides none."""


@dataclass(frozen=True)
class Dot:
    """A meeting on the line of time."""

    id: str
    x: float
    width: float
    """Of its range, where the day is not known."""
    y: float
    status: str
    title: str


@dataclass(frozen=True)
class Timeline:
    """Meetings in time, with a tick a year."""

    width: int
    height: int
    ticks: tuple[tuple[float, str], ...]
    dots: tuple[Dot, ...]


def timeline(meetings: Iterable[tuple[MergedMeeting, str]]) -> Timeline | None:
    """(meeting, words) as a line of time; None where fewer than two have a date."""
    dated = [(m, m.date, words) for m, words in meetings if m.date and m.date.start and m.date.end]
    if len(dated) < 2:
        return None
    first = min(d.start for _, d, _ in dated if d.start)
    last = max(d.end for _, d, _ in dated if d.end)
    span = max((last - first).days, 1)

    def x(day: date) -> float:
        return round(MARGIN + (day - first).days / span * (WIDTH - 2 * MARGIN), 1)

    dots, lanes = list[Dot](), list[float]()
    for meeting, days, words in sorted(dated, key=lambda d: (_start(d[1]), d[0].id)):
        at, end = x(_start(days)), x(days.end or _start(days))
        lane = next((i for i, taken in enumerate(lanes) if taken < at), len(lanes))
        lanes[lane : lane + 1] = [max(end, at) + 14]
        y = 16 + lane * LANE
        dots.append(Dot(id=meeting.id, x=at, width=round(max(end - at, 0.0), 1), y=y, status=meeting.status,
                        title=words))  # fmt: skip
    height = 16 + len(lanes) * LANE + 20
    return Timeline(width=WIDTH, height=height, ticks=tuple(_ticks(first, last, x)), dots=tuple(dots))


def _start(days: Range) -> date:
    assert days.start
    return days.start


def _ticks(first: date, last: date, x: object) -> list[tuple[float, str]]:
    assert callable(x)
    years = list(range(first.year, last.year + 1))
    if len(years) <= 2:
        months = [date(y, m, 1) for y in years for m in range(1, 13) if first <= date(y, m, 1) <= last]
        step = max(1, len(months) // 8)
        return [(x(m), f"{m.year}-{m.month:02}") for m in months[::step]]
    step = max(1, len(years) // 10)
    return [(x(date(y, 1, 1)), str(y)) for y in years[::step] if first <= date(y, 1, 1) <= last]


@dataclass(frozen=True)
class HeatMap:
    """How often each actor spoke on each issue."""

    columns: tuple[tuple[str, str], ...]
    """Actor id and name."""
    rows: tuple[tuple[str, str, tuple[tuple[int, int], ...]], ...]
    """Issue id, label, and (statements, shade 0 … SHADES) for each actor."""


def heat_map(
    told: dict[tuple[str, str], int], issues: Sequence[tuple[str, str]], actors: Sequence[tuple[str, str]]
) -> HeatMap | None:
    """(issue, actor) → statements as a table with shades; None where there is nothing to compare."""
    most = max(told.values(), default=0)
    if not most or not issues or not actors:
        return None

    def cell(issue: str, actor: str) -> tuple[int, int]:
        n = told.get((issue, actor), 0)
        return n, -(-n * SHADES // most)

    rows = tuple((issue, label, tuple(cell(issue, a) for a, _ in actors)) for issue, label in issues)
    return HeatMap(columns=tuple(actors), rows=rows)
