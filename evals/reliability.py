"""How far stated confidence is the share that was right, as a picture: bars' width tells how many answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import altair as alt


def draw(told: Sequence[tuple[float, float, int]], to: Path) -> None:
    """A reliability diagram as SVG.

    Args:
        told: (mean confidence, share right, answers) of each bin, of `evals.statements.reliability`.
        to: the file to write.
    """
    rows = [{"stated": mean, "right": right, "answers": n} for mean, right, n in told]
    scale = alt.Scale(domain=[0, 1])
    ideal = alt.Chart(alt.Data(values=[{"x": 0, "y": 0}, {"x": 1, "y": 1}])).mark_line(
        strokeDash=[4, 4], color="#888"
    )
    points = alt.Chart(alt.Data(values=rows)).mark_point(filled=True, opacity=1, color="#1f4e79")
    chart = ideal.encode(x=alt.X("x:Q", scale=scale), y=alt.Y("y:Q", scale=scale)) + points.encode(
        x=alt.X("stated:Q", scale=scale, title="confidence stated (mean of the bin)"),
        y=alt.Y("right:Q", scale=scale, title="share right"),
        size=alt.Size("answers:Q", title="answers"),
    )
    chart.properties(width=320, height=320).save(str(to))
