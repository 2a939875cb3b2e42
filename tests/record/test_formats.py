"""Formats that others read, each by its own reader or by its own published rules."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from msgspec.structs import replace

from onrecord.record import Store, export
from onrecord.record.exporting import gdelt
from onrecord.record.exporting.job import file_names
from onrecord.record.exporting.standoff import lines_of
from onrecord.types import Range, Span
from tests.record.making import SENTENCE, TEXT, merged, reading


@pytest.fixture
def record(tmp_path: Path) -> Path:
    a, b = reading("a.txt", licence="CC-BY-4.0", url="https://example.org/a"), reading("b.txt")
    told = merged(a, b)
    told = replace(
        told,
        events=tuple(replace(e, date=told.meetings[0].date) if e.type == "AGREE" else e for e in told.events),
        meetings=(
            replace(told.meetings[0], place="Hall 3, Helsinki"),
            replace(told.meetings[0], id="mm-2", status="prospective", date=Range(date(2019, 6, 1), None)),
            replace(told.meetings[0], id="mm-3", status="prospective", medium="call",
                    date=Range(date(2019, 6, 1), date(2019, 6, 3))),
        ),
    )  # fmt: skip
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write(a, b)
        store.write_merged(told)
        store.set_manifest(onrecord="0", complete=True)
    return tmp_path / "r.db"


def folder(record: Path, to: str, **options: bool) -> Path:
    with Store.open(record) as store:
        export(store, to, record.parent / to, **options)
    return record.parent / to


def left_out(found: Path) -> dict[str, int]:
    told: dict[str, int] = json.loads((found / "manifest.json").read_text("utf-8"))["left_out"]
    return told


# --- events ----------------------------------------------------------------------------------------------


def plover(record: Path, **options: bool) -> list[dict[str, Any]]:
    lines = (folder(record, "plover", **options) / "events.plover.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_plover_has_an_object_an_event_under_the_names_of_its_manual(record: Path) -> None:
    visit, accord = plover(record)
    assert (visit["event"], visit["mode"], visit["context"]) == (["CONSULT"], ["visit"], ["trade"])
    assert (visit["date"], visit["quad_code"], visit["event_scale"]) == ("2019-05-06", 1, 1.0)
    assert [(a["code"], a["sector"], a["entity_text"]) for a in visit["actor"]] == [
        ("NOR", "GOV", "Mira Solberg")
    ]
    assert TEXT[visit["text_info"]["start"] : visit["text_info"]["end"]] == visit["text"] == SENTENCE
    assert (visit["cite_info"]["license"], visit["articles"]) == ("CC-BY-4.0", 2)
    assert accord["recipient"][0]["code"] == "FIN"
    assert "cow" not in visit["actor"][0]


def test_plover_gives_numbers_of_states_on_request(record: Path) -> None:
    assert plover(record, cow=True)[0]["recipient"][0]["cow"] == 375


def test_what_did_not_come_about_is_no_row_and_is_counted(record: Path) -> None:
    with Store.open(record, write=True) as store:
        told = merged(reading("a.txt"))
        planned = replace(told.events[0], status="planned")
        store.write_merged(replace(told, events=(planned, *told.events[1:])))
    assert [row["event"] for row in plover(record)] == [["AGREE"]]
    assert left_out(record.parent / "plover") == {"events that are planned": 1}


def test_an_undated_event_has_no_date(record: Path) -> None:
    with Store.open(record, write=True) as store:
        store.write_merged(merged(reading("a.txt")))
    accord = plover(record)[1]
    assert accord["date"] is accord["date_range"] is None


def gdelt_rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    return [dict(zip(columns, row, strict=True)) for row in rows]


def test_gdelt_has_61_and_16_columns_and_codes_that_are_strings(record: Path) -> None:
    found = folder(record, "gdelt")
    assert (len(gdelt.EVENT_COLUMNS), len(gdelt.MENTION_COLUMNS)) == (61, 16)
    visit, accord = gdelt_rows(found / "events.export.tsv", gdelt.EVENT_COLUMNS)
    assert (visit["EventCode"], visit["EventBaseCode"], visit["EventRootCode"]) == ("042", "042", "04")
    assert (visit["Day"], visit["MonthYear"], visit["Year"]) == ("20190506", "201905", "2019")
    assert (visit["Actor1Code"], visit["Actor1Name"], visit["Actor2CountryCode"]) == (
        "NORGOV", "MIRA SOLBERG", "FIN",
    )  # fmt: skip
    assert accord["Actor2Code"] == "FIN"  # a state itself has no type
    assert (visit["QuadClass"], visit["NumArticles"], visit["NumSources"]) == ("1", "2", "1")
    assert (visit["ActionGeo_Type"], visit["ActionGeo_FullName"]) == ("4", "Oslo")
    assert visit["AvgTone"] == visit["ActionGeo_CountryCode"] == ""
    assert (visit["DATEADDED"], visit["SOURCEURL"]) == ("20190507000000", "https://example.org/a")


def test_each_mention_and_key_belongs_to_an_event_of_the_record(record: Path) -> None:
    found = folder(record, "gdelt")
    events = {r["GlobalEventID"] for r in gdelt_rows(found / "events.export.tsv", gdelt.EVENT_COLUMNS)}
    mentions = gdelt_rows(found / "events.mentions.tsv", gdelt.MENTION_COLUMNS)
    keys = gdelt_rows(found / "keys.tsv", gdelt.KEY_COLUMNS)[1:]
    assert len(events) == 2
    assert {m["GlobalEventID"] for m in mentions} == events == {k["GlobalEventID"] for k in keys}
    assert [k["event"] for k in keys] == ["c-CONSULT", "c-AGREE"]
    assert {(m["MentionType"], m["MentionIdentifier"]) for m in mentions} == {
        ("1", "https://example.org/a"), ("2", "b.txt"),
    }  # fmt: skip
    assert TEXT[int(mentions[0]["ActionCharOffset"]) :].startswith("met")


def test_who_acts_with_himself_is_no_pair(record: Path) -> None:
    with Store.open(record, write=True) as store:
        told = merged(reading("a.txt"))
        both = ("mira", "juho")
        store.write_merged(replace(told, events=(replace(told.events[0], actors=both, recipients=both),)))
    rows = gdelt_rows(folder(record, "gdelt") / "events.export.tsv", gdelt.EVENT_COLUMNS)
    pairs = [(r["Actor1CountryCode"], r["Actor2CountryCode"]) for r in rows]
    assert pairs == [("NOR", "FIN"), ("FIN", "NOR")]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_dyads_count_events_of_one_state_towards_another_by_month(record: Path) -> None:
    (row,) = table(folder(record, "dyads") / "dyad_months.csv")
    assert (row["month"], row["actor"], row["recipient"], row["events"]) == ("2019-05", "NOR", "FIN", "2")
    assert (row["CONSULT"], row["AGREE"], row["ASSAULT"]) == ("1", "1", "0")
    assert (row["verbal_cooperation"], row["material_conflict"], row["tone"]) == ("2", "0", "2.5")
    assert "actor_cow" not in row


def test_types_of_ones_own_are_columns_of_their_own(record: Path) -> None:
    with Store.open(record, write=True) as store:
        told = merged(reading("a.txt"))
        store.write_merged(replace(told, events=(replace(told.events[0], type="FISHING"),)))
    (row,) = table(folder(record, "dyads") / "dyad_months.csv")
    assert (row["events"], row["FISHING"], row["CONSULT"], row["tone"]) == ("1", "1", "0", "0.0")
    (event,) = gdelt_rows(folder(record, "gdelt") / "events.export.tsv", gdelt.EVENT_COLUMNS)
    assert event["EventCode"] == event["QuadClass"] == ""
    assert plover(record)[0]["quad_code"] is None


def test_dyads_say_what_they_leave_out(record: Path) -> None:
    with Store.open(record, write=True) as store:
        told = merged(reading("a.txt"))
        alone = replace(told.events[0], recipients=())
        store.write_merged(replace(told, events=(alone, told.events[1])))
    found = folder(record, "dyads", cow=True)
    assert table(found / "dyad_months.csv") == []
    assert left_out(found) == {"events not dated to a month": 1, "events that are not between two states": 1}


# --- meetings --------------------------------------------------------------------------------------------


def test_the_calendar_keeps_what_is_planned_apart_from_what_was_held(record: Path) -> None:
    found = folder(record, "ics")
    read = icalendar.Calendar.from_ical((found / "meetings.ics").read_bytes())
    held, ahead = read.walk("VEVENT")
    assert (str(held["STATUS"]), str(ahead["STATUS"])) == ("CONFIRMED", "TENTATIVE")
    assert (held.decoded("DTSTART"), held.decoded("DTEND")) == (date(2019, 5, 6), date(2019, 5, 7))
    assert ahead.decoded("DTEND") - ahead.decoded("DTSTART") == timedelta(days=3)
    assert str(held["SUMMARY"]) == "Mira Solberg – Juho Aalto"
    assert str(ahead["SUMMARY"]).startswith("Prospective: ")
    assert (str(held["LOCATION"]), str(held["URL"])) == ("Hall 3, Helsinki", "https://example.org/a")
    assert held.decoded("DTSTAMP").date() == date(2019, 5, 7)
    assert left_out(found) == {"meetings without a date": 1}


def test_the_timeline_has_slides_with_a_start_and_escaped_words(record: Path) -> None:
    with Store.open(record, write=True) as store:
        told = merged(reading("a.txt"))
        agreed = replace(told.agreements[0], subject="<img src=x onerror=alert(1)>")
        store.write_merged(replace(told, agreements=(agreed,)))
    slides = json.loads((folder(record, "timeline") / "timeline.json").read_text("utf-8"))["events"]
    assert [s["group"] for s in slides] == ["Agreements", "Meetings"]
    assert all(s["start_date"] == {"year": 2019, "month": 5, "day": 6} for s in slides)
    assert slides[0]["text"]["headline"] == "&lt;img src=x onerror=alert(1)&gt; (agreed)"


def test_a_visit_has_visitor_host_place_dates_and_occasion(record: Path) -> None:
    found = folder(record, "visits", cow=True)
    (row, _) = table(found / "visits.csv")
    assert (row["visitor"], row["visitor_country"], row["visitor_cow"]) == ("Mira Solberg", "NOR", "385")
    assert (row["host"], row["host_country"], row["place"]) == ("Juho Aalto", "FIN", "Hall 3, Helsinki")
    assert (row["start"], row["end"], row["status"]) == ("2019-05-06", "2019-05-06", "held")
    assert left_out(found) == {"meetings by call or video": 1}


def test_a_meeting_on_a_third_states_ground_has_no_host(record: Path) -> None:
    with Store.open(record, write=True) as store:
        told = merged(reading("a.txt"))
        store.write_merged(replace(told, meetings=(replace(told.meetings[0], place="Vienna"),)))
    rows = table(folder(record, "visits") / "visits.csv")
    assert [(r["visitor"], r["host"], r["host_country"]) for r in rows] == [
        ("Mira Solberg", "", "AUT"), ("Juho Aalto", "", "AUT"),
    ]  # fmt: skip


# --- annotations -----------------------------------------------------------------------------------------


def test_brat_files_say_what_stands_at_their_offsets(record: Path) -> None:
    found = folder(record, "brat")
    (text,) = found.glob("*.txt")  # the other article has no open licence
    words = text.read_text("utf-8")
    bounds = [line.split("\t") for line in text.with_suffix(".ann").read_text("utf-8").splitlines()]
    for key, where, *told in bounds:
        if key.startswith("T"):
            places = where.partition(" ")[2].split(";")
            cuts = [words[int(s) : int(e)] for s, e in (p.split() for p in places)]
            assert told == [" ".join(cuts)]
    assert left_out(found) == {"texts of articles without an open licence": 1}
    assert len(list(found.glob("*.ann"))) == 2
    assert len([k for k, *_ in bounds if k.startswith("E")]) == 3


def test_brat_configuration_knows_every_type_that_is_used(record: Path) -> None:
    found = folder(record, "brat")
    known = {line.split("\t")[0] for line in (found / "annotation.conf").read_text("utf-8").splitlines()}
    lines = [line for p in found.glob("*.ann") for line in p.read_text("utf-8").splitlines()]
    used = {line.split("\t")[1].split()[0].split(":")[0] for line in lines if line[0] in "TE"}
    assert used <= known


def test_spans_of_brat_never_cross_the_end_of_a_line() -> None:
    whole = reading()
    quote = replace(whole.statements[0], content=(Span(0, len(TEXT)),))
    content = next(
        line for line in lines_of(replace(whole, statements=(quote,))).splitlines() if "\tContent " in line
    )
    assert content.split("\t")[1] == f"Content 0 13;14 {len(TEXT)}"


def web_annotations(found: Path) -> Iterator[dict[str, Any]]:
    collection = json.loads((found / "collection.jsonld").read_text("utf-8"))
    at: str | None = collection["first"]
    seen = 0
    base = found
    while at:
        path = base / at
        page = json.loads(path.read_text("utf-8"))
        assert page["startIndex"] == seen
        assert (path.parent / page["partOf"]).resolve() == (found / "collection.jsonld").resolve()
        seen += len(page["items"])
        yield from page["items"]
        base, at = path.parent, page.get("next")
    assert seen == collection["total"]


def test_web_annotations_select_the_words_by_place_and_by_quotation(record: Path) -> None:
    items = list(web_annotations(folder(record, "w3c")))
    assert {i["type"] for i in items} == {"Annotation"}
    assert all(i["id"].startswith("urn:onrecord:") and i["body"] for i in items)
    for item in items:
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            place, quote = target["selector"]
            assert (place["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
            assert TEXT[place["start"] : place["end"]] == quote["exact"]
            assert TEXT[: place["start"]].endswith(quote["prefix"])
            assert TEXT[place["end"] :].startswith(quote["suffix"])
    sources = {i["target"]["source"] for i in items if isinstance(i["target"], dict)}
    assert "https://example.org/a" in sources


def test_names_of_files_are_plain_and_each_its_own() -> None:
    names = file_names(["a-1", "../../etc/passwd", "A-1", "news:1/2", "news_1_2", "…", ""])
    assert all(name and "/" not in name and not name.startswith(".") for name in names.values())
    assert len({name.lower() for name in names.values()}) == len(names)
