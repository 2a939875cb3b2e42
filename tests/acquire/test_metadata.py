"""Dates, authors, publishers and languages, out of what stands in the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.acquire import credits
from onrecord.acquire.dates import days_meant
from onrecord.acquire.languages import language_of
from onrecord.types import Passage, Role, Span

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[tuple[str, str]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    told = (line.partition(" =>") for line in lines if line and not line.startswith("#"))
    return [(case, wanted.strip()) for case, _, wanted in told]


@pytest.mark.parametrize(("told", "wanted"), cases("dates.txt"))
def test_date_means_its_days(told: str, wanted: str) -> None:
    found = days_meant(told)
    assert (" ".join(map(str, found)) if found else "none") == wanted


@pytest.mark.parametrize(("line", "wanted"), cases("bylines.txt"))
def test_byline_names_people_not_media(line: str, wanted: str) -> None:
    assert "; ".join(credits.byline_names(line)) == wanted


def seen(*parts: tuple[Role, str]) -> tuple[str, credits.Seen]:
    text, passages = "", []
    for role, words in parts:
        passages.append(Passage(start=len(text), end=len(text) + len(words), role=role))
        text += words + "\n"
    return text, credits.read(text, passages)


def test_author_and_publisher_come_from_the_bio() -> None:
    _, found = seen(
        ("body", "Talks went on."), ("bio", "Ana Ruiz covers trade for the Christian Science Monitor.")
    )
    assert found.authors == ("Ana Ruiz",)
    assert found.publisher == "The Christian Science Monitor"


def test_short_form_of_a_publisher_is_spelt_out() -> None:
    _, found = seen(("body", "Talks went on."), ("furniture", "Latest from CSIS"))
    assert found.publisher == "Center for Strategic and International Studies"


def test_photo_agency_and_media_in_the_body_do_not_publish_the_article() -> None:
    _, found = seen(("credit", "Photo: Ana Ruiz/AFP"), ("body", "Envoys spoke to The Guardian on Monday."))
    assert found.publisher is None


def test_wire_agency_of_the_dateline_publishes_where_nobody_else_does() -> None:
    _, found = seen(("dateline", "OSLO, May 3 (Reuters) -"), ("body", "Talks went on."))
    assert found.publisher == "Reuters"


def test_date_of_publication_is_preferred_to_that_of_the_update() -> None:
    text, found = seen(
        ("dateline", "Updated May 6, 2011; published May 4, 2011"), ("body", "On May 2, 2011 they met.")
    )
    assert found.published_span is not None
    assert text[slice(*found.published_span)] == "May 4, 2011"
    assert str(found.published and found.published.start) == "2011-05-04"


def test_dates_of_the_body_are_not_the_articles() -> None:
    _, found = seen(("body", "On May 2, 2011 they met."))
    assert (found.published, found.published_span) == (None, None)


def test_licence_that_gives_rights_is_preferred() -> None:
    _, found = seen(
        ("licence", "© 2018 Example. All rights reserved."), ("licence", "Licensed under CC BY-SA 3.0.")
    )
    assert found.licence == "CC-BY-SA-3.0"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The two sides said that they would meet again before the end of the year.", "en"),
        ("Les deux parties ont annoncé mardi qu'elles se reverraient avant la fin de l'année.", "fr"),
        (
            "Die beiden Seiten wollen sich nach Angaben des Ministers noch vor Jahresende wieder treffen.",
            "de",
        ),
        ("Обе стороны заявили", "ru"),
        ("双方表示将再次会晤", "zh"),
        ("Norland, Sudria sign accord", None),
    ],
)
def test_language_is_told_where_there_is_enough_to_tell(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_span_is_what_published_evidence_is_made_of() -> None:
    text, found = seen(("byline", "By Ana Ruiz, 3 June 2009"), ("body", "Talks went on."))
    assert found.published_span == Span(text.index("3 June"), text.index("2009") + 4)
