from __future__ import annotations

import pytest

from onrecord.errors import UsageError
from onrecord.facts.plover import Ontology, cameo_code, goldstein, ontology, quad_number

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
    assert all(kind.cameo for kind in known.types.values())
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


def test_every_mode_continues_a_cameo_code_of_its_type() -> None:
    known = ontology()
    for mode in known.modes:
        assert mode.cameo[:2] in known.types[mode.type].cameo, mode
        assert mode.cameo.isdigit()


def test_cameo_codes_are_strings_and_fall_back_to_the_root() -> None:
    assert cameo_code("CONSULT", "phone") == "041"
    assert cameo_code("CONSULT", None) == "040"
    assert [quad_number(t) for t in ("AGREE", "AID", "REJECT", "ASSAULT")] == [1, 2, 3, 4]
