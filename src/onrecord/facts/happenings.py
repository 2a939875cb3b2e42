"""Dated happenings between and within states: summits, accords, votes, attacks, 1985 to 2026.

A table of facts (`tables/happenings.csv`), read by dating (an article that tells of a summit was written
after it), by meetings (place and days of a summit that an article only names) and by users who add their own.
Dates are local dates at the place of the happening; `source` names a page that was opened, or `unverified`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import product
from pathlib import Path
from typing import NamedTuple

from onrecord.errors import UsageError
from onrecord.facts.table import TABLES, read_table
from onrecord.types import Range, Value

TABLE = TABLES / "happenings.csv"
UNVERIFIED = "unverified"
MAX_GAP = 90
"""Characters between two words of one alias (`G20+Hamburg`); beyond it they are no longer one name."""
WIDE_GAP = 350
"""Characters between two people who met and the place where they did: no name, but it tells the encounter."""
ENCOUNTERS = frozenset({"summit", "state_visit", "talks", "accord", "treaty"})
FAMILY_NAME_FIRST = frozenset(
    {"hu", "jiang", "kim", "lee", "li", "ma", "moon", "park", "roh", "wen", "xi", "yoon", "zhu"}
)

KINDS = frozenset(
    {
        "summit",
        "state_visit",
        "talks",
        "call",
        "accord",
        "treaty",
        "election",
        "vote",
        "convention",
        "debate",
        "attack",
        "war",
        "incident",
        "sanction",
        "test",
        "inauguration",
        "death",
        "crisis",
        "disaster",
        "resolution",
        "trial",
        "sport",
        "candidacy",
        "presumptive_nomination",
        "nomination",
        "affair",
        "deal",
        "rates",
        "award",
        "speech",
        "law",
        "ruling",
        "appointment",
        "resignation",
        "endorsement",
    }
)


_WORD = re.compile(r"\w+")
_WHOLE = re.compile(r"\w+(?![\w*])")
"""Words of an alias that a text must hold as they stand."""


class Happening(Value, frozen=True, kw_only=True):
    """One dated happening; `start` and `end` are local days, both inclusive."""

    id: str
    name: str
    kind: str
    start: date
    end: date
    aliases: tuple[str, ...] = ()
    """Further names; `G20+Hamburg` means both words, in any order, within `MAX_GAP` characters; `resign*` any
    word that starts so.
    """
    place: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-3 of the place."""
    states: tuple[str, ...] = ()
    """ISO3 of the states taking part (bilateral) or concerned; empty for large multilateral ones."""
    people: tuple[str, ...] = ()
    source: str = UNVERIFIED

    @property
    def range(self) -> Range:
        return Range(self.start, self.end)

    @property
    def verified(self) -> bool:
        """True when the row's source was opened."""
        return self.source != UNVERIFIED


class _Row(Value, frozen=True, kw_only=True):
    id: str
    name: str
    kind: str
    start: date
    end: date | None = None
    aliases: tuple[str, ...] = ()
    place: str | None = None
    country: str | None = None
    states: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    source: str = UNVERIFIED

    def happening(self, *, table: str) -> Happening:
        if self.kind not in KINDS:
            raise UsageError.unknown("kind of happening", self.kind, KINDS)
        end = self.end or self.start
        if end < self.start:
            raise UsageError(f"{table}, {self.id}: ends {end}, before it starts {self.start}")
        return Happening(
            id=self.id,
            name=self.name,
            kind=self.kind,
            start=self.start,
            end=end,
            aliases=self.aliases,
            place=self.place,
            country=self.country,
            states=self.states,
            people=self.people,
            source=self.source,
        )


class Named(NamedTuple):
    """A happening that a text names, and the characters [start, end) that name it."""

    happening: Happening
    start: int
    end: int


class _Alias(NamedTuple):
    """A way of naming a happening: parts that stand within `gap` characters of each other."""

    first: str
    """The first whole word of the first part."""
    words: frozenset[str]
    """All whole words."""
    parts: tuple[str, ...]
    gap: int
    happening: Happening


@dataclass(frozen=True, eq=False)
class Happenings:
    """All known happenings, in order of start and id."""

    rows: tuple[Happening, ...]
    _by_id: dict[str, Happening] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, extra: Iterable[Path] = ()) -> Happenings:
        """The shipped table and further ones; a later row with a known id replaces the earlier one.

        Raises:
            UsageError: a table cannot be read, a kind is unknown, or an end lies before its start.
        """
        by_id: dict[str, Happening] = {}
        for path in (TABLE, *extra):
            for row in read_table(path, _Row):
                by_id[row.id] = row.happening(table=path.name)
        return cls.of(by_id.values())

    @classmethod
    def of(cls, rows: Iterable[Happening]) -> Happenings:
        """Happenings made of given rows, for tests and callers with tables of their own."""
        ordered = tuple(sorted(rows, key=lambda h: (h.start, h.id)))
        return cls(ordered, {h.id: h for h in ordered})

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Happening]:
        return iter(self.rows)

    def by_id(self, happening_id: str) -> Happening | None:
        return self._by_id.get(happening_id)

    def between(self, days: Range) -> tuple[Happening, ...]:
        """Happenings that share at least one day with the range."""
        return tuple(h for h in self.rows if h.range.overlaps(days))

    def near(self, place: str, day: date, *, days: int = 3) -> tuple[Happening, ...]:
        """Happenings at a place (its name, any case) on, or at most `days` away from, a day."""
        window = Range(day - timedelta(days), day + timedelta(days))
        wanted = place.casefold()
        return tuple(
            h for h in self.rows if h.place and h.place.casefold() == wanted and h.range.overlaps(window)
        )

    def of_states(self, *states: str, kind: str | None = None) -> tuple[Happening, ...]:
        """Happenings that all the given states (ISO3) have part in."""
        return tuple(
            h for h in self.rows if set(states) <= set(h.states) and (kind is None or h.kind == kind)
        )

    def named_in(self, text: str) -> tuple[Named, ...]:
        """Happenings that a text names, in text order; one span may name several (then the text is not
        clear by itself, and the caller chooses by date).
        """
        low = text.lower()
        if len(low) != len(text):  # a few letters grow when lowered; offsets must not move
            low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        low = low.replace("’", "'")
        words = set(_WORD.findall(low))
        likely: dict[str, list[_Alias]] = {}
        for rarest in words & self._aliases.keys():  # most aliases fail on a word that the text does not hold
            for alias in self._aliases[rarest]:
                if alias.words <= words:
                    likely.setdefault(alias.first, []).append(alias)
        found: set[Named] = set()
        for first, aliases in likely.items():
            for at in _standing(low, first):
                for alias in aliases:
                    places = _places(low, alias.parts, at, alias.gap)
                    found.update(Named(alias.happening, *place) for place in places)
        return tuple(
            sorted(_shortest(found), key=lambda n: (n.start, n.end, n.happening.start, n.happening.id))
        )

    @cached_property
    def _aliases(self) -> dict[str, list[_Alias]]:
        """Each alias by the one of its words that fewest others hold."""
        found: list[_Alias] = []
        for happening in self.rows:
            names = (spelt for alias in (happening.name, *happening.aliases) for spelt in _spellings(alias))
            named = dict.fromkeys((tuple(sorted(name, key=_begins_open)), MAX_GAP) for name in names)
            for parts, gap in (*named, *((met, WIDE_GAP) for met in _encounter(happening))):
                first = _WHOLE.search(parts[0])
                if first:
                    needed = frozenset(_WHOLE.findall(" ".join(parts)))
                    found.append(_Alias(first.group(), needed, parts, gap, happening))
        often = Counter(word for alias in found for word in alias.words)
        table: dict[str, list[_Alias]] = {}
        for alias in found:
            table.setdefault(min(alias.words, key=lambda w: (often[w], w)), []).append(alias)
        return table


def _begins_open(part: str) -> bool:
    """True for a part that starts with a word's beginning (`resign*`): it is looked for after the others."""
    return _WHOLE.match(part) is None


_SPELT = {
    "g20": ("g20", "g-20", "group of 20", "group of twenty"),
    "g8": ("g8", "g-8", "group of eight"),
    "g7": ("g7", "g-7", "group of seven"),
    "un": ("un", "u.n.", "united nations"),
    "u.s.": ("u.s.", "us", "american"),
    "st.": ("st.", "st"),
}
"""Words of names that are spelt in several ways: a name is looked for in all of them."""


def _spellings(alias: str) -> Iterator[tuple[str, ...]]:
    """Parts of an alias in lower case, once for each spelling of its words."""
    words = [[_SPELT.get(w, (w,)) for w in part.split()] for part in alias.lower().split("+")]
    spelt = [[" ".join(choice) for choice in product(*part)] for part in words]
    return product(*spelt)


def _shortest(found: set[Named]) -> Iterator[Named]:
    """Of several overlapping spans that name one happening, the shortest."""
    taken: dict[str, list[Named]] = {}
    for named in sorted(found, key=lambda n: (n.end - n.start, n.start, n.happening.id)):
        others = taken.setdefault(named.happening.id, [])
        if not any(named.start < o.end and o.start < named.end for o in others):
            others.append(named)
            yield named


def _encounter(happening: Happening) -> Iterator[tuple[str, ...]]:
    """The place and the family names of the first two people of an encounter; of encounters in a capital of
    one of them there are too many.
    """
    away = happening.place and happening.country not in happening.states
    if happening.kind in ENCOUNTERS and happening.place and away and len(happening.people) > 1:
        yield happening.place.lower(), *(_family_name(who.lower()) for who in happening.people[:2])


def _family_name(name: str) -> str:
    """`xi jinping` → xi; of a name with a hyphen the whole, since so many are called Kim."""
    words = name.split()
    if "-" in words[-1] and words[0] in FAMILY_NAME_FIRST:
        return name
    return words[0] if words[0] in FAMILY_NAME_FIRST else words[-1]


def _standing(low: str, word: str) -> Iterator[int]:
    """Where a word stands as a whole word."""
    at = low.find(word)
    while at >= 0:
        end = at + len(word)
        if not (at and _is_letter(low[at - 1])) and not (end < len(low) and _is_letter(low[end])):
            yield at
        at = low.find(word, end)


def _is_letter(character: str) -> bool:
    """As the class of letters of a regular expression."""
    return character.isalnum() or character == "_"


def _places(low: str, parts: tuple[str, ...], at: int, gap: int) -> Iterator[tuple[int, int]]:
    """[start, end) of an alias whose first part starts at `at`, the others within `gap` characters."""
    first = _pattern(parts[0]).match(low, at)
    if first is None:
        return
    start, end = first.span()
    window = max(0, start - gap), end + gap
    for part in parts[1:]:
        hit = _pattern(part).search(low, *window)
        if hit is None:
            return
        start, end = min(start, hit.start()), max(end, hit.end())
    yield start, end


@cache
def _pattern(part: str) -> re.Pattern[str]:
    words = re.escape(part).replace("\\ ", r"\s+").replace("\\*", r"\w*")
    return re.compile(rf"(?<!\w){words}(?!\w)")
