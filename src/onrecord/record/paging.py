"""A listing page after page: the rows of one, and the place behind which the next begins."""

from __future__ import annotations

from typing import Any

import msgspec

from onrecord.record.filters import Filters, where
from onrecord.record.kinds import Kind, listed
from onrecord.record.listing import listing
from onrecord.record.store import Store, keys_of, unwalked

Place = tuple[str, int]
"""An article id (empty for merged rows) and a number in it, for `Filters.after`."""


def page_of(store: Store, name: str, filters: Filters) -> tuple[list[dict[str, Any]], Place | None]:
    """The first `filters.limit` rows of a listing, and the place of the last where more follow, else None.

    Raises:
        UsageError: there is no such listing.
    """
    kind, most = listed(name, merged=filters.merged), filters.limit or 1
    if not kind.identified:
        return list(listing(store, name, filters)), _place(store, kind, filters, most)
    # One row more is asked for, instead of asking twice.
    rows = list(listing(store, name, msgspec.structs.replace(filters, limit=most + 1)))
    return rows[:most], _place_of(store, kind, rows[most - 1]["id"]) if len(rows) > most else None


def _place(store: Store, kind: Kind, filters: Filters, most: int) -> Place | None:
    """Where the last of the rows stands that have no id of their own; None where none follows."""
    condition, values = where(store.connection, kind, filters)
    if kind.name in ("actors", "issues"):
        sql = f"SELECT DISTINCT t.id, 0 FROM {kind.table} t{condition} ORDER BY t.id"
    else:
        article, order = keys_of(kind)
        order = unwalked(order) if filters.selective else order
        sql = f"SELECT {article}, t.n FROM {kind.table} t{condition} ORDER BY {order}"
    found = store.connection.execute(f"{sql} LIMIT 2 OFFSET {most - 1}", values).fetchall()
    return (str(found[0][0]), int(found[0][1])) if len(found) == 2 else None


def _place_of(store: Store, kind: Kind, row_id: str) -> Place:
    if kind.name == "articles":
        return row_id, 0
    sql = f"SELECT {keys_of(kind)[0]}, t.n FROM {kind.table} t WHERE t.id = ?"
    article, n = store.connection.execute(sql, [row_id]).fetchone()
    return str(article), int(n)
