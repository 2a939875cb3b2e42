"""Which rows a question lets through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.errors import UsageError
from onrecord.record import Filters, Store, listing, lookup, side
from onrecord.record.filters import whole_side
from onrecord.record.kinds import LISTED
from onrecord.types import Actor, Range, Statement
from tests.record.making import JUHO, merged, reading

MEDIUM = Actor(id="post", name="Fjord Post", kind="medium", country="NOR", sector="MED")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two articles that tell the same, and one without Finland and without a date."""
    a, b = reading("a.txt"), reading("b.txt")
    c = reading("c.txt", published=None, published_basis="unknown", published_range=None)
    alone = tuple(actor for actor in c.actors if actor.country == "NOR")
    c = replace(
        c, actors=(*alone, MEDIUM), events=(), meetings=(), agreements=(), disputes=(), issues=(),
        statements=(replace(c.statements[0], said_on=None, issues=(), act="deny"),),
    )  # fmt: skip
    with Store.open(tmp_path_factory.mktemp("filters") / "r.db", write=True) as store:
        store.write(a, b, c)
        store.write_merged(merged(a, b))
        yield store


def count(store: Store, name: str, **filters: Any) -> int:
    return len(list(listing(store, name, Filters(**filters))))


@pytest.mark.parametrize(
    ("name", "filters", "rows"),
    [
        ("statements", {}, 3),
        ("statements", {"actor": "mira"}, 3),
        ("statements", {"actor": "Mira Solberg"}, 3),
        ("statements", {"actor": "solberg"}, 3),
        ("statements", {"actor": "NOR"}, 3),
        ("statements", {"actor": "nor"}, 3),
        ("statements", {"actor": "berg"}, 0),
        ("statements", {"actor": "%"}, 0),
        ("statements", {"actor": "FIN"}, 0),
        ("statements", {"between": ("NOR", "FIN")}, 2),
        ("statements", {"between": ("Norway", "Finland")}, 2),
        ("statements", {"between": ("NOR", "SWE")}, 0),
        ("statements", {"issue": "fisheries"}, 2),
        ("statements", {"issue": "Fishing Rights"}, 2),
        ("statements", {"act": "deny"}, 1),
        ("statements", {"min_confidence": 0.95}, 0),
        ("statements", {"text": "fish"}, 3),
        ("statements", {"text": '"agreed on"'}, 3),
        ("statements", {"text": "ships"}, 0),
        ("statements", {"limit": 2}, 2),
        ("statements", {"limit": 0}, 0),
        ("statements", {"article": "c.txt"}, 1),
        ("events", {"between": ("NOR", "FIN")}, 4),
        ("events", {"between": ("FIN", "mira")}, 4),
        ("events", {"type": "consult"}, 2),
        ("events", {"status": "planned"}, 0),
        ("events", {"issue": "fisheries"}, 2),
        ("events", {"merged": True}, 2),
        ("events", {"merged": True, "between": ("NOR", "FIN"), "type": "AGREE"}, 1),
        ("meetings", {"between": ("NOR", "FIN"), "status": "held"}, 1),
        ("meetings", {"article": "a.txt"}, 1),
        ("meetings", {"article": "c.txt"}, 0),
        ("told_meetings", {"actor": "juho"}, 2),
        ("agreements", {"issue": "fisheries", "status": "agreed"}, 1),
        ("disputes", {"actor": "NOR"}, 1),
        ("positions", {"between": ("NOR", "FIN"), "issue": "fisheries"}, 1),
        ("articles", {"between": ("NOR", "FIN")}, 2),
        ("articles", {"text": "oslo"}, 3),
        ("actors", {}, 5),
        ("actors", {"actor": "NOR"}, 2),
        ("mentions", {"actor": "mira"}, 3),
        ("issues", {}, 1),
        ("issues", {"article": "c.txt"}, 0),
    ],
)  # fmt: skip
def test_a_filter_lets_through_what_it_says(
    store: Store, name: str, filters: dict[str, Any], rows: int
) -> None:
    assert count(store, name, **filters) == rows


@pytest.mark.parametrize(
    ("since", "until", "rows"),
    [
        (None, None, 3),
        (date(2019, 5, 6), date(2019, 5, 6), 2),
        (date(2019, 5, 7), None, 0),
        (None, date(2019, 5, 5), 0),
        (date(2000, 1, 1), date(2030, 1, 1), 2),
    ],
)
def test_statements_are_dated_by_when_they_were_said_and_the_undated_fall_out(
    store: Store, since: date | None, until: date | None, rows: int
) -> None:
    assert count(store, "statements", since=since, until=until) == rows


def test_a_row_without_a_date_has_its_article_s(store: Store) -> None:
    on = {"since": date(2019, 5, 7), "until": date(2019, 5, 7)}
    assert count(store, "events", type="AGREE", **on) == 2
    assert count(store, "events", type="CONSULT", **on) == 0
    assert count(store, "mentions", **on) == 4


def test_an_open_end_reaches_any_day(tmp_path: Path) -> None:
    one = reading()
    later = replace(one.statements[0], said_on=Range(date(2019, 5, 6), None))
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write(replace(one, statements=(later,)))
        assert count(store, "statements", since=date(2050, 1, 1)) == 1
        assert count(store, "statements", until=date(2019, 5, 5)) == 0


def test_a_country_s_media_do_not_speak_for_it(store: Store) -> None:
    assert "post" not in side(store.connection, "NOR")
    assert side(store.connection, "Fjord Post") == ["post"]


def test_the_name_of_a_state_stands_for_its_people_only_between_two_sides(store: Store) -> None:
    assert side(store.connection, "Finland") == ["FIN"]
    assert whole_side(store.connection, "Finland") == ["FIN", JUHO.id]


def test_an_id_stands_for_itself_and_one_that_is_not_there_for_nobody(tmp_path: Path) -> None:
    told = reading("a.txt")
    ana = Actor(id="person:ana", name="Ana Ruiz", kind="person", country="PER")
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write(replace(told, actors=(*told.actors, ana)))
        assert side(store.connection, "person:ana") == ["person:ana"]
        assert side(store.connection, "person:an") == []


def test_the_newest_articles_are_read_in_their_order_and_not_sorted(store: Store) -> None:
    asked = list[str]()
    store.connection.set_trace_callback(asked.append)
    heads = lookup.article_heads(store, newest=2)
    store.connection.set_trace_callback(None)
    assert {h.path for h in heads} == {"a.txt", "b.txt"}  # the third has no date
    steps = [row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {asked[0]}")]
    assert not [step for step in steps if "B-TREE" in step], steps


@pytest.mark.parametrize("name", LISTED)
def test_every_listing_takes_every_filter(store: Store, name: str) -> None:
    everything = Filters(
        between=("NOR", "FIN"), actor="mira", issue="fisheries", since=date(2000, 1, 1),
        until=date(2030, 1, 1), act="say", type="CONSULT", status="held", article="a.txt", min_confidence=0.1,
        text="fish", merged=True, limit=5,
    )  # fmt: skip
    assert isinstance(list(listing(store, name, everything)), list)


@pytest.mark.parametrize("bait", ["'; DROP TABLE articles; --", '"', "%_\\", "\0", "NOR' OR '1'='1"])
def test_a_filter_s_words_are_never_sql(store: Store, bait: str) -> None:
    before = store.count(Statement)
    for name in LISTED:
        assert count(store, name, actor=bait, issue=bait, article=bait, act=bait) == 0
    assert store.count(Statement) == before


def test_an_unknown_listing_names_the_known_ones(store: Store) -> None:
    with pytest.raises(UsageError, match="statements"):
        listing(store, "sayings")


def test_a_full_text_question_with_an_actor_reads_no_whole_table(store: Store) -> None:
    """On a million statements that is milliseconds instead of a second."""
    asked: list[str] = []
    store.connection.set_trace_callback(asked.append)
    assert count(store, "statements", text="fish", actor="mira") == 3
    store.connection.set_trace_callback(None)
    question = next(sql for sql in asked if "FROM statements t" in sql)
    plan = [row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {question}")]
    assert not any(step.startswith("SCAN t") for step in plan), plan


def test_a_joint_statement_is_listed_under_each_of_its_speakers(tmp_path: Path) -> None:
    one = reading()
    joint = replace(one.statements[0], speakers=("mira", "juho"))
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write(replace(one, statements=(joint,)))
        for asked in ({"actor": "juho"}, {"actor": "mira"}, {"between": ("NOR", "FIN")}):
            (row,) = listing(store, "statements", Filters(**asked))  # type: ignore[arg-type]
            assert [a["name"] for a in row["speakers"]] == ["Mira Solberg", "Juho Aalto"]
