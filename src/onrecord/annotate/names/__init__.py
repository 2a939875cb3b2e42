"""Names, titles, groups and pronouns that may stand for actors, found over the readable text.

Nothing is resolved here: a mention carries `keys`, what its words may stand for, best first:

    person:… state:… org:… …        registry ids
    person:?  org:?                 a person or organisation unknown to the registry
    office:foreign minister@RUS     an office that the words name, and of which state or organisation
    role:judge@state:USA            the noun of a description, and to whom it belongs
    group:USA-officials             an unnamed group, its country first where one is told
"""

from __future__ import annotations

import dataclasses

from onrecord.annotate.names import descriptions, known, people, pronouns
from onrecord.annotate.names.spans import Found, Page, settle
from onrecord.facts.actors import Registry
from onrecord.types import Mention, Parsed


def find(parsed: Parsed, registry: Registry) -> Parsed:
    """The article with its mentions, unlinked, in text order; mentions never overlap."""
    page = Page(parsed.doc)
    sure = [f for f in known.matches(page, registry) if f.use != "short" or not people.in_other_name(page, f)]
    named = settle([*sure, *people.find(page, registry, sure)])
    described = descriptions.find(page, named, registry)
    found = settle([*named, *described, *pronouns.find(page)])
    text = parsed.article.text
    return dataclasses.replace(parsed, mentions=tuple(_mention(f, text) for f in found))


def _mention(found: Found, text: str) -> Mention:
    words = text[found.start : found.end]
    keys = found.keys or (("person:?",) if found.use == "person" else ())
    return Mention(start=found.start, end=found.end, text=words, form=found.form, keys=keys)
