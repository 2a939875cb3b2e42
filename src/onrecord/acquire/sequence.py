"""Which blocks belong to the article: the best path through a chain of states.

    before → first → article ⇄ inserted
                        ↓
                     closing → after

The article's end is a state of its own (`closing`, the first block after it), because most of a page's
furniture follows the article and the words that open it ("More on", "Share this") tell it best.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import msgspec

STATES = ("before", "first", "article", "inserted", "closing", "after")
ARTICLE = frozenset({"first", "article"})
INITIAL = ("before", "first")
FINAL = ("first", "article", "closing", "after")
MOVES: dict[str, tuple[str, ...]] = {
    "before": ("before", "first"),
    "first": ("article", "inserted", "closing"),
    "article": ("article", "inserted", "closing"),
    "inserted": ("article", "inserted"),
    "closing": ("after",),
    "after": ("after",),
}
_WEIGHTS = Path(__file__).parent / "data" / "passages.json"
_NEVER = float("-inf")


class Weights(msgspec.Struct, frozen=True):
    """What a feature is worth in each state, and what each move between states is worth."""

    emission: dict[str, list[float]]
    moves: dict[str, float]

    def write(self, path: Path) -> None:
        """One feature a line, so that a change can be read."""
        lines = [
            f"  {json.dumps(f, ensure_ascii=False)}: {json.dumps(w)}"
            for f, w in sorted(self.emission.items())
        ]
        body = ",\n".join(lines)
        moves = json.dumps(self.moves)
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'{{"moves": {moves},\n"emission": {{\n{body}\n}}}}\n', encoding="utf-8")

    def best(self, features: list[list[str]]) -> list[str]:
        """The best path (Viterbi) through the states for a text's blocks."""
        if not features:
            return []
        scores = [self._scores(row) for row in features]
        n = len(STATES)
        at = [scores[0][s] if STATES[s] in INITIAL else _NEVER for s in range(n)]
        came: list[list[int]] = []
        sources = self._sources
        for row in scores[1:]:
            step, new = [], []
            for s in range(n):
                best, source = _NEVER, 0
                for a, worth in sources[s]:
                    value = at[a] + worth
                    if value > best:
                        best, source = value, a
                step.append(source)
                new.append(best + row[s])
            at = new
            came.append(step)
        state = max((s for s in range(n) if STATES[s] in FINAL), key=at.__getitem__)
        path = [state]
        for step in reversed(came):
            path.append(step[path[-1]])
        return [STATES[s] for s in reversed(path)]

    def _scores(self, row: list[str]) -> list[float]:
        known = [w for w in map(self.emission.get, row) if w is not None]
        return [sum(column) for column in zip(*known, strict=True)] if known else [0.0] * len(STATES)

    @property
    def _sources(self) -> list[list[tuple[int, float]]]:
        """For each state the states it can follow, with the worth of the move."""
        return [
            [
                (a, self.moves.get(f"{STATES[a]}>{state}", 0.0))
                for a in range(len(STATES))
                if state in MOVES[STATES[a]]
            ]
            for state in STATES
        ]


@cache
def load() -> Weights:
    """The weights shipped with the package; `training/passages.py` fits them."""
    return msgspec.json.decode(_WEIGHTS.read_bytes(), type=Weights)
