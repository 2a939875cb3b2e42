"""The JSON API gives the rows of the listings, all of them, page after page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from onrecord.record import Filters, Store, columns_of, flat, listing, rows_as_json
from onrecord.record.kinds import LISTED
from tests.record import making
from tests.serve.web.test_pages import client, written


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    readings = [making.reading(f"{n}.txt", publisher=f"Outlet {n % 2}") for n in range(7)]
    return written(tmp_path_factory.mktemp("api") / "r.db", *readings)


@pytest.fixture(scope="module")
def visitor(record: Path) -> Iterator[TestClient]:
    with client(record) as made:
        yield made


def listed(record: Path, kind: str, **chosen: Any) -> list[Any]:
    with Store.open(record) as store:
        return [json.loads(line) for line in rows_as_json(listing(store, kind, Filters(**chosen)))]


@pytest.mark.parametrize("limit", [1, 2, 3, 1000])
@pytest.mark.parametrize("kind", LISTED)
def test_pages_joined_are_the_listing(visitor: TestClient, record: Path, kind: str, limit: int) -> None:
    rows, address = list[Any](), f"/api/{kind}?limit={limit}"
    while address:
        answer = visitor.get(address).json()
        assert len(answer["rows"]) <= limit
        rows += answer["rows"]
        address = answer["next"]
    assert rows == listed(record, kind)


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("actor=mira", {"actor": "mira"}),
        ("between=NOR,FIN", {"between": ("NOR", "FIN")}),
        ("issue=fisheries&act=say", {"issue": "fisheries", "act": "say"}),
        ("min_confidence=0.95", {"min_confidence": 0.95}),
        ("text=agreed", {"text": "agreed"}),
        ("article=3.txt", {"article": "3.txt"}),
    ],
)
def test_filters_are_those_of_the_listing(
    visitor: TestClient, record: Path, query: str, chosen: dict[str, Any]
) -> None:
    for kind in ("statements", "events", "meetings"):
        rows, address = list[Any](), f"/api/{kind}?{query}&limit=2"
        while address:
            answer = visitor.get(address).json()
            rows, address = rows + answer["rows"], answer["next"]
        assert rows == listed(record, kind, **chosen)


def test_csv_and_json_lines_are_those_of_the_commands(visitor: TestClient, record: Path) -> None:
    with Store.open(record) as store:
        lines = b"".join(rows_as_json(listing(store, "statements")))
        text = io.StringIO()
        writer = csv.DictWriter(text, columns_of("statements"), lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(flat(row) for row in listing(store, "statements"))
    assert visitor.get("/api/statements?format=jsonl").content == lines
    told = visitor.get("/api/statements?format=csv&limit=1000")
    assert told.text == text.getvalue()
    assert told.headers["content-type"].startswith("text/csv")
    assert 'rel="next"' in visitor.get("/api/statements?format=csv&limit=2").headers["link"]


@pytest.mark.parametrize("kind", LISTED)
def test_each_row_with_an_id_can_be_asked_for(visitor: TestClient, kind: str) -> None:
    row = visitor.get(f"/api/{kind}?limit=1").json()["rows"][0]
    if kind in ("passages", "mentions", "times"):
        return
    answer = visitor.get(f"/api/{kind}/{row['id']}")
    assert answer.status_code == 200
    if kind not in ("articles", "actors"):
        assert answer.json() == row


def test_an_article_is_what_reading_it_prints(visitor: TestClient) -> None:
    reading = making.reading("3.txt", publisher="Outlet 1")
    told = visitor.get(f"/api/articles/{reading.article.id}").json()
    shown = json.loads(msgspec.json.encode(reading))
    assert told["article"]["text"] == reading.article.text
    assert told["statements"] == shown["statements"]


def test_description_names_every_address_and_parameter(visitor: TestClient) -> None:
    told = visitor.get("/api/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert {f"/api/{kind}" for kind in LISTED} < set(told["paths"])
    for path, methods in told["paths"].items():
        for parameter in methods["get"]["parameters"]:
            if parameter["in"] == "path":
                assert "{" + parameter["name"] + "}" in path
    known = {p["name"] for p in told["paths"]["/api/statements"]["get"]["parameters"]}
    assert known == {f for f in Filters.__struct_fields__ if f != "after"} | {"cursor", "format"}


def test_errors_are_json(visitor: TestClient) -> None:
    answer = visitor.get("/api/statements?since=x")
    assert answer.status_code == 400
    assert "2017-07" in answer.json()["error"]


def test_search_counts_facets_over_all_hits(visitor: TestClient) -> None:
    told = visitor.get("/api/search?q=agreed&limit=2").json()
    assert told["total"] == 7 and len(told["statements"]) == 2
    assert told["facets"]["outlet"] == [
        {"value": "Outlet 0", "label": "Outlet 0", "hits": 4},
        {"value": "Outlet 1", "label": "Outlet 1", "hits": 3},
    ]
    assert visitor.get("/api/search?q=agreed&outlet=Outlet%201").json()["total"] == 3
