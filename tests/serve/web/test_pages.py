"""The pages of a small record made by hand: they answer, they hold what they should, and they link to it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from onrecord.record import Store
from onrecord.serve.web import application, asking
from onrecord.types import Merged, Reading
from tests.record import making

HOME = "http://127.0.0.1"
PAGES = [
    "/", "/relationship/NOR/FIN", "/relationship/Norway/juho", "/relationship/EU/NOR", "/meetings",
    "/meetings/mm-1", "/actors", "/actors/mira", "/actors/NOR", "/issues", "/issues?issue=fisheries",
    "/articles", "/articles?page=2", "/statements", "/statements?actor=mira&since=2019&until=2019-05",
    "/search", "/search?q=agreed", "/search?q=agreed&actor=mira&act=say&year=2019", "/search?q=%22(fish",
    "/coverage", "/explain/md-1", "/explain/p-1", "/style.css",
]  # fmt: skip


def written(path: Path, *readings: Reading, merged: Merged | None = None) -> Path:
    with Store.open(path, write=True) as store:
        store.write(*readings)
        store.write_merged(merged or making.merged(*readings))
        store.set_manifest(complete=True)
    return path


def client(record: Path, **more: object) -> TestClient:
    return TestClient(application(record, **more), base_url=HOME, raise_server_exceptions=False)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [
        making.reading("a.txt"),
        making.reading("b.txt", publisher="Fjord Post", url="https://fjord.example/1"),
    ]


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory, readings: list[Reading]) -> Iterator[TestClient]:
    with client(written(tmp_path_factory.mktemp("web") / "r.db", *readings)) as made:
        yield made


class Links(HTMLParser):
    """Addresses that a page leads to, and the ids that stand in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links, self.ids = list[str](), list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.links += [told[a] or "" for a in ("href", "action") if a in told]
        self.ids += [told["id"] or ""] if "id" in told else []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers(visitor: TestClient, path: str) -> None:
    assert visitor.get(path).status_code == 200


def test_every_link_of_every_page_leads_somewhere(visitor: TestClient) -> None:
    waiting, seen = list(PAGES), set[str]()
    while waiting:
        path = waiting.pop()
        if path in seen or len(seen) > 400 or path.startswith("/data/"):  # see test_data
            continue
        seen.add(path)
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        if "text/html" not in answer.headers["content-type"]:
            continue
        page = Links(answer.text)
        assert len(page.ids) == len(set(page.ids)), f"an id stands twice in {path}"
        for link in page.links:
            target = urlsplit(urljoin(HOME + path, link))
            if target.netloc == "127.0.0.1":
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
                if target.fragment and target.path == urlsplit(HOME + path).path:
                    assert target.fragment in page.ids, f"{path} leads to #{target.fragment}"
    assert len(seen) > 40


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/meetings/no", "/actors/no", "/articles/no", "/statements/no", "/statements/mm-1",
     "/explain/no", "/relationship/NOR/XXX", "/issues?issue=no", "/api/no", "/api/statements/no",
     "/api/explain/no", "/api/actors/no", "/api/relationship/NOR/XXX"],
)  # fmt: skip
def test_what_is_not_on_record_is_404(visitor: TestClient, path: str) -> None:
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/statements?since=tomorrow", "/statements?cursor=x", "/statements?nonsense=1", "/articles?page=0",
     "/search?q=%21", "/api/statements?limit=0", "/api/statements?limit=1001", "/api/statements?limit=1.5",
     "/api/statements?text=%22", "/api/statements?between=NOR", "/api/statements?min_confidence=nan",
     "/api/statements?format=xml", "/api/statements?merged=maybe", "/api/search"],
)  # fmt: skip
def test_what_cannot_be_read_is_400_and_says_why(visitor: TestClient, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 400
    assert "r.db" not in answer.text


def test_article_shows_its_text_as_received_with_links(visitor: TestClient, readings: list[Reading]) -> None:
    article = readings[0].article
    page = visitor.get(f"/articles/{article.id}").text
    text = page[page.index('<article class="text">') : page.index("</article>")]
    assert unescape(re.sub("<[^>]*>", "", text)).split() == article.text.split()
    assert f'href="/statements/{readings[0].statements[0].id}"' in text
    assert 'href="/actors/mira"' in text
    assert f'href="/explain/{readings[0].events[0].id}"' in text


def test_publisher_s_address_is_linked_without_telling_where_from(
    visitor: TestClient, readings: list[Reading]
) -> None:
    page = visitor.get(f"/articles/{readings[1].article.id}").text
    assert 'href="https://fjord.example/1" rel="noreferrer noopener' in page


def test_statement_page_shows_the_same_words_elsewhere(visitor: TestClient, readings: list[Reading]) -> None:
    first, second = (r.statements[0].id for r in readings)
    page = visitor.get(f"/statements/{first}").text
    assert f'href="/statements/{second}"' in page
    assert "The chain" not in page
    assert "content words" in page


def test_meeting_page_has_a_column_an_account(visitor: TestClient, readings: list[Reading]) -> None:
    page = visitor.get("/meetings/mm-1").text
    for reading in readings:
        assert f'<th scope="col"><a href="/articles/{reading.article.id}">' in page
    assert "told by all" in page


def test_search_marks_the_words_and_offers_facets(visitor: TestClient) -> None:
    page = visitor.get("/search", params={"q": "agree*"}).text
    assert "<mark>agreed</mark>" in page
    assert "actor=mira" in page
    assert visitor.get("/search", params={"q": "agreed", "act": "deny"}).text.count("<mark>") < page.count(
        "<mark>"
    )


def test_two_sides_given_in_the_form_lead_to_their_page(visitor: TestClient) -> None:
    answer = visitor.get("/relationship", params={"one": "Norway", "other": " FIN "})
    assert (answer.status_code, urlsplit(str(answer.url)).path) == (200, "/relationship/Norway/FIN")
    assert urlsplit(str(visitor.get("/relationship", params={"one": "NOR", "other": ""}).url)).path == "/"


def test_operators_that_cannot_be_read_are_words(visitor: TestClient) -> None:
    assert "each word was looked for" in visitor.get("/search", params={"q": 'agreed AND "'}).text
    assert "each word was looked for" in visitor.get("/search", params={"q": "quote:agreed"}).text


def test_question_that_takes_too_long_is_broken_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "STEPS", 1_000)  # so that sixty articles take long enough
    many = [making.reading(f"{n}.txt") for n in range(60)]
    with client(written(tmp_path / "r.db", *many), seconds=0.0) as hurried:
        began = time.monotonic()
        answer = hurried.get("/api/statements")
        assert answer.status_code == 503
        assert "too long" in answer.json()["error"]
        assert time.monotonic() - began < 5


def test_record_that_goes_away_is_an_error_without_its_path(tmp_path: Path, readings: list[Reading]) -> None:
    path = written(tmp_path / "gone.db", *readings)
    with client(path) as visitor:
        path.unlink()
        answer = visitor.get("/")
        assert answer.status_code == 503
        assert str(tmp_path) not in answer.text
        assert "content-security-policy" in answer.headers


def test_charts_are_taken_away_as_pictures_and_as_data(visitor: TestClient) -> None:
    name = "heat"
    told = visitor.get(f"/charts/NOR/FIN/{name}.json").json()
    assert told and all(row["statements"] > 0 for row in told)
    assert visitor.get(f"/charts/NOR/FIN/{name}.csv").text.count("\n") == len(told) + 1
    picture = visitor.get(f"/charts/NOR/FIN/{name}.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    ElementTree.fromstring(picture.text)
    assert f'href="{HOME}/' in picture.text and "var(" not in picture.text
    assert visitor.get(f"/charts/NOR/FIN/{name}.png").content.startswith(b"\x89PNG")


def test_a_chart_that_is_not_there_is_not_found(visitor: TestClient) -> None:
    for at in ("/charts/NOR/FIN/pie.svg", "/charts/NOR/FIN/heat.gif", "/charts/NOR/nobody/heat.svg"):
        assert visitor.get(at).status_code == 404
