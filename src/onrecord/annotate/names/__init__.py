"""Names, titles, groups and pronouns that may stand for actors, found over the readable text.

Nothing is resolved here: a mention carries `keys`, what its words may stand for, best first:

    person:… state:… org:… …        registry ids; a name unknown to the registry has none
    office:foreign minister@RUS     an office named by the words, or by a title before or beside the name
    group:USA-officials             an unnamed group, its country first where one is told
"""

from __future__ import annotations

import dataclasses

from onrecord.annotate.names import groups, known, pronouns, titles
from onrecord.annotate.names.spans import Found, settle
from onrecord.facts.actors import Registry
from onrecord.types import Mention, Parsed


def find(parsed: Parsed, registry: Registry) -> Parsed:
    """The article with its mentions, unlinked, in text order; mentions never overlap."""
    named = settle(known.matches(parsed.doc, registry) + known.entities(parsed.doc, registry))
    titled = titles.find(parsed.doc, named, registry)
    grouped = groups.find(parsed.doc, titled)
    found = settle([*grouped, *pronouns.find(parsed.doc)])
    text = parsed.article.text
    return dataclasses.replace(parsed, mentions=tuple(_mention(f, text) for f in found))


def _mention(found: Found, text: str) -> Mention:
    words = text[found.start : found.end]
    return Mention(start=found.start, end=found.end, text=words, form=found.form, keys=found.keys)
