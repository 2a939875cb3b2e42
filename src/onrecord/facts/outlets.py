"""Media, wire agencies and institutes: their names, short forms, countries and web domains."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from onrecord.facts.table import TABLES, read_table
from onrecord.types import Value

TABLE = TABLES / "outlets.csv"
Kind = Literal["wire", "newspaper", "magazine", "broadcaster", "web", "institute"]
_WORD = re.compile(r"[^\W_][\w.&'’/-]*")
_LEADING_ARTICLE = re.compile(r"^the ", re.IGNORECASE)


class Outlet(Value, frozen=True, kw_only=True):
    """Who publishes: a medium, a wire agency, or an institute that publishes analyses."""

    name: str
    kind: Kind
    country: str
    """ISO 3166-1 alpha-3 of the head office."""
    aliases: tuple[str, ...] = ()
    """Short forms and other names, as they are written."""
    domains: tuple[str, ...] = ()


class Named(NamedTuple):
    """An outlet's name in a text, characters [start, end)."""

    start: int
    end: int
    outlet: Outlet


class Outlets:
    """The table, looked up by name, by web address, and in running text."""

    def __init__(self, rows: tuple[Outlet, ...]) -> None:
        self.rows = rows
        self._by_name: dict[str, Outlet] = {}
        self._by_domain = {d: r for r in rows for d in r.domains}
        self._by_first: defaultdict[str, list[tuple[str, Outlet]]] = defaultdict(list)
        for row in rows:
            for name in (row.name, *row.aliases):
                self._by_name.setdefault(_plain(name), row)
                first = _WORD.search(name)
                if first:
                    self._by_first[first[0]].append((name, row))
        for names in self._by_first.values():
            names.sort(key=lambda pair: -len(pair[0]))

    @classmethod
    @cache
    def load(cls, path: Path = TABLE) -> Outlets:
        """The table that ships, or one of the same columns.

        Raises:
            UsageError: the file cannot be read, or a cell does not fit its column.
        """
        return cls(tuple(read_table(path, Outlet)))

    def named(self, name: str) -> Outlet | None:
        """The outlet of this name or short form; case and a leading `The` do not matter."""
        return self._by_name.get(_plain(name))

    def at(self, url: str) -> Outlet | None:
        """The outlet whose domain, or a part of it, an address has: `https://edition.cnn.com/…`."""
        try:
            host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
        except ValueError:
            return None
        parts = host.lower().removeprefix("www.").split(".")
        tails = (".".join(parts[i:]) for i in range(len(parts) - 1))
        return next((self._by_domain[t] for t in tails if t in self._by_domain), None)

    def find(self, text: str) -> Iterator[Named]:
        """Names of outlets in a text as written in the table, longest first, without overlap."""
        end = 0
        for word in _WORD.finditer(text):
            start = word.start()
            if start < end:
                continue
            for name, row in self._by_first.get(_stem(word[0]), ()):
                after = start + len(name)
                if text.startswith(name, start) and not text[after : after + 1].isalnum():
                    yield Named(start, after, row)
                    end = after
                    break


def _stem(word: str) -> str:
    """A word without what may trail it: `Reuters.` and `CFR’s` begin names as `Reuters` and `CFR`."""
    return re.sub(r"(?:['’]s|[.'’/-])+$", "", word)


def _plain(name: str) -> str:
    return _LEADING_ARTICLE.sub("", " ".join(name.split()).casefold())
