"""Small questions about a record that its pages ask: a few rows each, whatever the record's size."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from onrecord.facts import sides
from onrecord.record import codec
from onrecord.record.codec import to_json
from onrecord.record.filters import Filters, where
from onrecord.record.kinds import KINDS, listed
from onrecord.record.listing import Expander
from onrecord.record.store import Store
from onrecord.types import MergedMeeting, Statement, Value


class ArticleHead(Value, frozen=True, kw_only=True):
    """What a list of articles shows of each."""

    id: str
    title: str | None
    path: str
    publisher: str | None
    published: tuple[str | None, str | None]
    """First and last possible day, ISO; None where open or not known."""
    basis: str
    licence: str | None
    statements: int
    copy_of: str | None
    """The first article of its group, where it repeats one."""


class Role(Value, frozen=True, kw_only=True):
    """What articles of some days call an actor."""

    role: str
    first: str | None
    last: str | None
    articles: int


def roles(store: Store, actor: str) -> list[Role]:
    """The offices and descriptions under which articles know an actor, by day."""
    sql = """SELECT t.role, min(a.published_range_start), max(a.published_range_end), count(*)
        FROM actors t JOIN articles a ON a.id = t.article WHERE t.id = ? AND t.role IS NOT NULL
        GROUP BY t.role ORDER BY 2, 1"""
    rows = store.connection.execute(sql, [actor])
    return [Role(role=role, first=first, last=last, articles=n) for role, first, last, n in rows]


def article_heads(
    store: Store, *, newest: int = 50, offset: int = 0, ids: Iterable[str] | None = None
) -> list[ArticleHead]:
    """Articles without their text, newest first (those without a date last); all, or those named."""
    some = "" if ids is None else "WHERE x.id IN (SELECT value FROM json_each(?))"
    sql = f"""SELECT x.id, x.title, x.path, x.publisher, x.published_range_start, x.published_range_end,
            x.published_basis, x.licence, (SELECT count(*) FROM statements s WHERE s.article = x.id),
            (SELECT c."of" FROM copies c WHERE c.article = x.id AND c."of" <> x.id)
        FROM articles x {some} ORDER BY x.published_range_start IS NULL, x.published_range_start DESC, x.id
        LIMIT ? OFFSET ?"""
    given = [] if ids is None else [to_json(sorted(set(ids)))]
    return [
        ArticleHead(
            id=r[0], title=r[1], path=r[2], publisher=r[3], published=(r[4], r[5]), basis=r[6], licence=r[7],
            statements=r[8], copy_of=r[9],
        )
        for r in store.connection.execute(sql, [*given, newest, offset])
    ]  # fmt: skip


def same_words(store: Store, statement: str) -> list[tuple[str, Statement]]:
    """(article id, statement) of the other tellings of a statement's words."""
    sql = f"""SELECT t.article, {codec.select_list(Statement)} FROM same_quotes q CROSS JOIN statements t
            ON q.statement = t.id
        WHERE q."group" = (SELECT "group" FROM same_quotes WHERE statement = ?1) AND t.id <> ?1
        ORDER BY t.article, t.n"""
    rows = store.connection.execute(sql, [statement])
    return [(row[0], codec.decode(Statement, row[1:])) for row in rows]


def statement_objects(store: Store, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Id → the object that the listing prints, of some statements."""
    sql = f"""SELECT t.article, {codec.select_list(Statement)} FROM statements t
        WHERE t.id IN (SELECT value FROM json_each(?)) ORDER BY t.article, t.n"""
    everybody, shown = Expander(store), {}
    for article, *cells in store.connection.execute(sql, [to_json(sorted(set(ids)))]).fetchall():
        row = codec.decode(Statement, cells)
        made = everybody.row(row, KINDS["statements"], article)
        shown[row.id] = made | {"article": everybody.article(article)}
    return shown


def counts(store: Store) -> dict[str, int]:
    """Rows of each kind that a record's front page tells."""
    tables = {
        "articles": "SELECT count(*) FROM articles",
        "statements": "SELECT count(*) FROM statements",
        "events": "SELECT count(*) FROM event_clusters",
        "meetings": "SELECT count(*) FROM merged_meetings",
        "agreements": "SELECT count(*) FROM merged_agreements",
        "disputes": "SELECT count(*) FROM merged_disputes",
        "actors": "SELECT count(DISTINCT id) FROM actors",
        "issues": "SELECT count(DISTINCT id) FROM issues",
    }
    return {name: int(store.connection.execute(sql).fetchone()[0]) for name, sql in tables.items()}


def pairs(store: Store, limit: int = 12) -> list[tuple[str, str, int]]:
    """(ISO3, ISO3, events and meetings): the two states that most rows tell of together, most first."""
    sql = """WITH sides AS (
            SELECT l.row, a.country FROM event_clusters_actors l JOIN
                (SELECT DISTINCT id, country FROM actors WHERE country IS NOT NULL AND kind <> 'medium') a
                ON a.id = l.actor
            UNION SELECT l.row, a.country FROM merged_meetings_actors l JOIN
                (SELECT DISTINCT id, country FROM actors WHERE country IS NOT NULL AND kind <> 'medium') a
                ON a.id = l.actor)
        SELECT x.country, y.country, count(*) FROM sides x JOIN sides y
            ON x.row = y.row AND x.country < y.country
        GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ?"""
    return [(one, other, n) for one, other, n in store.connection.execute(sql, [limit])]


def newest(store: Store, name: str, filters: Filters, limit: int) -> tuple[list[dict[str, Any]], int]:
    """The latest dated rows of a merged listing, latest first, as it prints them, and how many there are."""
    kind = listed(name)
    condition, values = where(store.connection, kind, filters)
    total = store.connection.execute(f"SELECT count(*) FROM {kind.table} t{condition}", values).fetchone()[0]
    day = f"coalesce(t.{kind.date}_start, t.{kind.date}_end, '')"
    sql = f"SELECT t.id FROM {kind.table} t{condition} ORDER BY {day} DESC, t.n LIMIT ?"
    rows = store.connection.execute(sql, [*values, limit]).fetchall()
    return [found for (row,) in rows if (found := row_object(store, row))], int(total)


def meetings_with(
    store: Store, people: Iterable[str], *, but: str, limit: int
) -> list[tuple[MergedMeeting, str]]:
    """(meeting, its participants' names) of other meetings with any of some actors, in order of time."""
    sql = f"""SELECT {codec.select_list(MergedMeeting)} FROM merged_meetings t WHERE t.id <> ? AND t.id IN
            (SELECT row FROM merged_meetings_actors WHERE actor IN (SELECT value FROM json_each(?)))
        ORDER BY t.n LIMIT ?"""
    rows = [
        codec.decode(MergedMeeting, row)
        for row in store.connection.execute(sql, [but, to_json(sorted(people)), limit])
    ]
    known = store.actors(p for m in rows for p in m.participants)
    return [(m, ", ".join(known[p].name if p in known else p for p in m.participants)) for m in rows]


class IssueHead(Value, frozen=True, kw_only=True):
    """What a list of issues shows of each."""

    id: str
    label: str
    articles: int
    independent: int
    statements: int


def issue_heads(store: Store) -> list[IssueHead]:
    """Every issue with its articles and statements, most statements first."""
    said = dict(store.connection.execute("SELECT issue, count(*) FROM statements_issues GROUP BY issue"))
    sql = """SELECT i.id, max(i.label), count(*), count(DISTINCT coalesce(c."of", i.article))
        FROM issues i LEFT JOIN copies c ON c.article = i.article GROUP BY i.id"""
    heads = [
        IssueHead(id=i, label=label, articles=n, independent=own, statements=said.get(i, 0))
        for i, label, n, own in store.connection.execute(sql)
    ]
    return sorted(heads, key=lambda h: (-h.statements, h.id))


def issue_labels(store: Store) -> dict[str, str]:
    """Id → label of every issue."""
    return dict(store.connection.execute("SELECT DISTINCT id, label FROM issues ORDER BY id"))


def issue_articles(store: Store, issue: str, limit: int) -> list[tuple[str, float]]:
    """(article id, weight) of the articles that an issue weighs most in."""
    sql = "SELECT article, weight FROM issues WHERE id = ? ORDER BY weight DESC, article LIMIT ?"
    return list(store.connection.execute(sql, [issue, limit]))


def state_names(store: Store) -> dict[str, str]:
    """ISO3 → name of the states that the record's actors are of, also where only their people are named."""
    sql = """SELECT country, min(CASE WHEN kind = 'state' THEN name END) FROM actors
        WHERE country IS NOT NULL GROUP BY country ORDER BY country"""
    told = store.connection.execute(sql).fetchall()
    return {code: name or (of.name if (of := sides.listed(code)) else code) for code, name in told}


def row_object(store: Store, row_id: str) -> dict[str, Any] | None:
    """The object that a listing prints for the row with this id; None where there is none."""
    found = store.row(row_id)
    if found is None:
        return None
    kind, article, row = found
    everybody = Expander(store)
    shown = everybody.row(row, kind, article)
    if kind.name == "events":
        shown["cluster"] = store.cluster(row.id)
    return shown | ({"article": everybody.article(article)} if article else {})


KINDS_WITH_ID = frozenset(k.name for k in KINDS.values() if k.identified)
"""Names of the kinds that `row_object` can find."""
