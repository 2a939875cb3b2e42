"""Passages of plain text."""

from __future__ import annotations

import re

from onrecord.types import Passage


def label(text: str) -> tuple[Passage, ...]:
    """Each non-empty line is a passage of the body."""
    return tuple(Passage(start=m.start(), end=m.end(), role="body") for m in re.finditer(r"\S[^\n]*", text))
