"""A record narrowed to two sides gives the brief that the whole record gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import review
from onrecord.record import Store
from onrecord.record.between import Between
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
    assert review.brief(narrowed, between=sides) == review.brief(store, between=sides)
    assert narrowed.total == 2


def test_of_many_articles_the_newest_are_read_and_the_number_is_told(store: Store) -> None:
    narrowed = Between(store, "NOR", "FIN", newest=1)
    assert (narrowed.total, narrowed.articles_read, len(list(narrowed.articles()))) == (2, 1, 1)
