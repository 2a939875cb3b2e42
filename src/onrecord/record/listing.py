"""Rows as the objects that listings, exports and the API print: actors and articles in full, fixed keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from onrecord.record import codec, frames
from onrecord.record.codec import to_json
from onrecord.record.filters import Filters, where
from onrecord.record.kinds import KINDS, Kind, listed
from onrecord.record.store import Store
from onrecord.types import Account, Actor, IssueWeight, Range

ACTOR_KEYS = ("id", "name", "kind", "country", "sector")
ARTICLE_KEYS = ("id", "path", "title", "publisher", "published")
RANGES = frozenset(f.name for k in KINDS.values() for f in codec.fields(k.type) if f.hint is Range)
"""Fields that hold a range."""


def listing(
    store: Store,
    name: str,
    filters: Filters | None = None,
    *,
    prepare: Callable[[str, Any], Any] = lambda _, row: row,
    texts: bool = False,
) -> Iterator[dict[str, Any]]:
    """Rows of a listing as JSON-ready objects, streaming, in the record's fixed order.

    Names: articles passages times actors mentions statements events meetings agreements commitments disputes
    positions issues; `event_clusters` (as `events` with `merged`); `told_meetings`, `told_agreements` and
    `told_disputes`, which are what each article tells.

    Args:
        store: an open record.
        name: see above.
        filters: which rows.
        prepare: is given the article id (empty for a merged row) and the row, and gives the row to print.
        texts: articles with their text, null where `prepare` emptied it.

    Raises:
        UsageError: there is no such listing.
    """
    filters = filters or Filters()
    kind = listed(name, merged=filters.merged)
    if kind.name == "actors":
        return _actors(store, filters)
    if kind.name == "issues":
        return _issues(store, filters)
    if kind.name == "articles":
        copy_of = {c.article: c.of for c in store.copies() if c.of != c.article}
        return (
            plain(row, kind)
            | {"copy_of": copy_of.get(row.id)}
            | ({"text": prepare(row.id, row).text or None} if texts else {})
            for row in store.articles(filters)
        )
    return _rows(store, kind, filters, prepare)


def _rows(
    store: Store, kind: Kind, filters: Filters, prepare: Callable[[str, Any], Any]
) -> Iterator[dict[str, Any]]:
    everybody = Expander(store)
    for article, found in store.rows(kind.type, filters):
        row = prepare(article, found)
        shown = everybody.row(row, kind, article)
        if kind.name == "events":
            shown["cluster"] = store.cluster(row.id)
        if article:
            shown["article"] = everybody.article(article)
        yield shown


class Expander:
    """Turns ids into the objects they stand for; articles and their actors are looked up once."""

    def __init__(self, store: Store) -> None:
        """Looks things up in an open record."""
        self._store = store
        self._of_article: tuple[str, Mapping[str, Actor]] = ("", {})
        self._all = _Everybody(store)
        self.article = lru_cache(maxsize=4096)(self._article)

    def row(self, value: Any, kind: Kind, article: str) -> dict[str, Any]:
        """A row with its actors (as they were at the article's date) and its accounts in full."""
        known = self._actors(article)
        shown = plain(value, kind)
        for name in kind.actors:
            shown[name] = actors_in(shown[name], known)
        if "accounts" in shown:
            shown["accounts"] = [self.account(a, kind) for a in value.accounts]
        return shown

    def account(self, account: Account, kind: Kind) -> dict[str, Any]:
        """What one article tells of a merged row."""
        known = self._actors("")
        told = msgspec.to_builtins(account.told)
        return {
            "article": self.article(account.article),
            "actor": _actor(account.actor, known) if account.actor else None,
            "statement": account.statement,
            "told": {k: actors_in(v, known) if k in kind.actors else v for k, v in told.items()},
            "evidence": msgspec.to_builtins(account.evidence),
            "row": account.row,
        }

    def _article(self, article_id: str) -> dict[str, Any]:
        """The short object of an article that stands in every one of its rows."""
        return dict(zip(ARTICLE_KEYS, self._store.article_head(article_id), strict=True))

    def _actors(self, article: str) -> Mapping[str, Actor]:
        if not article:
            return self._all
        if self._of_article[0] != article:
            self._of_article = (article, self._store.actors_of(article))
        return self._of_article[1]


class _Everybody(dict[str, Actor]):
    """The actors of a record, each looked up when it is first asked for: a page names few of many."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, actor: str, default: Any = None) -> Any:
        if actor not in self:
            self.update(self._store.actors([actor]))
        return super().get(actor, default)


def plain(value: Any, kind: Kind) -> dict[str, Any]:
    """A row's fields as JSON-ready values, ids as they stand."""
    return {name: msgspec.to_builtins(getattr(value, name)) for name in _names(kind)}


def actors_in(value: Any, known: Mapping[str, Actor]) -> Any:
    """A field's value with objects in place of actor ids: one, a list, a mapping, or a dispute's sides."""
    match value:
        case str():
            return _actor(value, known)
        case {"told": _, "actor": actor}:
            return value | {"actor": actors_in(actor, known)}
        case dict():
            return {k: actors_in(v, known) for k, v in value.items()}
        case list() | tuple():
            return [actors_in(v, known) for v in value]
    return value


def _actor(actor_id: str, known: Mapping[str, Actor]) -> dict[str, Any]:
    actor = known.get(actor_id)
    if actor is None:
        return {"id": actor_id, "name": actor_id, "kind": None, "country": None, "sector": None}
    return {key: getattr(actor, key) for key in ACTOR_KEYS}


def _actors(store: Store, filters: Filters) -> Iterator[dict[str, Any]]:
    """One row an actor, as `Store.actors` has it, with the number of articles that name it."""
    condition, values = where(store.connection, KINDS["actors"], filters)
    sql = f"SELECT id, count(*) FROM actors t{condition} GROUP BY id ORDER BY id"
    if filters.limit is not None:
        sql += f" LIMIT {int(filters.limit)}"
    found = store.connection.execute(sql, values).fetchall()
    known = store.actors(None if filters.limit is None else [actor_id for actor_id, _ in found])
    for actor_id, articles in found:
        yield msgspec.to_builtins(known[actor_id]) | {"articles": articles}


def _issues(store: Store, filters: Filters) -> Iterator[dict[str, Any]]:
    """One row an issue over all articles: its mean weight in those that are about it, and each one's."""
    everybody = Expander(store)
    copy_of = {c.article: c.of for c in store.copies()}
    told: dict[str, list[tuple[str, IssueWeight]]] = {}
    for article, row in store.rows(IssueWeight, msgspec.structs.replace(filters, limit=None)):
        told.setdefault(row.id, []).append((article, row))
    counts = dict(store.connection.execute("SELECT issue, count(*) FROM statements_issues GROUP BY issue"))
    for issue in sorted(told)[: filters.limit]:
        rows = told[issue]
        yield {
            "id": issue,
            "label": rows[0][1].label,
            "weight": round(sum(row.weight for _, row in rows) / len(rows), 6),
            "articles": len(rows),
            "independent": len({copy_of.get(article, article) for article, _ in rows}),
            "statements": counts.get(issue, 0),
            "accounts": [
                {"article": everybody.article(a), "actor": None, "statement": None,
                 "told": {"weight": row.weight}, "evidence": []}
                for a, row in rows
            ],
        }  # fmt: skip


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A listing's object as the cells of a CSV row, under the names that `columns_of` gives.

    An actor becomes its id, name and country; a list of actors three JSON lists; the article its id, path,
    title, publisher and day; a range its two days; every other list or mapping JSON text with ids in place of
    objects. Unknown is an empty cell, which may be left out here (`csv.DictWriter` fills it in).
    """
    cells: dict[str, Any] = {}
    for key, value in row.items():
        match value:
            case None:
                continue
            case {"id": _, "path": _} if key == "article":
                cells |= {f"article_{k}": v for k, v in value.items()}
            case {"id": _, "name": name, "country": country}:
                cells |= {key: value["id"], f"{key}_name": name, f"{key}_country": country}
            case [{"id": _, "name": _, "country": _}, *_]:
                cells[key] = to_json(_ids(value))
                cells[f"{key}_names"] = to_json([v["name"] for v in value])
                cells[f"{key}_countries"] = to_json([v["country"] for v in value])
            case [start, end] if key in RANGES:
                cells |= {f"{key}_start": start, f"{key}_end": end}
            case bool():
                cells[key] = "true" if value else "false"
            case dict() | list() | tuple():
                cells[key] = to_json(_ids(value))
            case _:
                cells[key] = value
    return cells


def _ids(value: Any) -> Any:
    """A value with ids in place of actors and articles."""
    match value:
        case {"id": found, "name": _, "country": _} | {"id": found, "path": _, "publisher": _}:
            return found
        case dict():
            return {k: _ids(v) for k, v in value.items()}
        case list() | tuple():
            return [_ids(v) for v in value]
    return value


def columns_of(name: str, *, merged: bool = False) -> list[str]:
    """Columns of a listing as CSV, in order."""
    kind = listed(name, merged=merged)
    if kind.name == "issues":
        return ["id", "label", "weight", "articles", "independent", "statements", "accounts"]
    columns = [column for column, _ in frames.all_columns(kind)]
    if kind.name == "actors":
        return [*columns[: -len(frames.ARTICLE_COLUMNS)], "articles"]
    if kind.name == "articles":
        return [*(c for c in columns if c != "text"), "copy_of"]
    return columns


def _names(kind: Kind) -> list[str]:
    """Fields that a listing prints; an article's text has to be asked for."""
    hidden = kind.unlisted | ({"text"} if kind.name == "articles" else set())
    return [name for name in codec.names(kind.type) if name not in hidden]


def rows_as_json(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Each row as one line of JSON."""
    return (to_json(row).encode() + b"\n" for row in rows)
