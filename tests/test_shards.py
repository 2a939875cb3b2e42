"""A folder of parts: the same record, whoever read it, however often; asked where it stands."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord import building, review, shards, workers
from onrecord.errors import OnrecordError, RecordError, UsageError
from onrecord.record import Filters, Store, listing
from onrecord.record.kinds import LISTED
from onrecord.settings import Settings
from tests import reader_by_hand
from tests.test_building import exported, pile


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "read_chunk", reader_by_hand.read_chunk)
    monkeypatch.setattr(building, "merge", reader_by_hand.merge)
    monkeypatch.setattr(shards, "PART", 4)
    reader_by_hand.READ.clear()


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_gathering_a_folder_gives_what_building_at_once_gives(tmp_path: Path) -> None:
    inputs = pile(tmp_path / "in", 30)
    (inputs / "empty.txt").touch()
    at_once = building.build(inputs, tmp_path / "whole.db")
    in_parts = shards.build(inputs, f"{tmp_path}/parts/")
    gathered = shards.gather(f"{tmp_path}/parts/", tmp_path / "r.db")
    assert exported(tmp_path / "r.db") == exported(tmp_path / "whole.db")
    for coverage in (in_parts, gathered):
        assert (coverage.articles, coverage.characters) == (at_once.articles, at_once.characters)
        assert coverage.rejected == at_once.rejected
        assert coverage.exit_code == 3


def test_building_a_folder_twice_reads_nothing_anew_and_leaves_the_same_bytes(tmp_path: Path) -> None:
    inputs, url = pile(tmp_path / "in"), f"{tmp_path}/parts"
    shards.build(inputs, url)
    before = files(tmp_path / "parts")
    reader_by_hand.READ.clear()
    run = shards.build(inputs, url).run
    assert run is not None and (run.read, run.kept) == (0, 9)
    assert reader_by_hand.READ == []
    assert files(tmp_path / "parts") == before


def test_what_is_no_longer_among_the_inputs_leaves_the_folder_and_the_record(tmp_path: Path) -> None:
    inputs, url = pile(tmp_path / "in"), f"{tmp_path}/parts"
    shards.build(inputs, url)
    shards.gather(url, tmp_path / "r.db")
    (inputs / "04.txt").unlink()
    shards.build(inputs, url)
    shards.gather(url, tmp_path / "r.db")
    building.build(inputs, tmp_path / "whole.db")
    shards.build(inputs, f"{tmp_path}/fresh")
    assert exported(tmp_path / "r.db") == exported(tmp_path / "whole.db")
    assert files(tmp_path / "parts") == files(tmp_path / "fresh")


def test_listings_of_a_folder_are_those_of_the_record(tmp_path: Path) -> None:
    inputs, url = pile(tmp_path / "in", 12), f"{tmp_path}/parts/"
    shards.build(inputs, url)
    building.build(inputs, tmp_path / "r.db")
    asked = [
        Filters(),
        Filters(actor="Ana Ruiz"),
        Filters(between=("Ruiz", "Lind")),
        Filters(limit=3),
        Filters(act="say", merged=True),
        Filters(article=str(inputs / "03.txt")),
        Filters(issue="fisheries"),
    ]
    with Store.open(tmp_path / "r.db") as record, Store.open(url) as folder:
        for name in LISTED:
            for filters in asked:
                assert list(listing(folder, name, filters)) == list(listing(record, name, filters)), name
        assert folder.actors() == record.actors()
        assert [folder.reading(a.id) for a in record.articles()] == [
            record.reading(a.id) for a in record.articles()
        ]
        said = next(row.id for _, row in record.rows(onrecord.types.Statement))
        assert folder.row(said) == record.row(said)
        assert review.explain(folder, said) == review.explain(record, said)
        with pytest.raises(UsageError, match="gather"):
            list(listing(folder, "statements", Filters(text="went")))


def test_python_opens_a_folder_like_a_record(tmp_path: Path) -> None:
    shards.build(pile(tmp_path / "in"), f"{tmp_path}/parts/")
    with onrecord.open(tmp_path / "parts") as record:
        assert len(record.articles()) == 9
        assert {said.speaker for said in record.statements(speaker="Bo Lind")} == {"Bo Lind"}
    with pytest.raises(RecordError, match="gather"):
        Store.open(tmp_path / "parts", write=True)
    with pytest.raises(RecordError, match="no record"):
        onrecord.open(tmp_path / "in")


def test_a_build_that_is_broken_off_keeps_its_parts_and_its_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, url = pile(tmp_path / "in", 20), f"{tmp_path}/parts"

    def stop(done: int, _: int | None) -> None:
        if done >= 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shards.build(inputs, url, progress=stop)
    with pytest.raises(RecordError, match="no record"):
        Store.open(url)
    run = shards.build(inputs, url).run
    assert run is not None and run.read <= 12
    shards.build(inputs, f"{tmp_path}/fresh")
    assert files(tmp_path / "parts") == files(tmp_path / "fresh")


def test_a_file_system_in_memory_serves_as_well(tmp_path: Path) -> None:
    inputs = pile(tmp_path / "in")
    url = f"memory://{tmp_path.name}/parts"
    shards.build(inputs, url)
    shards.gather(url, tmp_path / "r.db")
    building.build(inputs, tmp_path / "whole.db")
    assert exported(tmp_path / "r.db") == exported(tmp_path / "whole.db")
    with Store.open(url) as folder:
        assert folder.coverage().articles == 9


def test_a_cluster_is_asked_for_with_its_address_and_writes_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="scheduler"):
        shards.build_anywhere("in", f"{tmp_path}/parts/", engine="dask")
    with pytest.raises(UsageError, match="gather"):
        shards.build_anywhere("in", f"{tmp_path}/r.db", engine="dask", scheduler="tcp://127.0.0.1:1")


# --- a real cluster of two processes ------------------------------------------------------------------------


def by_hand_part(job: shards.Job, deadly: str | None = None) -> shards.Done:
    """A part read by the reader by hand, in a worker's process; once, the worker dies of it."""
    building.read_chunk = reader_by_hand.read_chunk  # type: ignore[assignment]
    if deadly and not Path(deadly).exists():
        Path(deadly).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.05)
    return shards.write_part(job)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    distributed: Any = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, scheduler_port=0, silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address


def test_two_workers_of_a_cluster_give_the_same_folder_and_a_lost_one_loses_nothing(
    tmp_path: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = pile(tmp_path / "in", 30)
    shards.build(inputs, f"{tmp_path}/local")
    for name, deadly in (("calm", None), ("rough", str(tmp_path / "died"))):
        monkeypatch.setattr(shards, "write_part", partial(by_hand_part, deadly=deadly))
        shards.build(inputs, f"{tmp_path}/{name}", carry=workers.carrier("dask", scheduler=scheduler))
        assert files(tmp_path / name) == files(tmp_path / "local")
    assert (tmp_path / "died").exists()


def test_a_cluster_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(workers.cluster, "WAIT", 1)
    carry = workers.carrier("dask", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(OnrecordError, match="run the same command again"):
        shards.build(pile(tmp_path / "in", 2), f"{tmp_path}/parts", settings=Settings(), carry=carry)
