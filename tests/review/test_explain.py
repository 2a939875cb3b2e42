"""The chain from characters to row."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from onrecord.errors import UsageError
from onrecord.review import explain, render_explanation
from tests.review.material import MemoryRecord


def test_a_statement_leads_back_to_its_characters() -> None:
    told = render_explanation(explain(MemoryRecord(), "s-1"), "text")
    assert '"We will sell fish,"' in told
    assert "quotation marks" in told
    assert "a-1.txt" in told


def test_a_merged_meeting_leads_to_each_account() -> None:
    steps = explain(MemoryRecord(), "M-1").steps
    assert any(s.what == "told by Fjord Post" and "met Juan Paz" in s.told for s in steps)


def test_an_id_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="s-9"):
        explain(MemoryRecord(), "s-9")


def test_it_says_what_would_change_the_row() -> None:
    assert explain(MemoryRecord(), "s-1").steps[-1].what == "what would change it"
    assert "onrecord correct RECORD.db s-1" in explain(MemoryRecord(), "s-1").steps[-1].told


def test_a_correction_is_told_as_a_person_s_with_what_stood_there() -> None:
    record = MemoryRecord()
    _, article, said = record.row("s-1") or (None, "", None)
    record.row = lambda _: (None, article, replace(said, corrected=("k-1",)))  # type: ignore
    steps = {s.what: s.told for s in explain(record, "s-1").steps}
    assert steps["corrected by a person"] == (
        "act of “We will sell fish”: deny, not say (Ana, 2026-11-26: she denied it) [k-1]"
    )


def test_the_row_tells_no_empty_fields() -> None:
    told = {s.what: s.told for s in explain(MemoryRecord(), "s-1").steps}["row"]
    assert told.startswith("id s-1; speaker ")
    assert all(field.partition(" ")[2].strip() for field in told.split("; "))
