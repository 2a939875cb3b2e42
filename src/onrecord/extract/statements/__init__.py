"""Who said what: attributions found by an attributor, read into statements.

An attributor finds spans (`rules` by syntax, `tagger` by our model); `assemble` reads into them who speaks,
which act it is, whether it is negated or hedged, when, where and to whom, for both alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from importlib.util import find_spec

from onrecord.errors import MissingPart
from onrecord.extract.statements import assemble, author
from onrecord.facts.issues import Taxonomy
from onrecord.registry import part
from onrecord.settings import Settings
from onrecord.types import Actor, Attributor, Marker, Parsed, Statement


def attributor(settings: Settings) -> Attributor:
    """The attributor that the settings ask for; `auto` takes the tagger where its weights are installed.

    Raises:
        UsageError: no attributor has that name.
        MissingPart: the tagger was asked for and its weights are not installed.
    """
    name = settings.attributor
    if settings.fast:
        name = "rules"
    elif name == "auto":
        name = "tagger" if _tagger_installed() else "rules"
    made: Attributor = part("attributor", name)()
    return made


def authors(parsed: Parsed, said: Iterable[Statement]) -> dict[str, Actor]:
    """The article's author as an actor, where a statement is the author's own."""
    who = author.author_actor(parsed.article)
    speaks = who is not None and any(s.speaker == who.id and not s.source for s in said)
    return {who.id: who} if who is not None and speaks else {}


def extract(
    parsed: Parsed, attributor: Attributor, taxonomy: Taxonomy, settings: Settings
) -> tuple[Statement, ...]:
    """Statements of one article in text order, the author's own assessments among them."""
    reported = assemble.statements(parsed, attributor.attributions(parsed), taxonomy)
    own = author.assessments(parsed, reported, taxonomy)
    kept = (s for s in (*reported, *own) if s.confidence >= settings.min_confidence)
    return tuple(sorted(kept, key=lambda s: (s.content, s.cue, s.source, s.id)))


def marked(parsed: Parsed, attributor: Attributor) -> Parsed:
    """The article with the marks of its attributor, where that one is a marker too."""
    return replace(parsed, marks=attributor.marks(parsed)) if isinstance(attributor, Marker) else parsed


def _tagger_installed() -> bool:
    """Weights and the two libraries that read them are there."""
    if not all(find_spec(name) for name in ("onrecord_models", "onnxruntime", "tokenizers")):
        return False
    from onrecord.extract.statements.tagger import installed

    try:
        return bool(installed()) and bool(installed("dealings"))
    except MissingPart:
        return False
