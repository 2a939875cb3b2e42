"""Foreign tables of actors are read into ours, and ours into a registry. All people here are invented."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from onrecord.errors import UsageError
from onrecord.facts.actors import Registry, TermRow
from onrecord.facts.actors.importing import read_actors, write_actors
from onrecord.facts.actors.wikidata import office_of
from onrecord.facts.table import read_table
from onrecord.serve.cli import app

REGISTRY = Registry.load()
DICTIONARY = """\
# a comment
KENYA_ [KEN]
+KENIA_
MINISTER_TADELE_HASKIN_
+TADELE_HASKIN_ ; seen in reports
+T._HASKIN_
\t[ETHGOV 20110301-20140630]
\t[ETHELI >20140701]
ACHOLA_VEBER_ [KENGOV >970101]
BRUN_OLTAR_ [CHLMIL <20051231]
DATE_LESS_PERSON_ [BOLELI]
WRONG_DATE_ [BOLGOV 2004017-20061201]
NORTHERN_TESTING_LEAGUE_ [NGO]
OLTAR_FRONT_ [CHLREB]
"""


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _dictionary(folder: Path) -> dict[tuple[str, str], TermRow]:
    rows = read_actors([_file(folder, "my.actors.txt", DICTIONARY)], REGISTRY).rows
    return {(r.name, r.office): r for r in rows}


def test_a_dictionarys_dated_role_is_a_term_with_its_days(tmp_path: Path) -> None:
    row = _dictionary(tmp_path)["Tadele Haskin", "government official"]
    assert (row.country, row.from_, row.to, row.sector) == ("ETH", "2011-03-01", "2014-06-30", "GOV")
    assert row.source == "my.actors.txt"


def test_a_title_in_a_dictionarys_name_is_no_name(tmp_path: Path) -> None:
    row = _dictionary(tmp_path)["Tadele Haskin", "government official"]
    assert row.aliases == ("T. Haskin",)


def test_open_roles_keep_an_open_end(tmp_path: Path) -> None:
    rows = _dictionary(tmp_path)
    since = rows["Achola Veber", "government official"]
    until = rows["Brun Oltar", "military officer"]
    assert (since.from_, since.to) == ("1997-01-01", "")
    assert (until.from_, until.to) == ("", "2005-12-31")


def test_bodies_of_a_dictionary_have_their_kind(tmp_path: Path) -> None:
    rows = _dictionary(tmp_path)
    assert rows["Northern Testing League", ""].kind == "organisation"
    assert rows["Oltar Front", ""].kind == "armed_group"


def test_what_a_dictionary_holds_and_we_leave_out_is_counted(tmp_path: Path) -> None:
    left = read_actors([_file(tmp_path, "my.actors.txt", DICTIONARY)], REGISTRY).left_out
    assert left["a date that cannot be read"] == 1
    assert left["a state, or an office without a person"] == 1


def test_an_imported_table_is_one_for_actors(tmp_path: Path) -> None:
    imported = read_actors([_file(tmp_path, "my.actors.txt", DICTIONARY)], REGISTRY)
    with (tmp_path / "mine.csv").open("w", encoding="utf-8") as file:
        write_actors(imported.rows, file)
    registry = Registry.load((tmp_path / "mine.csv",))
    actor = registry.actor("person:tadele-haskin", date(2012, 1, 1))
    assert actor is not None
    assert (actor.country, actor.role) == ("ETH", "government official of Ethiopia")
    assert registry.actor("armed:oltar-front") is not None


def test_somebody_known_keeps_the_id_and_the_name(tmp_path: Path) -> None:
    known = next(t for t in REGISTRY.terms if t.office == "foreign minister" and " " in t.name)
    text = known.name.upper().replace(" ", "_") + f"_ [{known.country}GOV 20010101-20011231]\n"
    (row,) = read_actors([_file(tmp_path, "one.actors.txt", text)], REGISTRY).rows
    assert (row.id, row.name) == (known.actor, known.name)


def test_a_csv_may_call_its_columns_otherwise(tmp_path: Path) -> None:
    path = _file(
        tmp_path, "x.csv", "Label,Position,State,Start,End\n"
        "Achola Veber,Minister of Foreign Affairs,Kenya,2011,2012-05\n",
    )  # fmt: skip
    (row,) = read_actors([path], REGISTRY).rows
    assert (row.office, row.country, row.from_, row.to) == ("foreign minister", "KEN", "2011", "2012-05")


@pytest.mark.parametrize("line", ["Ann Example,judge,Atlantis,,", "Ann Example,judge,KEN,someday,"])
def test_a_cell_that_cannot_be_read_is_named_with_its_row(tmp_path: Path, line: str) -> None:
    path = _file(tmp_path, "x.csv", f"name,office,country,from,to\n{line}\n")
    with pytest.raises(UsageError, match=r"x\.csv, row 2"):
        read_actors([path], REGISTRY)


def test_answers_of_the_query_service_are_read_in_both_shapes(tmp_path: Path) -> None:
    answer = {
        "person": "http://www.wikidata.org/entity/Q900001", "personLabel": "Achola Veber",
        "positionLabel": "Minister of Foreign Affairs of Kenya", "start": "2011-03-01T00:00:00Z",
        "genderLabel": "female",
    }  # fmt: skip
    bindings = {"results": {"bindings": [{k: {"value": v} for k, v in answer.items()}]}}
    for told in ([answer], bindings):
        (row,) = read_actors([_file(tmp_path, "q.json", json.dumps(told))], REGISTRY).rows
        assert (row.name, row.office, row.country, row.from_) == (
            "Achola Veber", "foreign minister", "KEN", "2011-03-01",
        )  # fmt: skip
        assert (row.wikidata, row.gender) == ("Q900001", "f")


def test_an_entitys_positions_are_terms(tmp_path: Path) -> None:
    def item(value: str) -> dict[str, object]:
        return {"datavalue": {"value": {"id": value}}}

    def time(told: str, precision: int) -> list[object]:
        return [{"datavalue": {"value": {"time": told, "precision": precision}}}]

    def named(value: str) -> dict[str, object]:
        return {"labels": {"en": {"value": value}}}

    held = {
        "mainsnak": item("Q2"),
        "qualifiers": {"P580": time("+2004-03-00T00:00:00Z", 10), "P582": time("+2006-00-00T00:00:00Z", 9)},
    }
    unknown = {"mainsnak": item("Q99")}
    person = named("Brun Oltar") | {
        "aliases": {"en": [{"value": "B. Oltar"}]},
        "claims": {"P39": [held, unknown], "P27": [{"mainsnak": item("Q3")}],
                   "P21": [{"mainsnak": item("Q6581097")}]},
    }  # fmt: skip
    told = {"entities": {"Q1": person, "Q2": named("Minister of Defence"), "Q3": named("Chile")}}
    imported = read_actors([_file(tmp_path, "e.json", json.dumps(told))], REGISTRY)
    (row,) = imported.rows
    assert (row.office, row.country, row.from_, row.to) == ("defence minister", "CHL", "2004-03", "2006")
    assert (row.aliases, row.gender, row.wikidata) == (("B. Oltar",), "m", "Q1")
    assert imported.left_out["a position whose label is not in the file"] == 1


@pytest.mark.parametrize(
    ("position", "country", "office"),
    [
        ("Prime Minister of the Netherlands", "", ("prime minister", "NLD")),
        ("United States Secretary of State", "", ("foreign minister", "USA")),
        ("Federal Chancellor of Germany", "", ("chancellor", "DEU")),
        ("Minister of Foreign Affairs", "NOR", ("foreign minister", "NOR")),
        ("keeper of the seal", "Norway", ("keeper of the seal", "NOR")),
    ],
)
def test_labels_of_positions_tell_office_and_state(
    position: str, country: str, office: tuple[str, str]
) -> None:
    assert office_of(position, country, REGISTRY) == office


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none of the tables"):
        read_actors([_file(tmp_path, "letter.txt", "Dear reader,\nall is well.\n")], REGISTRY)


WORDS = st.text(alphabet="abcdefg", min_size=1, max_size=6).map(str.title)


@given(st.lists(st.builds(
    TermRow, name=WORDS, aliases=st.lists(WORDS, max_size=2).map(tuple), office=WORDS,
    country=st.sampled_from(["KEN", "NOR"]), from_=st.sampled_from(["", "2001", "2001-02-03"]),
)))  # fmt: skip
def test_what_is_written_is_read_again(rows: list[TermRow]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "law.csv"
        with path.open("w", encoding="utf-8") as file:
            write_actors(rows, file)
        assert list(read_table(path, TermRow)) == rows


def test_the_command_writes_the_table_and_says_what_it_left_out(tmp_path: Path) -> None:
    path = _file(tmp_path, "my.actors.txt", DICTIONARY)
    result = CliRunner().invoke(app, ["import-actors", str(path)])
    assert result.exit_code == 0
    assert result.stdout.startswith("name,aliases,office,country,from,to")
    assert "left out, a date that cannot be read: 1" in result.stderr
