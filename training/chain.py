"""Sums over all paths of a linear chain, and a step of gradient ascent: how passages are fitted."""

from __future__ import annotations

import numpy as np

from onrecord.acquire.sequence import FINAL, INITIAL, MOVES, STATES

GROUP = 24
"""Pages taken together, padded to the longest of them."""
RATE = 0.06
NEVER = -1e3
TINY = 1e-300


def masks() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Moves, first and last states that are allowed, as 0 or a prohibitive score."""
    k = len(STATES)
    moves = np.full((k, k), NEVER)
    for a, following in MOVES.items():
        for b in following:
            moves[STATES.index(a), STATES.index(b)] = 0
    first = np.array([0 if s in INITIAL else NEVER for s in STATES])
    last = np.array([0 if s in FINAL else NEVER for s in STATES])
    return moves, first, last


def expect(
    scores: np.ndarray, moves: np.ndarray, lengths: np.ndarray, weight: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Log mass of all paths, and how often each state and move is expected; pages of like length together."""
    mass, states, edges = np.zeros(len(scores)), np.zeros_like(scores), np.zeros_like(moves)
    for start in range(0, len(scores), GROUP):
        part = slice(start, start + GROUP)
        longest = int(lengths[part].max())
        mass[part], states[part, :longest], some = expect_group(
            scores[part, :longest], np.exp(moves), lengths[part], weight[part]
        )
        edges += some
    return mass, states, edges


def expect_group(
    scores: np.ndarray, moves: np.ndarray, lengths: np.ndarray, weight: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Forward and backward sums over padded pages, as probabilities scaled at each line."""
    _, first, last = masks()
    n, longest, k = scores.shape
    top = scores.max(axis=2)
    seen = np.exp(scores - top[:, :, None])
    forward = np.zeros((longest, n, k))
    backward = np.zeros((longest, n, k))
    mass = np.zeros(n)
    at = seen[:, 0] * np.exp(first)
    for t in range(longest):
        if t:
            at = (at @ moves) * seen[:, t]
        scale = at.sum(1) + TINY
        at = at / scale[:, None]
        forward[t] = at
        mass += np.where(t < lengths, np.log(scale) + top[:, t], 0)
    back = np.zeros((n, k))
    for t in range(longest - 1, -1, -1):
        if t + 1 < longest:
            back = (back * seen[:, t + 1]) @ moves.T
            back = back / (back.sum(1)[:, None] + TINY)
        back = np.where((lengths - 1 == t)[:, None], np.exp(last), back)
        backward[t] = back
    mass += np.log((forward[lengths - 1, np.arange(n)] * np.exp(last)).sum(1) + TINY)
    real = np.arange(longest)[:, None] < lengths[None]
    states = forward * backward
    states = np.where(real[:, :, None], states / (states.sum(2, keepdims=True) + TINY), 0)
    ahead = seen.transpose(1, 0, 2)[1:] * backward[1:]
    pair = forward[:-1, :, :, None] * moves * ahead[:, :, None, :]
    pair = pair / (pair.sum((2, 3), keepdims=True) + TINY)
    edges = np.where(real[1:, :, None, None], pair, 0)
    return mass, states.transpose(1, 0, 2), (edges * weight[:, None, None]).sum((0, 1))


def adam(
    parameter: np.ndarray, gradient: np.ndarray, moment: tuple[np.ndarray, np.ndarray], step: int
) -> None:
    """One step uphill, in place (Kingma and Ba 2015, their constants)."""
    mean, square = moment
    mean += 0.1 * (gradient - mean)
    square += 0.001 * (gradient * gradient - square)
    parameter += RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
