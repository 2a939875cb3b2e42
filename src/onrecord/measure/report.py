"""Each miss in its sentence, by class, as one HTML page without scripts or outside links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from onrecord.measure.scores import Figure, Score
from onrecord.types import printable

HEAD = ("", "precision", "recall", "F1", "right", "found", "by hand")
"""Of the columns that `cells` gives."""
AROUND = 120
"""Characters shown on both sides."""
_STYLE = (
    ":root{color-scheme:light dark}body{font:15px/1.5 sans-serif;max-width:60em;margin:2em auto;"
    "padding:0 1em}li{margin:.7em 0}span{padding:0 .1em;color:#111}"
    ".source{background:#cfe3ff}.cue{background:#ffe0b0}"
    ".content{background:#d5f2d0}.time,.event,.string{background:#f6dcf5}small{opacity:.75}"
    "table{border-collapse:collapse}th,td{padding:.2em .7em;text-align:right;border-bottom:1px solid #8884}"
    "th:first-child,td:first-child{text-align:left}"
)


@dataclass(frozen=True)
class Shown:
    """Labelled spans of one side, and what it says of them beside the words."""

    spans: tuple[tuple[int, int, str], ...]
    """(start, end, label); the label is the class of the style sheet."""
    says: str = ""


@dataclass(frozen=True)
class Miss:
    """Where the answer and the gold part."""

    kind: str
    article: str
    text: str
    due: Shown | None = None
    told: Shown | None = None


def page(
    title: str,
    misses: Iterable[Miss],
    kinds: Sequence[str],
    *,
    scores: Sequence[Score] = (),
    agreement: Mapping[str, float | None] | None = None,
    sure: Sequence[tuple[float, float, int]] = (),
) -> str:
    """The whole report: figures, agreement between coders, then every miss of each class in its sentence.

    Args:
        title: what was measured.
        misses: in the order of the texts.
        kinds: classes in the order of the page; each has its heading, also where nothing is in it.
        scores: figures to show above.
        agreement: Krippendorff's alpha by what was coded.
        sure: (mean confidence, share right, answers) of each tenth of the scale, to be drawn.
    """
    rows: dict[str, list[str]] = {kind: [] for kind in kinds}
    for miss in misses:
        lines = [f"<small>{escape(miss.article)}</small>"]
        lines += [f"by hand: {_marked(miss.text, miss.due)}"] if miss.due else []
        lines += [f"found: {_marked(miss.text, miss.told)}"] if miss.told else []
        rows[miss.kind].append(f"<li>{'<br>'.join(lines)}</li>")
    links = ", ".join(f'<a href="#k{n}">{k} ({len(rows[k])})</a>' for n, k in enumerate(kinds))
    parts = [
        f'<h2 id="k{n}">{kind} ({len(rows[kind])})</h2><ol>{"".join(rows[kind])}</ol>'
        for n, kind in enumerate(kinds)
    ]
    return printable(
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}: misses</title><style>{_STYLE}</style><h1>{escape(title)}: misses</h1>"
        f"{_table(scores)}{_agreement(agreement or {})}{plot(sure) if sure else ''}<p>{links}</p>"
        f"{''.join(parts)}</html>\n"
    )


def _table(scores: Sequence[Score]) -> str:
    if not scores:
        return ""
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells(s)) + "</tr>" for s in scores
    )
    head = "".join(f"<th>{h}</th>" for h in HEAD)
    return f"<table><tr>{head}</tr>{rows}</table><p><small>Percent, with 95 % intervals.</small></p>"


def cells(s: Score) -> tuple[str, ...]:
    """Name, precision, recall, F1, right, found, by hand: as printed, and as in the report."""
    told = str(s.told) if s.precision else "–"
    return (s.name, *map(figure, (s.precision, s.recall, s.f1)), str(s.right), told, str(s.due))


def figure(told: Figure | None) -> str:
    """`81.2 [78.0–84.1]`, or a dash."""
    return f"{told.value:.1f} [{told.low:.1f}–{told.high:.1f}]" if told else "–"


def _agreement(told: Mapping[str, float | None]) -> str:
    if not told:
        return ""
    each = ", ".join(f"{escape(k)} {'not defined' if v is None else f'{v:.3f}'}" for k, v in told.items())
    return f"<p>Krippendorff's alpha between the coders: {each}.</p>"


def plot(sure: Sequence[tuple[float, float, int]], *, size: int = 260) -> str:
    """Confidence against the share that was right, as SVG; on the line they are equal."""
    dots = "".join(
        f'<circle cx="{c * size:.0f}" cy="{size - r * size:.0f}" r="5" fill="currentColor">'
        f"<title>{c:.2f}: {r:.2f} of {n}</title></circle>"
        for c, r, n in sure
    )
    return (
        f'<svg viewBox="-10 -10 {size + 20} {size + 20}" width="{size + 20}" role="img" '
        f'aria-label="Reliability of the confidence">'
        f'<rect width="{size}" height="{size}" fill="none" stroke="#888"/>'
        f'<line x1="0" y1="{size}" x2="{size}" y2="0" stroke="#888"/>{dots}</svg>'
        "<p>Across: confidence; up: share that was right.</p>"
    )


def _marked(text: str, one: Shown) -> str:
    """The words around some spans, each in its colour, and what is said of them."""
    says = f" <b>{escape(one.says)}</b>" if one.says else ""
    if not one.spans:
        return f"{escape(text[: 2 * AROUND])}{'…' if len(text) > 2 * AROUND else ''}{says}"
    spans = sorted(one.spans)
    at = max(0, spans[0][0] - AROUND)
    out = ["…" if at else ""]
    for start, end, label in spans:
        if start < at:
            continue
        out += [escape(text[at:start]), f'<span class="{label}">{escape(text[start:end])}</span>']
        at = end
    rest = text[at : at + AROUND]
    return "".join([*out, escape(rest), "…" if at + AROUND < len(text) else "", says])
