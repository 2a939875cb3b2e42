"""Files of a record: the same bytes each time, and no more text than the licence lets go."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import duckdb
import pytest
from msgspec.structs import replace

from onrecord.errors import UsageError
from onrecord.record import Store, export
from onrecord.record.exporting import FORMATS, SHORT_QUOTATION
from onrecord.record.kinds import LISTED
from onrecord.types import (
    Agreement,
    Dispute,
    Event,
    Meeting,
    Mention,
    Reading,
    Side,
    Span,
    Statement,
    day_range,
)
from tests.record.making import article, merged, reading

LONG = "“" + "We will go on talking about fish. " * 20 + "”"


UNLIKE = " ".join(f"We will speak of fish number {n}." for n in range(30))
"""Long words of which no part is like another."""


def long_reading(path: str, licence: str | None, words: str = LONG) -> Reading:
    """One long statement, and rows of other kinds that rest on as many words."""
    whole = (Span(0, len(words)),)
    said = Statement(id=f"s-{path}", source=(), cue=(), content=whole, quote=words, speaker=None,
                     speech="direct", act="say")  # fmt: skip
    done = Event(id=f"e-{path}", type="CONSULT", trigger=(Span(0, 3),), trigger_text=words[:3],
                 evidence=whole, text=words)  # fmt: skip
    met = Meeting(id=f"m-{path}", date=day_range(date(2019, 5, 6)), evidence=whole, text=words)
    agreed = Agreement(id=f"g-{path}", subject="fish", evidence=whole, text=words)
    sides = (Side(actor=None, told=words, evidence=whole),) * 2
    parted = Dispute(id=f"d-{path}", about="fish", kind="contradiction", sides=sides)
    return Reading(article=article(path, words, licence=licence), statements=(said,), events=(done,),
                   meetings=(met,), agreements=(agreed,), disputes=(parted,))  # fmt: skip


@pytest.fixture
def record(tmp_path: Path) -> Path:
    a, b = reading("a.txt"), reading("b.txt")
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write(a, b, long_reading("open.txt", "CC-BY-4.0"), long_reading("closed.txt", None))
        store.write_merged(merged(a, b))
        store.set_manifest(onrecord="0", complete=True)
    return tmp_path / "r.db"


def written(record: Path, to: str, *, full_text: bool = False) -> Path:
    folder = record.parent / f"{to}-{full_text}"
    with Store.open(record) as store:
        export(store, to, folder, full_text=full_text)
    return folder


@pytest.mark.parametrize("to", FORMATS)
def test_the_same_record_gives_the_same_bytes(record: Path, to: str) -> None:
    def files() -> dict[Path, bytes]:
        return {p: p.read_bytes() for p in written(record, to).rglob("*") if p.is_file()}

    assert files() == files()


@pytest.mark.parametrize("to", ["jsonl", "csv", "parquet"])
def test_every_table_is_a_file(record: Path, to: str) -> None:
    assert {p.name for p in written(record, to).iterdir()} == {f"{n}.{to}" for n in LISTED} | {
        "manifest.json"
    }


def words_of(folder: Path) -> str:
    """Everything that an export's files say, without what their formats put between."""
    told = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        match path.suffix:
            case ".parquet":
                told.append(str(duckdb.sql(f"SELECT * FROM '{path}'").fetchall()))
            case ".ics":
                told.append(path.read_text("utf-8").replace("\n ", ""))
            case _:
                told.append(path.read_text("utf-8"))
    return "".join(told)


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("full_text", [False, True])
def test_no_format_lets_more_than_a_short_quotation_out(tmp_path: Path, to: str, full_text: bool) -> None:
    shut = long_reading("closed.txt", None, words=UNLIKE)
    whole = (Span(0, len(UNLIKE)),)
    told = merged(shut)
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write(shut)
        store.write_merged(told)
    said = words_of(written(tmp_path / "r.db", to, full_text=full_text))
    too_long = SHORT_QUOTATION + 1
    found = any(UNLIKE[n : n + too_long] in said for n in range(whole[0].end - too_long))
    assert found == (full_text and to not in ("dyads", "gdelt", "visits"))


def quotes(folder: Path) -> dict[str, str]:
    lines = (folder / "statements.jsonl").read_text("utf-8").splitlines()
    return {row["article"]["path"]: row["quote"] for row in map(json.loads, lines)}


def test_words_without_an_open_licence_are_cut_to_short_quotations(record: Path) -> None:
    told = quotes(written(record, "jsonl"))
    assert told["open.txt"] == LONG
    assert told["closed.txt"] == LONG[: SHORT_QUOTATION - 1] + "…"
    assert told["a.txt"] == "“We agreed on fish,”"


def test_who_holds_the_right_gets_every_word(record: Path) -> None:
    assert quotes(written(record, "jsonl", full_text=True))["closed.txt"] == LONG


@pytest.mark.parametrize("full_text", [False, True])
def test_texts_of_articles_go_along_only_where_they_may(record: Path, full_text: bool) -> None:
    folder = written(record, "jsonl", full_text=full_text)
    lines = (folder / "articles.jsonl").read_text("utf-8").splitlines()
    texts = {row["path"]: row["text"] for row in map(json.loads, lines)}
    assert texts["open.txt"] == LONG
    assert (texts["closed.txt"] is not None) == full_text


def test_an_unknown_format_names_the_known_ones(record: Path, tmp_path: Path) -> None:
    with Store.open(record) as store, pytest.raises(UsageError, match="brat, csv, dyads"):
        export(store, "xml", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_parquet_answers_questions_elsewhere(record: Path) -> None:
    folder = written(record, "parquet")
    found = duckdb.sql(
        f"""SELECT speaker_name, said_on_start, content[1]."start", len(issues)
            FROM '{folder}/statements.parquet' WHERE speaker_country = 'NOR' ORDER BY article_path"""
    ).fetchall()
    assert found == [("Mira Solberg", date(2019, 5, 6), 74, 1)] * 2


def test_csv_and_parquet_have_the_same_columns_but_for_lists_of_accounts(record: Path) -> None:
    with (written(record, "csv") / "events.csv").open(encoding="utf-8") as file:
        header = next(csv.reader(file))
    parquet = written(record, "parquet") / "events.parquet"
    assert header == [row[0] for row in duckdb.sql(f"DESCRIBE SELECT * FROM '{parquet}'").fetchall()]


def test_the_manifest_names_inputs_and_versions_and_no_clock(record: Path) -> None:
    told = json.loads((written(record, "jsonl") / "manifest.json").read_text("utf-8"))
    assert {one["path"] for one in told["inputs"]} == {"a.txt", "b.txt", "open.txt", "closed.txt"}
    assert len(told["inputs"][0]["text_sha256"]) == 64
    assert "complete" not in told


def test_a_formula_like_cell_and_a_quotation_mark_survive_csv(tmp_path: Path) -> None:
    text = '=cmd|"/c calc"!A0, and\na line'
    one = replace(reading(), article=article("x.txt", text), **{
        f: () for f in Reading.__struct_fields__ if f not in ("article", "mentions")
    }, mentions=(Mention(start=0, end=len(text), text=text, form="name"),))  # fmt: skip
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write(one)
        export(store, "csv", tmp_path / "out", full_text=True)
    with (tmp_path / "out" / "mentions.csv").open(encoding="utf-8", newline="") as file:
        assert [row["text"] for row in csv.DictReader(file)] == [text]
