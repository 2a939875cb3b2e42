"""The API's description, made from the tables that the API itself goes by."""

from __future__ import annotations

import typing
from functools import cache
from importlib.metadata import version
from typing import Any

from onrecord.record.kinds import LISTED
from onrecord.serve.web.asking import MAX_ROWS
from onrecord.types import Act

_TOLD = {
    "between": "Two sides, as codes, names or ids: `RUS,USA`.",
    "actor": "One actor: id, ISO 3166-1 alpha-3 code or name; of statements the speaker.",
    "issue": "One issue, by id or label.",
    "since": "First day, month or year: `2017`, `2017-07`, `2017-07-07`.",
    "until": "Last day, month or year.",
    "act": "Act of a statement.",
    "type": "Type of an event, kind of a dispute, type of a time expression.",
    "status": "Status of an event or meeting, state of an agreement.",
    "article": "One article's id or path.",
    "min_confidence": "Rows at least so confident.",
    "text": "Words in statements and articles, as SQLite's full-text search takes them.",
    "merged": "Events: one row an event over all articles.",
    "possible": "Disputes: also those that are only possible.",
}
_DAY = {"type": "string", "pattern": r"^\d{4}(-\d{1,2}(-\d{1,2})?)?$"}
_SHAPES: dict[str, dict[str, Any]] = {
    "between": {"type": "string", "pattern": "^[^,]+,[^,]+$"},
    "since": _DAY,
    "until": _DAY,
    "act": {"type": "string", "enum": list(typing.get_args(Act))},
    "min_confidence": {"type": "number", "minimum": 0, "maximum": 1},
    "merged": {"type": "boolean"},
    "possible": {"type": "boolean"},
}


@cache
def describe() -> dict[str, Any]:
    """The OpenAPI 3.1 description."""
    filters = [_query(name, told, _SHAPES.get(name, {"type": "string"})) for name, told in _TOLD.items()]
    paging = [
        _query("limit", "Rows of one answer.", _whole(MAX_ROWS) | {"default": 100}),
        _query("cursor", "Where to go on: part of the address that an answer gives as `next`.",
               {"type": "string"}),
        _query("format", "How the rows come.", {"type": "string", "enum": ["json", "jsonl", "csv"]}),
    ]  # fmt: skip
    paths: dict[str, Any] = {}
    for kind in LISTED:
        paths[f"/api/{kind}"] = _get(f"Rows of `{kind}`, in the record's order.", [*filters, *paging], _PAGE)
    paths["/api/{kind}/{id}"] = _get(
        "One row by its id.",
        [_path("kind", "A name from the list of rows.", {"type": "string", "enum": list(LISTED)}),
         _path("id", "As the rows give it.")],
        _OBJECT, missing=True,
    )  # fmt: skip
    paths["/api/relationship/{one}/{other}"] = _get(
        "The brief of two sides.",
        [_path("one", "ISO code, name or id."), _path("other", "ISO code, name or id."),
         *(f for f in filters if f["name"] in ("issue", "since", "until"))],
        _OBJECT, missing=True,
    )  # fmt: skip
    paths["/api/explain/{id}"] = _get(
        "From the characters to a row.", [_path("id", "Any row's id.")], _OBJECT, missing=True
    )
    paths["/api/search"] = _get(
        "Statements and articles that hold words, with facets.",
        [_query("q", 'Words, "a phrase", begin*, AND, OR, NOT.', {"type": "string"}) | {"required": True},
         *(f for f in filters if f["name"] in ("actor", "issue", "act", "since", "until")),
         _query("outlet", "Publisher.", {"type": "string"}),
         _query("limit", "Statements of one answer.", _whole(200) | {"default": 50}),
         _query("page", "Which page, from 1.", _whole(100) | {"default": 1})],
        _OBJECT,
    )  # fmt: skip
    paths["/api/coverage"] = _get("What was read, what was left out and why.", [], _OBJECT)
    paths["/api/corrections"] = _get("What people put right, and where it finds its words.", [], _OBJECT)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord",
            "version": version("onrecord"),
            "description": "A record of dealings between states, read-only. Offsets are Unicode code points, "
            "end exclusive; a range is two ISO days, both inclusive. Columns: docs/data-dictionary.md.",
        },
        "paths": paths,
        "components": {
            "schemas": {
                "Error": {
                    "type": "object",
                    "required": ["error"],
                    "properties": {"error": {"type": "string"}},
                }
            },
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


_OBJECT: dict[str, Any] = {"type": "object"}
_PAGE = {
    "type": "object",
    "required": ["rows", "next"],
    "properties": {
        "rows": {"type": "array", "items": {"type": "object"}, "maxItems": MAX_ROWS},
        "next": {"type": ["string", "null"], "description": "The next page's address."},
    },
}


def _whole(most: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": most}


def _query(name: str, told: str, shape: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": told, "schema": shape}


def _path(name: str, told: str, shape: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "description": told,
            "schema": shape or {"type": "string"}}  # fmt: skip


def _get(
    told: str, parameters: list[dict[str, Any]], shape: dict[str, Any], *, missing: bool = False
) -> dict[str, Any]:
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    content = {"application/json": {"schema": shape}}
    if shape is _PAGE:
        content |= {"application/x-ndjson": {"schema": {}}, "text/csv": {"schema": {"type": "string"}}}
    answers: dict[str, Any] = {
        "200": {"description": "The answer.", "content": content},
        "400": {"description": "A parameter is not known or cannot be read.", "content": error},
        "503": {"description": "The answer would take too long.", "content": error},
    }
    if missing:
        answers["404"] = {"description": "The record does not know it.", "content": error}
    return {"get": {"summary": told, "parameters": parameters, "responses": answers}}
