"""How fast a build is, stage by stage, against bare spaCy on the same texts in the same run.

    python -m evals.speed FOLDER [--limit N] [--fast] [--history FILE --date YYYY-MM-DD]

Prints articles and words per CPU-second, each stage's share, the ratio to bare `spacy.pipe` with its default
pipes, and peak memory. One process, one thread; figures are CPU-seconds, so a busy machine matters little.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import spacy

from onrecord import acquire, building, pipeline
from onrecord.annotate import names, syntax, times
from onrecord.extract import agreements, disputes, events, issues, meetings, statements
from onrecord.link import actors, dating, places
from onrecord.settings import Settings
from onrecord.types import Acquired

STAGES: list[tuple[Any, str]] = [
    (times, "recognise"), (times, "normalise"), (names, "find"), (dating, "date_article"),
    (actors, "resolve"), (places, "locate"), (statements, "extract"), (events, "extract"),
    (meetings, "extract"), (agreements, "extract"), (disputes, "extract"), (issues, "weigh"),
]  # fmt: skip


class Clock:
    """CPU-seconds by name."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def wrap(self, module: Any, name: str) -> None:
        """Counts what a function of a module spends; the pipeline calls it through the module."""
        inner: Callable[..., Any] = getattr(module, name)
        label = f"{module.__name__.removeprefix('onrecord.')}.{name}"

        def timed(*args: Any, **named: Any) -> Any:
            started = time.process_time()
            try:
                return inner(*args, **named)
            finally:
                self.spent[label] += time.process_time() - started

        setattr(module, name, timed)

    @contextmanager
    def watching(self, stages: Iterable[tuple[Any, str]]) -> Iterator[None]:
        """Counts the stages as long as it lasts, and puts them back as they were."""
        before = [(module, name, getattr(module, name)) for module, name in stages]
        for module, name, _ in before:
            self.wrap(module, name)
        try:
            yield
        finally:
            for module, name, inner in before:
                setattr(module, name, inner)


def bare(texts: list[str], model: str) -> float:
    """CPU-seconds of spaCy alone, with all its default pipes."""
    nlp = spacy.load(model)
    list(nlp.pipe(texts[:2]))
    started = time.process_time()
    for _ in nlp.pipe(texts, batch_size=syntax.BATCH):
        pass
    return time.process_time() - started


def ours(acquired: list[Acquired], settings: Settings) -> dict[str, float]:
    """CPU-seconds of reading by stage; the syntax stage is what remains when the others are taken off."""
    tools = pipeline.Tools.load(settings)
    list(pipeline.read(acquired[:2], tools))
    clock = Clock()
    with clock.watching(STAGES):
        started = time.process_time()
        for _ in pipeline.read(acquired, tools):
            pass
        total = time.process_time() - started
    return {**clock.spent, "annotate.syntax.parse": total - sum(clock.spent.values())}


@dataclass(frozen=True)
class Speed:
    """CPU-seconds of one run; `build` is None where only a part of the folder was read."""

    articles: int
    words: int
    bare: float
    acquire: float
    stages: dict[str, float]
    build: float | None
    memory: float
    """Peak, in MB."""

    @property
    def reading(self) -> float:
        return sum(self.stages.values())

    def lines(self) -> Iterator[str]:
        """For people."""
        told = self.figures()
        yield f"Python {platform.python_version()}, spaCy {version('spacy')}, {platform.machine()}"
        yield f"{self.articles} articles, {self.words:,} words"
        yield f"bare spaCy: {told['bare_words']:,.0f} words a CPU-second"
        spent = {**self.stages, "acquire.read": self.acquire}
        if self.build is not None:
            spent["record and merge"] = self.build - self.reading - self.acquire
        for label, seconds in sorted(spent.items(), key=lambda item: -item[1]):
            yield f"  {label:32} {seconds:8.2f} s  {seconds / self.bare:6.3f} of bare spaCy"
        yield f"reading: {told['read_words']:,.0f} words a CPU-second, {told['read']:.2f} of bare spaCy's"
        if self.build is not None:
            yield f"build: {told['build_words']:,.0f} words a CPU-second, {told['build']:.2f} of bare spaCy's"
            yield f"build: {self.articles / self.build:.1f} articles a CPU-second"
        yield f"peak memory {self.memory:,.0f} MB"

    def figures(self) -> dict[str, float]:
        """Words a CPU-second, speeds and stages against bare spaCy's speed and time, memory in MB."""
        told = {
            "articles": float(self.articles),
            "bare_words": self.words / self.bare,
            "read_words": self.words / self.reading,
            "read": self.bare / self.reading,
            "memory": self.memory,
        }
        if self.build is not None:
            told |= {"build_words": self.words / self.build, "build": self.bare / self.build}
        told |= {f"stage {name}": seconds / self.bare for name, seconds in sorted(self.stages.items())}
        return {name: round(value, 3) for name, value in told.items()}


def measure(folder: Path, settings: Settings, limit: int | None = None) -> Speed:
    """Reads a folder's articles with bare spaCy, by the route, and as a whole build."""
    started = time.process_time()
    found: Iterator[Any] = acquire.read([str(folder)], settings=settings)
    acquired = [a for a in islice(found, limit) if isinstance(a, Acquired)]
    acquiring = time.process_time() - started
    alone = bare([a.article.text for a in acquired], settings.language_model)
    stages = ours(acquired, settings)
    whole = None
    if limit is None:
        with tempfile.TemporaryDirectory() as place:
            started = time.process_time()
            building.build([str(folder)], Path(place) / "r.db", settings=settings)
            whole = time.process_time() - started
    return Speed(
        articles=len(acquired),
        words=sum(len(a.article.text.split()) for a in acquired),
        bare=alone,
        acquire=acquiring,
        stages=stages,
        build=whole,
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def history_line(told: Speed, *, day: date, fast: bool) -> str:
    """One line of JSON: when, on what, with which versions, and the figures."""
    return history_row(told.figures(), day=day, fast=fast)


def history_row(figures: dict[str, float], *, day: date, fast: bool, what: str = "speed") -> str:
    """Figures of any kind as a line of the history."""
    packages = ("onrecord", "spacy", "onnxruntime", "numpy")
    row = {
        "date": day.isoformat(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "versions": {"python": platform.python_version(), **{p: version(p) for p in packages}},
        "what": what,
        "fast": fast,
        "figures": figures,
    }
    return json.dumps(row)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--history", type=Path, help="append a line of figures to this file; needs --date")
    parser.add_argument("--date", type=date.fromisoformat, help="the day to write into the history")
    chosen = parser.parse_args()
    if chosen.history and not chosen.date:
        parser.error("--history needs --date YYYY-MM-DD: the clock is not asked")
    told = measure(chosen.folder, Settings(fast=chosen.fast), chosen.limit)
    print(*told.lines(), sep="\n")
    if chosen.history:
        with chosen.history.open("a", encoding="utf-8") as file:
            file.write(history_line(told, day=chosen.date, fast=chosen.fast) + "\n")


if __name__ == "__main__":
    main()
