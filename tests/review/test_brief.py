"""What a brief says, and what it must never say."""

from __future__ import annotations

import html
import json
import re
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import UsageError
from onrecord.review import brief, render_brief
from onrecord.review.briefing import brief_of
from onrecord.review.material import between
from onrecord.types import Account, MergedAgreement, MergedMeeting, Statement, day_range, printable
from tests.review.material import SECOND, TEXT, MemoryRecord

RECORD = MemoryRecord()


def test_rows_gathered_once_give_the_same_brief() -> None:
    assert brief_of(between(RECORD, "NOR", "Peru")) == brief(RECORD, between=("NOR", "PER"))


def test_the_pair_that_deals_most_is_taken_when_none_is_named() -> None:
    assert set(brief(RECORD).between) == {"NOR", "PER"}


@pytest.mark.parametrize("asked", [("NOR", "PER"), ("Norway", "peru"), ("state:NOR", "PER")])
def test_a_side_is_named_by_code_name_or_id(asked: tuple[str, str]) -> None:
    assert brief(RECORD, between=asked).between == ("NOR", "PER")


def test_a_side_that_is_not_there_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UsageError, match="Norway"):
        brief(RECORD, between=("Norwai", "PER"))


def test_every_quotation_is_cut_from_its_source() -> None:
    made = brief(RECORD, between=("NOR", "PER"))
    texts = {n.number: {"a-1": TEXT, "a-2": SECOND}[n.article] for n in made.sources}
    quotes = [q for section in made.issues for side in section.sides.values() for q in side]
    assert len(quotes) == 3
    assert all(q.quote == texts[q.source][q.span[0] : q.span[1]] for q in quotes)


def test_each_side_has_its_place_and_the_newest_stands_first() -> None:
    (section,) = brief(RECORD, between=("NOR", "PER")).issues
    assert [q.quote for q in section.sides["Peru"]] == ["there was no price", "that a price was agreed"]
    assert len(section.sides["Norway"]) == 1


def test_media_of_a_country_do_not_speak_for_it() -> None:
    made = brief(RECORD, between=("NOR", "PER"))
    assert "Fjord Post" not in {q.speaker for s in made.issues for side in s.sides.values() for q in side}


def test_bounds_leave_out_what_was_said_before() -> None:
    made = brief(RECORD, between=("NOR", "PER"), since=date(2011, 6, 1))
    assert [q.statement for s in made.issues for side in s.sides.values() for q in side] == ["s-3"]
    assert made.meetings == ()


def test_the_first_paragraph_begins_with_what_changed() -> None:
    made = brief(RECORD, between=("NOR", "PER"))
    assert made.lead[0] == "New on the agenda: Trade."
    assert made.lead[1].startswith("The last meeting on record is that of Ida Berg and Juan Paz in Oslo")


def test_the_newest_act_of_a_side_stands_in_the_first_paragraph() -> None:
    record = MemoryRecord()
    (article, said) = record._rows[Statement][-1]
    words = {"act": "reject", "quote": "the offer"}
    record._rows[Statement][-1] = (article, msgspec.structs.replace(said, **words))
    told = brief(record, between=("NOR", "PER")).lead
    assert "Juan Paz (Peru) rejected: ‹the offer› (10 June 2011)." in told
    swapped = brief(record, between=("PER", "NOR")).lead
    assert sorted(told) == sorted(swapped)


def test_the_newest_agreement_stands_in_the_first_paragraph_once_it_was_made() -> None:
    record = MemoryRecord()
    told = Account(article="a-2", row="g-1", evidence=())
    deal = MergedAgreement(
        id="G-1", parties=("state:NOR", "state:PER"), subject="agreement on fish", evidence=(), articles=1,
        independent=1, accounts=(told,), made_on=day_range(date(2011, 6, 9)),
    )  # fmt: skip
    record._rows[MergedAgreement] = [("", deal)]
    assert "Agreed: agreement on fish (9 June 2011)." in brief(record, between=("NOR", "PER")).lead
    proposed = msgspec.structs.replace(deal, state="proposed")
    record._rows[MergedAgreement] = [("", proposed)]
    assert not any("Agreed" in s for s in brief(record, between=("NOR", "PER")).lead)


def test_of_two_who_have_no_article_together_the_brief_says_so() -> None:
    told = brief(RECORD, between=("NOR", "PER"), since=date(2012, 1, 1)).lead
    assert told == ("No article on record tells of Norway and Peru together.",)


def test_an_announced_meeting_is_not_ahead_once_a_later_one_was_held() -> None:
    record = MemoryRecord()
    (_, met) = record._rows[MergedMeeting][0]
    early = msgspec.structs.replace(met, id="M-0", status="prospective", date=None)
    late = Account(article="a-2", row="m-9", evidence=early.evidence)
    record._rows[MergedMeeting] += [("", early)]
    held = msgspec.structs.replace(met, date=day_range(date(2011, 6, 1)))
    record._rows[MergedMeeting][0] = ("", held)
    assert not any("was ahead" in s for s in brief(record, between=("NOR", "PER")).lead)
    record._rows[MergedMeeting][-1] = ("", msgspec.structs.replace(early, accounts=(late,)))
    assert any("was ahead" in s for s in brief(record, between=("NOR", "PER")).lead)


def test_words_that_are_no_plain_saying_show_the_article_s_verb() -> None:
    record = MemoryRecord()
    (article, said) = record._rows[Statement][-1]
    other = msgspec.structs.replace(said, cue_text="has never been coy about", negated=True)
    record._rows[Statement][-1] = (article, other)
    assert "“has never been coy about”: ‹there was no price›" in render_brief(brief(record), "text")


def test_an_unknown_issue_is_refused_with_those_known() -> None:
    with pytest.raises(UsageError, match="fisheries, trade"):
        brief(RECORD, between=("NOR", "PER"), issue="fish")


@pytest.mark.parametrize("format", ["text", "md", "html"])
def test_every_cited_number_is_among_the_sources(format: str) -> None:
    told = html.unescape(re.sub(r"<[^>]+>", "", render_brief(brief(RECORD), format)))
    cited = {int(n) for n in re.findall(r"\[(\d)\]", told)}
    assert cited == {1, 2}


def test_json_holds_the_same_parts_as_the_text() -> None:
    told = json.loads(render_brief(brief(RECORD), "json"))
    assert told["between"] == ["NOR", "PER"]
    assert {
        "lead",
        "meetings",
        "issues",
        "agreements",
        "disputes",
        "changes",
        "unknown",
        "sources",
    } <= told.keys()


def test_words_of_an_article_cannot_become_markup() -> None:
    record = MemoryRecord()
    bad = record._articles["a-1"]
    record._articles["a-1"] = msgspec.structs.replace(bad, title="<script>alert(1)</script>")
    told = render_brief(brief(record), "html")
    assert "<script>" not in told
    assert "&lt;script&gt;" in told


def test_characters_that_html_cannot_hold_are_replaced_one_for_one() -> None:
    record = MemoryRecord()
    bad = record._articles["a-1"]
    record._articles["a-1"] = msgspec.structs.replace(bad, title="A\0B\x1b \x0b\x9f\ufffe\udc00\tC")
    told = render_brief(brief(record), "html")
    assert "A�B� ����" in told
    assert not re.search("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", told)


@given(st.text())
def test_what_replaces_barred_characters_keeps_every_offset(text: str) -> None:
    kept = printable(text)
    assert len(kept) == len(text)
    assert printable(kept) == kept
    assert all(a == b for a, b in zip(kept, text, strict=True) if a != "\ufffd")


def test_a_format_that_does_not_exist_is_refused_with_those_known() -> None:
    with pytest.raises(UsageError, match="html, json, md, text"):
        render_brief(brief(RECORD), "pdf")


def test_a_joint_statement_stands_on_both_sides_with_all_who_made_it() -> None:
    record = MemoryRecord()
    both = ("person:ida-berg", "person:juan-paz")
    rows = record.rows
    record.rows = lambda kind: (  # type: ignore[method-assign]
        (a, msgspec.structs.replace(r, speakers=both) if getattr(r, "id", "") == "s-1" else r)
        for a, r in rows(kind)
    )
    (section,) = [s for s in brief(record, between=("NOR", "PER")).issues if s.id == "fisheries"]
    told = {
        side: [q.speaker for q in quotes if q.statement == "s-1"] for side, quotes in section.sides.items()
    }
    assert told == {"Norway": ["Ida Berg and Juan Paz"], "Peru": ["Ida Berg and Juan Paz"]}
