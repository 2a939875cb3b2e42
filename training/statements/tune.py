"""What is fitted after training, on held-out articles: confidence, its calibration, the threshold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onrecord.extract.statements import decode
from onrecord.extract.statements.decode import Around, Floats, Settings
from onrecord.extract.statements.windows import Encode, Window, cut_windows
from onrecord.types import Attribution
from training.statements.data import Article, Gold, Spans
from training.statements.model import Model

TOKEN = re.compile(r"\w+|[^\w\s]")
OPEN = Settings(lean=2.5, threshold=0.0, weights=(0.5, 0.5, 0.0, 0.0, 0.0), bias=0.0, reliability=())


class TorchBackend:
    """The trained modules, in fp32."""

    def __init__(self, model: Model) -> None:
        self._model = model.eval()

    @torch.no_grad()
    def read(self, window: Window) -> tuple[Floats, Floats]:
        """States and tag scores of one window."""
        ids = torch.from_numpy(window.ids)[None]
        states, tags = self._model.reader(ids, torch.from_numpy(window.types)[None], torch.ones_like(ids))
        return states[0].numpy(), tags[0].numpy()

    @torch.no_grad()
    def link(self, states: Floats, tags: Floats, around: Around) -> Floats:
        """Tag scores around each cue."""
        logs = decode.log_softmax(tags).reshape(tags.shape)
        given = (states, logs, around.cue @ states, around.index, around.place, around.mask)
        scores: Tensor = self._model.linker(*map(torch.from_numpy, given))
        return scores.numpy()


@dataclass(frozen=True)
class Scored:
    """A prediction's signs, whether a gold attribution matches it, and in which article it stands."""

    signs: tuple[float, ...]
    cue: tuple[int, int]
    right: bool
    article: int


def tokens(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Starts of the tokens that begin within the spans."""
    return frozenset(m.start() for s, e in spans for m in TOKEN.finditer(text, s, e))


def matches(text: str, gold: Gold, found: Attribution) -> bool:
    """Content shares half its tokens (Jaccard ≥ 0.5), and sources overlap or both are empty."""
    want, have = tokens(text, gold.roles[2]), tokens(text, found.content)
    if not want & have or len(want & have) * 2 < len(want | have):
        return False
    sources = tokens(text, gold.roles[0]), tokens(text, found.source)
    return bool(sources[0] & sources[1]) or not (sources[0] or sources[1])


def survey(
    articles: Sequence[Article], backend: decode.Backend, encode: Encode, settings: Settings = OPEN
) -> tuple[list[Scored], list[int]]:
    """Every doubtful prediction with its fate, and the number of gold attributions of each article."""
    scored: list[Scored] = []
    sizes: list[int] = []
    for number, article in enumerate(articles):
        gold = article.versions[0].attributions
        dropped = article.versions[0].discard
        sizes.append(sum(not inside(g.roles[2], dropped) for g in gold))
        for window in cut_windows(article.text, [(0, len(article.text))], encode):
            for found in decode.find(window, backend, lean=settings.lean)[0]:
                made = decode.attribution(found, 1.0, window, article.text)
                if made and not inside(list(made.content), dropped):
                    right = any(matches(article.text, g, made) for g in gold)
                    scored.append(Scored(found.signs, tuple(made.cue[0]), right, number))
    return scored, sizes


def inside(spans: Spans, within: Spans) -> bool:
    """The first span begins in a passage that the annotators set aside."""
    return any(s <= spans[0][0] < e for s, e in within)


def tuned(scored: list[Scored], sizes: list[int], lean: float) -> Settings:
    """Logistic regression on the signs, isotonic calibration, and the threshold of the best F1."""
    signs = np.array([s.signs for s in scored])
    right = np.array([s.right for s in scored], dtype=float)
    weights, bias = logistic(signs, right)
    plain = replace(OPEN, lean=lean, weights=tuple(round(float(w), 4) for w in weights), bias=round(bias, 4))
    score = 1 / (1 + np.exp(-(signs @ weights + bias)))
    table = isotonic(score, right)
    calibrated = replace(plain, reliability=table)
    return replace(calibrated, threshold=best_threshold(scored, sizes, calibrated))


def logistic(
    x: NDArray[np.float64], y: NDArray[np.float64], ridge: float = 1.0
) -> tuple[NDArray[np.float64], float]:
    """Weights and bias by Newton's method."""
    wide = np.column_stack([x, np.ones(len(x))])
    w = np.zeros(wide.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-(wide @ w)))
        slope = wide.T @ (p - y) + ridge * w
        curve = (wide * (p * (1 - p))[:, None]).T @ wide + ridge * np.eye(len(w))
        w -= np.linalg.solve(curve, slope)
    return w[:-1], float(w[-1])


def isotonic(
    score: NDArray[np.float64], right: NDArray[np.float64], bins: int = 12
) -> tuple[tuple[float, float], ...]:
    """(mean score, share right) over equal bins, pooled until they rise: a plain table."""
    order = np.argsort(score, kind="stable")
    pools = [[score[part].sum(), right[part].sum(), float(len(part))] for part in np.array_split(order, bins)]
    merged: list[list[float]] = []
    for pool in pools:
        merged.append(pool)
        while len(merged) > 1 and merged[-2][1] / merged[-2][2] >= merged[-1][1] / merged[-1][2]:
            last = merged.pop()
            merged[-1] = [a + b for a, b in zip(merged[-1], last, strict=True)]
    inner = [(round(float(s / n), 4), round(float(r / n), 4)) for s, r, n in merged]
    return ((0.0, 0.0), *inner, (1.0, max(inner[-1][1], 0.99)))


def best_threshold(scored: list[Scored], sizes: list[int], settings: Settings) -> float:
    """The lowest confidence above which F1 of attributions is within a fifth of a point of the best.

    The curve is flat at its top: the lowest such threshold finds most at no loss.
    """
    rated = sorted(((settings.confidence(s.signs), s) for s in scored), key=lambda pair: -pair[0])
    taken: dict[int, list[tuple[int, int]]] = {}
    good = made = 0
    curve: list[tuple[float, float]] = []
    for confidence, one in rated:
        cues = taken.setdefault(one.article, [])
        if any(one.cue[0] < e and s < one.cue[1] for s, e in cues):
            continue
        cues.append(one.cue)
        good, made = good + one.right, made + 1
        curve.append((2 * good / (made + sum(sizes)), confidence))
    best = max(curve)[0]
    return round(min(confidence for score, confidence in curve if score >= best - 0.002), 3)
