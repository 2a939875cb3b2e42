"""Web pages → articles: trafilatura tells the body from the rest, htmldate dates it. Nothing is fetched."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import trafilatura
from lxml.etree import _Element

from onrecord import limits
from onrecord.acquire import credits
from onrecord.acquire.article import Told, acquire
from onrecord.acquire.dates import days_meant
from onrecord.acquire.passages import label
from onrecord.settings import Settings
from onrecord.types import Acquired, Passage, Reject, Role

MAX_BYTES = 20_000_000
"""Pages beyond it are rejected, as trafilatura itself does; news pages have under 2 MB."""
MAX_MARKS = 50_000
"""Opening marks of a page; beyond it is rejected. Lighthouse warns of 1,400; each mark takes trafilatura some
0.1 milliseconds: 300,000 that were never closed took 33 CPU seconds, in calls that no limit of time can stop.
"""
_MARK = re.compile(r"<[A-Za-z]")
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
"""First publication, not the last change; only where the page says it; no look at the clock."""
_RELATED = re.compile(r"<(?:link|a)\b[^>]{0,500}\brel=[\"']?license\b[^>]{0,500}>", re.IGNORECASE)
_ADDRESS = re.compile(r"\bhref=[\"']?(?P<url>[^\"'\s>]+)", re.IGNORECASE)
_ROLES: dict[str, Role] = {"head": "heading"}


def read(
    html: str, path: str, settings: Settings, *, told: Told | None = None, copy: int = 0
) -> Acquired | Reject:
    """The article of one page. Its text is the title, then the body's paragraphs, one a line.

    `told` is what came with the page; its address and further keys are kept, the rest the page tells itself.
    """
    marks = sum(1 for _ in _MARK.finditer(html))
    if marks > MAX_MARKS:
        detail = f"{marks:,} opening marks; the limit is {MAX_MARKS:,} a page"
        return Reject(path=path, reason="too_many_marks", detail=detail)
    try:
        with limits.within(limits.PAGE_SECONDS):
            page: Any = trafilatura.bare_extraction(
                html, with_metadata=True, include_comments=False, include_tables=False,
                include_formatting=False, date_extraction_params=_DATES,
            )  # fmt: skip
    except limits.Exceeded as error:
        return Reject(path=path, reason=error.reason, detail=f"taking this page apart: {error}")
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError) as error:
        return Reject(path=path, reason="broken_page", detail=f"this page cannot be taken apart: {error}")
    paragraphs = _paragraphs(page.body) if page is not None and page.body is not None else []
    if not paragraphs:
        return Reject(path=path, reason="no_article", detail="no article was found on this page")
    found = _told(page, html)
    if told is not None:
        found = msgspec.structs.replace(found, url=found.url or told.url, meta=told.meta)
    text, labelled = _stored(found.title, paragraphs)
    return acquire(text, path, found, settings, labelled=labelled, copy=copy)


def _paragraphs(body: _Element) -> list[tuple[Role, str]]:
    """The body's blocks in order; list items and quotations are paragraphs too."""
    found: list[tuple[Role, str]] = []
    for block in body:
        inner = [b for b in block if b.tag in ("item", "p", "quote", "head")]
        for one in inner or [block]:
            words = " ".join("".join(one.itertext()).split())
            if any(c.isalnum() for c in words):
                found.append((_ROLES.get(one.tag, "body"), words))
    return found


def _stored(title: str | None, paragraphs: list[tuple[Role, str]]) -> tuple[str, tuple[Passage, ...]]:
    """The text to keep, and its passages: bios, credits and licences are told from the body."""
    lines = [words for _, words in paragraphs]
    if title and (not lines or lines[0].casefold() != title.casefold()):
        lines.insert(0, title)
        paragraphs = [("headline", title), *paragraphs]
    text = "\n".join(lines)
    headings, at = set(), 0
    for role, words in paragraphs:
        if role == "heading":
            headings.add(at)
        at += len(words) + 1
    found = label(text, title=title, clean=True)
    return text, tuple(
        msgspec.structs.replace(p, role="heading") if p.role == "body" and p.start in headings else p
        for p in found
    )


def _licence(html: str) -> str | None:
    """The address of the licence that the page declares for itself (HTML, `rel="license"`)."""
    tag = _RELATED.search(html)
    address = _ADDRESS.search(tag.group()) if tag else None
    return address["url"] if address else None


def _told(page: Any, html: str) -> Told:
    published = days_meant(page.date) if page.date else None
    authors = tuple(a for a in (part.strip() for part in (page.author or "").split(";")) if a)
    licence = page.license or _licence(html)
    return Told(
        title=" ".join(page.title.split()) if page.title else None,
        authors=authors,
        publisher=credits.publisher_named(page.sitename) if page.sitename else None,
        url=page.url,
        published=published,
        date_told=page.date,
        licence=licence and (credits.licence_id(licence) or licence),
    )
