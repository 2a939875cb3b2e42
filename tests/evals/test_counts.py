"""What the other evaluations count, on answers made by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evals import dating, events, passages, speakers
from evals.speakers import Judged
from onrecord.measure.events import Coding, Outcome, by_text, by_trigger
from onrecord.measure.passages import count
from onrecord.measure.times import pairs, tally
from onrecord.types import Range, TimeExpr

# --- passages ---

PAGE = ["The ministers met", "in Lima"], ["Subscribe now", "More stories"]


def test_string_of_the_article_is_found_across_lines_and_furniture_counts_against() -> None:
    assert count(*PAGE, "The ministers\n  met in Lima") == [2, 2, 2, 2, 2]
    assert count(*PAGE, "The ministers met. Subscribe now") == [1, 2, 2, 1, 2]
    assert count(*PAGE, "") == [0, 0, 2, 2, 2]


def test_passages_are_micro_averaged_over_pages() -> None:
    told = passages.figures([[2, 2, 2, 2, 2], [1, 2, 2, 1, 2]])
    assert (told["precision"], told["recall"]) == (75.0, 75.0)
    assert told["F1"] == 75.0


# --- dating ---


def test_dating_counts_answers_right_ranges_and_short_ones() -> None:
    score = dating.Score()
    score.add("a", date(1999, 5, 3), Range(date(1999, 5, 1), date(1999, 5, 7)), "weekday")
    score.add("b", date(1999, 6, 3), Range(date(1999, 5, 1), date(1999, 5, 31)), "month")
    score.add("c", date(1999, 6, 3), None, "no clue")
    score.add("d", date(1999, 6, 3), Range(date(1999, 1, 1), date(1999, 12, 31)), "year")
    told = score.figures()
    assert told["answered"] == 75.0
    assert told["right of answered"] == pytest.approx(200 / 3)
    assert (told["range ≤ 10 days"], told["right of ≤ 10 days"]) == (25.0, 100.0)
    assert (told["range ≤ 31 days"], told["right of ≤ 31 days"]) == (50.0, 50.0)
    assert len(score.errors) == 1


def test_open_range_is_no_answer() -> None:
    score = dating.Score()
    score.add("a", date(1999, 5, 3), Range(date(1999, 5, 1), None), "after the accord")
    assert score.figures()["answered"] == 0.0


def test_constant_guess_takes_the_fullest_window() -> None:
    days = [date(2001, 1, 1), date(2001, 1, 31), date(2001, 2, 1), date(2005, 1, 1)]
    assert dating.constant_guess(days) == 0.5


# --- times ---


def found(start: int, end: int, value: str) -> TimeExpr:
    return TimeExpr(start=start, end=end, text="x" * (end - start), type="DATE", value=value)


def test_times_are_paired_one_to_one_exact_first() -> None:
    gold = [{"start": 0, "end": 10, "type": "DATE", "value": "2001-03"}]
    told = pairs(gold, [found(0, 4, "2001"), found(0, 10, "2001-03")])
    assert [f.value for _, f in told] == ["2001-03"]


def test_value_counts_only_on_a_span_that_was_found() -> None:
    gold = [
        {"start": 0, "end": 10, "type": "DATE", "value": "2001-03"},
        {"start": 20, "end": 25, "type": "DATE", "value": "2001-04"},
    ]
    strict, relaxed, value, kind = tally(gold, [found(3, 10, "2001-03"), found(30, 35, "2001-04")])
    assert (strict, relaxed, value, kind) == ([0, 2, 2], [1, 2, 2], [1, 2, 2], [1, 2, 2])


# --- speakers ---


def judged(form: str, right: bool, article: str = "a") -> Judged:
    return Judged(article, 0, form, "he", "Somebody", None, right)


def test_speakers_are_counted_by_form_and_unnamed_ones_are_not_known() -> None:
    told = speakers.figures(
        [
            judged("name", True),
            judged("pronoun", False),
            judged("pronoun", True, "b"),
            judged("unnamed", True),
        ]
    )
    assert told["all"] == 75.0
    assert told["known"] == pytest.approx(200 / 3)
    assert (told["name"], told["pronoun"], told["description"]) == (100.0, 50.0, 0.0)


# --- events ---


def record(kind: str, sources: str, targets: str = "", *, both: bool = False) -> Coding:
    return Coding(kind, frozenset(sources.split()), frozenset(targets.split()), reciprocal=both)


def coded(kind: str, sources: str, targets: str = "") -> Coding:
    return Coding(kind, frozenset(sources.split()), frozenset(targets.split()))


def outcome(told: list[Coding], *records: Coding) -> Outcome:
    made = Outcome()
    for one in records:
        made.add(one, told)
    return made


def test_types_of_a_text_count_once_and_countries_of_its_records_are_due() -> None:
    due = [record("AID", "FRA", "MLI"), record("AID", "DEU")]
    told = [coded("AID", "FRA", "MLI"), coded("AID", "FRA"), coded("ACCUSE", "FRA")]
    assert by_text(due, told)[0] == [1, 2, 1]
    assert by_text(due, told)[3] == [1, 2, 2]
    assert by_text([], told) == [[0, 2, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]]


def test_events_with_triggers_are_found_where_triggers_meet_one_to_one() -> None:
    due = [Coding("AID", spans=((0, 5),)), Coding("REJECT", spans=((10, 15),))]
    told = [Coding("AID", spans=((4, 8),)), Coding("AID", spans=((10, 15),)), Coding("AID", spans=((0, 2),))]
    assert by_trigger(due, told) == [[2, 3, 2], [1, 3, 2]]


def test_first_type_counts_and_later_ones_do_not() -> None:
    told = events.record_figures(
        [outcome([coded("AID", "FRA", "MLI"), coded("ACCUSE", "FRA")], record("ACCUSE", "FRA"))]
    )
    assert told["first type right"] == told["macro-F1"] == 0.0
    assert told["macro-F1, all types"] == 100.0
    assert told["type and countries exact"] == 100.0


def test_events_of_one_type_may_make_up_the_record_together() -> None:
    told = [coded("SANCTION", "CAN", "MMR"), coded("SANCTION", "GBR", "MMR")]
    assert outcome(told, record("SANCTION", "CAN GBR", "MMR")).counts[2] == 1


def test_sides_that_act_on_each_other_are_one_set() -> None:
    told = [coded("AGREE", "PER", "CHL")]
    figures = events.record_figures([outcome(told, record("AGREE", "PER CHL", both=True))])
    assert figures["type and countries exact"] == figures["source country recall"] == 100.0
    assert outcome(told, record("AGREE", "PER CHL")).counts[2] == 0


def test_older_codes_of_bodies_are_read_as_theirs() -> None:
    assert events.codes([{"code": "UNO"}, {"code": "KOS"}, {"code": ""}, {"code": "FRA"}]) == [
        "IGO",
        "XKX",
        "FRA",
    ]


def test_sentence_with_two_records_is_wrong_once() -> None:
    two = outcome([coded("AID", "FRA")], record("ACCUSE", "FRA"), record("REJECT", "FRA"))
    known = {"ACCUSE": 0, "AID": 1, "REJECT": 2}
    assert two.types(known).tolist() == [[0, 0, 1], [0, 1, 0], [0, 0, 1]]


def test_stories_of_one_topic_alone_are_taken(tmp_path: Path) -> None:
    def story(topics: str, body: str) -> str:
        marked = "".join(f"<D>{t}</D>" for t in topics.split())
        return f"<REUTERS><TOPICS>{marked}</TOPICS><TEXT><BODY>{body}</BODY></TEXT></REUTERS>\n"

    told = (
        story("grain", "Rain &amp; wheat.\n Reuter\n&#3;") + story("grain ship", "Port.") + story("", "None.")
    )
    (tmp_path / "reut2-000.sgm").write_text(told, encoding="latin-1")
    assert events.stories(tmp_path, "grain", 5) == ["Rain & wheat."]
    assert events.stories(tmp_path, "ship", 5) == []
