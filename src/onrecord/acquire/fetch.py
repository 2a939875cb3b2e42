"""Bytes from an address on the web: bounded in time and size, never from a private address unless allowed.

A name is looked up once and the connection goes to the address that was checked, so a name that changes
its address in between gains nothing. Each redirect is checked like the first address. No proxy, no cookie and
no password is used, and `shown` is how an address is written into notes and records: without its query, in
which some feeds carry a token.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import version
from urllib.parse import SplitResult, urljoin, urlsplit

import msgspec

MAX_BYTES = 20_000_000
MAX_SECONDS = 60.0
"""For one answer with its redirects, from the first byte sent to the last one read."""
_SILENCE = 20.0
MAX_REDIRECTS = 5
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_CHUNK = 65_536


class NotFetched(Exception):
    """What stands at an address was not got; `reason` is a reject's, the text says what happened.

    `retry_after` is the number of seconds that the server asked to be left alone.
    """

    def __init__(self, reason: str, detail: str, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.retry_after = retry_after


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """An answer: the body without the encoding it was sent in; `body` is None where nothing has changed."""

    url: str
    body: bytes | None
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None


def is_address(text: str) -> bool:
    """Whether an input is an address on the web and not a path."""
    return text.lower().startswith(("http://", "https://"))


def shown(url: str) -> str:
    """An address without what may be secret: user, password, query, fragment."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def get(
    url: str, *, allow_private: bool = False, etag: str | None = None, modified: str | None = None
) -> Fetched:
    """What stands at an address; with `etag` or `modified` of an earlier answer only if it has changed.

    Raises:
        NotFetched: the address is none that is read, nobody answers there, or the answer is no 200 or 304,
            too long or too slow.
    """
    asked = {"If-None-Match": etag, "If-Modified-Since": modified}
    headers = {
        "User-Agent": f"onrecord/{version('onrecord')}",
        "Accept-Encoding": "gzip",
        **{name: value for name, value in asked.items() if value},
    }
    for _ in range(MAX_REDIRECTS + 1):
        answer = _once(_checked(url), url, headers, allow_private)
        if isinstance(answer, Fetched):
            return answer
        url = answer
    raise NotFetched("not_fetched", f"more than {MAX_REDIRECTS} redirects")


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise NotFetched("refused_address", f"no address on the web: {error}") from None
    if parts.scheme not in _PORTS or not parts.hostname or port == 0:
        raise NotFetched("refused_address", "only addresses that begin with http:// or https:// are fetched")
    if parts.username or parts.password:
        raise NotFetched("refused_address", "an address with a user or password in it is not fetched")
    if any(c <= " " or c == "\x7f" for c in url) or not url.isascii():
        raise NotFetched("refused_address", "white space or letters beyond ASCII in the address; encode them")
    return parts


def _once(parts: SplitResult, url: str, headers: Mapping[str, str], allow_private: bool) -> Fetched | str:
    """One question and its answer, or the address that it redirects to."""
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    late = threading.Event()
    try:
        connection = _connection(parts.scheme, host, port, allow_private)
        timer = threading.Timer(MAX_SECONDS, _hang_up, [connection, late])
        timer.daemon = True
        timer.start()
        try:
            connection.request(
                "GET", f"{parts.path or '/'}{'?' * bool(parts.query)}{parts.query}", headers=headers
            )
            answer = _answer(connection.getresponse(), url)
            if late.is_set():
                raise TimeoutError
            return answer
        finally:
            timer.cancel()
            connection.close()
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        if late.is_set() or isinstance(error, TimeoutError):
            raise NotFetched("too_slow", f"no whole answer within {MAX_SECONDS:.0f} seconds") from None
        raise NotFetched("not_fetched", f"{host} does not answer: {error or type(error).__name__}") from None


def _hang_up(connection: http.client.HTTPConnection, late: threading.Event) -> None:
    late.set()
    if connection.sock:
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _connection(scheme: str, host: str, port: int, allow_private: bool) -> http.client.HTTPConnection:
    """A connection to an address that was looked up and checked here."""
    plain = _connected(host, port, allow_private)
    if scheme == "http":
        connection = http.client.HTTPConnection(host, port, timeout=_SILENCE)
        connection.sock = plain
        return connection
    context = ssl.create_default_context()
    connection = http.client.HTTPSConnection(host, port, timeout=_SILENCE, context=context)
    connection.sock = context.wrap_socket(plain, server_hostname=host)
    return connection


def _connected(host: str, port: int, allow_private: bool) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    allowed = [one for one in found if allow_private or is_public(str(one[4][0]))]
    if not allowed:
        raise NotFetched(
            "refused_address", f"{host} is an address of a private network; --allow-private allows it"
        )
    failed: OSError | None = None
    for family, kind, protocol, _, address in allowed:
        try:
            made = socket.socket(family, kind, protocol)
            made.settimeout(_SILENCE)
            made.connect(address)
        except OSError as error:
            made.close()
            failed = error
        else:
            return made
    raise failed or OSError("no address")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open net, also when it is wrapped in another."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _answer(answer: http.client.HTTPResponse, url: str) -> Fetched | str:
    if answer.status in _REDIRECTS and (to := answer.headers.get("Location")):
        return urljoin(url, to.strip())
    told = {"etag": answer.headers.get("ETag"), "modified": answer.headers.get("Last-Modified")}
    if answer.status == 304:
        return Fetched(url=url, body=None, **told)
    if answer.status != 200:
        after = answer.headers.get("Retry-After", "")
        seconds = float(after) if after.isdecimal() else None
        raise NotFetched("not_fetched", f"the server answers {answer.status} {answer.reason}", seconds)
    body = _body(answer)
    return Fetched(url=url, body=body, charset=answer.headers.get_content_charset(), **told)


def _body(answer: http.client.HTTPResponse) -> bytes:
    """The body, unpacked where the server packed it; a bomb is unpacked up to the limit only."""
    packed = answer.headers.get("Content-Encoding", "").strip().lower() in ("gzip", "x-gzip")
    engine = zlib.decompressobj(31) if packed else None
    parts, size = [], 0
    while data := answer.read1(_CHUNK):
        data = engine.decompress(data, MAX_BYTES + 1 - size) if engine else data
        parts.append(data)
        size += len(data)
        if size > MAX_BYTES:
            raise NotFetched("too_long", f"more than {MAX_BYTES:,} bytes")
    if answer.length or (engine and not engine.eof):
        raise NotFetched("cut_off", "the answer breaks off")
    return b"".join(parts)
