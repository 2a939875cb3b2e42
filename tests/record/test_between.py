"""A record narrowed to two sides gives the brief that the whole record gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from onrecord import review
from onrecord.errors import UsageError
from onrecord.record import Filters, Store
from onrecord.record.between import Between
from onrecord.types import Article, Range
from tests.record import making


@pytest.fixture
def store(tmp_path: Path) -> Store:
    about = [making.reading("a.txt"), making.reading("b.txt")]
    other = making.reading("c.txt", text=making.TEXT + " ")
    alone = tuple(a for a in other.actors if a.country == "NOR")
    bare = other.__class__(article=other.article, actors=alone)
    with Store.open(tmp_path / "r.db", write=True) as written:
        written.write(*about, bare)
        written.write_merged(making.merged(*about))
    return Store.open(tmp_path / "r.db")


@pytest.mark.parametrize("sides", [("NOR", "FIN"), ("Norway", "juho"), ("mira", "Finland")])
def test_the_brief_is_the_same(store: Store, sides: tuple[str, str]) -> None:
    narrowed = Between(store, *sides)
    assert review.brief(narrowed, between=narrowed.sides) == review.brief(store, between=sides)
    assert narrowed.total == 2


def test_the_comparison_is_the_same(store: Store) -> None:
    at = Range(date(2011, 1, 1), date(2011, 12, 31)), Range(date(2012, 1, 1), date(2012, 12, 31))
    narrowed = Between(store, "NOR", "FIN")
    told = [review.compare(s, between=("NOR", "FIN"), at=at) for s in (store, narrowed)]
    assert told[0] == told[1]


def test_a_group_of_states_is_a_side_here_and_in_listings(store: Store) -> None:
    narrowed = Between(store, "NOR", "EU")
    assert [s.code for s in narrowed.sides] == ["NOR", "org:eu"]
    assert review.brief(narrowed, between=narrowed.sides).articles == 2
    assert store.count(Article, Filters(between=("NOR", "EU"))) == 2


def test_a_side_that_is_not_in_the_record_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="did you mean Norway"):
        Between(store, "Norwy", "FIN")


def test_of_many_articles_the_newest_are_read_and_the_number_is_told(store: Store) -> None:
    narrowed = Between(store, "NOR", "FIN", newest=1)
    assert (narrowed.total, narrowed.articles_read, len(list(narrowed.articles()))) == (2, 1, 1)
