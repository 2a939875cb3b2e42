"""Fit the offsets of dates (`facts/tables/date_offsets.csv`): `python -m training.dating --data DIR`.

DIR holds `polnear/`, `times/` and `reuters/` (evals/README.md). Our own undated articles are left out;
they measure (`evals.dating`).

The weights of a day are log-linear in the clues (`onrecord.link.dating`), all years alike before any clue;
those of the true day are raised against those of all days of a grid from 1985 to 2027 that is thinned to
every third week (all days say the same and cost 21 times as much). A ridge keeps weights small, a second
penalty keeps neighbouring bins alike. No randomness: the same articles give the same table.

`--check` fits nothing that ships: it prints what articles unknown to the fit get, three folds (PolNeAR by
publisher) and each corpus by the others alone.
"""

from __future__ import annotations

import argparse
import html
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from evals import dating as measured
from evals.common import rows_of
from onrecord.facts.actors import Registry
from onrecord.facts.happenings import Happenings
from onrecord.facts.table import TABLES
from onrecord.link import dating
from onrecord.link.dating import days as d
from onrecord.link.dating.clues import Clue
from onrecord.link.dating.offsets import SIDE, WIDTH, Offsets
from onrecord.types import Parsed, day_range

RIDGE, SMOOTH, SCALE_RIDGE = 0.3, 1.5, 10.0
"""Penalties on squared weights, on squared differences of neighbouring bins, on squared logs of scales;
ridges of 0.1 to 1 and smoothing of 0.5 to 1.5 are alike within 0.08 nats an article.
"""
KEPT, STEP = 3, 7
"""An article is kept on every third day of the grid, the true one among them, and fitted on every seventh of
those.
"""
STEPS = 60
FOLDS = 3
STORIES, LEAST = 300, 800
"""Stories of Reuters, and the fewest characters of one."""
COUNTED = ("year", "latest", "first year", "race", "people", "recent", "soon", "unknown yet", "over")
"""Rows whose bins run on without a break between after and before."""
HEAD = """\
# Offsets between the clues of an article and its day, as log weights of bins (onrecord.link.dating.offsets).
# Fitted by training/dating.py on {articles} articles of {years}: PolNeAR, TimeBank, Reuters-21578.
row,weights
"""


@dataclass(frozen=True, slots=True)
class Example:
    """An article with a known date: rows and bins of its clues, and its bounds, on every `KEPT`th day."""

    corpus: str
    name: str
    rows: tuple[tuple[str, ...], ...]
    bins: d.Bins
    kinds: tuple[str, ...]
    bounds: d.Days
    truth: int
    """Place of the true day among the days kept."""
    year: int

    @property
    def group(self) -> str:
        """What must not be on both sides of a fold: publishers, or single articles."""
        return self.name.split("_")[0] if self.corpus == "PolNeAR" else self.name


def main() -> None:
    """Fit and write the table, or check."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--out", type=Path, default=TABLES / "date_offsets.csv")
    options.add_argument("--check", action="store_true")
    given = options.parse_args()
    found = list(read(given.data, everything=given.check))
    if given.check:
        check(found)
        return
    given.out.write_text(_head(found) + "".join(_lines(fit(found))), encoding="utf-8")


def read(data: Path, *, everything: bool) -> Iterator[Example]:
    """The articles that are fitted on, and with `everything` our own."""
    yield from _dated("PolNeAR", [*measured.polnear(data, kept=False), *measured.polnear(data)])
    yield from _dated("TimeBank", timebank(data))
    yield from _dated("Reuters", reuters(data))
    if everything:
        yield from _dated("own", measured.own())


def timebank(data: Path) -> list[dict[str, Any]]:
    """Articles of TimeBank with the day they were made."""
    rows = rows_of(data / "times" / "TimeBank.text.jsonl")
    return [{"id": r["doc"], "date": r["dct_date"], "text": r["text"]} for r in rows if r["dct_date"]]


def reuters(data: Path) -> list[dict[str, Any]]:
    """Some of the longer stories of Reuters-21578, of all its files alike."""
    rows = []
    for path in sorted((data / "reuters").glob("*.sgm")):
        for story in re.findall(r"<REUTERS.*?</REUTERS>", path.read_text(encoding="latin-1"), re.S):
            day, body = re.search(r"<DATE>\s*(\S+)", story), re.search(r"<BODY>(.*?)</BODY>", story, re.S)
            number = re.search(r'NEWID="(\d+)"', story)
            if day and body and number and len(body[1]) >= LEAST:
                told = datetime.strptime(day[1].title(), "%d-%b-%Y").date().isoformat()
                text = re.sub(r"\n\s{3,}", "\n\n", html.unescape(body[1]).replace("\x03", "").strip())
                rows.append({"id": number[1], "date": told, "text": text})
    return rows[:: max(1, len(rows) // STORIES)]


def _dated(corpus: str, rows: Sequence[dict[str, Any]]) -> Iterator[Example]:
    return with_clues(corpus, measured.undated(rows))


def with_clues(corpus: str, articles: Iterable[tuple[str, date, Parsed]]) -> Iterator[Example]:
    """The clues of articles as they are read."""
    registry, happenings = Registry.load(()), Happenings.load(())
    for name, day, parsed in articles:
        yield example(corpus, name, day, dating.find_clues(parsed, registry, happenings))


def example(corpus: str, name: str, day: date, clues: Sequence[Clue]) -> Example:
    """An article's clues on the days kept; bounds of one kind are added up."""
    at = d.number(day)
    days = slice(at % KEPT, None, KEPT)
    size = len(range(d.SIZE)[days])
    placed = [(c.rows, c.bins[days]) for c in clues if c.bins is not None]
    kinds = sorted({c.kind for c in clues if c.bound is not None})
    bounds = [
        np.sum([c.bound[days] for c in clues if c.bound is not None and c.kind == k], axis=0) for k in kinds
    ]
    return Example(
        corpus,
        name,
        tuple(rows for rows, _ in placed),
        np.array([bins for _, bins in placed], np.int16).reshape(-1, size),
        tuple(kinds),
        np.array(bounds, np.float32).reshape(-1, size),
        at // KEPT,
        day.year,
    )


def fit(found: Sequence[Example]) -> Offsets:
    """The offsets under which the true days of the articles are likeliest."""
    examples = [_thinned(one) for one in found]
    rows = sorted({row for e in examples for rows in e.rows for row in rows})
    kinds = sorted({kind for e in examples for kind in e.kinds})
    at = {row: n * WIDTH for n, row in enumerate(rows)}
    scale = {kind: n for n, kind in enumerate(kinds)}
    cells = [
        np.array([at[r] + bins for rs, bins in zip(e.rows, e.bins, strict=True) for r in rs], np.int64)
        .reshape(-1, e.bounds.shape[1])
        for e in examples
    ]  # fmt: skip
    scales = [np.array([scale[k] for k in e.kinds], np.int64) for e in examples]
    size = len(rows) * WIDTH
    joined = np.ones((len(rows), WIDTH - 1))
    pairs = np.array([not row.startswith(COUNTED) for row in rows])
    joined[np.ix_(pairs, [SIDE - 1, 2 * SIDE - 1])] = 0.0

    def loss(point: d.Days) -> tuple[float, d.Days]:
        weights, factors = point[:size], np.exp(point[size:])
        slope, total = np.zeros_like(point), 0.0
        for e, cell, kind in zip(examples, cells, scales, strict=True):
            score = weights[cell].sum(0) + factors[kind] @ e.bounds
            likely = np.exp(score - score.max())
            total += np.log(likely.sum()) + score.max() - score[e.truth]
            likely /= likely.sum()
            likely[e.truth] -= 1.0
            slope[:size] += np.bincount(
                cell.ravel(), np.broadcast_to(likely, cell.shape).ravel(), minlength=size
            )
            slope[size:] += np.bincount(kind, factors[kind] * (e.bounds @ likely), minlength=len(kinds))
        table = weights.reshape(-1, WIDTH)
        steps = np.diff(table, axis=1) * joined
        across = np.where(pairs, table[:, SIDE] - table[:, 0], 0.0)
        total += RIDGE * (weights**2).sum() + SMOOTH * ((steps**2).sum() + (across**2).sum())
        total += SCALE_RIDGE * (point[size:] ** 2).sum()
        rough = np.zeros_like(table)
        rough[:, 1:] += steps
        rough[:, :-1] -= steps
        rough[:, SIDE] += across
        rough[:, 0] -= across
        slope[:size] += 2 * RIDGE * weights + 2 * SMOOTH * rough.ravel()
        slope[size:] += 2 * SCALE_RIDGE * point[size:]
        return float(total), slope

    best = minimize(
        loss, np.zeros(size + len(kinds)), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}
    ).x
    table = best[:size].reshape(-1, WIDTH).round(2)
    return Offsets(
        {kind: round(float(np.exp(best[size + n])), 2) for kind, n in scale.items()},
        dict(zip(rows, table, strict=True)),
    )


def _thinned(one: Example) -> Example:
    days = slice(one.truth % STEP, None, STEP)
    return replace(one, bins=one.bins[:, days], bounds=one.bounds[:, days], truth=one.truth // STEP)


def check(found: Sequence[Example]) -> None:
    """Prints what articles get whose publisher, or whose whole corpus, the fit has not seen."""
    fold = [zlib.crc32(one.group.encode()) % FOLDS for one in found]
    told: list[tuple[str, Told]] = []
    for n in range(FOLDS):
        offsets = fit([one for one, f in zip(found, fold, strict=True) if f != n and one.corpus != "own"])
        told += [(one.corpus, _told(one, offsets)) for one, f in zip(found, fold, strict=True) if f == n]
    for corpus in dict.fromkeys(one.corpus for one in found):
        _print(f"{corpus}, folds", [t for of, t in told if of == corpus])
    for corpus in ("PolNeAR", "TimeBank", "Reuters"):
        offsets = fit([one for one in found if one.corpus not in (corpus, "own")])
        _print(f"{corpus} by the others", [_told(one, offsets) for one in found if one.corpus == corpus])


@dataclass(frozen=True, slots=True)
class Told:
    """What an article gets: log probability of the true day, days of its range (0: none), whether it holds
    the true day.
    """

    likely: float
    days: int
    right: bool


def _told(one: Example, offsets: Offsets) -> Told:
    weights = np.zeros(one.bounds.shape[1])
    for kind, bound in zip(one.kinds, one.bounds, strict=True):
        weights += offsets.scales.get(kind, 1.0) * bound
    for rows, bins in zip(one.rows, one.bins, strict=True):
        for row in rows:
            if row in offsets.rows:
                weights += offsets.rows[row][bins]
    likely = weights[one.truth] - weights.max() - np.log(KEPT * np.exp(weights - weights.max()).sum())
    found = dating.answer(np.repeat(weights, KEPT)[: d.SIZE])
    true = day_range(d.day(one.truth * KEPT + 1))
    if found is None:
        return Told(float(likely), 0, right=False)
    return Told(float(likely), found[0].days or 0, found[0].overlaps(true))


def _print(name: str, told: Sequence[Told]) -> None:
    print(f"{name}: {len(told)} articles, {np.mean([t.likely for t in told]):.2f} nats", flush=True)
    cells = []
    for limit in (10, 31, 92, d.SIZE):
        right = [t.right for t in told if 0 < t.days <= limit]
        cells.append(f"{len(right) / len(told):6.1%} {np.mean(right or [0]):5.1%}")
    print("  of at most 10, 31, 92, any days, and right:", " | ".join(cells), flush=True)


def _head(found: Sequence[Example]) -> str:
    years = sorted({one.year for one in found})
    return HEAD.format(articles=len(found), years=f"{years[0]} to {years[-1]}")


def _lines(offsets: Offsets) -> Iterator[str]:
    for kind, scale in sorted(offsets.scales.items()):
        yield f"scale {kind},{scale:g}\n"
    for row, weights in sorted(offsets.rows.items()):
        yield f"{row},{'|'.join(f'{w + 0.0:g}' for w in weights)}\n"


if __name__ == "__main__":
    sys.exit(main())
