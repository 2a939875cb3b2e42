"""The taxonomy finds issues by their terms, whole words only, and prefers none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.facts.issues import Taxonomy

TAXONOMY = Taxonomy.load()
CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "issues.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("expected", "text"), CASES, ids=[c[1][:40] for c in CASES])
def test_terms_show_their_issues(expected: str, text: str) -> None:
    assert set(TAXONOMY.tag(text)) == set(expected.split())


def test_the_issue_named_most_comes_first() -> None:
    assert TAXONOMY.tag("Fisheries, then tariffs, then more tariffs.")[0] == "trade"


def test_a_users_row_replaces_ours(tmp_path: Path) -> None:
    extra = tmp_path / "mine.csv"
    extra.write_text("id,label,terms\nsyria,Levant,levantine*\nlithium,Lithium,lithium\n", encoding="utf-8")
    mine = Taxonomy.load([extra])
    assert mine.label("syria") == "Levant"
    assert mine.tag("Levantine lithium in Syria") == ("syria", "lithium")


@pytest.mark.parametrize("typed", ["arms control", "Arms control", "arms_control", "ARMS CONTROL"])
def test_an_issue_is_found_as_a_person_types_it(typed: str) -> None:
    assert TAXONOMY.find(typed) == "arms_control"


def test_every_term_of_the_table_finds_its_own_issue() -> None:
    for issue in TAXONOMY.issues.values():
        for term in issue.terms:
            text = " ".join("x" if word == "*" else word.replace("*", "") for word in term.split())
            assert issue.id in TAXONOMY.tag(text), term


@given(st.text(max_size=200))
def test_hits_are_cut_within_the_text_in_order(text: str) -> None:
    hits = list(TAXONOMY.hits(text))
    assert all(0 <= h.span.start < h.span.end <= len(text) for h in hits)
    assert [h.span.start for h in hits] == sorted(h.span.start for h in hits)


def test_shares_sum_to_one() -> None:
    assert sum(TAXONOMY.weights(["sanctions and tariffs", "tariffs on steel"]).values()) == pytest.approx(1)
