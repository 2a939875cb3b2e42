"""How well onrecord reads a user's own hand-coded sample: `onrecord evaluate`.

Each task reads the texts as the public route does up to the rows in question, with nothing known but the text
(times also know its date), and compares them with the gold of one coder; where texts have several coders,
their agreement is told beside. Definitions: `onrecord.measure`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.acquire import passages as labelling
from onrecord.annotate import syntax, times
from onrecord.errors import UsageError
from onrecord.extract import events, statements
from onrecord.measure import agreement, attributions, gold, misses
from onrecord.measure import events as coding
from onrecord.measure import passages as cleaning
from onrecord.measure import times as timing
from onrecord.measure.attributions import MEASURES, Roles
from onrecord.measure.gold import Document
from onrecord.measure.report import Miss
from onrecord.measure.scores import Score, scores
from onrecord.settings import Settings
from onrecord.types import READ_ROLES, Acquired, Article, Parsed, Passage

Counts = Sequence[Sequence[float]]
"""[right, told, due] of each measure, for one text."""
Results = Iterator[tuple[Counts, list[Miss]]]


@dataclass
class Evaluation:
    """What was measured on a sample."""

    task: str
    texts: int
    coders: tuple[str, ...]
    coder: str | None
    """Whose coding is the gold where texts have several; None: of each text the first by name."""
    scores: list[Score]
    shared: int
    """Texts with more than one coder: those that agreement is told of."""
    agreement: Mapping[str, float | None]
    """Krippendorff's alpha by what was coded; empty where no text has two coders."""
    misses: list[Miss]
    kinds: tuple[str, ...]
    """Classes of misses."""
    sure: list[tuple[float, bool]] = field(default_factory=list)
    """Confidence and whether it was right, of each answer that has one."""


@dataclass(frozen=True)
class Task:
    """One thing that can be measured."""

    read: Callable[[Path], list[Document[Any]]]
    agree: Callable[[Iterable[Document[Any]]], dict[str, float | None]]
    run: Callable[[list[Document[Any]], str | None, Settings, Evaluation], Results]
    measures: Callable[[list[Document[Any]]], tuple[str, ...]]
    kinds: tuple[str, ...]
    recall_only: tuple[str, ...] = ()


def evaluate(
    task: str, path: Path | str, *, settings: Settings | None = None, coder: str | None = None
) -> Evaluation:
    """Measures a task on a sample.

    Args:
        task: statements, events, times or passages.
        path: the gold; `onrecord.measure.gold` tells the formats of each task.
        settings: as for a build.
        coder: whose coding is the gold; otherwise of each text the coder whose name comes first.

    Raises:
        UsageError: no such task or coder, or the gold cannot be read; says where and why.
    """
    if task not in TASKS:
        raise UsageError.unknown("task", task, TASKS)
    path = Path(path)
    if not path.exists():
        raise UsageError(f"no gold at {path}; give a folder or file of hand-coded texts")
    chosen = TASKS[task]
    documents = chosen.read(path)
    coders = tuple(sorted({c for d in documents for c in d.by}))
    if coder is not None and coder not in coders:
        raise UsageError.unknown("coder", coder, coders)
    shared = sum(len(d.by) > 1 for d in documents)
    told = Evaluation(
        task=task, texts=len(documents), coders=coders, coder=coder, scores=[], misses=[],
        kinds=chosen.kinds,
        shared=shared, agreement=chosen.agree(documents) if shared else {},
    )  # fmt: skip
    counts = []
    for one, missed in chosen.run(documents, coder, settings or Settings(), told):
        counts.append(one)
        told.misses += missed
    names = chosen.measures(documents)
    told.scores = scores(names, np.array(counts, float), recall_only=chosen.recall_only)
    return told


# --- statements ------------------------------------------------------------------------------------------


def parse(texts: Iterable[tuple[str, str]], settings: Settings) -> Iterator[Parsed]:
    """(name, text) → the article with its passages labelled and its syntax, nothing else known."""
    given = (
        Acquired(article=Article(id=name, path=name, text=text), passages=labelling.label(text))
        for name, text in texts
    )
    return syntax.parse(given, settings.language_model)


def _statements(
    documents: list[Document[attributions.Gold]], coder: str | None, settings: Settings, told: Evaluation
) -> Results:
    """The author's own assessments are left out: the coding of attributions does not know them."""
    finder = statements.attributor(settings)
    parsed = parse(((d.name, d.text) for d in documents), settings)
    for document, one in zip(documents, parsed, strict=True):
        due = document.of(coder)
        found = finder.attributions(one)
        roles = [Roles.of(a) for a in found]
        fits = attributions.judged(due, roles)
        told.sure += [(a.confidence, fit) for a, fit in zip(found, fits, strict=True) if fit is not None]
        counts = attributions.tally(due, roles)
        yield counts.tolist(), list(misses.of_statements(document.name, due, roles))


# --- events ----------------------------------------------------------------------------------------------


def _events(
    documents: list[Document[tuple[coding.Coding, ...]]],
    coder: str | None,
    settings: Settings,
    _: Evaluation,
) -> Results:
    """Each text is read as one passage of body, up to its events."""
    from onrecord import pipeline

    tools = pipeline.Tools.load(settings)
    count = coding.by_trigger if coding.has_triggers(documents) else coding.by_text
    texts = ((d.name, d.text) for d in documents)
    parsed = syntax.parse((whole(name, text) for name, text in texts), settings.language_model)
    for document, one in zip(documents, parsed, strict=True):
        linked = pipeline.link(pipeline.annotate(one, tools), tools)
        found, made = events.extract(linked, (), settings)
        told = coding.codings(found, {**linked.actors, **made})
        due = document.of(coder)
        yield count(due, told), list(misses.of_events(document.name, document.text, due, told))


def whole(name: str, text: str, **more: Any) -> Acquired:
    """A text all of which is body."""
    article = Article(id=name, path=name, text=text, **more)
    return Acquired(article=article, passages=(Passage(start=0, end=len(text), role="body"),))


# --- times -----------------------------------------------------------------------------------------------


def _times(
    documents: list[Document[tuple[timing.Timex, ...]]], coder: str | None, settings: Settings, _: Evaluation
) -> Results:
    given = (timing.acquired(d.name, d.text, d.published) for d in documents)
    parsed = syntax.parse(given, settings.language_model)
    for document, one in zip(documents, parsed, strict=True):
        due, found = document.of(coder), times.normalise(times.recognise(one)).times
        yield timing.tally(due, found), list(misses.of_times(document.name, document.text, due, found))


# --- passages --------------------------------------------------------------------------------------------


def _passages(
    documents: list[Document[gold.Strings]], coder: str | None, _: Settings, __: Evaluation
) -> Results:
    for document in documents:
        found = labelling.label(document.text, title=document.title)
        kept = "\n".join(document.text[p.start : p.end] for p in found if p.role in READ_ROLES)
        due = document.of(coder)
        counts = [cleaning.count(due.within, due.without, kept)[:3]]
        yield counts, list(misses.of_passages(document.name, document.text, due, kept))


TASKS: Mapping[str, Task] = {
    "statements": Task(
        read=gold.statements,
        agree=agreement.of_statements,
        run=_statements,
        measures=lambda _: MEASURES,
        kinds=misses.STATEMENTS,
        recall_only=tuple(m for m in MEASURES if m.startswith("recall")),
    ),
    "events": Task(
        read=gold.events,
        agree=agreement.of_events,
        run=_events,
        measures=coding.measures,
        kinds=misses.EVENTS,
        recall_only=coding.RECALL_ONLY,
    ),
    "times": Task(
        read=gold.times,
        agree=agreement.of_times,
        run=_times,
        measures=lambda _: timing.MEASURES,
        kinds=misses.TIMES,
    ),
    "passages": Task(
        read=gold.passages,
        agree=agreement.of_passages,
        run=_passages,
        measures=lambda _: ("strings of the article",),
        kinds=misses.PASSAGES,
    ),
}
"""What can be measured."""
