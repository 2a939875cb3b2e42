"""The page of a search."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from onrecord.record import Filters, lookup
from onrecord.record.search import search
from onrecord.serve.web import asking
from onrecord.serve.web.rendering import page


def found(request: Request) -> Response:
    """`/search?q=`: full text, with facets."""
    query = request.query_params
    words, at = query.get("q", "").strip(), asking.count(query, "page", 1, 100)
    year, outlet = query.get("year") or None, query.get("outlet") or None
    chosen = asking.filters(query, also=("q", "page", "year", "outlet"))
    with asking.desk(request).opened() as store:
        if not words:
            return page("search", words="", it=None, asked={}, rows={}, heads={}, at=1, more=False)
        days = asking.filters(type(query)({"since": year, "until": year})) if year else Filters()
        narrowed = msgspec.structs.replace(chosen, since=days.since, until=days.until) if year else chosen
        got = search(
            store, words, filters=narrowed, outlet=outlet, limit=asking.PAGE, offset=(at - 1) * asking.PAGE
        )
        heads = lookup.article_heads(
            store, ids=[h.article for h in (*got.statements, *got.articles)], newest=2 * asking.PAGE
        )
        rows = lookup.statement_objects(store, [h.id for h in got.statements])
        asked = {"q": words, "actor": chosen.actor, "issue": chosen.issue, "act": chosen.act,
                 "year": year, "outlet": outlet}  # fmt: skip
        more = got.total > at * asking.PAGE
        known = {h.id: h for h in heads}
        return page("search", words=words, it=got, asked=asked, rows=rows, heads=known, at=at, more=more)
