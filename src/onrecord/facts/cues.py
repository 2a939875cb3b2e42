"""Words that introduce statements: which act each performs, and in which frames it introduces one.

The table holds single words with two kinds of fact about each: the act (set by hand, see docs/codebook), and
for every syntactic frame how often the word, standing in it, was found to introduce a statement in annotated
political news (hits and cases counted outside quotation marks).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

from onrecord.errors import UsageError
from onrecord.facts.table import TABLES, read_table
from onrecord.types import Act

CUES = TABLES / "cues.csv"


class CueRow(msgspec.Struct, frozen=True):
    """A line of tables/cues.csv."""

    lemma: str
    pos: str
    """`verb`, `noun`, `adj` or `prep`."""
    act: Act = "say"
    frames: tuple[str, ...] = ()
    """`clause:0.95`: frame and rate."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One word in one part of speech."""

    lemma: str
    pos: str
    act: Act
    frames: Mapping[str, float]
    """Frame → share of its uses there that introduce a statement, 0 … 1."""


@dataclass(frozen=True)
class Cues:
    """All cue words, by part of speech and lemma."""

    rows: Mapping[tuple[str, str], Cue]

    @classmethod
    def load(cls, path: Path = CUES) -> Cues:
        """Reads a table of cues.

        Raises:
            UsageError: the table cannot be read, or a frame is not `name:rate`.
        """
        return cls({(row.pos, row.lemma): _cue(row, path) for row in read_table(path, CueRow)})

    def get(self, pos: str, lemma: str) -> Cue | None:
        return self.rows.get((pos, lemma))

    def act(self, pos: str, lemma: str) -> Act | None:
        """The act a word performs, None when the table does not hold it."""
        found = self.rows.get((pos, lemma))
        return found.act if found else None


def _cue(row: CueRow, path: Path) -> Cue:
    frames = {}
    for cell in row.frames:
        name, _, rate = cell.rpartition(":")
        try:
            frames[name] = float(rate)
        except ValueError as error:
            raise UsageError(f"{path.name}, {row.lemma}: frame {cell!r} is not `name:rate`") from error
    return Cue(row.lemma, row.pos, row.act, frames)


class WordsRow(msgspec.Struct, frozen=True):
    """A line of tables/cue_words.csv."""

    group: str
    words: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def groups() -> Mapping[str, frozenset[str]]:
    """Small groups of words that change what a cue does (`hedges`, `negations` …), by name."""
    return {row.group: frozenset(row.words) for row in read_table(TABLES / "cue_words.csv", WordsRow)}


@lru_cache(maxsize=1)
def shipped() -> Cues:
    """The table that ships, read once."""
    return Cues.load()
