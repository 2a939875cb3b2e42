"""The chain from characters to row."""

from __future__ import annotations

import pytest

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
