"""A person's word outlives every re-run, is never passed off as the extractor's, and can be undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import building
from onrecord.correcting import desk, making
from onrecord.correcting.making import By
from onrecord.errors import UsageError
from onrecord.merge import merge as merge_really
from onrecord.record import Filters, Store, check, listing
from onrecord.types import Correction, Dispute, Meeting, MergedMeeting, Reading, Statement
from tests import reader_by_hand
from tests.record import making as rows
from tests.test_building import exported, pile

ANA = By("Ana", "2026-11-26T10:00:00Z", "she said so")


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "read_chunk", reader_by_hand.read_chunk)
    monkeypatch.setattr(building, "merge", reader_by_hand.merge)


def table_of(record: Path) -> dict[str, list[Any]]:
    """Every row of every table but the store's own row numbers and the manifest's name of the run."""
    with Store.open(record) as store:
        sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%fts%' ORDER BY name"
        names = [name for (name,) in store.connection.execute(sql)]
        held = {}
        for name in names:
            columns = [c[1] for c in store.connection.execute(f"PRAGMA table_info({name})")
                       if (c[1], c[2]) != ("key", "INTEGER")]  # fmt: skip
            listed = ", ".join(f'"{c}"' for c in columns)
            held[name] = sorted(store.connection.execute(f"SELECT {listed} FROM {name}"), key=repr)
    held["manifest"] = [row for row in held["manifest"] if row[0] != "run"]
    return held


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """Two articles with a row of every kind."""
    path = tmp_path / "r.db"
    readings = [rows.reading("a.txt"), rows.reading("b.txt", published=None)]
    with Store.open(path, write=True) as store:
        store.write(*readings)
        store.write_merged(building.merge(store))
    return path


def only(record: Path, kind: type[Any], article: str | None = None) -> Any:
    """The first row of a kind, in the record or in an article."""
    with Store.open(record) as store:
        return next(store.rows(kind, Filters(article=article)))[1]


def readings(record: Path) -> list[Reading]:
    with Store.open(record) as store:
        return [r for a in store.articles() if (r := store.reading(a.id))]


# --- what a correction does ------------------------------------------------------------------------------


def test_a_corrected_speaker_is_shown_with_who_says_so(record: Path) -> None:
    said = only(record, Statement)
    (made,) = desk.correct(record, lambda s: making.set_field(s, said.id, "speaker", "Juho Aalto", ANA))
    now = only(record, Statement)
    assert (now.speaker, now.corrected) == ("juho", (made.id,))
    assert now.speaker_reason == "corrected by Ana, 2026-11-26: she said so"
    assert made.was["name"] == "Mira Solberg"


def test_it_holds_in_every_article_with_the_same_text_and_in_no_other(record: Path) -> None:
    with Store.open(record, write=True) as store:
        store.write(rows.reading("c.txt", text=rows.TEXT + " "))
    said = only(record, Statement, "a.txt")
    desk.correct(record, lambda s: making.set_field(s, said.id, "speaker", "Juho Aalto", ANA))
    with Store.open(record) as store:
        told = {store.article(a).path: s.speaker for a, s in store.rows(Statement)}  # type: ignore[union-attr]
    assert told == {"a.txt": "juho", "b.txt": "juho", "c.txt": "mira"}


def test_somebody_whom_the_record_does_not_know_can_be_the_speaker(record: Path) -> None:
    said = only(record, Statement)
    desk.correct(record, lambda s: making.set_field(s, said.id, "speaker", "Veikko Salo", ANA))
    with Store.open(record) as store:
        row = next(listing(store, "statements", Filters(actor="Salo")))
    assert row["speaker"]["name"] == "Veikko Salo"


def test_the_side_of_a_dispute_follows_the_speaker_of_its_statement(record: Path) -> None:
    said = only(record, Statement)
    (made,) = desk.correct(record, lambda s: making.set_field(s, said.id, "speaker", "Juho Aalto", ANA))
    dispute = only(record, Dispute)
    assert dispute.sides[0].actor == "juho"
    assert dispute.corrected == (made.id,)


def test_other_characters_bring_their_own_words(record: Path) -> None:
    said = only(record, Statement)
    start = rows.TEXT.index("on fish")
    desk.correct(record, lambda s: making.set_field(s, said.id, "content", [[start, start + 7]], ANA))
    assert only(record, Statement).quote == "on fish"
    for reading in readings(record):
        check(reading)


def test_a_rejected_row_is_gone_and_what_leaned_on_it_says_so(record: Path) -> None:
    said = only(record, Statement)
    (made,) = desk.correct(record, lambda s: making.reject(s, said.id, ANA))
    reading = readings(record)[0]
    assert reading.statements == ()
    assert [e.corrected for e in reading.events if e.type == "AGREE"] == [(made.id,)]
    assert made.was["quote"] == said.quote


def test_an_actor_is_another_all_through_the_record_or_in_one_article(record: Path) -> None:
    (whole,) = desk.correct(record, lambda s: making.same_actor(s, "mira", "juho", ANA))
    assert {s.speaker for r in readings(record) for s in r.statements} == {"juho"}
    desk.undo(record, [whole.id])
    with Store.open(record, write=True) as store:
        store.write(rows.reading("c.txt", text=rows.TEXT + " "))
    first = next(r.article.id for r in readings(record) if r.article.path == "a.txt")
    desk.correct(record, lambda s: making.same_actor(s, "mira", "juho", ANA, article=first))
    assert sorted({s.speaker for r in readings(record) for s in r.statements}) == ["juho", "mira"]


def test_two_meetings_become_one_and_one_telling_another(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.correcting import applying

    monkeypatch.setattr(building, "merge", lambda s: merge_really(s, applying.judged(s)))
    with Store.open(record, write=True) as store:
        other = rows.reading("c.txt", text=rows.TEXT.replace("Oslo", "Bern"), title="Talks in Bern")
        later = [m.__class__(**{**_fields(m), "place": "Bern"}) for m in other.meetings]
        store.write(type(other)(**{**_fields(other), "meetings": tuple(later)}))
        store.write_merged(building.merge(store))
    assert len(meetings(record)) == 2
    one, two = (m.id for m in meetings(record))
    (made,) = desk.correct(record, lambda s: making.same_meeting(s, one, two, ANA))
    (whole,) = meetings(record)
    assert whole.corrected == (made.id,)
    third = next(a.row for a in whole.accounts if a.told["place"] == "Bern")
    apart = By("Bo", "2026-11-27T10:00:00Z")
    desk.correct(record, lambda s: making.other_meeting(s, third, apart))
    assert len(meetings(record)) == 2


def meetings(record: Path) -> list[MergedMeeting]:
    with Store.open(record) as store:
        return [m for _, m in store.rows(MergedMeeting)]


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__struct_fields__}


def test_the_later_of_two_corrections_counts_and_the_earlier_is_told_as_superseded(record: Path) -> None:
    said = only(record, Statement)
    for who, at, act in (("Bo", "2026-11-27", "warn"), ("Ana", "2026-11-26", "deny")):
        desk.correct(record, lambda s: making.set_field(s, said.id, "act", act, By(who, at)))  # noqa: B023
    assert only(record, Statement).act == "warn"
    with Store.open(record) as store:
        assert {f.state for f in store.corrections.found()} == {"applied", "superseded"}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("act", "whisper", "act cannot be 'whisper'"),
        ("quote", "x", "no field of statements that can be corrected 'quote'"),
        ("content", [], "needs characters"),
        ("speaker", " ", "no name given"),
    ],
)
def test_what_is_no_value_is_refused_before_anything_is_written(
    record: Path, field: str, value: Any, words: str
) -> None:
    said, before = only(record, Statement), table_of(record)
    with pytest.raises(UsageError, match=words):
        desk.correct(record, lambda s: making.set_field(s, said.id, field, value, ANA))
    assert table_of(record) == before


def test_who_corrects_has_to_be_said(record: Path) -> None:
    said = only(record, Statement)
    with pytest.raises(UsageError, match="who corrects"):
        desk.correct(record, lambda s: making.reject(s, said.id, By(" ", "2026-11-26")))


# --- a correction outlives a re-run ----------------------------------------------------------------------


def corrections(record: Path, picks: list[int]) -> list[Correction]:
    """Some corrections of a record, of several kinds."""
    with Store.open(record) as store:
        said = [s for _, s in store.rows(Statement)]
        met = [m for _, m in store.rows(Meeting)]
    makers = [
        lambda s, n: making.set_field(s, said[n % len(said)].id, "speaker", "Carl Okoro", ANA),
        lambda s, n: making.set_field(s, said[n % len(said)].id, "act", "deny", ANA),
        lambda s, n: making.reject(s, said[n % len(said)].id, ANA),
        lambda s, n: making.set_field(s, met[n % len(met)].id, "status", "denied", ANA),
        lambda s, n: making.set_field(s, met[n % len(met)].id, "date", ["2020-01-02", "2020-01-02"], ANA),
        lambda s, n: making.set_field(s, met[n % len(met)].id, "participants", ["Bo Lind"], ANA),
    ]
    with Store.open(record) as store:
        return [makers[p % len(makers)](store, p // len(makers)) for p in picks]


@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(
    picks=st.lists(st.integers(0, 40), min_size=1, max_size=6, unique=True),
    order=st.permutations(range(9)),
    cut=st.integers(1, 8),
)
def test_any_build_of_the_pile_gives_the_same_corrected_rows(
    picks: list[int], order: list[int], cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("again")
    files = sorted(pile(folder / "in").iterdir())
    building.build(files, folder / "r.db")
    lines = list(desk.lines_of(corrections(folder / "r.db", picks)))
    desk.bring_in(folder / "r.db", lines)
    told = table_of(folder / "r.db")
    building.build(files, folder / "r.db")
    assert table_of(folder / "r.db") == told
    # brought in before the second half of the articles is there
    building.add(folder / "parts.db", [files[n] for n in order[:cut]])
    desk.bring_in(folder / "parts.db", reversed(lines))
    building.add(folder / "parts.db", [files[n] for n in order[cut:]])
    assert table_of(folder / "parts.db") == told
    assert exported(folder / "parts.db") == exported(folder / "r.db")


@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(picks=st.lists(st.integers(0, 40), min_size=1, max_size=6, unique=True))
def test_all_undone_is_as_if_nothing_had_been_corrected(
    picks: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("undone")
    building.build(pile(folder / "in"), folder / "r.db")
    before = table_of(folder / "r.db")
    made = desk.bring_in(folder / "r.db", desk.lines_of(corrections(folder / "r.db", picks)))
    with Store.open(folder / "r.db") as store:
        taken_out = list(desk.lines_of(store.corrections.all()))
    assert len(taken_out) == len({m.id for m in made})
    assert table_of(folder / "r.db") != before
    desk.undo(folder / "r.db", sorted({m.id for m in made}))
    assert table_of(folder / "r.db") == before


def test_a_text_read_anew_is_corrected_again(tmp_path: Path) -> None:
    inputs = pile(tmp_path / "in", 3)
    building.build(inputs, tmp_path / "r.db")
    said = only(tmp_path / "r.db", Statement)
    desk.correct(tmp_path / "r.db", lambda s: making.set_field(s, said.id, "act", "warn", ANA))
    coverage = building.build(inputs, tmp_path / "r.db", settings=building.Settings(min_confidence=0.1))
    assert coverage.run is not None and coverage.run.read == 3
    assert only(tmp_path / "r.db", Statement).act == "warn"


def test_a_correction_whose_words_are_gone_stays_and_is_told_as_lost(tmp_path: Path) -> None:
    inputs = pile(tmp_path / "in", 3)
    building.build(inputs, tmp_path / "r.db")
    said = only(tmp_path / "r.db", Statement)
    desk.correct(tmp_path / "r.db", lambda s: making.set_field(s, said.id, "act", "warn", ANA))
    with Store.open(tmp_path / "r.db") as store:
        path = next(a.path for a in store.articles(Filters(article=next(store.rows(Statement))[0])))
    text = Path(path).read_text("utf-8")
    Path(path).write_text(text + "More.\n", encoding="utf-8")
    coverage = building.build(inputs, tmp_path / "r.db")
    assert coverage.corrections_lost == 1
    assert "do not find their words: 1" in "\n".join(coverage.lines())
    with Store.open(tmp_path / "r.db") as store:
        (found,) = store.corrections.found()
        assert (found.state, found.reason) == ("lost", "no article of the record has this text")
    Path(path).write_text(text, encoding="utf-8")
    assert building.build(inputs, tmp_path / "r.db").corrections_lost == 0
    assert only(tmp_path / "r.db", Statement).act == "warn"


@pytest.mark.parametrize("line", ["{}", "nonsense", '{"what":"set","anchors":[],"who":"a","at":"b"}'])
def test_a_line_that_is_no_correction_is_refused_with_its_number(record: Path, line: str) -> None:
    with pytest.raises(UsageError, match="line 1"):
        desk.bring_in(record, [line])
