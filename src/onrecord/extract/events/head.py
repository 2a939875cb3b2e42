"""A log-linear classifier over features: trained in seconds on a CPU, kept as plain numbers.

Multinomial logistic regression with a ridge penalty, fitted by full-batch gradient descent with Nesterov
momentum
and a fixed number of steps: no randomness, so the same data give the same weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
STEPS = 300
SEEN = 2
"""Rows in which a column must stand to get a weight."""
RIDGE = 3e-4
"""Penalty on squared weights, per example; between 1e-4 and 1e-3 five-fold accuracy moves by less than a
point.
"""


@dataclass(frozen=True)
class Head:
    """Weights by type: log-odds = features @ weights + bias."""

    types: tuple[str, ...]
    weights: Matrix
    bias: Matrix

    def log_probabilities(self, features: Matrix) -> Matrix:
        """Rows of log-probabilities over `types`."""
        return _log_softmax(features @ self.weights + self.bias)

    def save(self, path: Path) -> None:
        """Numbers only, as compressed NPZ without pickled objects."""
        np.savez_compressed(
            path, types=np.array(self.types), weights=self.weights.astype(np.float16), bias=self.bias
        )

    @classmethod
    def read(cls, path: Path) -> Head:
        """Weights as `save` wrote them."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(tuple(str(t) for t in kept["types"]), kept["weights"].astype(np.float32), kept["bias"])


def fit(
    features: Matrix,
    labels: Sequence[str],
    types: Sequence[str],
    *,
    balance: float = 0.3,
    ridge: float = RIDGE,
) -> Head:
    """Weights for labelled rows.

    Args:
        features: one row an example.
        labels: the type of each row.
        types: all types, in the order of the columns of the result.
        balance: 0 counts every row alike, 1 every type alike.
        ridge: penalty on squared weights.
    """
    used = np.flatnonzero((features != 0).sum(0) >= SEEN)
    whole, features = features.shape[1], features[:, used]
    known = {t: i for i, t in enumerate(types)}
    gold = np.zeros((len(labels), len(types)), dtype=np.float32)
    gold[np.arange(len(labels)), [known[t] for t in labels]] = 1.0
    share = np.maximum(gold.sum(0), 1.0)
    each = (gold @ (share.max() / share) ** balance).astype(np.float32)
    each /= each.mean()
    weights = np.zeros((features.shape[1], len(types)), dtype=np.float32)
    bias = np.zeros(len(types), dtype=np.float32)
    ahead, ahead_bias = weights.copy(), bias.copy()
    rate = 1.0 / (0.5 * float((features**2).sum(1).max()) / 2 + ridge)
    for step in range(1, STEPS + 1):
        wrong = (np.exp(_log_softmax(features @ ahead + ahead_bias)) - gold) * each[:, None]
        slope = features.T @ wrong / len(labels) + ridge * ahead
        new, new_bias = ahead - rate * slope, ahead_bias - rate * wrong.mean(0)
        pull = (step - 1) / (step + 2)
        ahead, ahead_bias = new + pull * (new - weights), new_bias + pull * (new_bias - bias)
        weights, bias = new, new_bias
    full = np.zeros((whole, len(types)), dtype=np.float32)
    full[used] = weights
    return Head(tuple(types), full, bias)


def _log_softmax(scores: Matrix) -> Matrix:
    scores = scores - scores.max(1, keepdims=True)
    result: Matrix = (scores - np.log(np.exp(scores).sum(1, keepdims=True))).astype(np.float32)
    return result
