"""Which of the actor tables a user's own table extends."""

from __future__ import annotations

from pathlib import Path

from onrecord.errors import UsageError
from onrecord.facts.actors.rows import City, Country, Organisation, TermRow


def kind_of(path: Path) -> type[TermRow] | type[Country] | type[Organisation] | type[City]:
    """Which of our tables a user's table extends, told by its columns."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = next((line for line in file if line.strip() and not line.startswith("#")), "")
    except OSError as error:
        raise UsageError(f"cannot read table {path.name}: {error.strerror or error}") from error
    columns = {c.strip() for c in header.split(",")}
    if {"name", "office"} <= columns:
        return TermRow
    if {"iso3", "name"} <= columns:
        return Country
    if {"id", "name", "kind"} <= columns:
        return Organisation
    if {"name", "country"} <= columns:
        return City
    raise UsageError(
        f"{path.name}: its columns fit no table of actors; known: offices "
        "(name,aliases,office,country,from,to), countries (iso3,name,aliases,adjectives,demonyms,capital,"
        "metonyms), "
        "organisations (id,name,aliases,kind,country,sector), cities (name,aliases,country)"
    )
