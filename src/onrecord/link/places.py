"""Places named in a text: cities, regions and states, with the state each lies in."""

from __future__ import annotations

import dataclasses
import re

from onrecord.facts.actors import Registry
from onrecord.types import Parsed, Place

_BEGIN = re.compile(r"(?<![\w@#])(?=[A-ZÀ-ÞŁİ])")


def locate(parsed: Parsed, registry: Registry) -> Parsed:
    """The article with the places it names, in text order; a city that acts as a government is none."""
    text = parsed.doc.text
    actors = sorted((m.start, m.end) for m in parsed.mentions if m.form in ("name", "metonym"))
    acting = {m.start for m in parsed.mentions if m.form == "metonym"}
    people = {s for s, _ in actors if s not in acting} - {
        m.start for m in parsed.mentions if (m.actor or "").startswith("state:")
    }
    found: list[Place] = []
    for begin in _BEGIN.finditer(text):
        start = begin.start()
        if start in acting or start in people or (found and start < found[-1].end):
            continue
        for name in registry.place_starts.get(text[start : start + 3], ()):
            end = start + len(name)
            if text.startswith(name, start) and not text[end : end + 1].isalnum():
                known = registry.places[name]
                found.append(
                    Place(start=start, end=end, text=parsed.article.text[start:end], name=known.name,
                          country=known.country, kind=known.kind)
                )  # fmt: skip
                break
    return dataclasses.replace(parsed, places=tuple(found))
