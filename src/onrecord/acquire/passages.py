"""Passages of plain text."""

from __future__ import annotations

import re

from onrecord.types import Passage


def label(text: str, *, title: str | None = None, language: str | None = None) -> tuple[Passage, ...]:
    """Each non-empty line is a passage of the body; the first one is the headline."""
    return tuple(
        Passage(start=m.start(), end=m.end(), role="body" if i else "headline", language="en")
        for i, m in enumerate(re.finditer(r"\S[^\n]*", text))
    )
