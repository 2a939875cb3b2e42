"""What the tone between two sides counts, and what it does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.facts.plover import goldstein, ontology
from onrecord.review.material import between
from onrecord.review.tone import ACT_TYPES, MIN_ROWS, Deed, Tone, deeds, mean, tone
from onrecord.types import Actor, Event, Mention, Range, Statement, day_range
from tests.review import material
from tests.review.material import TEXT, MemoryRecord, spans

MAY = Range(date(2011, 5, 1), date(2011, 5, 31))
BERG, PAZ, NORWAY, PERU, CHILE = "person:ida-berg", "person:juan-paz", "state:NOR", "state:PER", "state:CHL"


def statement(**more: Any) -> Statement:
    given = {"id": "s-9", "source": spans(TEXT, "Berg"), "cue": spans(TEXT, "denied"), "speaker": BERG,
             "content": spans(TEXT, "that a price was agreed"), "speech": "indirect", "act": "accuse",
             "quote": "that a price was agreed"}  # fmt: skip
    return Statement(**(given | more))


def event(**more: Any) -> Event:
    given = {"id": "e-9", "type": "ACCUSE", "actors": (BERG,), "recipients": (PERU,),
             "trigger": spans(TEXT, "Oslo"), "evidence": spans(TEXT, "Oslo")}  # fmt: skip
    return Event(**(given | more))


def told(
    *rows: Statement | Event, naming: tuple[str, ...] = (), naming_at: dict[int, str] | None = None
) -> list[tuple[str, str, tuple[str, ...]]]:
    """(type, voice, doers) of what counts between Norway and Peru; `naming`: actors named in the contents."""
    record = MemoryRecord()
    record._rows[Event] = [("a-1", r) for r in rows if isinstance(r, Event)]
    record._rows[Statement] += [("a-1", r) for r in rows if isinstance(r, Statement)]
    start = TEXT.index("that a price")
    named = {start + n: actor for n, actor in enumerate(naming)} | (naming_at or {})
    record._rows[Mention] = [
        ("a-1", Mention(start=at, end=at + 1, text=TEXT[at], form="name", actor=actor))
        for at, actor in named.items()
    ]
    return [
        (d.type, d.voice, d.doers)
        for d in deeds(between(record, "NOR", "PER"))
        if d.row in {r.id for r in rows}
    ]


@pytest.fixture(autouse=True)
def chile(monkeypatch: pytest.MonkeyPatch) -> None:
    third = Actor(id=CHILE, name="Chile", kind="state", country="CHL", sector="GOV")
    monkeypatch.setattr(material, "ACTORS", material.ACTORS | {CHILE: third})


def test_an_act_weighs_as_the_type_that_names_it() -> None:
    assert set(ACT_TYPES.values()) <= set(ontology().types)
    assert told(statement(), naming=(PERU,)) == [("ACCUSE", "spoken", ("NOR",))]
    assert told(statement(act="praise"), naming=(PERU,)) == [("SUPPORT", "spoken", ("NOR",))]


@pytest.mark.parametrize("more", [{"act": "say"}, {"act": "believe"}, {"hedged": True}, {"negated": True}])
def test_what_is_only_said_hedged_or_not_done_weighs_nothing(more: dict[str, Any]) -> None:
    assert told(statement(**more), naming=(PERU,)) == []


def test_who_does_not_agree_rejects() -> None:
    refused = statement(act="agree", negated=True, quote="Peru's price")
    assert told(refused, naming=(PERU,)) == [("REJECT", "spoken", ("NOR",))]


def test_words_that_name_neither_the_other_side_nor_are_told_to_it_do_not_count() -> None:
    assert told(statement()) == []
    assert told(statement(), naming=(NORWAY,)) == []
    assert told(statement(addressee=(PAZ,))) == [("ACCUSE", "spoken", ("NOR",))]


def test_words_about_a_third_state_first_do_not_count() -> None:
    assert told(statement(), naming=(CHILE, PERU)) == []
    assert told(statement(), naming=(PERU, CHILE)) == [("ACCUSE", "spoken", ("NOR",))]


def test_whom_the_words_name_first_is_praised_blamed_or_refused() -> None:
    assert told(statement(), naming=(NORWAY, PERU)) == []
    assert told(statement(act="praise"), naming=(NORWAY, PERU)) == []


def test_a_place_and_a_crowd_are_nobody_to_speak_to() -> None:
    crowd = Actor(id="group:PER-refugees", name="Peruvian refugees", kind="group", country="PER")
    material.ACTORS[crowd.id] = crowd
    assert told(statement(), naming=(crowd.id,)) == []
    assert told(statement(content=spans(TEXT, "Oslo")), naming_at={TEXT.index("Oslo"): PERU}) == []


def test_a_claim_about_the_other_side_is_no_refusal_and_no_consent() -> None:
    for act in ("deny", "reject"):
        assert told(statement(act=act, quote="that Peru fired first"), naming=(PERU,)) == []
        assert len(told(statement(act=act, quote="Peru's price"), naming=(PERU,))) == 1


def test_a_promise_counts_where_it_is_made_to_the_other_side() -> None:
    for act in ("promise", "propose", "agree"):
        assert told(statement(act=act, quote="a review"), naming=(PERU,)) == []
        assert told(statement(act=act, addressee=(PERU,))) == [("AGREE", "spoken", ("NOR",))]


def test_what_is_demanded_of_others_is_not_demanded_of_the_other_side() -> None:
    order = statement(act="demand", quote="to report on Peru")
    assert told(order, naming=(PERU,)) == []
    assert told(statement(act="demand", addressee=(CHILE,)), naming=(PERU,)) == []
    assert told(statement(act="demand"), naming=(PERU,)) == [("REQUEST", "spoken", ("NOR",))]


def test_a_warning_of_the_other_side_is_no_threat_to_it() -> None:
    assert told(statement(act="warn"), naming=(PERU,)) == []
    assert told(statement(act="warn"), naming=(NORWAY, PERU)) == [("THREATEN", "spoken", ("NOR",))]
    assert told(statement(act="warn", addressee=(PERU,))) == [("THREATEN", "spoken", ("NOR",))]


def test_an_event_counts_from_one_side_to_the_other_only() -> None:
    assert told(event()) == [("ACCUSE", "narrated", ("NOR",))]
    assert told(event(recipients=(CHILE,))) == []
    assert told(event(actors=(NORWAY, PERU), recipients=(CHILE,))) == []
    assert told(event(status="denied")) == []


def test_what_both_do_together_is_done_by_both() -> None:
    met = event(type="CONSULT", actors=(BERG, PAZ), recipients=(BERG, PAZ))
    assert told(met) == [("CONSULT", "narrated", ("NOR", "PER"))]


def test_the_journalist_is_kept_apart_from_the_sides_and_from_others() -> None:
    third = statement(id="s-8", speaker=CHILE, act="say")
    author = statement(id="s-7", speaker=None, source=(), act="forecast")
    assert told(event(on_word_of="s-1")) == [("ACCUSE", "spoken", ("NOR",))]
    assert told(event(on_word_of="s-8"), third) == [("ACCUSE", "claimed", ("NOR",))]
    assert told(event(on_word_of="s-7"), author) == [("ACCUSE", "narrated", ("NOR",))]


def test_the_verb_of_a_statement_told_as_an_event_counts_once_as_words() -> None:
    verb = event(trigger=spans(TEXT, "denied"))
    assert told(verb, statement(), naming=(PERU,)) == [("ACCUSE", "spoken", ("NOR",))]


def deed(n: int, **more: Any) -> Deed:
    given = {"row": f"e-{n}", "article": f"a-{n}", "doers": ("NOR",), "type": "ACCUSE",
             "voice": "narrated", "days": day_range(date(2011, 5, 3))}  # fmt: skip
    return Deed(**(given | more))


def test_one_row_makes_no_value() -> None:
    made = tone([deed(1)], MAY)
    assert (made.value, made.rows, made.told) == (None, 1, "too few (1 row)")
    assert tone([], MAY).told == "not known"
    assert tone([deed(n) for n in range(MIN_ROWS)], MAY).told == "-2.0 (3 rows)"


def test_copies_and_a_long_article_do_not_speak_louder() -> None:
    many = [deed(n, article="a-1") for n in range(9)]
    assert mean(many) == Tone(value=None, rows=1, behind=tuple(f"e-{n}" for n in range(9)))


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(sorted(ontology().types)), st.booleans()), min_size=3
    )
)
def test_tone_lies_between_its_rows_and_is_the_same_with_sides_swapped(
    rows: list[tuple[int, str, bool]],
) -> None:
    told = [deed(n, article=f"a-{a}", type=t, doers=("NOR",) if s else ("PER",))
            for n, (a, t, s) in enumerate(rows)]  # fmt: skip
    swap = {("NOR",): ("PER",), ("PER",): ("NOR",)}
    turned = [deed(n, article=d.article, type=d.type, doers=swap[d.doers]) for n, d in enumerate(told)]
    made = mean(told)
    assert mean(turned).value == made.value
    if made.value is not None:
        weights = [goldstein(t) for _, t, _ in rows]
        assert min(weights) - 0.05 <= made.value <= max(weights) + 0.05
