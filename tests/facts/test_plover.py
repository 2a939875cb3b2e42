from __future__ import annotations

import pytest

from onrecord.errors import UsageError
from onrecord.facts.plover import Ontology, cameo_root, goldstein, ontology

HEADER = "words,pos,needs,type,mode,roles,weight\n"


def test_there_are_sixteen_types_in_four_classes_of_four_or_so():
    types = ontology().types
    assert len(types) == 16
    assert len({t.quad for t in types.values()}) == 4


def test_cooperation_weighs_more_than_conflict():
    for kind in ontology().types.values():
        assert (kind.weight > 0) is kind.cooperative


def test_every_type_has_words_and_a_cameo_root():
    known = ontology()
    assert {e.type for e in known.entries} == set(known.types)
    assert all(cameo_root(t) for t in known.types)
    assert goldstein("ASSAULT") < goldstein("REJECT") < goldstein("CONSULT")


def test_users_words_are_tried_first(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + "lambaste|roast,V,obj:*,ACCUSE,disapprove,,2\n", encoding="utf-8")
    assert Ontology.load([path]).entries[0].words == ("lambaste", "roast")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("hug,V,,EMBRACE,,,1", "no event type 'EMBRACE'"),
        ("hug,V,,SUPPORT,cuddle,,1", "no mode of SUPPORT 'cuddle'"),
        ("hug,V,obj:@bears,SUPPORT,,,1", "no word class 'bears'"),
    ],
)
def test_entry_that_names_the_unknown_is_refused(row, told, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        Ontology.load([path])
