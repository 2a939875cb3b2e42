"""What the listings print: actors and articles in full, the shapes that users rely on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.record import Filters, Store, columns_of, filters, flat, listing, rows_as_json
from onrecord.record.kinds import LISTED
from onrecord.types import Merged
from tests.record.making import article, merged, reading

MIRA = {"id": "mira", "name": "Mira Solberg", "kind": "person", "country": "NOR", "sector": "GOV"}
KEYS = {
    "articles": "id path title authors publisher published published_basis published_range"
    " published_evidence language licence text_sha256",
    "passages": "start end role language article",
    "actors": "id name kind country sector wikidata",
    "mentions": "start end actor form article",
    "times": "start end type value range article",
    "statements": "id source cue content speaker speech act negated hedged within addressee said_on said_at"
    " issues confidence article",
    "events": "id type mode contexts actors recipients date place status on_word_of trigger evidence"
    " confidence cluster article",
    "meetings": "id participants delegations occasion place date minutes length_told medium status agenda"
    " evidence articles independent accounts",
    "agreements": "id parties subject made_on effective expires state on_word_of evidence articles"
    " independent accounts",
    "commitments": "id promiser beneficiary what content negated made_on effective due expires condition"
    " state agreement on_word_of evidence article",
    "disputes": "id about kind sides articles independent accounts",
    "positions": "actor issue range stance shift_from accounts",
    "issues": "id label weight articles independent",
    "event_clusters": "id type actors recipients date place articles independent accounts",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    a, b = reading("a.txt"), reading("b.txt")
    with Store.open(tmp_path_factory.mktemp("listing") / "r.db", write=True) as store:
        store.write(a, b)
        store.write_merged(merged(a, b))
        yield store


def rows(store: Store, name: str, **filters: Any) -> list[dict[str, Any]]:
    """A listing as a reader of its JSON lines gets it."""
    return [json.loads(line) for line in rows_as_json(listing(store, name, Filters(**filters)))]


@pytest.mark.parametrize("name", KEYS)
def test_every_key_that_users_rely_on_is_there(store: Store, name: str) -> None:
    for row in rows(store, name):
        assert set(KEYS[name].split()) <= set(row)


def test_a_statement_s_row_is_this(store: Store) -> None:
    row = rows(store, "statements", article="a.txt")[0]
    assert row["speaker"] == MIRA
    assert row["said_on"] == ["2019-05-06", "2019-05-06"]
    assert row["quote"] == "“We agreed on fish,”"
    assert row["article"] == {
        "id": reading("a.txt").article.id, "path": "a.txt", "title": "Talks in Oslo", "publisher": None,
        "published": "2019-05-07",
    }  # fmt: skip


def test_actors_stand_in_full_wherever_an_actor_stands(store: Store) -> None:
    meeting = rows(store, "meetings")[0]
    assert meeting["participants"][0] == MIRA
    assert meeting["delegations"]["NOR"] == [MIRA]
    assert meeting["accounts"][0]["actor"] == MIRA
    assert rows(store, "disputes")[0]["sides"][0]["actor"] == MIRA
    assert rows(store, "disputes")[0]["sides"][1]["actor"] is None
    assert rows(store, "positions")[0]["actor"] == MIRA
    assert [m["actor"] for m in rows(store, "mentions", article="a.txt")] == [MIRA, None]


def test_an_account_names_its_article_in_full(store: Store) -> None:
    paths = {a["article"]["path"] for a in rows(store, "meetings")[0]["accounts"]}
    assert paths == {"a.txt", "b.txt"}


def test_events_name_their_cluster_and_merged_give_the_clusters(store: Store) -> None:
    clusters = {row["id"] for row in rows(store, "events", merged=True)}
    assert {row["cluster"] for row in rows(store, "events")} == clusters
    assert rows(store, "events", merged=True) == rows(store, "event_clusters")


def test_an_article_is_flat_and_without_its_text(store: Store) -> None:
    row = rows(store, "articles")[0]
    assert "text" not in row
    assert row["title"] == "Talks in Oslo"


def test_an_actor_and_an_issue_stand_once_with_the_number_of_their_articles(store: Store) -> None:
    assert [(a["id"], a["articles"]) for a in rows(store, "actors")] == [
        ("FIN", 2), ("NOR", 2), ("juho", 2), ("mira", 2),
    ]  # fmt: skip
    assert [(i["id"], i["articles"], i["independent"], i["statements"]) for i in rows(store, "issues")] == [
        ("fisheries", 2, 1, 2)
    ]


def test_keys_stand_in_one_order(store: Store) -> None:
    for name in LISTED:
        orders = {tuple(row) for row in rows(store, name)}
        assert len(orders) == 1


@pytest.mark.parametrize("name", LISTED)
def test_csv_has_a_column_for_every_cell(store: Store, name: str) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns_of(name), lineterminator="\n")
    writer.writeheader()
    writer.writerows(flat(row) for row in listing(store, name))
    told = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert len(told) == len(list(listing(store, name)))


def test_csv_gives_names_days_and_the_article_columns_of_their_own(store: Store) -> None:
    cells = flat(rows(store, "statements")[0])
    assert (cells["speaker"], cells["speaker_name"], cells["speaker_country"]) == (
        "mira",
        "Mira Solberg",
        "NOR",
    )
    assert (cells["said_on_start"], cells["article_title"]) == ("2019-05-06", "Talks in Oslo")
    cells = flat(rows(store, "events", type="CONSULT")[0])
    assert (cells["actors"], cells["actors_names"]) == ('["mira"]', '["Mira Solberg"]')


def test_a_lone_surrogate_in_a_text_still_gives_json(tmp_path: Path) -> None:
    odd = replace(reading(), article=article("odd\ud800.txt", title="a\udc00"))
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write(odd)
        assert rows(store, "articles")[0]["title"] == "a\udc00"


def test_a_merged_row_of_an_article_that_has_gone_is_still_printed(tmp_path: Path) -> None:
    """While a build runs, merged rows are those of the last one."""
    a, b = reading("a.txt"), reading("b.txt")
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write(a, b)
        store.write_merged(merged(a, b))
        store.remove([a.article.id])
        accounts = rows(store, "meetings")[0]["accounts"]
        assert [x["article"]["path"] for x in accounts] == [None, "b.txt"]


def test_an_empty_record_lists_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write_merged(Merged())
        assert [rows(store, name) for name in LISTED] == [[]] * len(LISTED)


def test_many_rows_of_one_actor_or_issue_come_in_the_same_order_as_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write(*(reading(f"{n}.txt") for n in range(9)))
        some = [Filters(actor="mira", limit=5), Filters(issue="fisheries", limit=5)]
        looked_up = [list(listing(store, "statements", f)) for f in some]
        monkeypatch.setattr(filters, "FREQUENT", 2)
        assert [list(listing(store, "statements", f)) for f in some] == looked_up
        assert all(len(rows) == 5 for rows in looked_up)
