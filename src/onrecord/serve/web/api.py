"""The record as JSON: the rows of the listings, page after page, and what the other pages show."""

from __future__ import annotations

import csv
import io
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord import review
from onrecord.record import Filters, columns_of, flat, listing, lookup, rows_as_json
from onrecord.record.between import Between
from onrecord.record.codec import to_json
from onrecord.record.kinds import LISTED
from onrecord.record.paging import page_of
from onrecord.record.search import search
from onrecord.serve.web import asking
from onrecord.serve.web.openapi import describe
from onrecord.serve.web.rendering import Utf8, with_query

FORMATS = {
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "csv": "text/csv",
}
_OWN = ("limit", "cursor", "format")


def rows(request: Request) -> Response:
    """`/api/statements?actor=…&limit=…&cursor=…`: rows as the listing prints them, and where to go on.

    JSON gives `{"rows": […], "next": address or null}`; CSV and JSON lines give the next address in a `Link`
    header.
    """
    kind, query = request.path_params["kind"], request.query_params
    if kind not in LISTED:
        raise HTTPException(404, f"No such rows; known: {', '.join(LISTED)}.")
    form = query.get("format") or "json"
    if form not in FORMATS:
        raise HTTPException(400, f"No format of this name; known: {', '.join(FORMATS)}.")
    chosen = asking.filters(
        query, also=_OWN, limit=asking.count(query, "limit", 100, asking.MAX_ROWS), after=asking.place(query)
    )
    with asking.desk(request).opened() as store:
        told, last = page_of(store, kind, chosen)
    place = asking.cursor(last)
    following = with_query(request.url.path, **{**query, "cursor": place}) if place else None
    links = {"link": f'<{following}>; rel="next"'} if following else {}
    match form:
        case "jsonl":
            return Utf8(b"".join(rows_as_json(told)), media_type=FORMATS[form], headers=links)
        case "csv":
            name = "event_clusters" if kind == "events" and chosen.merged else kind
            return Utf8(_csv(name, told), media_type=FORMATS[form], headers=links)
    return _json({"rows": told, "next": following})


def _csv(kind: str, told: list[dict[str, Any]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=columns_of(kind), lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(flat(row) for row in told)
    return text.getvalue()


def row(request: Request) -> Response:
    """`/api/statements/ID`: one row; an article's is everything that `onrecord read` prints of it."""
    kind, wanted = request.path_params["kind"], request.path_params["id"]
    with asking.desk(request).opened() as store:
        found: Any = None
        if kind == "articles":
            found = store.reading(wanted)
        elif kind == "actors":
            found = store.actors([wanted]).get(wanted)
        elif kind == "issues":
            found = next(iter(listing(store, "issues", Filters(issue=wanted))), None)
        elif kind in LISTED:
            of = store.row(wanted)
            if of and of[0].name in LISTED[kind]:
                found = lookup.row_object(store, wanted)
        if found is None:
            raise HTTPException(404, "No row of this record has this id.")
        return _json(found)


def found(request: Request) -> Response:
    """`/api/search?q=…`: statements and articles that hold the words, with facets."""
    query = request.query_params
    chosen = asking.filters(query, also=("q", "outlet", "limit", "page"))
    limit, at = asking.count(query, "limit", 50, 200), asking.count(query, "page", 1, 100)
    with asking.desk(request).opened() as store:
        return _json(
            search(
                store,
                query.get("q", ""),
                filters=chosen,
                outlet=query.get("outlet") or None,
                limit=limit,
                offset=(at - 1) * limit,
            )
        )


def relationship(request: Request) -> Response:
    """`/api/relationship/RUS/USA`: the brief of a pair."""
    sides = request.path_params["one"], request.path_params["other"]
    chosen = asking.filters(request.query_params)
    with asking.desk(request).opened() as store:
        narrowed = asking.or_missing(lambda: Between(store, *sides))
        return _json(
            asking.or_missing(
                lambda: review.brief(
                    narrowed, between=narrowed.sides, issue=chosen.issue, since=chosen.since,
                    until=chosen.until,
                )
            )
        )  # fmt: skip


def explain(request: Request) -> Response:
    """`/api/explain/ID`: the way from the characters to a row."""
    with asking.desk(request).opened() as store:
        if store.row(request.path_params["id"]) is None:
            raise HTTPException(404, "No row of this record has this id.")
        return _json(review.explain(store, request.path_params["id"]))


def coverage(request: Request) -> Response:
    """`/api/coverage`: what was read, what was left out and why."""
    with asking.desk(request).opened() as store:
        return _json(store.coverage())


def corrections(request: Request) -> Response:
    """`/api/corrections`: what people put right, and where it finds its words."""
    with asking.desk(request).opened() as store:
        return _json({"rows": store.corrections.all(), "found": store.corrections.found()})


def description(_: Request) -> Response:
    """`/api/openapi.json`: this, as OpenAPI 3.1."""
    return _json(describe())


def _json(value: Any) -> Response:
    return Utf8(to_json(msgspec.to_builtins(value)), media_type=FORMATS["json"])
