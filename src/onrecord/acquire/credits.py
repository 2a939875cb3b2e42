"""Metadata that stands in the text: headline, byline, dates, bio, licence, names of media."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from onrecord.acquire.cues import OUTLET
from onrecord.acquire.dates import WRITTEN, written
from onrecord.facts.licences import licence_id
from onrecord.facts.outlets import Outlet, Outlets
from onrecord.types import Passage, Range, Role, Span

_MAX_AUTHORS = 8
_BY = re.compile(r"^(?:by|words by|written by|posted by|authors?)\b:?\s*", re.IGNORECASE)
_PERSON = re.compile(
    r"(?:(?:Dr|Prof|Sir|Lord|Amb)\.? )?[^\W\d_a-z][\w.'’-]*(?: (?:de|da|del|della|di|van|von|der|"
    r"den|bin|ibn|al|el|la|le|du|"
    r"[^\W\d_a-z][\w.'’-]*)){1,4}"
)
_BETWEEN = re.compile(r",? (?:and|&) |, |; ")
_BIO_NAME = re.compile(
    rf"^(?P<names>{_PERSON.pattern}(?:(?:,? and |, ){_PERSON.pattern})*),? "
    r"(?:is|are|was|has|have|covers?|writes?|reports?|teaches|contributed|reported|lives|works|"
    r"serves|an? |the |former)\b"
)
_PUBLISHES = (
    (4, re.compile(r"(?:©|\(c\)|copyright)\W*(?:\d{4})?\W*(?:by )?(?:the )?\W*$", re.IGNORECASE)),
    (3, re.compile(r"\b(?:for|at|with|of|from) (?:the )?$", re.IGNORECASE)),
    (
        3,
        re.compile(r"\b(?:on|from|in|by|to|about|join|follow|support|get|contact) (?:the )?$", re.IGNORECASE),
    ),
)
HEAD = 16
"""Passages from the first that an outlet's own line is looked for in."""
_AGENCY_LINE = re.compile(r"\((?P<name>[^()]{2,30})\)")
_OF_THE_DAY = re.compile(r"\b(?:updated|modified|last|now|today|copyright|©)\b", re.IGNORECASE)


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What an article's text says about the article."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: Range | None = None
    published_span: Span | None = None
    licence: str | None = None


def read(text: str, passages: Sequence[Passage]) -> Seen:
    """Headline, authors, publisher, date and licence, from the passages whose part it is to say them."""
    published, span = _published(text, passages)
    return Seen(
        title=next((" ".join(text[p.start : p.end].split()) for p in _of(passages, "headline")), None),
        authors=_authors(text, passages),
        publisher=_publisher(text, passages),
        published=published,
        published_span=span,
        licence=_licence(text, passages),
    )


def _of(passages: Iterable[Passage], *roles: Role) -> Iterable[Passage]:
    return (p for p in passages if p.role in roles)


def _authors(text: str, passages: Sequence[Passage]) -> tuple[str, ...]:
    """The names of the byline; without one, those that bios begin with."""
    names: dict[str, None] = {}
    for p in _of(passages, "byline"):
        names |= dict.fromkeys(byline_names(text[p.start : p.end]))
    if not names:
        for p in _of(passages, "bio"):
            m = _BIO_NAME.match(text[p.start : p.end])
            names |= dict.fromkeys(_people(m["names"]) if m else ())
    return tuple(names)[:_MAX_AUTHORS]


def byline_names(line: str) -> tuple[str, ...]:
    """`By Ana Ruiz and Tom Ek, Daily Planet` → (`Ana Ruiz`, `Tom Ek`); names of media are none."""
    words = " ".join(line.split())
    told = re.split(
        r" (?:\||•|·|—|–|-) |\b(?:Published|Updated|Posted)\b|\d", _BY.sub("", words), maxsplit=1
    )[0]
    return _people(told)


def _people(told: str) -> tuple[str, ...]:
    """Names in a list of them, up to the first part that is none."""
    names = []
    for part in _BETWEEN.split(told.strip(" ,.")):
        name = part.strip(" ,.").removeprefix("By ").removeprefix("by ")
        name = name.title() if name.isupper() else name
        if not _PERSON.fullmatch(name) or Outlets.load().named(name):
            break
        names.append(name)
    return tuple(names)


def _published(text: str, passages: Sequence[Passage]) -> tuple[Range | None, Span | None]:
    """The first full date in a dateline or byline; `published` is preferred to `updated`."""
    found: list[tuple[bool, Range, Span]] = []
    for p in _of(passages, "dateline", "byline"):
        for m in WRITTEN.finditer(text, p.start, p.end):
            days = written(m)
            if days:
                before = text[max(p.start, m.start() - 30) : m.start()]
                found.append((bool(_OF_THE_DAY.search(before)), days, Span(m.start(), m.end())))
    if not found:
        return None, None
    _, days, span = min(found, key=lambda f: (f[0], (f[1].days or 0) > 1, f[2].start))
    return days, span


def _licence(text: str, passages: Sequence[Passage]) -> str | None:
    """The licence named; one that gives rights is preferred to `all rights reserved` elsewhere."""
    ids = [found for p in _of(passages, "licence") if (found := licence_id(text[p.start : p.end]))]
    return next((i for i in ids if not i.startswith("LicenseRef-All")), ids[0] if ids else None)


def _publisher(text: str, passages: Sequence[Passage]) -> str | None:
    """The outlet that the page speaks of as its own: after ©, in a bio, in menus and lists of stories.

    Photo credits are not asked, since agencies sell pictures to everybody.
    """
    votes: Counter[str] = Counter()
    for p in _of(passages, "bio", "licence", "byline", "furniture", "topics"):
        words = text[p.start : p.end]
        for named in Outlets.load().find(words):
            votes[named.outlet.name] += _vote(words, named.start, named.end, named.outlet, p.role)
    strong = [(name, n) for name, n in votes.items() if n >= 3]
    if strong:
        return min(strong, key=lambda v: (-v[1], v[0]))[0]
    return _agency(text, passages) or _named_above(text, passages)


def _named_above(text: str, passages: Sequence[Passage]) -> str | None:
    """An outlet that no table knows, by its place in the head: with the date on a line, or above it.

    `Fjord Weekly, 3 May 2011`; or a short line of capitalised words between the byline and the date's line.
    """
    head = passages[:HEAD]
    for place, p in enumerate(head):
        if p.role != "dateline":
            continue
        line = " ".join(text[p.start : p.end].split())
        dated = WRITTEN.search(line)
        if dated and dated.end() == len(line) and OUTLET.fullmatch(line[: dated.start()].rstrip(" ,|·–—-")):
            return line[: dated.start()].rstrip(" ,|·–—-")
        if dated and dated.start() == 0 and place >= 2 and head[place - 2].role == "byline":
            above = " ".join(text[head[place - 1].start : head[place - 1].end].split())
            if OUTLET.fullmatch(above):
                return above
    return None


def _vote(words: str, start: int, end: int, outlet: Outlet, role: Role) -> int:
    """How much a mention says that the outlet publishes this page; one in a teaser's prose says little."""
    before, line_ends = words[:start], not words[end:].strip(" .,:|»›)")
    copyright_, works, of = (pattern.search(before) is not None for _, pattern in _PUBLISHES)
    if copyright_:
        return 4
    if role == "bio":
        return 3 if works else 0
    if role == "byline":
        return 3 if line_ends or works else 0
    if of and line_ends:
        return 3
    if re.match(
        r"(?:['’]s)? (?:newsletters?|app|staff|reader|subscri|on (?:facebook|twitter))",
        words[end:],
        re.IGNORECASE,
    ):
        return 3
    return 1 if len(words.split()) <= 8 else 0


def _agency(text: str, passages: Sequence[Passage]) -> str | None:
    """The wire agency a dateline names: `GENEVA (Reuters) —`."""
    for p in _of(passages, "dateline"):
        for m in _AGENCY_LINE.finditer(text, p.start, p.end):
            outlet = Outlets.load().named(m["name"])
            if outlet:
                return outlet.name
    return None


def publisher_of(url: str | None) -> str | None:
    """The outlet at a web address, where the table of outlets knows it."""
    outlet = Outlets.load().at(url) if url else None
    return outlet.name if outlet else None


def publisher_named(name: str) -> str:
    """A name in the form of the table of outlets: `AP` → `Associated Press`; others as they are."""
    outlet = Outlets.load().named(name)
    return outlet.name if outlet else " ".join(name.split())


__all__ = ["Seen", "byline_names", "licence_id", "publisher_named", "publisher_of", "read"]
