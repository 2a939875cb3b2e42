"""Names as they are written: in capitals, with ordinals, in letters of another alphabet."""

from __future__ import annotations

import re

import msgspec

from onrecord.facts import letters
from onrecord.facts.actors import Registry
from onrecord.types import Mention

_ORDINAL = re.compile(r"^(\S+ .*\S) (?:II|III|IV)$")


def spelled(name: str) -> str:
    """A name as it is usually written: straight apostrophes, no word all in capitals, no "III" at its end."""
    plain = _ORDINAL.sub(r"\1", name.replace("’", "'"))
    return plain.title() if plain.isupper() and len(plain) > 3 else plain


def is_person(mention: Mention) -> bool:
    """Whether a mention is a person's name."""
    return mention.form == "name" and any(k.startswith("person:") for k in mention.keys[:1])


def only_short(mention: Mention, registry: Registry) -> bool:
    """Whether the words are a family name of two words ("van Rompuy")."""
    entries = registry.forms.get(mention.text, ())
    first = mention.text.split()[0]
    return (bool(entries) and all(e.use == "short" for e in entries)) or first.islower()


def as_written(text: str, mention: Mention) -> Mention:
    """A mention in the article's own letters, with a warning where some are of another alphabet."""
    if text == mention.text and text.isascii():
        return mention
    strange = letters.strangers(text)
    reason = f"{mention.reason}; holds {', '.join(strange)}" if strange else mention.reason
    return msgspec.structs.replace(mention, text=text, reason=reason)
