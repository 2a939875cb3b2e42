from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from onrecord import building
from onrecord.settings import Settings
from onrecord.types import Reading, Span, Statement, cut, day_range

FOLDER = Path(__file__).parent / "cases"
PUBLISHED = date(2015, 6, 15)


def lines(name):
    told = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in told if line and not line.startswith("#")]


def cases(*names):
    for name in names:
        for line in lines(name):
            marks = [pytest.mark.xfail(strict=True)] if line.startswith("?") else []
            yield pytest.param(line.removeprefix("? "), marks=marks)


CASES = [*cases("events.txt", "codebook.txt", "newswire.txt")]
STATUSES = [*cases("status.txt")]
QUIET = lines("quiet.txt")


def countries(ids, parsed, coded):
    cast = {**parsed.actors, **coded.actors}
    found = {cast[i].country or cast[i].sector for i in ids}
    return {c for c in found if c}


def side(told):
    return set() if told == "-" else set(told.split("+"))


@pytest.mark.parametrize("case", CASES)
def test_language_case(case, read):
    told, sentence = case.split(" | ")
    parsed, coded = read(sentence, published=PUBLISHED)
    if told == "NONE":
        assert coded.events == ()
        return
    kind, status, actors, _, recipients = told.split()
    assert coded.events, "no event"
    first = coded.events[0]
    assert first.type == kind
    assert first.status in status.split("/")
    assert countries(first.actors, parsed, coded) == side(actors)
    assert countries(first.recipients, parsed, coded) == side(recipients)


@pytest.mark.parametrize("case", STATUSES)
def test_status(case, read):
    told, sentence = case.split(" | ")
    _, coded = read(sentence, published=PUBLISHED)
    assert coded.events, "no event"
    assert coded.events[0].status == told


def test_sport_weather_and_disasters_bring_at_most_three_events_in_a_hundred_sentences(read):
    told = [event for sentence in QUIET for event in read(sentence)[1].events]
    assert len(told) <= 0.03 * len(QUIET), [(e.type, e.text) for e in told]


def test_every_event_is_cut_from_the_text(read):
    text = (
        "Kenya accused Uganda of fishing in its waters. Uganda rejected the charge, and Kenya seized a boat."
    )
    _, coded = read(text)
    assert len(coded.events) >= 2
    for event in coded.events:
        assert event.trigger_text == cut(text, event.trigger)
        assert event.text == cut(text, event.evidence)
        assert event.why


def test_two_readings_give_the_same_rows(read):
    text = (
        "Norway and Chad signed a treaty on Monday. Chad praised Norway and threatened Sudan with sanctions."
    )
    assert read(text)[1] == read(text)[1]


def test_every_side_is_an_actor_of_the_reading(read):
    parsed, coded = read(
        "Artillery hit Aleppo. Turkish police arrested students in Izmir and deported Georgians."
    )
    cast = {**parsed.actors, **coded.actors}
    assert all(i in cast for e in coded.events for i in (*e.actors, *e.recipients))


def test_event_inside_a_statement_rests_on_it(read):
    text = "Kenya said that Uganda had attacked Rwanda."
    start = text.index("that")
    said = Statement(
        id="s-1", source=(Span(0, 5),), cue=(Span(6, 10),), content=(Span(start, len(text) - 1),),
        speaker="state:KEN", speech="indirect", act="say",
    )  # fmt: skip
    _, coded = read(text, statements=(said,))
    assault = next(e for e in coded.events if e.type == "ASSAULT")
    assert assault.on_word_of == "s-1"


def test_event_without_time_words_has_the_articles_day(read):
    day = date(2014, 5, 6)
    _, coded = read("Kenya praised Uganda.", published=day)
    assert (coded.events[0].date, coded.events[0].date_basis) == (day_range(day), "article date")


def test_event_without_any_date_says_so(read):
    _, coded = read("Kenya praised Uganda.")
    assert (coded.events[0].date, coded.events[0].date_basis) == (None, None)


def test_event_of_long_ago_is_historical(read):
    _, coded = read("Ethiopia attacked Eritrea in 1998.", published=date(2014, 5, 6))
    assert coded.events[0].status == "historical"


def test_agreement_to_meet_is_no_meeting(read):
    _, coded = read("The leaders of Greece and Albania agreed to meet in autumn.")
    assert "CONSULT" not in {e.type for e in coded.events}


def test_city_that_is_hit_stands_for_no_actor(read):
    parsed, coded = read("Israeli tanks shelled Beirut.")
    event = coded.events[0]
    assert countries(event.recipients, parsed, coded) == {"LBN"}


def test_confidence_is_a_share(read):
    _, coded = read("Kenya praised Uganda.")
    assert 0.0 < coded.events[0].confidence <= 1.0


def test_date_in_a_name_dates_no_event(read):
    _, coded = read("Kenya praised the 1987 treaty with Uganda.", published=date(2014, 5, 6))
    assert coded.events[0].date == day_range(date(2014, 5, 6))


STORY = "The Kenyan president flew to Oslo on 3 May. {} The weather was mild."


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The president met the Norwegian king.", date(2014, 5, 3)),  # goes on
        (
            "The president has praised the Norwegian king.",
            date(2014, 5, 6),
        ),  # no simple past: the article's day
        ("The president praised the Norwegian king on 5 May.", date(2014, 5, 5)),  # has its own
        ("Chad praised the Norwegian king.", date(2014, 5, 6)),  # somebody else
    ],
)
def test_story_that_goes_on_has_the_day_of_the_sentence_before(sentence, told, read):
    _, coded = read(STORY.format(sentence), published=date(2014, 5, 6))
    found = next(e for e in coded.events if sentence.startswith(e.text[:12]))
    assert found.date == day_range(told)
    assert ("sentence before" in found.date_basis) is (told == date(2014, 5, 3))


def test_day_of_long_ago_does_not_carry_over(read):
    text = "The Kenyan president flew to Oslo on 3 May 2011. The president praised the Norwegian king."
    _, coded = read(text, published=date(2014, 5, 6))
    assert coded.events[-1].date == day_range(date(2014, 5, 6))


def test_story_that_goes_on_has_the_place_of_the_sentence_before(read):
    _, coded = read("The Kenyan president flew to Oslo on 3 May. The president met the king.")
    assert [e.place for e in coded.events][-1] == "Oslo"


def test_event_tells_trigger_rule_score_and_the_words_of_both_sides(read):
    _, coded = read("Turkey threatened to expel the Dutch ambassador.")
    why = coded.events[0].why
    assert why.startswith("rule 'threatened': THREATEN, score ")
    assert why.endswith("; who: Turkey; whom: the Dutch ambassador")


def test_family_name_that_ends_like_a_people_s_is_a_person(read):
    text = (
        "Prime Minister Juris Kalvans of Latvia came. Estonia's minister met Juris Kalvans in Riga on Friday."
    )
    _, coded = read(text)
    met = next(e for e in coded.events if e.trigger_text == "met")
    assert not any(a.startswith("group:") for a in met.recipients)


def test_what_a_thing_did_something_to_is_not_whom_it_stands_for(read):
    _, coded = read("It was a long war that nudged Peru and Chile to back opposite sides.")
    assert not any("state:PER" in e.actors for e in coded.events)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Norway, angry over Syria, imposed sanctions on Peru over its arms sales.",
            ("sanctions", "arms_sales"),
        ),
        (
            "Norway suspended talks with Sweden on fishing and praised Finland for help in Syria.",
            ("fisheries",),
        ),
        ("Norway praised Sweden.", ()),
    ],
)
def test_a_deed_names_the_issues_of_its_own_words(text, told, read):
    events = read(text)[1].events
    assert min(events, key=lambda e: e.trigger).issues == told


def test_a_place_in_no_listed_state_brings_no_side(tmp_path):
    table = tmp_path / "places.csv"
    table.write_text("name,aliases,country\nAvalonia,,ZZZ\n", encoding="utf-8")
    story = tmp_path / "story.txt"
    story.write_text("Britain accused Avalonia of delaying the talks.", encoding="utf-8")
    (told,) = building.read([story], settings=Settings(attributor="rules", actor_tables=(table,)))
    assert isinstance(told, Reading)
    assert "state:ZZZ" not in {a for e in told.events for a in e.actors}
