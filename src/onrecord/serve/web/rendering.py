"""Values as pages: Jinja templates, everything escaped, addresses made in one place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import Response

from onrecord.record.addresses import web_address
from onrecord.record.search import MARK
from onrecord.review import phrasing
from onrecord.review.rendering import flat, shortened
from onrecord.types import Range, printable


class Utf8(Response):
    """Text as UTF-8; lone surrogates, which an article may hold and UTF-8 cannot, become question marks."""

    def render(self, content: Any) -> bytes:
        """The body."""
        return content if isinstance(content, bytes) else str(content).encode("utf-8", "replace")


def page(template: str, *, status: int = 200, **values: Any) -> Response:
    """A template with values, as an answer."""
    return Utf8(rendered(f"{template}.html", **values), status, media_type="text/html")


def rendered(template: str, **values: Any) -> str:
    """A template with values, as HTML or SVG without characters that these may not hold."""
    return printable(_environment().get_template(f"{template}.j2").render(**values))


@cache
def style() -> str:
    """The one style sheet."""
    return files("onrecord.serve.web").joinpath("style.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("onrecord.serve.web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters |= {
        "days": days,
        "listed": phrasing.listed,
        "counted": phrasing.counted,
        "act": lambda act: phrasing.ACTS.get(act, act),
        "flat": flat,
        "shortened": shortened,
        "words": words,
        "found": found,
        "web": web_address,
    }
    made.globals |= {"to": to, "with_query": with_query}
    return made


def to(*parts: str) -> str:
    """The address of a page: `to("actors", "state:RUS")` → `/actors/state:RUS`."""
    return "/" + "/".join(quote(p, safe=":", errors="replace") for p in parts)


def with_query(path: str, **values: object) -> str:
    """An address with those values of a query that say something."""
    told = {k: v for k, v in values.items() if v not in (None, "")}
    return f"{path}?{urlencode(told, errors='replace')}" if told else path


def days(value: Any) -> str:
    """Days in words: of a range, or of two ISO days as the listings give them; `date not known`."""
    if isinstance(value, list | tuple) and not isinstance(value, Range):
        start, end = (date.fromisoformat(d) if isinstance(d, str) else d for d in value)
        value = Range(start, end)
    if isinstance(value, str):
        value = Range(date.fromisoformat(value), date.fromisoformat(value))
    return phrasing.days(value)


def words(value: Any) -> str:
    """A code in plain words: `in_person` → `in person`; a list joined; None: `not told`."""
    match value:
        case None | [] | ():
            return "not told"
        case list() | tuple():
            return ", ".join(words(v) for v in value)
        case Mapping():
            return str(value.get("name", ""))
        case float():
            return f"{value:.2f}"
    return str(value).replace("_", " ")


def found(excerpt: str) -> Markup:
    """A search's excerpt with the words found in `<mark>`; balanced whatever the article holds."""
    told, inside = Markup(), False
    for part in re.split(f"([{''.join(MARK)}])", flat(excerpt)):
        if part == MARK[0] and not inside:
            told, inside = told + Markup("<mark>"), True
        elif part == MARK[1] and inside:
            told, inside = told + Markup("</mark>"), False
        elif part not in MARK:
            told += escape(part)
    return told + Markup("</mark>") if inside else told
