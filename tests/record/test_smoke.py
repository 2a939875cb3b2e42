"""A record by hand: written, read back, listed."""

from pathlib import Path

from onrecord.record import Store, listing
from tests.record.making import merged, reading


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    a, b = reading("a.txt"), reading("b.txt")
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write(a, b)
        store.write_merged(merged(a, b))
    with Store.open(tmp_path / "r.db") as store:
        assert store.reading(a.article.id) == a
        assert len(list(listing(store, "statements"))) == 2
        assert [m["articles"] for m in listing(store, "meetings")] == [2]
