from __future__ import annotations

import pytest

from onrecord.annotate import syntax
from onrecord.errors import UsageError
from onrecord.extract import events
from onrecord.extract.events.coder import coder
from onrecord.extract.events.coding import WEIGHTS
from onrecord.serve import options
from onrecord.settings import LANGUAGE_MODEL


def settings(event_words, ontology=None):
    return options.settings(None, None, None, event_words, ontology, True, None, 0.0, 1)


def test_words_of_ones_own_bring_events(tmp_path):
    table = tmp_path / "words.csv"
    table.write_text("words,pos,needs,type,mode,roles,weight\ncold-shoulder|blindside,V,,ACCUSE,,,5\n")
    chosen = settings([table])
    assert chosen.event_tables == (table,)
    assert {"cold-shoulder", "blindside"} == set(coder(chosen.event_tables).known.entries[0].words)


def test_a_table_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match="--event-words: no file"):
        settings([tmp_path / "none.csv"])


TYPES = """id,quad,label,cameo,weight,weight_code,reciprocal,definition
GIFT,material cooperation,give,07,7,070,false,Gives something
QUARREL,verbal conflict,quarrel,11,-2,110,false,Quarrels
"""
WORDS = """words,pos,needs,type,mode,roles,weight
send|give,V,obj:*,GIFT,,,3
scold|accuse,V,obj:*,QUARREL,,,3
"""


def own(tmp_path):
    made = {"types.csv": TYPES, "words.csv": WORDS, "modes.csv": "type,id,label,cameo\nGIFT,food,food,073\n"}
    for name, content in made.items():
        (tmp_path / name).write_text(content)
    return [tmp_path / name for name in made]


def test_an_ontology_of_ones_own_stands_in_for_the_shipped_one(tmp_path):
    chosen = settings(None, own(tmp_path))
    known = coder(chosen.event_tables, chosen.ontology_tables).known
    assert set(known.types) == {"GIFT", "QUARREL"}
    assert known.classes["troops"]  # what no own table replaces stays


def test_own_ontology_codes_sentences(tmp_path):
    rows = [
        {"sentence": "Kenya sent maize to Chad.", "source": "Kenya", "target": "Chad"},
        {"sentence": "Kenya will send maize to Chad.", "source": "Kenya", "target": "Chad"},
        {"sentence": "Peru scolded Chad.", "source": "Peru", "target": "Chad"},
    ]
    parse = syntax.load(LANGUAGE_MODEL).pipe
    told = list(events.code(rows, parse=parse, instead=tuple(own(tmp_path))))
    assert [c.type for c in told] == ["GIFT", "GIFT", "QUARREL"]
    assert all(abs(sum(c.scores.values()) - 1) < 0.01 for c in told)


def test_head_of_another_ontology_is_refused(tmp_path):
    rows = [{"sentence": "Kenya sent maize to Chad.", "source": "Kenya", "target": "Chad"}]
    head = events.Head.read(WEIGHTS)
    with pytest.raises(UsageError, match="head is for the types"):
        list(
            events.code(rows, parse=syntax.load(LANGUAGE_MODEL).pipe, head=head, instead=tuple(own(tmp_path)))
        )


def test_a_type_and_a_mode_are_added(tmp_path):
    (tmp_path / "more-types.csv").write_text(TYPES)
    (tmp_path / "more-modes.csv").write_text("type,id,label,cameo\nAID,seeds,seeds,073\n")
    known = coder((tmp_path / "more-types.csv", tmp_path / "more-modes.csv")).known
    assert len(known.types) == 18
    assert ("AID", "seeds") in {(m.type, m.id) for m in known.modes}


def test_a_table_of_other_columns_is_named(tmp_path):
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UsageError, match=r"odd\.csv is no table of an ontology"):
        coder((tmp_path / "odd.csv",))
