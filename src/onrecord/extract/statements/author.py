"""The author's own assessments and forecasts, kept apart from what the article reports others to have said."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.facts.issues import Taxonomy
from onrecord.types import Parsed, Statement


def assessments(parsed: Parsed, reported: Sequence[Statement], taxonomy: Taxonomy) -> tuple[Statement, ...]:
    """Sentences in the author's voice that judge or foretell."""
    return ()
