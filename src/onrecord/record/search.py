"""Full-text search over statements, with facets, planned so that a million statements are quick."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing
from typing import Any, Literal

import msgspec

from onrecord.errors import UsageError
from onrecord.record import codec
from onrecord.record.codec import to_json
from onrecord.record.filters import Filters, where
from onrecord.record.kinds import KINDS
from onrecord.record.store import Store
from onrecord.types import Value

MAX_RANKED = 1_000
"""Hits beyond it are neither ranked nor counted: ranking a word of every article costs seconds."""
MAX_ARTICLES = 10
"""Articles given beside the statements."""
TOKENS = "unicode61 remove_diacritics 2"
"""How the record's full-text tables cut words (see `onrecord.record.schema`)."""
MAX_FACET = 12
"""Values shown of each facet, most frequent first."""
MARK = ("\x02", "\x03")
"""Stand around a word found, in `Hit.words`; an article may hold them too, so take them for a hint only."""
_WORDS = 48
"""Words of an excerpt (FTS5 allows 64)."""

Facet = Literal["actor", "issue", "act", "year", "outlet"]


class Hit(Value, frozen=True, kw_only=True):
    """A statement or article that holds the words."""

    id: str
    article: str
    words: str
    """An excerpt; `MARK` stands around what was found."""


class FacetValue(Value, frozen=True, kw_only=True):
    """One choice that narrows a search, and how many of the hits it keeps."""

    value: str
    label: str
    hits: int


class Found(Value, frozen=True, kw_only=True):
    """The answer to a search."""

    query: str
    """As SQLite's full-text search took it."""
    literal: bool
    """True where the words were no valid query and were taken one by one."""
    total: int
    more: bool
    """True where there are more than `total`, which is then `MAX_RANKED`."""
    statements: tuple[Hit, ...]
    articles: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]


def search(
    store: Store, words: str, *, filters: Filters | None = None, outlet: str | None = None, limit: int = 50,
    offset: int = 0,
) -> Found:  # fmt: skip
    """Statements and articles that hold words, the best first, with facets over the statements.

    Args:
        store: an open record.
        words: FTS5 syntax: words, "a phrase", pref*, AND, OR, NOT, NEAR(). Else it is taken word by word.
        filters: which statements; its `text`, `limit` and `after` are not looked at.
        outlet: statements of articles of this publisher only.
        limit: statements given; articles are at most ten.
        offset: statements passed over.

    Raises:
        UsageError: there is no word in the query.
    """
    query, literal = _query(store.connection, words)
    chosen = msgspec.structs.replace(filters or Filters(), text=None, limit=None, after=None)
    condition, values = where(store.connection, KINDS["statements"], chosen)
    if outlet is not None:
        condition += (" AND " if condition else " WHERE ") + "x.publisher = ?"
        values = [*values, outlet]
    connection = store.connection
    keys = _best(connection, "statements_fts", query)
    # The full text first: CROSS JOIN keeps SQLite from turning the plan round.
    if len(keys) > MAX_RANKED and condition:
        held: tuple[str, str, Any] = (
            "statements_fts f CROSS JOIN statements t ON f.statements_fts MATCH ? AND t.key = f.rowid",
            "f.rowid",
            query,
        )
    else:
        held = "json_each(?) f CROSS JOIN statements t ON t.key = f.value", "f.key", to_json(keys)
    hits = connection.execute(
        f"""SELECT t.key, t.id, t.article, t.speaker, t.act, x.publisher,
                substr(coalesce(t.said_on_start, x.published_range_start), 1, 4)
            FROM {held[0]} JOIN articles x ON x.id = t.article {condition}
            ORDER BY {held[1]} LIMIT {MAX_RANKED + 1}""",
        [held[2], *values],
    ).fetchall()
    more, hits = len(hits) > MAX_RANKED, hits[:MAX_RANKED]
    shown = hits[offset : offset + limit]
    excerpts = _excerpts(connection, "statements", "quote", query, [h[0] for h in shown])
    return Found(
        query=query,
        literal=literal,
        total=len(hits),
        more=more,
        statements=tuple(Hit(id=h[1], article=h[2], words=excerpts[h[0]]) for h in shown),
        articles=_articles(connection, query),
        facets=_facets(connection, hits),
    )


def _best(connection: sqlite3.Connection, table: str, query: str) -> list[int]:
    """Keys of what holds the words, best first; where there are more than can be ranked, the first ones."""
    some = f"SELECT rowid FROM {table} WHERE {table} MATCH ?"
    keys = connection.execute(f"{some} LIMIT {MAX_RANKED + 1}", [query]).fetchall()
    if len(keys) <= MAX_RANKED:
        keys = connection.execute(f"{some} ORDER BY rank, rowid", [query]).fetchall()
    return [key for (key,) in keys]


def _excerpts(
    connection: sqlite3.Connection, table: str, column: str, query: str, keys: list[int]
) -> dict[int, str]:
    """Key → excerpt, of rows known to hold the words.

    `snippet` over the whole index would go through it once for each row; an index of only these rows, in
    memory, gives the same words at once.
    """
    with closing(sqlite3.connect(":memory:")) as small:
        small.text_factory = codec.readable
        other = "source_text" if table == "statements" else "title"
        small.execute(f"CREATE VIRTUAL TABLE held USING fts5({column}, {other}, tokenize='{TOKENS}')")
        rows = connection.execute(
            f"""SELECT key, CAST({column} AS BLOB), CAST({other} AS BLOB) FROM {table}
                WHERE key IN (SELECT value FROM json_each(?))""",
            [to_json(keys)],
        ).fetchall()
        small.executemany(
            f"INSERT INTO held(rowid, {column}, {other}) VALUES (?, CAST(? AS TEXT), CAST(? AS TEXT))", rows
        )
        made = small.execute(
            f"SELECT rowid, snippet(held, 0, ?, ?, ' … ', {_WORDS}) FROM held WHERE held MATCH ?",
            [*MARK, query],
        )
        plain = {key: codec.readable(text) for key, text, _ in rows}
        return plain | dict(made.fetchall())


def _facets(connection: sqlite3.Connection, hits: list[Any]) -> dict[str, tuple[FacetValue, ...]]:
    issues = connection.execute(
        "SELECT issue FROM statements_issues WHERE row IN (SELECT value FROM json_each(?))",
        [to_json([h[1] for h in hits])],
    )
    told = {
        "actor": Counter(h[3] for h in hits if h[3]),
        "issue": Counter(issue for (issue,) in issues),
        "act": Counter(h[4] for h in hits),
        "year": Counter(h[6] for h in hits if h[6]),
        "outlet": Counter(h[5] for h in hits if h[5]),
    }
    names = {
        "actor": "SELECT name FROM actors WHERE id = ?",
        "issue": "SELECT label FROM issues WHERE id = ?",
    }

    def label(facet: str, value: str) -> str:
        known = connection.execute(f"{names[facet]} LIMIT 1", [value]).fetchone() if facet in names else None
        return str(known[0]) if known else value

    return {
        facet: tuple(
            FacetValue(value=value, label=label(facet, value), hits=n)
            for value, n in sorted(counted.items(), key=lambda c: (-c[1], c[0]))[:MAX_FACET]
        )
        for facet, counted in told.items()
    }


def _articles(connection: sqlite3.Connection, query: str) -> tuple[Hit, ...]:
    keys = _best(connection, "articles_fts", query)[:MAX_ARTICLES]
    excerpts = _excerpts(connection, "articles", "text", query, keys)
    ids = connection.execute(
        "SELECT key, id FROM articles WHERE key IN (SELECT value FROM json_each(?))", [to_json(keys)]
    )
    known = dict(ids.fetchall())
    return tuple(Hit(id=known[k], article=known[k], words=excerpts[k]) for k in keys)


def _query(connection: sqlite3.Connection, words: str) -> tuple[str, bool]:
    """The words as a valid FTS5 query, and whether they had to be taken one by one."""
    words = words.encode("utf-8", "replace").decode()
    each = re.findall(r"\w+", words)
    if not each:
        raise UsageError(
            'no word to look for; write a word, "a phrase", or a beginning with a star: sanction*'
        )
    for query, literal in ((words, False), (" ".join(f'"{w}"' for w in each), True)):
        try:
            connection.execute("SELECT 1 FROM statements_fts WHERE statements_fts MATCH ? LIMIT 1", [query])
        except sqlite3.OperationalError as error:
            if "interrupted" in str(error):
                raise
            continue
        # A column filter would search our columns' names, not the article's words.
        if literal or ":" not in words:
            return query, literal
    return query, True
