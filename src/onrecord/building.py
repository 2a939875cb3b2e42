"""A pile of inputs → a record: acquire, read, write, merge; resumed where an earlier run was broken off.

Each article is kept with the fingerprint of what it was read from and with: a second run reads only what is
new or would come out otherwise. Rows that many articles tell together are made anew from the whole record,
so `add` gives what building all at once gives.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from onrecord import limits
from onrecord.correcting import applying
from onrecord.errors import OnrecordError, UsageError
from onrecord.record import Coverage, Run, Store, together
from onrecord.record.manifest import FactTables, code_hash, manifest, reading_hash
from onrecord.settings import Settings
from onrecord.types import Acquired, Article, Merged, Reading, Reject
from onrecord.workers import local

if TYPE_CHECKING:
    from onrecord.pipeline import Tools

__all__ = ["CHUNK", "Coverage", "Progress", "Reject", "add", "build", "read"]

CHUNK = 8
"""Articles a worker reads at a time, and a transaction holds."""
MOST_AGAIN = 0.25
"""Share of the articles up to which a record is merged again in part.

Rows come out as by merging everything: on campaign news and wire stories with articles added, changed and
taken out, and on piles made at random (2026-11)."""
Inputs = Iterable[str | Path] | str | Path
Progress = Callable[[int, int | None], None]
"""Called with (articles done, articles in all or None where not known)."""


def build(
    inputs: Inputs,
    record: Path | str,
    *,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Coverage:
    """Makes a record of inputs (files, folders, globs, `-`), or brings one that exists in line with them.

    Articles that the record holds already, read from the same text with the same settings, are not read
    again; those that are no longer among the inputs are taken out.

    Raises:
        RecordError: the record cannot be opened or written, or another process writes it.
        MissingPart: a model that the settings name is not installed.
    """
    settings = settings or Settings()
    tables = FactTables.of(settings)
    with writing(record) as store:
        run = Running("build", store, settings, tables, progress)
        run.absorb(acquired(inputs, settings))
        run.leave_out(lambda path: True)
        return run.finish(None)


def add(
    record: Path | str,
    inputs: Inputs,
    *,
    settings: Settings | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Coverage:
    """Adds inputs to a record, which is made when it does not exist; see `build`.

    The settings of the record's build are used again, with the user's own tables of facts as they were then.

    Raises:
        UsageError: other settings were given than those the record was built with, its build was broken
            off, or it was built with another onrecord or other models: then it has to be built first.
    """
    with writing(record) as store:
        tables, used = _as_built(store, settings)
        if workers is not None:
            used = msgspec.structs.replace(used, workers=workers)
        with tempfile.TemporaryDirectory() as folder:
            run = Running("add", store, tables.laid_out(used, Path(folder)), tables, progress)
            run.absorb(acquired(inputs, used))
            run.leave_out(lambda path: _file_of(path) in run.sieve.files)
            return run.finish(run.sieve.files)


def read(inputs: Inputs, *, settings: Settings | None = None) -> Iterator[Reading | Reject]:
    """Articles read one after the other, with what could not be read among them; nothing is stored."""
    settings = settings or Settings()
    for one in acquired(inputs, settings):
        yield from [one] if isinstance(one, Reject) else read_chunk(settings, [one])


@contextmanager
def writing(record: Path | str) -> Iterator[Store]:
    """A record open for writing; one that was made for a run that failed before its first article goes."""
    path = Path(record)
    is_new = not path.exists()
    is_empty = True
    try:
        with Store.open(path, write=True) as store:
            try:
                yield store
            finally:
                is_empty = store.count(Article) == 0
    except Exception:
        if is_new and is_empty:
            path.unlink(missing_ok=True)
        raise


def _as_built(store: Store, settings: Settings | None) -> tuple[FactTables, Settings]:
    """The tables and settings that a record was built with; those given for one that was never built."""
    known, told = FactTables.kept_in(store), store.manifest()
    if known is None:
        settings = settings or Settings()
        return FactTables.of(settings), settings
    tables, used = known
    if settings is not None and reading_hash(settings) != reading_hash(used, tables):
        raise UsageError(
            f"{store.path} was built with other settings; leave them out, or build it anew with these"
        )
    if told.get("run") == "build" and not told.get("complete"):
        raise UsageError(f"the build of {store.path} was broken off; run it again, then add")
    if told.get("read_with") != reading_hash(used, tables):
        raise UsageError(
            f"{store.path} was built with another version of onrecord or its models; build it again, then add"
        )
    return tables, used


class Sieve:
    """Articles of a run, each once, with what it would be read from and with; rejects are kept apart."""

    def __init__(self, with_what: str, is_first: Callable[[str], bool]) -> None:
        """Asks `is_first` of each article id, in order."""
        self._with_what, self._is_first = with_what, is_first
        self.files: set[str] = set()
        """Files that this run has met."""
        self.rejects: list[Reject] = []

    def new(self, articles: Iterable[Acquired | Reject]) -> Iterator[tuple[Acquired, str]]:
        """(article, fingerprint)."""
        for one in articles:
            if isinstance(one, Reject):
                self.files.add(_file_of(one.path))
                self.rejects.append(one)
                continue
            self.files.add(_file_of(one.article.path))
            if self._is_first(one.article.id):
                yield one, _fingerprint(self._with_what, one)
            else:
                detail = "an article with this id came before"
                self.rejects.append(Reject(path=one.article.path, reason="same_id", detail=detail))


class Running:
    """One build or add on an open record."""

    def __init__(
        self, name: str, store: Store, settings: Settings, tables: FactTables, progress: Progress | None
    ) -> None:
        self.name = name
        self.store, self.settings, self.tables = store, settings, tables
        self.progress = progress
        self.sieve = Sieve(reading_hash(settings, tables), self._first_seen)
        self.rejects = self.sieve.rejects
        self.read = self.kept = self.removed = 0
        self.manifest = manifest(settings, tables)
        self.has_changed = False
        store.connection.execute("CREATE TEMP TABLE seen (id TEXT PRIMARY KEY) WITHOUT ROWID")

    def absorb(self, articles: Iterable[Acquired | Reject]) -> None:
        """Reads what is new or would come out otherwise, and writes it chunk by chunk."""
        work = partial(read_chunk, self.settings)
        chunks = _chunks(self._new(articles), CHUNK)
        for results in local.map_ordered(work, chunks, workers=self.settings.workers):
            readings = [r for r in results if isinstance(r, Reading)]
            failed = [r for r in results if isinstance(r, Reject)]
            self._changed()
            self.store.write(*readings, fingerprints=[self._awaited.pop(r.article.id) for r in readings])
            self.store.remove_paths(r.path for r in failed)
            self.rejects += failed
            self.read += len(readings)
            self._tell()

    def _new(self, articles: Iterable[Acquired | Reject]) -> Iterator[Acquired]:
        """Articles that the record does not hold as they would be read now."""
        self._awaited: dict[str, str] = {}
        for one, fingerprint in self.sieve.new(articles):
            if self._holds(one.article.id, fingerprint):
                continue
            self._awaited[one.article.id] = fingerprint
            yield one

    def _holds(self, article: str, fingerprint: str) -> bool:
        """True, and counted, where the record holds an article as it would be read now."""
        if self.store.fingerprint(article) != fingerprint:
            return False
        self.kept += 1
        self._tell()
        return True

    def take_over(self, small: Store) -> None:
        """Writes the articles of another record, as they are and with what was refused of them."""
        known = list(small.connection.execute("SELECT id, fingerprint FROM articles ORDER BY id"))
        new = [(a, f) for a, f in known if self._first_seen(a) and not self._holds(a, f)]
        readings = [r for a, _ in new if (r := small.reading(a))]
        if readings:
            self._changed()
            self.store.write(*readings, fingerprints=[f for _, f in new])
            self.store.note_refused(small.refused())
        self.rejects += small.rejects()
        self.read += len(readings)
        self._tell()

    def _first_seen(self, article: str) -> bool:
        return self.store.connection.execute("INSERT OR IGNORE INTO seen VALUES (?)", [article]).rowcount == 1

    def _changed(self) -> None:
        """Before its first change, the record says that it is unfinished, and what it is being read with."""
        if not self.has_changed:
            self.tables.keep_in(self.store)
            self.store.set_manifest(**self.manifest, run=self.name, complete=False)
            self.has_changed = True

    def _tell(self) -> None:
        if self.progress:
            self.progress(self.read + self.kept, None)

    def leave_out(self, covered: Callable[[str], bool]) -> None:
        """Takes out articles that this run covers by their path but has not met."""
        rows = self.store.connection.execute(
            "SELECT id, path FROM articles WHERE id NOT IN (SELECT id FROM seen) ORDER BY id"
        )
        gone = [article for article, path in rows if covered(path)]
        if gone:
            self._changed()
            self.store.remove(gone)
        self.removed = len(gone)

    def finish(self, rejects_of: set[str] | None) -> Coverage:
        """Keeps rejects, makes the rows that many articles tell together, and closes the run.

        `rejects_of` names the files whose earlier rejects these stand for; None: all.
        """
        store, merged_with = self.store, code_hash("merge")
        store.write_rejects(self.rejects, instead_of=rejects_of)
        told = store.manifest()
        unmerged = told.get("complete") is not True or told.get("merged_with") != merged_with
        if unmerged or store.corrections.waiting:
            self._changed()
            applying.apply(store)
            bring_in_line(store)
        self.tables.keep_in(store)
        store.set_manifest(**self.manifest, run=self.name, merged_with=merged_with, complete=True)
        store.corrections.settle()
        run = Run(
            read=self.read, kept=self.kept, removed=self.removed,
            rejected=sum(not r.deliberate for r in self.rejects),
        )  # fmt: skip
        return store.coverage(run)


def bring_in_line(store: Store) -> None:
    """Merged rows as the rows of articles, and corrections, have them now."""
    state = f"{code_hash('merge')} {applying.decisions(store)}"
    if not (store.merging.ready(state) and merge_again(store, state)):
        store.write_merged(applying.after_merging(store, merge(store)), state)


def merge(store: Store) -> Merged:
    """Everything that only the articles of a record together can tell."""
    from onrecord.merge import merge as merge_rooms

    notes = store.notes
    if notes:
        notes.begin()
    return merge_rooms(store, applying.judged(store), notes)


def merge_again(store: Store, state: str) -> bool:
    """Merges only what articles that came, changed or went can have changed; False where all is as quick."""
    from onrecord.merge import ORDER, again

    if store.merging.share_waiting() > MOST_AGAIN:
        return False
    with store.transaction() as connection:
        changes = again(store.merging, applying.judged(store))
        merged = applying.after_merging(store, changes.merged)
        together.replace(connection, changes.gone, merged, ORDER)
        store.merging.settle(connection, state)
    return True


def read_chunk(settings: Settings, chunk: Sequence[Acquired]) -> list[Reading | Reject]:
    """Reads a few articles; one that breaks a reader, or takes too much, becomes a reject."""
    tools = _tools(settings)
    try:
        with limits.within(limits.seconds_for(sum(len(one.article.text) for one in chunk))):
            return list(_route(chunk, tools))
    except OnrecordError:
        raise
    except (Exception, limits.Exceeded) as error:
        if len(chunk) > 1:
            return [result for one in chunk for result in read_chunk(settings, [one])]
        if isinstance(error, limits.Exceeded):
            return [Reject(path=chunk[0].article.path, reason=error.reason, detail=f"reading it: {error}")]
        at = traceback.extract_tb(error.__traceback__)[-1]
        detail = f"{type(error).__name__}: {error} (in {at.name}, {Path(at.filename).name}:{at.lineno})"
        return [Reject(path=chunk[0].article.path, reason="reader_failed", detail=detail)]


def _route(chunk: Sequence[Acquired], tools: Tools) -> Iterator[Reading]:
    from onrecord import pipeline

    return pipeline.read(chunk, tools)


@cache
def _tools(settings: Settings) -> Tools:
    from onrecord.pipeline import Tools

    return Tools.load(settings)


def acquired(inputs: Inputs, settings: Settings) -> Iterator[Acquired | Reject]:
    """Every article of the inputs, and what is none, in a fixed order."""
    from onrecord import acquire

    given = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    return acquire.read([str(i) for i in given], settings=settings, stdin=sys.stdin.buffer)


def _chunks(items: Iterable[Acquired], size: int) -> Iterator[list[Acquired]]:
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk


def _fingerprint(with_what: str, one: Acquired) -> str:
    """What an article was read from and with, as 16 hex digits."""
    # A file's name may hold bytes that are no text; Python keeps them as half characters.
    path = one.article.path.encode("utf-8", "backslashreplace").decode()
    told = msgspec.json.encode([msgspec.structs.replace(one.article, text="", path=path), one.passages])
    return hashlib.blake2s(with_what.encode() + told, digest_size=8).hexdigest()


_WITHIN = re.compile(r"(?s)(.+?\.(?:jsonl|ndjson|json|warc|parquet|csv|tsv)(?:\.gz)?|-)#", re.IGNORECASE)


def _file_of(path: str) -> str:
    """The file that an article's path names: `FILE` of `FILE#id`."""
    found = _WITHIN.match(path)
    return found[1] if found else path
