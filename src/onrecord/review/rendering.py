"""Reports as text, Markdown, HTML or JSON: one template a report and format, in templates/."""

from __future__ import annotations

import textwrap
from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec

from onrecord.errors import UsageError
from onrecord.review import phrasing
from onrecord.review.briefing import MAX_QUOTES, Brief
from onrecord.review.comparing import Comparison
from onrecord.review.explaining import Explanation
from onrecord.types import printable

if TYPE_CHECKING:
    from jinja2 import Environment

WIDTH = 96
"""Columns of a report printed as text."""
MAX_TELLING = 320
"""Characters of an article's words shown for one meeting or agreement; JSON and `explain` hold them all."""
_TEMPLATES: dict[str, str] = {"text": "txt", "md": "md", "html": "html"}


def render_brief(brief: Brief, format: str) -> str:
    """A brief as `text`, `md`, `html` (one self-contained page) or `json`."""
    return _render("brief", brief, format)


def render_comparison(comparison: Comparison, format: str) -> str:
    """A comparison as `text`, `md`, `html` or `json`."""
    return _render("compare", comparison, format)


def render_explanation(explanation: Explanation, format: Literal["text", "json"]) -> str:
    """A chain as `text` or `json`."""
    return _render("explain", explanation, format)


def _render(name: str, value: Brief | Comparison | Explanation, format: str) -> str:
    if format == "json":
        return msgspec.json.encode(value).decode() + "\n"
    if format not in _TEMPLATES:
        raise UsageError.unknown("format", format, [*_TEMPLATES, "json"])
    template = _environment().get_template(f"{name}.{_TEMPLATES[format]}.j2")
    told = template.render(it=value, max_quotes=MAX_QUOTES).rstrip("\n") + "\n"
    return printable(told) if format == "html" else told


@cache
def _environment() -> Environment:
    """Templates with our filters; everything put into HTML is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("onrecord.review"),
        autoescape=lambda name: bool(name and ".html." in name),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters |= {
        "days": phrasing.days,
        "day": phrasing.day,
        "listed": phrasing.listed,
        "length": phrasing.length,
        "flat": flat,
        "shortened": shortened,
        "wrapped": wrapped,
        "length_of": len,
        "begun": lambda text: text[:1].upper() + text[1:],
        "cell": lambda text: flat(text).replace("|", "\\|"),
    }
    return made


def flat(text: str) -> str:
    """White space folded, so that a quotation over several lines stands on one."""
    return " ".join(text.split())


def shortened(text: str, width: int = MAX_TELLING) -> str:
    """Text on one line, cut at a word with ` …` where it is longer than `width` characters."""
    return phrasing.shortened(text, width)


def wrapped(text: str, indent: int = 0, hang: int | None = None) -> str:
    """Text folded to the report's width; later lines are indented by `hang`, or as the first."""
    later = " " * (indent if hang is None else hang)
    return textwrap.fill(flat(text), width=WIDTH, initial_indent=" " * indent, subsequent_indent=later)
