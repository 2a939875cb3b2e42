"""What is read into attributions: speaker, addressee, day, place, nesting; always cut from the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import msgspec
import pytest

from onrecord.errors import UsageError
from onrecord.extract import statements
from onrecord.extract.statements import assemble, quotes
from onrecord.facts.issues import Taxonomy
from onrecord.settings import Settings
from onrecord.types import (
    Actor,
    Attribution,
    Mention,
    Parsed,
    Range,
    Span,
    Statement,
    TimeExpr,
    cut,
    day_range,
)
from tests.extract.statements.reading import article, parse, read, read_all

TEXT = (
    "Berg told reporters on Friday that the port was shut. "
    "Lind, speaking for Sorvik, said in Minsk that Berg had promised to open it."
)


@dataclass
class Given:
    """An attributor that finds what it was told to find."""

    found: list[Attribution]

    def attributions(self, parsed: Parsed) -> list[Attribution]:
        return self.found


def at(word: str, text: str = TEXT, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(word, start + 1)
    return Span(start, start + len(word))


def mention(word: str, actor: str | None, nth: int = 0, reason: str | None = None) -> Mention:
    span = at(word, nth=nth)
    return Mention(start=span.start, end=span.end, text=word, form="name", actor=actor, reason=reason)


@pytest.fixture(scope="module")
def parsed() -> Parsed:
    bare = parse([article(TEXT)])[0]
    friday = at("Friday")
    return Parsed(
        article=bare.article,
        passages=bare.passages,
        doc=bare.doc,
        times=(
            TimeExpr(
                start=friday.start, end=friday.end, text="Friday", type="DATE", value="2019-03-08",
                range=day_range(date(2019, 3, 8)),
            ),
        ),
        mentions=(
            mention("Berg", "person:berg"), mention("reporters", "group:reporters"),
            mention("Lind", None, reason="two of that name"), mention("Sorvik", "person:sorvik"),
            mention("Berg", "person:berg", nth=1),
        ),
        actors={"person:berg": Actor(id="person:berg", name="Berg", kind="person")},
    )  # fmt: skip


def extract(
    parsed: Parsed, found: Iterable[Attribution] | None = None, **chosen: object
) -> tuple[Statement, ...]:
    settings = msgspec.structs.replace(Settings(fast=True), **chosen)
    finder = statements.attributor(settings) if found is None else Given(list(found))
    return statements.extract(parsed, finder, Taxonomy.load(()), settings)


def test_speaker_addressee_and_day_are_read_off_the_cue(parsed: Parsed) -> None:
    first = extract(parsed)[0]
    assert (first.speaker, first.addressee) == ("person:berg", ("group:reporters",))
    assert first.said_on == day_range(date(2019, 3, 8))


def test_an_unlinked_source_leaves_the_speaker_unknown_with_its_reason(parsed: Parsed) -> None:
    lind = next(s for s in extract(parsed) if s.source_text.startswith("Lind"))
    assert lind.speaker is None
    assert lind.speaker_reason == "two of that name"


def test_a_place_at_the_cue_is_where_it_was_said(parsed: Parsed) -> None:
    assert [s.said_at for s in extract(parsed) if s.cue_text == "said"] == ["Minsk"]


def test_what_stands_in_another_statement_points_at_it(parsed: Parsed) -> None:
    found = {s.cue_text: s for s in extract(parsed)}
    assert found["had promised"].within == found["said"].id


def test_an_attribution_without_a_source_has_no_speaker_and_says_so(parsed: Parsed) -> None:
    only = extract(parsed, [Attribution(cue=(at("told"),), content=(at("the port was shut"),))])
    assert [(s.speaker, s.speaker_reason) for s in only] == [(None, "the article names no source")]


def test_an_attribution_without_a_cue_is_read(parsed: Parsed) -> None:
    only = extract(parsed, [Attribution(source=(at("Berg"),), content=(at("the port was shut"),))])
    assert [(s.act, s.speaker, s.cue_text) for s in only] == [("say", "person:berg", "")]


def test_a_quotation_without_a_source_that_goes_on_has_the_speaker_before() -> None:
    text = "Berg said: “We came.”\n“We saw.”\nLater: “We left.”"
    bare = parse([article(text)])[0]
    berg = Mention(start=0, end=4, text="Berg", form="name", actor="person:berg")
    told = [
        Attribution(source=(Span(0, 4),), cue=(Span(5, 9),), content=(at("“We came.”", text),)),
        Attribution(content=(at("“We saw.”", text),)),
        Attribution(content=(at("“We left.”", text),)),
    ]
    found = extract(replace(bare, mentions=(berg,)), told)
    assert [s.speaker for s in found] == ["person:berg", "person:berg", None]
    assert found[1].speaker_reason == "goes on with the quotation before"


def test_statements_below_the_confidence_asked_for_are_left_out(parsed: Parsed) -> None:
    sure, unsure = (
        Attribution(content=(at("the port was shut"),), confidence=0.9),
        Attribution(content=(at("open it"),), confidence=0.2),
    )
    assert [s.confidence for s in extract(parsed, [sure, unsure], min_confidence=0.5)] == [0.9]


def test_every_text_is_cut_from_the_article() -> None:
    for name, found in read_all().items():
        for s in found:
            assert s.quote, name
            assert s.confidence > 0
    one = parse([article("“A,” Berg said. “B.” Lind denied it.")])[0]
    for s in read(one):
        text = one.article.text
        assert (s.quote, s.source_text, s.cue_text) == (
            cut(text, s.content),
            cut(text, s.source),
            cut(text, s.cue),
        )


def test_the_same_article_reads_the_same_twice() -> None:
    text = "Berg said that Lind had left. “I stayed,” Lind said. It will likely be a long winter."
    first, second = (read(p) for p in parse([article(text), article(text)]))
    assert first == second


def test_the_author_is_an_actor_only_where_something_is_the_authors_own() -> None:
    own, none = parse([article("The truce will likely fail."), article("The fleet left on Monday.")])
    assert list(statements.authors(own, read(own))) == ["person:ida-author"]
    assert statements.authors(none, read(none)) == {}


def test_without_a_named_author_the_speaker_is_unknown_with_a_reason() -> None:
    only = read(parse([article("The truce will likely fail.", authors=())])[0])
    assert [(s.speaker, s.speaker_reason) for s in only] == [(None, "author not named")]


def test_an_unknown_attributor_is_named_with_those_known() -> None:
    with pytest.raises(UsageError, match="no attributor 'oracle'; known: rules, tagger"):
        statements.attributor(Settings(attributor="oracle"))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Berg and her aides", (("person:berg",), "named one by one")),
        ("Berg and Mr. Lind", (("person:berg", "person:lind"), "named one by one")),
        ("Berg, Lind and the senator", (("person:berg", "person:lind"), "named one by one")),
        ("Berg’s letter to Lind", (("person:berg",), "whose letter it is")),
        ("Berg’s lawyer", None),
        ("critics of Berg and Lind", None),
    ],
)  # fmt: skip
def test_a_source_that_lists_several_has_all_of_them_and_an_owner_speaks_in_his_letter(
    source: str, expected: tuple[tuple[str, ...], str] | None
) -> None:
    named = tuple(
        Mention(start=at, end=at + 4, text=n, form="name", actor=f"person:{n.lower()}")
        for n in ("Berg", "Lind") if (at := source.find(n)) >= 0
    )  # fmt: skip
    given = replace(parse([article(source)])[0], mentions=named)
    assert assemble._listed(given, Span(0, len(source))) == expected


def test_what_one_did_not_lay_down_is_left_open() -> None:
    told = read(parse([article("Berg did not say how the port would be opened.")])[0])
    assert [(s.act, s.negated) for s in told] == [("omit", True)]


@pytest.mark.parametrize(
    ("text", "when", "told"),
    [
        ("In 1951, Berg said the port was shut.", "1951", True),
        ("In a 1951 memo, Berg said the port was shut.", "1951", True),
        ("The 1951 Harbour Treaty says the port is shut.", "1951", False),
        ("Berg has warned since 1951 that the port would shut.", "1951", False),
    ],
)
def test_a_time_is_when_it_was_said_only_where_it_dates_the_saying(text: str, when: str, told: bool) -> None:
    bare = parse([article(text)])[0]
    span, year = at(when, text), Range(date(1951, 1, 1), date(1951, 12, 31))
    time = TimeExpr(start=span.start, end=span.end, text=when, type="DATE", value=when, range=year)
    said = extract(Parsed(article=bare.article, passages=bare.passages, doc=bare.doc, times=(time,)))
    assert [s.said_on for s in said] == [year if told else None]


class Counted(list[Statement]):
    """A list that counts how often one of its items is asked for."""

    asked = 0

    def __getitem__(self, at: int) -> Statement:  # type: ignore[override]
        self.asked += 1
        return super().__getitem__(at)


def told_in(*content: tuple[int, int]) -> Statement:
    spans = tuple(Span(start, end) for start, end in content)
    return Statement(
        id=str(content), source=(), cue=(), content=spans, speaker=None, speech="direct", act="say"
    )


def test_a_statement_stands_within_the_smallest_that_holds_it() -> None:
    told = [
        told_in((0, 90)),
        told_in((0, 40)),
        told_in((10, 20)),
        told_in((30, 35), (50, 60)),
        told_in((95, 99)),
    ]
    assert [s.within for s in assemble.nested(told)] == [
        None, told[0].id, told[1].id, told[0].id, None
    ]  # fmt: skip


def test_who_stands_within_whom_is_not_asked_of_every_two() -> None:
    told = Counted(told_in((10 * n, 10 * n + 5)) for n in range(500))
    assert all(s.within is None for s in assemble.nested(told))
    assert told.asked <= 2 * len(told)


def test_whether_speech_is_direct_asks_only_for_the_quotations_there(monkeypatch: pytest.MonkeyPatch) -> None:
    text = '"a" ' * 500
    found = quotes.pair(text, [Span(0, len(text))])
    asked = 0

    def end(one: quotes.Quote) -> int:
        nonlocal asked
        asked += 1
        return one.inner.end + 1

    monkeypatch.setattr(quotes.Quote, "end", property(end))
    assert len(found) == 500
    assert [assemble.speech(text, found, [Span(a, a + 3)]) for a in range(0, 2000, 4)] == ["direct"] * 500
    assert asked <= 500 * 20
