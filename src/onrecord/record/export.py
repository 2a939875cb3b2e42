"""A record as files: one a table, and a manifest; the same record gives the same bytes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from onrecord.errors import UsageError
from onrecord.record.codec import to_json
from onrecord.record.kinds import LISTED
from onrecord.record.listing import columns_of, flat, listing, rows_as_json
from onrecord.record.store import Store
from onrecord.types import Article

SHORT_QUOTATION = 280
"""Characters of a text without an open licence that an export quotes in one piece."""
OPEN_LICENCE = re.compile(r"(?i)CC0|CC-BY(?!.*ND)|PUBLIC[ -]DOMAIN|PDDL|ODC-BY|ODBL|OGL|MIT|APACHE|GFDL")
_WORDS = ("quote", "text", "told")


def export(store: Store, to: str, folder: Path | str, *, full_text: bool = False) -> list[Path]:
    """Writes every table of a record into a folder, and `manifest.json`; gives the files' paths.

    Args:
        store: an open record.
        to: jsonl, csv or parquet.
        folder: made when it does not exist; files of the same names are replaced.
        full_text: whole texts also where no open licence is known; only with the right to do so.
            Without it, words of such articles are cut to `SHORT_QUOTATION` characters.

    Raises:
        UsageError: no such format.
    """
    if to not in _WRITERS:
        raise UsageError.unknown("export format", to, _WRITERS)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    licences = None if full_text else _closed(store)
    paths = []
    for name in LISTED:
        rows = _shortened(_with_text(store, name, listing(store, name), licences), licences)
        path = folder / f"{name}.{to}"
        _WRITERS[to](path, name, rows)
        paths.append(path)
    manifest = folder / "manifest.json"
    manifest.write_bytes(msgspec.json.format(to_json(_manifest(store)).encode(), indent=2) + b"\n")
    return [*paths, manifest]


def _manifest(store: Store) -> dict[str, Any]:
    """What made the record, and of what: no clock, no machine, no run."""
    told = {k: v for k, v in store.manifest().items() if k != "complete"}
    inputs = store.connection.execute("SELECT path, text_sha256 FROM articles ORDER BY path, id")
    return told | {
        "inputs": [{"path": path, "text_sha256": sha} for path, sha in inputs],
        "rejects": [msgspec.to_builtins(r) for r in store.rejects()],
    }


def _closed(store: Store) -> frozenset[str]:
    """Ids of articles whose licence does not let their text be passed on."""
    rows = store.connection.execute("SELECT id, licence FROM articles")
    return frozenset(a for a, licence in rows if not (licence and OPEN_LICENCE.match(licence)))


def _with_text(
    store: Store, name: str, rows: Iterable[dict[str, Any]], closed: frozenset[str] | None
) -> Iterator[dict[str, Any]]:
    """Articles with their text where it may be passed on."""
    if name != "articles":
        yield from rows
        return
    for row in rows:
        article = store.article(row["id"]) if closed is None or row["id"] not in closed else None
        yield row | {"text": article.text if isinstance(article, Article) else None}


def _shortened(rows: Iterable[dict[str, Any]], closed: frozenset[str] | None) -> Iterator[dict[str, Any]]:
    if closed is None:
        yield from rows
        return
    for row in rows:
        articles = [row["article"]["id"]] if "article" in row else [row["id"]] if "text_sha256" in row else []
        articles += [a["article"]["id"] for a in row.get("accounts", ())]
        yield _short(row) if any(a in closed for a in articles) else row


def _short(value: Any, *, words: bool = False) -> Any:
    """A row with its words cut to short quotations."""
    match value:
        case dict():
            return {k: _short(v, words=words or k in _WORDS) for k, v in value.items()}
        case list():
            return [_short(v, words=words) for v in value]
        case str() if words and len(value) > SHORT_QUOTATION:
            return value[: SHORT_QUOTATION - 1] + "…"
    return value


def _jsonl(path: Path, _: str, rows: Iterable[dict[str, Any]]) -> None:
    with path.open("wb") as file:
        file.writelines(rows_as_json(rows))


def _csv(path: Path, name: str, rows: Iterable[dict[str, Any]]) -> None:
    columns = [*columns_of(name), "text"] if name == "articles" else columns_of(name)
    with (
        path.open("wb") as raw,
        io.TextIOWrapper(raw, "utf-8", errors="backslashreplace", newline="") as file,
    ):
        writer = csv.DictWriter(file, fieldnames=columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(flat(row) for row in rows)


_WRITERS: dict[str, Callable[[Path, str, Iterable[dict[str, Any]]], None]] = {"jsonl": _jsonl, "csv": _csv}
