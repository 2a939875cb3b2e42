"""Reads sentences up to their events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from onrecord import pipeline
from onrecord.annotate import syntax
from onrecord.extract import events
from onrecord.settings import Settings
from onrecord.types import Acquired, Article, Parsed, Passage, Statement, day_range

Read = Callable[..., tuple[Parsed, events.Coded]]


@pytest.fixture(scope="session")
def read() -> Read:
    """A function from a text (and its day, and statements) to the parsed article and its events."""
    tools = pipeline.Tools.load(Settings(attributor="rules"))

    def reading(
        text: str, *, published: date | None = None, statements: tuple[Statement, ...] = ()
    ) -> tuple[Parsed, events.Coded]:
        article = Article(
            id="a", path="a.txt", text=text, published=published,
            published_basis="given" if published else "unknown",
            published_range=day_range(published) if published else None,
        )  # fmt: skip
        one = Acquired(article=article, passages=(Passage(start=0, end=len(text), role="body"),))
        parsed = next(iter(syntax.parse([one], tools.settings.language_model)))
        linked = pipeline.link(pipeline.annotate(parsed, tools), tools)
        return linked, events.extract(linked, statements, tools.settings, tools.taxonomy)

    return reading
