"""Wikidata JSON: answers of its query service, and entities with their claims (positions held)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.facts.actors.imported import Imported, Source
from onrecord.facts.actors.registry import Registry
from onrecord.facts.actors.rows import TermRow

_TIME = re.compile(r"\+?(\d{4})-(\d{2})-(\d{2})")
_POSITION, _START, _END, _CITIZEN, _GENDER = "P39", "P580", "P582", "P27", "P21"
_GENDERS = {"Q6581097": "m", "male": "m", "Q6581072": "f", "female": "f"}
_BY_YEAR, _BY_MONTH = 9, 10
"""Wikidata's precision of a time."""
_COLUMNS = {
    "person": ("person", "item", "human", "holder", "officeholder"),
    "office": ("positionLabel", "officeLabel", "position", "office"),
    "start": ("start", "from", "startTime", "startDate"),
    "end": ("end", "to", "endTime", "endDate"),
    "country": ("iso3", "countryCode", "countryLabel", "country"),
    "gender": ("genderLabel", "gender", "sexLabel"),
    "aliases": ("aliases", "altLabel", "personAltLabel", "itemAltLabel"),
}


def rows(told: Any, source: Source, registry: Registry) -> Imported:
    """People and their terms; what names no office, or no state, is left out and counted."""
    if isinstance(told, list):
        answers = [a for a in told if isinstance(a, dict)]
        entities = {a["id"]: a for a in answers if "claims" in a and "id" in a}
        return _entities(entities, source, registry) if entities else _answers(answers, source, registry)
    if "results" in told:
        bindings = told["results"].get("bindings", [])
        plain = [{k: v.get("value", "") for k, v in b.items()} for b in bindings]
        return _answers(plain, source, registry)
    if "claims" in told and "id" in told:
        return _entities({told["id"]: told}, source, registry)
    return _entities(told.get("entities", {}), source, registry)


def _answers(answers: Iterable[Mapping[str, str]], source: Source, registry: Registry) -> Imported:
    out = Imported()
    for answer in answers:
        cell = {ours: next((answer[c] for c in theirs if answer.get(c)), "") for ours, theirs in
                _COLUMNS.items()}  # fmt: skip
        column = next((c for c in _COLUMNS["person"] if answer.get(c)), "person")
        name = answer.get(f"{column}Label", "")
        if not name or re.fullmatch(r"Q\d+", name):
            out.leave("a person without a label")
            continue
        aliases = tuple(a.strip() for a in cell["aliases"].split("|" if "|" in cell["aliases"] else ","))
        _add(out, source, registry, name=name, item=cell["person"].rpartition("/")[2], gender=cell["gender"],
             position=cell["office"], country=cell["country"], start=_iso(cell["start"]),
             end=_iso(cell["end"]), aliases=tuple(a for a in aliases if a))  # fmt: skip
    return out


def _entities(entities: Mapping[str, Any], source: Source, registry: Registry) -> Imported:
    out = Imported()
    for item, entity in entities.items():
        claims = entity.get("claims", {})
        name = _label(entity)
        if _POSITION not in claims or not name:
            continue
        aliases = tuple(a["value"] for a in entity.get("aliases", {}).get("en", ()))
        country = next((_label(entities.get(i, {})) or "" for i in _values(claims.get(_CITIZEN, ()))), "")
        gender = next(_values(claims.get(_GENDER, ())), "")
        for claim in claims[_POSITION]:
            position = _label(entities.get(next(_values([claim]), ""), {}))
            if not position:
                out.leave("a position whose label is not in the file")
                continue
            start, end = (_qualifier(claim, p) for p in (_START, _END))
            _add(out, source, registry, name=name, item=item, position=position, country=country,
                 start=start, end=end, aliases=aliases, gender=gender)  # fmt: skip
    return out


def _add(
    out: Imported,
    source: Source,
    registry: Registry,
    *,
    name: str,
    item: str,
    position: str,
    country: str,
    start: str,
    end: str,
    aliases: tuple[str, ...],
    gender: str,
) -> None:
    office, state = office_of(position, country, registry)
    if not office:
        out.leave("a person without a position")
    elif not state:
        out.leave("a position whose state is not told")
    else:
        out.rows.append(
            TermRow(
                name=name, aliases=aliases, office=office, country=state, from_=start, to=end,
                wikidata=item if re.fullmatch(r"Q\d+", item) else None, source=source.name,
                id=source.person(name, registry), gender=_GENDERS.get(gender.rpartition("/")[2], ""),
            )
        )  # fmt: skip


def office_of(position: str, country: str, registry: Registry) -> tuple[str, str]:
    """(office, ISO3) of a label: `Minister of Foreign Affairs of Norway` → (`foreign minister`, `NOR`).

    The state in the label wins over `country` (the holder's, by name or code); titles that the registry
    knows become its words for the office.
    """
    phrase, state = position.strip(), registry.country(country) if country else None
    head, of, tail = phrase.rpartition(" of ")
    own = registry.country(tail) if of else None
    if own is not None:
        phrase, state = head, own
    else:
        for words in (1, 2, 3):
            first = " ".join(phrase.split()[:words])
            rest = " ".join(phrase.split()[words:])
            if rest and (own := registry.country(first)) is not None:
                phrase, state = rest, own
    iso3 = state.iso3 if state else ""
    lower = phrase.lower()
    titles = registry.titles.get(lower) or registry.titles.get(lower.removeprefix("federal "), ())
    fitting = next((t.office for t in titles if not t.countries or iso3 in t.countries), lower)
    return fitting, iso3


def _label(entity: Mapping[str, Any]) -> str:
    labels = entity.get("labels", {})
    found = labels.get("en") or labels.get("mul") or {}
    return str(found.get("value", ""))


def _values(claims: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for claim in claims:
        value = claim.get("mainsnak", {}).get("datavalue", {}).get("value", {})
        if isinstance(value, dict) and "id" in value:
            yield str(value["id"])


def _qualifier(claim: Mapping[str, Any], which: str) -> str:
    for told in claim.get("qualifiers", {}).get(which, ()):
        value = told.get("datavalue", {}).get("value", {})
        if "time" in value:
            return _iso(value["time"], value.get("precision", 11))
    return ""


def _iso(told: str, precision: int = 11) -> str:
    """`+2004-03-09T00:00:00Z` → `2004-03-09`, or its month or year where no more is known."""
    found = _TIME.match(told)
    if not found:
        return ""
    year, month, day = found.groups()
    if precision <= _BY_YEAR or month == "00":
        return year
    return f"{year}-{month}" if precision == _BY_MONTH or day == "00" else f"{year}-{month}-{day}"
