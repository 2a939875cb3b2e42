"""Issues that the words of a statement touch on."""

from __future__ import annotations

from onrecord.facts.issues import Taxonomy


def tag(taxonomy: Taxonomy | None, text: str) -> tuple[str, ...]:
    """Ids of issues, as the taxonomy orders them; none without a taxonomy."""
    return taxonomy.tag(text) if taxonomy is not None else ()
