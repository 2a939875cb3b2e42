"""A large record of invented words, for measuring pages: the same rows for the same number and seed.

Rows are written beside `Store.write`, all of a table at once and with the indexes made afterwards: a million
statements take two minutes instead of ten. Each table's row is made of one value of its type, so that columns
follow the types.
"""

from __future__ import annotations

import random
import sqlite3
from bisect import bisect
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.record import Store, codec, schema
from onrecord.record.codec import to_json
from onrecord.record.kinds import KINDS
from onrecord.types import (
    Account,
    Actor,
    Article,
    Event,
    EventCluster,
    IssueWeight,
    MergedMeeting,
    Passage,
    Position,
    Range,
    Span,
    Statement,
    row_id,
    text_hash,
)

STATES = ["RUS", "USA", "CHN", "IND", "BRA", "DEU", "FRA", "GBR", "JPN", "TUR",
          "IRN", "KEN", "ETH", "CHL", "BOL", "MEX", "IDN", "NOR", "ISL", "EGY"]  # fmt: skip
ISSUES = [f"issue-{n}" for n in range(24)]
ACTS = ["say", "deny", "confirm", "accuse", "promise", "demand", "agree", "warn"]
SAID = 20
"""Statements an article."""
LENGTH = 12
"""Words of a statement."""
WORDS = 40_000
"""Different words; the n-th is about n times rarer than the first."""
OFFICIALS = 40
"""People a state who are named again and again."""
OTHERS = 20_000
"""People named in a few articles each."""
BATCH = 500
"""Articles written at once."""
FULL_TEXT = ("articles", "statements")
Cells = dict[str, Any]


class Told(NamedTuple):
    """One article: its rows by table, and what it gives to the rows of many articles."""

    rows: dict[str, list[list[Any]]]
    merged: dict[str, list[list[Any]]]


def make(record: Path, statements: int) -> None:
    """The record, unless it is there; one that an older onrecord wrote is made anew."""
    if record.exists():
        with closing(sqlite3.connect(record)) as there:
            if schema.version(there) == schema.current():
                return
        record.unlink()
    part = record.with_suffix(".part")
    part.unlink(missing_ok=True)
    with Store.open(part, write=True) as store:
        to = store.connection
        to.execute("PRAGMA cache_size = -400000")
        to.execute("PRAGMA foreign_keys = OFF")
        put_off = _without_indexes(to)
        articles = _articles(statements)
        while batch := list(islice(articles, BATCH)):
            with store.transaction():
                for told in batch:
                    for table, rows in {**told.rows, **told.merged}.items():
                        to.executemany(_sql(table), rows)
        for sql in put_off:
            to.execute(sql)
        for table in FULL_TEXT:
            to.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")
        to.execute("UPDATE actors SET day = (SELECT published_range_end FROM articles WHERE id = article)")
        store.set_manifest(complete=True, onrecord="invented words")
    part.rename(record)


def _without_indexes(connection: sqlite3.Connection) -> list[str]:
    """Takes out indexes and triggers; gives the SQL that makes them again."""
    made = connection.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).fetchall()
    for kind, name, _ in made:
        connection.execute(f"DROP {kind} {name}")
    return [sql for _, _, sql in made]


def _sql(table: str) -> str:
    if table not in KINDS:
        return f"INSERT INTO {table} VALUES ({', '.join('?' * (2 if table.endswith('_articles') else 3))})"
    before = ["fingerprint"] if table == "articles" else ["n"] if KINDS[table].merged else ["article", "n"]
    return codec.insert_sql(table, KINDS[table].type, tuple(before))


def _articles(statements: int, seed: int = 7) -> Iterator[Told]:
    """Articles of twenty statements and two events, each of a cluster; some of a meeting or position."""
    chance = random.Random(seed)
    words = [f"w{n}" for n in range(WORDS)]
    shares = list(accumulate(1 / (n + 3) for n in range(WORDS)))
    officials = {c: [_person(f"{c}-{n}", c) for n in range(OFFICIALS)] for c in STATES}
    others = [_person(str(n), STATES[n % len(STATES)]) for n in range(OTHERS)]
    states = {
        c: Actor(id=f"state:{c}", name=f"State {c}", kind="state", country=c, sector="GOV") for c in STATES
    }
    for n in range(max(1, statements // SAID)):
        one, other = chance.sample(STATES, 2)
        cast = [states[one], states[other], *chance.sample(officials[one], 2),
                *chance.sample(officials[other], 2), chance.choice(others)]  # fmt: skip
        day = date(2010, 1, 1) + timedelta(chance.randrange(5_000))
        said = [words[bisect(shares, chance.random() * shares[-1])] for _ in range(SAID * LENGTH)]
        yield _article(n, day, sorted(cast, key=lambda a: a.id), chance.sample(ISSUES, 2), said, chance)


def _person(name: str, country: str) -> Actor:
    return Actor(
        id=f"person:p-{name.lower()}", name=f"Person N{name}", kind="person", country=country, sector="GOV"
    )


def _article(
    n: int, day: date, cast: Sequence[Actor], issues: list[str], words: list[str], chance: random.Random
) -> Told:
    article, on = row_id("a", str(n)), day.isoformat()
    rows: dict[str, list[list[Any]]] = {
        t: [] for t in ("articles", "statements", "statements_actors", "statements_issues", "events_actors")
    }
    parts, at = list[str](), 0
    for k in range(SAID):
        who, issue, content = chance.choice(cast), chance.choice(issues), _joined(words, k)
        sentence, row, name = f"{who.name} said {content}. ", row_id("s", article, k), len(who.name)
        cells = _STATEMENT | {
            "id": row, "source": f"[[{at},{at + name}]]", "cue": f"[[{at + name + 1},{at + name + 5}]]",
            "content": f"[[{at + name + 6},{at + len(sentence) - 2}]]", "speaker": who.id,
            "act": chance.choice(ACTS), "said_on_start": on, "said_on_end": on, "issues": f'["{issue}"]',
            "quote": content, "source_text": who.name,
        }  # fmt: skip
        rows["statements"].append([article, k, *cells.values()])
        rows["statements_actors"].append([row, who.id, "speaker"])
        rows["statements_issues"].append([row, issue, "issues"])
        parts.append(sentence)
        at += len(sentence)
    text = "".join(parts)
    head = Article(
        id=article, path=f"{n}.txt", text=text, title=" ".join(words[:6]), publisher=f"Outlet {n % 12}",
        published=day, published_basis="given", published_range=Range(day, day), text_sha256=text_hash(text),
    )  # fmt: skip
    rows["articles"].append(["", *codec.encode(head)])
    rows["passages"] = [[article, 0, *codec.encode(Passage(start=0, end=len(text), role="body"))]]
    rows["actors"] = [[article, k, *codec.encode(a)] for k, a in enumerate(cast)]
    rows["issues"] = [
        [article, k, *codec.encode(IssueWeight(id=i, label=i.title(), weight=0.5))]
        for k, i in enumerate(sorted(issues))
    ]
    two, spans = (cast[0].id, cast[-1].id), rows["statements"][0][2:][_CONTENT]
    deed: Cells = {
        "actors": to_json(two[:1]), "recipients": to_json(two[1:]), "date_start": on, "date_end": on,
        "trigger": spans, "evidence": spans, "trigger_text": _joined(words, 0), "text": _joined(words, 0),
    }  # fmt: skip
    ids = [row_id("e", article, k) for k in range(2)]
    rows["events"] = [[article, k, *(_EVENT | deed | {"id": i}).values()] for k, i in enumerate(ids)]
    rows["events_actors"] = [
        [i, a, r] for i in ids for a, r in zip(two, ("actors", "recipients"), strict=True)
    ]
    return Told(rows, _merged(n, article, two, deed, rows["statements_actors"][0][1], issues[0]))


def _merged(
    n: int, article: str, two: Sequence[str], deed: Cells, speaker: str, issue: str
) -> dict[str, list[list[Any]]]:
    """A cluster of every article, a meeting of every third, a position of every tenth."""
    account = Account(article=article, row=row_id("e", article, 0))
    more: Cells = {"articles": 1, "independent": 1, "accounts": to_json([account])}
    rows = {
        "event_clusters": [[n, *(_CLUSTER | deed | more | {"id": f"c-{n}"}).values()]],
        "event_clusters_actors": [[f"c-{n}", two[0], "actors"], [f"c-{n}", two[1], "recipients"]],
        "event_clusters_articles": [[f"c-{n}", article]],
    }
    on = {k: deed[k] for k in ("date_start", "date_end", "evidence", "text")}
    if n % 3 == 0:
        met = {"id": f"m-{n}", "participants": to_json(two), "agenda": to_json([issue])}
        rows["merged_meetings"] = [[n, *(_MEETING | on | more | met).values()]]
        rows["merged_meetings_actors"] = [[f"m-{n}", a, "participants"] for a in two]
        rows["merged_meetings_issues"] = [[f"m-{n}", issue, "agenda"]]
        rows["merged_meetings_articles"] = [[f"m-{n}", article]]
    if n % 10 == 0:
        days = {"range_start": deed["date_start"], "range_end": deed["date_end"]}
        stands = {"id": f"p-{n}", "actor": speaker, "issue": issue}
        rows["positions"] = [[n, *(_POSITION | days | more | stands).values()]]
        rows["positions_actors"] = [[f"p-{n}", speaker, "actor"]]
        rows["positions_issues"] = [[f"p-{n}", issue, "issue"]]
        rows["positions_articles"] = [[f"p-{n}", article]]
    return rows


def _joined(words: Sequence[str], k: int) -> str:
    return " ".join(words[k * LENGTH : (k + 1) * LENGTH])


def _row(value: Any) -> Cells:
    """A value as the cells of a row, to be changed by name."""
    return dict(zip(codec.columns(type(value)), codec.encode(value), strict=True))


_SPANS = (Span(0, 1),)
_DEED: Cells = {"id": "", "type": "CONSULT", "actors": (), "recipients": (), "trigger": _SPANS,
                "trigger_text": "", "evidence": _SPANS, "text": ""}  # fmt: skip
_MANY: Cells = {"articles": 1, "independent": 1, "accounts": ()}
_STATEMENT = _row(
    Statement(id="", source=_SPANS, cue=_SPANS, content=_SPANS, speaker="", speech="indirect", act="say",
              quote="", source_text="", cue_text="said", confidence=0.9)
)  # fmt: skip
_CONTENT = list(_STATEMENT).index("content")
_EVENT = _row(Event(**_DEED))
_CLUSTER = _row(EventCluster(**_DEED, **_MANY))
_MEETING = _row(MergedMeeting(id="", participants=(), evidence=_SPANS, text="", **_MANY))
_POSITION = _row(Position(id="", actor="", issue="", range=None, stance="for", **_MANY))
