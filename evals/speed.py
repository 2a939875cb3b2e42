"""How fast a build is, stage by stage, against bare spaCy on the same texts in the same run.

    python -m evals.speed FOLDER [--limit N] [--fast]

Prints articles and words per CPU-second, each stage's share, the ratio to bare `spacy.pipe` with its default
pipes, and peak memory. One process, one thread; figures are CPU-seconds, so a busy machine matters little.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import spacy

from onrecord import acquire, building, pipeline
from onrecord.annotate import names, syntax, times
from onrecord.extract import agreements, disputes, events, issues, meetings, statements
from onrecord.link import actors, dating
from onrecord.settings import Settings
from onrecord.types import Acquired

STAGES: list[tuple[Any, str]] = [
    (times, "recognise"), (times, "normalise"), (names, "find"), (dating, "date_article"),
    (actors, "resolve"), (statements, "extract"), (events, "extract"), (meetings, "extract"),
    (agreements, "extract"), (disputes, "extract"), (issues, "weigh"),
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


def bare(texts: list[str], model: str) -> float:
    """CPU-seconds of spaCy alone, with all its default pipes."""
    nlp = spacy.load(model)
    list(nlp.pipe(texts[:2]))
    started = time.process_time()
    for _ in nlp.pipe(texts, batch_size=syntax.BATCH):
        pass
    return time.process_time() - started


def ours(acquired: list[Acquired], settings: Settings, clock: Clock) -> float:
    """CPU-seconds of reading; the syntax stage is what remains when the others are taken off."""
    tools = pipeline.Tools.load(settings)
    list(pipeline.read(acquired[:2], tools))
    for module, name in STAGES:
        clock.wrap(module, name)
    started = time.process_time()
    for _ in pipeline.read(acquired, tools):
        pass
    total = time.process_time() - started
    clock.spent["annotate.syntax.parse"] = total - sum(clock.spent.values())
    return total


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--fast", action="store_true")
    chosen = parser.parse_args()
    settings = Settings(fast=chosen.fast)
    started = time.process_time()
    found: Iterator[Any] = acquire.read([str(chosen.folder)], settings=settings)
    acquired = [a for a in islice(found, chosen.limit) if isinstance(a, Acquired)]
    clock = Clock()
    acquiring = time.process_time() - started
    words = sum(len(a.article.text.split()) for a in acquired)
    alone = bare([a.article.text for a in acquired], settings.language_model)
    reading = ours(acquired, settings, clock)
    clock.spent["acquire.read"] = acquiring
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        coverage = building.build([str(chosen.folder)], Path(folder) / "r.db", settings=settings)
        whole = time.process_time() - started
    if chosen.limit is None:
        clock.spent["record and merge"] = whole - reading - acquiring
    print(f"Python {platform.python_version()}, spaCy {spacy.__version__}, {platform.machine()}")
    print(f"{len(acquired)} articles, {words:,} words; bare spaCy {words / alone:,.0f} words per CPU-second")
    for label, spent in sorted(clock.spent.items(), key=lambda item: -item[1]):
        print(f"  {label:32} {spent:8.2f} s  {spent / alone:6.3f} of bare spaCy")
    print(
        f"reading: {words / reading:,.0f} words per CPU-second, {alone / reading:.2f} of bare spaCy's speed"
    )
    if chosen.limit is None:
        print(f"whole build: {len(acquired) / whole:.1f} articles, {words / whole:,.0f} words per CPU-second")
        print(f"whole build: {alone / whole:.2f} of bare spaCy's speed")
        print(f"coverage: {coverage.lines()[0] if coverage.lines() else ''}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
