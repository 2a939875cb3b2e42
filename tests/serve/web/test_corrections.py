"""Corrections in the browser: forms without JavaScript, sealed, kept, undone; never from elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord import building
from onrecord.record import Store
from onrecord.serve.web import forms
from onrecord.types import Merged, Statement
from tests.record import making
from tests.serve.web.test_pages import client, written


@pytest.fixture
def visitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    reading = making.reading("a.txt")
    monkeypatch.setattr(building, "merge", lambda _: making.merged(reading))
    with client(written(tmp_path / "r.db", reading)) as made:
        made.follow_redirects = False
        yield made


def sent(page: str, **changes: str) -> dict[str, str]:
    """What a form of a page sends when some of its fields are changed."""
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    hidden = {name: unescape(value) for name, value in hidden.items()}
    shown = {name.removeprefix("was_"): v for name, v in hidden.items() if name.startswith("was_")}
    return {**hidden, **shown, "who": "Ana Ruiz", "why": "the tape has it", **changes}


def statement(visitor: TestClient) -> str:
    return str(visitor.get("/api/statements").json()["rows"][0]["id"])


def test_a_wrong_speaker_is_put_right_in_the_page_and_undone(visitor: TestClient) -> None:
    at = f"/statements/{statement(visitor)}"
    answer = visitor.post("/corrections", data=sent(visitor.get(at).text, speaker="Juho Aalto"))
    assert (answer.status_code, answer.headers["location"]) == (303, at)
    page = visitor.get(at).text
    assert "Corrected</b> by Ana Ruiz" in page and "Juho Aalto, not Mira Solberg" in page
    assert "corrected by a person" in page
    assert "corrected</a>" in visitor.get("/statements").text
    assert 'value="Ana Ruiz"' in page, "the name is written once"
    listed = visitor.get("/corrections").text
    assert "the tape has it" in listed
    (told,) = map(json.loads, visitor.get("/corrections.jsonl").text.splitlines())
    assert (told["who"], told["value"]["name"]) == ("Ana Ruiz", "Juho Aalto")
    undone = visitor.post("/corrections/undo", data=sent(listed))
    assert undone.status_code == 303
    assert "Corrected</b>" not in visitor.get(at).text


def test_words_are_looked_for_in_the_article_near_to_where_they_stood(visitor: TestClient) -> None:
    at = f"/statements/{statement(visitor)}"
    answer = visitor.post("/corrections", data=sent(visitor.get(at).text, content="agreed on fish"))
    assert answer.status_code == 303
    assert "agreed on fish" in visitor.get(at).text
    refused = visitor.post("/corrections", data=sent(visitor.get(at).text, content="agreed on meat"))
    assert refused.status_code == 400
    assert "do not stand in the article" in refused.text


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"who": " "}, 400, "Say who corrects"),
        ({}, 400, "Nothing was changed"),
        ({"act": "deny", "token": "0" * 64}, 403, "not from here"),
        ({"act": "deny", "token": ""}, 403, "not from here"),
        ({"act": "whisper"}, 400, "cannot be"),
        ({"act": "deny", "why": "x" * 20_000}, 413, "too large"),
        ({"row": "s-0", "act": "deny"}, 400, "no row"),
    ],
)
def test_what_a_form_may_not_send(
    visitor: TestClient, changes: dict[str, str], status: int, words: str
) -> None:
    page = visitor.get(f"/statements/{statement(visitor)}").text
    answer = visitor.post("/corrections", data=sent(page, **changes))
    assert (answer.status_code, words in unescape(answer.text)) == (status, True)
    assert visitor.get("/corrections.jsonl").text == ""


def test_a_form_of_another_site_is_turned_away(visitor: TestClient) -> None:
    told = sent(visitor.get(f"/statements/{statement(visitor)}").text, act="deny")
    for headers in ({"sec-fetch-site": "cross-site"}, {"host": "evil.example"}):
        assert visitor.post("/corrections", data=told, headers=headers).status_code in (403, 421)


def test_a_record_that_is_served_read_only_has_no_forms(tmp_path: Path) -> None:
    with client(written(tmp_path / "r.db", making.reading("a.txt")), corrections=False) as visitor:
        page = visitor.get(f"/statements/{statement(visitor)}").text
        assert "<form method=" not in page
        assert visitor.post("/corrections", data={"who": "x"}).status_code == 403


def test_every_kind_of_row_has_its_form(visitor: TestClient) -> None:
    pages = ["/meetings/mm-1", "/actors/mira", f"/statements/{statement(visitor)}"]
    for kind in ("events", "told_agreements", "told_disputes", "agreements", "disputes"):
        pages.append(f"/explain/{visitor.get(f'/api/{kind}').json()['rows'][0]['id']}")
    assert [at for at in pages if "Save the correction" not in visitor.get(at).text] == []


def test_a_rejected_row_is_gone_and_stands_among_the_corrections(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "merge", lambda _: Merged())
    event = visitor.get("/api/events").json()["rows"][0]["id"]
    answer = visitor.post("/corrections", data=sent(visitor.get(f"/explain/{event}").text, reject="1"))
    assert answer.headers["location"] == "/corrections"
    assert visitor.get(f"/explain/{event}").status_code == 404
    assert "is none of the events" in visitor.get("/corrections").text


def test_while_another_process_writes_the_page_says_so_and_shows_no_path(
    visitor: TestClient, tmp_path: Path
) -> None:
    told = sent(visitor.get(f"/statements/{statement(visitor)}").text, act="deny")
    with Store.open(tmp_path / "r.db", write=True):
        answer = visitor.post("/corrections", data=told)
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text and "another process" in answer.text


def test_what_a_form_shows_reads_back_as_what_it_was() -> None:
    from onrecord.serve import correcting

    said = making.reading().statements[0]
    for name in ("act", "negated", "said_on", "said_at"):
        text = forms.shown(name, getattr(said, name), {})
        value = correcting.value_of(name, text)
        assert value == json.loads(json.dumps(_plain(getattr(said, name))))
    assert isinstance(said, Statement)


def _plain(value: object) -> object:
    return [d.isoformat() for d in value] if isinstance(value, tuple) else value
