"""Styles of attribution, a line each in cases/*.txt, read by the rules."""

from __future__ import annotations

import pytest

from onrecord.types import Statement, cut
from tests.extract.statements.reading import Case, cases, read_all

REPORTED = ("direct", "paragraphs", "indirect", "mixed", "sources", "styles", "turned", "nested")
FLAGS = {"negated", "hedged", "within"}


def matches(told: Statement, expected: tuple[str, ...]) -> bool:
    """Source, cue, content, act (`*`: anything), then flags that must hold, none that is not named."""
    source, cue, content, act, *flags = expected
    words = ((told.source_text, source), (told.cue_text, cue), (told.quote, content), (told.act, act))
    if any(wanted not in ("*", found) for found, wanted in words):
        return False
    raised = {"negated": told.negated, "hedged": told.hedged, "within": told.within is not None}
    return all(raised[f] == (f in flags) for f in FLAGS)


def told(found: tuple[Statement, ...]) -> str:
    return "\n".join(
        f"  {s.source_text} ; {s.cue_text} ; {s.quote} ; {s.act}"
        f"{' ; negated' * s.negated}{' ; hedged' * s.hedged}{' ; within' * bool(s.within)}"
        for s in found
    )


def params(*files: str) -> list[object]:
    return [
        pytest.param(c, id=c.name, marks=[pytest.mark.xfail(strict=True)] if c.fails else [])
        for file in files
        for c in cases(file)
    ]


@pytest.mark.parametrize("case", params(*REPORTED))
def test_who_said_what(case: Case) -> None:
    found = tuple(s for s in read_all()[case.name] if s.source or not s.why.startswith("author"))
    for expected in case.expected:
        assert any(matches(s, expected) for s in found), f"{expected}\nfound\n{told(found)}"


@pytest.mark.parametrize("case", params("none"))
def test_nothing_is_said(case: Case) -> None:
    found = read_all()[case.name]
    assert not found, told(found)


@pytest.mark.parametrize("case", params("author"))
def test_what_the_author_says_in_the_articles_own_voice(case: Case) -> None:
    own = tuple(s for s in read_all()[case.name] if s.why.startswith("author"))
    act, *mark = case.expected[0]
    if act == "-":
        assert not own, told(own)
        return
    assert [s.act for s in own] == [act], told(read_all()[case.name])
    text = {c.name: c.text for c in cases("author")}[case.name]
    assert mark[0] in ("*", own[0].cue_text)
    assert mark[1:] == [] or mark[1] == cut(text, own[0].condition)
    assert own[0].speaker == "person:ida-author"
    assert own[0].source == ()
