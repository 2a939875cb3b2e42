"""Two times side by side."""

from __future__ import annotations

import json
from datetime import date

from onrecord.review import compare, render_comparison
from onrecord.types import Range
from tests.review.material import MemoryRecord

MAY = Range(date(2011, 5, 1), date(2011, 5, 31))
JUNE = Range(date(2011, 6, 1), date(2011, 6, 30))


def test_an_issue_is_new_gone_or_in_both() -> None:
    made = compare(MemoryRecord(), between=("NOR", "PER"), at=(MAY, JUNE))
    assert (made.issues_new, made.issues_gone, made.issues_both) == (("Trade",), ("Fisheries",), ())


def test_a_tone_of_one_row_is_too_few_and_of_none_not_known() -> None:
    made = compare(MemoryRecord(), between=("NOR", "PER"), at=(MAY, JUNE))
    assert made.tone == (None, None)
    assert [t.rows for t in made.tone_rows["all"]] == [1, 0]
    told = render_comparison(made, "text")
    assert "10 cooperation): too few (1 row) → not known" in told
    assert "own voice: too few (1 row) → not known" in told


def test_json_has_the_agreed_names() -> None:
    told = json.loads(
        render_comparison(compare(MemoryRecord(), between=("NOR", "PER"), at=(MAY, JUNE)), "json")
    )
    wanted = {"between", "at", "issues_new", "issues_gone", "issues_both", "shifts", "tone", "tone_spoken"}
    assert wanted | {"meetings", "agreements", "disputes"} <= told.keys()


def test_the_sides_swapped_say_the_same() -> None:
    one = compare(MemoryRecord(), between=("NOR", "PER"), at=(MAY, JUNE))
    other = compare(MemoryRecord(), between=("PER", "NOR"), at=(MAY, JUNE))
    assert (one.tone, one.meetings, one.disputes) == (other.tone, other.meetings, other.disputes)
