"""Addresses on the web: bounded in time and size, never of a private network unless allowed."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onrecord.acquire import fetch

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A server on this machine that answers as it is told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append((self.path, dict(self.headers)))
                outer.answers[self.path](self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def says(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        def answer(to: BaseHTTPRequestHandler) -> None:
            to.send_response(status)
            for key, value in {"Content-Length": str(len(body)), **headers}.items():
                to.send_header(key.replace("_", "-"), value)
            to.end_headers()
            to.wfile.write(body)

        self.answers[path] = answer
        return self.url + path

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def refused(url: str, **options: bool) -> fetch.NotFetched:
    with pytest.raises(fetch.NotFetched) as told:
        fetch.get(url, **options)
    return told.value


def test_a_body_comes_with_its_charset_and_what_to_ask_with_next(server: Server) -> None:
    url = server.says(
        "/a?b=1", b"caf\xe9", Content_Type="text/xml; charset=latin-1", ETag='"7"', Last_Modified="x"
    )
    got = fetch.get(url, allow_private=True)
    assert (got.body, got.charset, got.etag, got.modified) == (b"caf\xe9", "latin-1", '"7"', "x")
    server.says("/a?b=1", status=304)
    again = fetch.get(url, allow_private=True, etag=got.etag, modified=got.modified)
    assert again.body is None
    assert server.asked[1][1]["If-None-Match"] == '"7"'
    assert server.asked[1][1]["If-Modified-Since"] == "x"


def test_nothing_of_this_machine_is_fetched_unless_allowed(server: Server) -> None:
    url = server.says("/", b"private")
    assert refused(url).reason == "refused_address"
    assert refused(url.replace("127.0.0.1", "localhost")).reason == "refused_address"
    assert not server.asked


def test_a_redirect_to_this_machine_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first address counts as public here, the second does not."""
    monkeypatch.setattr(fetch, "is_public", lambda ip, known=fetch.is_public: ip == "127.0.0.1" or known(ip))
    url = server.says("/", status=302, Location=server.url.replace("127.0.0.1", "127.0.0.2") + "/secret")
    assert refused(url).reason == "refused_address"
    assert [path for path, _ in server.asked] == ["/"]


@pytest.mark.parametrize(
    "ip",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "::1",
     "224.0.0.1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
     "ff02::1", "240.0.0.1"],
)  # fmt: skip
def test_addresses_of_private_networks_are_known_in_every_dress(ip: str) -> None:
    assert not fetch.is_public(ip)


@pytest.mark.parametrize("ip", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_addresses_of_the_open_net_are_public(ip: str) -> None:
    assert fetch.is_public(ip)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/x", "gopher://127.0.0.1/", "http://", "http:///x", "x",
     "http://a:b@example.org/", "http://[::1", "http://x:99999/", "http://x/\r\nHost: y"],
)  # fmt: skip
def test_only_plain_web_addresses_are_fetched(url: str) -> None:
    assert refused(url, allow_private=True).reason == "refused_address"


def test_redirects_without_end_are_left(server: Server) -> None:
    url = server.says("/", status=301, Location="/")
    assert refused(url, allow_private=True).reason == "not_fetched"
    assert len(server.asked) == fetch.MAX_REDIRECTS + 1


def test_a_redirect_to_a_file_is_refused(server: Server) -> None:
    url = server.says("/", status=302, Location="file:///etc/passwd")
    assert refused(url, allow_private=True).reason == "refused_address"


def test_a_packed_answer_is_unpacked_and_a_bomb_is_not(server: Server) -> None:
    url = server.says("/", gzip.compress(b"words"), Content_Encoding="gzip")
    assert fetch.get(url, allow_private=True).body == b"words"
    server.says("/", gzip.compress(b"0" * (fetch.MAX_BYTES + 9)), Content_Encoding="gzip")
    assert refused(url, allow_private=True).reason == "too_long"
    server.says("/", gzip.compress(b"words" * 99)[:-9], Content_Encoding="gzip")
    assert refused(url, allow_private=True).reason == "cut_off"


def test_an_answer_without_end_or_in_drops_is_left(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MAX_SECONDS", 0.5)

    def drip(to: BaseHTTPRequestHandler) -> None:
        to.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
        for _ in range(100):
            to.wfile.write(b"x")
            time.sleep(0.1)

    server.answers["/"] = drip
    assert refused(server.url + "/", allow_private=True).reason == "too_slow"


@pytest.mark.parametrize(
    ("status", "after", "seconds"), [(429, "120", 120.0), (503, "Wed, soon", None), (404, "", None)]
)
def test_a_server_that_says_no_is_told_and_how_long_it_wants_to_be_left_alone(
    server: Server, status: int, after: str, seconds: float | None
) -> None:
    error = refused(server.says("/", status=status, Retry_After=after), allow_private=True)
    assert (error.reason, error.retry_after) == ("not_fetched", seconds)
    assert str(status) in str(error)


def test_nobody_there_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refused(f"http://127.0.0.1:{port}/", allow_private=True).reason == "not_fetched"


def test_secrets_of_an_address_are_not_shown() -> None:
    assert fetch.shown("https://me:word@example.org:8080/feed?token=abc#x") == "https://example.org:8080/feed"
