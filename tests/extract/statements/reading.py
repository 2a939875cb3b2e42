"""Cases as lines: what a text says, against what the extractor reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from onrecord.annotate import syntax
from onrecord.extract import statements
from onrecord.facts.issues import Taxonomy
from onrecord.settings import LANGUAGE_MODEL, Settings
from onrecord.types import Acquired, Article, Parsed, Passage, Statement

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One line: a text, and what is expected of it."""

    file: str
    number: int
    text: str
    expected: tuple[tuple[str, ...], ...]
    fails: bool = False
    """A known failure: the test fails when it begins to work, so that the mark is taken off."""

    @property
    def name(self) -> str:
        return f"{self.file}:{self.number}"


def cases(file: str) -> Iterator[Case]:
    for number, line in enumerate((CASES / f"{file}.txt").read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        text, *told = line.removeprefix("!").split("|||")
        expected = tuple(tuple(part.strip() for part in one.split(" ; ")) for one in told)
        expected = tuple(tuple(p.strip(" ;") for p in one) for one in expected)
        yield Case(file, number, text.strip().replace("\\n", "\n"), expected, line.startswith("!"))


def article(text: str, name: str = "case", authors: tuple[str, ...] = ("Ida Author",)) -> Acquired:
    """A text whose lines are all body."""
    body = tuple(Passage(start=m.start(), end=m.end(), role="body") for m in re.finditer(r"\S[^\n]*", text))
    return Acquired(article=Article(id=name, path=name, text=text, authors=authors), passages=body)


@lru_cache(maxsize=1)
def read_all() -> dict[str, tuple[Statement, ...]]:
    """Statements of every case by name, parsed in one go."""
    known = [c for file in sorted(p.stem for p in CASES.glob("*.txt")) for c in cases(file)]
    return {p.article.id: read(p) for p in parse([article(c.text, c.name) for c in known])}


def parse(acquired: list[Acquired]) -> list[Parsed]:
    return list(syntax.parse(acquired, LANGUAGE_MODEL))


def read(parsed: Parsed) -> tuple[Statement, ...]:
    settings = Settings(fast=True)
    return statements.extract(parsed, statements.attributor(settings), Taxonomy.load(()), settings)
