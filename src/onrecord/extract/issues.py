"""What an article is about, in the terms of the taxonomy."""

from __future__ import annotations

from onrecord.facts.issues import Taxonomy
from onrecord.types import READ_ROLES, IssueWeight, Parsed


def weigh(parsed: Parsed, taxonomy: Taxonomy) -> tuple[IssueWeight, ...]:
    """Each issue's share of the issue terms in the passages that are read, largest first."""
    text = parsed.article.text
    read = [text[p.start : p.end] for p in parsed.passages if p.role in READ_ROLES]
    return tuple(
        IssueWeight(id=issue, label=taxonomy.label(issue), weight=round(weight, 4))
        for issue, weight in taxonomy.weights(read).items()
    )
