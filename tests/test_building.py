"""Building: resumed, extended, broken off and run again, the record comes out the same."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from onrecord import building, shards
from onrecord.errors import MissingPart, RecordError, UsageError
from onrecord.record import Coverage, Store, export, manifest
from onrecord.serve.web import application
from onrecord.settings import Settings
from onrecord.types import Acquired, Reject
from tests import reader_by_hand

NAMES = ["Ana Ruiz", "Bo Lind", "Carl Okoro", "Dina Haddad"]


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "read_chunk", reader_by_hand.read_chunk)
    monkeypatch.setattr(building, "merge", reader_by_hand.merge)
    reader_by_hand.READ.clear()


def pile(folder: Path, count: int = 9) -> Path:
    """Articles about four people; some texts are copies of others."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(count):
        one, other = NAMES[n % 4], NAMES[(n + 1) % 4]
        text = f"{one} met {other}. “Round {n % 6} went well,” the host said.\n"
        (folder / f"{n:02}.txt").write_text(text, encoding="utf-8")
    return folder


def exported(record: Path) -> dict[str, bytes]:
    """Every file of the JSON lines export."""
    folder = record.with_suffix(".out")
    with Store.open(record) as store:
        paths = export(store, "jsonl", folder, full_text=True)
    return {path.name: path.read_bytes() for path in paths}


def test_building_twice_reads_nothing_anew_and_gives_the_same_bytes(tmp_path: Path) -> None:
    inputs = pile(tmp_path / "in")
    first = building.build(inputs, tmp_path / "r.db")
    before = exported(tmp_path / "r.db")
    reader_by_hand.READ.clear()
    second = building.build(inputs, tmp_path / "r.db")
    assert first.run is not None and second.run is not None
    assert (first.run.read, second.run.read, second.run.kept) == (9, 0, 9)
    assert reader_by_hand.READ == []
    assert exported(tmp_path / "r.db") == before
    assert before["meetings.jsonl"] and before["statements.jsonl"]


def test_a_name_that_is_no_text_is_built_kept_and_exported(tmp_path: Path) -> None:
    inputs = pile(tmp_path / "in", 1)
    (inputs / "00.txt").rename(inputs / os.fsdecode(b"\xff\xfe.txt"))
    assert building.build(inputs, tmp_path / "r.db").articles == 1
    again = building.build(inputs, tmp_path / "r.db")
    assert again.run is not None and again.run.kept == 1
    assert exported(tmp_path / "r.db")["articles.jsonl"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.JSONL.gz", "a.csv", "a.tsv.gz", "a.parquet"])
def test_the_file_of_a_row_is_told_by_its_path(name: str) -> None:
    assert building._file_of(f"in/{name}#http://example.org/b.json#top") == f"in/{name}"
    assert building._file_of("in/a#b.txt") == "in/a#b.txt"
    assert building._file_of("-#7") == "-"


@hypothesis_settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(range(9)), cuts=st.sets(st.integers(1, 8), max_size=3))
def test_any_order_and_any_number_of_adds_gives_what_building_at_once_gives(
    order: list[int], cuts: set[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("adding")
    files = sorted(pile(folder / "in").iterdir())
    building.build(files, folder / "whole.db")
    parts = [
        [files[n] for n in order[a:b]] for a, b in zip([0, *sorted(cuts)], [*sorted(cuts), 9], strict=True)
    ]
    for part in parts:
        building.add(folder / "parts.db", part)
    assert exported(folder / "parts.db") == exported(folder / "whole.db")


@pytest.mark.parametrize("size", [1, 4, 100])
def test_how_many_articles_go_at_a_time_changes_nothing(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = pile(tmp_path / "in")
    building.build(inputs, tmp_path / "one.db")
    monkeypatch.setattr(building, "CHUNK", size)
    building.build(inputs, tmp_path / "two.db")
    assert exported(tmp_path / "one.db") == exported(tmp_path / "two.db")


def test_only_what_changed_is_read_again_and_what_is_gone_is_taken_out(tmp_path: Path) -> None:
    inputs = pile(tmp_path / "in")
    building.build(inputs, tmp_path / "r.db")
    (inputs / "03.txt").write_text("Ana Ruiz met nobody.\n", encoding="utf-8")
    (inputs / "04.txt").unlink()
    reader_by_hand.READ.clear()
    coverage = building.build(inputs, tmp_path / "r.db")
    assert [Path(p).name for p in reader_by_hand.READ] == ["03.txt"]
    assert coverage.articles == 8
    building.build(inputs, tmp_path / "fresh.db")
    assert exported(tmp_path / "r.db") == exported(tmp_path / "fresh.db")


def test_adding_a_changed_file_replaces_what_it_held(tmp_path: Path) -> None:
    lines = tmp_path / "in.jsonl"
    lines.write_text('{"id":"1","text":"Bo Lind met Ana Ruiz."}\n{"id":"2","text":"Nothing new."}\n')
    other = pile(tmp_path / "in", 2)
    building.build([lines, other], tmp_path / "r.db")
    lines.write_text('{"id":"1","text":"Bo Lind met Carl Okoro."}\n')
    building.add(tmp_path / "r.db", lines)
    building.build([lines, other], tmp_path / "fresh.db")
    assert exported(tmp_path / "r.db") == exported(tmp_path / "fresh.db")


def test_other_settings_make_everything_be_read_again(tmp_path: Path) -> None:
    inputs = pile(tmp_path / "in", 3)
    building.build(inputs, tmp_path / "r.db")
    coverage = building.build(inputs, tmp_path / "r.db", settings=Settings(min_confidence=0.5))
    assert coverage.run is not None
    assert coverage.run.read == 3


def test_adding_with_other_settings_than_the_build_had_is_refused(tmp_path: Path) -> None:
    inputs = pile(tmp_path / "in", 3)
    building.build(inputs, tmp_path / "r.db")
    with pytest.raises(UsageError, match="built with other settings"):
        building.add(tmp_path / "r.db", inputs, settings=Settings(fast=True))


def test_a_user_s_tables_are_kept_so_that_add_needs_only_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = pile(tmp_path / "in", 3)
    table = tmp_path / "mine.csv"
    table.write_text("id,name\nx,y\n", encoding="utf-8")
    building.build(inputs, tmp_path / "r.db", settings=Settings(actor_tables=(table,)))
    table.unlink()
    seen: list[str] = []

    def reading(settings: Settings, chunk: object) -> object:
        seen.extend(path.read_text("utf-8") for path in settings.actor_tables)
        return reader_by_hand.read_chunk(settings, chunk)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "read_chunk", reading)
    more = tmp_path / "more.txt"
    more.write_text("Bo Lind met Dina Haddad.", encoding="utf-8")
    coverage = building.add(tmp_path / "r.db", more)
    assert seen == ["id,name\nx,y\n"]
    assert coverage.run is not None
    assert (coverage.run.read, coverage.articles) == (1, 4)


def test_inputs_that_cannot_be_read_are_listed_and_the_rest_is_built(tmp_path: Path) -> None:
    inputs = pile(tmp_path / "in", 2)
    (inputs / "empty.txt").touch()
    (inputs / "photo.png").write_bytes(b"\x89PNG")
    coverage = building.build([inputs, tmp_path / "gone.txt"], tmp_path / "r.db")
    assert coverage.articles == 2
    assert {Path(r.path).name for r in coverage.rejected} == {"empty.txt", "gone.txt"}
    assert {Path(r.path).name for r in coverage.left_out} == {"photo.png"}
    assert coverage.exit_code == 3
    with Store.open(tmp_path / "r.db") as store:
        assert store.coverage().rejected == coverage.rejected


def test_what_is_left_out_on_purpose_is_no_failure(tmp_path: Path) -> None:
    inputs = pile(tmp_path / "in", 2)
    (inputs / "photo.png").write_bytes(b"\x89PNG")
    assert building.build(inputs, tmp_path / "r.db").exit_code == 0


def test_an_input_that_can_be_read_now_is_no_longer_rejected(tmp_path: Path) -> None:
    inputs = pile(tmp_path / "in", 2)
    (inputs / "late.txt").touch()
    assert building.build(inputs, tmp_path / "r.db").exit_code == 3
    (inputs / "late.txt").write_text("Bo Lind met Ana Ruiz.", encoding="utf-8")
    coverage = building.add(tmp_path / "r.db", inputs / "late.txt")
    assert (coverage.exit_code, coverage.rejected, coverage.articles) == (0, (), 3)


def test_an_article_that_breaks_the_reader_is_told_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def route(chunk: list[object], _: object) -> list[object]:
        if any("02" in one.article.path for one in chunk):  # type: ignore[attr-defined]
            raise RuntimeError("a knot")
        return [reader_by_hand.read_one(one) for one in chunk]  # type: ignore[arg-type]

    monkeypatch.undo()
    monkeypatch.setattr(building, "merge", reader_by_hand.merge)
    monkeypatch.setattr(building, "_tools", lambda settings: None)
    monkeypatch.setattr(building, "_route", route)
    coverage = building.build(pile(tmp_path / "in", 4), tmp_path / "r.db")
    assert coverage.articles == 3
    assert [(r.reason, "a knot" in r.detail) for r in coverage.rejected] == [("reader_failed", True)]
    assert coverage.exit_code == 3


def test_an_article_that_can_no_longer_be_read_does_not_stay_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = pile(tmp_path / "in", 4)
    building.build(inputs, tmp_path / "r.db")

    def failing(_: Settings, chunk: list[Acquired]) -> list[Reject]:
        return [Reject(path=one.article.path, reason="reader_failed") for one in chunk]

    monkeypatch.setattr(building, "read_chunk", failing)
    coverage = building.build(inputs, tmp_path / "r.db", settings=Settings(fast=True))
    assert (coverage.articles, len(coverage.rejected)) == (0, 4)


def test_adding_to_a_build_that_was_broken_off_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = pile(tmp_path / "in", 4)
    monkeypatch.setattr(building, "CHUNK", 1)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        building.build(inputs, tmp_path / "r.db", progress=stop)
    with pytest.raises(UsageError, match="broken off"):
        building.add(tmp_path / "r.db", inputs)
    assert building.build(inputs, tmp_path / "r.db").complete
    with pytest.raises(KeyboardInterrupt):
        building.add(tmp_path / "r.db", pile(tmp_path / "more", 2), progress=stop)
    assert building.add(tmp_path / "r.db", tmp_path / "more").articles == 6


def test_adding_with_other_rules_than_the_build_had_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = pile(tmp_path / "in", 2)
    building.build(inputs, tmp_path / "r.db")
    monkeypatch.setattr(manifest, "code_hash", lambda room: f"another {room}")
    with pytest.raises(UsageError, match="another version"):
        building.add(tmp_path / "r.db", inputs)


def test_a_run_that_fails_at_once_leaves_no_record_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise MissingPart("no such model")

    monkeypatch.setattr(building, "read_chunk", missing)
    with pytest.raises(MissingPart):
        building.build(pile(tmp_path / "in", 1), tmp_path / "r.db")
    assert not (tmp_path / "r.db").exists()


def test_a_missing_model_ends_the_build_and_is_not_taken_for_a_bad_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise MissingPart("no such model")

    monkeypatch.setattr(building, "read_chunk", missing)
    with pytest.raises(MissingPart):
        building.build(pile(tmp_path / "in", 1), tmp_path / "r.db")


def test_a_file_that_is_no_record_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    other = tmp_path / "notes.db"
    other.write_text("my notes, not a database\n" * 100)
    before = other.read_bytes()
    with pytest.raises(RecordError):
        building.build(pile(tmp_path / "in", 1), other)
    assert other.read_bytes() == before


def test_progress_counts_articles(tmp_path: Path) -> None:
    told: list[int] = []
    building.build(pile(tmp_path / "in", 5), tmp_path / "r.db", progress=lambda done, _: told.append(done))
    assert told[-1] == 5
    assert told == sorted(told)


def run_by_hand(command: str, record: Path, *inputs: Path, until: int = 1) -> subprocess.Popen[bytes]:
    """The same in a process of its own, slowly enough to be killed; comes back when so many are read."""
    root = Path(__file__).parents[1]
    arguments = [sys.executable, "-m", "tests.reader_by_hand", command, str(record), *map(str, inputs)]
    python = os.environ | {"PYTHONPATH": f"{root}:{root / 'src'}"}
    process = subprocess.Popen(
        arguments, cwd=root, env=python, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= until:
            break
    return process


@pytest.mark.parametrize("signal_sent", [signal.SIGKILL, signal.SIGINT])
def test_killed_at_any_moment_and_run_again_it_gives_the_same_bytes(tmp_path: Path, signal_sent: int) -> None:
    inputs = pile(tmp_path / "in", 30)
    record, whole, copy = tmp_path / "r.db", tmp_path / "whole.db", tmp_path / "copy.db"
    building.build(inputs, whole)
    random_moment = random.Random(20)
    held = []
    for until in (1, 12, 26):
        with run_by_hand("build", record, inputs, until=until) as process:
            time.sleep(random_moment.uniform(0.0, 0.05))
            process.send_signal(signal_sent)
        for suffix in ("", "-wal"):
            if Path(f"{record}{suffix}").exists():
                shutil.copy(f"{record}{suffix}", f"{copy}{suffix}")
        with Store.open(copy, write=True) as store:
            assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert not store.coverage().complete
            readings = [store.reading(a.id) for a in list(store.articles())]
            assert all(r is not None and len(r.statements) == 1 for r in readings)
            held.append(len(readings))
        copy.unlink()
    assert held == sorted(held)
    assert 0 < held[0] < held[2] <= 30
    assert building.build(inputs, record).complete
    assert exported(record) == exported(whole)


def test_a_second_writer_is_refused_and_readers_see_whole_articles(tmp_path: Path) -> None:
    inputs = pile(tmp_path / "in", 30)
    record = tmp_path / "r.db"
    process = run_by_hand("build", record, inputs)
    seen: set[int] = set()
    refused = False
    while process.poll() is None:
        time.sleep(0.05)
        try:
            with Store.open(record) as store:
                articles = [a.id for a in store.articles()]
                assert all(len(r.statements) == 1 for a in articles if (r := store.reading(a)))
                seen.add(len(articles))
        except RecordError:
            continue
        if not refused:
            try:
                building.build(inputs, record)
            except RecordError as error:
                refused = "another process is writing" in str(error)
    assert process.stdout is not None
    process.stdout.close()
    assert process.returncode == 0
    assert refused
    assert len(seen) > 1


def test_nothing_is_left_beside_a_finished_record(tmp_path: Path) -> None:
    building.build(pile(tmp_path / "in", 2), tmp_path / "r.db")
    assert [p.name for p in sorted(tmp_path.iterdir())] == ["in", "r.db"]


def test_coverage_counts_characters_by_role(tmp_path: Path) -> None:
    coverage = building.build(pile(tmp_path / "in", 2), tmp_path / "r.db")
    assert isinstance(coverage, Coverage)
    characters = sum(len(p.read_text("utf-8")) for p in (tmp_path / "in").iterdir())
    assert sum(coverage.characters.values()) == characters


def test_a_full_disk_is_told_and_the_same_command_finishes_once_there_is_room(tmp_path: Path) -> None:
    inputs = pile(tmp_path / "in", 30)
    record, whole = tmp_path / "r.db", tmp_path / "whole.db"
    building.build(inputs, whole)
    code = (
        "import resource, signal, sys; from tests import reader_by_hand as by_hand\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000))\n"
        "by_hand.main('build', *sys.argv[1:])"
    )
    root = Path(__file__).parents[1]
    python = os.environ | {"PYTHONPATH": f"{root}:{root / 'src'}"}
    arguments = [sys.executable, "-c", code, str(record), str(inputs)]
    told = subprocess.run(arguments, cwd=root, env=python, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert f"RecordError: cannot write {record}" in told.stderr
    with Store.open(record) as store:
        assert 0 < store.coverage().articles < 30
        assert not store.coverage().complete
    assert building.build(inputs, record).complete
    assert exported(record) == exported(whole)


def test_pages_served_beside_a_build_show_whole_articles(tmp_path: Path) -> None:
    inputs, record = pile(tmp_path / "in", 30), tmp_path / "r.db"
    process = run_by_hand("build", record, inputs)
    visitor = TestClient(application(record), base_url="http://127.0.0.1:8000")
    seen: set[int] = set()
    while process.poll() is None:
        articles = visitor.get("/api/articles", params={"limit": 100}).json()["rows"]
        statements = visitor.get("/api/statements", params={"limit": 100}).json()["rows"]
        # each article of the pile holds one statement; what came between the two questions may be more
        assert {a["id"] for a in articles} <= {s["article"]["id"] for s in statements}
        seen.add(len(articles))
    assert process.stdout is not None
    process.stdout.close()
    assert process.returncode == 0
    assert max(seen) > 0


@pytest.mark.parametrize("command", ["add", "gather", "correct"])
def test_whatever_writes_a_record_that_is_being_written_is_refused(tmp_path: Path, command: str) -> None:
    inputs, record = pile(tmp_path / "in", 30), tmp_path / "r.db"
    shards.build(inputs, f"{tmp_path}/parts")
    write = {
        "add": lambda: building.add(record, inputs),
        "gather": lambda: shards.gather(f"{tmp_path}/parts", record),
        "correct": lambda: Store.open(record, write=True),
    }
    process = run_by_hand("build", record, inputs)
    process.send_signal(signal.SIGSTOP)
    try:
        with pytest.raises(RecordError, match="another process is writing"):
            write[command]()
    finally:
        process.send_signal(signal.SIGCONT)
        assert process.stdout is not None
        process.stdout.close()
        process.wait()
    building.build(inputs, tmp_path / "whole.db")
    assert building.build(inputs, record).complete
    assert exported(record) == exported(tmp_path / "whole.db")
