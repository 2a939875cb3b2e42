"""A pile → a folder of Parquet parts, read by this machine's processes or a cluster's; a folder → a record.

The same route and the same writing as for a record in SQLite: a part is a small record of some hundred
articles, made in memory and put down as files (`record.parts`). Parts are named by what they hold, so work
done twice, or broken off and done again, gives the same folder.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from onrecord import building, workers
from onrecord.errors import RecordError, UsageError
from onrecord.record import Coverage, Run, schema
from onrecord.record.folder import Folder
from onrecord.record.manifest import TABLE_FIELDS, FactTables, code_hash, manifest, reading_hash
from onrecord.record.opening import is_folder
from onrecord.record.parts import LAST, MANIFEST, Place, dump, in_memory, load, sweep
from onrecord.settings import Settings
from onrecord.types import Acquired, Reading, Reject

PART = 128
"""Articles of a part: some megabytes of files, a minute or two of work."""


class Job(NamedTuple):
    """One part to be read and put down; what a worker is sent."""

    url: str
    part: str
    settings: Settings
    tables: FactTables
    articles: tuple[Acquired, ...]
    fingerprints: tuple[str, ...]


class Done(NamedTuple):
    """A part that is there."""

    part: str
    read: int
    kept: int


def build_anywhere(
    inputs: building.Inputs,
    output: str,
    *,
    settings: Settings | None = None,
    engine: str = "local",
    scheduler: str | None = None,
    progress: building.Progress | None = None,
) -> Coverage:
    """A record in SQLite, or a folder of parts where the output names one.

    Raises:
        UsageError: no such engine, a cluster without an address, or one that is to write a single file.
    """
    settings = settings or Settings()
    carry = workers.carrier(engine, workers=settings.workers, scheduler=scheduler)
    if is_folder(output):
        return build(inputs, output, settings=settings, carry=carry, progress=progress)
    if engine != "local":
        raise UsageError(
            f"--engine {engine} writes a folder: -o {output}.parts/, "
            f"then `onrecord gather {output}.parts/ -o {output}`"
        )
    return building.build(inputs, output, settings=settings, progress=progress)


def build(
    inputs: building.Inputs,
    url: str,
    *,
    settings: Settings | None = None,
    carry: workers.Carrier | None = None,
    progress: building.Progress | None = None,
) -> Coverage:
    """Makes a folder of parts of inputs, or brings one that exists in line with them.

    Args:
        inputs: files, folders, globs, `-`.
        url: a folder, or a URL that fsspec knows (`s3://…`); workers have to reach it under the same name.
        settings: choices for reading.
        carry: who carries the work; by default the settings' number of processes of this machine.
        progress: is told how many articles are done.

    Raises:
        RecordError: the folder cannot be written.
        OnrecordError: a worker or the cluster was lost; run again, what was put down is not read again.
    """
    settings = settings or Settings()
    tables = FactTables.of(settings)
    sieve = _sieve(settings, tables)
    place = Place(url)
    carry = carry or workers.carrier(workers=settings.workers)
    parts: list[str] = []
    read = kept = 0
    jobs = _jobs(sieve.new(building.acquired(inputs, settings)), url, settings, tables)
    for done in _carried(carry, jobs, place):
        parts.append(done.part)
        read, kept = read + done.read, kept + done.kept
        if progress:
            progress(read + kept, None)
    told = manifest(settings, tables) | {
        "run": "build",
        "merged_with": code_hash("merge"),
        "complete": True,
        "parts": parts,
        "tables_content": tables.tables,
    }
    told["merged"] = _merge(place, told, sieve.rejects)
    place.write(MANIFEST, msgspec.json.format(msgspec.json.encode(told), indent=1))
    sweep(place, [*parts, told["merged"]])
    with Folder(place, told) as folder:
        failed = sum(not r.deliberate for r in folder.rejects())
        return folder.coverage(Run(read=read, kept=kept, rejected=failed))


def _sieve(settings: Settings, tables: FactTables) -> building.Sieve:
    seen: set[str] = set()

    def first(article: str) -> bool:
        is_new = article not in seen
        seen.add(article)
        return is_new

    return building.Sieve(reading_hash(settings, tables), first)


def _jobs(
    articles: Iterator[tuple[Acquired, str]], url: str, settings: Settings, tables: FactTables
) -> Iterator[Job]:
    """Articles by the hundred, each hundred named by what it is read from and with."""
    while some := list(islice(articles, PART)):
        ids = [(one.article.id, fingerprint) for one, fingerprint in some]
        part = hashlib.blake2s(msgspec.json.encode([schema.current(), ids]), digest_size=12).hexdigest()
        yield Job(url, part, settings, tables, *(tuple(x) for x in zip(*some, strict=True)))


def _carried(carry: workers.Carrier, jobs: Iterator[Job], place: Place) -> Iterator[Done]:
    """Every part in order, those that are there already without being read."""
    there: list[tuple[int, Done]] = []
    count = 0

    def missing() -> Iterator[Job]:
        nonlocal count
        for job in jobs:
            if place.has(f"{LAST}/{job.part}.parquet"):
                there.append((count, Done(job.part, 0, len(job.articles))))
            else:
                yield job
            count += 1

    made = carry(write_part, missing())
    at = 0
    for done in made:
        while there and there[0][0] == at:
            yield there.pop(0)[1]
            at += 1
        yield done
        at += 1
    yield from (done for _, done in there)


def write_part(job: Job) -> Done:
    """Reads the articles of a part and puts it down; the same when it is done twice."""
    settings = _laid_out(job.settings, job.tables)
    found: list[Reading | Reject] = []
    for at in range(0, len(job.articles), building.CHUNK):
        found += building.read_chunk(settings, job.articles[at : at + building.CHUNK])
    known = dict(zip((one.article.id for one in job.articles), job.fingerprints, strict=True))
    readings = [r for r in found if isinstance(r, Reading)]
    with in_memory() as store:
        store.write(*readings, fingerprints=[known[r.article.id] for r in readings])
        store.write_rejects(r for r in found if isinstance(r, Reject))
        dump(store, Place(job.url), job.part)
    return Done(job.part, len(readings), 0)


@cache
def _laid_out(settings: Settings, tables: FactTables) -> Settings:
    """The user's tables as files of this worker, which may stand on another machine."""
    if not tables.tables:
        return settings
    folder = tempfile.mkdtemp(prefix="onrecord-tables-")
    return tables.laid_out(settings, Path(folder))


def _merge(place: Place, told: dict[str, Any], rejects: list[Reject]) -> str:
    """Puts down what many articles tell together, and inputs that are none; gives the part's name."""
    with Folder(place, told) as source, in_memory() as store:
        store.write_merged(building.merge(source))
        store.write_rejects(rejects)
        rejected = msgspec.json.encode(rejects)
        of = msgspec.json.encode([told["parts"], told["merged_with"], told["schema"]]) + rejected
        name = "merged-" + hashlib.blake2s(of, digest_size=12).hexdigest()
        dump(store, place, name)
    return name


def gather(url: str, record: Path | str, *, progress: building.Progress | None = None) -> Coverage:
    """Makes a record of a folder of parts, the same as if it had been built at once; resumes like a build.

    Raises:
        RecordError: no such folder, or the record cannot be written.
    """
    place = Place(url)
    told = place.manifest()
    if "parts" not in told:
        raise RecordError(f"no finished record in {url}; make one with `onrecord build INPUT… -o {url}`")
    if told["schema"] != schema.current():
        raise RecordError(f"{url} has schema {told['schema']}, not {schema.current()}; build it again")
    known = {f.name for f in msgspec.structs.fields(Settings)} - set(TABLE_FIELDS)
    settings = msgspec.convert({k: v for k, v in told["settings"].items() if k in known}, Settings)
    tables = FactTables(tuple((f, n, content) for f, n, content in told["tables_content"]))
    with building.writing(record) as store:
        run = building.Running("build", store, settings, tables, progress)
        run.manifest = {k: told[k] for k in run.manifest}
        for part in told["parts"]:
            with load(place, part) as small:
                run.take_over(small)
        with load(place, told["merged"]) as small:
            run.rejects += small.rejects()
        run.leave_out(lambda path: True)
        return run.finish(None)
