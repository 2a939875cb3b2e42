"""Kills at random moments, and full disks: `python -m evals.kills [--moments 50] [--minutes 6]`.

Builds, adds, gathers, builds of folders, corrections and watched feeds are broken off by SIGKILL or SIGINT
at random moments of their run, with the reader and merger of the tests, so that it is the writing that is
hit and not the models' loading. After each, what stands there must open and pass SQLite's integrity check,
and the same command run again must leave the same bytes as an undisturbed run. Full disks are file systems
in memory that are too small (needs root).
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.correcting import desk, making
from onrecord.record import Store, export
from onrecord.types import Statement

ROOT = Path(__file__).parents[1]
ARTICLES = 40
COMMANDS = ("build", "add", "parts", "gather", "correct", "watch")
SEED = 8


def main() -> int:
    """0 where everything held."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--moments", type=int, default=50)
    given.add_argument("--minutes", type=float, default=6.0, help="Stop breaking off after it.")
    args = given.parse_args()
    end, chance = time.monotonic() + args.minutes * 60, random.Random(SEED)
    failures: list[str] = []
    killed = disks = 0
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        for n in range(args.moments):
            if time.monotonic() > end:
                break
            many = len(COMMANDS)
            command, how = COMMANDS[n % many], (signal.SIGKILL, signal.SIGINT)[n // many % 2]
            moment = chance.uniform(0.3, 1.0) * bench.seconds[command]
            failures += bench.broken_off(command, how, moment)
            killed += 1
        for size in (200, 500, 900) if os.geteuid() == 0 and sys.platform == "linux" else ():
            failures += bench.full_disk(size)
            disks += 1
    print(
        f"broken off and finished: {killed} of {args.moments}; full disks: {disks}; failures: {len(failures)}"
    )
    for failure in failures:
        print(f"FAILED {failure}")
    return 1 if failures else 0


class Bench:
    """A pile, and what each command makes of it undisturbed."""

    def __init__(self, folder: Path) -> None:
        """Runs each command once."""
        self.folder = folder
        self.pile, self.more = folder / "in", folder / "more"
        for place, first in ((self.pile, 0), (self.more, ARTICLES)):
            place.mkdir()
            for n in range(first, first + ARTICLES):
                names = ("Ana Ruiz", "Bo Lind", "Carl Okoro", "Dina Haddad")
                text = f"{names[n % 4]} met {names[(n + 1) % 4]}. “Round {n % 6} went well,” the host said.\n"
                (place / f"{n:03}.txt").write_text(text, encoding="utf-8")
        self.feed = folder / "feed.xml"
        self.feed.write_text(feed(ARTICLES), encoding="utf-8")
        self.corrections = folder / "corrections.jsonl"
        self.seconds: dict[str, float] = {}
        self.whole: dict[str, dict[str, bytes]] = {}
        for command in COMMANDS:
            target = self._target(command, "whole")
            begun = time.monotonic()
            self._start(command, target).wait()
            self.seconds[command] = time.monotonic() - begun
            self.whole[command] = bytes_of(target)
            if command == "build":
                self.corrections.write_bytes(b"".join(corrections(target)))

    def _target(self, command: str, name: str) -> Path:
        """Where a command writes; `add` and `correct` start from the record of the build."""
        target = self.folder / f"{command}-{name}" / ("parts" if command == "parts" else "r.db")
        shutil.rmtree(target.parent, ignore_errors=True)
        target.parent.mkdir()
        if command in ("add", "correct"):
            shutil.copy(self.folder / "build-whole" / "r.db", target)
        return target

    def _start(self, command: str, target: Path) -> subprocess.Popen[bytes]:
        inputs = {
            "add": self.more,
            "gather": self.folder / "parts-whole" / "parts",
            "correct": self.corrections,
            "watch": self.feed,
        }.get(command, self.pile)
        python = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
        line = [
            sys.executable,
            "-m",
            "tests.reader_by_hand",
            command,
            # entries of feeds are named by the record beside which they are kept
            target.name if command == "watch" else str(target),
            str(inputs),
        ]
        return subprocess.Popen(
            line,
            cwd=target.parent if command == "watch" else ROOT,
            env=python,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def broken_off(self, command: str, how: int, moment: float) -> Iterator[str]:
        """Breaks a command off, looks at what stands there, runs it again and compares."""
        target = self._target(command, "broken")
        process = self._start(command, target)
        time.sleep(moment)
        process.send_signal(how)
        process.wait()
        told = f"{command} after {moment:.2f} s by {signal.Signals(how).name}"
        yield from (f"{told}: {why}" for why in unsound(target))
        if self._start(command, target).wait():
            yield f"{told}: the same command failed"
        elif bytes_of(target) != self.whole[command]:
            yield f"{told}: other bytes than undisturbed"

    def full_disk(self, kilobytes: int) -> Iterator[str]:
        """Builds on a file system that is too small, makes it larger and builds again."""
        told = f"build on a disk of {kilobytes} kB"
        with small_disk(self.folder / "disk", kilobytes) as place:
            target = place / "r.db"
            if not self._start("build", target).wait():
                yield f"{told}: it did not fail"
            yield from (f"{told}: {why}" for why in unsound(target))
            subprocess.run(["mount", "-o", "remount,size=64m", str(place)], check=True)
            if self._start("build", target).wait():
                yield f"{told}: the same command failed with room enough"
            elif bytes_of(target) != self.whole["build"]:
                yield f"{told}: other bytes than undisturbed"


def feed(entries: int) -> str:
    """A feed of short articles."""
    told = "<guid>{0}</guid><title>{0}</title><description>Ana Ruiz met Bo Lind. “{0}.”</description>"
    items = "".join(f"<item>{told.format(f'Round {n}')}</item>" for n in range(entries))
    return f"<rss version='2.0'><channel><title>Talks</title>{items}</channel></rss>"


def corrections(record: Path) -> Iterator[bytes]:
    """A correction of every second statement of a record, as JSON lines."""
    said = making.By(who="Ana", at="2026-01-01T00:00:00Z", why="heard otherwise")
    with Store.open(record) as store:
        ids = [statement.id for _, statement in store.rows(Statement)]
        yield from desk.lines_of(making.set_field(store, i, "act", "deny", said) for i in ids[::2])


@contextmanager
def small_disk(place: Path, kilobytes: int) -> Iterator[Path]:
    """A file system in memory of that size."""
    place.mkdir(exist_ok=True)
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)],
        check=True,
    )
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def unsound(target: Path) -> Iterator[str]:
    """What is wrong with a record that was broken off; a folder's old manifest decides, so nothing can be."""
    if not target.is_file() or not target.stat().st_size:
        return
    copy = target.with_name("copy.db")
    for suffix in ("", "-wal"):
        if Path(f"{target}{suffix}").exists():
            shutil.copy(
                f"{target}{suffix}",
                Path(tempfile.gettempdir()) / f"{copy.name}{suffix}",
            )
    copy = Path(tempfile.gettempdir()) / copy.name
    with Store.open(copy, write=True) as store:
        if store.connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            yield "integrity check failed"
        readings = [store.reading(a.id) for a in list(store.articles())]
        if any(r is None or len(r.statements) != 1 for r in readings):
            yield "an article is not whole"
    for suffix in ("", "-wal", "-shm", ".lock"):
        Path(f"{copy}{suffix}").unlink(missing_ok=True)


def bytes_of(target: Path) -> dict[str, bytes]:
    """The JSON lines export of a record, or every file of a folder."""
    if target.is_dir():
        return {str(p.relative_to(target)): p.read_bytes() for p in sorted(target.rglob("*")) if p.is_file()}
    with tempfile.TemporaryDirectory() as place, Store.open(target) as store:
        return {p.name: p.read_bytes() for p in export(store, "jsonl", Path(place), full_text=True)}


if __name__ == "__main__":
    sys.exit(main())
