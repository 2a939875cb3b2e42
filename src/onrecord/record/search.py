"""Full-text search over statements, with facets, planned so that a million statements are quick."""

from __future__ import annotations

import re
import sqlite3
from typing import Any, Literal

import msgspec

from onrecord.errors import UsageError
from onrecord.record.filters import Filters, where
from onrecord.record.kinds import KINDS
from onrecord.record.store import Store
from onrecord.types import Value

MAX_RANKED = 5_000
"""Hits beyond it are neither ranked nor counted: ranking a word of every article costs seconds."""
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
    # The full text first (CROSS JOIN keeps SQLite from turning the plan round), and no further than needed.
    hits = f"""WITH hits AS (
            SELECT t.key, t.id, t.article, t.speaker, t.act, x.publisher,
                   substr(coalesce(t.said_on_start, x.published_range_start), 1, 4) AS year
            FROM statements_fts f CROSS JOIN statements t ON t.key = f.rowid
            JOIN articles x ON x.id = t.article
            {condition + " AND" if condition else " WHERE"} f.statements_fts MATCH ?
            LIMIT {MAX_RANKED + 1})"""
    asked = [*values, query]
    connection = store.connection
    total = connection.execute(f"{hits} SELECT count(*) FROM hits", asked).fetchone()[0]
    ranked = "f.rank," if total <= MAX_RANKED else ""
    statements = connection.execute(
        f"""{hits} SELECT h.id, h.article, snippet(statements_fts, 0, ?, ?, ' … ', {_WORDS})
            FROM hits h CROSS JOIN statements_fts f ON f.rowid = h.key
            WHERE f.statements_fts MATCH ? ORDER BY {ranked} h.key LIMIT ? OFFSET ?""",
        [*asked, *MARK, query, limit, offset],
    ).fetchall()
    return Found(
        query=query,
        literal=literal,
        total=min(total, MAX_RANKED),
        more=total > MAX_RANKED,
        statements=tuple(Hit(id=i, article=a, words=w) for i, a, w in statements),
        articles=_articles(connection, query),
        facets={name: _facet(connection, hits, asked, sql) for name, sql in _FACETS.items()},
    )


_FACETS = {
    "actor": """SELECT speaker, (SELECT name FROM actors WHERE id = speaker LIMIT 1), count(*) FROM hits
        WHERE speaker IS NOT NULL GROUP BY speaker""",
    "issue": """SELECT l.issue, (SELECT label FROM issues WHERE id = l.issue LIMIT 1), count(*)
        FROM hits JOIN statements_issues l ON l.row = hits.id GROUP BY l.issue""",
    "act": "SELECT act, act, count(*) FROM hits GROUP BY act",
    "year": "SELECT year, year, count(*) FROM hits WHERE year IS NOT NULL GROUP BY year",
    "outlet": """SELECT publisher, publisher, count(*) FROM hits WHERE publisher IS NOT NULL
        GROUP BY publisher""",
}


def _facet(connection: sqlite3.Connection, hits: str, asked: list[Any], sql: str) -> tuple[FacetValue, ...]:
    rows = connection.execute(f"{hits} {sql} ORDER BY 3 DESC, 1 LIMIT {MAX_FACET}", asked)
    return tuple(FacetValue(value=value, label=label or value, hits=n) for value, label, n in rows)


def _articles(connection: sqlite3.Connection, query: str) -> tuple[Hit, ...]:
    rows = connection.execute(
        f"""SELECT a.id, snippet(articles_fts, -1, ?, ?, ' … ', {_WORDS})
            FROM (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? LIMIT {MAX_RANKED}) h
            CROSS JOIN articles_fts f ON f.rowid = h.rowid JOIN articles a ON a.key = h.rowid
            WHERE f.articles_fts MATCH ? ORDER BY f.rank, a.id LIMIT 10""",
        [*MARK, query, query],
    )
    return tuple(Hit(id=i, article=i, words=w) for i, w in rows)


def _query(connection: sqlite3.Connection, words: str) -> tuple[str, bool]:
    """The words as a valid FTS5 query, and whether they had to be taken one by one."""
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
