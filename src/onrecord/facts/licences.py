"""Wordings of licences → SPDX-like identifiers, and whether a text under one may be passed on whole."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from onrecord.facts.table import TABLES, read_table
from onrecord.types import Value

TABLE = TABLES / "licences.csv"
_VERSION = re.compile(r"[^\d.]{0,3}([1-4]\.[05])\b|[^.;]{0,30}?\b([1-4]\.[05])\b")


class Licence(Value, frozen=True, kw_only=True):
    """A licence, or a family of them that differ by version only."""

    id: str
    wordings: tuple[str, ...] = ()
    """None: known by its identifier only."""
    versioned: bool = False
    open: bool = False
    """True where whole texts may be passed on and changed, by anyone, for any end."""


@cache
def _wordings(path: Path) -> tuple[tuple[str, Licence], ...]:
    """Every wording with its licence, the longest first, so that `by-nc-nd` is tried before `by`."""
    rows = tuple(read_table(path, Licence))
    return tuple(sorted(((w, row) for row in rows for w in row.wordings), key=lambda p: (-len(p[0]), p[0])))


def licence_id(words: str, *, path: Path = TABLE) -> str | None:
    """The identifier of the licence that words (or an address) name; None when they name none known.

    `CC BY-NC-ND 4.0` → `CC-BY-NC-ND-4.0`; without a version the family's name stands alone.
    A licence with a name is preferred to `public domain` or `all rights reserved` in the same words.
    """
    plain = " ".join(re.sub(r"[\s_\-–—]+", " ", words.casefold()).split())
    for wording, licence in sorted(_wordings(path), key=lambda p: p[1].id.startswith("LicenseRef-")):
        at = re.search(rf"(?<!\w){re.escape(wording)}(?!\w)", plain)
        if at:
            version = _VERSION.match(plain, at.end()) if licence.versioned else None
            return f"{licence.id}-{version[1] or version[2]}" if version else licence.id
    return None


def is_open(licence: str | None, *, path: Path = TABLE) -> bool:
    """Whether texts under a licence may be passed on whole. What is not known to be open is not.

    The one answer for every export and page. Versions, case, spaces and hyphens make no difference.
    """
    if licence is None:
        return False
    return _open_families(path).get(_family(licence), False)


@cache
def _open_families(path: Path) -> dict[str, bool]:
    """Family of licences → whether it is open; one that names both kinds is not."""
    known: dict[str, bool] = {}
    for row in read_table(path, Licence):
        known[_family(row.id)] = known.get(_family(row.id), True) and row.open
    return known


def _family(licence: str) -> str:
    """`CC BY-SA 4.0` → `cc-by-sa`: an identifier without its version."""
    plain = re.sub(r"[\s_–—-]+", "-", licence.strip().casefold())
    return re.sub(r"-v?\d(\.\d)?(-or-later|-only)?$", "", plain)
