"""Time expressions: found, read and set against the day of writing. No model: tense is set by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.syntax import parse
from onrecord.annotate.times import calendar, normalise, recognise
from onrecord.annotate.times.grammar import find, meaning_of
from onrecord.settings import LANGUAGE_MODEL
from onrecord.types import Acquired, Article, Parsed, Passage, Range, TimeExpr

CASES = Path(__file__).parent / "cases"
ENGLISH = spacy.blank("en")


def lines(name: str) -> list[str]:
    told = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [line for line in told if line.strip() and not line.startswith("#")]


def parsed(text: str, *, written: Range | None = None) -> Parsed:
    day = written.start if written and written.days == 1 else None
    article = Article(id="a", path="a", text=text, published=day, published_range=written)
    return Parsed(
        article=article, passages=(Passage(start=0, end=len(text), role="body"),), doc=ENGLISH(text)
    )


def times_of(text: str, *, written: Range | None = None, looks: str | None = None) -> tuple[TimeExpr, ...]:
    found = recognise(parsed(text, written=written))
    told = tuple(msgspec.structs.replace(t, looks=looks) for t in found.times)
    return normalise(replace(found, times=told)).times


def days(told: str) -> Range | None:
    return None if told == "-" else Range(*map(date.fromisoformat, told.split("/")))


@pytest.mark.parametrize("line", lines("times.txt"))
def test_expression_is_found_with_its_value_and_days(line: str) -> None:
    written, marked, looks, kind, value, covered = (cell.strip() for cell in line.split("|"))
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    day = date.fromisoformat(written)
    found = times_of(text, written=Range(day, day), looks=None if looks == "-" else looks)
    here = [t for t in found if t.start < end and start < t.end]
    assert [(t.type, t.value, t.range) for t in here] == [(kind, value, days(covered))]
    assert here[0].start in (start, start + 3), "the words in brackets, or without their preposition"
    assert text[here[0].start : here[0].end] == here[0].text


@pytest.mark.parametrize("sentence", lines("not_times.txt"))
def test_words_that_only_look_like_time_are_left(sentence: str) -> None:
    assert [t.text for t in times_of(sentence)] == []


def test_without_a_date_values_stay_as_open_as_the_words() -> None:
    found = times_of("Last week, on Friday, in October and in 1998.")
    assert [(t.value, t.range is None) for t in found] == [
        ("XXXX-WXX", True), ("XXXX-WXX-5", True), ("XXXX-10", True), ("1998", False),
    ]  # fmt: skip


def test_a_range_of_dates_gives_a_value_where_all_its_days_agree() -> None:
    written = Range(date(2017, 7, 7), date(2017, 7, 10))
    (friday,) = times_of("They met Friday.", written=written, looks="past")
    assert (friday.value, friday.range) == ("2017-07-07", Range(date(2017, 7, 7), date(2017, 7, 7)))
    (yesterday,) = times_of("They met yesterday.", written=written)
    assert (yesterday.value, yesterday.range) == ("XXXX-XX-XX", Range(date(2017, 7, 6), date(2017, 7, 9)))


def test_a_year_earlier_than_a_quarter_is_a_quarter() -> None:
    found = times_of(
        "In the third quarter of 2003 it earned less than a year earlier.",
        written=days("2003-11-01/2003-11-01"),
    )
    assert [t.value for t in found] == ["2003-Q3", "2002-Q3"]


def test_furniture_is_listed_too() -> None:
    text = "See also: the year 2024."
    page = replace(parsed(text), passages=(Passage(start=0, end=len(text), role="furniture"),))
    assert [t.value for t in recognise(page).times] == ["2024"]


@given(st.dates(min_value=date(1400, 1, 1), max_value=date(2100, 12, 31)), st.sampled_from("DWMQY"))
def test_a_value_covers_the_day_it_was_made_of(day: date, unit: str) -> None:
    covered = calendar.days_of(calendar.value_at(day, unit))
    assert covered is not None and covered.start is not None and covered.end is not None
    assert covered.start <= day <= covered.end


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)),
    st.integers(-500, 500),
    st.sampled_from("DWMQY"),
)
def test_moving_there_and_back_stays_within_the_unit(day: date, count: int, unit: str) -> None:
    back = calendar.moved(calendar.moved(day, count, unit), -count, unit)
    assert abs(back - day) <= timedelta(3 if unit in "MQY" else 0)


@given(st.text(max_size=200))
def test_expressions_of_any_text_are_cut_from_it_in_order(text: str) -> None:
    at = 0
    for start, end, meaning in find(text):
        assert at <= start < end <= len(text)
        assert meaning_of(text[start:end]) == meaning
        at = end


@pytest.mark.parametrize(
    ("year", "told"), [(1998, "04-12"), (2000, "04-23"), (2016, "03-27"), (2024, "03-31")]
)
def test_easter(year: int, told: str) -> None:
    assert calendar.easter(year) == date.fromisoformat(f"{year}-{told}")


@pytest.mark.parametrize(
    "sentence", ['He said so on ABC\'s "This Week".', "They spoke on “This Morning,” a show."]
)
def test_a_programme_in_quotation_marks_is_no_time(sentence: str) -> None:
    assert not times_of(sentence)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The airline plans daily flights.", []),
        ("Output rose 20% annually.", []),
        ("It makes 10,000 units annually.", []),
        ("They meet daily.", ["P1D"]),
    ],
)  # fmt: skip
def test_an_adverb_that_tells_a_rate_is_no_time(sentence: str, found: list[str]) -> None:
    article = Article(id="a", path="a", text=sentence)
    whole = (Passage(start=0, end=len(sentence), role="body"),)
    (read,) = parse([Acquired(article=article, passages=whole)], LANGUAGE_MODEL)
    assert [t.value for t in recognise(read).times] == found


@pytest.mark.parametrize(
    ("sentence", "looks"),
    [
        ("Under the accord, announced Friday, holders would get a share.", "past"),
        ("The truce had been due to expire Friday.", "past"),
        ("The truce is due to expire Friday.", "future"),
    ],
)  # fmt: skip
def test_a_participle_and_what_had_been_due_look_back(sentence: str, looks: str) -> None:
    article = Article(id="a", path="a", text=sentence)
    whole = (Passage(start=0, end=len(sentence), role="body"),)
    (read,) = parse([Acquired(article=article, passages=whole)], LANGUAGE_MODEL)
    assert [t.looks for t in recognise(read).times] == [looks]


@pytest.mark.parametrize(
    ("dateline", "today"),
    [("KANDY, Wed. -", "1989-07-19"), ("KANDY -", "1989-07-20"), ("KANDY, Fri. -", "1989-07-20")],
)
def test_today_is_the_weekday_of_the_dateline_in_the_next_morning_s_paper(dateline: str, today: str) -> None:
    text = f"{dateline} They met today."
    thursday = date(1989, 7, 20)
    read = parsed(text, written=Range(thursday, thursday))
    told = (
        Passage(start=0, end=len(dateline), role="dateline"),
        Passage(start=len(dateline) + 1, end=len(text), role="body"),
    )
    found = normalise(recognise(replace(read, passages=told))).times
    assert [t.range for t in found if t.text == "today"] == [Range(*[date.fromisoformat(today)] * 2)]
