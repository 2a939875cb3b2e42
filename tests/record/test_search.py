"""Full-text search: the best first, bounded, with facets over what was found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onrecord.errors import UsageError
from onrecord.record import Filters, Store
from onrecord.record import search as searching
from onrecord.record.search import MARK, TOKENS, search
from tests.record import making


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("search") / "r.db"
    with Store.open(path, write=True) as written:
        written.write(*(making.reading(f"{n}.txt", publisher=f"Outlet {n % 3}") for n in range(9)))
    with Store.open(path) as opened:
        yield opened


def test_words_found_are_marked_and_counted(store: Store) -> None:
    found = search(store, "fish")
    assert found.total == 9 and not found.more and not found.literal
    assert f"{MARK[0]}fish{MARK[1]}" in found.statements[0].words
    assert sum(f.hits for f in found.facets["outlet"]) == 9
    assert [f.label for f in found.facets["actor"]] == ["Mira Solberg"]
    assert [f.label for f in found.facets["issue"]] == ["Fishing rights"]


@pytest.mark.parametrize(
    "words", ["agre*", "we AND fish", '"agreed on"', "NEAR(agreed fish, 3)", "fish NOT meat", "FISH"]
)
def test_operators_work_in_hits_and_excerpts_alike(store: Store, words: str) -> None:
    found = search(store, words)
    assert found.total == 9 and not found.literal
    assert all(MARK[0] in hit.words for hit in found.statements)


@pytest.mark.parametrize("words", ['fish "', "fish AND", "quote:fish", "(fish", "-fish", "'fish"])
def test_what_is_no_query_is_looked_for_word_by_word(store: Store, words: str) -> None:
    found = search(store, words)
    assert found.literal
    assert '"fish"' in found.query


def test_a_query_without_a_word_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="no word"):
        search(store, '"!"')


def test_pages_of_hits_follow_each_other(store: Store) -> None:
    whole = [hit.id for hit in search(store, "fish").statements]
    parts = [hit.id for at in (0, 4, 8) for hit in search(store, "fish", limit=4, offset=at).statements]
    assert parts == whole and len(set(whole)) == 9


def test_filters_and_outlet_narrow_it(store: Store) -> None:
    assert search(store, "fish", filters=Filters(act="deny")).total == 0
    assert search(store, "fish", filters=Filters(actor="mira"), outlet="Outlet 1").total == 3


def test_more_hits_than_can_be_ranked_are_said_to_be_more(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MAX_RANKED", 4)
    found = search(store, "fish")
    assert found.more and found.total == 4
    narrowed = search(store, "fish", filters=Filters(act="say"), outlet="Outlet 2")
    assert narrowed.total == 3 and not narrowed.more


def test_excerpts_cut_words_as_the_record_does(store: Store) -> None:
    made = store.connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'statements_fts'").fetchone()[
        0
    ]
    assert f"tokenize='{TOKENS}'" in made
