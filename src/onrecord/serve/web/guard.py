"""The door: who may come in, how large a request may be, and what every answer carries.

Texts of articles are hostile: they may hold scripts. Pages escape them; should one slip through, the
Content-Security-Policy below lets no script run, no form leave, no other site frame the page.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.errors import UsageError
from onrecord.serve.web.rendering import page

MAX_ADDRESS = 4_096
"""Bytes of a request's path and query."""
MAX_BODY = 4_096
"""Bytes of a request's body; only the token's form has one."""
MIN_TOKEN = 16
"""Characters of a token, so that it cannot be guessed."""
COOKIE = "onrecord"
CORRECTIONS = ("/corrections", "/corrections/undo")
"""Where forms may be sent, besides the token's; they check that they are ours."""
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
CACHE = ("cache-control", "private, no-cache")
_HEADERS = [(k.encode(), v.encode()) for k, v in HEADERS.items()]


def check_address(host: str, token: str | None) -> None:
    """Sees that a record is not opened to a network without a token.

    Raises:
        UsageError: the address is not this machine's own and there is no token, or one too short.
    """
    if token is not None and len(token) < MIN_TOKEN:
        raise UsageError(f"the token has {len(token)} characters; give at least {MIN_TOKEN}")
    if token is None and not is_loopback(host):
        raise UsageError(
            f"--host {host} lets others in: set a token of at least {MIN_TOKEN} characters in "
            "ONRECORD_TOKEN, which the pages will ask for, or leave --host out"
        )


def is_loopback(host: str) -> bool:
    """Whether an address reaches this machine only."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Guard:
    """Wraps the application: the outermost layer, so that errors carry the headers too."""

    def __init__(self, app: ASGIApp, *, token: str | None) -> None:
        """Asks for the token where one is set; else answers only to this machine's own names."""
        self.app = app
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request: turned away, or handed on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answered = False

        async def sealed(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                own = {name.lower() for name, _ in message.get("headers", [])}
                more = [h for h in (*_HEADERS, tuple(p.encode() for p in CACHE)) if h[0] not in own]
                message = {**message, "headers": [*message.get("headers", []), *more]}
            await send(message)

        refused = await self._refusal(scope, receive)
        if refused is not None:
            await refused(scope, receive, sealed)
            return
        try:
            await self.app(scope, receive, sealed)
        except Exception:
            # Starlette has answered with a plain 500 before it raises; the log of the server holds the rest.
            if not answered:
                raise

    async def _refusal(self, scope: Scope, receive: Receive) -> Response | None:
        headers = {name.lower(): value for name, value in scope["headers"]}
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_ADDRESS:
            return PlainTextResponse("The address is too long.", 414)
        corrects = scope["method"] == "POST" and scope["path"] in CORRECTIONS
        is_form = scope["method"] == "POST" and scope["path"] == "/login" and self.token is not None
        if scope["method"] not in ("GET", "HEAD") and not is_form and not corrects:
            return PlainTextResponse("Pages can only be read.", 405, {"allow": "GET, HEAD"})
        if self.token is None:
            if not is_loopback(_host(headers.get(b"host", b""))):
                # A page of another site must not reach a record through a name that leads here.
                return PlainTextResponse("This record answers only to this machine's own address.", 421)
            return None
        if is_form:
            return await self._login(receive)
        return None if scope["path"] == "/style.css" or self._is_known(headers) else _ask(scope["path"])

    async def _login(self, receive: Receive) -> Response:
        body = await _body(receive)
        if body is None:
            return PlainTextResponse("The form is too large.", 413)
        given = parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0]
        if self.token is None or not hmac.compare_digest(given.encode(), self.token.encode()):
            return _ask("/", "This is not the token.")
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, self._pass(), httponly=True, samesite="strict")
        return answer

    def _pass(self) -> str:
        """What the cookie holds: made from the token, which it does not give away."""
        return hmac.new((self.token or "").encode(), b"onrecord pages", hashlib.sha256).hexdigest()

    def _is_known(self, headers: dict[bytes, bytes]) -> bool:
        kind, _, given = headers.get(b"authorization", b"").partition(b" ")
        if kind.lower() == b"bearer" and self.token is not None:
            return hmac.compare_digest(given.strip(), self.token.encode())
        try:
            cookie = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and hmac.compare_digest(cookie.value.encode(), self._pass().encode())


def _host(header: bytes) -> str:
    """The name without its port; empty where it cannot be read."""
    told = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[^:\[\]]*)(?::\d+)?", header.decode("latin-1"))
    return told[1] if told else ""


async def _body(receive: Receive) -> bytes | None:
    parts, size, more = list[bytes](), 0, True
    while more:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > MAX_BODY or message["type"] != "http.request":
            return None
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


def _ask(path: str, told: str = "") -> Response:
    if path.startswith("/api/"):
        return PlainTextResponse(
            "This record asks for a token: `Authorization: Bearer TOKEN`.",
            401,
            {"www-authenticate": "Bearer"},
        )
    return page("login", status=401, told=told)
