"""Texts of articles are hostile, and so may be who asks: nothing executes, nobody comes in unasked."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest

from onrecord.errors import UsageError
from onrecord.serve import web
from onrecord.serve.web import guard
from onrecord.serve.web.rendering import found, web_address
from onrecord.types import Mention, Passage, Reading, Span, Statement, row_id
from tests.record import making
from tests.serve.web.test_pages import client, written

PAYLOADS = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "</textarea></title></style><script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<math><mtext></mtext><style><img src onerror=alert(1)>",
    "\x02<b>\x03\x03 \ud800 \x00 <!-- ]]>",
]  # fmt: skip
TOKEN = "a-token-of-some-length"
ALLOWED = {
    "html", "head", "meta", "title", "link", "body", "a", "header", "nav", "form", "label", "input", "button",
    "main", "footer", "p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "b", "br", "span",
    "div", "section", "article", "aside", "blockquote", "code", "table", "thead", "tbody", "tr", "th", "td",
    "select", "option", "textarea", "datalist",
    "mark", "sup", "details", "summary", "figure", "figcaption", "svg", "line", "text", "circle", "rect",
}  # fmt: skip


def hostile(payload: str, n: int) -> Reading:
    """A reading whose every word that comes from outside is a payload."""
    text = f"{payload}\nThey said {payload} today."
    base = making.article(f"{payload} {n}", text, title=payload, publisher=payload, authors=(payload,),
                          url="javascript:alert(1)", licence=payload, published_reason=payload)  # fmt: skip
    start = text.index("They")
    at = Span(text.index(payload, start), text.index(payload, start) + len(payload))
    actor = msgspec.structs.replace(making.MIRA, id=f'person:"><script>{n}', name=payload, role=payload)
    said = Statement(
        id=row_id("s", base.id, 1), source=(Span(start, start + 4),), cue=(), content=(at,), speaker=actor.id,
        speech="direct", act="say", quote=payload, source_text="They", why=payload, speaker_reason=payload,
        said_at=payload, issues=(payload,),
    )  # fmt: skip
    return Reading(
        article=base,
        passages=(Passage(start=0, end=len(payload), role="headline"),
                  Passage(start=start, end=len(text), role="body")),
        actors=(actor,),
        mentions=(Mention(start=start, end=start + 4, text="They", form="pronoun", actor=actor.id,
                          reason=payload),),
        statements=(said,),
    )  # fmt: skip


class Tags(HTMLParser):
    """Fails at whatever a template of ours does not write."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        for name, value in attrs:
            assert not name.startswith("on") and name not in ("style", "srcdoc", "src"), name
            if name in ("href", "action"):
                assert not (value or "").lower().strip().startswith(("javascript:", "data:")), value


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    usual = making.reading("a.txt")
    yield written(
        tmp_path_factory.mktemp("hostile") / "r.db",
        usual, *(hostile(p, n) for n, p in enumerate(PAYLOADS)), merged=making.merged(usual),
    )  # fmt: skip


def test_hostile_words_are_shown_and_never_markup(record: Path) -> None:
    with client(record) as visitor:
        rows = visitor.get("/api/statements", params={"limit": 100}).json()["rows"]
        assert len(rows) == len(PAYLOADS) + 1
        paths = ["/", "/articles", "/statements", "/actors", "/issues", "/coverage"]
        paths += [f"/statements/{r['id']}" for r in rows] + [f"/articles/{r['article']['id']}" for r in rows]
        pages = [visitor.get(path) for path in paths]
        pages += [visitor.get("/actors/" + r["speaker"]["id"]) for r in rows]
        for payload in PAYLOADS:
            words = payload.encode("utf-8", "replace").decode()
            pages.append(visitor.get("/search", params={"q": f"alert* OR {words}"}))
            pages.append(visitor.get("/statements", params={"actor": words, "issue": words}))
            pages.append(visitor.get("/issues", params={"issue": words}))
            pages.append(visitor.get(f"/relationship/{quote(words, safe='')}/NOR"))
        for page in pages:
            assert page.status_code in (200, 400, 404), page.url
            assert "text/html" in page.headers["content-type"]
            Tags().feed(page.text)
            assert "<script" not in page.text.lower() and "<img" not in page.text.lower()
            assert not re.search("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", page.text), page.url
            assert "{{" not in page.text or "{{ 7 * 7 }}" in page.text


def test_an_excerpt_is_escaped_and_its_marks_are_balanced() -> None:
    told = found("\x03<b>\x02\x02a\x03\x03 \x02c")
    assert told == "&lt;b&gt;<mark>a</mark> <mark>c</mark>"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
     "data:text/html,x", "//evil.example", "http:evil", "https://", "vbscript:x", "file:///etc/passwd",
     "http://[", "https://a\\b", None],
)  # fmt: skip
def test_only_addresses_of_the_web_are_linked(url: str | None) -> None:
    assert web_address(url) is None


def test_an_address_of_the_web_is_linked() -> None:
    assert web_address("HTTPS://example.org/a?b#c") == "HTTPS://example.org/a?b#c"


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/api/statements", "/api/nothing", "/style.css", "/search?q=%21"]
)
def test_every_answer_forbids_scripts_and_guessing(record: Path, path: str) -> None:
    with client(record) as visitor:
        headers = visitor.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_pages_can_only_be_read(record: Path) -> None:
    with client(record) as visitor:
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
            answer = visitor.request(method, "/statements")
            assert answer.status_code == 405
            assert "content-security-policy" in answer.headers


def test_an_address_too_long_is_refused(record: Path) -> None:
    with client(record) as visitor:
        assert visitor.get("/search", params={"q": "a" * 5000}).status_code == 414


def test_another_site_s_name_does_not_lead_to_the_record(record: Path) -> None:
    with client(record) as visitor:
        for host in ("evil.example", "127.0.0.1.evil.example", "", "[::1].evil.example"):
            assert visitor.get("/", headers={"host": host}).status_code == 421, host
        for host in ("localhost:8000", "127.0.0.1:9", "[::1]:8000"):
            assert visitor.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org"])
def test_another_address_without_a_token_is_refused(record: Path, host: str) -> None:
    with pytest.raises(UsageError, match="ONRECORD_TOKEN"):
        web.run(record, host=host)
    with pytest.raises(UsageError, match="at least"):
        web.run(record, host=host, token="short")


def test_with_a_token_nobody_reads_without_it(record: Path) -> None:
    with client(record, token=TOKEN) as visitor:
        assert visitor.get("/").status_code == 401
        assert "Mira" not in visitor.get("/statements").text
        assert visitor.get("/api/statements").status_code == 401
        assert visitor.get("/", headers={"authorization": "Bearer wrong-token-wrong"}).status_code == 401
        assert visitor.get("/", headers={"cookie": f"{guard.COOKIE}={TOKEN}"}).status_code == 401
        assert visitor.get("/api/statements", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_the_token_s_form_lets_in_and_gives_the_token_away_to_nobody(record: Path) -> None:
    with client(record, token=TOKEN) as visitor:
        assert visitor.post("/login", data={"token": "wrong-wrong-wrong"}).status_code == 401
        assert visitor.post("/login", content=b"token=" + b"a" * 5000).status_code == 413
        answer = visitor.post("/login", data={"token": TOKEN}, follow_redirects=False)
        assert answer.status_code == 303
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie and "SameSite=strict" in cookie and TOKEN not in cookie
        assert visitor.get("/").status_code == 200


def test_the_record_cannot_be_written_from_a_request(record: Path) -> None:
    from onrecord.serve.web.asking import Desk

    with Desk(record).opened() as store, pytest.raises(Exception, match="readonly"):
        store.connection.execute("DELETE FROM articles")


def test_an_address_of_this_machine_needs_no_token() -> None:
    for host in ("127.0.0.1", "127.0.0.9", "::1", "localhost"):
        guard.check_address(host, None)
    assert socket.gethostbyname("localhost").startswith("127.")
