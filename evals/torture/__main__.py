"""Hostile inputs, one after the other and as one pile: `python -m evals.torture [--minutes 10]`.

Of each it prints what became of it (articles read, rejects by reason) and the CPU seconds; then it builds
them as one pile and asks the record. It fails where an exception came through, a good neighbour was lost, a
reader broke (`reader_failed`), a payload came out unescaped, or a case took more than its share of time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from evals.torture import hostile
from onrecord import building
from onrecord.record import Store
from onrecord.settings import Settings
from onrecord.types import Reject

MAX_CASE_SECONDS = 45.0
"""CPU seconds of one case: the models' loading, the limits of one article and some."""


def main() -> int:
    """Runs what fits into the time; 0 where everything held."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--minutes", type=float, default=10.0, help="Stop starting cases after it.")
    given.add_argument("--only", default="", help="Cases whose name holds this.")
    args = given.parse_args()
    end = time.monotonic() + args.minutes * 60
    failures: list[str] = []
    reasons: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        tried = 0
        for name, here in hostile.piles(Path(folder)):
            if args.only not in name:
                continue
            if time.monotonic() > end - 60:
                failures.append(f"no time left for {name} and those after it")
                break
            tried += 1
            failures += _alone(name, here, reasons)
        failures += _together(Path(folder))
    print(
        f"inputs tried: {tried} of {len(hostile.CASES)}; rejects by reason: {dict(sorted(reasons.items()))}"
    )
    for failure in failures:
        print(f"FAILED {failure}")
    return 1 if failures else 0


def _alone(name: str, here: Path, reasons: Counter[str]) -> list[str]:
    begun, read, rejected = time.process_time(), list[str](), Counter[str]()
    try:
        for one in building.read(here, settings=Settings(fast=True)):
            if isinstance(one, Reject):
                rejected[one.reason] += 1
            else:
                read.append(one.article.path)
    except Exception as error:
        return [f"{name}: {type(error).__name__}: {error}"]
    seconds = time.process_time() - begun
    reasons.update(rejected)
    outcome = ", ".join(f"{reason} {n}" for reason, n in sorted(rejected.items()))
    print(f"{name:48} read {len(read):3}  {seconds:6.1f} s  {outcome}", flush=True)
    lost = [good for good in ("0-good.txt", "z-good.txt") if str(here / good) not in read]
    return [
        *[f"{name}: {good} is lost" for good in lost],
        *([f"{name}: a reader broke"] if rejected["reader_failed"] else []),
        *([f"{name}: {seconds:.0f} CPU seconds"] if seconds > MAX_CASE_SECONDS else []),
    ]


def _together(folder: Path) -> list[str]:
    """The cases without the baits as one pile, by two workers; then the record is asked."""
    piles = [
        p for p, name in zip(sorted(folder.iterdir()), hostile.CASES, strict=False) if "bait" not in name
    ]
    record = folder / "all.db"
    coverage = building.build(piles, record, settings=Settings(fast=True, workers=2))
    with Store.open(record) as store:
        (check,) = store.connection.execute("PRAGMA integrity_check").fetchone()
        paths = {p for (p,) in store.connection.execute("SELECT path FROM articles")}
    good = [str(pile / name) for pile in piles for name in ("0-good.txt", "z-good.txt")]
    lost = sum(path not in paths for path in good)
    print(
        f"one pile: {coverage.articles} read, {len(coverage.rejected)} rejected, {lost} of {len(good)} lost"
    )
    return [
        *([f"one pile: {lost} good articles are lost"] if lost else []),
        *([f"one pile: the record is damaged: {check}"] if check != "ok" else []),
        *_shown(record),
    ]


def _shown(record: Path) -> list[str]:
    """What a reader's browser would run of the payloads, on the pages and in the brief."""
    from starlette.testclient import TestClient

    from onrecord import review
    from onrecord.serve.web.app import application

    bad: list[str] = []
    with Store.open(record) as store:
        pages = {"the brief": review.render_brief(review.brief(store), "html")}
    client = TestClient(application(record))
    with Store.open(record) as store:
        ids = [
            i for (i,) in store.connection.execute("SELECT id FROM articles WHERE path LIKE '%a.jsonl#id%'")
        ]
    for path in (
        "/",
        "/articles",
        "/statements",
        "/coverage",
        "/search?q=minister",
        *(f"/articles/{i}" for i in ids),
    ):
        pages[path] = client.get(path).text
    for name, page in pages.items():
        for sign in ("<script>alert", "<img src=x", 'href="javascript:', "\x00"):
            if sign in page:
                bad.append(f"{name}: {sign!r} comes out as it went in")
    return bad


if __name__ == "__main__":
    sys.exit(main())
