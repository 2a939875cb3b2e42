"""PETRARCH and TABARI actor dictionaries: names, their other spellings, and roles with dates.

    JOHN_EXAMPLE_ ; comment
    +J._EXAMPLE
        [KENGOV 20070101-20121231]
        [KENELI]

`[KENGOV >20070101]` is held from a day on, `<` until it; a year of two digits up to 29 is of this century.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from onrecord.facts.actors.imported import Imported, Source
from onrecord.facts.actors.registry import Registry
from onrecord.facts.actors.rows import TermRow, slug
from onrecord.types import ActorKind

_CODE = re.compile(r"\[\s*([A-Z]{3})([A-Z]*)\s*([<>]?)\s*(\d*)(?:\s*-\s*(\d*))?\s*\]")
_ENDING = re.compile(r"[_\s]+$")
OFFICES = {
    "GOV": "government official", "MIL": "military officer", "LEG": "member of parliament", "JUD": "judge",
    "OPP": "opposition figure", "REB": "rebel", "UAF": "rebel", "COP": "police officer",
    "SPY": "intelligence officer", "MED": "journalist", "BUS": "business figure", "EDU": "academic",
    "NGO": "activist", "REL": "religious figure", "CRM": "criminal",
}  # fmt: skip
"""What somebody of a role is called; dictionaries of this kind tell no office more exactly."""
_BODIES: dict[str, ActorKind] = {
    "IGO": "organisation", "NGO": "organisation", "NGM": "organisation", "MNC": "organisation",
    "IMG": "armed_group", "REB": "armed_group", "UAF": "armed_group", "MED": "medium",
}  # fmt: skip
_SECTORS = {"NGM": "NGO", "MNC": "BUS", "IMG": "UAF", "REB": "UAF"}
NEW_CENTURY = 30


class Role(NamedTuple):
    """A code with its dates: three letters of a state or kind of body, the role's letters, ISO days."""

    state: str
    role: str
    start: str = ""
    end: str = ""


class Entry(NamedTuple):
    """The spellings of one actor and the codes under them."""

    names: tuple[str, ...]
    roles: tuple[Role, ...]


def entries(lines: Iterable[str]) -> Iterator[Entry | None]:
    """Each entry of a dictionary; None for a line with a date that cannot be read."""
    names: list[str] = []
    roles: list[Role] = []
    for raw in lines:
        line = raw.split("#", 1)[0].split(";", 1)[0].rstrip()
        if not line.strip():
            continue
        if not line.startswith((" ", "\t")):
            if not line.startswith("+") or (roles and names):
                if names and roles:
                    yield Entry(tuple(dict.fromkeys(names)), tuple(roles))
                if roles or not line.startswith("+"):
                    names, roles = [], []
            name = line.split("[", 1)[0]
            names += [spelled(name)] if spelled(name) else []
        for found in _CODE.finditer(line):
            role = _role(found)
            if role is None:
                yield None
            else:
                roles.append(role)
    if names and roles:
        yield Entry(tuple(dict.fromkeys(names)), tuple(roles))


def spelled(entry: str) -> str:
    """`+KOFI_ATTA_ANNAN_` → `Kofi Atta Annan`."""
    words = _ENDING.sub("", entry.strip().lstrip("+")).replace("_", " ").split()
    return " ".join(w if len(w) <= 3 and w.isupper() and len(words) == 1 else _capital(w) for w in words)


def _capital(word: str) -> str:
    parts = re.split(r"([-'.])", word)
    return "".join(p[:1].upper() + p[1:].lower() for p in parts)


def _role(found: re.Match[str]) -> Role | None:
    state, role, sign, first, last = found.groups(default="")
    if not first and not last:
        return Role(state, role)
    days = [_day(d) if d else "" for d in (first, last)]
    if None in days:
        return None
    start, end = days
    return Role(state, role, "", start or "") if sign == "<" else Role(state, role, start or "", end or "")


def _day(told: str) -> str | None:
    if len(told) not in (6, 8):
        return None
    year, rest = (told[:4], told[4:]) if len(told) == 8 else (told[:2], told[2:])
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < NEW_CENTURY else 1900)
    try:
        return date(full, int(rest[:2]), int(rest[2:])).isoformat()
    except ValueError:
        return None


def rows(lines: Iterable[str], source: Source, registry: Registry) -> Imported:
    """People with their dated roles, organisations, armed groups and media of a dictionary.

    Names of states and of offices without a person are left out, since onrecord's own tables hold them.
    A person, or body, that the registry knows by one of the names keeps the registry's id.
    """
    out = Imported()
    for entry in entries(lines):
        if entry is None:
            out.leave("a date that cannot be read")
        elif _is_person(entry):
            _add_person(entry, source, registry, out)
        else:
            _add_body(entry, source, registry, out)
    return out


def _is_person(entry: Entry) -> bool:
    return any(r.start or r.end or r.role.startswith("ELI") for r in entry.roles)


def _add_person(entry: Entry, source: Source, registry: Registry, out: Imported) -> None:
    names = [n for n in entry.names if " " in n and not _titled(n, registry)] or list(entry.names)
    known = next((i for n in names if (i := source.person(n, registry))), None)
    actor = registry.actor(known) if known else None
    name = actor.name if actor else names[0]
    others = tuple(n for n in names if n != name)
    added = 0
    for role in entry.roles:
        office = OFFICES.get(role.role[:3], "")
        country = role.state if role.state in registry.countries else ""
        if not office or not (role.start or role.end):
            continue
        if not country:
            out.leave("a role in a body and not in a state")
            continue
        out.rows.append(
            TermRow(
                name=name, aliases=others, office=office, country=country, from_=role.start, to=role.end,
                source=source.name, sector=role.role[:3], id=known,
            )
        )  # fmt: skip
        added += 1
    if not added:
        state = next((r.state for r in entry.roles if r.state in registry.countries), "")
        out.rows.append(TermRow(name=name, aliases=others, country=state, source=source.name, id=known))


def _add_body(entry: Entry, source: Source, registry: Registry, out: Imported) -> None:
    first = entry.roles[0]
    code = first.state if first.state in _BODIES else first.role[:3]
    if code not in _BODIES:
        out.leave("a state, or an office without a person" if first.state in registry.countries else "other")
        return
    if any(n in registry.forms for n in entry.names):
        out.leave("a body the registry knows")
        return
    kind, name = _BODIES[code], entry.names[0]
    prefix = {"medium": "medium", "armed_group": "armed"}.get(kind, "org")
    out.rows.append(
        TermRow(
            name=name, aliases=entry.names[1:], kind=kind, sector=_SECTORS.get(code, code),
            country=first.state if first.state in registry.countries else "",
            source=source.name, id=f"{prefix}:{slug(name)}",
        )
    )  # fmt: skip


def _titled(name: str, registry: Registry) -> bool:
    return not registry.heads.isdisjoint(re.split(r"[ -]", name.lower()))
