"""From tag scores to attributions, in numpy.

Tags are BIO per role; the order of roles and of tags is fixed by `ROLES` and by `O, B, I`. Training and run
time share this file: they differ only in the `Backend` that runs the networks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.extract.statements.windows import MAX_PIECES, Ints, Range, Window
from onrecord.types import Attribution, Span

Floats = NDArray[np.float32]

ROLES = ("source", "cue", "content")
SOURCE, CUE, CONTENT = range(3)
O, B, I = range(3)  # noqa: E741  the tags' own names

LEFT, RIGHT = (
    80,
    112,
)  # what the linker sees before and after a cue's start; 98 % of attributions reach no farther
IN_CUE = 32  # bucket of a piece of the cue itself; see `buckets`
THROUGH = (0.0, -30.0, 0.0)  # O, B, I of a special piece: a run may pass through the break, not begin there
SIGNS = ("cue by tags", "cue by linker", "content", "content ends", "source")


LONG = 25  # pieces: content without a cue of its own that is this long, right after a quotation, continues it


@dataclass(frozen=True, slots=True)
class Settings:
    """What was fitted on held-out articles, read from `settings.json`."""

    lean: float  # nats taken off "no cue", so that the linker sees doubtful cues too
    threshold: float  # least confidence of an attribution
    weights: tuple[float, ...]  # of SIGNS, in a logistic regression on "a gold attribution matches"
    bias: float
    reliability: tuple[tuple[float, float], ...]  # (score, share that was right), rising: the calibration
    limit: int = MAX_PIECES

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Settings:
        """From parsed JSON."""
        return cls(
            lean=table["lean"],
            threshold=table["threshold"],
            weights=tuple(table["weights"][sign] for sign in SIGNS),
            bias=table["bias"],
            reliability=tuple((x, y) for x, y in table["reliability"]),
            limit=table["limit"],
        )

    def confidence(self, signs: Sequence[float]) -> float:
        """Share of attributions with such signs that agree with an annotator: in 0 … 1, to three digits."""
        total = self.bias + sum(w * s for w, s in zip(self.weights, signs, strict=True))
        score = 1 / (1 + np.exp(-total))
        if not self.reliability:
            return round(float(score), 3)
        xs, ys = zip(*self.reliability, strict=True)
        return round(float(np.interp(score, xs, ys)), 3)


# ---- scores to spans


def log_softmax(scores: Floats) -> Floats:
    """Tag scores [..., 9] as log probabilities [..., 3 roles, 3 tags]."""
    split = scores.reshape(*scores.shape[:-1], 3, 3)
    top = split - split.max(axis=-1, keepdims=True)
    result: Floats = top - np.log(np.exp(top).sum(axis=-1, keepdims=True))
    return result


def best_tags(scores: Floats) -> list[int]:
    """The best BIO sequence of [T, 3] log scores (Viterbi; I never follows O, nor stands first)."""
    rows: list[list[float]] = scores.tolist()
    out, begin, inner = rows[0][O], rows[0][B], -1e9
    back: list[tuple[int, int]] = []  # best tag before O or B, best tag before I
    for row in rows[1:]:
        inside = B if begin >= inner else I
        top, before = (begin, B) if begin >= inner else (inner, I)
        back.append((before if top > out else O, inside))
        best = max(out, top)
        out, begin, inner = best + row[O], best + row[B], top + row[I]
    last = max(((out, O), (begin, B), (inner, I)), key=lambda pair: pair[0])[1]
    tags = [last]
    for any_before, inside in reversed(back):
        tags.append(inside if tags[-1] == I else any_before)
    return tags[::-1]


def runs(tags: Sequence[int]) -> list[Range]:
    """Index ranges [start, end) of B I I … runs."""
    found: list[Range] = []
    for at, tag in enumerate(tags):
        if tag == B:
            found.append((at, at + 1))
        elif tag == I and found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
    return found


def best_run(scores: Floats, *, within: Range | None = None) -> tuple[Range, float]:
    """The one best run of [T, 3] log scores, and its log odds over no run at all.

    `within`: the run must overlap this index range.
    """
    size = len(scores)
    inner = np.concatenate([[0.0], np.cumsum(scores[:, I] - scores[:, O])])
    gain = scores[:, B] - scores[:, O] - inner[1:]  # of a run that starts here, were it to end at once
    low = np.arange(1, size + 1)
    if within is not None:
        low = np.maximum(low, within[0] + 1)
        gain[within[1] :] = -np.inf
    best_end = np.maximum.accumulate(inner[::-1])[::-1]  # the best running sum from each place on
    odds = gain + best_end[low]
    start = int(odds.argmax())
    first = int(low[start])
    return (start, first + int(inner[first:].argmax())), float(odds[start])


# ---- one window, from scores to attributions


class Backend(Protocol):
    """Runs the two networks; onnxruntime at run time, torch in training."""

    def read(self, window: Window) -> tuple[Floats, Floats]:
        """States [T, 384] and tag scores [T, 9]."""
        ...

    def link(self, states: Floats, tags: Floats, around: Around) -> Floats:
        """Tag scores [C, W, 9] around each cue."""
        ...


@dataclass(frozen=True, slots=True)
class Around:
    """What the linker is given on C cues: the pieces around each, how far they are, and the cue itself."""

    index: Ints  # [C, W] place in the window
    place: Ints  # [C, W] bucket of the signed distance
    mask: NDArray[np.bool_]  # [C, W] within the window
    cue: Floats  # [C, T] weights whose sum over states is the cue's mean state


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution in indices of the window; `signs` are what its confidence is computed from."""

    source: Range | None
    cue: Range
    content: tuple[Range, ...]
    signs: tuple[float, ...]


def buckets(distance: Ints) -> Ints:
    """Signed distance from the cue in pieces → 0 … 31: exact to 6, then by powers."""
    size = np.minimum(np.abs(distance), 160)
    far = 7 + np.clip((np.log2(np.maximum(size, 1) / 7) * 1.8).astype(np.int64), 0, 8)
    result: Ints = np.where(size < 7, size, far) + np.where(distance < 0, 16, 0)
    return result


def around(size: int, cues: Sequence[Range]) -> Around:
    """Surroundings of the cues in a window of that many pieces."""
    bounds = np.array(cues, dtype=np.int64)
    start, end = bounds[:, :1], bounds[:, 1:]
    columns = start + np.arange(-LEFT, RIGHT)
    used = (columns >= 0) & (columns < size)
    keep = used.any(axis=0)
    columns, used = columns[:, keep], used[:, keep]
    distance = np.where(columns < start, columns - start, columns - end + 1)
    place = np.where((columns >= start) & (columns < end), IN_CUE, buckets(distance))
    whole = np.arange(size)
    cue = ((whole >= start) & (whole < end)) / (end - start)
    return Around(columns.clip(0, size - 1), place, used, cue.astype(np.float32))


def candidates(scores: Floats, lean: float) -> list[Range]:
    """Runs of cue pieces; a positive `lean` (in nats) finds more of them than the tagger would pick."""
    scores = scores.copy()
    scores[:, O] -= lean
    return runs(best_tags(scores))


def find(window: Window, backend: Backend, *, lean: float) -> tuple[list[Found], list[Range]]:
    """Attributions of one window, one for each cue, doubtful ones included; and all runs of content."""
    states, tags = backend.read(window)
    base = log_softmax(tags)
    spoken = runs(best_tags(base[:, CONTENT]))
    cues = candidates(base[:, CUE], lean)
    if not cues:
        return [], spoken
    near = around(len(window), cues)
    linked = log_softmax(backend.link(states, tags, near))
    # Mean of both heads: exact cues 67.2 → 70.8 %, strict 50.6 → 52.9 % on held-out articles.
    linked[:, :, CUE] = (linked[:, :, CUE] + base[near.index, CUE]) / 2
    linked[(window.starts < 0)[near.index]] = THROUGH
    found = []
    for at, cue in enumerate(cues):
        seen = near.index[at][near.mask[at]]
        one = resolve(cue, base[:, CUE], linked[at][near.mask[at]], int(seen[0]))
        whole = prolonged(one.content, int(seen[0]), int(seen[-1]) + 1, spoken)
        found.append(replace(one, content=whole))
    return found, spoken


def resolve(anchor: Range, base: Floats, linked: Floats, offset: int) -> Found:
    """Spans of one attribution out of the linker's log probabilities [W, 3, 3], which begin at `offset`."""
    local = (anchor[0] - offset, anchor[1] - offset)
    cue, _ = best_run(linked[:, CUE], within=local)
    source, odds = best_run(linked[:, SOURCE])
    content = runs(best_tags(linked[:, CONTENT])) or [best_run(linked[:, CONTENT])[0]]
    signs = (
        log_odds(1 - float(np.exp(base[anchor[0] : anchor[1], O]).mean())),
        log_odds(1 - float(np.exp(linked[cue[0] : cue[1], CUE, O]).mean())),
        log_odds(float(np.mean([1 - np.exp(linked[s:e, CONTENT, O]).mean() for s, e in content]))),
        log_odds(float(np.mean([np.exp(ends(linked[:, CONTENT], run)) for run in content]))),
        log_odds(float(1 / (1 + np.exp(-abs(odds))))),
    )

    def moved(run: Range) -> Range:
        return run[0] + offset, run[1] + offset

    return Found(moved(source) if odds > 0 else None, moved(cue), tuple(map(moved, content)), signs)


def prolonged(content: tuple[Range, ...], low: int, high: int, spoken: Sequence[Range]) -> tuple[Range, ...]:
    """Content at the edge of what the linker sees, [low, high), goes on as the tags of content do."""
    out = []
    for start, end in content:
        before = [s for s, e in spoken if start == low and s < start < e]
        after = [e for s, e in spoken if end == high and s < end < e]
        out.append((min([start, *before]), max([end, *after])))
    return tuple(out)


def ends(scores: Floats, run: Range) -> float:
    """Log probability that the run starts where it does and stops where it does."""
    after = np.log1p(-min(float(np.exp(scores[run[1], I])), 0.9999)) if run[1] < len(scores) else 0.0
    return float(scores[run[0], B] + after)


def log_odds(share: float) -> float:
    """Kept within ±7."""
    share = min(max(share, 0.001), 0.999)
    return float(np.log(share / (1 - share)))


def attributions(
    windows: Iterable[Window], text: str, backend: Backend, settings: Settings
) -> list[Attribution]:
    """Attributions of an article in text order (content, then cue)."""
    made: list[Attribution] = []
    left: list[Span] = []
    for window in windows:
        found, spoken = find(window, backend, lean=settings.lean)
        made += [a for c, f in likely(found, settings) if (a := attribution(f, c, window, text))]
        long = [run for run in spoken if run[1] - run[0] >= LONG]
        left += [span for span in (characters(window, run, text) for run in long) if span]
    return sorted(continued(made, left, text), key=lambda a: (a.content, a.cue, a.source))


def likely(found: Sequence[Found], settings: Settings) -> list[tuple[float, Found]]:
    """With their confidence, those that are likely enough; of two with one cue, the likelier."""
    scored = [(settings.confidence(f.signs), f) for f in found]
    kept: list[tuple[float, Found]] = []
    for confidence, one in sorted(scored, key=lambda pair: (-pair[0], pair[1].cue)):
        free = all(one.cue[1] <= k.cue[0] or k.cue[1] <= one.cue[0] for _, k in kept)
        if confidence >= settings.threshold and free:
            kept.append((confidence, one))
    return kept


def continued(made: Sequence[Attribution], left: Iterable[Span], text: str) -> list[Attribution]:
    """Long passages of content without a cue of their own go to the quotation that they follow at once."""
    out = list(made)
    for span in sorted(left):
        if any(span.overlaps(part) for a in out for part in (*a.content, *a.cue)):
            continue
        before = [(a.content[-1].end, -a.content[0].start, i) for i, a in enumerate(out)]
        end, _, at = max((b for b in before if b[0] <= span.start), default=(0, 0, -1))
        if at >= 0 and not any(c.isalnum() for c in text[end : span.start]):
            out[at] = msgspec.structs.replace(out[at], content=(*out[at].content, span))
    return out


def attribution(found: Found, confidence: float, window: Window, text: str) -> Attribution | None:
    """Indices of pieces to characters of the text; None where no content is left."""

    def spans(parts: Sequence[Range]) -> tuple[Span, ...]:
        cut = (characters(window, part, text) for part in parts)
        return tuple(sorted(s for s in cut if s is not None))

    content = spans(found.content)
    if not content:
        return None
    return Attribution(
        source=spans([found.source] if found.source else []),
        cue=spans([found.cue]),
        content=content,
        confidence=confidence,
    )


def characters(window: Window, run: Range, text: str) -> Span | None:
    """Characters of a run of pieces, out to the ends of words; None if it holds special pieces only."""
    starts, ends = window.starts[slice(*run)], window.ends[slice(*run)]
    real = starts >= 0
    if not real.any():
        return None
    start, end = int(starts[real][0]), int(ends[real][-1])
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return Span(start, end)
