"""The model's spans, weighed by the rules and set right by syntax and marks."""

from __future__ import annotations

import pytest

from onrecord.extract.statements import combine, polish
from onrecord.extract.statements.page import Page
from onrecord.types import Attribution, Span, cut
from tests.extract.statements.reading import article, parse


def found(
    text: str, source: str, cue: str, *content: str, confidence: float = 0.8, why: str = ""
) -> Attribution:
    def at(words: str) -> tuple[Span, ...]:
        return (Span(text.index(words), text.index(words) + len(words)),) if words else ()

    told = tuple(span for words in content for span in at(words))
    return Attribution(source=at(source), cue=at(cue), content=told, confidence=confidence, why=why)


@pytest.mark.parametrize(
    ("text", "given", "whole"),
    [
        ("Oslo threatened to expel them.", ("Oslo", "threatened", "expel them"), "to expel them"),
        (
            "Minister Halla praised the pact with the northern neighbours.",
            ("Minister Halla", "praised", "the pact with the"),
            "the pact with the northern neighbours",
        ),
        (
            "“We will sign,” Halla said, “when the last tank is gone.”",
            ("Halla", "said", "“We will sign,”", "“when the last"),
            "“We will sign,” … “when the last tank is gone.”",
        ),
        (
            "Halla said the line was open and that trains would run.",
            ("Halla", "said", "the line was open", "that trains would run"),
            "the line was open and that trains would run",
        ),
    ],
)  # fmt: skip
def test_a_content_cut_in_two_is_made_whole(text: str, given: tuple[str, ...], whole: str) -> None:
    page = Page.of(parse([article(text)])[0])
    made = polish.polished(page, [found(text, *given)])
    assert [cut(text, one.content) for one in made] == [whole]


def test_a_lone_mark_is_neither_content_nor_cue() -> None:
    text = "Halla’s refusal stands, said Berg: “No.”"
    page = Page.of(parse([article(text)])[0])
    assert polish.polished(page, [found(text, "Halla", "’", "stands")]) == []
    assert polish.polished(page, [found(text, "Berg", "said", "“")]) == []


def test_what_a_rule_sees_too_is_surer_and_what_none_sees_less_sure() -> None:
    text = "Berg said the port was shut. Lind sees a way out."
    shared, alone = found(text, "Berg", "said", "the port was shut"), found(text, "Lind", "sees", "a way out")
    rule = found(text, "Berg", "said", "the port was shut", confidence=0.9, why="say, clause")
    first, second = combine.combined([shared, alone], [rule])
    assert (
        first.confidence
        > second.confidence
        < combine.combined([alone], [found(text, "Lind", "sees", "a way out", why="see, obj")])[0].confidence
    )


def test_the_rules_add_a_quotation_that_the_model_passed_over() -> None:
    text = "“The port is shut,” Berg said."
    rule = found(
        text, "Berg", "said", "“The port is shut,”", confidence=0.97, why="quotation beside a verb of speech"
    )
    assert combine.combined([], [rule]) == [rule]


def test_a_statement_within_a_statement_is_taken_from_the_rules() -> None:
    text = "Berg said Lind had promised to open the port."
    outer = found(text, "Berg", "said", "Lind had promised to open the port")
    inner = found(text, "Lind", "had promised", "to open the port", confidence=0.3, why="promise, to, nested")
    assert inner in combine.combined([outer], [inner])
    assert inner not in combine.combined([], [inner])


SPEECH = "Halla said:\n“The line is open.\n“Trains will run.\n“Come in May.”\n“We will see,” Vidal said."


@pytest.mark.parametrize("known", [("“The line is open.",), ("“The line is open.", "“Trains")])
def test_a_quotation_left_open_goes_on_in_the_paragraphs_that_open_with_a_mark(
    known: tuple[str, ...],
) -> None:
    page = Page.of(parse([article(SPEECH)])[0])
    given = [found(SPEECH, "Halla", "said", *known), found(SPEECH, "Vidal", "said", "“We will see,”")]
    told = [cut(SPEECH, one.content) for one in polish.polished(page, given)]
    assert told == ["“The line is open. … “Trains will run. … “Come in May.”", "“We will see,”"]


def test_a_paragraph_that_another_speaks_is_left_to_him() -> None:
    text = "Halla said:\n“The line is open.\n“Trains will run,” Vidal said."
    page = Page.of(parse([article(text)])[0])
    given = [
        found(text, "Halla", "said", "“The line is open."),
        found(text, "Vidal", "said", "“Trains will run,”"),
    ]
    assert [cut(text, one.content) for one in polish.polished(page, given)] == [
        "“The line is open.",
        "“Trains will run,”",
    ]
