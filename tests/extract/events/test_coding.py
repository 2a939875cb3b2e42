from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate import syntax
from onrecord.errors import UsageError
from onrecord.extract import events
from onrecord.extract.events.head import Head, fit
from onrecord.facts.plover import ontology
from onrecord.settings import LANGUAGE_MODEL

ROWS = [
    {"sentence": "Kenya accused Uganda of theft.", "source": "Kenya", "target": "Uganda", "type": "ACCUSE"},
    {"sentence": "Peru sent food to Chad.", "source": "Peru", "target": "Chad", "type": "AID"},
]


def parse(texts):
    return syntax.load(LANGUAGE_MODEL).pipe(texts)


def test_codings_come_in_the_order_of_the_rows():
    told = [c.type for c in events.code(ROWS, parse=parse)]
    assert told == ["ACCUSE", "AID"]


@settings(max_examples=15)
@given(sentence=st.text(max_size=60), side=st.text(max_size=10))
def test_any_sentence_gets_a_type_and_probabilities(sentence, side):
    (told,) = events.code([{"sentence": sentence, "source": side, "target": ""}], parse=parse)
    assert told.type in ontology().types
    assert set(told.scores) == set(ontology().types)
    assert abs(sum(told.scores.values()) - 1.0) < 0.01


def test_row_without_a_column_is_named():
    with pytest.raises(UsageError, match="row 1 has no column 'target'"):
        list(events.code([{"sentence": "x", "source": "x"}], parse=parse))


def test_training_names_an_unknown_type():
    rows = [{**ROWS[0], "type": "NAGGING"}] * 10
    with pytest.raises(UsageError, match="no event type 'NAGGING'; known: ACCUSE"):
        events.train(rows, parse=parse)


def test_training_refuses_too_few_rows():
    with pytest.raises(UsageError, match="too few"):
        events.train(ROWS, parse=parse)


def test_head_learns_what_separates_two_types():
    rows = np.repeat(np.eye(2, dtype=np.float32), 10, axis=0)
    head = fit(rows, ["A"] * 10 + ["B"] * 10, ["A", "B"])
    assert head.log_probabilities(rows).argmax(1).tolist() == [0] * 10 + [1] * 10


def test_saved_head_reads_back(tmp_path):
    head = fit(np.eye(4, dtype=np.float32).repeat(3, axis=0), list("AABBAABBAABB"), ["A", "B"])
    head.save(tmp_path / "head.npz")
    again = Head.read(tmp_path / "head.npz")
    assert again.types == ("A", "B")
    assert np.allclose(again.weights, head.weights, atol=1e-2)


def test_sentences_without_marks_train_a_head():
    told = ["accused Uganda of theft", "blamed Chad for the delay", "sent Chad food", "gave Peru grain"] * 3
    kinds = ["ACCUSE", "ACCUSE", "AID", "AID"] * 3
    rows = [{"sentence": f"Kenya {s}.", "type": k} for s, k in zip(told, kinds, strict=True)]
    trained = events.train(rows, parse=parse)
    (one,) = events.code(
        [{"sentence": "Norway blamed Mali.", "source": "", "target": ""}], parse=parse, head=trained.head
    )
    assert one.type == "ACCUSE"
