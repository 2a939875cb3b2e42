"""What every writer of a format is given, and how it puts a file in its place."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from onrecord.record.addresses import web_address
from onrecord.record.exporting.quoting import Prepare
from onrecord.record.filters import Filters
from onrecord.record.store import Store
from onrecord.types import Actor, Article, EventCluster, Range

Cells = Mapping[str, object]


@dataclass
class Job:
    """One export: where from, where to, and what may be told; it keeps what was written and left out."""

    store: Store
    folder: Path
    closed: frozenset[str]
    """Ids of articles whose words are cut to short quotations."""
    prepare: Prepare
    cow: bool = False
    paths: list[Path] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    """Reason → rows that this format has no place for."""

    @cached_property
    def actors(self) -> Mapping[str, Actor]:
        """Every actor by id."""
        return self.store.actors()

    def named(self, ids: Iterable[str]) -> list[Actor]:
        """The actors of some ids, those that the record knows."""
        return [self.actors[i] for i in ids if i in self.actors]

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        """A file to write; it takes its place when it is whole: a broken export leaves no half file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        try:
            with part.open("wb") as file:
                yield file
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        part.replace(path)
        self.paths.append(path)

    def write(self, name: str, content: bytes) -> None:
        """A small file in one go."""
        with self.file(name) as file:
            file.write(content)

    def table(self, name: str, columns: Sequence[str], rows: Iterable[Cells]) -> None:
        """A CSV file with a header."""
        with self.file(name) as raw, _text(raw) as file:
            writer = csv.DictWriter(file, fieldnames=columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def happened(self) -> Iterator[EventCluster]:
        """Events that took place, one row an event over all articles, with no more words than may be told.

        What is planned, denied, hypothetical or told as history is left out and counted: data of events take
        each row for something that came about at its date.
        """
        for _, row in self.store.rows(EventCluster, Filters(merged=True)):
            if row.status == "happened":
                yield self.prepare("", row)
            else:
                self.left_out[f"events that are {row.status}"] += 1

    def article(self, article_id: str) -> Article | None:
        """An article with no more of its text than may be told."""
        found = self.store.article(article_id)
        return found and self.prepare(article_id, found)

    def address(self, article_id: str) -> str | None:
        """An article's address where it is one of the web."""
        sql = "SELECT url FROM articles WHERE id = ?"
        found = self.store.connection.execute(sql, [article_id]).fetchone()
        return web_address(found[0]) if found else None


@contextmanager
def _text(raw: BinaryIO) -> Iterator[io.TextIOWrapper]:
    file = io.TextIOWrapper(raw, "utf-8", errors="backslashreplace", newline="")
    try:
        yield file
    finally:
        file.flush()
        file.detach()


def lead_account(row: EventCluster) -> str:
    """Id of the article that the words of a merged event stand in."""
    same = [a.article for a in row.accounts if a.evidence == row.evidence]
    return (same or [a.article for a in row.accounts])[0]


def one_day(days: Range | None) -> str | None:
    """ISO day of a range that is one day; None where it is wider, open or not known."""
    return days.start.isoformat() if days and days.start and days.start == days.end else None


def month_of(days: Range | None) -> str | None:
    """`2017-07` where all days lie in one month; else None."""
    if not days or not days.start or not days.end:
        return None
    first, last = (f"{d.year:04}-{d.month:02}" for d in (days.start, days.end))
    return first if first == last else None


def file_names(ids: Iterable[str]) -> dict[str, str]:
    """Id → a name for its file that every file system takes, each its own whatever the case of letters."""
    taken: set[str] = set()
    made: dict[str, str] = {}
    for one in ids:
        plain = re.sub(r"[^A-Za-z0-9._-]+", "_", one).strip("._")[:80] or "article"
        name, n = plain, 1
        while name.lower() in taken:
            n += 1
            name = f"{plain}-{n}"
        taken.add(name.lower())
        made[one] = name
    return made


Writer = Callable[[Job], None]
"""Writes a format's files through a job."""
