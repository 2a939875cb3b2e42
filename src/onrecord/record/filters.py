"""Which rows of a kind are asked for: one value of choices, turned into SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import msgspec

from onrecord.errors import UsageError
from onrecord.facts import sides
from onrecord.record import codec, schema
from onrecord.record.codec import to_json
from onrecord.record.kinds import Kind
from onrecord.types import Actor

CERTAIN = 0.5
"""Confidence from which on a dispute is listed without being asked for."""
FREQUENT = 5_000
"""Rows from which on a page of them is sooner found by a walk than by sorting all: of a million statements
the walk passes ten thousand."""
NO_MEDIUM = "kind <> 'medium' AND sector IS NOT 'MED'"
_LAST_WORD = "substr(name, length(rtrim(name, replace(name, ' ', ''))) + 1)"
"""As in the index `actors_by_last_word`: trimming every character but blanks leaves what stands before it."""
_SHORT_ID = "substr(id, instr(id, ':') + 1)"
"""As in the index `actors_by_short_id`: `RUS` of `state:RUS`."""
Condition = tuple[str, list[object]]


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """Choices of rows; all that are given must hold. What does not apply to a kind of row is ignored.

    A side is an ISO 3166-1 alpha-3 code (everybody of that country), an actor's id, or a name or its last
    word (`Lavrov`); in `between` the name of a state stands for everybody of it, and a group of states (`EU`)
    for everybody of its members, whenever they belonged to it.
    """

    between: tuple[str, str] | None = None
    """Rows that have both sides among their actors. Statements and positions: one side speaks, in an article
    that names the other; articles and what has no actors of its own: the article names both."""
    actor: str | None = None
    """Rows that name this side; statements: its own."""
    issue: str | None = None
    """Rows about an issue, by id or label."""
    since: date | None = None
    """Rows whose range reaches this day or later; a row without a date has its article's."""
    until: date | None = None
    """Rows whose range begins on this day or earlier."""
    act: str | None = None
    type: str | None = None
    """Type of an event, kind of a dispute, type of a time expression."""
    status: str | None = None
    """Status of an event or meeting, state of an agreement."""
    article: str | None = None
    """An article's id or path."""
    min_confidence: float | None = None
    text: str | None = None
    """Words as SQLite's full-text search takes them, in statements and articles."""
    merged: bool = False
    """Events: one row an event over all articles."""
    possible: bool = False
    """Disputes: also those that are only possible, of less confidence than CERTAIN."""
    limit: int | None = None
    after: tuple[str, int] | None = None
    """Rows that follow this place in the record's order: what `Store.place` gives, for page after page."""

    @property
    def selective(self) -> bool:
        """Whether few rows are expected, which are better looked up and then sorted."""
        return any(v is not None for v in (self.text, self.actor, self.between, self.issue))


def where(connection: sqlite3.Connection, kind: Kind, filters: Filters) -> Condition:
    """The filters as ` WHERE …` over the kind's table `t`, and its values; empty when nothing was asked."""
    told = {name: _encodable(getattr(filters, name)) for name in filters.__struct_fields__}
    conditions = list(_conditions(connection, kind, Filters(**told)))
    if not conditions:
        return "", []
    return (
        " WHERE " + " AND ".join(f"({sql})" for sql, _ in conditions),
        [value for _, values in conditions for value in values],
    )


def frequent(connection: sqlite3.Connection, kind: Kind, filters: Filters) -> bool:
    """Whether so many rows hold the one thing asked for that a walk in the record's order meets them soon.

    Ids of articles are hashes, so rows of one actor or issue lie evenly in that order.
    """
    if not (kind.reading and isinstance(connection, sqlite3.Connection)):
        return False  # merged rows have no index of their order, folders of Parquet files none at all
    asked = {name for name, value in msgspec.structs.asdict(filters).items() if value not in (None, False)}
    if len(asked & {"actor", "issue"}) != 1 or asked - {"actor", "issue", "limit", "after"}:
        return False
    condition, values = where(connection, kind, msgspec.structs.replace(filters, limit=None, after=None))
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {kind.table} t{condition} LIMIT {FREQUENT})"
    return bool(connection.execute(sql, values).fetchone()[0] == FREQUENT)


def _encodable(value: Any) -> Any:
    """A value without half a character, which a shell may hand on and SQLite does not take."""
    if isinstance(value, tuple):
        return tuple(map(_encodable, value))
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _conditions(connection: sqlite3.Connection, kind: Kind, filters: Filters) -> Iterator[Condition]:
    names = codec.names(kind.type)
    if filters.after is not None:
        yield _after(kind, *filters.after)
    if filters.text is not None:
        yield from _text(kind, filters.text)
    if filters.between is not None:
        one, other = (whole_side(connection, name) for name in filters.between)
        yield _between(kind, one, other)
    if filters.actor is not None:
        yield _names(kind, side(connection, filters.actor))
    if filters.issue is not None:
        yield _about(kind, issue_ids(connection, filters.issue))
    if filters.since is not None or filters.until is not None:
        yield _within(kind, filters.since, filters.until)
    for value, columns in (
        (filters.act, ("act",)),
        (filters.type, ("type", "kind")),
        (filters.status, ("status", "state")),
    ):
        column = next((c for c in columns if c in names), None)
        if value is not None and column and kind.name != "actors":
            yield f't."{column}" = ? COLLATE NOCASE', [value]
    if kind.name == "merged_disputes" and not filters.possible:
        yield "t.confidence >= ?", [CERTAIN]
    if filters.article is not None:
        yield _of_article(kind, filters.article)
    if filters.min_confidence is not None and "confidence" in names:
        yield "t.confidence >= ?", [filters.min_confidence]


def side(connection: sqlite3.Connection, name: str) -> list[str]:
    """Ids of the actors that a code, id or name stands for, in order; empty when the record knows none.

    Media of a country do not speak for it, so its code does not stand for them.
    """
    name = name.strip()
    by_id = "SELECT id FROM actors WHERE id = ? LIMIT 1"
    if ":" in name and connection.execute(by_id, [name]).fetchone():
        return [name]
    # Each part has an index of its own; one condition with OR walks all names of a large record (90 ms).
    found = connection.execute(
        f"""SELECT id FROM actors WHERE country = upper(?1) AND {NO_MEDIUM}
            UNION SELECT id FROM actors WHERE id = ?1
            UNION SELECT id FROM actors WHERE name = ?1 COLLATE NOCASE
            UNION SELECT id FROM actors
                WHERE {_LAST_WORD} = ?3 COLLATE NOCASE AND name LIKE '% ' || ?2 ESCAPE '\\'
            ORDER BY id""",
        [name, _like(name), name.rpartition(" ")[2]],
    )
    return [row[0] for row in found]


def whole_side(connection: sqlite3.Connection, name: str) -> list[str]:
    """Ids of all that belong to a side: everybody of a state, members of a group of states at any time.

    A name that several have stands for all of them; empty when the record knows none.
    """
    try:
        return ids_of(connection, named_side(connection, name))
    except UsageError:
        return side(connection, name)


def named_side(connection: sqlite3.Connection, name: str) -> sides.Side:
    """The side that a code, a name or an actor id names.

    Raises:
        UsageError: nobody of the record answers to it, or several do; names those most alike.
    """
    name, of = name.strip(), sides.listed(name)
    answering = _actors_where(
        connection,
        (f"{_LAST_WORD} = ? COLLATE NOCASE", name),
        ("name = ? COLLATE NOCASE", name),
        ("id = ? COLLATE NOCASE", name),
        (f"{_SHORT_ID} = ? COLLATE NOCASE", name),
    )
    if of:
        # A state or group that is itself in the record needs no walk over its people.
        own = _actors_where(connection, ("id = ?", of.code), ("id = ?", f"state:{of.code}"))
        answering += own or _people_of(connection, of)
    try:
        return sides.side(name, answering)
    except UsageError:
        # A country of no table, letters that SQLite does not fold, names that are alike: a walk over all.
        return sides.side(name, _actors_where(connection, ("", None)))


def _actors_where(connection: sqlite3.Connection, *conditions: tuple[str, object]) -> list[Actor]:
    """Actors of whom one of the conditions is true, without offices; twice where articles differ."""
    one = "SELECT DISTINCT id, name, kind, country, sector FROM actors"
    # Each asked by itself: an index gives them in order, while UNION would sort every naming first.
    return [
        Actor(id=id, name=name, kind=kind, country=country, sector=sector)
        for told, value in conditions
        for id, name, kind, country, sector in connection.execute(
            f"{one} WHERE {told}" if told else one, [value] if told else []
        )
    ]


def _people_of(connection: sqlite3.Connection, of: sides.Side) -> list[Actor]:
    """Those who may belong to a side by country, membership or name; `Side.has` says who does."""
    places = sorted({of.code, *of.members})
    conditions = [(f"{column} = ?", place) for place in places for column in ("country", "id")]
    return _actors_where(connection, *conditions, ("id GLOB ?", f"{of.own}*"))


def ids_of(connection: sqlite3.Connection, of: sides.Side) -> list[str]:
    """Ids of those who belong to a side at any time, in order."""
    found = {a.id for a in _people_of(connection, of) if of.has(a)}
    if ":" in of.code:  # its officers, whose country is another matter
        sql = """SELECT DISTINCT id FROM actors WHERE role IS NOT NULL
            AND (role LIKE ?1 ESCAPE '\\' OR role LIKE ?2 ESCAPE '\\')"""
        named = _like(of.name)
        found |= {i for (i,) in connection.execute(sql, [f"% of {named}", f"% of the {named}"])}
    return sorted(found)


def issue_ids(connection: sqlite3.Connection, name: str) -> list[str]:
    """Ids that an issue's id or label stands for; the name itself where the record knows none."""
    found = connection.execute(
        """SELECT DISTINCT id FROM issues
           WHERE id = ?1 COLLATE NOCASE OR label = ?1 COLLATE NOCASE ORDER BY id""",
        [name],
    )
    return [row[0] for row in found] or [name]


def _after(kind: Kind, article: str, n: int) -> Condition:
    """Rows behind a place: article and number in it; number alone (merged rows); id (what has no number)."""
    if kind.merged:
        return "t.n > ?", [n]
    if kind.name in ("articles", "actors", "issues"):
        return "t.id > ?", [article]
    return "(t.article, t.n) > (?, ?)", [article, n]


def _like(name: str) -> str:
    return name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _text(kind: Kind, words: str) -> Iterator[Condition]:
    if kind.name in ("statements", "articles"):
        yield f"t.key IN (SELECT rowid FROM {kind.table}_fts WHERE {kind.table}_fts MATCH ?)", [words]


def _in(ids: list[str]) -> tuple[str, object]:
    """A set of ids of any size as SQL and its one value."""
    return "IN (SELECT value FROM json_each(?))", to_json(ids)


_JOINTLY = "SELECT row FROM statements_actors WHERE role = 'speakers' AND actor {}"
"""Statements that some actors make with others: the column `speaker` holds the first of them only."""


def _names(kind: Kind, ids: list[str], *, speaker_only: bool = True) -> Condition:
    """Rows that name one of these actors."""
    in_ids, value = _in(ids)
    match kind.name:
        case "actors":
            return f"t.id {in_ids}", [value]
        case "mentions":
            return f"t.actor {in_ids}", [value]
        case "articles" | "passages" | "times" | "issues":
            return _article_names(kind, ids)
        case "statements" if speaker_only:
            return f"(t.speaker {in_ids} OR t.id IN ({_JOINTLY.format(in_ids)}))", [value, value]
    return f"t.id IN (SELECT row FROM {schema.link_table(kind, 'actors')} WHERE actor {in_ids})", [value]


def _article_names(kind: Kind, ids: list[str]) -> Condition:
    """Rows of articles that name one of these actors."""
    in_ids, value = _in(ids)
    articles = f"SELECT article FROM actors WHERE id {in_ids}"
    if kind.merged:
        return f"t.id IN (SELECT row FROM {kind.table}_articles WHERE article IN ({articles}))", [value]
    return f"{'t.id' if kind.name == 'articles' else 't.article'} IN ({articles})", [value]


def _between(kind: Kind, one: list[str], other: list[str]) -> Condition:
    if kind.name in ("articles", "passages", "times", "issues"):
        return _both(_article_names(kind, one), _article_names(kind, other))
    if kind.name in ("statements", "mentions", "actors"):
        return _of_either(kind, one, other)
    if kind.name == "positions":
        return _either(
            _both(_names(kind, one), _article_names(kind, other)),
            _both(_names(kind, other), _article_names(kind, one)),
        )
    return _both(_names(kind, one), _names(kind, other))


def _of_either(kind: Kind, one: list[str], other: list[str]) -> Condition:
    """Rows of one of two sides in articles that name both.

    The articles lead: their rows are few, while a state's officials speak in every twentieth statement. With
    `|| ''` the column is no longer one that an index could lead to.
    """
    column = {"statements": "speaker", "mentions": "actor", "actors": "id"}[kind.name]
    in_ids, value = _in(sorted({*one, *other}))
    articles = " INTERSECT ".join([f"SELECT article FROM actors WHERE id {in_ids}"] * 2)
    names, values = f"t.{column} || '' {in_ids}", [to_json(one), to_json(other), value]
    if kind.name == "statements":
        names, values = f"({names} OR t.id IN ({_JOINTLY.format(in_ids)}))", [*values, value]
    return f"t.article IN ({articles}) AND {names}", values


def _both(a: Condition, b: Condition) -> Condition:
    return f"({a[0]}) AND ({b[0]})", a[1] + b[1]


def _either(a: Condition, b: Condition) -> Condition:
    return f"({a[0]}) OR ({b[0]})", a[1] + b[1]


def _about(kind: Kind, ids: list[str]) -> Condition:
    """Rows about one of these issues, by their own words where they have some, else by their statements."""
    in_ids, value = _in(ids)
    said = f"SELECT row FROM statements_issues WHERE issue {in_ids}"
    by_article: Callable[[str], Condition] = lambda column: (  # noqa: E731
        f"{column} IN (SELECT article FROM issues WHERE id {in_ids})",
        [value],
    )
    match kind.name:
        case "issues":
            return f"t.id {in_ids}", [value]
        case "articles":
            return by_article("t.id")
        case "passages" | "times" | "mentions" | "actors" | "commitments":
            return by_article("t.article")
    linked = f"t.id IN (SELECT row FROM {schema.link_table(kind, 'issues')} WHERE issue {in_ids})", [value]
    if kind.name in ("events", "event_clusters", "agreements", "merged_agreements"):
        return _either(linked, (f"t.on_word_of IN ({said})", [value]))
    if kind.name in ("disputes", "merged_disputes"):
        sides = f"""EXISTS (SELECT 1 FROM json_each(t.sides) s
            WHERE json_extract(s.value, '$.statement') IN ({said}))"""
        return _either(linked, (sides, [value]))
    return linked


def _within(kind: Kind, since: date | None, until: date | None) -> Condition:
    """Rows whose range overlaps the days asked for; those without any date are left out."""
    own = (f"t.{kind.date}_start", f"t.{kind.date}_end") if kind.date else ("NULL", "NULL")
    if kind.name == "articles":
        return _overlap(own, since, until)
    row = _overlap(own, since, until)
    article = _overlap(("a.published_range_start", "a.published_range_end"), since, until)
    holds = (
        f"EXISTS (SELECT 1 FROM articles a WHERE a.id = t.article AND {article[0]})"
        if not kind.merged
        else f"""EXISTS (SELECT 1 FROM {kind.table}_articles l JOIN articles a ON a.id = l.article
                 WHERE l.row = t.id AND {article[0]})"""
    )
    undated = f"{own[0]} IS NULL AND {own[1]} IS NULL"
    return _either(row, (f"{undated} AND {holds}", article[1]))


def _overlap(columns: tuple[str, str], since: date | None, until: date | None) -> Condition:
    start, end = columns
    parts, values = [f"({start} IS NOT NULL OR {end} IS NOT NULL)"], list[object]()
    if since is not None:
        parts.append(f"({end} IS NULL OR {end} >= ?)")
        values.append(since.isoformat())
    if until is not None:
        parts.append(f"({start} IS NULL OR {start} <= ?)")
        values.append(until.isoformat())
    return " AND ".join(parts), values


def _of_article(kind: Kind, article: str) -> Condition:
    ids = "SELECT id FROM articles WHERE id = ?1 OR path = ?1".replace("?1", "?")
    if kind.merged:
        return f"t.id IN (SELECT row FROM {kind.table}_articles WHERE article IN ({ids}))", [article, article]
    return f"{'t.id' if kind.name == 'articles' else 't.article'} IN ({ids})", [article, article]
