"""The taxonomy of issues: what is at stake between states, and the words that show it.

The table is `tables/issues.csv`; users add tables of the same columns, whose rows win over ours by id.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import msgspec

from onrecord.facts.table import TABLES, read_table
from onrecord.types import Span

# Letters and digits, with inner dots, hyphens, apostrophes and a closing plus: U.N, S-400, Iran's, OPEC+
_WORD = re.compile(r"\w+(?:[.'\-]\w+)*\+?")
# What may follow a term within one word: Iran's, Iran-backed
_TAIL = re.compile(r"(?:'s?|-[a-z].*)$")


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """One issue: id, neutral label, and the terms that show it (see the head of the table)."""

    id: str
    label: str
    terms: tuple[str, ...] = ()


class Hit(msgspec.Struct, frozen=True):
    """A term found in a text: characters [start, end) of it, and the issue it shows."""

    issue: str
    span: Span


class _Word:
    """One word of a term: `*` alone stands for one or two words, a closing or inner `*` for any letters."""

    __slots__ = ("any", "capitals", "exact", "pattern")

    def __init__(self, written: str) -> None:
        self.any = written == "*"
        # two capitals or more, no small letter: an abbreviation, so `ICE` is not `ice`
        self.capitals = sum(c.isupper() for c in written) > 1 and not any(c.islower() for c in written)
        folded = written if self.capitals else written.lower()
        self.exact = None if "*" in folded else folded
        self.pattern = re.compile(re.escape(folded).replace(r"\*", r"[\w\-']*"))

    def fits(self, word: str) -> bool:
        told = word if self.capitals else word.lower()
        if self.exact is not None:
            return told == self.exact or _TAIL.sub("", told) == self.exact
        return self.pattern.fullmatch(told) is not None


class _Term:
    __slots__ = ("issue", "words")

    def __init__(self, issue: str, written: str) -> None:
        self.issue = issue
        self.words = tuple(_Word(w.rstrip(".")) for w in written.replace("’", "'").split())

    def length_at(self, words: list[str], at: int) -> int:
        """How many of the words from `at` on the term covers; 0 when it does not fit."""
        return _fit(self.words, words, at) - at


def _fit(pattern: tuple[_Word, ...], words: list[str], at: int) -> int:
    """The index after the last word covered, or `at` where the pattern's start does not fit."""
    i = at
    for n, wanted in enumerate(pattern):
        if wanted.any:
            for skip in (1, 2):
                rest = _fit(pattern[n + 1 :], words, i + skip)
                if rest > i + skip:
                    return rest
            return at
        if i >= len(words) or not wanted.fits(words[i]):
            return at
        i += 1
    return i


class Taxonomy:
    """All issues, with one matcher over their terms."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues: Mapping[str, Issue] = MappingProxyType({i.id: i for i in issues})
        self._seen: dict[str, tuple[_Term, ...]] = {}

    @classmethod
    def load(cls, extra_paths: Iterable[Path] = ()) -> Taxonomy:
        """Our table and then each further one; a later row with a known id replaces the earlier.

        Raises:
            UsageError: a table cannot be read.
        """
        return cls(row for path in (TABLES / "issues.csv", *extra_paths) for row in read_table(path, Issue))

    def label(self, issue: str) -> str:
        """The issue's label; an id that no table knows is its own label."""
        known = self.issues.get(issue)
        return known.label if known else issue.replace("_", " ").capitalize()

    def find(self, name: str) -> str | None:
        """The id for an id, a label or a term as a person types it; None when nothing fits."""
        told = name.strip().lower()
        by_label = {i.label.lower(): i.id for i in self.issues.values()}
        direct = told.replace(" ", "_").replace("-", "_")
        if direct in self.issues:
            return direct
        tagged = self.tag(name)
        return by_label.get(told) or (tagged[0] if tagged else None)

    def hits(self, text: str) -> Iterator[Hit]:
        """Terms in text order; at one place the longest term of each issue, and never two that overlap."""
        found = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text.replace("’", "'"))]
        words = [w for w, _, _ in found]
        free: dict[str, int] = {}
        for at, word in enumerate(words):
            longest: dict[str, int] = {}
            for term in self._starting_with(word):
                covered = term.length_at(words, at)
                if covered > longest.get(term.issue, 0):
                    longest[term.issue] = covered
            for issue, covered in longest.items():
                if at >= free.get(issue, 0):
                    free[issue] = at + covered
                    yield Hit(issue, Span(found[at][1], found[at + covered - 1][2]))

    def tag(self, text: str) -> tuple[str, ...]:
        """Ids of the issues a text names, most named first, then in order of appearance."""
        counted = Counter(hit.issue for hit in self.hits(text))
        return tuple(issue for issue, _ in counted.most_common())

    def weights(self, texts: Iterable[str]) -> dict[str, float]:
        """Each issue's share of all issue terms in the texts, largest first; empty when there is none."""
        counted = Counter(hit.issue for text in texts for hit in self.hits(text))
        total = counted.total()
        return {issue: n / total for issue, n in sorted(counted.items(), key=lambda c: (-c[1], c[0]))}

    def _starting_with(self, word: str) -> tuple[_Term, ...]:
        """Terms whose first word fits; words come again and again, so the answer is kept."""
        known = self._seen.get(word)
        if known is None:
            key = word[:2].lower()
            known = tuple(t for t in self._by_start.get(key, ()) if t.words[0].fits(word))
            self._seen[word] = known
        return known

    @cached_property
    def _by_start(self) -> dict[str, list[_Term]]:
        """Terms by the first two letters, so that an unseen word meets a few of them only."""
        starts: dict[str, list[_Term]] = {}
        for issue in self.issues.values():
            for written in issue.terms:
                starts.setdefault(written[:2].lower(), []).append(_Term(issue.id, written))
        return starts
