"""The act of a cue that holds a verb and a noun which tell two acts."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from onrecord.extract.statements import acts
from onrecord.facts.cues import shipped


def cue(verb: str, noun: str) -> Doc:
    """`rejected a request`, its noun the verb's object."""
    return Doc(
        Vocab(),
        words=[verb, "a", noun],
        lemmas=[verb.removesuffix("ed"), "a", noun],
        pos=["VERB", "DET", "NOUN"],
        tags=["VBD", "DT", "NN"],
        heads=[0, 2, 0],
        deps=["ROOT", "det", "dobj"],
    )


@pytest.mark.parametrize(
    ("verb", "noun", "act"),
    [
        ("rejected", "request", "reject"),
        ("rejected", "accusation", "reject"),
        ("offered", "inquiry", "propose"),
        ("offered", "promise", "promise"),
        ("issued", "demand", "demand"),
        ("issued", "rejection", "reject"),
    ],
)
def test_a_verb_that_answers_its_noun_tells_the_act(verb: str, noun: str, act: str) -> None:
    assert acts.read(list(cue(verb, noun)), [], shipped()).act == act
