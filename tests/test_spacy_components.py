"""onrecord's extractors in a spaCy pipeline."""

from __future__ import annotations

from datetime import date

import pytest
import spacy
from spacy.tokens import DocBin

from onrecord.settings import LANGUAGE_MODEL
from onrecord.types import Reading, cut

TEXT = "“We will sign the treaty in May,” Foreign Minister Lena Roos of Estonia said. Latvia agreed."


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    pipeline = spacy.load(LANGUAGE_MODEL)
    pipeline.add_pipe("onrecord_statements", config={"attributor": "rules"})
    pipeline.add_pipe("onrecord_events", config={"attributor": "rules"})
    pipeline.add_pipe("onrecord", config={"attributor": "rules"})
    return pipeline


def test_a_doc_holds_statements_whose_words_are_its_characters(nlp: spacy.Language) -> None:
    doc = nlp(TEXT)
    said = doc._.onrecord_statements
    assert any("sign the treaty" in s.quote for s in said)
    assert all(s.quote == cut(doc.text, s.content) for s in said)
    assert isinstance(doc._.onrecord, Reading)
    assert doc._.onrecord.statements == said


def test_a_doc_s_date_may_be_given(nlp: spacy.Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.onrecord_published = date(2011, 3, 2)
    assert nlp(doc)._.onrecord.article.published_basis == "given"


def test_what_was_read_travels_with_the_doc(nlp: spacy.Language) -> None:
    stored = DocBin(store_user_data=True, docs=[nlp(TEXT)]).to_bytes()
    [doc] = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert doc._.onrecord_statements == nlp(TEXT)._.onrecord_statements != ()


def test_an_empty_text_holds_nothing(nlp: spacy.Language) -> None:
    assert nlp("")._.onrecord_statements == ()
    assert nlp(" \n")._.onrecord_events == ()


def test_a_pipeline_without_a_parser_is_told_what_is_missing() -> None:
    blank = spacy.blank("en")
    blank.add_pipe("onrecord_statements")
    with pytest.raises(ValueError, match="needs a parser"):
        blank(TEXT)
