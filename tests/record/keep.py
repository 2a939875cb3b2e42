"""Keeps a record of the present schema for `test_migrations`: `python -m tests.record.keep`.

To be run once for a schema that was released, with its own code; kept files are never written anew.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from pathlib import Path

from onrecord.record import Store, schema
from onrecord.record.manifest import FactTables
from onrecord.types import Reject
from tests.record.making import merged, reading

KEPT = Path(__file__).with_name("kept")


def kept() -> bytes:
    """A record with every kind of row, as one file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kept.db"
        with Store.open(path, write=True) as store:
            readings = [reading("a.txt"), reading("b.txt")]
            store.write(*readings, fingerprints=["one", "two"])
            store.write_merged(merged(*readings))
            store.write_rejects([Reject(path="c.txt", reason="empty_text", detail="")])
            FactTables((("actor_tables", "own.csv", "id,name\n"),)).keep_in(store)
            store.set_manifest(schema=schema.current(), complete=True)
        return path.read_bytes()


def main() -> int:
    """Writes the file of the present schema where there is none yet."""
    file = KEPT / f"schema-{schema.current():04}.db.gz"
    if file.exists():
        print(f"{file} is there already", file=sys.stderr)
        return 1
    file.write_bytes(gzip.compress(kept(), mtime=0))
    return 0


if __name__ == "__main__":
    sys.exit(main())
