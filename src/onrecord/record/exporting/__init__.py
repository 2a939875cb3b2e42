"""A record as files that others read: one module a format, and a manifest. Same record, same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from onrecord.errors import UsageError
from onrecord.record.codec import to_json
from onrecord.record.exporting import (
    dyads,
    gdelt,
    meetings,
    plover,
    standoff,
    tables,
    webannotations,
)
from onrecord.record.exporting.copying import quoted_copy
from onrecord.record.exporting.job import Job, Writer
from onrecord.record.exporting.quoting import SHORT_QUOTATION, as_it_is, closed, quoting
from onrecord.record.store import Store

__all__ = [
    "FORMATS",
    "SHORT_QUOTATION",
    "closed",
    "export",
    "job_of",
    "manifest",
    "quoted_copy",
    "write_manifest",
]

FORMATS: Mapping[str, Writer] = {
    "brat": standoff.write,
    "csv": tables.csv_files,
    "dyads": dyads.write,
    "gdelt": gdelt.write,
    "ics": meetings.calendar,
    "jsonl": tables.json_lines,
    "parquet": tables.parquet_files,
    "plover": plover.write,
    "timeline": meetings.timeline,
    "visits": meetings.visits,
    "w3c": webannotations.write,
}
"""Format → what writes it; docs/exports.md tells the columns of each."""


def export(
    store: Store, to: str, folder: Path | str, *, full_text: bool = False, cow: bool = False
) -> list[Path]:
    """Writes a record into a folder in one format, and `manifest.json`; gives the files' paths.

    Args:
        store: an open record.
        to: one of `FORMATS`.
        folder: made when it does not exist; files of the same names are replaced.
        full_text: whole texts also where no open licence is known; only with the right to do so.
            Without it, words of such articles are cut to `SHORT_QUOTATION` characters and their texts left
            out.
        cow: numbers of the Correlates of War project beside ISO codes (dyads, plover, visits).

    Raises:
        UsageError: no such format.
    """
    if to not in FORMATS:
        raise UsageError.unknown("export format", to, FORMATS)
    job = job_of(store, folder, full_text=full_text, cow=cow)
    FORMATS[to](job)
    write_manifest(job, to)
    return job.paths


def job_of(store: Store, folder: Path | str, *, full_text: bool, cow: bool = False) -> Job:
    """What a writer needs: the record, where to, and what may be told."""
    shut = frozenset[str]() if full_text else closed(store)
    prepare = as_it_is if full_text else quoting(shut)
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Job(store=store, folder=Path(folder), closed=shut, prepare=prepare, cow=cow)


def write_manifest(job: Job, to: str) -> None:
    """`manifest.json`."""
    told = json.dumps(json.loads(to_json(manifest(job, to))), indent=2, ensure_ascii=False)
    # Half a character, as the name of a file may hold it, comes out as JSON's escape for it.
    job.write("manifest.json", told.encode("utf-8", "backslashreplace") + b"\n")


def manifest(job: Job, to: str) -> dict[str, Any]:
    """What made the record, of what, and what this format leaves out: no clock, no machine, no run."""
    told = {k: v for k, v in job.store.manifest().items() if k not in ("complete", "run")}
    inputs = job.store.connection.execute("SELECT path, text_sha256 FROM articles ORDER BY path, id")
    return told | {
        "format": to,
        "left_out": dict(sorted(job.left_out.items())),
        "inputs": [{"path": path, "text_sha256": sha} for path, sha in inputs],
        "rejects": [msgspec.to_builtins(r) for r in job.store.rejects()],
    }
