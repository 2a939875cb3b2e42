"""Each miss of the statements in its sentence, by class, as one HTML page without scripts or outside links.

Classes: missed (nothing found there), wrong source, boundary (the same cue, other bounds of what is said),
merged (one answer stands for several), spurious (found, not annotated).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from evals.attributions import ROLES, Gold, Roles, Spans

CLASSES = ("missed", "wrong source", "boundary", "merged", "spurious")
AROUND = 120
"""Characters shown on both sides."""
_STYLE = (
    "body{font:15px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}li{margin:.7em 0}"
    ".source{background:#cfe3ff}.cue{background:#ffe0b0}.content{background:#d5f2d0}small{color:#555}"
)


def classed(gold: Gold, found: Sequence[Roles]) -> Iterable[tuple[str, Roles | None, Roles | None]]:
    """(class, annotated, found) of every miss of one article, in the order of the text."""
    claims: dict[Roles, int] = defaultdict(int)
    for due in gold.attributions:
        for told in found:
            claims[told] += _meet(due.content, told.content)
    for due in gold.attributions:
        near = max(found, key=lambda told: _shared(due, told), default=None)
        if near is None or not _meet(due.content, near.content):
            yield "missed", due, None
        elif due != near:
            kind = "boundary"
            if bool(due.source) != bool(near.source) or (due.source and not _meet(due.source, near.source)):
                kind = "wrong source"
            elif not _meet(due.cue, near.cue) and due.cue and claims[near] > 1:
                kind = "merged"
            if kind != "boundary" or due.content != near.content:
                yield kind, due, near
    for told in found:
        if not claims[told]:
            yield "spurious", None, told


def page(
    answers: Mapping[str, tuple[Gold, Sequence[Roles]]], sure: Sequence[tuple[float, float, int]]
) -> str:
    """The whole report; `sure` as told by `evals.statements.reliability`."""
    rows: dict[str, list[str]] = {name: [] for name in CLASSES}
    for name, (gold, found) in answers.items():
        for kind, due, told in classed(gold, found):
            lines = [f"<small>{escape(name)}</small>"]
            lines += [f"annotated: {_marked(gold.text, due)}"] if due else []
            lines += [f"found: {_marked(gold.text, told)}"] if told else []
            rows[kind].append(f"<li>{'<br>'.join(lines)}</li>")
    parts = [f"<h2>{kind} ({len(items)})</h2><ol>{''.join(items)}</ol>" for kind, items in rows.items()]
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Statements: misses</title>'
        f"<style>{_STYLE}</style>"
        f"<h1>Statements: misses</h1>{plot(sure)}{''.join(parts)}</html>"
    )


def plot(sure: Sequence[tuple[float, float, int]], *, size: int = 260) -> str:
    """Confidence against the share that was right, as SVG; on the line they are equal."""
    dots = "".join(
        f'<circle cx="{c * size:.0f}" cy="{size - r * size:.0f}" r="5">'
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


def _marked(text: str, one: Roles) -> str:
    """The words around an attribution, each role in its colour."""
    spans = sorted((s, e, role) for role in ROLES for s, e in one[role])
    at = max(0, spans[0][0] - AROUND)
    out = ["…" if at else ""]
    for start, end, role in spans:
        if start < at:
            continue
        out += [escape(text[at:start]), f'<span class="{role}">{escape(text[start:end])}</span>']
        at = end
    return "".join([*out, escape(text[at : at + AROUND]), "…"])


def _shared(due: Roles, told: Roles) -> tuple[int, int]:
    return _meet(due.content, told.content), _meet(due.cue, told.cue) + _meet(due.source, told.source)


def _meet(some: Spans, others: Spans) -> int:
    """Characters that two lists of spans share."""
    return sum(max(0, min(e, d) - max(s, c)) for s, e in some for c, d in others)
