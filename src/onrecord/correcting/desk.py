"""Corrections made, undone, taken out and brought in: what the command line and the pages call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from onrecord.correcting import applying
from onrecord.correcting.anchors import KINDS as ANCHORED
from onrecord.correcting.fields import converted
from onrecord.errors import UsageError
from onrecord.record import Store, codec
from onrecord.types import Correction

Make = Callable[[Store], Correction]


def correct(record: Path | str, *makes: Make) -> list[Correction]:
    """Makes corrections and brings the record in line with them.

    Args:
        record: a record, open for nobody's writing.
        makes: each from the open record to a correction; see `onrecord.correcting.making`.

    Raises:
        RecordError: another process writes the record now, or it cannot be written.
        UsageError: what one of `makes` raises; then none is made.
    """
    with _writing(record) as store:
        kept = store.corrections.keep([make(store) for make in makes])
        bring_in_line(store)
        return kept


def undo(record: Path | str, ids: Iterable[str]) -> list[Correction]:
    """Takes corrections back; gives them, so that they can be made again.

    Raises:
        UsageError: the record holds no such correction.
    """
    with _writing(record) as store:
        known = {c.id: c for c in store.corrections.all()}
        wanted = list(ids)
        if strange := [i for i in wanted if i not in known]:
            raise UsageError(f"no correction {strange[0]!r} in this record; `--list` prints them")
        store.corrections.drop(wanted)
        bring_in_line(store)
        return [known[i] for i in wanted]


def bring_in(record: Path | str, lines: Iterable[bytes | str]) -> list[Correction]:
    """Corrections from JSON lines, as `lines_of` gives them; those that the record holds already stay once.

    Raises:
        UsageError: a line is no correction.
    """
    read = [_read(n, line) for n, line in enumerate(lines, 1) if line.strip()]
    with _writing(record) as store:
        kept = store.corrections.keep(read)
        bring_in_line(store)
        return kept


def lines_of(corrections: Iterable[Correction]) -> Iterator[bytes]:
    """Each correction as one line of JSON."""
    return (codec.to_json(c).encode() + b"\n" for c in corrections)


def bring_in_line(store: Store) -> None:
    """Rows of articles, then merged rows, as the corrections have them."""
    from onrecord import building

    applying.apply(store)
    if store.corrections.waiting:
        building.bring_in_line(store)
    store.corrections.settle()


def _writing(record: Path | str) -> Store:
    if not Path(record).is_file():
        raise UsageError(f"no record {record}; make one with `onrecord build INPUT… -o {record}`")
    return Store.open(record, write=True)


def _read(n: int, line: bytes | str) -> Correction:
    try:
        text = line if isinstance(line, str) else line.decode("utf-8")
        told: Correction = codec.from_json(text, Correction)
    except (msgspec.MsgspecError, ValueError) as error:
        raise UsageError(f"line {n} is no correction: {error}") from error
    known = (*ANCHORED, applying.SIDES)
    if not told.anchors or any(a.kind not in known for a in told.anchors):
        raise UsageError(f"line {n}: each anchor names one of {', '.join(known)}")
    if told.what == "set":
        converted(told.anchors[0].kind, told.field or "", told.value)
    if told.what in ("same_actor", "other_actor") and {a.kind for a in told.anchors} != {"mentions"}:
        raise UsageError(f"line {n}: {told.what} is anchored to mentions")
    return told
