"""Foreign tables of actors become one of ours: CSV, PETRARCH dictionaries, Wikidata JSON.

imported = read_actors([Path("Countries.actors.txt")])
write_actors(imported.rows, sys.stdout)         # a table for `--actors`
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

import msgspec

from onrecord.errors import UsageError
from onrecord.facts.actors import petrarch, wikidata
from onrecord.facts.actors.imported import Imported, Source
from onrecord.facts.actors.registry import Registry
from onrecord.facts.actors.rows import TermRow, first_day, last_day
from onrecord.facts.table import split_list

COLUMNS = ("name", "aliases", "office", "country", "from", "to", "wikidata", "source", "acting", "kind",
           "sector", "id", "short", "gender")  # fmt: skip
_SAME = {
    "name": ("name", "label", "person", "holder"),
    "aliases": ("aliases", "alias", "other names"),
    "office": ("office", "position", "title", "role", "post"),
    "country": ("country", "iso3", "state", "country code"),
    "from": ("from", "start", "begin", "start date", "since"),
    "to": ("to", "end", "end date", "until"),
    "wikidata": ("wikidata", "qid", "item"),
}
"""Our columns, and what others call them."""


def read_actors(paths: Sequence[Path], registry: Registry | None = None) -> Imported:
    """Rows out of files of any of the three kinds, each told by its content; the same row once.

    Raises:
        UsageError: a file cannot be read, or is none of the three.
    """
    registry = registry or Registry.load()
    out = Imported()
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8-sig", errors="replace")
        except OSError as error:
            raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
        out.extend(_read(text, path, registry))
    out.rows = list(dict.fromkeys(out.rows))
    return out


def write_actors(rows: Iterable[TermRow], to: TextIO) -> None:
    """Rows as CSV with the columns of our table of offices, lists joined by `|`."""
    writer = csv.writer(to, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        told = msgspec.to_builtins(row)
        writer.writerow([_cell(told[c]) for c in COLUMNS])


def _cell(value: object) -> str:
    if isinstance(value, tuple | list):
        return "|".join(value)
    return "" if value in (None, 0) else str(value)


def _read(text: str, path: Path, registry: Registry) -> Imported:
    source = Source(path.name)
    start = text.lstrip()[:1]
    if path.suffix == ".json" or start == "{":
        try:
            return wikidata.rows(json.loads(text), source, registry)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(f"{path} is no Wikidata JSON that onrecord can read: {error}") from error
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    header = next(csv.reader(lines[:1]), []) if lines else []
    if set(map(_ours, header)) >= {"name", "office"} or path.suffix == ".csv":
        return _table(lines, source, registry, path)
    if any(line.rstrip().endswith("]") or "[" in line for line in lines):
        return petrarch.rows(text.splitlines(), source, registry)
    raise UsageError(
        f"{path} is none of the tables onrecord imports: CSV with the columns name and office, a PETRARCH "
        "dictionary, Wikidata JSON"
    )


def _ours(column: str) -> str:
    plain = column.strip().lower().replace("_", " ")
    return next((ours for ours, theirs in _SAME.items() if plain in theirs), plain)


def _table(lines: list[str], source: Source, registry: Registry, path: Path) -> Imported:
    out = Imported()
    reader = csv.DictReader(lines)
    columns = {c: _ours(c) for c in reader.fieldnames or ()}
    if not {"name", "office"} <= set(columns.values()):
        raise UsageError(f"{path}: no columns name and office; found: {', '.join(columns)}")
    for number, cells in enumerate(reader, start=2):
        given = {columns[c]: (v or "").strip() for c, v in cells.items() if c in columns}
        if not given["name"]:
            out.leave("a row without a name")
            continue
        try:
            out.rows.append(_row(given, source, registry))
        except (UsageError, msgspec.ValidationError) as error:
            raise UsageError(f"{path}, row {number}: {error}") from error
    return out


def _row(given: Mapping[str, str], source: Source, registry: Registry) -> TermRow:
    country = given.get("country", "")
    if country and ":" not in country and country not in registry.countries:
        known = registry.country(country)
        if known is None:
            raise UsageError(f"no state {country!r}; give its ISO 3166 alpha-3 code or its English name")
        country = known.iso3
    start, end = given.get("from", ""), given.get("to", "")
    first_day(start), last_day(end)
    office, _ = wikidata.office_of(given["office"], country, registry)
    values: dict[str, object] = {k: v for k, v in given.items() if k in COLUMNS and v}
    values |= {"country": country, "office": office, "source": given.get("source") or source.name}
    for lists in ("aliases", "short"):
        values[lists] = split_list(given.get(lists, ""))
    values["id"] = given.get("id") or source.person(given["name"], registry)
    return msgspec.convert(values, TermRow, strict=False)
