"""Agreement between coders, on sums that can be checked by hand."""

from __future__ import annotations

import pytest

from onrecord.measure import agreement
from onrecord.measure.agreement import alpha
from onrecord.measure.attributions import Gold, Roles
from onrecord.measure.events import Coding
from onrecord.measure.gold import Document, Strings


def test_alpha_of_a_published_example() -> None:
    # Krippendorff, Computing Krippendorff's alpha-reliability (2011), A: binary data, two observers, .095
    one = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    other = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert alpha([{"a": one, "b": other}]) == pytest.approx(0.095, abs=0.001)


def test_full_agreement_is_one_and_units_are_pooled_over_texts() -> None:
    assert alpha([{"a": [1, 2], "b": [1, 2]}, {"a": [3], "c": [3]}]) == 1.0


def test_it_is_not_defined_for_one_coder_or_one_value() -> None:
    assert alpha([{"a": [1, 2]}]) is None
    assert alpha([{"a": [1, 1], "b": [1, 1]}]) is None
    assert alpha([]) is None


TEXT = "The envoy said the talks were useful."


def said(content: tuple[int, int]) -> Gold:
    return Gold(TEXT, (Roles(((0, 9),), ((10, 14),), (content,)),))


def test_statements_agree_token_by_token_in_each_role() -> None:
    document = Document("a", TEXT, {"a": said((15, 36)), "b": said((19, 36))})
    told = agreement.of_statements([document, Document("b", TEXT, {"a": said((15, 36))})])
    assert told["source"] == told["cue"] == 1.0
    assert told["content"] is not None
    assert 0 < told["content"] < 1


def test_events_agree_text_by_text_on_the_set_of_types() -> None:
    both = Document("a", "A.", {"a": (Coding("AID"),), "b": (Coding("AID"), Coding("AID"))})
    none = Document("b", "B.", {"a": (), "b": ()})
    assert agreement.of_events([both, none]) == {"types": 1.0}


def test_times_agree_on_where_and_on_the_value() -> None:
    def time(value: str) -> tuple[dict[str, object], ...]:
        return ({"start": 0, "end": 3, "type": "DATE", "value": value},)

    told = agreement.of_times([Document("a", TEXT, {"a": time("2001"), "b": time("2002")})])
    assert told["expression"] == 1.0
    assert told["value"] is not None
    assert told["value"] < 1


def test_pages_agree_on_strings_that_all_judged() -> None:
    by = {"a": Strings(("x", "y"), ("z",)), "b": Strings(("x",), ("z", "w"))}
    assert agreement.of_passages([Document("a", "x y z w", by)]) == {"of the article": 1.0}
