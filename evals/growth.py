"""How a build grows with its pile: time, memory, workers, adding: `python -m evals.growth FILE.jsonl`.

    python -m evals.growth FILE.jsonl [--sizes 1000 5000 20000] [--history FILE --date YYYY-MM-DD]

Builds the first so many articles of a file with `--fast`, each in a process of its own, and prints CPU-
seconds, peak memory and the exponent that fits them (1: time grows with the pile); adds ten articles to
the smallest and to the largest record and to an empty one; starts `onrecord --help`. Two workers are
compared with one by the clock on the wall, so only a free machine gives a true figure.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from evals.speed import history_row

ADDED = 10


class Cost(NamedTuple):
    """What a command took, with its worker processes."""

    wall: float
    cpu: float
    memory: float
    """Peak of the process itself, in MB."""


def cost(*arguments: str) -> Cost:
    """Runs `onrecord` with arguments.

    Raises:
        SystemExit: it failed.
    """
    begun = time.monotonic()
    python = os.environ | {"OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "onrecord.serve.cli", *arguments]
    process = subprocess.Popen(command, env=python, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"onrecord {' '.join(arguments)}: exit code {os.waitstatus_to_exitcode(status)}")
    return Cost(time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of time over size, both as logarithms, by least squares."""
    xs, ys = [math.log(n) for n in sizes], [math.log(s) for s in seconds]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def measure(pile: Path, sizes: Sequence[int], place: Path) -> Iterator[tuple[str, float]]:
    """Figures by name, each as soon as it is known."""
    yield "help cpu", cost("--help").cpu
    seconds: list[float] = []
    start = cost("build", str(_first(pile, 1, place)), "-o", str(place / "one.db"), "--fast").cpu
    yield "start cpu", start
    for size in sizes:
        of = cost(
            "build",
            str(_first(pile, size, place)),
            "-o",
            str(place / f"{size}.db"),
            "--fast",
        )
        seconds.append(of.cpu - start)
        yield f"build {size} cpu", of.cpu
        yield f"build {size} memory", of.memory
    if len(sizes) > 1:
        yield "exponent", exponent(sizes, seconds)
    more = place / "more.jsonl"
    more.write_text("".join(_lines(pile, sizes[-1], sizes[-1] + ADDED)), encoding="utf-8")
    empty = cost("build", str(more), "-o", str(place / "empty.db"), "--fast").cpu
    yield f"add {ADDED} to 0 cpu", empty
    for size in dict.fromkeys((sizes[0], sizes[-1])):
        yield (
            f"add {ADDED} to {size} cpu",
            cost("add", str(place / f"{size}.db"), str(more)).cpu,
        )
    few = str(_first(pile, sizes[0], place))
    walls = [cost("build", few, "-o", str(place / f"w{n}.db"), "--fast", "--workers", n).wall for n in "12"]
    yield "two workers", walls[0] / walls[1]


def _lines(pile: Path, first: int, last: int) -> list[str]:
    with pile.open(encoding="utf-8") as file:
        return list(islice(file, first, last))


def _first(pile: Path, size: int, place: Path) -> Path:
    some = place / f"{size}.jsonl"
    some.write_text("".join(_lines(pile, 0, size)), encoding="utf-8")
    return some


def main() -> None:
    """Prints figures as they come, and keeps them where a history is named."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("pile", type=Path)
    given.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000, 20000])
    given.add_argument(
        "--history",
        type=Path,
        help="append a line of figures to this file; needs --date",
    )
    given.add_argument("--date", type=date.fromisoformat, help="the day to write into the history")
    chosen = given.parse_args()
    if chosen.history and not chosen.date:
        given.error("--history needs --date YYYY-MM-DD: the clock is not asked")
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as place:
        for name, value in measure(chosen.pile, sorted(chosen.sizes), Path(place)):
            figures[name] = round(value, 3)
            print(f"{name:28} {value:10.3f}", flush=True)
    if chosen.history:
        with chosen.history.open("a", encoding="utf-8") as file:
            file.write(history_row(figures, day=chosen.date, fast=True, what="growth") + "\n")


if __name__ == "__main__":
    main()
