"""Charts as SVG drawn by templates: marks are links, colours follow the page, PNG comes of the same SVG.

Made by hand and not with a plotting library: a chart costs milliseconds, stands in the page's own colours,
light and dark, and its marks lead to the rows they show (docs/web.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onrecord.review.charting import Charted, HeatCell, Spoken, TonePoint
from onrecord.review.tone import MIN_ROWS
from onrecord.serve.web.rendering import to, with_query
from onrecord.types import MergedMeeting, Range

WIDTH, MARGIN, LANE = 960, 40, 18
"""In the chart's own units; it is drawn as wide as the page."""
SHADES = 5
MAX_ACTORS, MAX_ISSUES, MAX_NODES, MAX_EDGES = 8, 12, 14, 30
"""The most frequent are drawn; the data behind a chart holds all."""
MAX_LINKED = 40
"""Rows that one mark leads to."""
_SCALE = ((10, "+10"), (5, "+5"), (0, "0"), (-5, "−5"), (-10, "−10"))
NAMES = ("timeline", "heat", "tone", "network")


@dataclass(frozen=True)
class Mark:
    """One thing drawn: where it leads and what it says."""

    href: str
    title: str
    css: str
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    path: str = ""
    label: str = ""


@dataclass(frozen=True)
class Label:
    """Words in a chart."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Chart:
    """A chart ready to be drawn, and the rows behind it."""

    name: str
    title: str
    note: str
    height: float
    rows: tuple[dict[str, Any], ...]
    boxes: tuple[Mark, ...] = ()
    dots: tuple[Mark, ...] = ()
    lines: tuple[Mark, ...] = ()
    labels: tuple[Label, ...] = ()
    axes: tuple[tuple[float, float, float, float], ...] = ()
    width: float = WIDTH
    key: tuple[tuple[str, str], ...] = field(default=())
    """(class of its colour, words)."""


def rows_at(table: str, ids: Sequence[str]) -> str:
    """Where rows can be seen: their own page, or a list of them."""
    if len(ids) == 1:
        return to("statements" if table == "statements" else "explain", ids[0])
    return with_query(f"/data/record/{table}", id__in=",".join(ids[:MAX_LINKED]))


def timeline(meetings: Iterable[tuple[MergedMeeting, str]]) -> Chart | None:
    """(meeting, words) as a line of time; None where fewer than two have a date."""
    dated = [(m, m.date, words) for m, words in meetings if m.date and m.date.start and m.date.end]
    if len(dated) < 2:
        return None
    first = min(_start(d) for _, d, _ in dated)
    last = max(d.end for _, d, _ in dated if d.end)
    span = max((last - first).days, 1)

    def x(day: date) -> float:
        return round(MARGIN + (day - first).days / span * (WIDTH - 2 * MARGIN), 1)

    dots, boxes, lanes, rows = list[Mark](), list[Mark](), list[float](), list[dict[str, Any]]()
    for meeting, days, words in sorted(dated, key=lambda d: (_start(d[1]), d[0].id)):
        at, end = x(_start(days)), x(days.end or _start(days))
        lane = next((i for i, taken in enumerate(lanes) if taken < at), len(lanes))
        lanes[lane : lane + 1] = [max(end, at) + 14]
        y, title = 16.0 + lane * LANE, f"{words} ({meeting.status})"
        link = to("meetings", meeting.id)
        if end - at > 6:
            boxes.append(Mark(link, title, meeting.status, at, y - 6, round(end - at, 1), 12))
        else:
            dots.append(Mark(link, title, meeting.status, at, y, 7))
        rows.append({"id": meeting.id, "start": _start(days).isoformat(), "status": meeting.status,
                     "end": (days.end or _start(days)).isoformat(), "meeting": words})  # fmt: skip
    height = 36.0 + len(lanes) * LANE
    ticks = _ticks(first, last, x)
    return Chart(
        name="timeline", title="Meetings in time", height=height, rows=tuple(rows),
        note="Filled: held. Open: ahead, put off or called off. A bar: the days within which it fell.",
        dots=tuple(dots), boxes=tuple(boxes), labels=tuple(Label(at, height - 3, t) for at, t in ticks),
        axes=((20, WIDTH - 20, height - 20, height - 20),
              *((at, at, height - 20, height - 15) for at, _ in ticks)),
    )  # fmt: skip


def heat(charted: Charted) -> Chart | None:
    """Issues by actors: how often each speaks on each; None where there is nothing to compare."""
    by_issue = _most([(c.issue, len(c.statements)) for c in charted.heat], MAX_ISSUES)
    by_actor = _most([(c.actor, len(c.statements)) for c in charted.heat], MAX_ACTORS)
    by_actor.sort(key=lambda a: charted.sides.get(a, "~"))  # within a side still the most frequent first
    if not by_issue:
        return None
    left, top, wide, high = 210.0, 64.0, (WIDTH - 220) / max(len(by_actor), 4), 30.0
    most = max(len(c.statements) for c in charted.heat)
    cells: dict[tuple[str, str], HeatCell] = {(c.issue, c.actor): c for c in charted.heat}
    boxes, labels = list[Mark](), list[Label]()
    for n, actor in enumerate(by_actor):
        first, _, rest = charted.names[actor].rpartition(" ")
        middle = left + n * wide + wide / 2
        labels += [Label(middle, 34, _cut(first, wide)), Label(middle, 50, _cut(rest, wide))]
    for row, issue in enumerate(by_issue):
        y = top + row * high
        labels.append(Label(left - 10, y + 19, _cut(charted.labels[issue], 200), "end"))
        for n, actor in enumerate(by_actor):
            if cell := cells.get((issue, actor)):
                said = len(cell.statements)
                title = f"{charted.names[actor]} on {charted.labels[issue]}: {_statements(said)}"
                boxes.append(
                    Mark(with_query("/statements", actor=actor, issue=issue), title,
                         f"shade-{-(-said * SHADES // most)}", left + n * wide + 1, y + 1, wide - 2, high - 2,
                         label=str(said))
                )  # fmt: skip
    return Chart(
        name="heat", title="Who speaks on what", height=top + len(by_issue) * high + 6,
        note="Statements by issue and speaker; darker: more. A cell leads to its statements.",
        rows=tuple({"issue": c.issue, "label": charted.labels[c.issue], "actor": c.actor,
                    "name": charted.names[c.actor], "statements": len(c.statements)} for c in charted.heat),
        boxes=tuple(boxes), labels=tuple(labels),
    )  # fmt: skip


def tone(charted: Charted) -> Chart | None:
    """What each side does and says to the other, by quarter; None where fewer than two quarters are known.

    A quarter with too few rows has no point.
    """
    known = [(p, p.tone) for p in charted.tone if p.tone is not None]
    quarters = sorted({p.quarter for p, _ in known})
    if len(quarters) < 2:
        return None
    every = _quarters(quarters[0], quarters[-1])
    height, top, low = 240.0, 16.0, 204.0

    def x(quarter: str) -> float:
        return round(MARGIN + 20 + every.index(quarter) / (len(every) - 1) * (WIDTH - 2 * MARGIN - 40), 1)

    def y(value: float) -> float:
        return round(top + (10 - value) / 20 * (low - top), 1)

    sides = [name for _, name in sorted({(p.code, p.side) for p, _ in known})]
    lines, dots = list[Mark](), list[Mark]()
    for n, side in enumerate(sides[:2]):
        points = [(p, value) for p, value in known if p.side == side]
        path = " ".join(f"{'L' if k else 'M'}{x(p.quarter)} {y(v)}" for k, (p, v) in enumerate(points))
        # Where both sides are at one height, the first shows around the second.
        lines.append(Mark("", side, f"side-{n}", path=path, width=(5.0, 2.5)[n]))
        wide = (8.5, 5)[n]
        dots += [
            Mark(_toned_at(p), _tone_words(p, v), f"side-{n}", x(p.quarter), y(v), wide) for p, v in points
        ]
    step = max(1, len(every) // 9)
    ticks = [Label(x(q), height - 12, q.replace("-", " ")) for q in every[::step]]
    scale = [Label(MARGIN - 6, y(v) + 4, words, "end") for v, words in _SCALE]
    return Chart(
        name="tone", title="Tone over time", height=height,
        note="Mean weight of what a side does and says to the other, by quarter: +10 cooperation, −10 "
        f"conflict; a quarter with fewer than {MIN_ROWS} rows has no point. A point leads to its events.",
        rows=tuple({"side": p.side, "quarter": p.quarter, "tone": p.tone, "rows": p.rows,
                    "events": len(p.events), "statements": len(p.statements)}
                   for p in charted.tone),
        lines=tuple(lines), dots=tuple(dots), labels=(*ticks, *scale),
        axes=tuple((MARGIN, WIDTH - MARGIN, y(v), y(v)) for v, _ in _SCALE),
        key=tuple((f"side-{n}", side) for n, side in enumerate(sides[:2])),
    )  # fmt: skip


def network(charted: Charted) -> Chart | None:
    """Who speaks about whom: actors on a ring, an arc from speaker to whom the words are about."""
    weights = [(a, len(s.statements)) for s in charted.spoken for a in (s.speaker, s.about)]
    nodes = _most(weights, MAX_NODES)
    nodes.sort(key=lambda a: (charted.sides.get(a, "~"), charted.names[a]))
    edges = [s for s in charted.spoken if s.speaker in nodes and s.about in nodes]
    edges = sorted(edges, key=lambda s: (-len(s.statements), s.speaker, s.about))[:MAX_EDGES]
    if len(nodes) < 2 or not edges:
        return None
    across, down, cx, cy = 250.0, 150.0, WIDTH / 2, 185.0
    at = {
        a: (cx + across * math.cos(angle), cy + down * math.sin(angle))
        for n, a in enumerate(nodes)
        for angle in [2 * math.pi * n / len(nodes) - math.pi / 2]
    }
    codes = sorted(set(charted.sides.values()))
    most = len(edges[0].statements)
    lines = [_arc(s, at, (cx, cy), charted, codes, most) for s in edges]
    spoke = {a: sum(len(s.statements) for s in charted.spoken if s.speaker == a) for a in nodes}
    dots, labels = list[Mark](), list[Label]()
    for actor in nodes:
        x, y = at[actor]
        dots.append(
            Mark(to("actors", actor), f"{charted.names[actor]}: {_statements(spoke[actor])} about others",
                 _side_class(actor, charted, codes), round(x, 1), round(y, 1),
                 round(5 + 7 * math.sqrt(spoke[actor] / max([*spoke.values(), 1])), 1))
        )  # fmt: skip
        anchor = "middle" if abs(x - cx) < 40 else "start" if x > cx else "end"
        shift = 0 if anchor == "middle" else 18 if anchor == "start" else -18
        lift = (-18 if y < cy else 28) if anchor == "middle" else 4
        labels.append(Label(round(x + shift, 1), round(y + lift, 1), _cut(charted.names[actor], 210), anchor))
    return Chart(
        name="network", title="Who speaks about whom", height=2 * cy + 6,
        note="An arc runs from a speaker, in the speaker's colour, to whom the words are about; thicker: "
        "more often. Arcs lead to the statements, dots to the actors.",
        rows=tuple({"speaker": s.speaker, "speaker_name": charted.names[s.speaker], "about": s.about,
                    "about_name": charted.names[s.about], "statements": len(s.statements)}
                   for s in charted.spoken),
        lines=tuple(lines), dots=tuple(dots), labels=tuple(labels),
    )  # fmt: skip


def _arc(
    spoken: Spoken, at: dict[str, tuple[float, float]], centre: tuple[float, float], charted: Charted,
    codes: list[str], most: int,
) -> Mark:  # fmt: skip
    (x0, y0), (x1, y1) = at[spoken.speaker], at[spoken.about]
    # Bent to the centre and a little aside, so that both directions can be told apart.
    bx = (x0 + x1) / 2 * 0.45 + centre[0] * 0.55 + (y1 - y0) * 0.08
    by = (y0 + y1) / 2 * 0.45 + centre[1] * 0.55 - (x1 - x0) * 0.08
    n = len(spoken.statements)
    title = f"{charted.names[spoken.speaker]} about {charted.names[spoken.about]}: {_statements(n)}"
    return Mark(
        rows_at("statements", spoken.statements), title, f"arc {_side_class(spoken.speaker, charted, codes)}",
        path=f"M{x0:.1f} {y0:.1f}Q{bx:.1f} {by:.1f} {x1:.1f} {y1:.1f}",
        width=round(1 + 4 * n / max(most, 3), 1),
    )  # fmt: skip


def _side_class(actor: str, charted: Charted, codes: list[str]) -> str:
    code = charted.sides.get(actor)
    return f"side-{codes.index(code)}" if code in codes[:2] else "side-other"


def _toned_at(point: TonePoint) -> str:
    return rows_at("events", point.events) if point.events else rows_at("statements", point.statements)


def _tone_words(point: TonePoint, value: float) -> str:
    n = point.rows
    return f"{point.side}, {point.quarter.replace('-', ' ')}: {value:+.1f} ({n} row{'s' * (n != 1)})"


def _statements(n: int) -> str:
    return f"{n} statement{'s' * (n != 1)}"


def _most(counted: Iterable[tuple[str, int]], most: int) -> list[str]:
    """The most frequent, of equals the first in the alphabet."""
    total: dict[str, int] = {}
    for key, n in counted:
        total[key] = total.get(key, 0) + n
    return sorted(total, key=lambda k: (-total[k], k))[:most]


def _cut(text: str, wide: float) -> str:
    """Words that fit some units at twelve pixels."""
    most = max(4, int(wide / 6.6))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _quarters(first: str, last: str) -> list[str]:
    start, end = ((int(q[:4]) * 4 + int(q[-1]) - 1) for q in (first, last))
    return [f"{n // 4}-Q{n % 4 + 1}" for n in range(start, end + 1)]


def _start(days: Range) -> date:
    assert days.start
    return days.start


def _ticks(first: date, last: date, x: Any) -> list[tuple[float, str]]:
    years = list(range(first.year, last.year + 1))
    if len(years) <= 2:
        months = [date(y, m, 1) for y in years for m in range(1, 13) if first <= date(y, m, 1) <= last]
        step = max(1, len(months) // 8)
        return [(x(m), f"{m.year}-{m.month:02}") for m in months[::step]]
    step = max(1, len(years) // 10)
    return [(x(date(y, 1, 1)), str(y)) for y in years[::step] if first <= date(y, 1, 1) <= last]
