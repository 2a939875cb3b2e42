"""Every table can be browsed freely under /data/, read-only, with links that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from starlette.testclient import TestClient

from tests.record import making
from tests.serve.web.test_pages import Links, client, written

MOST = 120
"""Pages that are crawled: each table, some rows, sorted, faceted."""


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    readings = [making.reading(f"{n}.txt") for n in range(3)]
    with client(written(tmp_path_factory.mktemp("data") / "r.db", *readings)) as made:
        yield made


def test_every_link_leads_somewhere_below_data(visitor: TestClient) -> None:
    waiting, seen = ["/data/", "/data/record"], set[str]()
    while waiting and len(seen) < MOST:
        at = waiting.pop(0)
        if at in seen:
            continue
        seen.add(at)
        answer = visitor.get(at)
        assert answer.status_code == 200, at
        if "text/html" in answer.headers["content-type"]:
            for link in Links(answer.text).links:
                address = urlsplit(str(answer.url.join(link)))
                if address.hostname == "127.0.0.1":
                    assert address.path.startswith("/data/") and "/data/data" not in address.path, link
                    waiting.append(address.path + (f"?{address.query}" if address.query else ""))
    assert {"/data/record/statements", "/data/record/corrections"} <= seen
    assert any(".json" in at for at in seen) and any(".csv" in at for at in seen)


@pytest.mark.parametrize(
    "sql",
    [
        "delete from statements",
        "attach database '/tmp/x.db' as x",
        "pragma writable_schema = 1",
        "select load_extension('x')",
        "create table t (x)",
    ],
)
def test_sql_can_only_read(visitor: TestClient, sql: str) -> None:
    answer = visitor.get(f"/data/record.json?sql={quote(sql)}")
    assert answer.status_code >= 400 or not answer.json()["ok"]
    assert visitor.get("/data/record.json?sql=select+count(*)+as+n+from+statements&_shape=array").json() == [
        {"n": 3}
    ]


def test_forms_cannot_be_sent_and_nothing_of_the_machine_is_told(visitor: TestClient) -> None:
    assert visitor.post("/data/record").status_code == 405
    for at in ("databases", "threads", "versions", "plugins", "settings.json", "actor"):
        assert visitor.get(f"/data/-/{at}").status_code == 404
    assert ".db" not in visitor.get("/data/record").text


def test_no_script_runs_there_and_texts_are_escaped(tmp_path: Path) -> None:
    text = making.TEXT + "<script>alert(1)</script>"
    with client(written(tmp_path / "r.db", making.reading("a.txt", text=text))) as visitor:
        page = visitor.get("/data/record/articles")
    assert "<script>alert(1)" not in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy


def test_the_token_is_asked_for_there_too(tmp_path: Path) -> None:
    with client(written(tmp_path / "r.db", making.reading()), token="x" * 20) as visitor:
        assert visitor.get("/data/record").status_code == 401
        known = {"authorization": f"Bearer {'x' * 20}"}
        assert visitor.get("/data/record", headers=known).status_code == 200


def test_rows_written_meanwhile_are_seen(tmp_path: Path) -> None:
    record = written(tmp_path / "r.db", making.reading("a.txt"))
    with client(record) as visitor:
        address = "/data/record.json?sql=select+count(*)+as+n+from+articles&_shape=array"
        assert visitor.get(address).json() == [{"n": 1}]
        written(record, making.reading("b.txt"))
        assert visitor.get(address).json() == [{"n": 2}]
