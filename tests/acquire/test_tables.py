"""Tables: a row an article, read as a stream."""

from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from onrecord import acquire
from onrecord.settings import Settings
from onrecord.types import Acquired
from tests.acquire.making import SENTENCE, read, rejects, texts

ROWS = [
    {"id": "a", "text": SENTENCE, "title": "Talks", "date": date(2004, 3, 9), "publisher": "CFR", "n": 7,
     "seen": datetime(2004, 3, 10, 12), "raw": b"\0", "tags": ["x"]},
    {"id": "b", "text": "“Nothing was agreed,” she said,\nand left.", "title": None, "date": None,
     "publisher": None, "n": None, "seen": None, "raw": None, "tags": None},
]  # fmt: skip


def test_rows_of_parquet_keep_what_they_are_given(tmp_path: Path) -> None:
    parquet.write_table(pa.Table.from_pylist(ROWS), tmp_path / "a.parquet")
    first, second = read(tmp_path)
    assert isinstance(first, Acquired) and isinstance(second, Acquired)
    a = first.article
    assert a.path.endswith("a.parquet#a")
    assert (a.title, a.publisher, str(a.published)) == ("Talks", "CFR", "2004-03-09")
    assert a.meta == {"n": 7, "seen": "2004-03-10T12:00:00", "tags": ["x"]}
    assert second.article.text == ROWS[1]["text"]
    assert (second.article.published_basis, second.article.meta) == ("unknown", {})


@pytest.mark.parametrize(("name", "comma"), [("a.csv", ","), ("a.tsv", "\t"), ("a.csv.gz", ",")])
def test_rows_of_a_named_csv_are_articles(tmp_path: Path, name: str, comma: str) -> None:
    cells = [
        ["id", "text", "date"],
        ["1", f'"He said ""no"",{comma}\nand left."', "2004-03-09"],
        [],
        ["2", "Yes.", ""],
    ]
    data = "".join(comma.join(row) + "\n" for row in cells).encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    found = read(tmp_path / name)
    assert texts(found) == [f'He said "no",{comma}\nand left.', "Yes."]
    assert isinstance(found[0], Acquired)
    assert (found[0].article.path.rpartition("#")[2], str(found[0].article.published)) == ("1", "2004-03-09")


def test_a_csv_met_in_a_folder_is_left_out_on_purpose(tmp_path: Path) -> None:
    (tmp_path / "offices.csv").write_text("name,office\nx,y\n")
    (tmp_path / "a.txt").write_text(SENTENCE)
    found = read(tmp_path)
    assert len(texts(found)) == 1
    assert [r.reason for r in rejects(found, deliberate=True)] == ["unknown_suffix"]


def test_a_legacy_csv_is_read_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("id,text\n1,The café talks failed.\n".encode("cp1252"))
    assert texts(read(tmp_path / "a.csv")) == ["The café talks failed."]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.parquet", b"PAR1 and no more", "damaged"),
        ("a.csv", b"id,body\n1,x\n", "no_text"),
        ("a.csv", b'id,text\n1,"no end' + b"x" * 5_000_000, "damaged"),
        ("a.csv", b"id,text\n", "empty"),
        ("a.csv", b"id,text\n1\n", "no_text"),
    ],
)
def test_tables_that_hold_no_articles_say_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert [r.reason for r in rejects(read(tmp_path / name))] == [reason]


def test_a_parquet_file_cut_in_half_is_told(tmp_path: Path) -> None:
    parquet.write_table(pa.Table.from_pylist(ROWS * 50), tmp_path / "a.parquet")
    data = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "a.parquet").write_bytes(data[: len(data) // 2])
    assert [r.reason for r in rejects(read(tmp_path))] == ["damaged"]


def _rows(count: int) -> Iterator[str]:
    return (f"{n:06} {SENTENCE} " + "They agreed on little. " * 60 for n in range(count))


@pytest.mark.parametrize("name", ["a.jsonl", "a.parquet", "a.csv"])
def test_memory_is_bounded_by_the_batch_and_not_by_the_pile(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Peaks of Python's own memory and of pyarrow's, for 500 and 4,000 articles."""
    from onrecord.acquire import lines

    monkeypatch.setattr(lines, "acquire", lambda text, path, *_, **__: (path, len(text)))
    peaks = []
    for count in (500, 4000):
        file = tmp_path / f"{count}-{name}"
        _write(file, count)
        tracemalloc.start()
        before = pa.default_memory_pool().bytes_allocated()
        arrow = 0
        found = 0
        for _ in acquire.read([str(file)], settings=Settings()):
            found += 1
            arrow = max(arrow, pa.default_memory_pool().bytes_allocated() - before)
        assert found == count
        peaks.append(tracemalloc.get_traced_memory()[1] + arrow)
        tracemalloc.stop()
    assert peaks[1] < 2.5 * peaks[0]


def _write(file: Path, count: int) -> None:
    if file.suffix == ".parquet":
        parquet.write_table(pa.table({"text": list(_rows(count))}), file, use_dictionary=False)
        return
    with file.open("w") as out:
        out.write("id,text\n" if file.suffix == ".csv" else "")
        for n, text in enumerate(_rows(count)):
            out.write(f'{n},"{text}"\n' if file.suffix == ".csv" else f'{{"text": "{text}"}}\n')
