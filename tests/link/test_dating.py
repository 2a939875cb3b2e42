"""The date of an undated article: what bounds it, what brings it near, when it stays unknown. No model."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.times import recognise
from onrecord.facts.happenings import Happening, Happenings
from onrecord.link import dating
from onrecord.link.dating import days as d
from onrecord.link.dating import happened, offsets
from onrecord.link.dating.clues import Clue
from onrecord.link.dating.offsets import shipped
from onrecord.types import Article, Parsed, Passage, Range, Span

ENGLISH = spacy.blank("en")


class NoOffices:
    """A registry that knows nobody."""

    terms = ()


def happening(name: str, start: str, end: str | None = None, *, kind: str = "summit") -> Happening:
    first = date.fromisoformat(start)
    last = date.fromisoformat(end) if end else first
    return Happening(id=name.lower().replace(" ", "-"), name=name, kind=kind, start=first, end=last)


TABLE = Happenings.of(
    [
        happening("Lakeside summit", "2009-10-16"),  # a Friday
        happening("Harbour bombing", "2009-10-12", kind="attack"),
        happening("Ridge accord", "1994-03-01", kind="accord"),
        happening("Delta election", "2009-11-22", kind="election"),
        happening("Delta election", "2014-11-23", kind="election"),
    ]
)


def dated(text: str, *, furniture: str = "", article: Article | None = None) -> Article:
    whole = text + furniture
    passages = [Passage(start=0, end=len(text), role="body")]
    if furniture:
        passages.append(Passage(start=len(text), end=len(whole), role="furniture"))
    given_article = article or Article(id="a", path="a", text=whole)
    parsed = Parsed(article=given_article, passages=tuple(passages), doc=ENGLISH(whole))
    return dating.date_article(recognise(parsed), NoOffices(), TABLE).article  # type: ignore[arg-type]


def parsed(text: str) -> Parsed:
    passages = (Passage(start=0, end=len(text), role="body"),)
    article = Article(id="a", path="a", text=text)
    return recognise(Parsed(article=article, passages=passages, doc=ENGLISH(text)))


def test_a_given_date_is_believed() -> None:
    told = Article(
        id="a", path="a", text="The Lakeside summit.", published=date(1999, 5, 4), published_basis="given"
    )
    found = dated(told.text, article=told)
    assert (found.published, found.published_basis) == (date(1999, 5, 4), "given")
    assert found.published_range == Range(date(1999, 5, 4), date(1999, 5, 4))


def test_weekday_of_a_summit_fixes_the_week_after_it() -> None:
    found = dated("The two spoke at the Lakeside summit on Friday. After the Harbour bombing both had to.")
    assert found.published_basis == "inferred"
    span = found.published_range
    assert span is not None and span.start is not None and span.end is not None
    assert span.start <= date(2009, 10, 16) and date(2009, 10, 18) <= span.end <= date(2009, 10, 26)


def test_evidence_is_cut_from_the_text_and_the_reason_names_the_fact() -> None:
    text = "The two spoke at the Lakeside summit on Friday. After the Harbour bombing both had to."
    found = dated(text)
    assert any("Lakeside summit" in text[s:e] for s, e in found.published_evidence)
    assert "Lakeside summit" in (found.published_reason or "")


def test_what_is_still_to_come_bounds_from_above() -> None:
    text = "Days after the Harbour bombing, all wait for the upcoming Lakeside summit."
    span = dated(text).published_range
    assert span is not None and span.end is not None and span.start is not None
    assert span.start <= date(2009, 10, 14) <= span.end and (span.days or 0) <= 31
    between = chance(text, TABLE, date(2009, 10, 12), date(2009, 10, 16))
    assert between > 10 * chance(text, TABLE, date(2009, 10, 17), date(2009, 10, 31))


def test_an_old_accord_alone_leaves_the_date_unknown_with_a_reason() -> None:
    found = dated("Nothing has been the same since the Ridge accord.")
    assert (found.published, found.published_range, found.published_basis) == (None, None, "unknown")
    assert found.published_reason


def test_a_text_without_clues_says_so() -> None:
    found = dated("The weather was fine.")
    assert found.published_basis == "unknown"
    assert "no date" in (found.published_reason or "")


def test_years_and_summits_in_furniture_change_nothing() -> None:
    text = "The two spoke at the Lakeside summit on Friday. After the Harbour bombing both had to."
    plain = dated(text)
    with_menu = dated(text, furniture="\n\nAlso read: this year, 2024, the Delta election of Nov. 23, 2014")
    assert with_menu.published_range == plain.published_range


def test_never_the_largest_year_named() -> None:
    found = dated(
        "The two spoke at the Lakeside summit on Friday. The loan runs until 2031, the lease to 2025."
    )
    assert found.published_range is None or found.published_range.end is not None
    assert found.published_range is None or found.published_range.end < date(2011, 1, 1)  # type: ignore[operator]


def test_a_count_of_years_from_a_date_gives_the_year() -> None:
    text = "The port burnt on June 5, 1992. The Harbour bombing came nearly two years ago, on Oct. 12, 2009."
    passages = (Passage(start=0, end=len(text), role="body"),)
    parsed = Parsed(article=Article(id="a", path="a", text=text), passages=passages, doc=ENGLISH(text))
    clues = dating.find_clues(recognise(parsed), NoOffices(), TABLE)  # type: ignore[arg-type]
    (counted,) = [c for c in clues if "counted from" in c.why]
    assert counted.bound[d.number(date(2011, 10, 1))] == 0
    assert counted.bound[d.number(date(2015, 10, 1))] < -1


def test_same_text_same_date() -> None:
    text = "The two spoke at the Lakeside summit on Friday. After the Harbour bombing both had to."
    assert dated(text) == dated(text)


@given(st.integers(0, d.SIZE - 40), st.integers(1, 30), st.floats(0.5, 0.99))
def test_smallest_range_holds_the_share_asked_for(start: int, length: int, mass: float) -> None:
    weights = np.full(d.SIZE, -60.0)
    weights[start : start + length] = 0.0
    found, share = d.smallest_range(d.sums(weights), mass)
    assert share >= mass - 1e-9
    assert found.start is not None and found.end is not None
    assert d.day(start) <= found.start <= found.end <= d.day(start + length - 1)


@pytest.mark.parametrize(("places", "at", "gap"), [([5, 9], 7, 2), ([5, 9], 9, 0), ([5, 9], 4, d.NEVER)])
def test_days_since_the_last_of_several(places: list[int], at: int, gap: float) -> None:
    assert d.since(places)[at] == gap


def test_parsed_is_not_changed_in_place() -> None:
    text = "The Lakeside summit."
    parsed = Parsed(article=Article(id="a", path="a", text=text), passages=(), doc=ENGLISH(text))
    before = replace(parsed)
    dating.date_article(parsed, NoOffices(), TABLE)  # type: ignore[arg-type]
    assert parsed == before


RACE = Happenings.of(
    [
        Happening(id=f"cand-{year}-{n}", name=f"Candidacy {n} {year}", kind="candidacy", people=(who,),
                  start=date(year - 1, 3, 1), end=date(year, 11, end))
        for year, whos in ((1996, ("Ada Holm", "Ben Stroud")), (2004, ("Ada Holm", "Cleo Marsh")))
        for n, (who, end) in enumerate(zip(whos, (2, 4), strict=True))
    ]
)  # fmt: skip


def chance(text: str, table: Happenings, first: date, last: date) -> float:
    """Share of the probability that falls on the days from first to last."""
    doc = ENGLISH(text)
    passages = (Passage(start=0, end=len(text), role="body"),)
    parsed = recognise(Parsed(article=Article(id="a", path="a", text=text), passages=passages, doc=doc))
    likely = np.exp(dating.weigh(dating.find_clues(parsed, NoOffices(), table)))  # type: ignore[arg-type]
    return float(likely[d.number(first) : d.number(last) + 1].sum() / likely.sum())


def test_candidates_of_one_race_named_together_tell_its_year() -> None:
    text = "Ada Holm and Cleo Marsh took their campaigns to the coast."
    assert chance(text, RACE, date(2003, 1, 1), date(2004, 11, 4)) > 0.8


def test_candidates_of_several_races_leave_both_open() -> None:
    both = Happenings.of(
        [*RACE, Happening(id="cand-1996-9", name="Candidacy", kind="candidacy", people=("Cleo Marsh",),
                          start=date(1995, 3, 1), end=date(1996, 11, 4))]
    )  # fmt: skip
    text = "Ada Holm and Cleo Marsh took their campaigns to the coast."
    for first, last in ((date(1995, 1, 1), date(1996, 11, 4)), (date(2003, 1, 1), date(2004, 11, 4))):
        assert chance(text, both, first, last) > 0.2


def test_people_in_the_news_together_tell_the_years() -> None:
    text = "Ada Holm met Cleo Marsh."
    assert chance(text, RACE, date(2002, 1, 1), date(2006, 12, 31)) > 0.5


def test_a_race_of_the_next_year_is_no_past_year() -> None:
    text = "He is the favourite of the 2016 presidential race."
    assert chance(text, TABLE, date(2014, 1, 1), date(2015, 12, 31)) > 0.03


def test_a_name_repeated_hardly_counts_again() -> None:
    once, often = ("The Lakeside summit ended on Friday. " * n for n in (1, 6))
    at = (date(2009, 10, 16), date(2009, 10, 23))
    assert chance(often, TABLE, *at) == pytest.approx(chance(once, TABLE, *at), abs=0.15)


VOTES = Happenings.of(
    [
        happening("Borland primary 2008", "2008-03-04", kind="vote"),  # a Tuesday
        happening("Borland primary 2012", "2012-02-25", kind="vote"),  # a Saturday
        happening("Holm debate", "2007-11-26", kind="debate"),  # a Monday
        happening("Marsh debate", "2011-11-26", kind="debate"),  # a Saturday
    ]
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("She watched Monday night's debate.", "2007-11-20", "2007-12-02"),
        ("They prepared for the debate on Saturday.", "2011-11-20", "2011-12-02"),
        ("Few had voted in Saturday's primary.", "2012-02-19", "2012-03-02"),
    ],
)
def test_a_class_with_a_weekday_means_its_happenings_on_that_day(text: str, first: str, last: str) -> None:
    within = chance(text, VOTES, date.fromisoformat(first), date.fromisoformat(last))
    six_years = chance(text, VOTES, date(2007, 1, 1), date(2012, 12, 31))
    assert within > 10 * six_years * 13 / (6 * 365)  # ten times what 13 of these days would hold by chance


def test_a_day_in_another_clause_is_not_the_day_of_a_class() -> None:
    clues = dating.find_clues(parsed("He won (on Monday), debate or not."), NoOffices(), VOTES)  # type: ignore[arg-type]
    assert not [c for c in clues if "by its class" in c.rows]


def test_results_name_the_primaries_of_a_state_in_a_text_about_nominations() -> None:
    def rows(text: str) -> list[str]:
        found = dating.find_clues(parsed(text), NoOffices(), VOTES)  # type: ignore[arg-type]
        return [c.why for c in found if "by its class" in c.rows]

    assert rows("After her win in Borland she leads in delegates.")
    assert not rows("After her win in Borland the team went home.")


@pytest.mark.parametrize(("second", "pairs"), [("2009-10-16", 0), ("2009-10-14", 1)])
def test_two_names_of_one_day_are_no_pair_of_weekdays(second: str, pairs: int) -> None:
    told = Clue(Span(0, 1), "a weekday", "weekdays", np.zeros(d.SIZE))
    weeks = [(happening(name, day), told) for name, day in (("Lakeside", "2009-10-16"), ("Hill", second))]
    assert len(list(happened._one_week(weeks))) == pairs


def test_what_is_asked_for_does_not_say_that_it_came() -> None:
    table = Happenings.of([happening("Holm endorsement", "2009-10-12", kind="endorsement")])
    text = "The Holm endorsement was long sought."
    assert chance(text, table, date(2009, 6, 1), date(2009, 10, 11)) > 0.03


def test_a_weekday_within_a_name_is_none_of_its_own() -> None:
    table = Happenings.of([happening("Golden Friday", "2009-10-16")])
    clues = dating.find_clues(
        recognise(
            Parsed(
                article=Article(id="a", path="a", text="Golden Friday is near."),
                passages=(Passage(start=0, end=22, role="body"),),
                doc=ENGLISH("Golden Friday is near."),
            )
        ),
        NoOffices(),  # type: ignore[arg-type]
        table,
    )
    assert not [c for c in clues if c.why.startswith("'Friday' of")]


def test_an_old_attack_alone_does_not_date_an_article() -> None:
    assert dated("The Harbour bombing killed nine.").published_basis == "unknown"


def test_the_latest_year_named_bounds_softly() -> None:
    text = "He left the firm in 1998 and came back in 2003."
    assert chance(text, TABLE, date(1985, 1, 1), date(2012, 12, 31)) > 0.9
    just_after = chance(text, TABLE, date(2003, 1, 1), date(2004, 12, 31))
    assert just_after > 1.5 * chance(text, TABLE, date(2001, 1, 1), date(2002, 12, 31))
    assert chance(text, TABLE, date(2009, 1, 1), date(2027, 12, 31)) > 0.01


def test_a_year_that_is_a_limit_does_not_bound() -> None:
    text = "The wage is to rise by 2020."
    assert chance(text, TABLE, date(1985, 1, 1), date(2019, 12, 31)) > 0.5


def test_weights_know_no_day_and_no_name() -> None:
    """Rows are of kinds, tenses and ages of clues: none of a name, a place, a year."""
    rows = shipped().rows
    assert rows and not [row for row in rows if re.search(r"[A-Z]|\d{2}", row)]


def test_every_row_of_a_clue_has_a_weight() -> None:
    """Or is one that no fitted article held: such rows tell nothing."""
    text = "The Lakeside summit ended on Friday, Oct. 16. In March 2009, and in 2008, few had hoped for it."
    parsed = Parsed(article=Article(id="a", path="a", text=text),
                    passages=(Passage(start=0, end=len(text), role="body"),), doc=ENGLISH(text))  # fmt: skip
    clues = dating.find_clues(recognise(parsed), NoOffices(), TABLE)  # type: ignore[arg-type]
    rows = {row for c in clues for row in c.rows}
    assert {"kind summit", "month of a year 0", "latest year"} <= rows & set(shipped().rows)


def test_the_day_of_a_happening_is_told_from_days_around_it() -> None:
    starts, ends = np.array([d.number(date(2009, 10, 16))]), np.array([d.number(date(2009, 10, 18))])
    after, before = d.around(starts, ends)
    bins = offsets.pair(after, before, -1)
    at = d.number(date(2009, 10, 17))
    assert bins[at] == offsets.pair(after, before, 1)[at] == 0
    assert bins[at + 4] == np.searchsorted(offsets.EDGES, 3)
    assert bins[at - 3] == offsets.SIDE + np.searchsorted(offsets.EDGES, 2)


@given(st.lists(st.integers(-50, d.SIZE + 50), min_size=1, max_size=6))
def test_places_passed_are_counted_for_each_day(places: list[int]) -> None:
    ordered = np.array(sorted(places))
    assert (d.passed(ordered) == np.searchsorted(ordered, d.NUMBERS, side="right")).all()


def test_an_answer_says_how_sure_it_is() -> None:
    found = dated("The two spoke at the Lakeside summit on Friday. After the Harbour bombing both had to.")
    assert re.search(r"probability 0\.\d\d$", found.published_reason or "")
