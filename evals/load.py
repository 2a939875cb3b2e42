"""How the pages bear many readers: python -m evals.load [--statements N] [--clients 16] [--requests 5000]

Makes a record of invented words (once; it stays in --record), serves it on this machine's own address from a
process of its own, and asks for pages, searches and JSON from several clients at once, a bounded number of
times. Prints the number of errors, median and 95th percentile by kind of page, and the server's memory.
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
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles

from onrecord.record import Store
from onrecord.types import (
    Account,
    Actor,
    Article,
    Event,
    EventCluster,
    IssueWeight,
    Merged,
    MergedMeeting,
    Passage,
    Position,
    Reading,
    Span,
    Statement,
    cut,
    day_range,
    row_id,
    text_hash,
)

STATES = [
    "RUS",
    "USA",
    "CHN",
    "IND",
    "BRA",
    "DEU",
    "FRA",
    "GBR",
    "JPN",
    "TUR",
    "IRN",
    "KEN",
    "ETH",
    "CHL",
    "BOL",
    "MEX",
    "IDN",
    "NOR",
    "ISL",
    "EGY",
]
ISSUES = [f"issue-{n}" for n in range(24)]
ACTS = ["say", "deny", "confirm", "accuse", "promise", "demand", "agree", "warn"]
SAID = 20
"""Statements an article."""
BATCH = 200
PEOPLE = 40
"""People a state."""
_QUERIES = ("w17", "w3+w250", "%22w40+w41%22", "w12*", "w900+OR+w901", "w1+NOT+w2")
PAGES = {
    "front": ["/"],
    "relationship": [f"/relationship/{a}/{b}" for a, b in (("RUS", "USA"), ("KEN", "ETH"), ("CHN", "IND"))],
    "search": [f"/search?q={q}" for q in _QUERIES],
    "faceted search": ["/search?q=w30&act=deny&year=2017", "/search?q=w5&issue=issue-3"],
    "statements": ["/statements", "/statements?actor=RUS&issue=issue-2", "/statements?since=2017-05"],
    "actor": [f"/actors/person:p-{n}" for n in range(0, 800, 97)],
    "issues": ["/issues"],
    "issue": [f"/issues?issue={i}" for i in ISSUES[::7]],
    "meetings": ["/meetings", "/meetings?between=RUS,USA"],
    "articles": ["/articles"],
    "JSON": ["/api/statements?actor=USA&limit=50", "/api/meetings?limit=50", "/api/events?limit=50"],
}  # fmt: skip


def readings(statements: int, seed: int = 7) -> Iterator[Reading]:
    """Articles of invented words, each with twenty statements and two events."""
    chance = random.Random(seed)
    words = [f"w{n}" for n in range(4_000)]
    weights = [1 / (n + 3) for n in range(len(words))]
    people = [
        Actor(
            id=f"person:p-{n}",
            name=f"Person N{n}",
            kind="person",
            country=STATES[n % len(STATES)],
            sector="GOV",
        )
        for n in range(PEOPLE * len(STATES))
    ]
    states = {
        c: Actor(id=f"state:{c}", name=f"State {c}", kind="state", country=c, sector="GOV") for c in STATES
    }
    for n in range(max(1, statements // SAID)):
        one, other = chance.sample(STATES, 2)
        cast = [p for p in chance.sample(people, 30) if p.country in (one, other)][:4] or people[:2]
        cast = sorted({a.id: a for a in [*cast, states[one], states[other]]}.values(), key=lambda a: a.id)
        day = date(2010, 1, 1) + timedelta(chance.randrange(5_000))
        issues = chance.sample(ISSUES, 2)
        yield _reading(n, day, cast, issues, chance.choices(words, weights, k=SAID * 12), chance)


def _reading(
    n: int, day: date, cast: Sequence[Actor], issues: list[str], words: list[str], chance: random.Random
) -> Reading:
    parts, said, at = list[str](), list[Statement](), 0
    article = row_id("a", str(n))
    for k in range(SAID):
        who = chance.choice(cast)
        content = " ".join(words[k * 12 : k * 12 + 12])
        sentence = f"{who.name} said {content}. "
        spans = [Span(at, at + len(who.name)), Span(at + len(who.name) + 1, at + len(who.name) + 5),
                 Span(at + len(who.name) + 6, at + len(sentence) - 2)]  # fmt: skip
        said.append(
            Statement(id=row_id("s", article, k), source=(spans[0],), cue=(spans[1],), content=(spans[2],),
                      speaker=who.id, speech="indirect", act=chance.choice(ACTS), said_on=day_range(day),  # type: ignore[arg-type]
                      issues=(chance.choice(issues),), quote=content, source_text=who.name, cue_text="said",
                      confidence=0.9)
        )  # fmt: skip
        parts.append(sentence)
        at += len(sentence)
    text = "".join(parts)
    evidence = (said[0].content[0],)
    happened = [
        Event(id=row_id("e", article, k), type="CONSULT", actors=(cast[0].id,), recipients=(cast[-1].id,),
              date=day_range(day), trigger=said[0].cue, trigger_text="said", evidence=evidence,
              text=cut(text, evidence))
        for k in range(2)
    ]  # fmt: skip
    return Reading(
        article=Article(id=article, path=f"{n}.txt", text=text, title=" ".join(words[:6]),
                        publisher=f"Outlet {n % 12}", published=day, published_basis="given",
                        published_range=day_range(day), text_sha256=text_hash(text)),
        passages=(Passage(start=0, end=len(text), role="body"),), actors=tuple(cast), statements=tuple(said),
        events=tuple(happened),
        issues=tuple(IssueWeight(id=i, label=i.title(), weight=0.5) for i in sorted(issues)),
    )  # fmt: skip


def merged(of: Sequence[Reading]) -> Merged:
    """A meeting in every third article, an event a cluster, a position for every tenth."""
    met, happened, stand = [], [], []
    for n, r in enumerate(of):
        account = Account(article=r.article.id, row=r.events[0].id, evidence=r.events[0].evidence)
        plain = {f: getattr(r.events[0], f) for f in r.events[0].__struct_fields__}
        happened.append(
            EventCluster(**{**plain, "id": f"c-{n}"}, articles=1, independent=1, accounts=(account,))
        )
        if n % 3 == 0:
            met.append(
                MergedMeeting(id=f"m-{n}", participants=(r.actors[0].id, r.actors[-1].id),
                              date=r.events[0].date, agenda=r.statements[0].issues,
                              evidence=r.events[0].evidence, text=r.events[0].text, articles=1, independent=1,
                              accounts=(account,))
            )  # fmt: skip
        if n % 10 == 0:
            who, said = r.statements[0].speaker or "", r.statements[0]
            stand.append(
                Position(id=f"p-{n}", actor=who, issue=said.issues[0], range=said.said_on, stance="for",
                         accounts=(account,))
            )  # fmt: skip
    return Merged(events=tuple(happened), meetings=tuple(met), positions=tuple(stand))


def make(record: Path, statements: int) -> None:
    """The record, unless it is there."""
    if record.exists():
        return
    part, kept = record.with_suffix(".part"), list[Reading]()
    part.unlink(missing_ok=True)
    with Store.open(part, write=True) as store:
        batch = list[Reading]()
        for n, reading in enumerate(readings(statements)):
            batch.append(reading)
            if n % 5 == 0:
                kept.append(reading)
            if len(batch) == BATCH:
                store.write(*batch)
                batch = []
        store.write(*batch)
        store.write_merged(merged(kept))
        store.set_manifest(complete=True, onrecord="load")
    part.rename(record)


def ask(port: int, addresses: Sequence[tuple[str, str]], told: list[tuple[str, float, int]]) -> None:
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
        told.append((kind, time.perf_counter() - start, status))
    connection.close()


def memory(process: int) -> float:
    """Resident memory of a process in MB (Linux)."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def run(record: Path, clients: int, requests: int, seed: int = 1) -> int:
    """Serves and asks; prints what came of it; 1 where an answer failed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "onrecord.serve.cli",
            "serve",
            str(record),
            "--port",
            str(port),
            "--read-only",
        ],
        stderr=subprocess.DEVNULL,
    )
    try:
        _until_up(port)
        every = [(kind, address) for kind, pages in PAGES.items() for address in pages]
        alone = list[tuple[str, float, int]]()
        ask(port, every, alone)
        chance = random.Random(seed)
        shares = [[chance.choice(every) for _ in range(requests // clients)] for _ in range(clients)]
        told, before, start = list[tuple[str, float, int]](), memory(server.pid), time.perf_counter()
        half = [share[: len(share) // 2] for share in shares], [share[len(share) // 2 :] for share in shares]
        middle = 0.0
        for part in half:
            threads = [threading.Thread(target=ask, args=(port, share, told)) for share in part]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            middle = middle or memory(server.pid)
        seconds, after = time.perf_counter() - start, memory(server.pid)
    finally:
        server.terminate()
        server.wait()
    failed = [t for t in [*alone, *told] if t[2] != 200]
    print(f"{len(told)} requests, {clients} clients, {seconds:.0f} s: {len(failed)} errors")
    print(f"memory: {before:.0f} MB before, {middle:.0f} MB half-way, {after:.0f} MB after")
    print(f"{'page':16} {'alone':>8} {'p50':>8} {'p95':>8}   (milliseconds; p50 and p95 with all clients)")
    for kind in (*PAGES, "all"):
        one = [s * 1000 for k, s, _ in alone if kind in (k, "all")]
        many = [s * 1000 for k, s, _ in told if kind in (k, "all")] or one
        p95 = quantiles(many, n=20)[-1] if len(many) > 1 else many[0]
        print(f"{kind:16} {median(one):8.0f} {median(many):8.0f} {p95:8.0f}")
    return 1 if failed else 0


def _until_up(port: int) -> None:
    for _ in range(300):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError("the server did not come up")


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m evals.load", description=__doc__)
    parser.add_argument("--record", type=Path, default=Path("build/load.db"))
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--requests", type=int, default=5_000)
    given = parser.parse_args()
    given.record.parent.mkdir(parents=True, exist_ok=True)
    make(given.record, given.statements)
    return run(given.record, given.clients, given.requests)


if __name__ == "__main__":
    sys.exit(main())
