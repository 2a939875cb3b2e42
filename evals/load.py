"""How the pages bear many readers: python -m evals.load [--statements N] [--clients 16] [--requests 5000]

Makes a record of invented words (once; it stays in --record), serves it on this machine's own address from a
process of its own, and asks for pages, searches and JSON from several clients at once, a bounded number of
times. Prints the number of errors (each with its status and address), median and 95th percentile by kind of
page, and the server's memory as it goes. `--alone` asks for some addresses three times, one after the other,
and prints the server's CPU time of the last.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from evals.invented import ISSUES, STATES, make
from onrecord.record import Store

Pages = dict[str, list[str]]
"""Kind of page → addresses."""
DRAWN = 40
"""Addresses of each kind of page that shows one row, drawn from the record."""
FREQUENT, USUAL, RARE = (0, 30), (30, 1_000), (1_000, 20_000)
"""Words by how often they come; each of the first is in thousands of statements."""
TURNS = 5
"""Pauses in which the memory is looked at, the last one at the end."""


class Answer(NamedTuple):
    """What came of one request."""

    kind: str
    address: str
    seconds: float
    status: int
    """Of HTTP; 599 where the connection broke."""


def ask(port: int, addresses: Sequence[tuple[str, str]], told: list[Answer]) -> None:
    """One client: addresses one after the other over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for kind, address in addresses:
        start = time.perf_counter()
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except (OSError, http.client.HTTPException):
            connection.close()
            connection, status = http.client.HTTPConnection("127.0.0.1", port, timeout=60), 599
        told.append(Answer(kind, address, time.perf_counter() - start, status))
    connection.close()


def memory(process: int) -> float:
    """Memory of a process in MB that is its own: resident, without the pages of files (Linux)."""
    _, resident, shared, *_ = Path(f"/proc/{process}/statm").read_text().split()
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE") / 1e6


def cpu(process: int) -> float:
    """CPU-seconds that a process has taken (Linux)."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(record: Path) -> Iterator[tuple[int, int]]:
    """(port, process) of a server of its own for the record."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "onrecord.serve.cli", "serve", str(record), "--port", str(port)]
    server = subprocess.Popen([*command, "--read-only"], stderr=subprocess.DEVNULL)
    try:
        _until_up(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def _until_up(port: int) -> None:
    for _ in range(300):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError("the server did not come up")


def pages_of(record: Path, seed: int = 1) -> Pages:
    """What is asked for: rows and pairs drawn from the record, searches of frequent and of rare words."""
    chance = random.Random(seed)
    with Store.open(record) as store:
        ids = {kind: _drawn(store, kind, chance) for kind in ("articles", "merged_meetings", "statements")}
        marks = ", ".join("?" * DRAWN)
        named = store.connection.execute(
            f"SELECT DISTINCT id FROM actors WHERE article IN ({marks}) ORDER BY id", ids["articles"]
        )
        actors = chance.choices([a for (a,) in named], k=DRAWN)
    pair: Callable[[], str] = lambda: "{}/{}".format(*chance.sample(STATES, 2))  # noqa: E731
    issue: Callable[[], str] = lambda: chance.choice(ISSUES)  # noqa: E731
    state: Callable[[], str] = lambda: chance.choice(STATES)  # noqa: E731
    return {
        "front": ["/"],
        "relationship": [f"/relationship/{pair()}" for _ in range(20)],
        "search": [f"/search?q={q}" for q in _queries(chance)],
        "faceted search": [f"/search?q={_word(chance, FREQUENT)}&act=deny&year=2017" for _ in range(5)]
        + [f"/search?q={_word(chance, FREQUENT)}&issue={issue()}" for _ in range(5)]
        + [f"/search?q={_word(chance, USUAL)}&actor=person:p-{state().lower()}-7" for _ in range(5)],
        "statements": ["/statements", "/statements?since=2017-05"]
        + [f"/statements?actor={state()}&issue={issue()}" for _ in range(5)]
        + [f"/statements?between={pair().replace('/', ',')}&act=deny" for _ in range(5)],
        "statement": [f"/statements/{i}" for i in ids["statements"]],
        "actor": [*(f"/actors/{a}" for a in actors), *(f"/actors/state:{s}" for s in STATES[:3])],
        "actors": ["/actors"],
        "issues": ["/issues"],
        "issue": [f"/issues?issue={i}" for i in ISSUES[::3]],
        "meetings": ["/meetings", *(f"/meetings?between={pair().replace('/', ',')}" for _ in range(5)),
                     f"/meetings?actor={state()}&since=2015"],
        "meeting": [f"/meetings/{i}" for i in ids["merged_meetings"]],
        "articles": ["/articles", "/articles?page=20"],
        "article": [f"/articles/{i}" for i in ids["articles"]],
        "coverage": ["/coverage"],
        "JSON": ["/api/meetings?limit=50", "/api/events?limit=50",
                 f"/api/statements?actor={state()}&limit=50",
                 f"/api/search?q={_word(chance, USUAL)}", f"/api/statements?issue={issue()}&format=csv"],
    }  # fmt: skip


def _drawn(store: Store, table: str, chance: random.Random) -> list[str]:
    """Ids of some rows."""
    last = store.connection.execute(f"SELECT max(key) FROM {table}").fetchone()[0]
    sql = f"SELECT id FROM {table} WHERE key = ?"
    return [store.connection.execute(sql, [chance.randint(1, last)]).fetchone()[0] for _ in range(DRAWN)]


def _word(chance: random.Random, range_: tuple[int, int]) -> str:
    return f"w{chance.randrange(*range_)}"


def _queries(chance: random.Random) -> list[str]:
    """One word, two, a phrase, a beginning, one of two, one without the other."""
    one = [_word(chance, of) for of in (FREQUENT, USUAL, RARE) for _ in range(5)]
    two = [f"{_word(chance, FREQUENT)}+{_word(chance, USUAL)}" for _ in range(5)]
    return [*one, *two, f"%22{_word(chance, FREQUENT)}+{_word(chance, FREQUENT)}%22", "w12*",
            f"{_word(chance, USUAL)}+OR+{_word(chance, RARE)}", "w1+NOT+w2"]  # fmt: skip


def one_by_one(record: Path, times: int = 3) -> int:
    """Asks for each address some times; prints what each took at first and at last."""
    failed = 0
    with served(record) as (port, process):
        print(f"{'first ms':>9} {'last ms':>9} {'CPU ms':>9}")
        for kind, address in ((k, a) for k, pages in pages_of(record).items() for a in pages[-4:]):
            told, begun = list[Answer](), 0.0
            for _ in range(times):
                begun = cpu(process)
                ask(port, [(kind, address)], told)
            spent = cpu(process) - begun
            wrong = "" if told[-1].status == 200 else f"   {told[-1].status}"
            first, last = told[0].seconds * 1000, told[-1].seconds * 1000
            print(f"{first:9.0f} {last:9.0f} {spent * 1000:9.0f}  {address}{wrong}")
            failed += sum(t.status != 200 for t in told)
    return 1 if failed else 0


def run(record: Path, clients: int, requests: int, seed: int = 1) -> int:
    """Serves and asks; prints what came of it; 1 where an answer failed."""
    pages, chance = pages_of(record), random.Random(seed)
    kinds = [kind for kind in pages for _ in range(3 if len(pages[kind]) > 2 else 1)]
    shares = [[_request(pages, chance.choice(kinds), chance) for _ in range(requests // clients)]
              for _ in range(clients)]  # fmt: skip
    with served(record) as (port, process):
        alone, told = list[Answer](), list[Answer]()
        ask(port, [(kind, address) for kind, some in pages.items() for address in some[-4:]], alone)
        held, start, begun = [memory(process)], time.perf_counter(), cpu(process)
        for turn in range(TURNS):
            threads = [
                threading.Thread(target=ask, args=(port, share[turn::TURNS], told)) for share in shares
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            held.append(memory(process))
        seconds, spent = time.perf_counter() - start, cpu(process) - begun
    failed = Counter((t.status, t.address) for t in (*alone, *told) if t.status != 200)
    print(f"{len(told)} requests, {clients} clients, {seconds:.0f} s: {failed.total()} errors")
    print(f"the server took {spent:.0f} CPU-seconds, {spent * 1000 / max(len(told), 1):.0f} ms a request")
    for (status, address), n in failed.most_common():
        print(f"  {n} times {status}: {address}")
    print("memory in MB: " + ", ".join(f"{m:.0f} after {n * len(told) // TURNS}" for n, m in enumerate(held)))
    _print_times(alone, told)
    return 1 if failed else 0


def _request(pages: Pages, kind: str, chance: random.Random) -> tuple[str, str]:
    return kind, chance.choice(pages[kind])


def _print_times(alone: Sequence[Answer], told: Sequence[Answer]) -> None:
    print(f"{'page':16} {'alone':>8} {'p50':>8} {'p95':>8}   (milliseconds; p50 and p95 with all clients)")
    for kind in (*dict.fromkeys(t.kind for t in alone), "all"):
        one = [t.seconds * 1000 for t in alone if kind in (t.kind, "all")]
        many = [t.seconds * 1000 for t in told if kind in (t.kind, "all")] or one
        p95 = quantiles(many, n=20)[-1] if len(many) > 1 else many[0]
        print(f"{kind:16} {median(one):8.0f} {median(many):8.0f} {p95:8.0f}")


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m evals.load", description=__doc__)
    parser.add_argument("--record", type=Path, default=Path("build/load.db"))
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--requests", type=int, default=5_000)
    parser.add_argument("--alone", action="store_true", help="one request after the other")
    given = parser.parse_args()
    given.record.parent.mkdir(parents=True, exist_ok=True)
    make(given.record, given.statements)
    if given.alone:
        return one_by_one(given.record)
    return run(given.record, given.clients, given.requests)


if __name__ == "__main__":
    sys.exit(main())
