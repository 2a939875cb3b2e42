"""How a build grows with its pile: time, memory, workers, adding: `python -m evals.growth FILE.jsonl`.

    python -m evals.growth FILE.jsonl [--sizes 1000 5000 20000] [--place FOLDER]
                           [--history FILE --date YYYY-MM-DD]

Builds the first so many articles of a file with `--fast`, each in a process of its own, and prints CPU-
seconds, peak memory and the exponent that fits them (1: time grows with the pile); adds ten articles to
the smallest and to the largest record and to an empty one; starts `onrecord --help`. Two workers are
compared with one by the clock on the wall, so only a free machine gives a true figure.

On one core a thousand wire stories take some 80 CPU-seconds, so 20,000 take half an hour. With `--place`
records and figures stay in a folder, and a run that was broken off goes on behind the last figure.
"""

from __future__ import annotations

import argparse
import json
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
_SOME_NOT_READ = 3
"""Exit code of a build that left some articles out with a reason."""


class Cost(NamedTuple):
    """What a command took, with its worker processes."""

    wall: float
    cpu: float
    memory: float
    """Peak of the process itself, in MB."""


def cost(*arguments: str) -> Cost:
    """Runs `onrecord` with arguments.

    Raises:
        SystemExit: it failed; that some articles could not be read (exit code 3) is said, and no failure.
    """
    begun = time.monotonic()
    python = os.environ | {"OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "onrecord.serve.cli", *arguments]
    process = subprocess.Popen(command, env=python, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == _SOME_NOT_READ:
        print(f"onrecord {' '.join(arguments)}: some articles could not be read", file=sys.stderr)
    elif code:
        raise SystemExit(f"onrecord {' '.join(arguments)}: exit code {code}")
    return Cost(time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of time over size, both as logarithms, by least squares."""
    xs, ys = [math.log(n) for n in sizes], [math.log(s) for s in seconds]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


class Bench:
    """Figures by name, kept in a folder with the records that they were taken from."""

    def __init__(self, pile: Path, place: Path) -> None:
        self.pile, self.place = pile, place
        self._kept = place / "figures.json"
        told = self._kept.read_text(encoding="utf-8") if self._kept.exists() else "{}"
        self.figures: dict[str, float] = json.loads(told)

    def costs(self, name: str, record: str, *command: str) -> dict[str, float]:
        """CPU, wall and memory of a command that writes a record, or as they are known already."""
        names = [f"{name} {what}" for what in Cost._fields]
        if names[0] not in self.figures:
            if command[0] == "build":
                for suffix in ("", "-wal", "-shm"):  # of a run that was broken off
                    (self.place / f"{record}{suffix}").unlink(missing_ok=True)
            self._keep(names, cost(*command))
        return dict(zip(Cost._fields, (self.figures[n] for n in names), strict=True))

    def build(self, size: int, record: str, *options: str) -> dict[str, float]:
        """What a build of the first articles takes."""
        pile, target = str(self.first(size)), str(self.place / record)
        return self.costs(f"build {record}", record, "build", pile, "-o", target, "--fast", *options)

    def first(self, size: int) -> Path:
        """The first so many articles as a file."""
        some = self.place / f"{size}.jsonl"
        some.write_text("".join(_lines(self.pile, 0, size)), encoding="utf-8")
        return some

    def _keep(self, names: Sequence[str], values: Sequence[float]) -> None:
        self.figures |= {name: round(value, 3) for name, value in zip(names, values, strict=True)}
        self._kept.write_text(json.dumps(self.figures), encoding="utf-8")


def measure(pile: Path, sizes: Sequence[int], place: Path) -> Iterator[tuple[str, float]]:
    """Figures by name, each as soon as it is known."""
    bench = Bench(pile, place)
    yield "help cpu", cost("--help").cpu
    start = bench.build(1, "one.db")["cpu"]
    yield "start cpu", start
    seconds: list[float] = []
    for size in sizes:
        of = bench.build(size, f"{size}.db")
        seconds.append(of["cpu"] - start)
        yield f"build {size} cpu", of["cpu"]
        yield f"build {size} memory", of["memory"]
    if len(sizes) > 1:
        yield "exponent", exponent(sizes, seconds)
    more = place / "more.jsonl"
    more.write_text("".join(_lines(pile, sizes[-1], sizes[-1] + ADDED)), encoding="utf-8")
    added = ("build", str(more), "-o", str(place / "empty.db"), "--fast")
    empty = bench.costs("add to 0", "empty.db", *added)["cpu"]
    yield f"add {ADDED} to 0 cpu", empty
    for size in dict.fromkeys((sizes[0], sizes[-1])):
        of = bench.costs(f"add to {size}", f"{size}.db", "add", str(place / f"{size}.db"), str(more))
        yield f"add {ADDED} to {size} cpu", of["cpu"]
        yield f"add {ADDED} to {size} times", of["cpu"] / empty
    one, two = (bench.build(sizes[0], f"w{n}.db", "--workers", n)["wall"] for n in "12")
    yield "two workers", one / two


def _lines(pile: Path, first: int, last: int) -> list[str]:
    with pile.open(encoding="utf-8") as file:
        return list(islice(file, first, last))


def main() -> None:
    """Prints figures as they come, and keeps them where a history is named."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("pile", type=Path)
    given.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000, 20000])
    given.add_argument("--place", type=Path, help="keep records and figures there, and go on from them")
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
    with tempfile.TemporaryDirectory() as folder:
        place = chosen.place or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        for name, value in measure(chosen.pile, sorted(chosen.sizes), place):
            figures[name] = round(value, 3)
            print(f"{name:28} {value:10.3f}", flush=True)
    if chosen.history:
        with chosen.history.open("a", encoding="utf-8") as file:
            file.write(history_row(figures, day=chosen.date, fast=True, what="growth") + "\n")


if __name__ == "__main__":
    main()
