# ruff: noqa: E501  (sample texts keep their lines)
"""Body is told from the web's furniture, and everything has one role."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.acquire.blocks import blocks
from onrecord.acquire.passages import label
from onrecord.types import READ_ROLES

HEADLINE = "Norland and Sudria Reopen Their Border"
LEAD = (
    "Norland and Sudria agreed on Tuesday to reopen four border crossings that had been closed since spring, "
    "after nine hours of talks in the port of Halden, officials from both governments said."
)
BODY = [
    "The closure had cost hauliers on both sides several million crowns a week, according to a chamber of commerce.",
    "“We have taken a modest step,” said Norland’s finance minister, Karin Holt, who led her country’s delegation.",
    "Her counterpart, Emil Varga, said that his government would watch closely whether the new office works as planned.",
    "Neither side would say what becomes of the fishing quota, the dispute over which led to the closure in April.",
    "A further round of talks is planned for autumn, when the two governments will also speak about a railway.",
]
BIO = "Ana Ruiz covers northern Europe for the Christian Science Monitor. Follow her on Twitter @anaruiz."
PAGE = [
    "Skip to content", "Menu", "Home", "World", "Business", "Sports", "Subscribe", "Log In",
    HEADLINE, "By Ana Ruiz", "May 4, 2011", "Share this:", "Click to share on Facebook (Opens in new window)",
    "Trucks wait at the crossing near Halden on Monday. Tom Ek/Getty Images",
    LEAD, *BODY[:2], "Sign up for our newsletter", "Get the best of our reporting delivered to your inbox every morning.",
    *BODY[2:], BIO, "More on:", "Norland", "Sudria", "Trade",
    "This work is licensed under a Creative Commons Attribution-ShareAlike 4.0 International License.",
    "Related stories", "Whale Seen in Halden Harbour for First Time in Years", "Five Walks to Take This Summer",
    "Leave a Reply", "Your email address will not be published. Required fields are marked *",
    "© 2011 Example Media. All rights reserved.",
]  # fmt: skip


def roles(text: str) -> dict[str, str]:
    return {text[p.start : p.end]: p.role for p in label(text)}


def test_page_is_taken_apart() -> None:
    found = roles("\n".join(PAGE))
    assert found[HEADLINE] == "headline"
    assert found["By Ana Ruiz"] == "byline"
    assert found["May 4, 2011"] == "dateline"
    assert found["Trucks wait at the crossing near Halden on Monday."] == "caption"
    assert found["Tom Ek/Getty Images"] == "credit"
    assert all(found[p] == "body" for p in (LEAD, *BODY))
    assert found[BIO] == "bio"
    assert [found[t] for t in ("More on:", "Norland", "Trade")] == ["topics"] * 3
    assert found[PAGE[-7]] == "licence"
    assert [t for t, r in found.items() if r in READ_ROLES and t not in {HEADLINE, LEAD, *BODY}] == [
        "Trucks wait at the crossing near Halden on Monday."
    ]


def test_blank_lines_between_paragraphs_change_nothing() -> None:
    assert roles("\n\n".join(PAGE)) == roles("\n".join(PAGE))


def test_clean_article_stays_whole() -> None:
    text = "\n\n".join([f"{HEADLINE}.", LEAD, *BODY])
    found = label(text)
    assert [p.role for p in found] == ["headline"] + ["body"] * 6


def test_headline_above_and_below_a_menu_is_read_twice_not_its_kicker() -> None:
    text = "\n".join([HEADLINE, "In Brief", HEADLINE, "AP Photo/Tom Ek", "Story Stream", LEAD, *BODY])
    found = label(text)
    assert [text[p.start : p.end] for p in found if p.role == "headline"] == [HEADLINE, HEADLINE]
    assert roles(text)["AP Photo/Tom Ek"] == "credit"


def test_subheads_are_headings() -> None:
    found = roles(
        "\n".join([HEADLINE, LEAD, BODY[0], "A Long Dispute", *BODY[1:3], "What Comes Next", *BODY[3:]])
    )
    assert found["A Long Dispute"] == "heading"
    assert found["What Comes Next"] == "heading"


@pytest.mark.parametrize(
    "dateline",
    [
        "HALDEN, May 4 (Reuters) -", "HALDEN, Norland (AP) _", "HALDEN, Norland (AP)_", "Halden (AFP) –",
        "New Halden, 4 May 2011 —", "N'HALDEN --", "HALDEN/NORSUND —",
    ],
)  # fmt: skip
def test_dateline_of_a_wire_story_is_a_passage_of_its_own(dateline: str) -> None:
    text = "\n".join([f"{dateline} {LEAD}", *BODY])
    first, second = label(text)[:2]
    assert (text[first.start : first.end], first.role) == (dateline, "dateline")
    assert (text[second.start : second.end], second.role) == (LEAD, "body")


def test_dateline_of_a_short_lead_is_one_too() -> None:
    text = "Crossing Opens\n\nHALDEN, May 4 - Guards opened the gates.\n\nThey will stay open, both sides said.\n"
    assert "HALDEN, May 4 -" in [text[p.start : p.end] for p in label(text) if p.role == "dateline"]


@pytest.mark.parametrize(
    "words", ["Foreign Minister — the third in a year — left.", "He left, May 4 or not."]
)
def test_words_before_a_dash_are_no_dateline(words: str) -> None:
    assert all(p.role != "dateline" for p in label("\n".join([f"{words} {LEAD}", *BODY])))


def test_wrapped_lines_are_joined_into_paragraphs() -> None:
    wrapped = "Norland and Sudria agreed on Tuesday to reopen four border\ncrossings that had been closed since spring, after\nnine hours of talks in the port of Halden, officials from\nboth governments said.\n"
    text = (
        wrapped
        + "    The closure had cost hauliers on both sides several\nmillion crowns a week, according to a chamber of\ncommerce. A further round of talks is planned for autumn,\nwhen the two governments will speak about a railway.\n"
    )
    found = label(text)
    assert len(found) == 2
    assert text[found[1].start : found[1].end].startswith("The closure")
    assert text[found[1].start : found[1].end].endswith("railway.")


def test_lines_that_are_paragraphs_stay_apart() -> None:
    assert len(blocks("\n".join([LEAD, *BODY]))) == 6


def test_passage_in_another_language_says_so() -> None:
    french = "Les deux parties ont annoncé mardi qu'elles se reverraient avant la fin de l'année."
    text = "\n".join([LEAD, BODY[0], french, *BODY[1:]])
    assert [p.language for p in label(text)] == ["en", "en", "fr", "en", "en", "en", "en"]


def test_short_lines_take_the_language_around_them() -> None:
    text = "\n".join(
        [
            "Accord entre Norland et Sudria",
            "Les deux parties ont annoncé mardi qu'elles se reverraient bientôt.",
        ]
    )
    assert {p.language for p in label(text)} == {"fr"}


def test_given_title_is_the_headline() -> None:
    text = "\n".join(["WORLD NEWS DESK", HEADLINE, LEAD, *BODY])
    found = label(text, title=HEADLINE)
    assert [text[p.start : p.end] for p in found if p.role == "headline"] == [HEADLINE]


def test_a_last_paragraph_below_a_list_of_stories_is_still_read() -> None:
    late = (
        "The border office, the crossings and the fishing quota between Norland and Sudria will be spoken of again when "
        "the governments meet in autumn, officials said, and the ministers of both countries know that the dispute over "
        "the closure has cost them more than the talks in Halden could repair."
    )
    found = roles("\n".join([HEADLINE, LEAD, *BODY, "More From Our Writers", "The Bottom Line", late, "Related stories",
                         "Whale Seen in Halden Harbour for First Time in Years", "Leave a Reply"]))  # fmt: skip
    assert found[late] == "body"
    assert found["Leave a Reply"] == "furniture"


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)
lines = st.lists(st.one_of(words, st.sampled_from(PAGE)), max_size=25)


@given(lines, st.sampled_from(["\n", "\r\n", "\n\n", "\r", "\u2028"]))
def test_every_word_has_one_role(parts: list[str], end: str) -> None:
    text = end.join(parts)
    found = label(text)
    at = 0
    for p in found:
        assert at <= p.start < p.end
        assert not text[at : p.start].strip()
        assert text[p.start : p.end].strip() == text[p.start : p.end]
        at = p.end
    assert not text[at:].strip()
    if any(c.isalnum() for c in text):
        assert any(p.role in READ_ROLES for p in found)
    assert found == label(text)
