"""Rows of the actor tables, as they stand in `facts/tables/*.csv`, and the dates written in them."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date
from typing import Literal

import msgspec

from onrecord.errors import UsageError
from onrecord.types import ActorKind, Range


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Base of table rows."""


class Country(Row, frozen=True, kw_only=True):
    """A state: its names, adjectives, demonyms, capital, and the seats that stand for its government."""

    iso3: str
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


class Organisation(Row, frozen=True, kw_only=True):
    """An organisation, ministry, armed group, medium or institute."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: ActorKind = "organisation"
    country: str | None = None
    sector: str | None = None
    wikidata: str | None = None


class City(Row, frozen=True, kw_only=True):
    """A city or region, and the state it lies in."""

    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None


class PlaceEntry(Row, frozen=True, kw_only=True):
    """What a place name stands for."""

    name: str
    country: str | None
    kind: Literal["city", "state"]


class Title(Row, frozen=True, kw_only=True):
    """A phrase of running text that names an office."""

    title: str
    office: str
    countries: tuple[str, ...] = ()
    sector: str | None = None
    bare: str = ""


class PersonWord(Row, frozen=True, kw_only=True):
    """A noun for people or bodies without a name."""

    word: str
    plural: str
    sector: str | None = None
    gender: str = ""
    body: int = 0
    """1 for bodies (government, company), which no person's name answers."""


class GivenName(Row, frozen=True, kw_only=True):
    """A given name and the gender it tells."""

    name: str
    gender: str


class Nickname(Row, frozen=True, kw_only=True):
    """A short given name and the full one it stands for."""

    name: str
    of: str


class TermRow(Row, frozen=True, kw_only=True):
    """A line of `offices.csv`, or of a user's table with the same columns."""

    name: str
    aliases: tuple[str, ...] = ()
    office: str = ""
    country: str = ""
    from_: str = msgspec.field(default="", name="from")
    to: str = ""
    wikidata: str | None = None
    source: str = "unverified"
    acting: int = 0
    kind: ActorKind = "person"
    sector: str | None = None
    id: str | None = None
    short: tuple[str, ...] = ()
    gender: str = ""


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's term of office; `range` has open ends where the table leaves them empty."""

    actor: str
    name: str
    office: str
    country: str | None
    organisation: str | None = None
    range: Range
    acting: bool = False
    source: str = "unverified"
    sector: str | None = None

    @property
    def verified(self) -> bool:
        return self.source != "unverified"

    @property
    def basis(self) -> str:
        """How rows name this fact: `offices: foreign minister RUS 2004-03-09/…`."""
        ends = "/".join(d.isoformat() if d else "…" for d in self.range)
        told = f"offices: {self.office} {self.country or self.organisation or ''} {ends}".replace("  ", " ")
        return told if self.verified else f"{told} (unverified)"


def slug(name: str) -> str:
    """`Recep Tayyip Erdoğan` → `recep-tayyip-erdogan`: lower case ASCII words joined by dashes."""
    folded = name.translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['.]", "", plain)).strip("-")


_LETTERS = str.maketrans({"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "đ": "d", "æ": "ae"})
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def first_day(told: str) -> date | None:
    """First day of a day, month or year written in ISO form; None for an empty cell."""
    return _day(told, last=False)


def last_day(told: str) -> date | None:
    """Last day of a day, month or year written in ISO form; None for an empty cell."""
    return _day(told, last=True)


def _day(told: str, *, last: bool) -> date | None:
    if not told:
        return None
    found = _DATE.fullmatch(told.strip())
    if not found:
        raise UsageError(f"{told!r} is not a date of the form 2017, 2017-07 or 2017-07-31")
    year, month, day = (int(g) if g else None for g in found.groups())
    assert year is not None
    month = month or (12 if last else 1)
    try:
        return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
    except (ValueError, calendar.IllegalMonthError) as error:
        raise UsageError(f"{told!r} is not a day of the calendar") from error
