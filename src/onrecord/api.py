"""onrecord from Python: build a record, open it, ask it for typed rows and frames."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

from onrecord.errors import OnrecordError, UsageError
from onrecord.record import Coverage, Filters, Store, export, listing
from onrecord.settings import Settings
from onrecord.types import (
    Actor,
    Agreement,
    Article,
    Commitment,
    Dispute,
    Event,
    EventCluster,
    IssueWeight,
    Meeting,
    Mention,
    MergedAgreement,
    MergedDispute,
    MergedMeeting,
    Passage,
    Position,
    Reading,
    Reject,
    Statement,
    TimeExpr,
)

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

T = TypeVar("T")
Inputs = Iterable[str | Path] | str | Path


def build(paths: Inputs, *, record: str | Path, settings: Settings | None = None) -> Coverage:
    """Makes a record of files, folders and globs; see `onrecord.building.build`."""
    from onrecord import building

    return building.build(paths, record, settings=settings)


def add(record: str | Path, paths: Inputs, *, settings: Settings | None = None) -> Coverage:
    """Adds articles to a record; see `onrecord.building.add`."""
    from onrecord import building

    return building.add(record, paths, settings=settings)


def read(path: str | Path, *, settings: Settings | None = None) -> Reading:
    """Everything one article holds; nothing is stored.

    Raises:
        OnrecordError: the file could not be read as an article, with the reason; or it holds several
            (`onrecord.building.read` yields them all).
    """
    from onrecord import building

    results = list(building.read(path, settings=settings))
    match results:
        case [Reading() as reading]:
            return reading
        case [Reject() as reject]:
            raise OnrecordError(f"{reject.path}: {reject.reason}: {reject.detail}")
    raise UsageError(f"{path} holds {len(results)} articles, not one; build a record of it")


def open(path: str | Path) -> Record:
    """A record, open for reading.

    Raises:
        RecordError: there is no such record.
    """
    return Record(Store.open(path))


class Record:
    """A record, open for reading; its methods give lazy sequences of typed rows."""

    def __init__(self, store: Store) -> None:
        """Takes over an open store; callers use `onrecord.open`."""
        self.store = store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the record."""
        self.store.close()

    def coverage(self) -> Coverage:
        """What was read and what was left out."""
        return self.store.coverage()

    def manifest(self) -> dict[str, Any]:
        """What made the record."""
        return self.store.manifest()

    def export(
        self, to: str, folder: str | Path, *, full_text: bool = False, cow: bool = False
    ) -> list[Path]:
        """Writes the record as files; see `onrecord.record.export` for formats and arguments.

        Raises:
            UsageError: no such format.
        """
        return export(self.store, to, folder, full_text=full_text, cow=cow)

    def articles(self, **filters: Any) -> Rows[Article]:
        """Articles with their texts. Filters as in `filters_of`, here and below."""
        return Rows(self.store, "articles", Article, filters_of(**filters))

    def passages(self, **filters: Any) -> Rows[Passage]:
        """Runs of articles by role."""
        return Rows(self.store, "passages", Passage, filters_of(**filters))

    def actors(self, **filters: Any) -> Rows[Actor]:
        """Actors, a row for each article that names one."""
        return Rows(self.store, "actors", Actor, filters_of(**filters))

    def mentions(self, **filters: Any) -> Rows[Mention]:
        """Spans that refer to actors."""
        return Rows(self.store, "mentions", Mention, filters_of(**filters))

    def times(self, **filters: Any) -> Rows[TimeExpr]:
        """Time expressions."""
        return Rows(self.store, "times", TimeExpr, filters_of(**filters))

    def statements(self, **filters: Any) -> Rows[Statement]:
        """Who said what."""
        return Rows(self.store, "statements", Statement, filters_of(**filters))

    def events(self, **filters: Any) -> Rows[Event]:
        """Who did what to whom, one row an article's event."""
        return Rows(self.store, "events", Event, filters_of(**filters))

    def event_clusters(self, **filters: Any) -> Rows[EventCluster]:
        """Who did what to whom, one row an event over all articles."""
        return Rows(self.store, "event_clusters", EventCluster, filters_of(**filters))

    def meetings(self, **filters: Any) -> Rows[MergedMeeting]:
        """Who met whom, one row an encounter over all articles."""
        return Rows(self.store, "meetings", MergedMeeting, filters_of(**filters))

    def told_meetings(self, **filters: Any) -> Rows[Meeting]:
        """Who met whom, as each article tells it."""
        return Rows(self.store, "told_meetings", Meeting, filters_of(**filters))

    def agreements(self, **filters: Any) -> Rows[MergedAgreement]:
        """What was agreed, one row an agreement over all articles."""
        return Rows(self.store, "agreements", MergedAgreement, filters_of(**filters))

    def told_agreements(self, **filters: Any) -> Rows[Agreement]:
        """What was agreed, as each article tells it."""
        return Rows(self.store, "told_agreements", Agreement, filters_of(**filters))

    def commitments(self, **filters: Any) -> Rows[Commitment]:
        """Who promised what to whom, as each article tells it."""
        return Rows(self.store, "commitments", Commitment, filters_of(**filters))

    def disputes(self, **filters: Any) -> Rows[MergedDispute]:
        """Where accounts part, over all articles."""
        return Rows(self.store, "disputes", MergedDispute, filters_of(**filters))

    def told_disputes(self, **filters: Any) -> Rows[Dispute]:
        """Where one article's accounts part."""
        return Rows(self.store, "told_disputes", Dispute, filters_of(**filters))

    def positions(self, **filters: Any) -> Rows[Position]:
        """What actors stand for."""
        return Rows(self.store, "positions", Position, filters_of(**filters))

    def issues(self, **filters: Any) -> Rows[IssueWeight]:
        """What is at stake, a row for each article and issue."""
        return Rows(self.store, "issues", IssueWeight, filters_of(**filters))


class Rows(Sequence[T], Generic[T]):
    """Typed rows of a record, read when they are asked for: iterate, index, slice, count."""

    def __init__(self, store: Store, name: str, kind: type[T], filters: Filters) -> None:
        """Rows of a kind that filters let through; nothing is read yet."""
        self._store, self._name, self._kind, self._filters = store, name, kind, filters

    def __iter__(self) -> Iterator[T]:
        return (row for _, row in self._store.rows(self._kind, self._filters))

    def pairs(self) -> Iterator[tuple[str, T]]:
        """(article id, row); the id is empty for rows of many articles."""
        return self._store.rows(self._kind, self._filters)

    def __len__(self) -> int:
        return self._store.count(self._kind, self._filters)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return list(self)[index]
        wanted = index + len(self) if index < 0 else index
        for n, row in enumerate(self):
            if n == wanted:
                return row
        raise IndexError(f"row {index} of {len(self)}")

    def __repr__(self) -> str:
        return f"<{len(self)} {self._name}>"

    def to_dicts(self) -> Iterator[dict[str, Any]]:
        """Rows as the command line prints them as JSON lines: actors and articles in full."""
        return listing(self._store, self._name, self._filters)

    def to_pandas(self) -> pd.DataFrame:
        """Rows as a frame, one column a field; see docs/data-dictionary.md for columns and dtypes.

        Raises:
            MissingPart: pandas is not installed.
        """
        from onrecord.record.frames import to_pandas

        return to_pandas(self._store, self._kind, self._filters)

    def to_polars(self) -> pl.DataFrame:
        """Rows as a polars frame, with the same columns as `to_pandas`.

        Raises:
            MissingPart: polars is not installed.
        """
        from onrecord.record.frames import to_polars

        return to_polars(self._store, self._kind, self._filters)


def filters_of(
    *,
    speaker: str | None = None,
    actor: str | None = None,
    since: str | date | None = None,
    until: str | date | None = None,
    between: Sequence[str] | None = None,
    **more: Any,
) -> Filters:
    """Filters as Python callers write them.

    Args:
        speaker: the same as `actor`.
        actor: ISO code, id or name.
        since: a day, or `2017`, `2017-07`, `2017-07-07`; `until` likewise, to its last day.
        until: see `since`.
        between: two sides.
        more: `issue`, `act`, `type`, `status`, `article`, `min_confidence`, `text`, `limit`.

    Raises:
        UsageError: no such filter or date.
    """
    known = set(Filters.__struct_fields__)
    for name in more:
        if name not in known:
            raise UsageError.unknown("filter", name, known | {"speaker"})
    return Filters(
        actor=speaker or actor,
        since=_day(since),
        until=_day(until, last=True),
        between=(between[0], between[1]) if between else None,
        **more,
    )


def _day(told: str | date | None, *, last: bool = False) -> date | None:
    """The first or last day of a year, month or day."""
    if told is None or isinstance(told, date):
        return told
    found = re.fullmatch(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?", told.strip())
    try:
        if not found:
            raise ValueError
        year, month = int(found[1]), int(found[2] or (12 if last else 1))
        return date(year, month, int(found[3] or (calendar.monthrange(year, month)[1] if last else 1)))
    except ValueError as error:
        raise UsageError(f"no date {told!r}; write 2017, 2017-07 or 2017-07-07") from error
