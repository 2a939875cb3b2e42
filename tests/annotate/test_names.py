"""Mentions, before anybody knows who is meant: each line of cases/names.txt is a claim."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate import names, syntax
from onrecord.annotate.names.spans import Found, settle
from onrecord.facts.actors import Registry
from onrecord.settings import LANGUAGE_MODEL
from onrecord.types import Acquired, Article, Parsed, Passage

CASES = [
    line
    for line in (Path(__file__).parent / "cases" / "names.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def found_in(text: str) -> Parsed:
    acquired = Acquired(
        article=Article(id="a", path="a.txt", text=text),
        passages=(Passage(start=0, end=len(text), role="body"),),
    )
    (parsed,) = syntax.parse([acquired], LANGUAGE_MODEL)
    return names.find(parsed, Registry.load())


@pytest.mark.parametrize("case", CASES)
def test_names_are_found_with_what_they_may_stand_for(case: str) -> None:
    text, claims = (part.strip() for part in case.split(" | "))
    parsed = found_in(text)
    for claim in (c.strip() for c in claims.split(" ; ")):
        if claim.startswith("!"):
            words, _, nth = claim[1:].partition("#")
            at = [m.start() for m in re.finditer(re.escape(words), text)][int(nth or 1) - 1]
            found = [m.text for m in parsed.mentions if (m.start <= at < m.end if nth else m.text == words)]
            assert found == [], claim
            continue
        words, _, wanted = claim.partition(": ")
        form, _, key = wanted.partition(" ")
        words, _, nth = words.partition("#")
        starts = [m.start() for m in re.finditer(re.escape(words), text)]
        at = starts[int(nth or 1) - 1]
        mention = next((m for m in parsed.mentions if m.start == at and m.text == words), None)
        assert mention is not None, f"{words!r} not among {[m.text for m in parsed.mentions]}"
        assert mention.form == form
        assert not key or mention.keys[0] == key


WORDS = [
    "Russia", "the president", "Ann Example", "U.S. officials", "he", "said", "and", ",", "Moscow", "of",
    "his", "NATO’s", ".", "\n", "Sen.", "-",
]  # fmt: skip


@settings(max_examples=15)
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_mentions_are_cut_from_the_text_in_order_and_never_overlap(words: list[str]) -> None:
    text = " ".join(words)
    mentions = found_in(text).mentions
    assert all(m.text == text[m.start : m.end] for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_of_overlapping_finds_the_longest_stays() -> None:
    short, long = Found(4, 10, "name"), Found(0, 10, "title")
    assert settle([short, long]) == [long]


def test_an_empty_text_has_no_mentions() -> None:
    assert found_in("").mentions == ()
