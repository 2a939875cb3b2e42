"""Hand-coded samples as users have them, and what is said where one cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import UsageError
from onrecord.measure import gold
from onrecord.measure.attributions import Roles
from onrecord.measure.events import Coding

TEXT = "The envoy said the talks were useful.\nThe envoy left."
ANN = """\
T1\tSource 0 9\tThe envoy
T2\tCue 10 14\tsaid
T3\tContent 15 36\tthe talks were useful
T4\tAttribution 10 14\tsaid
E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3
#1\tAnnotatorNotes E1\tany words
"""
WHOLE = Roles(((0, 9),), ((10, 14),), ((15, 36),))


def write(folder: Path, name: str, told: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(told.encode())
    return path


# --- statements ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "anns"),
    [
        ("a.txt", ["a.ann"]),
        ("text/a.txt", ["attributions/a_12ab.ann"]),
        ("a.txt", ["a_ines.ann", "a_jo.ann"]),
        ("a.txt", ["a.ines.ann", "a.jo.ann"]),
    ],
)
def test_brat_lies_beside_the_text_or_in_a_folder_of_its_own(
    tmp_path: Path, text: str, anns: list[str]
) -> None:
    write(tmp_path, text, TEXT)
    for name in anns:
        write(tmp_path, name, ANN)
    (document,) = gold.statements(tmp_path)
    assert (document.name, document.text, len(document.by)) == ("a", TEXT, len(anns))
    assert all(g.attributions == (WHOLE,) for g in document.by.values())


def test_the_longest_name_that_fits_is_the_text(tmp_path: Path) -> None:
    for name in ("a.txt", "a_b.txt"):
        write(tmp_path, name, TEXT)
    write(tmp_path, "a_b_jo.ann", ANN)
    (document,) = gold.statements(tmp_path)
    assert (document.name, list(document.by)) == ("a_b", ["jo"])


def test_statements_of_a_table_are_found_in_the_text_nearest_to_what_they_belong_to(tmp_path: Path) -> None:
    write(tmp_path, "texts/a.txt", TEXT)
    rows = 'file,source,cue,content,coder\ntexts/a.txt,The envoy,said,"the talks\n were useful",jo\n'
    (document,) = gold.statements(write(tmp_path, "gold.csv", rows))
    assert document.by["jo"].attributions == (WHOLE,)


def test_a_row_without_content_says_that_there_is_no_statement(tmp_path: Path) -> None:
    (document,) = gold.statements(write(tmp_path, "gold.csv", f'text,content\n"{TEXT}",\n'))
    assert document.by["the coder"].attributions == ()


@pytest.mark.parametrize(
    ("ann", "said"),
    [
        ("T1\tSource 0\tThe", "a.ann, line 1: 'T1\\tSource 0\\tThe' is no annotation"),
        ("T1\tSource 9 0\tThe", "a.ann, line 1: T1 ends before it begins"),
        ("T1\tSource 0 9\tThe envoy\nE1\tAttribution:T9", "line 2: T9 is not among the annotations"),
        ("E1\tAttribution", "line 1: 'E1\\tAttribution' is no event"),
        ("T1\tSource 0 900\tThe envoy", "T1 ends at 900, the text has 53 characters"),
        ("T1\tSource 1 10\tThe envoy", "T1 says 'The envoy', the text has 'he envoy' there"),
        ("T1\tSource 0 9\tThe envoy\nT2\tContent 15 18\tthe", "no event ties them"),
    ],
)
def test_malformed_brat_is_named_with_file_and_line(tmp_path: Path, ann: str, said: str) -> None:
    write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "a.ann", ann)
    with pytest.raises(UsageError) as error:
        gold.statements(tmp_path)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("file,source\na.txt,x\n", "needs the columns file (or text), content; it has file, source"),
        ("file,content\nb.txt,x\n", "gold.csv, line 2: cannot read"),
        ("file,content\na.txt,the moon\n", "line 2: content 'the moon' does not stand in the text"),
        ("file,content\na.txt,the talks,were\n", "has not 2 cells"),
        ("file,content\n,the talks\n", "line 2 names no text"),
        ("file,content\n", "has no rows"),
        ("", "it has none"),
    ],
)
def test_malformed_tables_are_named_with_file_and_line(tmp_path: Path, table: str, said: str) -> None:
    write(tmp_path, "a.txt", TEXT)
    with pytest.raises(UsageError) as error:
        gold.statements(write(tmp_path, "gold.csv", table))
    assert said in str(error.value)


def test_an_empty_folder_says_what_it_should_hold(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no NAME\.txt with a NAME\.ann"):
        gold.statements(tmp_path)


# --- events ----------------------------------------------------------------------------------------------


def test_events_of_a_table_have_types_and_codes(tmp_path: Path) -> None:
    rows = "text\ttype\tsource\ttarget\nA.\taid\tFRA|DEU\tMLI\nA.\tREJECT\t\t\nB.\t\t\t\n"
    a, b = gold.events(write(tmp_path, "gold.tsv", rows))
    assert a.by["the coder"] == (
        Coding("AID", frozenset({"FRA", "DEU"}), frozenset({"MLI"})), Coding("REJECT"),
    )  # fmt: skip
    assert b.by["the coder"] == ()


def test_events_of_brat_have_triggers(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "a.ann", "T1\tRETREAT 48 52\tleft\nE1\tRETREAT:T1\n")
    (document,) = gold.events(tmp_path)
    assert document.by["the coder"] == (Coding("RETREAT", spans=((48, 52),)),)


def test_records_of_one_sentence_are_one_text(tmp_path: Path) -> None:
    told: list[dict[str, Any]] = [
        {"id": "1", "group": "g", "text": "A.", "type": "AID", "source": [{"code": "FRA"}], "target": []},
        {"id": "2", "group": "g", "text": "A.", "type": "AGREE", "source": [], "reciprocal": True},
    ]
    (document,) = gold.events(write(tmp_path, "gold.json", json.dumps({"records": told})))
    assert [c.type for c in document.by["the coder"]] == ["AID", "AGREE"]


@pytest.mark.parametrize(
    ("name", "told", "said"),
    [
        ("g.csv", "text,type\nA.,HUG\n", "g.csv, line 2: no event type 'HUG'; known: ACCUSE, AGREE"),
        ("g.csv", "text,type,source\nA.,AID,France\n", "line 2: source 'France' is no code of three"),
        ("g.json", "{}", "holds no records"),
        ("g.json", "[", "is no JSON"),
        ("g.json", '{"records": [{"type": "AID"}]}', "record 1 has no text"),
    ],
)
def test_malformed_events_are_named(tmp_path: Path, name: str, told: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        gold.events(write(tmp_path, name, told))
    assert said in str(error.value)


# --- times -----------------------------------------------------------------------------------------------

TIMEML = """<?xml version="1.0"?><TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2001-03-04T10:00"
functionInDocument="CREATION_TIME">4 March</TIMEX3></DCT><TEXT>
They met on <EVENT><TIMEX3 tid="t1" type="DATE" value="2001-03-02"> Friday</TIMEX3></EVENT> &amp; left.
</TEXT></TimeML>"""


def test_timeml_is_text_with_its_tags_taken_out(tmp_path: Path) -> None:
    write(tmp_path, "a.tml", TIMEML)
    (document,) = gold.times(tmp_path)
    assert document.text == "\nThey met on  Friday & left.\n"
    assert document.published == "2001-03-04"
    (friday,) = document.by["the coder"]
    assert document.text[friday["start"] : friday["end"]] == "Friday"
    assert (friday["type"], friday["value"]) == ("DATE", "2001-03-02")


def test_times_of_lines_may_stand_beside_their_texts(tmp_path: Path) -> None:
    friday = {"start": 0, "end": 6, "type": "DATE", "value": "2001-03-02"}
    write(tmp_path, "x.text.jsonl", json.dumps({"doc": "a", "text": "Friday.", "dct_date": "2001-03-04"}))
    write(tmp_path, "x.gold.jsonl", json.dumps({"doc": "a", "timexes": [friday]}))
    (document,) = gold.times(tmp_path)
    assert document.by["the coder"] == (friday,)
    assert document.published == "2001-03-04"


@pytest.mark.parametrize(
    ("name", "told", "said"),
    [
        ("a.tml", "<TimeML><TEXT>", "a.tml is no well-formed TimeML"),
        ("a.tml", "<TimeML/>", "has no TEXT element"),
        ("a.jsonl", '{"doc": "a", "text": "x", "timexes": [{"start": 0}]}', "line 1: a time needs start"),
        ("a.jsonl", '{"doc": "a", "text": "x", "timexes": [{"start": 0, "end": 5, "type": "", "value": ""}]}',
         "beyond its text"),
        ("a.jsonl", "nonsense", "a.jsonl, line 1 is no JSON"),
        ("a.jsonl", "[1]", "line 1 is no JSON object"),
        ("a.jsonl", "", "holds neither"),
    ],
)  # fmt: skip
def test_malformed_times_are_named(tmp_path: Path, name: str, told: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        gold.times(write(tmp_path, name, told))
    assert said in str(error.value)


# --- passages --------------------------------------------------------------------------------------------


def test_strings_come_as_lines_or_as_a_table(tmp_path: Path) -> None:
    line = json.dumps({"text": TEXT, "with": ["The envoy"], "without": ["left"]})
    rows = f'text,string,article\n"{TEXT}",The envoy,yes\n"{TEXT}",left,no\n'
    for path in (write(tmp_path, "g.jsonl", line), write(tmp_path, "g.csv", rows)):
        (document,) = gold.passages(path)
        assert document.by["the coder"] == gold.Strings(("The envoy",), ("left",))


@pytest.mark.parametrize(
    ("name", "told", "said"),
    [
        ("g.csv", "text,string,article\nA.,A,maybe\n", "line 2: article 'maybe' is neither yes nor no"),
        ("g.csv", "text,string,article\nA.,B,yes\n", "string 'B' does not stand in the text"),
        ("g.jsonl", '{"text": "A."}', "line 1: a page needs text, and strings"),
    ],
)
def test_malformed_strings_are_named(tmp_path: Path, name: str, told: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        gold.passages(write(tmp_path, name, told))
    assert said in str(error.value)


@pytest.mark.parametrize("read", [gold.statements, gold.events, gold.times, gold.passages])
def test_what_is_not_utf8_is_named(tmp_path: Path, read: Callable[[Path], object]) -> None:
    path = tmp_path / "g.jsonl"
    path.write_bytes(b"\xff\xfe{}")
    with pytest.raises(UsageError, match=r"g\.jsonl is not UTF-8"):
        read(path)
