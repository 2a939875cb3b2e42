"""The quicker attribute ruler and lemmatizer give what spaCy's own give."""

from __future__ import annotations

import pytest
import spacy

from onrecord.annotate.attributes import quicken
from onrecord.settings import LANGUAGE_MODEL

TEXTS = [
    "Ministers of both states met at the border, and nothin' was agreed upon; they've left since.",
    "She said that those who'd been freed could've gone home, because he'd lied to the women there.",
    "What's worse: the geese' feet were heavier than an oxen's.  Isn't it?\n\nWhose is this, then?",
    "Better-run mines had opened, ain't they, but it cannot last. Y'all know, 'cause I told y'all.",
]


def told(nlp: spacy.language.Language) -> list[list[tuple[str, ...]]]:
    return [
        [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.ent_type_) for t in doc]
        for doc in nlp.pipe(TEXTS)
    ]


def test_every_token_keeps_its_attributes() -> None:
    assert told(quicken(spacy.load(LANGUAGE_MODEL))) == told(spacy.load(LANGUAGE_MODEL))


@pytest.mark.parametrize("later", [{"POS": "X"}, {"LEMMA": "be"}])
def test_patterns_that_cannot_be_filed_and_later_rules_still_hold(later: dict[str, str]) -> None:
    def pipeline() -> spacy.language.Language:
        nlp = spacy.blank("en")
        ruler = nlp.add_pipe("attribute_ruler")
        ruler.add([[{"LOWER": "is"}]], {"POS": "AUX", "LEMMA": "is"})  # type: ignore[attr-defined]
        ruler.add([[{"LENGTH": 2}]], later)  # type: ignore[attr-defined]
        ruler.add([[{"LOWER": {"REGEX": "^t"}}, {"LOWER": "is"}]], {"POS": "VERB"}, index=1)  # type: ignore[attr-defined]
        return nlp

    words = "It is what this is, is it"
    plain = [(t.pos_, t.lemma_) for t in pipeline()(words)]
    assert [(t.pos_, t.lemma_) for t in quicken(pipeline())(words)] == plain
    assert "VERB" in {pos for pos, _ in plain}
