"""The tables of a record, and how an older record becomes a newer one.

`migrations/NNNN_name.sql` are applied in order; `user_version` is the number of the last one. The first is
what `python -m onrecord.record.schema` prints, made from the types; a test says so when a type has a field
that no column holds. Once a schema is released, a new field is a new migration.
"""

from __future__ import annotations

import re
import sqlite3
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.errors import RecordError
from onrecord.record import codec
from onrecord.record.kinds import KINDS, MERGED_KINDS, ROW_KINDS, Kind
from onrecord.types import Copy, SameQuote

APPLICATION_ID = 0x6F6E7264
"""`onrd`: tells a record from any other SQLite file."""

LINKS = ("actors", "issues")


@cache
def migrations() -> list[tuple[int, str, str]]:
    """(number, name, SQL) of every migration, in order."""
    found = []
    for file in files("onrecord.record").joinpath("migrations").iterdir():
        numbered = re.fullmatch(r"(\d{4})_(\w+)\.sql", file.name)
        if numbered:
            found.append((int(numbered[1]), numbered[2], file.read_text("utf-8")))
    return sorted(found)


def current() -> int:
    """The schema version that this onrecord writes."""
    return migrations()[-1][0]


def version(connection: sqlite3.Connection) -> int:
    """The schema version of an open database, 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check(connection: sqlite3.Connection, path: str) -> None:
    """Sees that an open database is a record.

    Raises:
        RecordError: it is some other SQLite file, or of a newer onrecord.
    """
    told = int(connection.execute("PRAGMA application_id").fetchone()[0])
    empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if told != APPLICATION_ID and not empty:
        raise RecordError(f"{path} is a database, but not a record of onrecord; name another file")
    if version(connection) > current():
        raise RecordError(
            f"{path} has schema {version(connection)}, this onrecord knows {current()}; upgrade onrecord"
        )


def migrate(connection: sqlite3.Connection) -> None:
    """Brings a record to the current schema: all missing migrations in one transaction, or none of them."""
    missing = [(number, sql) for number, _, sql in migrations() if number > version(connection)]
    if missing:
        steps = "\n".join(sql for _, sql in missing)
        stamp = f"PRAGMA user_version = {missing[-1][0]}; PRAGMA application_id = {APPLICATION_ID};"
        connection.executescript(f"BEGIN IMMEDIATE; {steps}\n{stamp} COMMIT;")


def backup(connection: sqlite3.Connection, path: Path) -> Path:
    """A whole copy of a record beside it, before its schema changes: `<record>.schema-<number>`.

    A copy that is there already stays: it is of the same record, from an upgrade that was broken off.
    """
    copy = path.with_name(f"{path.name}.schema-{version(connection)}")
    if not copy.exists():
        part = copy.with_name(copy.name + ".part")
        part.unlink(missing_ok=True)
        connection.execute("VACUUM INTO ?", [str(part)])
        part.replace(copy)
    return copy


def links(kind: Kind) -> tuple[str, ...]:
    """Which link tables a kind has: actors of rows with an id, issues."""
    told = {"actors": kind.actors, "issues": kind.issues}
    return tuple(link for link in LINKS if told[link] and kind.identified)


def link_table(kind: Kind, link: str) -> str:
    """`statements_actors`, `merged_meetings_issues` …"""
    return f"{kind.table}_{link}"


def ddl() -> str:
    """The whole schema as SQL."""
    before = ["key INTEGER PRIMARY KEY", "fingerprint TEXT NOT NULL"]
    parts = [create_table("articles", KINDS["articles"].type, before=before, after=["UNIQUE (id)"])]
    own = ["key INTEGER PRIMARY KEY", "article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE",
           "n INTEGER NOT NULL"]  # fmt: skip
    for kind in ROW_KINDS:
        after = ["UNIQUE (article, n)", *(["UNIQUE (id)"] if kind.identified else [])]
        if kind.name == "actors":
            after.append("UNIQUE (article, id)")
        before = [*own, "day TEXT NOT NULL DEFAULT ''"] if kind.name == "actors" else own
        parts += [create_table(kind.table, kind.type, before=before, after=after), *_links(kind)]
    for kind in MERGED_KINDS:
        before = ["key INTEGER PRIMARY KEY", "n INTEGER NOT NULL"]
        parts += [create_table(kind.table, kind.type, before=before, after=["UNIQUE (id)"]), *_links(kind)]
    parts += [
        create_table("copies", Copy, after=["PRIMARY KEY (article)"]),
        create_table("same_quotes", SameQuote, after=["PRIMARY KEY (statement)"]),
        _EXTRA.strip(),
    ]
    return "\n\n".join([_HEAD, *parts])


def create_table(name: str, of: type[Any], *, before: list[str] | None = None, after: list[str]) -> str:
    """A table for a type: its columns, with others before them and constraints after them."""
    own = [f"{codec.quoted(c)} {sql}" for f in codec.fields(of) for c, sql in f.columns]
    # SQLite reads a row from its left: the long text last, or every look at a date walks through it.
    own.sort(key=lambda column: name == "articles" and column.startswith('"text" '))
    lines = [*(before or []), *own, *after]
    return f"CREATE TABLE {name} (\n    " + ",\n    ".join(lines) + "\n);"


def _links(kind: Kind) -> list[str]:
    made = []
    for link in links(kind):
        name, one = link_table(kind, link), link.removesuffix("s")
        made.append(
            f"CREATE TABLE {name} (\n"
            f"    row TEXT NOT NULL REFERENCES {kind.table}(id) ON DELETE CASCADE,\n"
            f"    {one} TEXT NOT NULL,\n"
            f"    role TEXT NOT NULL,\n"
            f"    PRIMARY KEY (row, role, {one})\n) WITHOUT ROWID;\n"
            f"CREATE INDEX {name}_by_{one} ON {name}({one}, row);"
        )
    if kind.merged:
        made.append(
            f"CREATE TABLE {kind.table}_articles (\n"
            f"    row TEXT NOT NULL REFERENCES {kind.table}(id) ON DELETE CASCADE,\n"
            "    article TEXT NOT NULL,\n"
            "    PRIMARY KEY (row, article)\n) WITHOUT ROWID;\n"
            f"CREATE INDEX {kind.table}_articles_by_article ON {kind.table}_articles(article, row);"
        )
    return made


_HEAD = "-- Tables of a record; columns follow the types of onrecord (docs/data-dictionary.md)."
_EXTRA = """
CREATE INDEX articles_by_path ON articles(path);
CREATE INDEX actors_by_id ON actors(id, name, kind, country, sector, article);
CREATE INDEX mentions_by_actor ON mentions(actor);
CREATE INDEX issues_by_id ON issues(id);
CREATE INDEX statements_by_speaker ON statements(speaker);
CREATE INDEX statements_by_day ON statements(said_on_start);
CREATE INDEX events_by_day ON events(date_start);

-- event → the cluster it is told with
CREATE TABLE event_members (
    event TEXT PRIMARY KEY REFERENCES events(id) ON DELETE CASCADE,
    cluster TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX event_members_by_cluster ON event_members(cluster);

-- inputs that are no article, and why
CREATE TABLE rejects (
    path TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL, deliberate INTEGER NOT NULL,
    PRIMARY KEY (path, reason, detail)
) WITHOUT ROWID;

-- rows that were refused because their words are not the characters they point at
CREATE TABLE refused (
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    kind TEXT NOT NULL, row TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE INDEX refused_by_article ON refused(article);

-- what made the record: versions, settings; values are JSON
CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- what people put right; kept through every build
CREATE TABLE corrections (
    id TEXT PRIMARY KEY, what TEXT NOT NULL, field TEXT, anchors TEXT NOT NULL, value TEXT NOT NULL,
    was TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL
) WITHOUT ROWID;

-- where each correction found its words when they were last applied
CREATE TABLE corrections_found (
    correction TEXT NOT NULL, n INTEGER NOT NULL, article TEXT, row TEXT,
    state TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE INDEX corrections_found_by_row ON corrections_found(row);

-- the extractor's own reading of each article that corrections changed, as JSON, without the text
CREATE TABLE uncorrected (
    article TEXT PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE, reading TEXT NOT NULL
) WITHOUT ROWID;

-- a user's own tables of facts, as they were when the record was built
CREATE TABLE fact_tables (
    kind TEXT NOT NULL, n INTEGER NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (kind, n)
) WITHOUT ROWID;

-- articles and actors that came, changed or went since merged rows were last brought in line with them
CREATE TABLE unmerged (article TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE unmerged_actors (id TEXT PRIMARY KEY) WITHOUT ROWID;

-- what merging starts from: traces of articles, near wordings, articles alike, actors, blocks of rows
CREATE TABLE merge_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE merge_traces (
    article TEXT PRIMARY KEY, first TEXT NOT NULL, last TEXT NOT NULL, wording TEXT NOT NULL,
    bands BLOB NOT NULL, names BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE merge_near (
    one TEXT NOT NULL, other TEXT NOT NULL, shared REAL NOT NULL, PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE TABLE merge_alike (one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE merge_actors (id TEXT PRIMARY KEY, told TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE merge_keys (
    kind TEXT NOT NULL, key INTEGER NOT NULL, row TEXT NOT NULL, article TEXT NOT NULL,
    told INTEGER NOT NULL, PRIMARY KEY (kind, key, row)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE articles_fts USING fts5(
    title, text, content='articles', content_rowid='key', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER articles_fts_in AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts(rowid, title, text) VALUES (new.key, new.title, new.text); END;
CREATE TRIGGER articles_fts_out AFTER DELETE ON articles BEGIN
    INSERT INTO articles_fts(articles_fts, rowid, title, text)
    VALUES ('delete', old.key, old.title, old.text); END;

CREATE VIRTUAL TABLE statements_fts USING fts5(
    quote, source_text, content='statements', content_rowid='key', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER statements_fts_in AFTER INSERT ON statements BEGIN
    INSERT INTO statements_fts(rowid, quote, source_text)
    VALUES (new.key, new.quote, new.source_text); END;
CREATE TRIGGER statements_fts_out AFTER DELETE ON statements BEGIN
    INSERT INTO statements_fts(statements_fts, rowid, quote, source_text)
    VALUES ('delete', old.key, old.quote, old.source_text); END;
"""

if __name__ == "__main__":
    print(ddl())
