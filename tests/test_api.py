"""onrecord from Python: typed rows, lazily, and frames with known dtypes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

import onrecord
from onrecord import building
from onrecord.errors import OnrecordError, UsageError
from onrecord.types import Statement
from tests import reader_by_hand
from tests.record.making import merged, reading


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[onrecord.Record]:
    from onrecord.record import Store

    path = tmp_path_factory.mktemp("api") / "r.db"
    a, b = reading("a.txt"), reading("b.txt")
    with Store.open(path, write=True) as store:
        store.write(a, b)
        store.write_merged(merged(a, b))
    with onrecord.open(path) as opened:
        yield opened


def test_rows_are_typed_and_can_be_counted_indexed_and_sliced(record: onrecord.Record) -> None:
    rows = record.statements(speaker="Solberg", issue="fisheries", since="2019-05")
    assert isinstance(rows[0], Statement)
    assert len(rows) == 2
    assert rows[-1] == list(rows)[1]
    assert [s.act for s in rows[:5]] == ["say", "say"]
    with pytest.raises(IndexError):
        rows[2]


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [("2019", None, 2), ("2019-05-07", None, 0), (None, "2019-05", 2), (None, "2018", 0),
     (date(2019, 5, 6), date(2019, 5, 6), 2)],
)  # fmt: skip
def test_dates_may_be_years_months_or_days(
    record: onrecord.Record, since: str | None, until: str | None, found: int
) -> None:
    assert len(record.statements(since=since, until=until)) == found


def test_an_unknown_filter_or_date_is_told(record: onrecord.Record) -> None:
    with pytest.raises(UsageError, match="speaker"):
        record.statements(topic="fish")
    with pytest.raises(UsageError, match="2017-07"):
        record.statements(since="last year")


def test_every_kind_of_row_gives_a_frame_with_the_same_columns_full_or_empty(record: onrecord.Record) -> None:
    for ask in (
        record.articles, record.passages, record.actors, record.mentions, record.times, record.statements,
        record.events, record.event_clusters, record.meetings, record.told_meetings, record.agreements,
        record.told_agreements, record.disputes, record.told_disputes, record.positions, record.issues,
    ):  # fmt: skip
        full, empty = ask().to_pandas(), ask(limit=0).to_pandas()
        assert len(full) == len(ask()) > 0
        assert len(empty) == 0
        assert list(full.dtypes.items()) == list(empty.dtypes.items())
        polars, none = ask().to_polars(), ask(limit=0).to_polars()
        assert polars.schema == none.schema
        assert (polars.columns, len(polars), len(none)) == (list(full.columns), len(full), 0)


def test_a_frame_has_days_as_days_and_numbers_as_numbers(record: onrecord.Record) -> None:
    frame = record.meetings().to_pandas()
    assert frame["minutes"].dtype == "Int64"
    assert frame["date_start"].iloc[0] == pd.Timestamp(2019, 5, 6)
    assert frame["participants_names"].iloc[0] == ["Mira Solberg", "Juho Aalto"]


def test_few_words_are_labels_in_either_frame(record: onrecord.Record) -> None:
    pandas, polars = record.statements().to_pandas(), record.statements().to_polars()
    assert list(pandas["speech"].cat.categories) == ["direct", "mixed", "indirect"]
    assert polars.schema["speech"] == pl.Enum(["direct", "mixed", "indirect"])
    assert polars["act"].to_list() == pandas["act"].to_list() == ["say"] * len(pandas)


def test_a_polars_frame_has_days_as_days_and_lists_as_lists(record: onrecord.Record) -> None:
    frame = record.statements().to_polars()
    assert frame["said_on_start"].to_list()[0] == date(2019, 5, 6)
    assert frame.schema["content"] == pl.List(pl.Struct({"start": pl.Int32, "end": pl.Int32}))
    assert frame["issues"].to_list()[0] == ["fisheries"]
    assert record.meetings().to_polars()["minutes"].dtype == pl.Int64


def test_a_record_exports_itself(record: onrecord.Record, tmp_path: Path) -> None:
    paths = record.export("dyads", tmp_path / "counts", cow=True)
    assert [p.name for p in paths] == ["dyad_months.csv", "manifest.json"]


def test_rows_as_dicts_are_those_of_the_command_line(record: onrecord.Record) -> None:
    told = next(iter(record.meetings().to_dicts()))
    assert told["participants"][0]["name"] == "Mira Solberg"


def test_building_and_reading_from_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "read_chunk", reader_by_hand.read_chunk)
    monkeypatch.setattr(building, "merge", reader_by_hand.merge)
    one = tmp_path / "one.txt"
    one.write_text("Bo Lind met Ana Ruiz. “It went well,” he said.", encoding="utf-8")
    assert onrecord.build([one], record=tmp_path / "r.db").articles == 1
    assert onrecord.add(tmp_path / "r.db", one).articles == 1
    assert onrecord.read(one).statements[0].quote == "“It went well,”"
    with pytest.raises(OnrecordError, match="not_found"):
        onrecord.read(tmp_path / "gone.txt")
    with onrecord.open(tmp_path / "r.db") as opened:
        assert opened.coverage().complete
        assert opened.manifest()["onrecord"]


def test_importing_onrecord_loads_nothing_heavy() -> None:
    code = (
        "import sys, onrecord; print([m for m in ('spacy', 'pandas', 'pyarrow', 'lxml') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_every_public_name_is_there_and_an_unknown_one_is_told() -> None:
    for name in onrecord.__all__:
        assert getattr(onrecord, name) is not None
    with pytest.raises(AttributeError, match="build"):
        _ = onrecord.bild  # type: ignore[attr-defined]
