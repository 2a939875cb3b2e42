"""The registry: states, organisations, and people with dated offices, and the words that stand for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

import msgspec

from onrecord.facts.actors.rows import (
    City,
    Country,
    GivenName,
    Nickname,
    Organisation,
    PersonWord,
    PlaceEntry,
    Term,
    TermRow,
    Title,
    slug,
)
from onrecord.facts.actors.tables import kind_of
from onrecord.facts.actors.terms import MANY_HOLDERS, ordered
from onrecord.facts.table import TABLES, read_table
from onrecord.types import Actor, Range, day_range

K = TypeVar("K")
V = TypeVar("V")
Use = Literal["name", "short", "adjective", "demonym", "capital", "metonym"]

_MINISTRY = re.compile(r"org:([a-z]{3})-([a-z -]+)-ministry")
FAMILY_NAME_FIRST = frozenset({"CHN", "PRK", "KOR", "TWN", "VNM", "KHM"})


class Entry(NamedTuple):
    """What a form may stand for: a registry key, and how the form stands for it."""

    key: str
    use: Use


class Registry:
    """Who there is. Built once from tables; never changed afterwards."""

    def __init__(
        self,
        *,
        countries: Iterable[Country],
        organisations: Iterable[Organisation],
        titles: Iterable[Title],
        cities: Iterable[City] = (),
        words: Iterable[PersonWord] = (),
        given_names: Iterable[GivenName] = (),
        nicknames: Iterable[Nickname] = (),
        terms: Iterable[tuple[TermRow, bool]],
    ) -> None:
        self.countries: Mapping[str, Country] = {c.iso3: c for c in countries}
        self.organisations: Mapping[str, Organisation] = {o.id: o for o in organisations}
        self.titles: Mapping[str, tuple[Title, ...]] = _grouped((t.title, t) for t in titles)
        self.by_office: Mapping[str, tuple[Title, ...]] = _grouped(
            (t.office, t) for found in self.titles.values() for t in found
        )
        """Office → the titles that name it."""
        self.words: Mapping[str, PersonWord] = {
            form: w for w in words for form in (w.word.lower(), w.plural.lower())
        }
        """Nouns for people and bodies, singular and plural, lower case."""
        self.heads: frozenset[str] = frozenset(self.words) | {
            title.split()[0] if " of " in title or " for " in title else title.split()[-1]
            for title in self.titles
        }
        """Words at which a description may turn: nouns for people, first and last words of titles."""
        self.given: Mapping[str, str] = {g.name: g.gender for g in given_names}
        """Given name → `m` or `f`."""
        self.nicknames: Mapping[str, str] = {n.name: n.of for n in nicknames}
        """Short given name → the full one."""
        rows = list(terms)
        self._people: dict[str, Actor] = {}
        self.shorts: dict[str, list[str]] = {}
        """Person id → the short names by which later mentions go."""
        self.gender: dict[str, str] = {}
        """Person id → `m`, `f`; only where a table says so."""
        self._forms: dict[str, list[Entry]] = defaultdict(list)
        self._terms = ordered(rows)
        self._by_actor = _grouped((t.actor, t) for t in self._terms)
        self._by_office = _grouped(((t.office, t.country or t.organisation or ""), t) for t in self._terms)
        self._country_names = {n.casefold(): c.iso3 for c in self.countries.values() for n in _all_names(c)}
        self._add_organisations()
        self._add_states()
        self._add_people(row for row, _ in rows)
        self.forms: Mapping[str, tuple[Entry, ...]] = {f: tuple(e) for f, e in self._forms.items()}
        """Words as written → what they may stand for, best first."""
        self.places: Mapping[str, PlaceEntry] = _places(self.countries.values(), cities)
        """Cities and states by name → the name we use, and the state they lie in."""
        self.place_starts: Mapping[str, tuple[str, ...]] = _by_start(self.places)
        self.starts: Mapping[str, tuple[str, ...]] = _by_start(self.forms)

    @classmethod
    def load(cls, extra: tuple[Path, ...] = ()) -> Registry:
        """The shipped tables, and users' tables (each told by its columns) whose rows win over ours.

        A user's term of office replaces whatever our table says about that office of that state (or
        organisation) on those days.

        Raises:
            UsageError: a table cannot be read.
        """
        return _load(tuple(extra))

    # --- looking up -----------------------------------------------------------------------------------------

    def actor(self, actor_id: str, at: date | Range | None = None) -> Actor | None:
        """The actor of an id; a person's country, sector and role as at a day or range."""
        if actor_id in self._people:
            return self._person_at(self._people[actor_id], at)
        if actor_id in self.organisations:
            o = self.organisations[actor_id]
            return Actor(
                id=o.id, name=o.name, kind=o.kind, country=o.country, sector=o.sector, wikidata=o.wikidata
            )
        ministry = _MINISTRY.fullmatch(actor_id)
        if ministry and ministry[1].upper() in self.countries:
            iso3 = ministry[1].upper()
            name = f"{ministry[2].replace('-', ' ')} ministry of {in_running_text(self.countries[iso3].name)}"
            sector = "MIL" if ministry[2].startswith("defense") else "GOV"
            return Actor(id=actor_id, name=name, kind="government", country=iso3, sector=sector)
        head, _, code = actor_id.partition(":")
        if code not in self.countries:
            return None
        if head == "state":
            return self.state(code)
        if head == "gov":
            name = f"government of {in_running_text(self.countries[code].name)}"
            return Actor(id=actor_id, name=name, kind="government", country=code, sector="GOV")
        return None

    def country(self, name_or_code: str) -> Country | None:
        """The state of an ISO3 code, a name, an adjective, a demonym or a capital, whatever the case."""
        if name_or_code in self.countries:
            return self.countries[name_or_code]
        iso3 = self._country_names.get(name_or_code.casefold().removeprefix("the "))
        return self.countries[iso3] if iso3 else None

    def state(self, iso3: str) -> Actor:
        """The state as an actor; KeyError for an unknown code."""
        return Actor(
            id=f"state:{iso3}", name=self.countries[iso3].name, kind="state", country=iso3, sector="GOV"
        )

    def holders(self, office: str, country: str, at: date | Range) -> tuple[Term, ...]:
        """Terms of an office (`foreign minister`) in a state (ISO3) or organisation (`org:nato`) that touch
        a day or a range, earliest first.
        """
        wanted = at if isinstance(at, Range) else day_range(at)
        return tuple(t for t in self._by_office.get((office, country), ()) if t.range.overlaps(wanted))

    def offices(self, actor_id: str) -> tuple[Term, ...]:
        """All terms of office of a person, earliest first; empty for everybody else."""
        return self._by_actor.get(actor_id, ())

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms of office, in a fixed order."""
        return self._terms

    # --- building -------------------------------------------------------------------------------------------

    def _person_at(self, person: Actor, at: date | Range | None) -> Actor:
        if at is None:
            return person
        wanted = at if isinstance(at, Range) else day_range(at)
        terms = [t for t in self.offices(person.id) if t.range.overlaps(wanted)]
        if not terms:
            return person
        latest = max(terms, key=lambda t: (t.office not in MANY_HOLDERS, t.range.start or date.min))
        return msgspec.structs.replace(
            person,
            country=latest.country or person.country,
            sector=latest.sector,
            role=f"{latest.office} of {self._place_name(latest)}",
        )

    def _place_name(self, term: Term) -> str:
        if term.country:
            known = self.countries.get(term.country)
            return in_running_text(known.name) if known else term.country
        org = self.organisations.get(term.organisation or "")
        return in_running_text(org.name) if org else term.organisation or "?"

    def _add(self, form: str, key: str, use: Use) -> None:
        entry = Entry(key, use)
        if form and entry not in self._forms[form]:
            self._forms[form].append(entry)

    def _add_states(self) -> None:
        for c in self.countries.values():
            key = f"state:{c.iso3}"
            for name in c.names:
                self._add(name, key, "name")
            for adjective in c.adjectives:
                self._add(adjective, key, "adjective")
            for demonym in c.demonyms:
                self._add(demonym, key, "demonym")
            for capital in c.capital:
                self._add(capital, key, "capital")
            for seat in c.metonyms:
                self._add(seat, key, "metonym")

    def _add_organisations(self) -> None:
        for o in self.organisations.values():
            for name in (o.name, *o.aliases):
                self._add(name, o.id, "name")

    def _add_people(self, rows: Iterable[TermRow]) -> None:
        for row in rows:
            if row.kind != "person":
                continue
            key = row.id or f"person:{slug(row.name)}"
            country = row.country if row.country in self.countries else None
            old = self._people.get(key)
            self._people[key] = Actor(
                id=key,
                name=row.name,
                kind="person",
                country=(old.country if old else None) or country,
                wikidata=(old.wikidata if old else None) or row.wikidata,
            )
            if row.gender:
                self.gender[key] = row.gender
            for name in (row.name, *row.aliases):
                self._add(name, key, "name" if " " in name else "short")
                for short in row.short or short_names(name, country):
                    self._add(short, key, "short")
                    if short not in self.shorts.setdefault(key, []):
                        self.shorts[key].append(short)


_WITH_ARTICLE = re.compile(
    r"United .*|.* (Republic|Islands|Emirates|Union|League|Bank|Fund|Agency|Organi[sz]ation|Commission|Court"
    r"|Council|Nations|States)|(Democratic )?Republic of .*"
    r"|Netherlands|Philippines|Bahamas|Maldives|Comoros|Gambia|Seychelles"
)


def in_running_text(name: str) -> str:
    """A state's or body's name as it stands after "of": "the United States", "France", "the Netherlands"."""
    return f"the {name}" if _WITH_ARTICLE.fullmatch(name) else name


def short_names(name: str, country: str | None) -> tuple[str, ...]:
    """The family name, by which later mentions go: last word, or first where family names lead."""
    words = name.split()
    if len(words) < 2:
        return ()
    if country in FAMILY_NAME_FIRST:
        return (words[0],)
    last = words[-1]
    bare = last.split("-", 1)[1] if last.lower().startswith(("al-", "el-")) else last
    return (bare,) if bare == last else (bare, last)


def _all_names(c: Country) -> tuple[str, ...]:
    return (*c.names, *c.adjectives, *c.demonyms, *c.capital, *c.metonyms)


def _places(countries: Iterable[Country], cities: Iterable[City]) -> dict[str, PlaceEntry]:
    """Every name of a place; a row of cities.csv wins over a capital, a capital over a state."""
    found: dict[str, PlaceEntry] = {}
    for c in countries:
        found |= {n: PlaceEntry(name=c.name, country=c.iso3, kind="state") for n in c.names}
        found |= {n: PlaceEntry(name=n, country=c.iso3, kind="city") for n in c.capital}
    for city in cities:
        found |= {
            n: PlaceEntry(name=city.name, country=city.country, kind="city")
            for n in (city.name, *city.aliases)
        }
    return found


def _by_start(forms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Forms by their first three characters, longest first: what may begin at a place in a text."""
    starts = _grouped((form[:3], form) for form in forms)
    return {s: tuple(sorted(found, key=lambda f: (-len(f), f))) for s, found in starts.items()}


def _titles_of(rows: Iterable[TermRow], known: Sequence[Title]) -> list[Title]:
    """Titles of the offices of a user's table that ours do not know: `atomic energy minister`.

    Only those that end in a word by which a holder of some office goes.
    """
    told = {t.title for t in known}
    bares = {t.bare for t in known if t.bare}
    offices = dict.fromkeys(r.office.lower() for r in rows if r.kind == "person")
    return [
        Title(title=office, office=office, sector="GOV", bare=office.split()[-1])
        for office in offices
        if office not in told and " " in office and office.split()[-1] in bares
    ]


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {k: tuple(v) for k, v in groups.items()}


@lru_cache(maxsize=4)
def _load(extra: tuple[Path, ...]) -> Registry:
    titles = list(read_table(TABLES / "titles.csv", Title))
    sector = {t.office: t.sector for t in reversed(titles)}

    def with_sector(row: TermRow) -> TermRow:
        return row if row.sector else msgspec.structs.replace(row, sector=sector.get(row.office))

    tables = [(path, kind_of(path)) for path in extra]
    theirs = [(with_sector(r), True) for p, kind in tables if kind is TermRow for r in read_table(p, TermRow)]
    titles += _titles_of((r for r, _ in theirs), titles)
    ours = [(with_sector(r), False) for r in read_table(TABLES / "offices.csv", TermRow)]
    countries = {c.iso3: c for c in read_table(TABLES / "countries.csv", Country)}
    countries |= {c.iso3: c for p, kind in tables if kind is Country for c in read_table(p, Country)}
    organisations = {o.id: o for o in read_table(TABLES / "organisations.csv", Organisation)}
    organisations |= {
        o.id: o for p, kind in tables if kind is Organisation for o in read_table(p, Organisation)
    }
    cities = {c.name: c for c in read_table(TABLES / "cities.csv", City)}
    cities |= {c.name: c for p, kind in tables if kind is City for c in read_table(p, City)}
    organisations |= {o.id: o for row, _ in theirs if (o := _body(row)) is not None}
    return Registry(
        countries=countries.values(),
        organisations=organisations.values(),
        titles=titles,
        cities=cities.values(),
        words=read_table(TABLES / "person_words.csv", PersonWord),
        given_names=read_table(TABLES / "given_names.csv", GivenName),
        nicknames=read_table(TABLES / "nicknames.csv", Nickname),
        terms=theirs + ours,
    )


def _body(row: TermRow) -> Organisation | None:
    """A user's row about an organisation, armed group or medium instead of a person."""
    if row.kind == "person":
        return None
    prefix = {"medium": "medium", "armed_group": "armed"}.get(row.kind, "org")
    return Organisation(
        id=row.id or f"{prefix}:{slug(row.name)}",
        name=row.name,
        aliases=row.aliases,
        kind=row.kind,
        country=row.country if len(row.country) == 3 else None,
        sector=row.sector,
        wikidata=row.wikidata,
    )
