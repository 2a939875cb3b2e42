"""What made a record: versions, settings, the user's own tables; enough to know what must be read again."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple, Self

import msgspec

from onrecord.errors import UsageError
from onrecord.record import schema
from onrecord.record.store import Store
from onrecord.settings import Settings

TABLE_FIELDS = ("actor_tables", "happening_tables", "issue_tables", "event_tables", "ontology_tables")
READING_ROOMS = ("acquire", "annotate", "link", "extract", "facts", "pipeline.py", "types")
"""What shapes a reading; a change in it makes articles be read anew."""


class FactTables(NamedTuple):
    """The user's own tables of facts with their content, so that `add` needs no files but the record."""

    tables: tuple[tuple[str, str, str], ...]
    """(field of the settings, file name, content), in the order in which they are read."""

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The tables that settings name.

        Raises:
            UsageError: one cannot be read.
        """
        return cls(
            tuple((f, path.name, _content(path)) for f in TABLE_FIELDS for path in getattr(settings, f))
        )

    @classmethod
    def kept_in(cls, store: Store) -> tuple[Self, Settings] | None:
        """The tables and settings of a record's last build, None for a record that was never built."""
        told = store.manifest().get("settings")
        if told is None:
            return None
        known = {f.name for f in msgspec.structs.fields(Settings)} - set(TABLE_FIELDS)
        settings = msgspec.convert({k: v for k, v in told.items() if k in known}, Settings)
        rows = store.connection.execute("SELECT kind, name, content FROM fact_tables ORDER BY kind, n")
        return cls(tuple(sorted(rows, key=lambda row: TABLE_FIELDS.index(row[0])))), settings

    def keep_in(self, store: Store) -> None:
        """Writes the tables into a record, in place of those of an earlier build."""
        with store.transaction() as connection:
            connection.execute("DELETE FROM fact_tables")
            connection.executemany(
                "INSERT INTO fact_tables VALUES (?, ?, ?, ?)",
                [(field, n, name, content) for n, (field, name, content) in enumerate(self.tables)],
            )

    def laid_out(self, settings: Settings, folder: Path) -> Settings:
        """The tables as files in a folder, and settings that name them."""
        paths: dict[str, list[Path]] = {field: [] for field in TABLE_FIELDS}
        for n, (field, name, content) in enumerate(self.tables):
            path = folder / str(n) / name
            path.parent.mkdir()
            path.write_text(content, encoding="utf-8")
            paths[field].append(path)
        return msgspec.structs.replace(settings, **{f: tuple(p) for f, p in paths.items()})


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read table {path.name}: {error}") from error


def manifest(settings: Settings, tables: FactTables) -> dict[str, Any]:
    """Versions and settings, without a clock and without anything of this machine."""
    return {
        "onrecord": version("onrecord"),
        "schema": schema.current(),
        "language_model": model(settings.language_model),
        "statement_weights": _weights(),
        "settings": settings.recorded(),
        "tables": [
            {"kind": field, "name": name, "sha256": hashlib.sha256(content.encode()).hexdigest()}
            for field, name, content in tables.tables
        ],
        "read_with": reading_hash(settings, tables),
    }


def reading_hash(settings: Settings, tables: FactTables | None = None) -> str:
    """16 hex digits of everything but the article itself that shapes a reading."""
    tables = tables or FactTables.of(settings)
    names = {k: v for k, v in settings.recorded().items() if k not in TABLE_FIELDS}
    told = [
        version("onrecord"),
        *(code_hash(room) for room in READING_ROOMS),
        model(settings.language_model),
        _weights(),
        names,
        [(field, content) for field, _, content in tables.tables],
    ]
    return hashlib.blake2s(msgspec.json.encode(told, order="sorted"), digest_size=8).hexdigest()


@cache
def model(name: str) -> dict[str, str | None]:
    """A spaCy pipeline's name, version and the SHA-256 of its installed files' own list of hashes."""
    package = name.replace("_", "-")
    return {"name": name, "version": _version(package), "files_sha256": _installed_hash(package)}


@cache
def _weights() -> dict[str, str | None]:
    """The same of our own weights, where they are installed."""
    return {"version": _version("onrecord-models"), "files_sha256": _installed_hash("onrecord-models")}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _installed_hash(package: str) -> str | None:
    """SHA-256 over the hashes that the installer noted of a package's data and code files."""
    from importlib.metadata import distribution

    try:
        listed = distribution(package).files or []
    except PackageNotFoundError:
        return None
    noted = sorted(f"{f}={f.hash.value}" for f in listed if f.hash and ".dist-info" not in str(f))
    return hashlib.sha256("\n".join(noted).encode()).hexdigest() if noted else None


@cache
def code_hash(room: str) -> str:
    """16 hex digits of a room's code and tables: a changed rule makes a record be read anew."""
    digest = hashlib.blake2s(digest_size=8)
    for name, file in sorted(_files(files("onrecord").joinpath(room), room)):
        digest.update(f"{name}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def _files(at: Traversable, name: str) -> list[tuple[str, Traversable]]:
    if at.is_file():
        return [(name, at)] if name.endswith((".py", ".csv")) else []
    if not at.is_dir():
        return []
    return [found for one in at.iterdir() for found in _files(one, f"{name}/{one.name}")]
